"""Build the snapshot of an adoption: the engine runs once more over frozen sheets, with reasons.

Units outside the ranking (recorded so, or gone from the bloc) stay in the run, so that nobody
else's points change by it; the engine sets them aside when it ranks, so that places and the
sentences about them speak of the ranked alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.finding import Finding
from thidua.core.maximum import share
from thidua.core.node import Ledger, Node, Sum
from thidua.core.result import NodeResult, Result, UnitResult
from thidua.core.scale import Header, Scale
from thidua.core.score import score
from thidua.core.sheet import SheetSet
from thidua.year.bloc.models import Membership
from thidua.year.conference.models import Conference, NotRanked
from thidua.year.conference.queries import members_of, names_of, quorum_of
from thidua.year.conference.snapshot import (
    Cell,
    Deviation,
    GateMark,
    Limits,
    Line,
    Meeting,
    ScaleTable,
    Snapshot,
    UnitRow,
    Why,
)
from thidua.year.rulebook.models import Scale as ScaleRow
from thidua.year.scoring.board import View, sheets_of, view_of
from thidua.year.scoring.facts import ScaleFacts, SheetFacts
from thidua.year.scoring.lines import Line as SheetLine
from thidua.year.scoring.models import Stage
from thidua.year.scoring.pages.marks import made_up_keys
from thidua.year.scoring.queries import deviations

BY_RULE = (Stage.ADOPTED, False)
BY_HAND = (Stage.ADOPTED, True)
RUNS = ((Stage.SELF, True), (Stage.VERIFIED, True), BY_HAND, BY_RULE)


def freeze(
    conference: Conference,
    *,
    version: int,
    reason: str,
    ledger_root: str,
    waiting: Mapping[int, str] | None = None,
) -> Snapshot:
    """The table as it stands now, complete and exact.

    ``waiting``: units, by key, that a draft of the table gives no place yet, with why.
    """
    build = _Build.of(conference, waiting or {})
    return Snapshot(
        version=version,
        reason=reason,
        meeting=_meeting(conference),
        ledger_root=ledger_root,
        scales=tuple(build.table(index) for index in range(len(build.scales))),
        units=build.units(),
        deviations=build.deviations(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    """What the parts of one snapshot are made from."""

    conference: Conference
    view: View
    members: Mapping[int, Membership]
    names: Mapping[int, str]
    reasons: Mapping[int, str]  # units that take no place, by key
    scales: tuple[ScaleFacts, ...]
    rows: Mapping[int, ScaleRow]
    results: tuple[Result, ...]

    @classmethod
    def of(cls, conference: Conference, waiting: Mapping[int, str]) -> _Build:
        """Read everything and score every scale with its reasons."""
        view = view_of(conference.bloc_year_id, *RUNS)
        memberships = list(conference.bloc_year.memberships.select_related("unit"))
        scales = tuple(view.facts.scales.values())
        reasons = {**waiting, **reasons_not_ranked(conference)}
        aside = [one.unit for one in view.facts.sheets.values() if one.unit_id in reasons]
        return cls(
            conference=conference,
            view=view,
            members={row.unit_id: row for row in memberships},
            names=names_of(conference, (row.unit for row in memberships)),
            reasons=reasons,
            scales=scales,
            rows=ScaleRow.objects.in_bulk([scale.pk for scale in scales]),
            results=tuple(
                score(
                    scale.scale,
                    SheetSet(sheets=tuple(sheets_of(view.facts, scale, *BY_HAND))),
                    explain=True,
                    aside=aside,
                )
                for scale in scales
            ),
        )

    def table(self, index: int) -> ScaleTable:
        """One scale with its lines."""
        facts, row = self.scales[index], self.rows[self.scales[index].pk]
        scale = facts.scale
        return ScaleTable(
            name=scale.name,
            version=scale.version,
            title=scale.title,
            fingerprint=row.fingerprint,
            decimals=scale.header.decimals,
            percent_decimals=scale.header.percent_decimals,
            rounding=scale.header.rounding,
            key=scale.ranking.key,
            max_total=_max_total(scale),
            limits=_header_limits(scale.header),
            lines=tuple(_line(line) for line in facts.lines),
            provisional=self.results[index].provisional,
            synthetic=row.synthetic,
        )

    def units(self) -> tuple[UnitRow, ...]:
        """One row per member of the day and per sheet, in founding order."""
        sheets = {sheet.unit_id: sheet for sheet in self.view.facts.sheets.values()}
        here = {row.unit_id for row in members_of(self.conference)}
        wanted = sorted(here | set(sheets), key=self._order)
        return tuple(self._unit(unit_id, sheets.get(unit_id)) for unit_id in wanted)

    def deviations(self) -> tuple[Deviation, ...]:
        """What people decided otherwise than the rule or the stage before, in order."""
        return tuple(
            Deviation(
                unit_id=one.unit_id,
                key=one.line.key,
                label=one.line.label,
                stage=one.stage.label,
                computed=one.computed,
                before=one.before,
                points=one.points,
                reason=one.reason,
                author=one.author,
                synthetic=one.synthetic,
            )
            for one in deviations(self.conference.bloc_year)
        )

    def _order(self, unit_id: int) -> tuple[int, int]:
        row = self.members.get(unit_id)
        return (row.order if row else 1_000_000, unit_id)

    def _index(self, sheet: SheetFacts) -> int:
        return next(i for i, scale in enumerate(self.scales) if scale.pk == sheet.scale_id)

    def _result(self, sheet: SheetFacts) -> UnitResult:
        return self.results[self._index(sheet)].of(sheet.unit)

    def _unit(self, unit_id: int, sheet: SheetFacts | None) -> UnitRow:
        order = self._order(unit_id)[0]
        name, reason = self.names[unit_id], self.reasons.get(unit_id, "")
        if sheet is None:
            return UnitRow(unit_id=unit_id, name=name, order=order, scale=None, not_ranked=reason)
        index, found = self._index(sheet), self._result(sheet)
        return UnitRow(
            unit_id=unit_id,
            name=name,
            order=order,
            scale=index,
            total=found.total,
            percent=found.percent,
            base=found.base,
            bonus=found.bonus,
            deduct=found.deduct,
            rank=found.rank,
            decided="" if found.rank is None else _decided(found.findings),
            class_label=_class_label(self.scales[index].scale, found),
            considered=found.considered and not found.blocked,
            gates=_gates(self.scales[index].scale, found),
            not_ranked=reason,
            late=sheet.late,
            synthetic=sheet.synthetic,
            whys=_whys(found.findings),
            cells=self._cells(sheet, found),
        )

    def _cells(self, sheet: SheetFacts, found: UnitResult) -> dict[str, Cell]:
        touched = made_up_keys(self.view.facts, sheet)
        lines = self.view.facts.scale_of(sheet).lines
        return {
            line.key: self._cell(sheet, line, node, synthetic=line.key in touched)
            for line in lines
            if (node := found.nodes.get(line.key)) is not None
        }

    def _cell(
        self, sheet: SheetFacts, line: SheetLine, node: NodeResult, *, synthetic: bool
    ) -> Cell:
        return Cell(
            points=node.points,
            max=node.max,
            state=node.state,
            computed=self.view.computed(sheet, line, Stage.ADOPTED),
            self_score=self.view.points(sheet, line, Stage.SELF),
            verified=self.view.points(sheet, line, Stage.VERIFIED),
            synthetic=synthetic,
            whys=_whys(node.findings),
        )


def reasons_not_ranked(conference: Conference) -> dict[int, str]:
    """Units that take no place: recorded so, or no members any more on the day (two queries)."""
    here = {row.unit_id for row in members_of(conference)}
    reasons = {
        row.unit_id: f"Rời Khối từ ngày {row.left:%d/%m/%Y}" if row.left else "Chưa là thành viên"
        for row in conference.bloc_year.memberships.all()
        if row.unit_id not in here
    }
    recorded = NotRanked.objects.filter(bloc_year=conference.bloc_year)
    return {**reasons, **{row.unit_id: row.reason for row in recorded}}


def _meeting(conference: Conference) -> Meeting:
    quorum = quorum_of(conference)
    year = conference.bloc_year
    return Meeting(
        jurisdiction=year.jurisdiction.name,
        bloc=year.bloc.name,
        year=year.year,
        held_on=conference.held_on,
        place=conference.place,
        present=quorum.present,
        members=quorum.members,
        quorum_num=quorum.num,
        quorum_den=quorum.den,
        synthetic=conference.synthetic,
    )


def _max_total(scale: Scale) -> Fraction:
    if scale.header.base is not None:
        return scale.header.base
    return sum((share(section) for section in scale.sections), Fraction(0))


def _header_limits(header: Header) -> Limits:
    return Limits(
        bonus_cap=header.bonus_cap,
        deduct_cap=header.deduct_cap,
        cap=header.max_total,
        floor=header.min_total,
    )


def _line(line: SheetLine) -> Line:
    return Line(
        key=line.key,
        label=line.label,
        depth=line.depth,
        parent=line.above[-1] if line.above else "",
        kind="recurs" if line.is_heading else line.node.kind,
        part=line.node.part,
        max=line.maximum,
        measure=line.node.unit or "",
        leaf=line.is_leaf,
        limits=_node_limits(line.node) if not line.is_heading else Limits(),
    )


def _node_limits(node: Node) -> Limits:
    if isinstance(node, Sum):
        return Limits(cap=node.cap, floor=node.floor)
    if isinstance(node, Ledger):
        return Limits(
            start=node.start,
            bonus_cap=node.bonus_cap,
            deduct_cap=node.deduct_cap,
            cap=node.cap,
            floor=node.floor,
        )
    return Limits()


def _whys(findings: Iterable[Finding]) -> tuple[Why, ...]:
    return tuple(
        Why(
            rule_id=one.rule_id,
            words=one.words,
            inputs=tuple((name, str(value)) for name, value in dict(one.inputs).items()),
        )
        for one in findings
    )


def _decided(findings: Iterable[Finding]) -> str:
    """What decided the place: the engine's own sentence on rank or tie."""
    return next((one.words for one in findings if one.rule_id.startswith(("RANK-", "TIE-"))), "")


def _class_label(scale: Scale, found: UnitResult) -> str:
    if scale.classification is None or found.class_code is None:
        return ""
    return next(one.label for one in scale.classification.classes if one.code == found.class_code)


def _gates(scale: Scale, found: UnitResult) -> tuple[GateMark, ...]:
    states = {gate.code: gate.state for gate in found.gates}
    return tuple(
        GateMark(
            code=gate.code,
            label=gate.label,
            effect=gate.effect,
            state=states.get(gate.code, "unknown"),
        )
        for gate in scale.gates
    )
