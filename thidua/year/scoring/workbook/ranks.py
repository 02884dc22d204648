"""Công thức xếp thứ: one place lower for each unit that stands ahead, tie-breaks included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from thidua.core.scale import Ranking, TieBreak
from thidua.year.scoring.pages.table import Column

Ranked = tuple[str, Column, Mapping[str, Fraction | None]]  # letter, unit, points by line
LOWEST = "-1E+12"


def rank_formulas(
    ranking: Ranking,
    units: Sequence[Ranked],
    *,
    figure_row: int,
    total_row: int,
    places: Mapping[str, int],
) -> dict[str, str] | str:
    """The rank of each ranked unit by its letter, or in words why a spreadsheet cannot give it.

    Formulas are only given where they find the engine's ranks.
    """
    rows: list[tuple[TieBreak, int]] = []
    for rule in ranking.tie_breaks:
        row = (
            total_row if (rule.subject, rule.name) == ("total", "points") else places.get(rule.name)
        )
        if rule.subject not in ("points", "total") or row is None:
            return "tiêu chí phụ khi bằng điểm không có trong bảng"
        rows.append((rule, row))
    ranked = [one for one in units if one[1].rank is not None]
    if not _agree(ranking, ranked):
        return "xếp thứ theo số liệu không hiện ở bước này"
    letters = [letter for letter, _, _ in ranked]
    return {
        one: "+".join(
            ["1", *(_ahead(other, one, figure_row, rows) for other in letters if other != one)]
        )
        for one in letters
    }


def _ahead(other: str, one: str, row: int, ties: Sequence[tuple[TieBreak, int]]) -> str:
    """1 when the other unit stands ahead of this one, else 0."""
    parts = f"({other}{row}>{one}{row})"
    if ties:
        parts = f"({parts}+({other}{row}={one}{row})*{_tie(other, one, ties)})"
    return parts


def _tie(other: str, one: str, ties: Sequence[tuple[TieBreak, int]]) -> str:
    (rule, row), rest = ties[0], ties[1:]
    theirs, own = (_figure(f"{letter}{row}", rule) for letter in (other, one))
    parts = f"({theirs}>{own})"
    return f"({parts}+({theirs}={own})*{_tie(other, one, rest)})" if rest else parts


def _figure(cell: str, rule: TieBreak) -> str:
    """The figure compared, high first; one that is missing is last either way."""
    sign = "-" if rule.order == "asc" else ""
    return f"IF(ISNUMBER({cell}),{sign}ROUND({cell},9),{LOWEST})"


def _agree(ranking: Ranking, ranked: Sequence[Ranked]) -> bool:
    """Whether comparing what the table shows gives the engine's ranks."""
    keys = [_key(ranking, column, points) for _, column, points in ranked]
    found = [1 + sum(1 for other in keys if other > own) for own in keys]
    return found == [column.rank for _, column, _ in ranked]


def _key(
    ranking: Ranking, column: Column, points: Mapping[str, Fraction | None]
) -> tuple[Fraction, ...]:
    lowest = Fraction(-(10**12))
    figure = column.total if ranking.key == "points" else column.percent
    ties = [
        column.total if rule.subject == "total" else points.get(rule.name)
        for rule in ranking.tie_breaks
    ]
    signed = [
        lowest if value is None else -value if rule.order == "asc" else value
        for value, rule in zip(ties, ranking.tie_breaks, strict=True)
    ]
    return (lowest if figure is None else figure, *signed)
