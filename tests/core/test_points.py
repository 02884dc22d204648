"""Figures typed by people and shown to people."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.finding import Refused
from thidua.core.points import read_points, result_text, show, show_milli, typing_text


@pytest.mark.parametrize(
    ("typed", "milli"),
    [
        ("961,5", 961_500),
        ("961.5", 961_500),
        (" 961,5 ", 961_500),
        ("0", 0),
        ("0.125", 125),
        ("0,125", 125),
        ("12,125", 12_125),
        ("1234.567", 1_234_567),
        ("1.000,5", 1_000_500),
        ("1,000.5", 1_000_500),
        ("1.000.000", 1_000_000_000),
        ("1 000", 1_000_000),
        ("1\u00a0000,25", 1_000_250),
        ("-2", -2_000),
        ("\u22120,5", -500),
        ("+3", 3_000),
        ("007", 7_000),
        ("999999999999999", 999_999_999_999_999_000),
    ],
)
def test_a_typed_figure_is_read_as_thousandths(typed: str, milli: int) -> None:
    assert read_points(typed) == milli


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_nothing_typed_is_nothing_and_not_zero(typed: str) -> None:
    assert read_points(typed) is None


@pytest.mark.parametrize(
    ("typed", "rule_id"),
    [
        ("1.000", "FIGURE-2"),
        ("961.500", "FIGURE-2"),
        ("1e308", "FIGURE-1"),
        ("inf", "FIGURE-1"),
        ("nan", "FIGURE-1"),
        ("１２", "FIGURE-1"),
        ("12۳", "FIGURE-1"),
        ("1\u0301", "FIGURE-1"),
        ("1,2,3", "FIGURE-1"),
        ("1 00", "FIGURE-1"),
        ("12345 678", "FIGURE-1"),
        ("10.00.000", "FIGURE-1"),
        ("--1", "FIGURE-1"),
        ("-", "FIGURE-1"),
        ("5%", "FIGURE-1"),
        ("1/2", "FIGURE-1"),
        (",5", "FIGURE-1"),
        ("5,", "FIGURE-1"),
        ("năm", "FIGURE-1"),
        ("1" * 16, "FIGURE-3"),
        ("1,2345", "FIGURE-4"),
        ("9" * 5000, "FIGURE-3"),
    ],
)
def test_an_unclear_figure_is_refused(typed: str, rule_id: str) -> None:
    with pytest.raises(Refused) as refused:
        read_points(typed)
    assert [finding.rule_id for finding in refused.value.findings] == [rule_id]


def test_the_refusal_of_two_readings_names_both() -> None:
    with pytest.raises(Refused) as refused:
        read_points("1.000")
    assert refused.value.findings[0].words == (
        "Không đọc được số “1.000”. Số này có thể hiểu là 1,0 hoặc 1000. "
        "Hãy nhập một trong hai cách."
    )


@pytest.mark.parametrize(
    ("number", "decimals", "shown"),
    [
        ("961.5", 1, "961,5"),
        ("961.5", 2, "961,50"),
        ("9.625", 1, "9,625"),
        ("2", 0, "2,0"),
        ("0", 1, "0,0"),
        ("-0.5", 1, "−0,5"),
        ("1000", 1, "1.000,0"),
        ("20/3", 1, "≈ 6,67"),
        ("20/3", 3, "≈ 6,667"),
        ("-1/3", 1, "≈ −0,33"),
        ("1/8", 1, "0,125"),
        ("999999.999999", 1, "999.999,999999"),
    ],
)
def test_points_are_shown_with_a_comma_and_a_true_minus(
    number: str, decimals: int, shown: str
) -> None:
    assert show(Fraction(number), decimals=decimals) == shown


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("6.25", "6.25"),
        ("-4", "-4"),
        ("20/3", "20/3"),
        ("0", "0"),
        ("-1/8", "-0.125"),
        ("1/7", "1/7"),
    ],
)
def test_results_write_the_shortest_decimal_or_the_fraction(number: str, text: str) -> None:
    assert result_text(Fraction(number)) == text


@given(st.integers(min_value=-(10**17), max_value=10**17))
def test_what_an_input_field_shows_reads_back_the_same(milli: int) -> None:
    assert read_points(typing_text(milli)) == milli


@given(st.integers(min_value=-(10**17), max_value=10**17))
def test_what_a_screen_shows_reads_back_the_same(milli: int) -> None:
    assert read_points(show_milli(milli)) == milli


@given(st.fractions())
def test_result_text_loses_nothing(number: Fraction) -> None:
    assert Fraction(result_text(number)) == number


@given(st.text())
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        outcome: object = read_points(typed)
    except Refused as refused:
        outcome = refused.findings[0].words.startswith("Không đọc được số")
    assert outcome is None or outcome is True or isinstance(outcome, int)


@pytest.mark.parametrize("milli", [-1, -500, -12_500, -1_234_567])
def test_a_negative_figure_stands_in_its_field_with_the_minus_of_the_page(milli: int) -> None:
    written = typing_text(milli)

    assert written[0] == show_milli(milli)[0] == "\u2212"
    assert read_points(written) == milli
