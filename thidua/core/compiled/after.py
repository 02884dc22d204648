"""Sau cây tiêu chí: totals, gates, classes and ranks in whole numbers (FORMAT section 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.band import within
from thidua.core.classify import counts_as_leaf
from thidua.core.compiled.conditions import compile_condition, compile_fact
from thidua.core.compiled.exact import Exact, as_scalar
from thidua.core.compiled.frame import Asked, Frame
from thidua.core.compiled.plan import Plan, Slot
from thidua.core.condition import Scalar
from thidua.core.logic import Truth, conjunction
from thidua.core.node import Node
from thidua.core.result import GateState
from thidua.core.rounding import Rounding, round_whole
from thidua.core.scale import ClassDef, ClassFloor, Classification, Header
from thidua.core.tie_break import TieKey, tie_key


@dataclass(frozen=True, slots=True)
class Verdict:
    """Figures and class of one unit; sums on the plan's denominator, rounded figures in steps."""

    base: Exact
    bonus: Exact
    deduct: Exact
    denominator: Exact
    so_far: int
    total: int | None
    percent: int | None
    gates: tuple[GateState, ...]
    ranked: bool
    considered: bool
    blocked: bool
    class_code: str | None


@dataclass(frozen=True, slots=True)
class Gates:
    """What the gates do to a unit."""

    states: tuple[GateState, ...]
    effects: frozenset[str]
    demoted_by: int


ClassHolds = Callable[[Frame, Fraction], Truth]


class After:
    """Everything that follows the tree for one scale."""

    def __init__(self, plan: Plan) -> None:
        scale, header = plan.scale, plan.scale.header
        self._plan, self._header = plan, header
        self._parts = {
            part: [plan.slot(node, None) for node in scale.sections if node.part == part]
            for part in ("base", "bonus", "deduct")
        }
        self._gates = [(gate, compile_condition(plan, gate.when)) for gate in scale.gates]
        self._classes = _compile_classes(plan, scale.classification)
        rules = scale.ranking.tie_breaks
        self._ties = [(compile_fact(plan, rule.subject, rule.name), rule.order) for rule in rules]
        self._limits = tuple(
            plan.optional(limit)
            for limit in (header.bonus_cap, header.deduct_cap, header.max_total, header.min_total)
        )

    def conclude(self, frame: Frame) -> Verdict:
        """Totals, gates and class of a unit whose tree has run."""
        header, (bonus_cap, deduct_cap, _, _) = self._header, self._limits
        base, bonus, deduct = (self._sum(frame, part) for part in ("base", "bonus", "deduct"))
        bonus = bonus if bonus_cap is None else min(bonus_cap, bonus)
        deduct = deduct if deduct_cap is None else max(-deduct_cap, deduct)
        exact, denominator = self._clamped(base + bonus + deduct), self._denominator(frame)
        so_far = _rounded(exact, self._plan.denominator, header.decimals, header.rounding)
        slots = (slot for part in self._parts.values() for slot in part)
        if not any(frame.is_unsettled(slot.number) for slot in slots):
            frame.total = so_far
            if denominator:
                frame.percent = _percent(exact, denominator, header)
        gates = self._pass_gates(frame)
        blocked = "block" in gates.effects
        return Verdict(
            base=base,
            bonus=bonus,
            deduct=deduct,
            denominator=denominator,
            so_far=so_far,
            total=frame.total,
            percent=frame.percent,
            gates=gates.states,
            ranked=not blocked and "unranked" not in gates.effects,
            considered=not blocked and "not_considered" not in gates.effects,
            blocked=blocked,
            class_code=None if blocked else self._classify(frame, gates.demoted_by),
        )

    def rank(
        self, frames: Sequence[Frame], verdicts: Sequence[Verdict], *, takes_part: Sequence[bool]
    ) -> list[int | None]:
        """Ranks from 1 in the order given; equal figures go to the tie-breaks, then share."""
        figures = [
            self._ranked_figure(one) if taking else None
            for one, taking in zip(verdicts, takes_part, strict=True)
        ]
        groups: dict[int, list[int]] = {}
        for position, figure in enumerate(figures):
            if figure is not None:
                groups.setdefault(figure, []).append(position)
        ranks: list[int | None] = [None] * len(frames)
        taken = 0
        for figure in sorted(groups, reverse=True):
            self._rank_group(frames, groups[figure], ranks, taken)
            taken += len(groups[figure])
        return ranks

    def _rank_group(
        self, frames: Sequence[Frame], group: Sequence[int], ranks: list[int | None], taken: int
    ) -> None:
        if len(group) == 1:
            ranks[group[0]] = taken + 1
            return
        keys = {position: self._tie_keys(frames[position]) for position in group}
        ordered = sorted(group, key=lambda position: keys[position])
        for place, position in enumerate(ordered):
            shared = place > 0 and keys[ordered[place - 1]] == keys[position]
            ranks[position] = ranks[ordered[place - 1]] if shared else taken + place + 1

    def _tie_keys(self, frame: Frame) -> tuple[TieKey, ...]:
        return tuple(tie_key(_known(fact(frame)), order=order) for fact, order in self._ties)

    def _ranked_figure(self, one: Verdict) -> int | None:
        if not one.ranked or one.total is None:
            return None
        return one.percent if self._plan.scale.ranking.key == "percent" else one.total

    def _sum(self, frame: Frame, part: str) -> Exact:
        return sum(frame.counted(slot.number) for slot in self._parts[part])

    def _clamped(self, total: Exact) -> Exact:
        _, _, cap, floor = self._limits
        total = total if cap is None else min(cap, total)
        return total if floor is None else max(floor, total)

    def _denominator(self, frame: Frame) -> Exact:
        slots = self._parts["base"]
        lost = sum(frame.lost.get(slot.number, 0) for slot in slots) if frame.lost else 0
        stated = self._plan.optional(self._header.base)
        return (sum(slot.maximum for slot in slots) if stated is None else stated) - lost

    def _pass_gates(self, frame: Frame) -> Gates:
        found = [(gate, _gate_state(when(frame))) for gate, when in self._gates]
        hit = [gate for gate, state in found if state == "hit"]
        return Gates(
            states=tuple(state for _, state in found),
            effects=frozenset(gate.effect for gate in hit),
            demoted_by=sum(gate.by for gate in hit if gate.effect == "demote"),
        )

    def _classify(self, frame: Frame, demoted_by: int) -> str | None:
        classification = self._plan.scale.classification
        if classification is None:
            return None
        by_percent = classification.key == "percent"
        figure = frame.percent if by_percent else frame.total
        if figure is None:
            return None
        decimals = self._header.percent_decimals if by_percent else self._header.decimals
        x = Fraction(figure, 10**decimals)
        for place, holds in enumerate(self._classes):
            truth = holds(frame, x)
            if truth is None:
                return None
            if truth:
                lowered = min(place + demoted_by, len(self._classes) - 1)
                return classification.classes[lowered].code
        return None


