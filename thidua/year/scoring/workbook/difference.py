"""Khác nhau từng dòng: what a filled workbook would change on the sheet as it stands now.

Three values meet in each box: what stood there when the file left, what stands there now, and what
the file says. A box that the file leaves as it left asks for nothing; one that somebody else wrote
meanwhile is shown with both values, and the person chooses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from thidua.core.finding import Refused
from thidua.core.result import NodeResult, UnitResult
from thidua.core.score import score
from thidua.core.sheet import SheetSet
from thidua.platform import clock
from thidua.platform.workbook.read import ReadValue, decimal_text
from thidua.year.progress.models import EvidenceDocument
from thidua.year.scoring.base import Cited, citations_on
from thidua.year.scoring.board import BY_HAND, BY_RULE, RunKey, View, sheets_of
from thidua.year.scoring.changes import LineChange
from thidua.year.scoring.facts import SheetFacts, YearFacts
from thidua.year.scoring.judging import Desk, require_line_open
from thidua.year.scoring.layers import EntryFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.pages.cells import Cells, Row
from thidua.year.scoring.pages.marks import rests_on_samples
from thidua.year.scoring.pages.sheet import may_write
from thidua.year.scoring.services.writing import Draft, draft_of
from thidua.year.scoring.typed import joined, read_field
from thidua.year.scoring.workbook.back import FileCell, FileLine, Filled
from thidua.year.scoring.workbook.boxes import Box, Held, boxes_of, held_words
from thidua.year.scoring.workbook.columns import Column
from thidua.year.scoring.workbook.identity import KnownLine, same, unmark
from thidua.year.scoring.workbook.locked import locked_notes
from thidua.year.scoring.workbook.papers import Named, Papers, left_out, not_yet_cited

RUNS: tuple[RunKey, ...] = ((Stage.SELF, BY_HAND), (Stage.SELF, BY_RULE))
HIDDEN = "không đọc được"
TRUTHS = {"true": "Có", "false": "Không", "1": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellDifference:
    """One box: when the file left, now, in the file, as people read them."""

    head: str
    then: str
    now: str
    filed: str

    @property
    def moved(self) -> bool:
        """Whether somebody wrote the box after the file had left."""
        return self.then != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDifference:
    """One line the file wants otherwise; `change` and `papers` are what accepting it does."""

    line: Line
    label: str
    synthetic: bool
    number: int
    cells: tuple[CellDifference, ...]
    troubles: tuple[str, ...]
    notes: tuple[str, ...]
    change: LineChange
    papers: tuple[Named, ...]
    draft: Draft | None
    version: int
    written: EntryFacts | None

    @property
    def key(self) -> str:
        """The key of the line."""
        return self.line.key

    @property
    def acceptable(self) -> bool:
        """Whether the line can be accepted as the file has it."""
        return not self.troubles and bool(self.cells)

    @property
    def moved(self) -> bool:
        """Whether a box it changes was written by somebody else since; then the person chooses."""
        return any(cell.moved for cell in self.cells)

    @property
    def since(self) -> str:
        """Who wrote the line after the file had left, and when; empty when nobody did."""
        if self.written is None:
            return ""
        moment = self.written.at.astimezone(clock.LOCAL)
        return f"{self.written.author} đã sửa dòng này lúc {moment:%H:%M ngày %d/%m/%Y}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All of it: lines in the order of the sheet, what is wrong with rows, totals now and then."""

    lines: tuple[LineDifference, ...]
    missing: tuple[str, ...]
    strange: tuple[str, ...]
    why_not: str
    total_now: Fraction
    total_then: Fraction
    decimals: int
    synthetic: bool

    @property
    def acceptable(self) -> tuple[LineDifference, ...]:
        """The lines that can be accepted."""
        return tuple(one for one in self.lines if one.acceptable)

    @property
    def troubled(self) -> tuple[LineDifference, ...]:
        """The lines that cannot, with their reasons."""
        return tuple(one for one in self.lines if one.troubles)


