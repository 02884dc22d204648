"""Decisions on a draft on screen: each changes one thing and is one event of the year's ledger.

Two people may edit at once: what a person typed comes with the values that were on their page.
Keys that only one of them changed are both kept; a key that both changed is refused (SCALE-8) and
shown to the second, who decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from thidua.core.finding import Finding, Refused
from thidua.core.text import one_line
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.scalefile import fingerprint, write_scale
from thidua.scalefile.editing import lines, naming, references
from thidua.scalefile.editing.lines import CannotEdit, Direction, Plain
from thidua.scalefile.editing.merging import Merged, merged, same
from thidua.scalefile.editing.whole import entry_moved, part_values, with_parts
from thidua.year.bloc.rights import refuse, require_unadopted
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import loaded_scale
from thidua.year.rulebook.services import files, writers
from thidua.year.rulebook.services.writers import Writer
from thidua.year.rulebook.wording import key_words, value_words

Step = tuple[Plain, str]  # the scale after the change, and the key of the line to show


@dataclass(frozen=True, slots=True)
class Edited:
    """The draft after a change; `key` is the line to show, `theirs` what another had changed."""

    scale: Scale
    key: str = ""
    theirs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a person typed: `shown` was on their page, `wanted` is what they want instead."""

    shown: Mapping[str, Any]
    wanted: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What an event says of a change: verb, the end of its sentence, what was typed."""

    verb: str
    said: str
    inputs: Mapping[str, Any]


def add_line(
    actor: Actor,
    *,
    scale: Scale,
    line: Mapping[str, Any],
    under: str = "",
    after: str = "",
    request_id: str = "",
) -> Edited:
    """Add a line at the end of a group, after another line, or (neither) as the last section."""
    return _edit(
        actor,
        scale,
        Deed(
            verb="add_line",
            said=f"thêm dòng “{line.get('label', '')}”",
            inputs={"line": files.storable(line), "under": under, "after": after},
        ),
        lambda plain: lines.with_line(plain, dict(line), under=under, after=after),
        request_id,
    )


def change_line(
    actor: Actor,
    *,
    scale: Scale,
    key: str,
    change: Change,
    drop_below: bool = False,
    request_id: str = "",
) -> Edited:
    """Give a line other values; raises `Refused` with SCALE-8 where two people typed differently.

    `change` holds values as `lines.own_values` gives them.
    """
    taken: list[str] = []

    def step(plain: Plain) -> Step:
        spot = lines.spot_of(plain, key)
        found = merged(change.shown, change.wanted, lines.own_values(spot))
        _refuse_clashes(
            found,
            change,
            lines.own_values(spot),
            lambda name: writers.writer_of(actor, scale, writers.line_value(key, name)),
        )
        taken.extend(found.theirs)
        return lines.with_values(plain, key, found.values, drop_below=drop_below)

    made = _edit(
        actor,
        scale,
        Deed(
            verb="change_line",
            said=f"sửa dòng {key.partition('@')[0]}",
            inputs={"key": key, "wanted": files.storable(change.wanted), "drop": drop_below},
        ),
        step,
        request_id,
    )
    return Edited(made.scale, made.key, tuple(taken))


def move_line(
    actor: Actor, *, scale: Scale, key: str, to: Direction, request_id: str = ""
) -> Edited:
    """Move a line up, down, into the group before it, or out of its group."""
    words = {"up": "lên", "down": "xuống", "in": "vào mục trên", "out": "ra khỏi mục"}
    return _edit(
        actor,
        scale,
        Deed(
            verb="move_line",
            said=f"chuyển dòng {key.partition('@')[0]} {words[to]}",
            inputs={"key": key, "to": to},
        ),
        lambda plain: lines.moved(plain, key, to),
        request_id,
    )


def move_line_under(
    actor: Actor, *, scale: Scale, key: str, group: str, request_id: str = ""
) -> Edited:
    """Move a line to the end of another group; "" makes it the last section."""
    return _edit(
        actor,
        scale,
        Deed(
            verb="move_line",
            said=f"chuyển dòng {key.partition('@')[0]} tới {group or 'bậc ngoài cùng'}",
            inputs={"key": key, "group": group},
        ),
        lambda plain: lines.moved_under(plain, key, group),
        request_id,
    )


def copy_line(actor: Actor, *, scale: Scale, key: str, request_id: str = "") -> Edited:
    """Copy a line with everything below it, right after it."""
    return _edit(
        actor,
        scale,
        Deed(
            verb="copy_line",
            said=f"chép dòng {key.partition('@')[0]}",
            inputs={"key": key},
        ),
        lambda plain: lines.copied(plain, key),
        request_id,
    )


def remove_line(actor: Actor, *, scale: Scale, key: str, request_id: str = "") -> Edited:
    """Remove a line with everything below it."""
    return _edit(
        actor,
        scale,
        Deed(
            verb="remove_line",
            said=f"xóa dòng {key.partition('@')[0]}",
            inputs={"key": key},
        ),
        lambda plain: lines.without_line(plain, key),
        request_id,
    )


def renumber(actor: Actor, *, scale: Scale, key: str = "", request_id: str = "") -> Edited:
    """Number every line anew by its place: I, I.1, I.1.1; conditions follow."""

    def step(plain: Plain) -> Step:
        found = lines.spots(plain)
        if any("@" in spot.key for spot in found):
            raise CannotEdit("Có hai dòng cùng mã. Sửa mã của một dòng rồi đánh lại.")
        names = naming.renumbered(
            [(spot.key, spot.parent.key if spot.parent else "") for spot in found]
        )
        return references.rename_codes(plain, names), names.get(key, "")

    return _edit(
        actor,
        scale,
        Deed(
            verb="renumber",
            said="đánh lại mã các dòng theo thứ tự",
            inputs={"key": key},
        ),
        step,
        request_id,
    )


def change_part(
    actor: Actor,
    *,
    scale: Scale,
    part: str,
    change: Change,
    request_id: str = "",
) -> Edited:
    """Change keys of the scale itself: title, caps, facts of units, gates, classes, ranking.

    The keys of `change` are named as `scalefile.editing.whole` says.
    """
    taken: list[str] = []

    def step(plain: Plain) -> Step:
        keys = tuple(dict.fromkeys((*change.shown, *change.wanted)))
        now = part_values(plain, keys)
        found = merged(change.shown, change.wanted, now)
        _refuse_clashes(
            found,
            change,
            now,
            lambda name: writers.writer_of(actor, scale, writers.part_value(name)),
        )
        taken.extend(found.theirs)
        return with_parts(plain, found.values, keys), ""

    made = _edit(
        actor,
        scale,
        Deed(
            verb="change_part",
            said=f"sửa {part}",
            inputs={"part": part, "wanted": files.storable(change.wanted)},
        ),
        step,
        request_id,
    )
    return Edited(made.scale, "", tuple(taken))


def move_entry(
    actor: Actor, *, scale: Scale, key: str, to: Literal["up", "down"], request_id: str = ""
) -> Edited:
    """Move a gate or a class one place; `key` as `scalefile.editing.whole` names it."""
    return _edit(
        actor,
        scale,
        Deed(verb="move_entry", said="đổi thứ tự một mục", inputs={"key": key, "to": to}),
        lambda plain: (entry_moved(plain, key, to), ""),
        request_id,
    )


def edit_draft(
    actor: Actor,
    *,
    scale: Scale,
    deed: Deed,
    step: Callable[[Plain], Step],
    request_id: str = "",
) -> Edited:
    """A change that is worked out elsewhere in this stage (repairs, an added criterion)."""
    return _edit(actor, scale, deed, step, request_id)


def _edit(
    actor: Actor, scale: Scale, deed: Deed, step: Callable[[Plain], Step], request_id: str
) -> Edited:
    """Load the draft as it is now, change it, read it back as a file would be read, keep it."""
    try:
        with Act(
            actor,
            f"rulebook.{deed.verb}",
            chain=chain.of_year(scale.bloc_year_id),
            subject=f"Dự thảo thang điểm lần {scale.sequence}: {deed.said}",
            request_id=request_id,
            inputs={"scale": scale.pk, **deed.inputs},
        ) as act:
            if act.repeated:
                return Edited(act.first(Scale), act.first_said("key"))
            row = files.draft_of(scale)
            files.require_head(actor, row.bloc_year)
            require_unadopted(row.bloc_year)
            plain, key = _stepped(row, step)
            values = draft_values(plain)
            _stop_if_same(row, values["text"], key)
            values["synthetic"] = row.synthetic or values["synthetic"]
            act.change(row, **values)
            return Edited(act.result(row, key=key), key)
    except _Unchanged as same_again:
        return Edited(same_again.row, same_again.key)


def _stepped(row: Scale, step: Callable[[Plain], Step]) -> Step:
    try:
        plain, key = step(lines.thawed(loaded_scale(row).plain))
    except CannotEdit as problem:
        raise refuse("SCALE-9", str(problem)) from problem
    return plain, key


def draft_values(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a draft with this content; refused where a file with it would be.

    `plain` of the row stays empty while it is edited: the text says it, and each event of the
    ledger holds the row before and after.
    """
    text = write_scale(plain)
    loaded = files.read_edited(text)
    files.refuse_what_does_not_fit(loaded)
    return {
        "text": text,
        "plain": {},
        "fingerprint": fingerprint(loaded.plain),
        "name": loaded.scale.name,
        "version": loaded.scale.version,
        "title": one_line(loaded.scale.title),
        "synthetic": loaded.scale.source.completeness == "constructed",
    }