def _known(fact: Scalar | Exact | None) -> Scalar | None:
    return None if fact is None else as_scalar(fact)


def _gate_state(truth: Truth) -> GateState:
    if truth is None:
        return "unknown"
    return "hit" if truth else "clear"


def _rounded(figure: Exact, denominator: int, decimals: int, rounding: Rounding) -> int:
    steps = figure * 10**decimals
    return round_whole(steps.numerator, steps.denominator * denominator, rounding)


def _percent(exact: Exact, denominator: Exact, header: Header) -> int:
    parts = Fraction(exact) / Fraction(denominator)
    return _rounded(100 * parts, 1, header.percent_decimals, header.rounding)


def _compile_classes(plan: Plan, classification: Classification | None) -> list[ClassHolds]:
    classes = () if classification is None else classification.classes
    return [_compile_class(plan, found) for found in classes]


def _compile_class(plan: Plan, found: ClassDef) -> ClassHolds:
    asked: list[Asked] = []
    if found.floor is not None:
        asked.append(_compile_floor(plan, found.floor))
    if found.condition is not None:
        asked.append(compile_condition(plan, found.condition))

    def holds(frame: Frame, figure: Fraction) -> Truth:
        if not within(found.bounds, figure):
            return False
        return conjunction(one(frame) for one in asked)

    return holds


def _compile_floor(plan: Plan, floor: ClassFloor) -> Asked:
    def holds(frame: Frame) -> Truth:
        return conjunction(
            _reaches(frame, slot, floor.percent) for slot in _floor_slots(plan, frame, floor)
        )

    return holds


def _reaches(frame: Frame, slot: Slot, percent: Fraction) -> Truth:
    maximum = slot.maximum - frame.lost.get(slot.number, 0)
    if frame.states[slot.number] in (None, "na") or slot.place.node.part != "base" or maximum <= 0:
        return True
    points = frame.points[slot.number]
    return None if points is None else 100 * points >= percent * maximum


def _floor_slots(plan: Plan, frame: Frame, floor: ClassFloor) -> Iterator[Slot]:
    if isinstance(floor.over, tuple):
        places = (place for code in floor.over for place in plan.outline.places(code))
        yield from (plan.by_key[place.key] for place in places)
        return
    for section in plan.scale.sections:
        if floor.over == "sections":
            yield plan.slot(section, None)
        elif section.part == "base":
            yield from _leaf_slots(plan, frame, section)


def _leaf_slots(plan: Plan, frame: Frame, node: Node) -> Iterator[Slot]:
    slot = plan.slot(node, None)
    below = () if counts_as_leaf(node) else node.children
    if not any(frame.states[plan.slot(child, None).number] for child in below):
        yield slot
        return
    for child in below:
        if child.part == "base":
            yield from _leaf_slots(plan, frame, child)
