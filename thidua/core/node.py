"""Tiêu chí: the nodes of a scale, one class per kind (FORMAT sections 4 and 5)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from thidua.core.condition import Condition
from thidua.core.number import ONE, ZERO

Part = Literal["base", "bonus", "deduct"]
NotApplicable = Literal["drop_denominator", "full_marks", "zero", "substitute"]
NotAssignedWithResult = Literal["ignore", "leader", "own_group"]
XKind = Literal["value", "percent", "days_late", "field"]
UNDECIDED: Literal["undecided"] = "undecided"
Else = Fraction | Literal["undecided"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A band on x: `ge` or `gt`, `le` or `lt`, or `eq` (number or text); none holds always."""

    ge: Fraction | None = None
    gt: Fraction | None = None
    le: Fraction | None = None
    lt: Fraction | None = None
    eq: Fraction | str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A band of `steps` with its points."""

    bounds: Bounds
    points: Fraction


@dataclass(frozen=True, slots=True)
class Case:
    """A case of `switch` with the node that is scored when it holds."""

    bounds: Bounds
    item: Node


@dataclass(frozen=True, slots=True)
class X:
    """Where the figure of a leaf comes from; `field` names a field of the sheet for kind field."""

    kind: XKind = "value"
    field: str = ""


@dataclass(frozen=True, slots=True)
class AppliesTo:
    """Which sheets a node is for; None means no restriction. Dates are ISO and inclusive."""

    types: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None
    except_units: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Recurs:
    """The node is scored `times` times; copies are CODE@1 … CODE@times."""

    times: int
    combine: Literal["sum", "mean"] = "sum"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence a line asks for; `documents` names what is expected."""

    required: bool = False
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every node has; `stated_max` is `max` as written, `core.maximum` derives the rest."""

    kind: ClassVar[str]
    code: str
    label: str = ""
    part: Part = "base"
    stated_max: Fraction | None = None
    unit: str | None = None
    note: str = ""
    when: Condition | None = None
    exempt_when: Condition | None = None
    applies_to: AppliesTo | None = None
    recurs: Recurs | None = None
    evidence: Evidence | None = None
    verifiers: tuple[str, ...] = ()
    slot: bool = False
    due: str | None = None
    not_applicable: NotApplicable | None = None
    not_assigned_with_result: NotAssignedWithResult | None = None

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in file order; a leaf has none."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Node):
    """Tổng: the sum of the children, then cap, then floor."""

    kind = "sum"
    items: tuple[Node, ...]
    cap: Fraction | None = None
    floor: Fraction | None = None

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger(Node):
    """Cộng trừ từ điểm chuẩn: start, capped rewards, capped deductions, then cap, then floor.

    `floor` is 0 when the file states none; `states_floor` tells the two apart (lint).
    """

    kind = "ledger"
    start: Fraction
    items: tuple[Node, ...]
    bonus_cap: Fraction | None = None
    deduct_cap: Fraction | None = None
    cap: Fraction | None = None
    floor: Fraction | None = ZERO
    states_floor: bool = True

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick(Node):
    """Chọn một: the highest, the first that applies, or the chosen alternative."""

    kind = "pick"
    mode: Literal["max", "first", "chosen"]
    items: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Node):
    """Phân nhánh: the item of the first case that x falls in."""

    kind = "switch"
    cases: tuple[Case, ...]
    otherwise: Else
    x: X = X()

    @property
    def children(self) -> tuple[Node, ...]:
        return tuple(case.item for case in self.cases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Node):
    """Đếm: points for each, limited to ±cap."""

    kind = "count"
    each: Fraction
    cap: Fraction | None
    x: X = X()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Node):
    """Có hoặc không: hit or miss, from the input or decided by `condition` (key `if`)."""

    kind = "flag"
    hit: Fraction
    miss: Fraction = ZERO
    condition: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Node):
    """Bậc thang: the points of the first band that holds x."""

    kind = "steps"
    bands: tuple[Band, ...]
    otherwise: Else
    x: X = X()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear(Node):
    """Tuyến tính: at + each × (x − from)/per, then cap, then floor; `origin` is the key `from`."""

    kind = "linear"
    origin: Fraction
    each: Fraction
    per: Fraction = ONE
    at: Fraction = ZERO
    whole: bool = False
    cap: Fraction | None = None
    floor: Fraction | None = None
    x: X = X()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader(Node):
    """So với đơn vị dẫn đầu: share of the maximum by target and by the cohort's best surplus."""

    kind = "leader"
    at_target: Fraction = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTable(Node):
    """Điểm theo thứ hạng: points of the rank among the values of the cohort."""

    kind = "rank_table"
    table: tuple[Fraction, ...]
    otherwise: Fraction = ZERO
    order: Literal["desc", "asc"] = "desc"
    ties: Literal["shared", "mean"] = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Node):
    """Chấm theo nhận định: the value itself, inside min..max."""

    kind = "judged"
    minimum: Fraction | None = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Node):
    """Điểm do nơi khác chấm: the value itself, with its source."""

    kind = "imported"
    minimum: Fraction | None = ZERO


Container = Sum | Ledger | Pick | Switch
