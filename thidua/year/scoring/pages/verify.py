"""The verifier's page: the lines that need a look first, one line open beside them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from thidua.year.scoring.board import BY_HAND, BY_RULE, View
from thidua.year.scoring.checks import Trouble, before_finishing, to_verify
from thidua.year.scoring.facts import ReturnFacts, SheetFacts
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.layers import EntryFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Entry, Stage
from thidua.year.scoring.pages.cells import SELF_RUNS, Cells, Row
from thidua.year.scoring.pages.marks import rests_on_samples
from thidua.year.scoring.pages.sheet import may_write

RUNS = (*SELF_RUNS, (Stage.VERIFIED, BY_HAND), (Stage.VERIFIED, BY_RULE), (Stage.ADOPTED, BY_HAND))
Work = Literal["done", "changed", "returned", "answered", "open"]
WORDS: dict[Work, tuple[str, str, str]] = {
    "done": ("done", "ok", "Giữ nguyên"),
    "changed": ("done", "ok", "Đã sửa"),
    "returned": ("wait", "", "Chờ đơn vị"),
    "answered": ("back", "warn", "Đơn vị đã trả lời"),
    "open": ("none", "", "Chưa xem"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRow:
    """One line as the verifier sees it; `look` says why it stands among those to look at first."""

    row: Row
    entry: EntryFacts | None
    work: Work
    look: str
    verified: Fraction | None
    answered: ReturnFacts | None

    @property
    def tag(self) -> tuple[str, str, str]:
        """Mark, tone and words of what was done."""
        return WORDS[self.work]

    @property
    def version(self) -> int:
        """The version of the verifier's entry."""
        return self.entry.version if self.entry else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage:
    """What the page shows; `chosen` is the line open for work."""

    sheet: SheetFacts
    first: tuple[VerifyRow, ...]
    rest: tuple[VerifyRow, ...]
    chosen: VerifyRow | None
    following: str
    show_all: bool
    editable: bool
    why_not: str
    self_total: Fraction | None
    verified_total: Fraction | None
    done: int
    troubles: tuple[Trouble, ...]
    unconfirmed: int
    decimals: int
    synthetic: bool
    has_facts: bool
    returned_facts: ReturnFacts | None

    @property
    def count(self) -> int:
        """How many lines there are to verify."""
        return len(self.first) + len(self.rest)


def verify_page(
    view: View, desk: Desk, *, address: str, code: str = "", show_all: bool = False
) -> VerifyPage:
    """The page with the line `code` open, or the first one not yet looked at."""
    sheet = view.facts.sheets[desk.sheet.pk]
    cells = Cells.of(view, sheet, address=address)
    rows = [_row(view, sheet, cells, line) for line in to_verify(view, sheet)]
    first, rest = [r for r in rows if r.look], [r for r in rows if not r.look]
    show_all = show_all or not first  # a short list of nothing would help nobody
    listed = [*first, *rest] if show_all else first
    chosen = _chosen([*first, *rest], code)
    why_not = may_write(desk, Stage.VERIFIED)
    return VerifyPage(
        sheet=sheet,
        first=tuple(first),
        rest=tuple(rest),
        chosen=chosen,
        following=_following(listed, chosen),
        show_all=show_all,
        editable=not why_not,
        why_not=why_not,
        self_total=view.unit(sheet, Stage.SELF).total,
        verified_total=view.unit(sheet, Stage.VERIFIED).total,
        done=sum(1 for row in rows if row.work in ("done", "changed")),
        troubles=tuple(before_finishing(view, sheet)),
        unconfirmed=sum(1 for row in rows if row.work in ("open", "answered")),
        decimals=view.facts.scale_of(sheet).scale.header.decimals,
        synthetic=rests_on_samples(view.facts, sheet),
        has_facts=bool(view.facts.scale_of(sheet).scale.fields),
        returned_facts=view.facts.returned_facts(sheet.pk),
    )


def _row(view: View, sheet: SheetFacts, cells: Cells, line: Line) -> VerifyRow:
    entry = view.facts.entries_of(sheet.pk).get((line.key, Stage.VERIFIED))
    row = cells.row(line)
    answered = _answered(view, sheet, line.key)
    return VerifyRow(
        row=row,
        entry=entry,
        work=_work(row, entry, answered),
        look=_look(view, sheet, row, answered),
        verified=view.points(sheet, line, Stage.VERIFIED) if entry else None,
        answered=answered,
    )


def _answered(view: View, sheet: SheetFacts, key: str) -> ReturnFacts | None:
    """The newest return of a line that the unit has answered."""
    found = [one for one in view.facts.returns.get(sheet.pk, ()) if one.code == key]
    return found[-1] if found and found[-1].answered_at is not None else None


def _work(row: Row, entry: EntryFacts | None, answered: ReturnFacts | None) -> Work:
    if row.returned:
        return "returned"
    if entry is None:
        return "answered" if answered else "open"
    return "done" if entry.kind == Entry.Kind.CONFIRMED else "changed"


def _look(view: View, sheet: SheetFacts, row: Row, answered: ReturnFacts | None) -> str:
    if row.returned or answered:
        return "đã trả lại"
    if row.is_set_aside:
        return "đơn vị đề nghị không áp dụng"
    if row.difference:
        return "lệch máy"
    if row.missing_evidence:
        return "thiếu minh chứng"
    if any(one.code == row.key for one in view.facts.explanations.get(sheet.pk, ())):
        return "có giải trình"
    if row.change is None or row.change == 0:
        return ""
    return "thấp hơn tự chấm" if row.change < 0 else "cao hơn tự chấm"


def _chosen(rows: list[VerifyRow], code: str) -> VerifyRow | None:
    by_key = {row.row.key: row for row in rows}
    if code in by_key:
        return by_key[code]
    waiting = (row for row in rows if row.work in ("open", "answered"))
    return next(waiting, rows[0] if rows else None)


def _following(rows: list[VerifyRow], chosen: VerifyRow | None) -> str:
    """The next line still to look at after the chosen one, in the list as shown."""
    if chosen is None:
        return ""
    keys = [row.row.key for row in rows]
    start = keys.index(chosen.row.key) + 1 if chosen.row.key in keys else 0
    order = [*rows[start:], *rows[:start]]
    return next(
        (r.row.key for r in order if r.work in ("open", "answered") and r is not chosen), ""
    )
