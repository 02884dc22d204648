"""Sentences of a bảng điểm: wholly understood, or left to people."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.core.kinds.steps import score
from thidua.core.loading.node import node_from_plain
from thidua.core.node import Part, Steps
from thidua.core.points import result_text
from thidua.year.rulebook.sentences import read_rule

TEN = Fraction(10)


def bands_of(text: str, part: Part = "base") -> list[dict[str, Any]]:
    rule = read_rule(text, TEN, part)
    return list(rule.get("bands", []))


@pytest.mark.parametrize(
    ("text", "bands", "otherwise"),
    [
        ("Đạt từ 95% trở lên: 10 điểm; từ 90 đến dưới 95%: 7 điểm",
         [{"ge": 95, "pts": 10}, {"ge": 90, "lt": 95, "pts": 7}], "undecided"),
        ("từ 95 đến 100%: 10; từ 90 đến dưới 95%: 8; dưới 90%: 5",
         [{"ge": 95, "le": 100, "pts": 10}, {"ge": 90, "lt": 95, "pts": 8}, {"lt": 90, "pts": 5}],
         "undecided"),
        ("Từ 98% trở lên 7 điểm", [{"ge": 98, "pts": 7}], "undecided"),
        ("- Từ 95% trở lên: 10 điểm - Dưới 95%: trừ 2 điểm",
         [{"ge": 95, "pts": 10}, {"lt": 95, "pts": -2}], 0),
        ("≥ 97,5%: 5đ, từ 80 - dưới 97,5%: 3đ, còn lại không tính điểm",
         [{"ge": Fraction("97.5"), "pts": 5}, {"ge": 80, "lt": Fraction("97.5"), "pts": 3}], 0),
        ("Giải ngân từ 95 phần trăm trở lên được 5 điểm; giải ngân dưới 95% đến 90% được 3 điểm",
         [{"ge": 95, "pts": 5}, {"lt": 95, "ge": 90, "pts": 3}], "undecided"),
    ],
)  # fmt: skip
def test_bands_of_per_cent_are_read_as_said(
    text: str, bands: list[dict[str, Any]], otherwise: object
) -> None:
    assert read_rule(text, TEN) == {
        "kind": "steps", "unit": "%", "bands": bands, "else": otherwise,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Từ 95% trở lên và nộp đúng hạn: 10 điểm; dưới 95%: 5 điểm",
        "Từ 95% trở lên: 10 điểm nếu nộp đúng hạn, từ 90% đến dưới 95%: 5 điểm",
        "Không dưới 95%: 10 điểm; dưới 95%: 5 điểm",
        "Xã loại 1 từ 95% trở lên: 10 điểm; xã loại 2 từ 90% trở lên: 10 điểm",
        "Từ 95% trở lên: 10 điểm; từ 90% trở lên: 5 điểm",
        "Từ 95% trở lên: tối đa 10 điểm; dưới 95%: 5 điểm",
        "Từ 95% trở lên: 10 điểm/tháng; dưới 95%: 5 điểm/tháng",
        "Từ 95% trở lên: 10 điểm; mỗi 1% thấp hơn trừ 1 điểm",
        "Từ 95 trở lên: 10 điểm; dưới 95: 5 điểm",
        "Từ 1.000% trở lên: 10 điểm; dưới 95%: 5 điểm",
        "Từ 95% đến 90%: 10 điểm; dưới 90%: 5 điểm",
        "Từ 9½% trở lên: 10 điểm; dưới 95%: 5 điểm",
        "Đạt 100% được 5 điểm",
        "Trừ 5% số điểm",
        "Mỗi lỗi trừ 5%",
        "Mỗi 02 văn bản chậm trừ 0,5 điểm",
        "Mỗi hai văn bản chậm trừ 0,5 điểm",
        "Mỗi lần chậm trừ 0,5 điểm; mỗi lần thiếu trừ 1 điểm",
        "Mỗi lỗi trừ 0,5 điểm, từ lỗi thứ 3 trừ 1 điểm",
        "Mỗi văn bản chậm 0,5 điểm",
        "Mỗi lỗi trừ 1.000 điểm",
        "Từ 95% trở lên: 10 điểm; " * 60,
        "",
    ],
)  # fmt: skip
def test_a_sentence_with_a_part_left_over_is_left_to_people(text: str) -> None:
    assert read_rule(text, TEN) == {}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Mỗi điển hình 1 điểm, tối đa 5 điểm",
         {"kind": "count", "each": 1, "cap": 5, "unit": "điển hình"}),
        ("Sáng kiến cấp tỉnh (mỗi sáng kiến được 2 điểm)",
         {"kind": "count", "each": 2, "cap": 10, "unit": "sáng kiến"}),
        ("Mỗi giải thưởng cộng 2 điểm",
         {"kind": "count", "each": 2, "cap": 10, "unit": "giải thưởng"}),
        ("2 điểm/sáng kiến, tổng điểm cộng tối đa không quá 6 điểm",
         {"kind": "count", "each": 2, "cap": 6, "unit": "sáng kiến"}),
    ],
)  # fmt: skip
def test_so_much_for_each_is_counted(text: str, rule: dict[str, Any]) -> None:
    assert read_rule(text, TEN) == rule


@pytest.mark.parametrize(
    ("text", "each", "unit", "cap"),
    [
        ("Mỗi 01 văn bản chậm trừ 0,25 điểm", Fraction(-1, 4), "văn bản chậm", None),
        ("Trừ 0,5 điểm/01 văn bản chậm", Fraction(-1, 2), "văn bản chậm", None),
        ("Cứ mỗi lỗi trừ 0,5", Fraction(-1, 2), "lỗi", None),
        ("Cứ một vụ vi phạm bị trừ 2 điểm, trừ không quá 6 điểm", -2, "vụ vi phạm", 6),
        ("Mỗi lần chậm trừ 1 điểm, trừ cho đến hết điểm của mục này", -1, "lần chậm", None),
    ],
)
def test_so_much_off_for_each_is_a_ledger_of_the_points_of_the_line(
    text: str, each: Fraction, unit: str, cap: int | None
) -> None:
    item = {"kind": "count", "each": each, "cap": cap, "unit": unit}
    assert read_rule(text, TEN) == {
        "kind": "ledger", "start": 10, "floor": 0,
        "items": [{"code": "1", "label": f"Mỗi {unit}", **item}],
    }  # fmt: skip
    assert read_rule(text, None) == item


def test_among_deductions_every_figure_takes_off() -> None:
    assert read_rule("Mỗi lỗi 0,5 điểm", TEN, "deduct") == {
        "kind": "count", "each": Fraction(-1, 2), "cap": 10, "unit": "lỗi",
    }  # fmt: skip
    assert [band["pts"] for band in bands_of("Dưới 80%: 5 điểm", "deduct")] == [-5]
    assert read_rule("Mỗi sáng kiến cộng 2 điểm", TEN, "deduct") == {}
    assert read_rule("Mỗi lỗi trừ 2 điểm", TEN, "bonus") == {}


Holds = Callable[[Fraction], bool]


class Spelling(NamedTuple):
    """How a band is written, and what it then says of a figure; `low` and `high` are its ends."""

    words: str
    holds: Callable[[Fraction, Fraction, Fraction], bool]


RANGES = (
    Spelling("từ {low}% trở lên", lambda x, low, _: x >= low),
    Spelling("{low}% trở lên", lambda x, low, _: x >= low),
    Spelling("≥ {low}%", lambda x, low, _: x >= low),
    Spelling("trên {low}%", lambda x, low, _: x > low),
    Spelling("đạt trên {low}%", lambda x, low, _: x > low),
    Spelling("từ {low} đến dưới {high}%", lambda x, low, high: low <= x < high),
    Spelling("từ {low}% đến dưới {high}%", lambda x, low, high: low <= x < high),
    Spelling("đạt từ {low}% đến dưới {high}", lambda x, low, high: low <= x < high),
    Spelling("từ {low} đến {high}%", lambda x, low, high: low <= x <= high),
    Spelling("từ {low}-{high}%", lambda x, low, high: low <= x <= high),
    Spelling("từ {low}% đến hết {high}%", lambda x, low, high: low <= x <= high),
    Spelling("từ trên {low} đến {high}%", lambda x, low, high: low < x <= high),
    Spelling("trên {low}% đến dưới {high}%", lambda x, low, high: low < x < high),
    Spelling("dưới {high}% đến {low}%", lambda x, low, high: low <= x < high),
    Spelling("dưới {high}%", lambda x, _, high: x < high),
    Spelling("< {high}%", lambda x, _, high: x < high),
    Spelling("từ {high}% trở xuống", lambda x, _, high: x <= high),
    # what the reader may only refuse, or read as it is meant
    Spelling("không dưới {low}%", lambda x, low, _: x >= low),
    Spelling("không quá {high}%", lambda x, _, high: x <= high),
    Spelling("không trên {high}%", lambda x, _, high: x <= high),
    Spelling("hơn {low}%", lambda x, low, _: x > low),
    Spelling("ít nhất {low}%", lambda x, low, _: x >= low),
    Spelling("chưa đến {high}%", lambda x, _, high: x < high),
    Spelling("chưa đạt {high}%", lambda x, _, high: x < high),
    Spelling("dưới {high}% nhưng trên {low}%", lambda x, low, high: low < x < high),
    Spelling("trên {low} và dưới {high}%", lambda x, low, high: low < x < high),
    Spelling("từ {low} đến không quá {high}%", lambda x, low, high: low <= x <= high),
    Spelling("trong khoảng {low} đến {high}%", lambda x, low, high: low <= x <= high),
    Spelling("đạt {low}%", lambda x, low, _: x == low),
)
READ = 17  # so many of them have to be understood
BOUNDED = RANGES[5:14]  # with both ends: bands beside each other do not overlap
GIVES = (": {pts} điểm", " được {pts} điểm", " - {pts} điểm", " ({pts} điểm)", ": {pts}", " {pts}đ")
CONDITIONS = (
    ": tối đa {pts} điểm", ": {pts} điểm/tháng", ": {pts} điểm nếu nộp đúng hạn",
    " và có kế hoạch: {pts} điểm", ": {pts} điểm x 2", ": {pts}% số điểm", ": không quá {pts} điểm",
    ": {pts} điểm đến {pts}0 điểm", ": {pts} hoặc {pts}5 điểm",
)  # fmt: skip
SEPARATORS = ("; ", ", ", ". ", " ", " - ", "; đạt ", "\n- ")


class Said(NamedTuple):
    """A sentence and what it says of any figure; `plain` has nothing hard to read in it."""

    text: str
    means: tuple[tuple[Holds, Fraction], ...]
    ends: tuple[Fraction, ...]
    conditional: bool


def figure(value: Fraction) -> str:
    return result_text(value).replace(".", ",")


def holds_between(spelling: Spelling, low: Fraction, high: Fraction) -> Holds:
    return lambda x: spelling.holds(x, low, high)


@st.composite
def sentences(draw: st.DrawFn, spellings: tuple[Spelling, ...] = RANGES) -> Said:
    ends = sorted(draw(st.sets(st.integers(0, 240), min_size=2, max_size=5)))
    cuts = tuple(Fraction(end, 2) for end in ends)
    text, means, conditional = draw(st.sampled_from(("", "Đạt ", "Tỷ lệ giải ngân "))), [], False
    for low, high in draw(st.permutations(list(pairwise(cuts)))):
        spelling = draw(st.sampled_from(spellings))
        points = Fraction(draw(st.integers(1, 40)), 4)
        gives = draw(st.sampled_from(GIVES * 8 + CONDITIONS))
        conditional = conditional or gives in CONDITIONS
        separator = draw(st.sampled_from(SEPARATORS)) if means else ""
        words = spelling.words.format(low=figure(low), high=figure(high))
        text += separator + words + gives.format(pts=figure(points))
        means.append((holds_between(spelling, low, high), points))
    return Said(text, tuple(means), cuts, conditional)


@settings(max_examples=800, deadline=None)
@given(st.one_of(sentences(), sentences(BOUNDED)))
def test_a_sentence_of_bands_is_refused_or_gives_what_it_says_for_every_figure(said: Said) -> None:
    rule = read_rule(said.text, TEN)

    if said.conditional:
        assert rule == {}
    if not rule:
        return
    node = node_from_plain({"code": "A", **rule}, {})
    assert isinstance(node, Steps)
    for end in (Fraction(-1), *said.ends, Fraction(1000)):
        for x in (end - Fraction(1, 7), end, end + Fraction(1, 7)):
            meant = next((points for holds, points in said.means if holds(x)), None)
            assert score(node, x) == meant, (said.text, x)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(RANGES[:READ]),
    st.sampled_from(GIVES),
    st.integers(0, 100),
    st.integers(1, 40),
)
def test_every_usual_spelling_of_a_band_is_read(
    spelling: Spelling, gives: str, low: int, points: int
) -> None:
    words = spelling.words.format(low=low, high=low + 5) + gives.format(pts=points)

    [band] = bands_of(words)

    assert band["pts"] == points
