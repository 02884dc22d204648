"""Decisions on scales: a file becomes a draft version, a draft is discarded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from django.db.models import Max

from thidua.core.finding import Finding, Refused
from thidua.core.lint.place import placed_nodes
from thidua.core.number import UnreadNumber
from thidua.core.points import result_text
from thidua.core.text import one_line
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.scalefile import FileError, LoadedScale, fingerprint, load_scale
from thidua.scalefile.problem import Problem
from thidua.scalefile.tree import Path
from thidua.scalefile.vocabulary import KEY_WORDS
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import (
    refuse,
    require,
    require_open_year,
    require_unadopted,
    standing_of,
)
from thidua.year.rulebook.models import Revision, Scale
from thidua.year.rulebook.proposals import LONGEST_LABEL
from thidua.year.rulebook.queries import read_text

PASTED = "Nội dung dán"
MOST_PROBLEMS = 50  # one page of them is enough to begin correcting
LONGEST_CODE = 50  # later stages add the number of a period: CODE@12
WHO = "Trưởng khối nạp và thông qua thang điểm. Bạn xem được, không sửa được."


def import_scale(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    content: bytes | str,
    file_name: str = "",
    unit_kind: str = "",
    request_id: str = "",
) -> Scale:
    """Make a draft version of a scale file (YAML or JSON, FORMAT 2); its text is kept exactly.

    `content` is the bytes of an upload or a pasted text. Raises `Refused` with one finding for each
    problem of the file (SCALE-1), when a version with the same content stands already (SCALE-2), or
    while the score table is adopted (YEAR-2).
    """
    loaded = read(content, file_name or PASTED)
    refuse_what_does_not_fit(loaded)
    text = content if isinstance(content, str) else content.decode("utf-8")
    mark = fingerprint(loaded.plain)
    with Act(
        actor,
        "rulebook.import",
        chain=chain.of_year(bloc_year.pk),
        subject=f"Nạp dự thảo thang điểm “{loaded.scale.title}”",
        request_id=request_id,
        inputs={"fingerprint": mark, "unit_kind": unit_kind},
    ) as act:
        if act.repeated:
            return act.first(Scale)
        require_head(actor, bloc_year)
        require_unadopted(bloc_year)
        refuse_same_again(bloc_year, mark, unit_kind)
        return act.result(act.create(_draft(bloc_year, loaded, text, mark, unit_kind)))


def discard_scale(actor: Actor, *, scale: Scale, request_id: str = "") -> BlocYear:
    """Remove a draft that will not be used; its last image stays in the ledger."""
    with Act(
        actor,
        "rulebook.discard",
        chain=chain.of_year(scale.bloc_year_id),
        subject=f"Bỏ dự thảo thang điểm “{scale.title}”, lần {scale.sequence}",
        request_id=request_id,
        inputs={"scale": scale.pk},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        row = draft_of(scale)
        require_head(actor, row.bloc_year)
        for revision in Revision.objects.filter(scale=row):
            act.remove(revision)
        act.remove(row)
        return act.result(row.bloc_year)


def storable(value: object) -> object:
    """Plain values as JSON can carry them: whole figures as numbers, other figures as text."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else result_text(value)
    if isinstance(value, UnreadNumber):
        return value.text
    if isinstance(value, Mapping):
        return {str(key): storable(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [storable(inner) for inner in value]
    return value


def read_edited(text: str) -> LoadedScale:
    """The text of a draft after a change; refused where a file with it would be (SCALE-1)."""
    try:
        return read_text(text)
    except FileError as error:
        raise Refused(_findings(error)) from error


def read(content: bytes | str, name: str) -> LoadedScale:
    """A scale file that was read and checked; raises `Refused` with every problem (SCALE-1)."""
    try:
        return load_scale(content, name=name)
    except FileError as error:
        raise Refused(_findings(error)) from error


def refuse_what_does_not_fit(loaded: LoadedScale) -> None:
    """Names that the tables of later stages have no room for; found before anything is stored."""
    scale = loaded.scale
    texts = (("name", scale.name, 120), ("version", scale.version, 40), ("title", scale.title, 300))
    found = [
        _too_long(key, loaded.mark((key,)).line, most)
        for key, text, most in texts
        if len(text) > most
    ]
    for placed in placed_nodes(scale):
        if len(placed.node.code) > LONGEST_CODE:
            line = loaded.mark((*placed.path, "code")).line
            found.append(_too_long("code", line, LONGEST_CODE))
        if len(placed.node.label) > LONGEST_LABEL:
            line = loaded.mark((*placed.path, "label")).line
            found.append(_long_label(placed.node.code, line, len(placed.node.label)))
    found.extend(
        _unreadable(loaded.mark(path).line) for path, text in _texts(loaded.plain) if "\0" in text
    )
    if found:
        raise Refused(found[:MOST_PROBLEMS])


def _texts(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of the plain values with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield path, key
            yield from _texts(inner, (*path, key))
    elif isinstance(value, Sequence):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number))


def _unreadable(line: int) -> Finding:
    words = f"Dòng {line}: có ký tự không đọc được. Xóa ký tự đó rồi gõ lại."
    return Finding(rule_id="SCALE-7", outcome="refused", inputs={"line": line}, words=words)


def _too_long(key: str, line: int, most: int) -> Finding:
    words = f"Dòng {line}, khóa “{key}”: ghi nhiều nhất {most} ký tự."
    return Finding(rule_id="SCALE-7", outcome="refused", inputs={"line": line}, words=words)


def _long_label(code: str, line: int, length: int) -> Finding:
    words = (
        f"Dòng {line}: nội dung của tiêu chí {code} dài {length} ký tự, ghi nhiều nhất "
        f"{LONGEST_LABEL}. Rút gọn, phần còn lại ghi ở ghi chú."
    )
    return Finding(rule_id="SCALE-7", outcome="refused", inputs={"line": line}, words=words)


def _findings(error: FileError) -> list[Finding]:
    found = [
        Finding(
            rule_id="SCALE-1",
            outcome="refused",
            inputs={"line": problem.line, "key": problem.key},
            source="FORMAT 2",
            words=_sentence(problem, error.name),
        )
        for problem in error.problems[:MOST_PROBLEMS]
    ]
    more = len(error.problems) - MOST_PROBLEMS
    if more > 0:
        words = f"Còn {more} chỗ nữa. Sửa các chỗ trên rồi nạp lại để xem tiếp."
        found.append(Finding(rule_id="SCALE-1", outcome="refused", words=words))
    return found


def _sentence(problem: Problem, name: str) -> str:
    """The problem for an official: the word of the key first, the key as the file has it after."""
    word = KEY_WORDS.get(problem.key)
    if word is None:
        return problem.sentence(name=name)
    line = f", dòng {problem.line}" if problem.line else ""
    said = word.vi.partition(",")[0]
    return f"{name}{line}, {said} (khóa “{problem.key}”): {problem.message()}"


def require_head(actor: Actor, bloc_year: BlocYear) -> None:
    """The head of the bloc, in a year that is open."""
    require(standing_of(actor, bloc_year).runs_year, WHO)
    require_open_year(bloc_year)


def refuse_same_again(bloc_year: BlocYear, mark: str, unit_kind: str) -> None:
    """A second draft with one content would only confuse (SCALE-2)."""
    same = Scale.objects.filter(bloc_year=bloc_year, fingerprint=mark, unit_kind=unit_kind).first()
    if same is not None:
        raise refuse(
            "SCALE-2", f"Nội dung tệp giống hệt thang điểm lần {same.sequence}, không có gì để nạp."
        )


def _draft(bloc_year: BlocYear, loaded: LoadedScale, text: str, mark: str, unit_kind: str) -> Scale:
    return Scale(
        jurisdiction_id=bloc_year.jurisdiction_id,
        bloc_year=bloc_year,
        sequence=next_sequence(bloc_year),
        unit_kind=unit_kind,
        name=loaded.scale.name,
        version=loaded.scale.version,
        title=one_line(loaded.scale.title),
        text=text,
        plain=storable(loaded.plain),
        fingerprint=mark,
        created_at=clock.now(),
        synthetic=loaded.scale.source.completeness == "constructed",
    )


def next_sequence(bloc_year: BlocYear) -> int:
    """The number of the next version of the year."""
    last = Scale.objects.filter(bloc_year=bloc_year).aggregate(last=Max("sequence"))["last"]
    return int(last or 0) + 1


def draft_of(scale: Scale) -> Scale:
    """The row as it stands now, which another decision may have adopted meanwhile."""
    row = Scale.objects.select_related("bloc_year").get(pk=scale.pk)
    if row.is_adopted:
        raise refuse(
            "SCALE-4",
            f"Thang điểm lần {row.sequence} đã thông qua ngày {row.adopted_on:%d/%m/%Y} và được "
            "giữ nguyên. Sửa thành phiên bản mới nếu cần.",
        )
    return row
