"""The simple kinds, written a second time from the text of the format alone, in small fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.build import scale_of, score_all

MONEY = st.integers(-400, 4000).map(lambda quarters: Fraction(quarters, 4))
COUNTS = st.integers(0, 60)
TARGETS = st.integers(1, 40)
CAPS = st.one_of(st.none(), st.integers(0, 30))


@st.composite
def lines(draw: st.DrawFn) -> tuple[dict[str, Any], Any, Fraction]:
    """A line, an input, and the points the format promises."""
    kind = draw(st.sampled_from(["count", "flag", "steps", "linear", "judged", "leader"]))
    return draw(LINES[kind])


@st.composite
def counted(draw: st.DrawFn) -> tuple[dict[str, Any], Any, Fraction]:
    each, cap, number = draw(MONEY), draw(CAPS), draw(COUNTS)
    points = each * number
    if cap is not None:
        points = sorted([Fraction(-cap), points, Fraction(cap)])[1]
    return {"kind": "count", "each": each, "cap": cap}, {"value": number}, points


@st.composite
def flagged(draw: st.DrawFn) -> tuple[dict[str, Any], Any, Fraction]:
    hit, miss, truth = draw(MONEY), draw(MONEY), draw(st.booleans())
    return {"kind": "flag", "hit": hit, "miss": miss}, {"value": truth}, hit if truth else miss


@st.composite
def stepped(draw: st.DrawFn) -> tuple[dict[str, Any], Any, Fraction]:
    edges = sorted(draw(st.sets(st.integers(0, 100), min_size=2, max_size=5)))
    pts = [draw(MONEY) for _ in edges[1:]]
    bands = [
        {"ge": low, "lt": high, "pts": points}
        for low, high, points in zip(edges, edges[1:], pts, strict=False)
    ]
    value, otherwise = draw(MONEY), draw(st.integers(-3, 3))
    inside = [
        points
        for low, high, points in zip(edges, edges[1:], pts, strict=False)
        if low <= value < high
    ]
    node = {"kind": "steps", "bands": bands, "else": otherwise}
    return node, {"value": value}, Fraction(inside[0] if inside else otherwise)


@st.composite
def lined(draw: st.DrawFn) -> tuple[dict[str, Any], Any, Fraction]:
    start, per, each = draw(MONEY), draw(TARGETS), draw(MONEY)
    at, cap, floor, value = draw(MONEY), draw(CAPS), draw(CAPS), draw(MONEY)
    quotient, whole = (value - start) / per, draw(st.booleans())
    points = at + each * (quotient.numerator // quotient.denominator if whole else quotient)
    points = points if cap is None else min(points, Fraction(cap))
    points = points if floor is None else max(points, Fraction(floor))
    node = {"kind": "linear", "from": start, "per": per, "each": each, "at": at}
    return node | {"cap": cap, "floor": floor, "whole": whole}, {"value": value}, points


@st.composite
def judged(draw: st.DrawFn) -> tuple[dict[str, Any], Any, Fraction]:
    values = [draw(st.integers(0, 10)) for _ in range(draw(st.integers(1, 4)))]
    return {"kind": "judged", "max": 10}, {"values": values}, Fraction(sum(values), len(values))


@st.composite
def led(draw: st.DrawFn) -> tuple[dict[str, Any], Any, Fraction]:
    most, target = draw(st.integers(1, 50)), draw(TARGETS)
    result = draw(st.integers(0, target))
    node = {"kind": "leader", "max": most, "unit": "vụ"}
    return node, {"target": target, "result": result}, Fraction(most, 2) * Fraction(result, target)


LINES = {
    "count": counted(),
    "flag": flagged(),
    "steps": stepped(),
    "linear": lined(),
    "judged": judged(),
    "leader": led(),
}


@settings(max_examples=400, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=8))
def test_lines_and_their_sum_are_what_the_format_says(drawn: list) -> None:
    nodes = [{"code": f"L{place}", **node} for place, (node, _, _) in enumerate(drawn)]
    group = {"code": "G", "kind": "sum", "items": nodes}
    inputs = {f"L{place}": found for place, (_, found, _) in enumerate(drawn)}
    unit = score_all(scale_of(group), inputs).units[0]
    assert [unit.nodes[node["code"]].points for node in nodes] == [points for *_, points in drawn]
    assert unit.nodes["G"].points == sum(points for *_, points in drawn)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TARGETS, COUNTS), min_size=1, max_size=9), st.integers(1, 50))
def test_a_column_of_surpluses_is_what_the_format_says(pairs: list, most: int) -> None:
    node = {"code": "X", "kind": "leader", "max": most, "unit": "vụ"}
    inputs = [{"X": {"target": target, "result": result}} for target, result in pairs]
    best = max(Fraction(result - target, target) for target, result in pairs)
    half = Fraction(most, 2)
    expected = [
        half * result / target
        if result <= target
        else half + half * Fraction(result - target, target) / best
        for target, result in pairs
    ]
    found = [unit.nodes["X"].points for unit in score_all(scale_of(node), *inputs).units]
    assert found == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=9))
def test_shared_ranks_are_one_plus_the_better_ones(totals: list) -> None:
    node = {"code": "X", "kind": "judged", "max": 10}
    result = score_all(scale_of(node), *({"X": {"value": total}} for total in totals))
    expected = [1 + sum(other > total for other in totals) for total in totals]
    assert [unit.rank for unit in result.units] == expected
