"""Khối trong một lần chấm: what the sheets of a bloc say, before any rule is applied."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from thidua.core.cohort import Cohort, Entry, cohort_of
from thidua.core.condition import Scalar
from thidua.core.figure import (
    NOT_APPLICABLE,
    Figure,
    read_figure,
    read_substitute,
)
from thidua.core.node import (
    AppliesTo,
    Leader,
    Ledger,
    Node,
    NotApplicable,
    NotAssignedWithResult,
    Pick,
    RankTable,
    Sum,
    Switch,
)
from thidua.core.number import UnreadNumber, as_number
from thidua.core.outline import Outline, Place
from thidua.core.scale import Period, Scale
from thidua.core.sheet import NO_INPUT, Input, Sheet, SheetSet


class Bloc:
    """A scale with the sheets of all units; positions count the sheets from 0."""

    def __init__(self, scale: Scale, sheets: SheetSet) -> None:
        self.scale = scale
        self.outline = Outline(scale)
        self.sheets = list(sheets.sheets)
        self._period = sheets.period or scale.period
        self._field_types = {name: found.type for name, found in scale.field_index().items()}
        self._cohorts: dict[str, Cohort] = {}

    def input_of(self, position: int, place: Place) -> Input:
        """The input under the key of a place; empty when there is none."""
        return _mapping(self.sheets[position].inputs.get(place.key))

    def fact(self, position: int, name: str) -> Scalar | None:
        """A field of a sheet as conditions see it; None when it is not given."""
        return _fact(self.sheets[position].fields.get(name), self._field_types.get(name, "text"))

    def policy(self, node: Node) -> NotApplicable:
        """What happens to the node when it is not applicable."""
        return node.not_applicable or self.scale.header.not_applicable

    def unassigned_policy(self, node: Node) -> NotAssignedWithResult:
        """What happens to a result without target on the node."""
        return node.not_assigned_with_result or self.scale.header.not_assigned_with_result

    def is_set_aside(self, position: int, place: Place) -> bool:
        """Whether the input says n/a (for this copy or all) or the node is not for the sheet."""
        if any(found.get("na") is True for found in self._spoken(position, place.node, place.copy)):
            return True
        limits = place.node.applies_to
        return limits is not None and not self._applies(limits, self.sheets[position])

    def is_reviewed(self, position: int, place: Place) -> bool:
        """Whether this node or one above was reviewed, so that no entry means none."""
        chain = (*self.outline.above[place.node.code], place.node)
        return any(
            found.get("reviewed") is True
            for node in chain
            for found in self._spoken(position, node, place.copy)
        )

    def is_closed(self, position: int, place: Place) -> bool:
        """Whether a recurring line is set aside as a whole, not copy by copy with substitutes."""
        return self.policy(place.node) != "substitute" and self.is_set_aside(position, place)

    def figure(self, position: int, place: Place) -> Figure:
        """What the rule is applied to; NOT_APPLICABLE where the line does not apply."""
        figure = self.own_figure(position, place)
        if figure is not NOT_APPLICABLE or not self._may_substitute(place.node):
            return figure
        fields = self.sheets[position].fields
        return read_substitute(place.node, self.input_of(position, place), fields)

    def own_figure(self, position: int, place: Place) -> Figure:
        """The figure of a place before any substitute."""
        if self.is_set_aside(position, place):
            return NOT_APPLICABLE
        found, fields = self.input_of(position, place), self.sheets[position].fields
        return read_figure(place.node, found, fields, policy=self.unassigned_policy(place.node))

    def cohort(self, place: Place) -> Cohort:
        """The cohort of a leader or rank_table place, gathered once."""
        if place.key not in self._cohorts:
            self._cohorts[place.key] = self._gather(place)
        return self._cohorts[place.key]

    def forget_cohort(self, key: str) -> None:
        """Gather a cohort anew next time, because a figure of it changed."""
        self._cohorts.pop(key, None)

    def _gather(self, place: Place) -> Cohort:
        node = place.node
        entries = [self._entry(position, place) for position in range(len(self.sheets))]
        if isinstance(node, RankTable):
            return cohort_of(entries, best_first=node.order == "desc")
        return cohort_of(entries, one_unit=isinstance(node, Leader) and node.unit is None)

    def _entry(self, position: int, place: Place) -> Entry | None:
        for node in self.outline.above[place.node.code]:
            above = Place(node, place.copy, node.code)
            if self.is_set_aside(position, above) and not self._opens_by_substitute(node):
                return None
        figure = self.figure(position, place)
        if figure is NOT_APPLICABLE:
            return None
        unit = self.input_of(position, place).get("unit")
        return Entry(figure, None if unit is None else str(unit))

    def _opens_by_substitute(self, node: Node) -> bool:
        return isinstance(node, Switch) and self._may_substitute(node)

    def _may_substitute(self, node: Node) -> bool:
        has_figure = not isinstance(node, (Sum, Ledger, Pick))
        return has_figure and self.policy(node) == "substitute"

    def _spoken(self, position: int, node: Node, copy: int | None) -> list[Input]:
        inputs = self.sheets[position].inputs
        copied = copy is not None and self.outline.has_copies(node.code)
        keys = (node.code, f"{node.code}@{copy}") if copied else (node.code,)
        return [_mapping(inputs[key]) for key in keys if key in inputs]

    def _applies(self, limits: AppliesTo, sheet: Sheet) -> bool:
        period = sheet.period or self._period
        return (
            (limits.types is None or sheet.type in limits.types)
            and (limits.units is None or sheet.unit in limits.units)
            and sheet.unit not in limits.except_units
            and (period is None or _overlaps(limits, period))
        )


def _overlaps(limits: AppliesTo, period: Period) -> bool:
    starts = limits.start is None or limits.start <= period.end
    return starts and (limits.end is None or period.start <= limits.end)


def _mapping(found: object) -> Input:
    return found if isinstance(found, Mapping) else NO_INPUT


def _fact(value: object, kind: str) -> Scalar | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, UnreadNumber):
        return value.text
    if isinstance(value, str) and kind in ("text", "date"):
        return value
    number = as_number(value)
    return number if isinstance(number, Fraction) else str(value)
