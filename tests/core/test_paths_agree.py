"""Explaining or not, compiled or not, in whatever order things were entered: one result."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.generate import draw
from thidua.core.compiled import CompiledUnit, compile_scale
from thidua.core.result import Result, UnitResult, to_json
from thidua.core.score import score
from thidua.core.sheet import Sheet, SheetSet

SEEDS = st.integers(0, 10**9)


@settings(max_examples=400, deadline=None)
@given(SEEDS)
def test_the_compiled_scale_agrees_with_the_explaining_one(seed: int) -> None:
    scale, sheets, _ = draw(Random(seed))
    compiled = compile_scale(scale)
    units = compiled.evaluate(compiled.read(sheets))
    for expected, unit in zip(score(scale, sheets).units, units, strict=True):
        assert figures(unit) == expected_figures(expected)
        assert lines(unit) == expected_lines(expected)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_explaining_changes_nothing(seed: int) -> None:
    scale, sheets, _ = draw(Random(seed))
    assert to_json(score(scale, sheets, explain=True)) == to_json(score(scale, sheets))


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_the_order_of_entry_never_changes_a_result(seed: int) -> None:
    scale, sheets, _ = draw(Random(seed))
    entered_otherwise = SheetSet(
        sheets=tuple(shuffled(sheet, Random(seed)) for sheet in sheets.sheets), period=sheets.period
    )
    assert known(score(scale, sheets)) == known(score(scale, entered_otherwise))


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_the_order_of_units_never_changes_a_result(seed: int) -> None:
    scale, sheets, _ = draw(Random(seed))
    turned = SheetSet(sheets=tuple(reversed(sheets.sheets)), period=sheets.period)
    assert score(scale, turned).units == tuple(reversed(score(scale, sheets).units))


def shuffled(sheet: Sheet, rnd: Random) -> Sheet:
    entries = list(sheet.inputs.items())
    rnd.shuffle(entries)
    return replace(sheet, inputs=dict(entries))


def known(result: Result) -> list[tuple]:
    return [(*expected_figures(unit), expected_lines(unit), unit.missing) for unit in result.units]


def figures(unit: CompiledUnit) -> tuple:
    verdict = unit.verdict
    sums = tuple(unit.part(name) for name in ("base", "bonus", "deduct", "denominator"))
    after = (unit.rank, verdict.class_code, verdict.considered, verdict.blocked, verdict.gates)
    return (unit.unit, unit.total, unit.total_so_far, unit.percent, *sums, *after)


def expected_figures(unit: UnitResult) -> tuple:
    sums = (unit.base, unit.bonus, unit.deduct, unit.denominator)
    gates = tuple(gate.state for gate in unit.gates)
    after = (unit.rank, unit.class_code, unit.considered, unit.blocked, gates)
    return (unit.unit, unit.total, unit.so_far, unit.percent, *sums, *after)


def lines(unit: CompiledUnit) -> dict[str, tuple]:
    return {
        key: (
            unit.points(key),
            unit.maximum(key),
            unit.state(key),
            unit.so_far(key) if unit.state(key) == "open" else None,
        )
        for key in unit.reached()
    }


def expected_lines(unit: UnitResult) -> dict[str, tuple]:
    return {key: (n.points, n.max, n.state, n.so_far) for key, n in unit.nodes.items()}
