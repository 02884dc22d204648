"""The bloc's score table as a page: lines by units at one stage, totals and ranks on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from thidua.core.points import show
from thidua.core.result import UnitResult
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import Standing
from thidua.year.scoring.base import citations_on
from thidua.year.scoring.board import BY_HAND, BY_RULE, RunKey, View, judged_within, view_of
from thidua.year.scoring.checks import UNSETTLED, left_for
from thidua.year.scoring.facts import ScaleFacts, SheetFacts
from thidua.year.scoring.firm import draws_at_hand, is_spoken_of
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import MIDDLE, Sheet, Stage
from thidua.year.scoring.pages.cells import lacks_evidence
from thidua.year.scoring.pages.firm_words import lead_sentence
from thidua.year.scoring.pages.marks import made_up_keys
from thidua.year.scoring.pages.origin import Origin
from thidua.year.scoring.pages.places import all_adopted, places
from thidua.year.scoring.pages.sheet import Filter, has_begun, most_points
from thidua.year.scoring.queries import opens_when, visible_units
from thidua.year.scoring.steps import Roster, StepFacts


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at the table: its name in addresses, its words, its run, and what it is
    compared with to mark differing cells; `before`: the numbers that stand until the step is done.
    """

    name: str
    label: str
    run: RunKey
    against: RunKey
    marked: str
    before: str = ""

    @property
    def is_raw(self) -> bool:
        """Whether it shows what stood before anybody looked at the sheets."""
        return self.run[0] == Stage.SELF or self.run[1] == BY_RULE


def looks_of(roster: Roster) -> tuple[Look, ...]:
    """The machine's numbers, and those of every step of the year, each beside the one before."""
    machine = "tự chấm khác máy"
    first = (
        Look("may", "Máy gợi ý", (Stage.ADOPTED, BY_RULE), (Stage.SELF, BY_HAND), machine),
        Look("tu-cham", roster.label(Stage.SELF), (Stage.SELF, BY_HAND), (Stage.SELF, BY_RULE),
             machine),
    )  # fmt: skip
    return (*first, *(_look(roster, step) for step in roster.steps if step.stage != Stage.SELF))


def _look(roster: Roster, step: StepFacts) -> Look:
    before = roster.before(step.stage)
    who = "hội nghị" if step.stage == Stage.ADOPTED else step.label.lower()
    marked = f"{who} khác {before.label.lower()}"
    run, against = (step.stage, BY_HAND), (before.stage, BY_HAND)
    return Look(step.slug, step.label, run, against, marked, before.number_words)


LOOKS = looks_of(Roster())  # of a year in the usual three steps
RUNS = (
    (Stage.SELF, BY_HAND),
    (Stage.SELF, BY_RULE),
    *((stage, BY_HAND) for stage in (*MIDDLE, Stage.ADOPTED)),
    (Stage.ADOPTED, BY_RULE),
)


