"""Tallies that can be counted by hand."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from tests.core.build import Plain, scale_of
from thidua.core.firmness import Spread, cells_of, index_of, words_of
from thidua.core.loading import sheets_from_plain
from thidua.core.score import score
from thidua.year.scoring.draws import DRAWS_BY_ENGINE, Table, draw_table
from thidua.year.scoring.draws.draw import drawn_at_once, drawn_by_engine

JUDGED: Plain = {"code": "A", "kind": "judged", "max": 10}
HALF = Fraction(1, 2)


def table(units: dict[str, Plain], *nodes: Plain, spread: object = 0, **keys: Any) -> Table:
    scale = scale_of(*(nodes or (JUDGED,)), **keys)
    sheets = sheets_from_plain(
        {"sheets": [{"unit": unit, "inputs": found} for unit, found in units.items()]}
    )
    spreads = {"A": Spread(Fraction(str(spread)), 1), "B": Spread(Fraction(str(spread)), 1)}
    return Table(scale=scale, sheets=sheets, result=score(scale, sheets), spreads=spreads)


def valued(*values: object) -> dict[str, Plain]:
    names = ("Sở A", "Sở B", "Sở C", "Sở D")
    return {name: {"A": {"value": value}} for name, value in zip(names, values, strict=False)}


def test_two_units_half_a_point_apart_swap_in_one_of_nine() -> None:
    """8.0 ± 0.5 against 7.5 ± 0.5: nine equally likely pairs, one reversed, two level."""
    found = draw_table(table(valued(8, "7.5")))

    (pair,) = found.pairs
    assert found.draws == 10_000
    assert abs(Fraction(pair.swapped, found.draws) - Fraction(1, 9)) < Fraction(1, 100)
    assert abs(Fraction(pair.level, found.draws) - Fraction(2, 9)) < Fraction(1, 80)
    assert pair.margin == HALF


def test_the_counts_are_those_of_the_printed_seed_drawn_by_hand() -> None:
    found = draw_table(table(valued(8, "7.5")))

    words = {
        unit: words_of(found.seed, unit=unit, key="A", draws=10_000) for unit in ("Sở A", "Sở B")
    }
    by_hand: Counter[str] = Counter()
    for draw in range(10_000):
        one = 8 + (index_of(words["Sở A"], draw, places=3) - 1) * HALF
        other = Fraction("7.5") + (index_of(words["Sở B"], draw, places=3) - 1) * HALF
        by_hand["swapped" if other > one else "level" if other == one else "kept"] += 1
    (pair,) = found.pairs
    assert (pair.swapped, pair.level) == (by_hand["swapped"], by_hand["level"])
    assert found.units[0].kept == by_hand["kept"] + by_hand["level"]
    assert found.units[1].kept == by_hand["kept"]


def test_the_same_table_gives_the_same_draws_in_any_order_of_units() -> None:
    units = valued(8, "7.5", 9, 6)
    there = draw_table(table(units, spread=1))
    back = draw_table(table(dict(reversed(units.items())), spread=1))

    assert there == draw_table(table(units, spread=1))
    assert there == back


def test_two_points_apart_nothing_swaps() -> None:
    found = draw_table(table(valued(8, 6)))

    assert [unit.kept for unit in found.units] == [10_000, 10_000]
    assert (found.pairs[0].swapped, found.pairs[0].level) == (0, 0)


def test_a_cap_above_the_line_holds_it_still() -> None:
    capped = {"code": "S", "kind": "sum", "cap": 5, "items": [JUDGED]}
    found = draw_table(table(valued(9, 8), capped, spread=2))

    assert [unit.rank for unit in found.units] == [1, 1]
    assert found.pairs[0].level == 10_000
    assert [unit.span for unit in found.units] == [(Fraction(5), Fraction(5))] * 2


def test_a_clipped_line_cannot_pass_its_maximum() -> None:
    found = draw_table(table(valued(10, 9), spread=1))

    assert found.units[0].span == (Fraction(9), Fraction(10))


def test_a_tie_is_broken_as_the_scale_says() -> None:
    """Equal totals are parted by the second line, which does not move."""
    units = {
        "Sở A": {"A": {"value": 8}, "B": {"value": 1, "source": "Sở Nội vụ"}},
        "Sở B": {"A": {"value": 7}, "B": {"value": 2, "source": "Sở Nội vụ"}},
    }
    imported = {"code": "B", "kind": "imported", "max": 5}
    ranking = {"key": "points", "tie_breaks": [{"points": "B"}]}
    found = draw_table(table(units, JUDGED, imported, ranking=ranking))

    assert [unit.unit for unit in found.units] == ["Sở B", "Sở A"]
    assert found.pairs[0].level == 0
    assert abs(Fraction(found.pairs[0].swapped, 10_000) - Fraction(3, 9)) < Fraction(1, 60)


def test_a_gate_on_moving_points_takes_a_unit_out_of_some_draws() -> None:
    gate = {"code": "G", "label": "Dưới 8", "when": {"points": "A", "lt": 8}, "effect": "unranked"}
    found = draw_table(table(valued(8, 9), gates=[gate]))

    last = found.units[1]
    assert abs(Fraction(last.unranked, 10_000) - Fraction(1, 3)) < Fraction(1, 60)
    assert last.kept == 10_000 - last.unranked - found.pairs[0].level - found.pairs[0].swapped


def test_shares_of_the_leader_that_never_end_stay_exact() -> None:
    """Targets with many prime factors: no common denominator fits 64 bits, nothing is rounded."""
    primes = (97, 89, 83, 79, 73, 71, 67, 61)
    leaders = [
        {"code": f"L{n}", "kind": "leader", "max": 10, "unit": "vụ"} for n in range(len(primes))
    ]
    units: dict[str, Plain] = {}
    for place, (name, value) in enumerate((("Sở A", 8), ("Sở B", 8))):
        figures = {
            f"L{n}": {"target": prime + place, "result": prime - 3}
            for n, prime in enumerate(primes)
        }
        units[name] = {"A": {"value": value}, **figures}
    made = table(units, JUDGED, *leaders, header={"decimals": 3})
    cells = cells_of(made.scale, made.sheets, made.result.units, made.spreads)
    quick = drawn_at_once(made, cells, seed="1", draws=40)
    exact = drawn_by_engine(made, cells, seed="1", draws=40)
    assert quick.figures.tolist() == exact.figures.tolist()
    assert quick.ranks.tolist() == exact.ranks.tolist()


def test_a_scale_left_to_the_engine_says_how_few_draws_there_were() -> None:
    flag = {"code": "B", "kind": "flag", "hit": 1, "if": {"points": "A", "ge": 8}}
    found = draw_table(table(valued(8, "7.5"), JUDGED, flag))

    assert found.draws == DRAWS_BY_ENGINE
    assert sum(found.units[0].times) == DRAWS_BY_ENGINE


def test_units_set_aside_take_no_place() -> None:
    made = table(valued(9, 8, 7))
    found = draw_table(
        Table(
            scale=made.scale,
            sheets=made.sheets,
            result=made.result,
            spreads=made.spreads,
            aside=frozenset({"Sở A"}),
        )
    )

    assert [(unit.unit, unit.rank) for unit in found.units] == [("Sở B", 1), ("Sở C", 2)]
