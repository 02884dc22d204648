"""Làm tròn (FORMAT section 3, rounding)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.rounding import clamp, round_to


@pytest.mark.parametrize(
    ("number", "decimals", "half_up", "half_even"),
    [
        ("2.5", 0, "3", "2"),
        ("3.5", 0, "4", "4"),
        ("-2.5", 0, "-3", "-2"),
        ("-0.5", 0, "-1", "0"),
        ("96.75", 1, "96.8", "96.8"),
        ("96.25", 1, "96.3", "96.2"),
        ("114.95", 1, "115", "115"),
        ("114.94", 1, "114.9", "114.9"),
        ("1.005", 2, "1.01", "1"),
        ("10/3", 2, "3.33", "3.33"),
        ("2/3", 3, "0.667", "0.667"),
        ("7", 2, "7", "7"),
    ],
)
def test_a_half_goes_where_the_scale_says(
    number: str, decimals: int, half_up: str, half_even: str
) -> None:
    figure = Fraction(number)
    assert round_to(figure, decimals=decimals, rounding="half_up") == Fraction(half_up)
    assert round_to(figure, decimals=decimals, rounding="half_even") == Fraction(half_even)


@given(st.fractions(), st.integers(0, 3), st.sampled_from(["half_up", "half_even"]))
def test_rounding_moves_at_most_half_a_step_and_only_once(
    number: Fraction, decimals: int, rounding: str
) -> None:
    rounded = round_to(number, decimals=decimals, rounding=rounding)
    assert abs(rounded - number) <= Fraction(1, 2 * 10**decimals)
    assert round_to(rounded, decimals=decimals, rounding=rounding) == rounded


def test_the_cap_comes_before_the_floor() -> None:
    assert clamp(Fraction(9), cap=Fraction(1), floor=Fraction(2)) == 2
    assert clamp(Fraction(9), cap=None, floor=None) == 9