def difference(view: View, desk: Desk, filled: Filled) -> Difference:
    """Compare a filled workbook with the sheet; a constant number of queries."""
    sheet = view.facts.sheets[desk.sheet.pk]
    work = _Work.of(view, desk, sheet)
    rows = {line.key: work.cells.row(line) for line in desk.scale.lines}
    found = [one for row in rows.values() if (one := work.line(row, filled)) is not None]
    lines = tuple(_plain_points(view, sheet, found))
    taken = [one for one in lines if one.acceptable]
    return Difference(
        lines=lines,
        missing=tuple(
            line.key
            for line in desk.scale.lines
            if line.key in filled.identity.lines and line.key not in filled.lines
        ),
        strange=(*filled.strange, *locked_notes(rows, filled)),
        why_not=may_write(desk, Stage.SELF),
        total_now=view.unit(sheet, Stage.SELF).so_far,
        total_then=_total_with(view, sheet, taken),
        decimals=desk.scale.scale.header.decimals,
        synthetic=rests_on_samples(view.facts, sheet),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """What comparing needs at hand."""

    view: View
    desk: Desk
    sheet: SheetFacts
    cells: Cells
    entries: Mapping[str, Entry]
    papers: Papers

    @classmethod
    def of(cls, view: View, desk: Desk, sheet: SheetFacts) -> _Work:
        editable = not may_write(desk, Stage.SELF)
        rows = Entry.objects.filter(sheet=desk.sheet, stage=Stage.SELF)
        documents = EvidenceDocument.objects.filter(bloc_year=desk.bloc_year, unit_id=sheet.unit_id)
        return cls(
            view,
            desk,
            sheet,
            Cells.of(view, sheet, editable=editable),
            {row.code: row for row in rows},
            Papers.of(documents),
        )

    def line(self, row: Row, filled: Filled) -> LineDifference | None:
        """What the file wants otherwise on a line; None when nothing."""
        line = row.line
        filed, known = filled.lines.get(line.key), filled.identity.lines.get(line.key)
        if filed is None or known is None:
            return None
        found = _Found(self, row, filed, known)
        for box in boxes_of(self.view, self.sheet, row):
            found.compare(box)
        found.look_beside()
        if line.key in filled.twice and found.cells:
            found.troubles.append(_twice(line, filled.twice[line.key]))
        return found.conclude()


def _twice(line: Line, numbers: Sequence[int]) -> str:
    rows = " và ".join(str(number) for number in numbers[:4])
    return f"Các dòng {rows} cùng là tiêu chí {line.code}. Giữ một dòng rồi nạp lại."


class _Found:
    """One line while its boxes are compared."""

    def __init__(self, work: _Work, row: Row, filed: FileLine, known: KnownLine) -> None:
        self.work, self.row, self.line, self.filed, self.known = work, row, row.line, filed, known
        self.entry = work.entries.get(row.line.key)
        self.cells: list[CellDifference] = []
        self.troubles: list[str] = []
        self.notes: list[str] = []
        self.parts: list[LineChange] = []
        self.papers: tuple[Named, ...] = ()
        self.seen: set[Column] = set()

    def compare(self, box: Box) -> None:
        """Note a box that the file has otherwise than it left, and otherwise than it stands."""
        self.seen.add(box.column)
        cell = self.filed.cells[box.column]
        then, filed = unmark(self.known.marks.get(box.column, "")), _held(box, cell.value)
        unchanged = same(then, filed) or (same(box.held, filed) and not cell.trouble)
        if unchanged and not cell.hides_value:
            return
        self.cells.append(
            CellDifference(
                head=box.column.head,
                then=held_words(box, then),
                now=held_words(box, box.held),
                filed=HIDDEN if cell.hides_value else _shown(box, filed),
            )
        )
        trouble = cell.trouble or self._locked(box) or self._read(box, filed)
        if trouble:
            self.troubles.append(f"{self.filed.place(box.column)}: {trouble}")

    def look_beside(self) -> None:
        """Tell what was written where the line takes nothing."""
        for column, cell in self.filed.cells.items():
            if column in self.seen or column is Column.UNIT or _is_empty(cell):
                continue
            place = self.filed.place(column)
            self.notes.append(f"{place}: tiêu chí này không nhận gì ở cột này nên bỏ qua.")

    def conclude(self) -> LineDifference | None:
        """The line with everything judged together; None when it asks for nothing."""
        draft = None if self.troubles or not self.cells else self._judged()
        if draft is not None and draft.equals(self.entry) and not self.papers:
            return None
        if not self.cells and not self.notes:
            return None
        now = self.work.view.facts.entries_of(self.work.sheet.pk).get((self.line.key, Stage.SELF))
        version = now.version if now else 0
        return LineDifference(
            line=self.line,
            label=self.row.slot_name or self.line.label,
            synthetic=self.row.synthetic,
            number=self.filed.number,
            cells=tuple(self.cells),
            troubles=tuple(self.troubles),
            notes=tuple(self.notes),
            change=joined(self.parts),
            papers=self.papers,
            draft=draft,
            version=version,
            written=now if version != self.known.version else None,
        )

    def _locked(self, box: Box) -> str:
        if box.is_open:
            return ""
        if not self.row.editable and self.work.desk.sheet.state == Sheet.State.RETURNED:
            return "dòng này không bị trả lại nên không sửa được nữa."
        if box.field == "target":
            return "chỉ tiêu lấy từ đăng ký, không sửa trong tệp. Ghi lại số ban đầu."
        return "ô này khóa, không nhận sửa trong tệp."

    def _read(self, box: Box, filed: Held) -> str:
        """Take the box into the change; why it cannot be taken, in words."""
        if box.field == "evidence":
            return self._cite(filed)
        try:
            part = read_field(self.line, box.field, _typed(box, filed))
            if box.field != "na":  # judged together with its reason
                draft_of(self.work.desk, self.line, Stage.SELF, part, self.entry)
        except Refused as refused:
            return _without_name(refused)
        self.parts.append(part)
        return ""

    def _cite(self, filed: Held) -> str:
        text = "" if filed is None else _typed_text(filed)
        named, troubles = self.work.papers.named_in(text)
        if troubles:
            return " ".join(troubles)
        cited = self._cited()
        self.papers = not_yet_cited(named, cited)
        if left_out(named, cited):
            self.notes.append(
                f"{self.filed.place(Column.EVIDENCE)}: văn bản đã dẫn được giữ. Muốn thôi dẫn thì "
                "bỏ ở trang của dòng."
            )
            if not self.papers:
                self.cells.pop()
        return ""

    def _cited(self) -> tuple[Cited, ...]:
        citations = self.work.view.facts.citations.get(self.work.sheet.unit_id, {})
        return citations_on(self.line, citations)

    def _judged(self) -> Draft | None:
        """The entry as it would be; a refusal becomes a trouble of the row."""
        try:
            require_line_open(self.work.desk, Stage.SELF, self.line)
            change = joined(self.parts)
            return draft_of(self.work.desk, self.line, Stage.SELF, change, self.entry)
        except Refused as refused:
            aside = refused.findings[0].rule_id == "LINE-6"
            place = self.filed.place(Column.REASON) if aside else f"Dòng {self.filed.number}"
            self.troubles.append(f"{place}: {_without_name(refused)}")
            return None


def _is_empty(cell: FileCell) -> bool:
    return cell.value is None and not cell.trouble


def _held(box: Box, value: ReadValue) -> Held:
    """What the file has, as the box would hold it: a choice by the name the list gives it."""
    if not box.choices or value is None:
        return value
    typed = _typed_text(value)
    wanted = TRUTHS.get(typed.casefold(), typed).casefold()
    return next((label for label, _ in box.choices if label.casefold() == wanted), typed)


def _typed(box: Box, held: Held) -> str:
    """What a person would have typed into the page's cell."""
    if held is None:
        return ""
    text = _typed_text(held)
    return next((value for label, value in box.choices if label == text), text)


def _typed_text(held: Fraction | date | str) -> str:
    if isinstance(held, Fraction):
        return decimal_text(held)
    return held if isinstance(held, str) else f"{held:%d/%m/%Y}"


def _shown(box: Box, held: Held) -> str:
    """A value of the file as people read it, however long it is."""
    text = _typed_text(held) if isinstance(held, str) else held_words(box, held)
    return text if len(text) <= 400 else f"{text[:400]}…"


def _without_name(refused: Refused) -> str:
    """The sentences without the name of the line, which the row says already."""
    said = []
    for one in refused.findings:
        before, colon, after = one.words.partition(": ")
        words = after if colon and before.startswith("Dòng ") else one.words
        said.append(words[:1].lower() + words[1:])
    return " ".join(said)


def _plain_points(
    view: View, sheet: SheetFacts, lines: Sequence[LineDifference]
) -> list[LineDifference]:
    """Points beside new figures that only repeat what the rule gives are no points by hand."""
    asked = [one for one in lines if one.acceptable and _might_repeat(one)]
    if not asked:
        return list(lines)
    facts = _with_drafts(view.facts, sheet, [one for one in lines if one.acceptable])
    found = _scored(facts, sheet, by_hand=BY_RULE)
    return [
        _without_points(one) if one in asked and _repeats(one, found.nodes.get(one.key)) else one
        for one in lines
    ]


def _might_repeat(one: LineDifference) -> bool:
    draft = one.draft
    return draft is not None and draft.points is not None and bool(one.change.inputs)


def _repeats(one: LineDifference, node: NodeResult | None) -> bool:
    points = None if node is None else node.points
    return one.draft is not None and points == Fraction(one.draft.points or 0, 1000)


def _without_points(one: LineDifference) -> LineDifference:
    draft = one.draft
    plain = draft and Draft(Entry.Kind.INPUT, draft.inputs, None, draft.reason)
    return replace(one, change=replace(one.change, points=None, clear_points=True), draft=plain)


def _total_with(view: View, sheet: SheetFacts, lines: Sequence[LineDifference]) -> Fraction:
    """The total so far, were these lines accepted."""
    if not any(one.draft for one in lines):
        return view.unit(sheet, Stage.SELF).so_far
    return _scored(_with_drafts(view.facts, sheet, lines), sheet, by_hand=BY_HAND).so_far


def _scored(facts: YearFacts, sheet: SheetFacts, *, by_hand: bool) -> UnitResult:
    scale = facts.scale_of(sheet)
    sheets = SheetSet(sheets=tuple(sheets_of(facts, scale, Stage.SELF, by_hand)))
    return score(scale.scale, sheets).of(sheet.unit)


def _with_drafts(facts: YearFacts, sheet: SheetFacts, lines: Sequence[LineDifference]) -> YearFacts:
    entries = dict(facts.entries_of(sheet.pk))
    for one in lines:
        if one.draft is not None:
            entries[one.key, Stage.SELF] = _as_entry(one.draft, one, sheet)
    return replace(facts, entries={**facts.entries, sheet.pk: entries})


def _as_entry(draft: Draft, one: LineDifference, sheet: SheetFacts) -> EntryFacts:
    return EntryFacts(
        pk=0,
        sheet_id=sheet.pk,
        code=one.key,
        stage=Stage.SELF,
        kind=draft.kind,
        inputs=draft.inputs,
        points=draft.points,
        reason=draft.reason,
        author="",
        at=clock.now(),
        version=one.version,
        synthetic=False,
    )