NOT_SCORED = "chưa chấm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One unit: its total and rank at the stage, and where its sheet stands; `through`: whether
    the sheet has been through the step looked at, so that its numbers no longer change there."""

    sheet: SheetFacts
    visible: bool
    own: bool
    total: Fraction | None
    percent: Fraction | None
    denominator: Fraction | None
    so_far: Fraction | None
    synthetic: bool
    rank: int | None
    class_label: str
    considered: bool
    standing: str
    may_verify: bool
    through: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """One line of one unit; `mark` is "hit" where stages differ, "low" under half of the most."""

    unit_id: int
    points: Fraction | None
    visible: bool
    mark: str
    note: str
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One line over all units; `lacks_evidence` where a unit scored it without its document."""

    line: Line
    cells: tuple[TableCell, ...]
    lacks_evidence: bool = False

    @property
    def waits(self) -> bool:
        """Whether a unit has no points here yet."""
        return self.line.is_leaf and any(cell.note == NOT_SCORED for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Whether a unit's points differ from what the look compares with."""
        return any(cell.mark == "hit" for cell in self.cells)


FILTERS: tuple[tuple[str, str, Callable[[TableRow], bool]], ...] = (
    ("chua-cham", "chưa chấm", lambda row: row.waits),
    ("lech", "lệch", lambda row: row.differs),
    ("thieu-minh-chung", "thiếu minh chứng", lambda row: row.lacks_evidence),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The units under one scale."""

    scale: ScaleFacts
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    most: Fraction
    decimals: int
    classes: bool
    lead: str
    ranked: bool
    asks_firmness: bool = False
    speaks_of_firmness: bool = False
    firm: str = ""

    @property
    def waiting(self) -> int:
        """How many units have not been through the step looked at."""
        return sum(1 for column in self.columns if not column.through)

    @property
    def leaf_count(self) -> int:
        """How many lines are scored, whatever the filter leaves."""
        return sum(1 for line in self.scale.lines if line.is_leaf)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """The whole page."""

    look: Look
    looks: tuple[Look, ...]
    adopted: bool
    groups: tuple[Group, ...]
    hidden: int
    opens: str
    own: SheetFacts | None
    to_verify: tuple[SheetFacts, ...]
    states: tuple[tuple[str, int], ...]
    has_synthetic: bool
    filters: tuple[Filter, ...] = ()
    only: str = ""

    @property
    def origin(self) -> Origin:
        """What the links of the table lead back to."""
        return Origin(look=self.look.name, only=self.only)

    @property
    def is_open(self) -> bool:
        """Whether there are sheets at all."""
        return bool(self.groups)

    @property
    def unit_count(self) -> int:
        """How many units have a sheet."""
        return sum(len(group.columns) for group in self.groups)


def table_page(
    bloc_year: BlocYear, standing: Standing, *, look: str = "", only: str = "", kept: str = ""
) -> TablePage:
    """The table at the stage asked for, or at the furthest one reached; with only the lines of one
    filter if asked, and the one line `kept` that somebody comes back to."""
    view = view_of(bloc_year.pk, *RUNS)
    looks = looks_of(view.facts.roster)
    chosen = next((one for one in looks if one.name == look), furthest(view))
    visible = visible_units(bloc_year, standing, view.facts)
    sheets = list(view.facts.sheets.values())
    made_up = {sheet.pk: made_up_keys(view.facts, sheet) for sheet in sheets}
    build = _Build(view, standing, chosen, visible, made_up)
    groups = tuple(build.group(scale) for scale in view.facts.scales.values())
    holds = next((holds for name, _, holds in FILTERS if name == only), None)
    return TablePage(
        look=chosen,
        looks=looks,
        adopted=build.adopted,
        groups=tuple(_only(group, holds, kept) for group in groups) if holds else groups,
        filters=_filters(groups, only),
        only=only if holds else "",
        hidden=sum(1 for sheet in sheets if sheet.unit_id not in visible),
        opens=opens_when(bloc_year),
        own=view.facts.sheet_of(standing.actor.unit_id or 0) if standing.member else None,
        to_verify=tuple(sheet for sheet in sheets if works_at(view, standing, sheet)),
        states=_states(view, sheets),
        has_synthetic=any(made_up.values()) or any(sheet.synthetic for sheet in sheets),
    )


def _only(group: Group, holds: Callable[[TableRow], bool], kept: str) -> Group:
    left = {row.line.key for row in group.rows if holds(row) or row.line.key == kept}
    above = {key for row in group.rows if row.line.key in left for key in row.line.above}
    return replace(group, rows=tuple(row for row in group.rows if row.line.key in left | above))


def _filters(groups: Sequence[Group], only: str) -> tuple[Filter, ...]:
    rows = [row for group in groups for row in group.rows]
    return tuple(
        Filter(name=name, label=label, count=sum(map(holds, rows)), current=name == only)
        for name, label, holds in FILTERS
    )


def furthest(view: View) -> Look:
    """The stage that says most by now."""
    looks = looks_of(view.facts.roster)
    if all_adopted(view):
        return looks[-1]
    begun = [one for one in looks[2:-1] if one.run[0] in view.facts.used]
    return begun[-1] if begun else looks[1]


def is_through(view: View, sheet: SheetFacts, look: Look) -> bool:
    """Whether a sheet has been through the step a look shows: sent, ended there, or verified."""
    if sheet.state in (Sheet.State.VERIFIED, Sheet.State.ADOPTED):
        return True
    if sheet.state != Sheet.State.SUBMITTED:
        return False
    return look.is_raw or view.facts.is_closed(sheet.pk, look.run[0])


def works_at(view: View, standing: Standing, sheet: SheetFacts) -> bool:
    """Whether a sent sheet waits for somebody at the step it stands at."""
    step = view.facts.step_of(sheet)
    if step is None or sheet.state != Sheet.State.SUBMITTED:
        return False
    return view.facts.roster.acts(step, standing, sheet.unit_id)


def _states(view: View, sheets: Iterable[SheetFacts]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for sheet in sheets:
        label = view.facts.stands(sheet)
        counts[label] = counts.get(label, 0) + 1
    return tuple(counts.items())


@dataclass(frozen=True, slots=True)
class _Build:
    view: View
    standing: Standing
    look: Look
    visible: frozenset[int]
    made_up: Mapping[int, frozenset[str]]

    @property
    def adopted(self) -> bool:
        """Whether the table is adopted: then at no step a place beside that of the conference."""
        return all_adopted(self.view)

    def group(self, scale: ScaleFacts) -> Group:
        """The units of one scale, best first once all of them are ranked and seen."""
        sheets = [s for s in self.view.facts.sheets.values() if s.scale_id == scale.pk]
        found = {sheet.pk: self._unit(sheet) for sheet in sheets}
        ranks = places(self.view, scale, self.look.run)
        if all(sheet.unit_id in self.visible and sheet.pk in ranks for sheet in sheets):
            sheets.sort(key=lambda sheet: ranks[sheet.pk])
        columns = tuple(
            self._column(scale, sheet, found[sheet.pk], ranks.get(sheet.pk)) for sheet in sheets
        )
        return Group(
            scale=scale,
            columns=columns,
            rows=tuple(self._row(sheets, line) for line in scale.lines),
            most=most_points(scale),
            decimals=scale.scale.header.decimals,
            classes=scale.scale.classification is not None,
            lead=lead_words(columns, scale.scale.header.decimals),
            ranked=not self.adopted,
            asks_firmness=self._asks_firmness(),
            speaks_of_firmness=self._speaks_of_firmness(scale),
            firm=self._firm(scale),
        )

    def _row(self, sheets: Sequence[SheetFacts], line: Line) -> TableRow:
        return TableRow(
            line=line,
            cells=tuple(self._cell(sheet, line) for sheet in sheets),
            lacks_evidence=line.wants_evidence
            and any(self._lacks_evidence(sheet, line) for sheet in sheets),
        )

    def _lacks_evidence(self, sheet: SheetFacts, line: Line) -> bool:
        if sheet.unit_id not in self.visible:
            return False
        node = self.view.node(sheet, line.key, Stage.SELF)
        cited = citations_on(line, self.view.facts.citations.get(sheet.unit_id, {}))
        return lacks_evidence(line, node, cited)

    def _asks_firmness(self) -> bool:
        """Not while sheets are closed or none is sent, a machine ranks or all is adopted."""
        _, by_hand = self.look.run
        if all_adopted(self.view) or not by_hand:
            return False
        sheets = self.view.facts.sheets.values()
        sent = any(one.state != Sheet.State.SELF for one in sheets)
        return sent and len(self.visible) == len(sheets)

    def _speaks_of_firmness(self, scale: ScaleFacts) -> bool:
        return self._asks_firmness() and is_spoken_of(self.view, scale, self.look.run[0])

    def _firm(self, scale: ScaleFacts) -> str:
        """How firm the first place is, where it is known without drawing anew."""
        if not self._speaks_of_firmness(scale):
            return ""
        tally = draws_at_hand(self.view, scale, self.look.run[0])
        return "" if tally is None else lead_sentence(tally)

    def _unit(self, sheet: SheetFacts) -> UnitResult:
        stage, by_hand = self.look.run
        return self.view.unit(sheet, stage, by_hand=by_hand)

    def _column(
        self, scale: ScaleFacts, sheet: SheetFacts, found: UnitResult, rank: int | None
    ) -> Column:
        seen = sheet.unit_id in self.visible
        everybody = len(self.visible) == len(self.view.facts.sheets)
        return Column(
            sheet=sheet,
            visible=seen,
            own=self.standing.member and sheet.unit_id == self.standing.actor.unit_id,
            total=found.total if seen else None,
            percent=found.percent if seen else None,
            denominator=found.denominator if seen else None,
            so_far=found.so_far if seen and self._begun(sheet) else None,
            synthetic=sheet.synthetic or bool(self.made_up[sheet.pk]),
            rank=rank if everybody else None,
            class_label=class_label(scale, found.class_code) if seen else "",
            considered=found.considered and not found.blocked,
            standing=self._standing(sheet),
            may_verify=works_at(self.view, self.standing, sheet),
            through=is_through(self.view, sheet, self.look),
        )

    def _begun(self, sheet: SheetFacts) -> bool:
        return has_begun(self.view, sheet, self.look.run)

    def _standing(self, sheet: SheetFacts) -> str:
        step, own = self.view.facts.step_of(sheet), self.view.facts.roster.own
        if step is not None and works_at(self.view, self.standing, sheet):
            left = len(left_for(self.view, sheet, step, self.standing.actor.unit_id))
            return f"Còn {left} dòng" if left else "Đã xem hết"
        if own and sheet.at_stage is not None and sheet.state == Sheet.State.SUBMITTED:
            words = f"Chờ {self.view.facts.roster.label(sheet.at_stage)}"
            return f"{words}, gửi chậm" if sheet.late else words
        words = {
            Sheet.State.SELF: "Đang tự chấm",
            Sheet.State.SUBMITTED: "Chờ thẩm định",
            Sheet.State.RETURNED: "Bị trả lại",
            Sheet.State.VERIFIED: "Đã thẩm định",
            Sheet.State.ADOPTED: "Đã thông qua",
        }[sheet.state]
        return f"{words}, gửi chậm" if sheet.late else words

    def _cell(self, sheet: SheetFacts, line: Line) -> TableCell:
        if sheet.unit_id not in self.visible:
            return TableCell(unit_id=sheet.unit_id, points=None, visible=False, mark="", note="")
        begun = line.is_leaf or self._begun(sheet)
        points = self._points(sheet, line, self.look.run) if begun else None
        stage, by_hand = self.look.run
        node = self.view.node(sheet, line.key, stage, by_hand=by_hand)
        note = "" if node is None or points is not None else _note(node.state)
        return TableCell(
            unit_id=sheet.unit_id,
            points=points,
            visible=True,
            mark=self._mark(sheet, line, points),
            note="không tính" if node is None else note,
            synthetic=points is not None and line.key in self.made_up[sheet.pk],
        )

    def _points(self, sheet: SheetFacts, line: Line, run: RunKey) -> Fraction | None:
        stage, by_hand = run
        if by_hand:
            return self.view.points(sheet, line, stage)
        return self.view.computed(sheet, line, stage)

    def _mark(self, sheet: SheetFacts, line: Line, points: Fraction | None) -> str:
        if points is None or not line.is_leaf:
            return ""
        if not (self.look.against[1] == BY_RULE and judged_within(line)):
            before = self._points(sheet, line, self.look.against)
            if before is not None and before != points:
                return "hit"
        return "low" if line.maximum > 0 and 2 * points < line.maximum else ""


def _note(state: str) -> str:
    if state in UNSETTLED or state == "open":
        return NOT_SCORED
    return "không áp dụng" if state == "na" else ""


def class_label(scale: ScaleFacts, code: str | None) -> str:
    """The words of a class."""
    classification = scale.scale.classification
    if classification is None or code is None:
        return ""
    return next((one.label for one in classification.classes if one.code == code), code)


def lead_words(columns: Iterable[Column], decimals: int) -> str:
    """How far the first stands ahead of the second: "Sở X dẫn đầu 0,5 điểm"; empty while a unit
    has not been through the step, because whoever leads then leads over half a table."""
    shown = tuple(columns)
    if not all(column.through for column in shown):
        return ""
    ranked = sorted((c for c in shown if c.rank and c.total is not None), key=lambda c: c.rank or 0)
    if len(ranked) < 2 or ranked[0].total is None or ranked[1].total is None:
        return ""
    first, second = ranked[0], ranked[1]
    margin = ranked[0].total - ranked[1].total
    if first.rank == second.rank:
        return f"{first.sheet.unit} và {second.sheet.unit} bằng nhau ở mọi tiêu chí."
    if not margin:
        return f"{first.sheet.unit} bằng điểm {second.sheet.unit}, đứng trên nhờ tiêu chí phụ."
    ahead = show(margin, decimals=decimals)
    return f"{first.sheet.unit} dẫn đầu, hơn {second.sheet.unit} {ahead} điểm."


def unfinished_words(look: Look, group: Group) -> str:
    """What a paper says while units have not been through the step; empty once all have."""
    if not group.waiting:
        return ""
    count = f"Bản chưa đủ: {group.waiting} trong {len(group.columns)} đơn vị"
    if look.is_raw:
        said = "chưa gửi bảng tự chấm hoặc đang sửa dòng bị trả lại (cột có dấu *)."
        return f"{count} {said} Tổng điểm và thứ hạng còn thay đổi."
    step = "các bước trước hội nghị" if look.run[0] == Stage.ADOPTED else f"bước {look.label}"
    kept = (
        f"Ở các cột này, dòng chưa xem còn giữ {look.before}; tổng điểm và thứ hạng còn thay đổi."
    )
    return f"{count} chưa xong {step} (cột có dấu *). {kept}"
