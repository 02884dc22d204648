"""Số liệu nhập: what the input of a node says, read and checked once (FORMAT section 4, Input).

Points are not decided here: a figure is what the rule will be applied to.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from thidua.core.node import (
    Count,
    Flag,
    Imported,
    Judged,
    Leader,
    Linear,
    Node,
    NotAssignedWithResult,
    Pick,
    RankTable,
    Steps,
    Switch,
    X,
)
from thidua.core.number import HUNDRED, ZERO, as_number
from thidua.core.sheet import Input

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Blank(Enum):
    """Nothing entered: not yet scored, which is not 0."""

    MISSING = "missing"


MISSING = Blank.MISSING


@dataclass(frozen=True, slots=True)
class Bad:
    """An input that cannot be scored, with the name of the issue."""

    issue: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Chỉ tiêu và kết quả: a target (not 0) and the result reached."""

    target: Fraction
    result: Fraction

    @property
    def percent(self) -> Fraction:
        """100 · result/target."""
        return HUNDRED * self.result / self.target


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A result above 0 without a target, which the scale wants scored all the same."""

    result: Fraction


class NotApplied(Enum):
    """The line is not applicable: set aside, or its target was not assigned."""

    NOT_APPLICABLE = "not_applicable"


NOT_APPLICABLE = NotApplied.NOT_APPLICABLE
Figure = Fraction | str | bool | Pair | Unassigned | NotApplied | Bad | Blank
NumberFigure = Fraction | Bad | Blank
XFigure = Pair | NotApplied | NumberFigure
Fields = Mapping[str, object]


def read_figure(
    node: Node, found: Input, fields: Fields, *, policy: NotAssignedWithResult = "ignore"
) -> Figure:
    """Read and check the input of a node with a rule of its own (all kinds but sum and ledger).

    `policy` says whether a leader line scores a result that had no target.
    """
    figure = _read(node, found, fields, counts_unassigned=policy != "ignore")
    if isinstance(figure, (Blank, NotApplied)):
        return figure
    return Bad("mixed_units") if _other_unit(node, found) else figure


def read_substitute(node: Node, found: Input, fields: Fields) -> Figure:
    """Read the figures of `substitute`, which stand in when a line is not applicable."""
    replacement = found.get("substitute")
    if not isinstance(replacement, Mapping):
        return MISSING
    kept = {key: value for key, value in found.items() if key in _KEPT_BESIDE_SUBSTITUTE}
    if isinstance(node, (Count, Steps, Switch, Linear)) and node.x.kind == "field":
        fields = {node.x.field: replacement.get("value")}
    figure = read_figure(node, {**kept, **replacement}, fields)
    return MISSING if figure is NOT_APPLICABLE else figure


_KEPT_BESIDE_SUBSTITUTE = ("unit", "due", "source")


def _other_unit(node: Node, found: Input) -> bool:
    unit = found.get("unit")
    return not node.children and None not in (node.unit, unit) and unit != node.unit


def _read(node: Node, found: Input, fields: Fields, *, counts_unassigned: bool) -> Figure:
    match node:
        case Leader():
            return _leader(found, counts_unassigned=counts_unassigned)
        case RankTable():
            return _number(found)
        case Judged():
            return _in_range(_number(found), node.minimum, node.stated_max)
        case Imported():
            return _in_range(_number(found), node.minimum, node.stated_max)
        case Count():
            return _counted(_x(node.x, node, found, fields))
        case Steps():
            return _x_or_text(node.x, node, found, fields, whole=node.whole)
        case Switch():
            return _x_or_text(node.x, node, found, fields, whole=False)
        case Linear():
            return _x(node.x, node, found, fields)
        case Flag():
            return _truth(found.get("value"))
        case Pick():
            return _choice(node, found.get("chosen"))
    return MISSING


def _number(found: Input) -> NumberFigure:
    values = found.get("values")
    if found.get("value") is None and values is not None:
        return _mean(values)
    return _exact(found.get("value"))


def _mean(values: object) -> NumberFigure:
    if isinstance(values, str) or not isinstance(values, Sequence):
        return Bad("not_a_number")
    numbers = [as_number(value) for value in values]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return Bad("not_a_number")
    return sum(known, ZERO) / len(known) if known else MISSING


def _exact(value: object) -> NumberFigure:
    if value is None:
        return MISSING
    number = as_number(value)
    return Bad("not_a_number") if number is None else number


def _leader(found: Input, *, counts_unassigned: bool) -> Figure:
    figure = _pair(found)
    if isinstance(figure, Pair) and (figure.target < 0 or figure.result < 0):
        return Bad("negative")
    if figure is not NOT_APPLICABLE or not counts_unassigned:
        return figure
    result = _exact(found.get("result"))
    if isinstance(result, Fraction):
        return Unassigned(result) if result > 0 else NOT_APPLICABLE
    return result if isinstance(result, Bad) else NOT_APPLICABLE


def _pair(found: Input) -> Pair | NotApplied | Bad | Blank:
    target, result = _exact(found.get("target")), _exact(found.get("result"))
    if "target" not in found and result is MISSING:
        return MISSING
    if target is MISSING or target == 0:
        return NOT_APPLICABLE
    if isinstance(target, Bad) or isinstance(result, Bad):
        return Bad("not_a_number")
    if isinstance(target, Blank) or isinstance(result, Blank):
        return MISSING
    return Pair(target, result)


def _in_range(figure: NumberFigure, low: Fraction | None, high: Fraction | None) -> NumberFigure:
    if not isinstance(figure, Fraction):
        return figure
    fits = (low is None or figure >= low) and (high is None or figure <= high)
    return figure if fits else Bad("out_of_range")


def _x(x: X, node: Node, found: Input, fields: Fields) -> XFigure:
    if x.kind == "percent":
        return _pair(found)
    if x.kind == "days_late":
        return _days_late(found.get("date"), found.get("due") or node.due)
    if x.kind == "field":
        return _exact(fields.get(x.field))
    return _number(found)


def _x_or_text(x: X, node: Node, found: Input, fields: Fields, *, whole: bool) -> Figure:
    if x.kind in ("value", "field"):
        value = fields.get(x.field) if x.kind == "field" else found.get("value")
        if isinstance(value, str) and as_number(value) is None:
            return Bad("not_a_count") if whole else value
    figure = _x(x, node, found, fields)
    return Bad("not_a_count") if whole and not _is_whole(figure) else figure


def _counted(figure: XFigure) -> Figure:
    if not _is_whole(figure):
        return Bad("not_a_count")
    number = figure.percent if isinstance(figure, Pair) else figure
    return Bad("not_a_count") if isinstance(number, Fraction) and number < 0 else figure


def _is_whole(figure: Figure) -> bool:
    number = figure.percent if isinstance(figure, Pair) else figure
    return not isinstance(number, Fraction) or number.denominator == 1


def _days_late(date: object, due: object) -> NumberFigure:
    if date is None or due is None:
        return MISSING
    handed_in, expected = _date(date), _date(due)
    if handed_in is None or expected is None:
        return Bad("not_a_date")
    return Fraction(max(0, (handed_in - expected).days))


def _date(value: object) -> dt.date | None:
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _truth(value: object) -> bool | Bad | Blank:
    if value is None:
        return MISSING
    return value if isinstance(value, bool) else Bad("not_a_truth_value")


def _choice(node: Pick, chosen: object) -> str | Bad | Blank:
    if chosen is None:
        return MISSING
    codes = {item.code for item in node.items}
    return chosen if isinstance(chosen, str) and chosen in codes else Bad("unknown_choice")
