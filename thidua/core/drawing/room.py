"""Còn chỗ không: whether the checks still open can be dealt out, two who check each other aside.

A necessary condition, counted exactly (a flow from units to checkers), so that a choice that leads
nowhere is seen at once and not after trying everything below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua.core.drawing.conditions import Conditions

Able = Mapping[str, Sequence[str]]
Loads = Mapping[str, int]


def has_room(conditions: Conditions, able: Able, loads: Loads) -> bool:
    """Whether every open unit can be checked often enough and every checker kept busy enough.

    ``able`` names for each open unit who may still check it; ``loads`` how many checks each
    checker has already.
    """
    needed = len(able) * conditions.each
    if not conditions.mutual and _couples(able) < needed:
        return False
    least = conditions.least
    under = {one: max(0, least - loads[one]) for one in conditions.checkers}
    if _dealt(able, conditions.each, under) < sum(under.values()):
        return False
    above = {one: least + 1 - loads[one] for one in conditions.checkers}
    return _dealt(able, conditions.each, above) >= needed


def _couples(able: Able) -> int:
    """How many couples of units may still give one check, in either direction."""
    return len({frozenset((unit, one)) for unit, found in able.items() for one in found})


def _dealt(able: Able, each: int, room: Mapping[str, int]) -> int:
    """The most checks that can be dealt: ``each`` to a unit, at most ``room`` to a checker."""
    held: dict[str, set[str]] = {one: set() for one in room}

    def place(unit: str, seen: set[str]) -> bool:
        for one in able[unit]:
            if one in seen or unit in held[one]:
                continue
            seen.add(one)
            if len(held[one]) < room[one] or _moved(one, seen):
                held[one].add(unit)
                return True
        return False

    def _moved(one: str, seen: set[str]) -> bool:
        for other in list(held[one]):
            if place(other, seen):
                held[one].discard(other)
                return True
        return False

    return sum(place(unit, set()) for unit in able for _turn in range(each))
