"""Nhóm biên dịch sẵn: sum, ledger, pick, switch and recurring lines as functions of a frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from thidua.core.compiled.conditions import compile_condition
from thidua.core.compiled.exact import Exact, ratio
from thidua.core.compiled.frame import Frame, Step
from thidua.core.compiled.leaves import compile_leaf, override, set_not_applicable, switched_off
from thidua.core.compiled.plan import Plan, Slot
from thidua.core.compiled.rules import compile_bounds, first_band, x_of
from thidua.core.figure import MISSING, NOT_APPLICABLE, Bad
from thidua.core.node import Ledger, Node, Pick, Sum, Switch

Below = Sequence[tuple[Slot, Step]]
Rule = Callable[[Frame], "Exact | None"]


def compile_node(plan: Plan, node: Node, copy: int | None = None) -> Step:
    """The step of a node and everything below it; a recurring node combines its copies."""
    slot = plan.slot(node, copy)
    if slot.place.is_recurrence:
        return _compile_recurrence(plan, slot)
    if not node.children:
        return compile_leaf(plan, slot)
    return _guard(plan, slot, _compile_rule(plan, slot, node))


def _compile_rule(plan: Plan, slot: Slot, node: Node) -> Rule:
    match node:
        case Sum():
            return _sum(plan, slot, node)
        case Ledger():
            return _ledger(plan, slot, node)
        case Pick():
            return _pick(plan, slot, node)
        case Switch():
            return _switch(plan, slot, node)
    raise TypeError(node.kind)


def _guard(plan: Plan, slot: Slot, rule: Rule) -> Step:
    node, number = slot.place.node, slot.number
    when = None
    if node.when is not None:
        when = compile_condition(plan, node.when, slot.place.copy)

    def step(frame: Frame) -> Exact | None:
        if frame.cells[number] is NOT_APPLICABLE:
            points = set_not_applicable(frame, slot)
        elif when is not None and switched_off(frame, slot, when):
            points = frame.points[number]
        else:
            points = rule(frame)
        return override(frame, slot, points) if frame.overrides else points

    return step


def _below(plan: Plan, node: Node, copy: int | None) -> Below:
    return [(plan.slot(child, copy), compile_node(plan, child, copy)) for child in node.children]


def _conclude(frame: Frame, slot: Slot, points: Exact, *, is_open: bool) -> Exact | None:
    if is_open:
        return frame.leave(slot.number, "open", points)
    return frame.settle(slot.number, points)


def _clamp(points: Exact, cap: Exact | None, floor: Exact | None) -> Exact:
    if cap is not None and points > cap:
        points = cap
    return floor if floor is not None and points < floor else points


def _sum(plan: Plan, slot: Slot, node: Sum) -> Rule:
    below, number = _below(plan, node, slot.place.copy), slot.number
    steps = [(child.number, step) for child, step in below]
    base = [child.number for child, _ in below if child.is_base]
    cap, floor = plan.optional(node.cap), plan.optional(node.floor)

    def rule(frame: Frame) -> Exact | None:
        added: Exact = 0
        unsettled = dropped = 0
        for child, step in steps:
            points = step(frame)
            if points is not None:
                added += points
            elif frame.states[child] == "na":
                dropped += 1
            else:
                unsettled += 1
                added += frame.so_far.get(child, 0)
        if dropped == len(steps):
            return set_not_applicable(frame, slot)
        if frame.lost:
            _lose(frame, number, sum(frame.lost.get(child, 0) for child in base))
        return _conclude(frame, slot, _clamp(added, cap, floor), is_open=unsettled > 0)

    return rule


def _lose(frame: Frame, number: int, lost: Exact) -> None:
    if lost:
        frame.lost[number] = lost


def _ledger(plan: Plan, slot: Slot, node: Ledger) -> Rule:
    steps = [(child.number, step) for child, step in _below(plan, node, slot.place.copy)]
    start, cap, floor = plan.number(node.start), plan.optional(node.cap), plan.optional(node.floor)
    bonus_cap, deduct_cap = plan.optional(node.bonus_cap), plan.optional(node.deduct_cap)
    exempt_when = None
    if node.exempt_when is not None:
        exempt_when = compile_condition(plan, node.exempt_when, slot.place.copy)

    def rule(frame: Frame) -> Exact | None:
        rewards, deductions, is_open = _entries(frame, steps)
        exempt = False if exempt_when is None else exempt_when(frame)
        rewards = rewards if bonus_cap is None else min(bonus_cap, rewards)
        deductions = deductions if deduct_cap is None else min(deduct_cap, deductions)
        net = start + rewards - (0 if exempt else deductions)
        return _conclude(frame, slot, _clamp(net, cap, floor), is_open=is_open or exempt is None)

    return rule


def _entries(frame: Frame, steps: Sequence[tuple[int, Step]]) -> tuple[Exact, Exact, bool]:
    rewards: Exact = 0
    deductions: Exact = 0
    is_open = False
    for child, step in steps:
        points = step(frame)
        if points is None:
            is_open = is_open or frame.states[child] != "na"
            points = frame.so_far.get(child, 0)
        elif frame.states[child] == "na":
            continue
        if points > 0:
            rewards += points
        else:
            deductions -= points
    return rewards, deductions, is_open


def _pick(plan: Plan, slot: Slot, node: Pick) -> Rule:
    below = _below(plan, node, slot.place.copy)
    codes = {child.place.node.code: (child, step) for child, step in below}

    def chosen(frame: Frame) -> Exact | None:
        cell = frame.cells[slot.number]
        if cell is MISSING or isinstance(cell, Bad):
            return frame.leave(slot.number, "missing" if cell is MISSING else "error")
        child, step = codes[str(cell)]
        step(frame)
        return _best(frame, slot, [child], counts_off=True)

    def highest(frame: Frame) -> Exact | None:
        for _, step in below:
            step(frame)
        return _best(frame, slot, [child for child, _ in below])

    def first(frame: Frame) -> Exact | None:
        tried: list[Slot] = []
        for child, step in below:
            step(frame)
            tried.append(child)
            if frame.states[child.number] not in ("off", "na"):
                break
        return _best(frame, slot, tried)

    return {"chosen": chosen, "max": highest, "first": first}[node.mode]


def _best(
    frame: Frame, slot: Slot, tried: Sequence[Slot], *, counts_off: bool = False
) -> Exact | None:
    states = frame.states
    competing = [child for child in tried if states[child.number] != "na"]
    if not competing:
        return set_not_applicable(frame, slot)
    if not counts_off:
        competing = [child for child in competing if states[child.number] != "off"]
    best = max(competing, key=lambda child: frame.counted(child.number), default=None)
    if best is None:
        return frame.settle(slot.number, 0)
    _lose(frame, slot.number, frame.lost.get(best.number, 0))
    is_open = any(frame.is_unsettled(child.number) for child in competing)
    return _conclude(frame, slot, frame.counted(best.number), is_open=is_open)


def _switch(plan: Plan, slot: Slot, node: Switch) -> Rule:
    below, number = _below(plan, node, slot.place.copy), slot.number
    bands = [compile_bounds(plan, case.bounds) for case in node.cases]
    otherwise = None if isinstance(node.otherwise, str) else plan.number(node.otherwise)
    x = x_of(plan)

    def rule(frame: Frame) -> Exact | None:
        cell = frame.cells[number]
        if cell is MISSING or isinstance(cell, Bad):
            return frame.leave(number, "missing" if cell is MISSING else "error")
        place = first_band(bands, x(cell))
        if place is not None:
            return _follow(frame, slot, below[place])
        if otherwise is None:
            return frame.leave(number, "undecided")
        return frame.settle(number, otherwise)

    return rule


def _follow(frame: Frame, slot: Slot, case: tuple[Slot, Step]) -> Exact | None:
    child, step = case
    step(frame)
    if frame.is_dropped(child.number):
        return set_not_applicable(frame, slot)
    _lose(frame, slot.number, frame.lost.get(child.number, 0))
    is_open = frame.is_unsettled(child.number)
    return _conclude(frame, slot, frame.counted(child.number), is_open=is_open)


def _compile_recurrence(plan: Plan, slot: Slot) -> Step:
    node, number = slot.place.node, slot.number
    times = node.recurs.times if node.recurs is not None else 0
    is_mean = node.recurs is not None and node.recurs.combine == "mean"
    copies = [
        (plan.slot(node, copy), compile_node(plan, node, copy)) for copy in range(1, times + 1)
    ]

    def combine(frame: Frame) -> Exact | None:
        if frame.cells[number] is NOT_APPLICABLE:
            return set_not_applicable(frame, slot)
        for _, step in copies:
            step(frame)
        live = [child for child, _ in copies if not frame.is_dropped(child.number)]
        if not live:
            return set_not_applicable(frame, slot)
        divisor = len(live) if is_mean else 1
        kept = sum(child.maximum - frame.lost.get(child.number, 0) for child in live)
        _lose(frame, number, slot.maximum - ratio(kept, divisor))
        added = sum(frame.counted(child.number) for child in live)
        is_open = any(frame.is_unsettled(child.number) for child in live)
        return _conclude(frame, slot, ratio(added, divisor), is_open=is_open)

    def step(frame: Frame) -> Exact | None:
        points = combine(frame)
        return override(frame, slot, points) if frame.overrides else points

    return step
