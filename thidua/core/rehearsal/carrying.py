"""Số liệu năm trước trên dự thảo: last year's sheets laid on a draft, line by line.

Where a line asks for the same figure by the same kind of rule, the figure is carried and the draft
scores it. Otherwise the points are carried in proportion to the maximum: 45 of 60 becomes 37.5 of
50. A line that was not applicable stays so. Points set by hand are carried as points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.node import (
    Count,
    Imported,
    Judged,
    Linear,
    Node,
    Pick,
    Steps,
    Switch,
)
from thidua.core.number import as_number
from thidua.core.outline import Outline, Place, own_maximum
from thidua.core.result import NodeResult, UnitResult
from thidua.core.rounding import round_to
from thidua.core.scale import Scale
from thidua.core.sheet import NO_INPUT, Input, Sheet, SheetSet

REASON = "Chạy thử: quy đổi theo tỷ lệ điểm năm trước"
SOURCE = "Kết quả năm trước"
BY_HAND = "override"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastYear:
    """One unit of last year: its sheet, what it came to, and under which scale.

    `kind` is the kind of unit it counts as now.
    """

    sheet: Sheet
    result: UnitResult
    scale: Scale
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """The sheets on the draft; `converted` are (unit, line) whose points were carried in
    proportion."""

    sheets: SheetSet
    converted: frozenset[tuple[str, str]]


def carry(draft: Scale, units: Sequence[LastYear], pairs: Mapping[str, str]) -> Carried:
    """Lay last year on a draft; `pairs` gives the old code for each new one."""
    outline = Outline(draft)
    sheets, converted = [], set()
    for one in units:
        inputs: dict[str, Input] = {}
        for key, found, is_converted in _lines(outline, one, pairs):
            inputs[key] = found
            if is_converted:
                converted.add((one.sheet.unit, key))
        inputs.update(_groups(draft, one, pairs))
        known = draft.field_index()
        fields = {name: value for name, value in one.sheet.fields.items() if name in known}
        sheets.append(
            Sheet(unit=one.sheet.unit, type=one.kind or None, fields=fields, inputs=inputs)
        )
    return Carried(SheetSet(sheets=tuple(sheets), period=draft.period), frozenset(converted))


def _lines(
    outline: Outline, one: LastYear, pairs: Mapping[str, str]
) -> Iterator[tuple[str, Input, bool]]:
    old = Outline(one.scale)
    for new_code, old_code in pairs.items():
        if old_code not in old.nodes:
            continue
        for place in outline.places(new_code):
            if place.is_recurrence:
                continue
            source = _place_for(old, old_code, place.copy)
            found = _line(one, source, place)
            if found is not None:
                yield place.key, *found


def _place_for(old: Outline, code: str, copy: int | None) -> Place:
    """The same copy of a recurring line, else the line with all its copies."""
    places = list(old.places(code))
    return next((place for place in places if place.copy == copy), places[-1])


def _line(one: LastYear, source: Place, place: Place) -> tuple[Input, bool] | None:
    found = one.sheet.inputs.get(source.key, NO_INPUT)
    made = one.result.nodes.get(source.key)
    if made is not None and made.state == "na":
        return {"na": True}, False
    asks_alike = source.copy == place.copy and _asks_alike(source.node, place.node)
    if asks_alike and found and found.get(BY_HAND) is None:
        return found, False
    if made is None or made.points is None:
        return None
    return _in_proportion(found, made, source, place)


def _in_proportion(
    found: Input, made: NodeResult, source: Place, place: Place
) -> tuple[Input, bool]:
    before, now = own_maximum(source), own_maximum(place)
    points = made.points or Fraction(0)
    if before > 0 and now > 0 and before != now:
        points = points * now / before
    if as_number(points) is None:  # more digits than the format reads
        points = round_to(points, decimals=3, rounding="half_up")
    converted = before != now or source.copy != place.copy
    if isinstance(place.node, (Judged, Imported)):
        return {"value": points, "source": found.get("source") or SOURCE}, converted
    return {BY_HAND: {"points": points, "reason": REASON}}, True


def _asks_alike(old: Node, new: Node) -> bool:
    if type(old) is not type(new) or old.unit != new.unit:
        return False
    if isinstance(old, (Judged, Imported)) and isinstance(new, (Judged, Imported)):
        return (old.minimum, old.stated_max) == (new.minimum, new.stated_max)
    if isinstance(old, (Count, Steps, Linear)) and isinstance(new, (Count, Steps, Linear)):
        return old.x == new.x
    return True


def _groups(draft: Scale, one: LastYear, pairs: Mapping[str, str]) -> Iterator[tuple[str, Input]]:
    """What was said of groups of the same code and kind: looked through, chosen, which case."""
    old_nodes = one.scale.index()
    new_of = {old: new for new, old in pairs.items()}
    for node in draft.walk():
        found = one.sheet.inputs.get(node.code, NO_INPUT)
        if not node.children or not found or type(old_nodes.get(node.code)) is not type(node):
            continue
        kept = {key: value for key, value in found.items() if key != BY_HAND}
        if isinstance(node, Pick) and "chosen" in kept:
            chosen = str(kept["chosen"])
            kept["chosen"] = new_of.get(chosen, chosen)
        if kept or isinstance(node, Switch):
            yield node.code, kept
