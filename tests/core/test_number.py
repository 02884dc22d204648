"""What the format counts as a number (FORMAT section 2)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from thidua.core.number import UnreadNumber, as_number, number_from_text


@pytest.mark.parametrize(
    ("plain", "number"),
    [
        (5, "5"),
        ("12.5", "12.5"),
        ("-4", "-4"),
        ("+1", "1"),
        ("20/3", "20/3"),
        ("-1/3", "-1/3"),
        (Fraction(1, 8), "1/8"),
        ("0.000001", "0.000001"),
        ("999999999999999.999999", "999999999999999.999999"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_exactly(plain: object, number: str) -> None:
    assert as_number(plain) == Fraction(number)


@pytest.mark.parametrize(
    "plain",
    [
        "961,5",
        "1e3",
        "1E5",
        "",
        " 1",
        "1.",
        ".5",
        "1/0",
        "1/2/3",
        "1.5/2",
        "１",
        "inf",
        "0.1234567",
        "1234567890123456",
        10**15,
        Fraction(1, 10**15),
        True,
        None,
        [],
        UnreadNumber("1e308"),
    ],
)
def test_anything_else_is_no_number(plain: object) -> None:
    assert as_number(plain) is None


def test_a_figure_the_format_does_not_allow_keeps_its_text() -> None:
    assert number_from_text("1e308") == UnreadNumber("1e308")
    assert number_from_text("0.5") == Fraction(1, 2)
