"""The adopted table prepared for the screen: ranking with gaps, the table, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.points import show
from thidua.year.conference.documents.facts import Frozen
from thidua.year.conference.documents.figures import (
    NOTHING,
    in_groups,
    lead_synthetic,
    lead_text,
    maximum_text,
    percent_text,
    points_text,
    rank_text,
    total_text,
)
from thidua.year.conference.models import Adoption
from thidua.year.conference.moves import Move
from thidua.year.conference.queries import ConferenceFacts
from thidua.year.conference.snapshot import (
    Cell,
    Line,
    ScaleTable,
    Snapshot,
    UnitRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row of the ranking."""

    unit_id: int
    name: str
    rank: str
    total: str
    percent: str
    gap: str  # behind the first, in the figure units are ranked by
    class_label: str
    remarks: tuple[str, ...]
    synthetic: bool
    is_ranked: bool
    has_sheet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One figure of the table."""

    unit_id: int
    text: str
    synthetic: bool = False
    changed: bool = False  # people decided otherwise than the rule or the stage before
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """One line of the table with a figure per unit."""

    line: Line
    maximum: str
    figures: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """One scale's table."""

    scale: ScaleTable
    units: tuple[UnitRow, ...]
    maximum: str
    totals: tuple[Shown, ...]
    ranks: tuple[Shown, ...]
    percents: tuple[Shown, ...]
    classes: tuple[Shown, ...]
    lines: tuple[TableLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """Everything the result page shows of one version."""

    snapshot: Snapshot
    adoption: Adoption
    versions: tuple[Adoption, ...]
    lead: str
    fingerprint: str
    ledger_root: str
    places: tuple[Place, ...]
    tables: tuple[TablePage, ...]
    moves: tuple[Move, ...]
    by_percent: bool
    classed: bool
    in_force: bool
    has_synthetic: bool

    @property
    def noted(self) -> bool:
        """Whether any row of the ranking carries a remark."""
        return any(place.remarks for place in self.places)

    @property
    def lead_synthetic(self) -> bool:
        """Whether the distance at the top rests on a made-up total."""
        return lead_synthetic(self.snapshot)

    @property
    def lan(self) -> int:
        """The version shown, as the address names it."""
        return self.snapshot.version


def result_page(facts: ConferenceFacts, frozen: Frozen) -> ResultPage:
    """One version for the screen (no query)."""
    snapshot = frozen.snapshot
    adoption = next(one for one in facts.adoptions if one.version == snapshot.version)
    return ResultPage(
        snapshot=snapshot,
        adoption=adoption,
        versions=facts.adoptions,
        lead=lead_text(snapshot),
        fingerprint=in_groups(frozen.fingerprint),
        ledger_root=in_groups(frozen.ledger_root),
        places=places_of(snapshot),
        tables=tuple(_table(snapshot, index) for index in range(len(snapshot.scales))),
        moves=frozen.moves,
        by_percent=any(scale.key == "percent" for scale in snapshot.scales),
        classed=any(row.result_class for row in snapshot.units),
        in_force=adoption.version == facts.adoptions[0].version,
        has_synthetic=snapshot.has_synthetic,
    )


def places_of(snapshot: Snapshot) -> tuple[Place, ...]:
    """The ranking with the gap of each unit behind the first under the same scale."""
    best: dict[int, Fraction] = {}
    for row in snapshot.ranking:
        figure = snapshot.figure(row)
        if row.is_ranked and row.scale is not None and figure is not None:
            best.setdefault(row.scale, figure)
    return tuple(_place(snapshot, row, best) for row in snapshot.ranking)


def _place(snapshot: Snapshot, row: UnitRow, best: dict[int, Fraction]) -> Place:
    figure, gap = snapshot.figure(row), ""
    if row.is_ranked and row.scale is not None and figure is not None:
        behind = figure - best[row.scale]
        gap = show(behind, decimals=snapshot.scales[row.scale].decimals) if behind else ""
    return Place(
        unit_id=row.unit_id,
        name=row.name,
        rank=rank_text(row),
        total=total_text(snapshot, row),
        percent=percent_text(snapshot, row),
        gap=gap,
        class_label=row.result_class,
        remarks=tuple(remarks_of(snapshot, row)),
        synthetic=row.synthetic and row.result_total is not None,
        is_ranked=row.is_ranked,
        has_sheet=row.scale is not None,
    )


def remarks_of(snapshot: Snapshot, row: UnitRow) -> Iterator[str]:
    """What stands beside a unit of the ranking: why no place, how a tie was settled, what else."""
    if not row.is_ranked:
        yield f"Không xếp hạng: {row.why_not_ranked.rstrip('.')}."
    figure = snapshot.figure(row)
    tied = [
        one
        for one in snapshot.units
        if one is not row and one.is_ranked and snapshot.figure(one) == figure
    ]
    if row.is_ranked and tied and row.decided:
        yield f"{row.decided.rstrip('.')}."
    if not row.considered:
        hit = "; ".join(gate.label for gate in row.gates if gate.state == "hit")
        yield f"Không xét khen thưởng: {hit}."
    if row.late:
        yield "Gửi bảng tự chấm sau hạn."


def _table(snapshot: Snapshot, index: int) -> TablePage:
    scale = snapshot.scales[index]
    units = tuple(row for row in snapshot.ranking if row.scale == index)
    changed = {(one.unit_id, one.key) for one in snapshot.deviations}
    return TablePage(
        scale=scale,
        units=units,
        maximum=maximum_text(scale.max_total),
        totals=tuple(
            Shown(
                unit_id=row.unit_id,
                text=total_text(snapshot, row),
                synthetic=row.synthetic and row.result_total is not None,
            )
            for row in units
        ),
        ranks=tuple(
            Shown(
                unit_id=row.unit_id,
                text=rank_text(row),
                synthetic=row.synthetic and row.is_ranked,
            )
            for row in units
        ),
        percents=tuple(
            Shown(
                unit_id=row.unit_id,
                text=percent_text(snapshot, row),
                synthetic=row.synthetic and row.result_percent is not None,
            )
            for row in units
        ),
        classes=tuple(
            Shown(unit_id=row.unit_id, text=row.result_class or NOTHING) for row in units
        ),
        lines=tuple(_line(scale, line, units, changed) for line in scale.lines),
    )


def _line(
    scale: ScaleTable, line: Line, units: tuple[UnitRow, ...], changed: set[tuple[int, str]]
) -> TableLine:
    return TableLine(
        line=line,
        maximum=maximum_text(line.max),
        figures=tuple(
            _shown(scale, row, row.cells.get(line.key), changed=(row.unit_id, line.key) in changed)
            for row in units
        ),
    )


def _shown(scale: ScaleTable, row: UnitRow, cell: Cell | None, *, changed: bool) -> Shown:
    if cell is None or cell.points is None:
        return Shown(unit_id=row.unit_id, text=NOTHING)
    return Shown(
        unit_id=row.unit_id,
        text=points_text(cell.points, scale),
        synthetic=cell.synthetic,
        changed=changed,
        by_hand=cell.state == "override",
    )
