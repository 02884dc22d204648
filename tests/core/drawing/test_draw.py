"""Bốc thăm thẩm định chéo: nobody checks itself, no two check each other, loads are equal."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.core.drawing import Conditions, Unsettled, broken, draw, obstacles, seed_of
from thidua.core.drawing.conditions import CONFLICT, LAST_YEAR, MUTUAL, Pair
from thidua.core.drawing.draw import dealt
from thidua.core.drawing.search import search

ROOT = "9f" * 32


def names(count: int) -> tuple[str, ...]:
    return tuple(f"Sở {number:02d}" for number in range(1, count + 1))


def everyone(count: int, **more: object) -> Conditions:
    return Conditions(units=names(count), checkers=names(count), **more)  # type: ignore[arg-type]


def test_the_seed_is_the_hash_of_root_and_digits() -> None:
    """Known answer: printf abc | sha256sum."""
    assert seed_of("ab", "c") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_three_units_work_as_a_cycle() -> None:
    found = draw(everyone(3), seed_of(ROOT, "123456"))

    assert found is not None
    one, two, three = names(3)
    assert set(found.pairs) in (
        {(one, two), (two, three), (three, one)},
        {(two, one), (three, two), (one, three)},
    )


def test_two_units_can_only_check_each_other() -> None:
    assert draw(everyone(2), "hạt giống") is None
    assert obstacles(everyone(2)) == [(MUTUAL,)]


@pytest.mark.parametrize("count", range(3, 21))
def test_a_bloc_of_every_size_is_drawn(count: int) -> None:
    last_year = draw(everyone(count), seed_of(ROOT, "2017"))
    assert last_year is not None

    conditions = everyone(count, last_year=frozenset(last_year.pairs))
    found = draw(conditions, seed_of(ROOT, "2018"))

    assert found is not None
    assert broken(conditions, found.pairs) == []
    assert [unit for unit, _ in found.pairs] == list(names(count))


def test_two_check_one_unit_where_the_bloc_says_so() -> None:
    found = draw(everyone(7, each=2), "hạt giống")

    assert found is not None
    assert Counter(checker for _, checker in found.pairs) == dict.fromkeys(names(7), 2)


def test_loads_differ_by_one_at_most_where_a_unit_does_not_check() -> None:
    conditions = Conditions(units=names(9), checkers=names(9)[1:])
    found = draw(conditions, "hạt giống")

    assert found is not None
    loads = Counter(checker for _, checker in found.pairs)
    assert sorted(loads.values()) == [1] * 7 + [2]


def test_a_declared_conflict_is_respected() -> None:
    one, two, three = names(3)
    cycle = {(one, two), (two, three), (three, one)}

    found = draw(everyone(3, conflicts=frozenset({(two, one)})), "hạt giống")

    assert found is not None
    assert set(found.pairs) == cycle


def test_last_years_cycle_of_three_turns_round() -> None:
    one, two, three = names(3)
    last_year = frozenset({(one, two), (two, three), (three, one)})

    found = draw(everyone(3, last_year=last_year), "hạt giống")

    assert found is not None
    assert set(found.pairs) == {(two, one), (three, two), (one, three)}


def test_the_condition_that_must_give_is_named() -> None:
    """Three units, one turn taken last year and the other barred by a conflict."""
    one, two, three = names(3)
    last_year = frozenset({(one, two), (two, three), (three, one)})
    conditions = everyone(3, last_year=last_year, conflicts=frozenset({(two, one)}))

    assert draw(conditions, "hạt giống") is None
    assert obstacles(conditions) == [(LAST_YEAR,), (CONFLICT,)]


def test_the_same_seed_gives_the_same_draw() -> None:
    assert draw(everyone(9), "một") == draw(everyone(9), "một")
    assert draw(everyone(9), "một") != draw(everyone(9), "hai")


def test_every_allowed_assignment_comes_up_about_equally_often() -> None:
    """Five units: 5! orders, of which those without own and mutual pairs are counted by hand."""
    units = names(5)
    allowed = [
        tuple(zip(units, order, strict=True))
        for order in permutations(units)
        if not broken(everyone(5), tuple(zip(units, order, strict=True)))
    ]
    assert len(allowed) == 24  # the cycles of five; 2 + 3 would be a mutual pair

    drawn = Counter(found.pairs for n in range(2_400) if (found := draw(everyone(5), f"{n}")))

    assert set(drawn) == set(allowed)
    assert 60 < min(drawn.values()) <= max(drawn.values()) < 145


def test_an_attempt_can_be_repeated_by_hand() -> None:
    """SHA-256 of "s|1|Sở 01|0" begins with 8744, of Sở 02 with 3755, of Sở 03 with 77a6."""
    one, two, three = names(3)

    assert dealt(everyone(3), "s", 1) == ((one, two), (two, three), (three, one))


PAIRS = st.sets(st.tuples(st.sampled_from(names(5)), st.sampled_from(names(5))), max_size=14)


def exists(conditions: Conditions) -> bool:
    """Try every order of the checkers; slow and plain."""
    return any(
        not broken(conditions, tuple(zip(conditions.units, order, strict=True)))
        for order in permutations(conditions.checkers)
    )


@settings(deadline=None, max_examples=200)
@given(last_year=PAIRS, conflicts=PAIRS, seed=st.text(max_size=5))
def test_a_draw_is_found_exactly_where_one_exists(
    last_year: set[Pair], conflicts: set[Pair], seed: str
) -> None:
    conditions = everyone(5, last_year=frozenset(last_year), conflicts=frozenset(conflicts))
    found = draw(conditions, seed, attempts=20)

    assert (found is not None) == exists(conditions)
    assert found is None or broken(conditions, found.pairs) == []
    assert (search(conditions, seed) is not None) == exists(conditions)


@settings(deadline=None, max_examples=60)
@given(
    each=st.integers(1, 3), count=st.integers(4, 9), out=st.integers(0, 2), seed=st.text(max_size=3)
)
def test_the_search_keeps_loads_even(each: int, count: int, out: int, seed: str) -> None:
    conditions = Conditions(units=names(count), checkers=names(count)[out:], each=each, mutual=True)
    found = search(conditions, seed)

    if found is not None:
        assert broken(conditions, found) == []


def test_who_does_one_check_more_is_not_tied_to_a_place() -> None:
    """Nine units, eight of them check: each of the nine is as likely as another to get the extra.

    900 draws, so 100 each on average for a unit to be checked by whoever checks twice, times two.
    """
    conditions = Conditions(units=names(9), checkers=names(9)[1:], mutual=True)
    extra: Counter[str] = Counter()
    for seed in range(900):
        pairs = dealt(conditions, f"{seed}", 1)
        loads = Counter(checker for _, checker in pairs)
        extra.update(unit for unit, checker in pairs if loads[checker] == 2)

    assert extra.total() == 1_800
    assert 150 < min(extra.values()) <= max(extra.values()) < 250


def test_a_group_with_too_few_free_checkers_is_seen_at_once() -> None:
    """Ten units that only nine may check: no search through nine factorial orders."""
    units = names(20)
    conflicts = frozenset(
        (one, two) for one in units[:10] for two in units if two not in units[10:19]
    )
    conditions = everyone(20, conflicts=conflicts)

    assert draw(conditions, "hạt giống", attempts=1) is None
    assert obstacles(conditions) == [(CONFLICT,)]


def test_seven_units_checked_three_times_use_every_couple_once() -> None:
    found = draw(everyone(7, each=3), "hạt giống", attempts=1)

    assert found is not None
    assert found.attempt is None
    assert broken(everyone(7, each=3), found.pairs) == []
    assert len({frozenset(pair) for pair in found.pairs}) == 21


def test_one_couple_fewer_than_needed_is_no_draw() -> None:
    one, two, *_others = names(7)
    conditions = everyone(7, each=3, conflicts=frozenset({(one, two), (two, one)}))

    assert draw(conditions, "hạt giống", attempts=1) is None
    assert obstacles(conditions) == [(CONFLICT,), (MUTUAL,)]


def test_a_search_ends_after_its_steps_and_not_with_the_day() -> None:
    with pytest.raises(Unsettled):
        search(everyone(20), "hạt giống", steps=20)
    assert search(everyone(20), "hạt giống", steps=21) is not None


def test_every_broken_condition_is_named_with_its_pair() -> None:
    one, two, three = names(3)
    conditions = everyone(3, last_year=frozenset({(two, one)}), conflicts=frozenset({(one, two)}))

    assert broken(conditions, [(one, two), (two, one), (three, three)]) == [
        ("DRAW-1", (three, three)),
        ("DRAW-2", (one, two)),
        ("DRAW-3", (two, one)),
        ("DRAW-4", (one, two)),
    ]
    assert broken(everyone(3), [(one, three), (two, three), (three, two)]) == [
        ("DRAW-2", (two, three)),
        ("DRAW-5", None),
    ]
    assert broken(everyone(3), [(one, two), (two, three)]) == [("DRAW-5", None), ("DRAW-6", None)]


def test_a_unit_named_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="once"):
        draw(Conditions(units=("A", "A", "B"), checkers=("A", "B")), "s")


def test_a_draw_nobody_could_mean_is_an_error() -> None:
    with pytest.raises(ValueError, match="checkers"):
        draw(everyone(3, each=4), "s")