def _stop_if_same(row: Scale, text: str, key: str) -> None:
    if text == row.text:
        raise _Unchanged(row, key)


class _Unchanged(Exception):
    """Nothing would differ: no event is written for it."""

    def __init__(self, row: Scale, key: str) -> None:
        super().__init__("unchanged")
        self.row, self.key = row, key


def _refuse_clashes(
    found: Merged,
    change: Change,
    now: Mapping[str, Any],
    writer: Callable[[str], Writer | None],
) -> None:
    """Name every key that two people changed, with both readings; nothing is overwritten."""
    findings = [
        Finding(
            rule_id="SCALE-8",
            outcome="refused",
            inputs={"key": key},
            words=f"{key_words(key)}: {_written(writer(key), value_words(now.get(key)))}, bạn ghi "
            f"{value_words(change.wanted.get(key))}. Ô đang giữ điều bạn ghi; bấm Lưu lần nữa để "
            "ghi như vậy, hoặc sửa theo điều đã lưu.",
        )
        for key in found.clashes
        if not same(now.get(key), change.wanted.get(key))
    ]
    if findings:
        raise Refused(findings)


def _written(writer: Writer | None, value: str) -> str:
    if writer is None:
        return f"người khác vừa sửa thành {value}"
    return f"{writer.words} thành {value} {writer.moment}"
