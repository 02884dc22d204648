"""Hai phiên bản khác nhau ở đâu: lines added, removed, renamed, changed, with old → new in words.

A line is the same line when its code is the same; a line whose code alone changed is found by its
content. What scoring needs (`Reopened`) is here too: which lines ask for other figures than before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from thidua.core.node import Node, Part
from thidua.core.points import show
from thidua.core.scale import Scale as CoreScale
from thidua.year.rulebook.outline import OutlineRow, outline
from thidua.year.rulebook.words import (
    Names,
    class_words,
    gate_words,
    header_words,
    modifier_words,
    ranking_words,
    rule_words,
)

ADDED, REMOVED, RENAMED, CHANGED = "Thêm", "Bỏ", "Đổi tên", "Sửa"
_PARTS: Mapping[Part, str] = {
    "base": "điểm chính",
    "bonus": "điểm thưởng",
    "deduct": "điểm trừ",
}
_OF_GROUPS = ("kind", "when", "applies_to", "recurs", "exempt_when")


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing about a line: what it is called, and how it read before and reads now."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """What happened to a line."""

    how: str
    code: str
    label: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that differs between two versions."""

    lines: tuple[LineChange, ...]
    rules: tuple[Detail, ...]  # header, gates, classes, ranking; one side may be empty

    @property
    def is_empty(self) -> bool:
        """Nothing differs in words."""
        return not (self.lines or self.rules)

    def count(self, how: str) -> int:
        """How many lines were added, removed, renamed or changed."""
        return sum(1 for one in self.lines if one.how == how)


@dataclass(frozen=True, slots=True)
class Reopened:
    """Codes of scored lines that a new version changes, adds and lacks."""

    changed: frozenset[str]
    added: frozenset[str]
    removed: frozenset[str]


def difference(old: CoreScale, new: CoreScale) -> Difference:
    """What a reader has to know about the new version."""
    before, after = _rows(old), _rows(new)
    names = (Names.of(old), Names.of(new))
    moved = _renumbered(before, after)
    return Difference(
        lines=tuple(_lines(before, after, moved, names)), rules=tuple(_rules(old, new, names))
    )


def reopened(old: CoreScale, new: CoreScale) -> Reopened:
    """Which leaves ask for other figures or score them otherwise; a new name alone does not."""
    before, after = _rows(old), _rows(new)
    leaves = {code for code, row in after.items() if row.is_leaf}
    former = {code for code, row in before.items() if row.is_leaf}
    both = leaves & former
    return Reopened(
        changed=frozenset(code for code in both if _sense(before, code) != _sense(after, code)),
        added=frozenset(leaves - former),
        removed=frozenset(former - leaves),
    )


def _rows(scale: CoreScale) -> dict[str, OutlineRow]:
    found: dict[str, OutlineRow] = {}
    for row in outline(scale):
        found.setdefault(row.code, row)
    return found


def _sense(rows: Mapping[str, OutlineRow], code: str) -> tuple[Any, ...]:
    """What decides the figures of a line: its rule, and the conditions of the groups above."""
    row = rows[code]
    bare = replace(row.node, label="", note="", verifiers=(), evidence=None)
    above: list[Any] = []
    while row.parent:
        row = rows[row.parent]
        above.append(tuple(getattr(row.node, name) for name in _OF_GROUPS))
    return (type(bare), bare, tuple(above))


def _renumbered(
    before: Mapping[str, OutlineRow], after: Mapping[str, OutlineRow]
) -> dict[str, str]:
    """Old code by new one, for lines that only bear another code."""
    gone = [row for code, row in before.items() if code not in after]
    found: dict[str, str] = {}
    for code, row in after.items():
        if code in before:
            continue
        twin = next(
            (
                one
                for one in gone
                if one.label and one.label == row.label and _content(one) == _content(row)
            ),
            None,
        )
        if twin:
            gone.remove(twin)
            found[code] = twin.code
    return found


def _content(row: OutlineRow) -> tuple[Any, ...]:
    """A line without its code and without the lines below it."""
    skipped = ("code", "items", "cases")
    own = tuple(getattr(row.node, one.name) for one in fields(row.node) if one.name not in skipped)
    return (row.kind, own)


