"""The parts of an adopted table. Every figure is exact; None is "no figure", never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How a line or the whole table adds up: start and caps as the scale states them."""

    start: Fraction | None = None
    bonus_cap: Fraction | None = None
    deduct_cap: Fraction | None = None
    cap: Fraction | None = None
    floor: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the table: a line of the scale, or one copy of a recurring line (CODE@n)."""

    key: str
    label: str
    depth: int
    parent: str
    kind: str
    part: str
    max: Fraction
    measure: str = ""
    leaf: bool = True
    limits: Limits = field(default_factory=Limits)

    @property
    def code(self) -> str:
        """The code as people read it: I.2, or I.2 (lần 3)."""
        code, _, copy = self.key.partition("@")
        return f"{code} (lần {copy})" if copy else code


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One finding of the engine, kept with the figure it explains."""

    rule_id: str
    words: str
    inputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One unit's figure on one line, with what the stages before it said."""

    points: Fraction | None
    max: Fraction
    state: str
    computed: Fraction | None = None  # what the rule alone gives; None on judged lines
    self_score: Fraction | None = None
    verified: Fraction | None = None
    synthetic: bool = False
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GateMark:
    """A condition of the scale and what it did: hit, clear or unknown."""

    code: str
    label: str
    effect: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit as adopted, under its name of that day."""

    unit_id: int
    name: str
    order: int
    scale: int | None  # index of its table; None for a unit without a sheet
    total: Fraction | None = None
    percent: Fraction | None = None
    base: Fraction | None = None
    bonus: Fraction | None = None
    deduct: Fraction | None = None
    rank: int | None = None
    decided: str = ""  # what decided the place, in words
    class_label: str = ""
    considered: bool = True
    gates: tuple[GateMark, ...] = ()
    not_ranked: str = ""  # the recorded reason
    late: bool = False
    synthetic: bool = False
    whys: tuple[Why, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def is_ranked(self) -> bool:
        """Takes a place this year."""
        return self.rank is not None

    @property
    def left_out(self) -> bool:
        """Recorded as taking no place: its figures are no result the conference adopted."""
        return bool(self.not_ranked) and not self.is_ranked

    @property
    def result_total(self) -> Fraction | None:
        """The total as an adopted result; None for a unit left out."""
        return None if self.left_out else self.total

    @property
    def result_percent(self) -> Fraction | None:
        """The percent as an adopted result; None for a unit left out."""
        return None if self.left_out else self.percent

    @property
    def result_class(self) -> str:
        """The class as an adopted result; empty for a unit left out or with an open condition."""
        unjudged = any(gate.state == "unknown" for gate in self.gates)
        return "" if self.left_out or unjudged else self.class_label

    @property
    def why_not_ranked(self) -> str:
        """The recorded reason, or the condition of the scale that was hit; empty when ranked."""
        if self.is_ranked:
            return ""
        hit = [gate.label for gate in self.gates if gate.state == "hit"]
        return self.not_ranked or "; ".join(hit) or "Chưa có tổng điểm"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleTable:
    """The scale that scored a group of units, with its lines in file order."""

    name: str
    version: str
    title: str
    fingerprint: str
    decimals: int
    percent_decimals: int
    rounding: str
    key: str  # what units are ranked by: points or percent
    max_total: Fraction
    limits: Limits  # header caps: bonus_cap, deduct_cap, cap = max_total, floor = min_total
    lines: tuple[Line, ...]
    provisional: bool = False
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A figure people decided otherwise than the rule (``computed``) or the stage ``before``."""

    unit_id: int
    key: str
    label: str
    stage: str  # where it was decided last, in words
    computed: Fraction | None
    before: Fraction | None
    points: Fraction | None
    reason: str
    author: str = ""
    synthetic: bool = False

    @property
    def differs_from_rule(self) -> bool:
        """Whether the rule gives another figure; a judged line has no figure of the rule."""
        return self.computed is not None and self.points != self.computed


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The meeting that adopted: bloc, day, place and the count of units."""

    jurisdiction: str
    bloc: str
    year: int
    held_on: date
    place: str
    present: int
    members: int
    quorum_num: int
    quorum_den: int
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A whole adopted table: version, the meeting, the scales, the units, the deviations."""

    version: int
    reason: str
    meeting: Meeting
    ledger_root: str
    scales: tuple[ScaleTable, ...]
    units: tuple[UnitRow, ...]
    deviations: tuple[Deviation, ...] = ()

    @property
    def ranking(self) -> tuple[UnitRow, ...]:
        """Units by place, then the unranked in the order of the bloc."""
        return tuple(
            sorted(
                self.units,
                key=lambda row: (row.rank is None, row.rank or 0, row.order),
            )
        )

    @property
    def lead(self) -> Fraction | None:
        """How far the first is ahead of the second, in the figure units are ranked by.

        None with fewer than two ranked units or with more than one scale; 0 when tied.
        """
        ranked = [row for row in self.ranking if row.is_ranked]
        if len(ranked) < 2 or len({row.scale for row in ranked}) != 1:
            return None
        first, second = (self.figure(row) for row in ranked[:2])
        return None if first is None or second is None else first - second

    def figure(self, row: UnitRow) -> Fraction | None:
        """The figure a unit is ranked by: total or percent."""
        if row.scale is None:
            return None
        return row.percent if self.scales[row.scale].key == "percent" else row.total

    def verified(self, one: Deviation) -> Fraction | None:
        """What the verification said of the line of a deviation."""
        row = self.of(one.unit_id)
        cell = None if row is None else row.cells.get(one.key)
        return None if cell is None else cell.verified

    def decided_by_conference(self, one: Deviation) -> bool:
        """Whether the adopted figure is another than the verified one."""
        return one.points != self.verified(one)

    def of(self, unit_id: int) -> UnitRow | None:
        """The row of one unit."""
        return next((row for row in self.units if row.unit_id == unit_id), None)

    @property
    def has_synthetic(self) -> bool:
        """Whether any figure or fact in it is made up (the paper then says "Bản thử")."""
        return (
            self.meeting.synthetic
            or any(scale.synthetic for scale in self.scales)
            or any(
                row.synthetic or any(cell.synthetic for cell in row.cells.values())
                for row in self.units
            )
        )