def _lines(
    before: Mapping[str, OutlineRow],
    after: Mapping[str, OutlineRow],
    moved: Mapping[str, str],
    names: tuple[Names, Names],
) -> Iterator[LineChange]:
    for code, row in after.items():
        former = before.get(moved.get(code, code))
        if former is None:
            yield _whole(ADDED, row, names[1])
        else:
            yield from _compared(former, row, names)
    kept = set(after) | set(moved.values())
    for code, row in before.items():
        if code not in kept:
            yield _whole(REMOVED, row, names[0])


def _whole(how: str, row: OutlineRow, names: Names) -> LineChange:
    said = Detail("Điểm tối đa, cách cho điểm", "", "")
    words = f"{_maximum(row)}; {_rule(row.node, names)}".strip("; ")
    side = replace(said, new=words) if how == ADDED else replace(said, old=words)
    return LineChange(how=how, code=row.code, label=row.label, details=(side,) if words else ())


def _compared(old: OutlineRow, new: OutlineRow, names: tuple[Names, Names]) -> Iterator[LineChange]:
    pairs = (
        ("Mã", old.code, new.code),
        ("Nội dung", old.label, new.label),
        ("Điểm tối đa", _maximum(old), _maximum(new)),
        ("Cách cho điểm", _rule(old.node, names[0]), _rule(new.node, names[1])),
        ("Thuộc phần", _PARTS[old.part], _PARTS[new.part]),
        ("Đơn vị tính", old.unit, new.unit),
        ("Minh chứng", _evidence(old), _evidence(new)),
        ("Nơi thẩm định", ", ".join(old.verifiers), ", ".join(new.verifiers)),
        ("Ô gắn chỉ tiêu", "có" if old.slot else "", "có" if new.slot else ""),
        ("Thuộc mục", old.parent, new.parent),
    )
    details = tuple(Detail(what, was, now) for what, was, now in pairs if was != now)
    if not details:
        return
    only_name = all(one.what in ("Nội dung", "Mã") for one in details)
    yield LineChange(
        how=RENAMED if only_name else CHANGED, code=new.code, label=new.label, details=details
    )


def _maximum(row: OutlineRow) -> str:
    return show(row.maximum) if row.maximum else ""


def _rule(node: Node, names: Names) -> str:
    return " ".join((rule_words(node, names), *modifier_words(node, names)))


def _evidence(row: OutlineRow) -> str:
    said = "; ".join(row.documents)
    return f"{said} (bắt buộc)".strip() if row.evidence_required else said


def _rules(old: CoreScale, new: CoreScale, names: tuple[Names, Names]) -> Iterator[Detail]:
    if old.title != new.title:
        yield Detail("Tên thang điểm", old.title, new.title)
    yield from _sentences("Quy định chung", header_words(old.header), header_words(new.header))
    gates = [
        tuple(f"{gate.label}: {gate_words(gate, said)}" for gate in scale.gates)
        for scale, said in zip((old, new), names, strict=True)
    ]
    yield from _sentences("Điều kiện loại, hạ", gates[0], gates[1])
    yield from _sentences("Xếp loại", _classes(old, names[0]), _classes(new, names[1]))
    yield from _sentences(
        "Xếp hạng", ranking_words(old.ranking, names[0]), ranking_words(new.ranking, names[1])
    )


def _classes(scale: CoreScale, names: Names) -> tuple[str, ...]:
    kept = scale.classification
    if kept is None:
        return ()
    return tuple(f"{one.label}: {class_words(one, kept, names)}" for one in kept.classes)


def _sentences(what: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Detail]:
    """Sentences that are no longer there beside those that came; equal ones are left out."""
    gone = [one for one in old if one not in new]
    come = [one for one in new if one not in old]
    for at in range(max(len(gone), len(come))):
        yield Detail(
            what,
            gone[at] if at < len(gone) else "",
            come[at] if at < len(come) else "",
        )
    if not gone and not come and old != new:
        yield Detail(what, "Thứ tự cũ", "; ".join(new))
