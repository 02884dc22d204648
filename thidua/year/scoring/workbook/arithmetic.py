"""Pieces of spreadsheet formulas: exact numbers, caps, rounding, sums of cells.

A spreadsheet reckons in binary fractions; what it rounds or compares is first rounded to nine or
ten places, which takes the noise away and no figure of a scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from thidua.core.points import result_text
from thidua.core.rounding import Rounding

NOT_APPLICABLE = "không áp dụng"
WRONG_FIGURE = "số liệu sai"
NO_RULE = "chưa quy định"
READ_LATER = "tính khi nạp"
LONGEST = 8_000  # letters of a formula; spreadsheets take 8,192
MOST_TERMS = 200  # spreadsheets take 255 arguments
_CLEAR_DIGITS = 15


def number(figure: Fraction) -> str:
    """A constant: its decimals when they end within what a spreadsheet holds, else a quotient."""
    text = result_text(figure)
    if "/" in text or len(text.lstrip("-").replace(".", "")) > _CLEAR_DIGITS:
        return f"({figure.numerator}/{figure.denominator})"
    return f"({text})" if figure < 0 else text


def quoted(words: str) -> str:
    """A constant text of ours."""
    return f'"{words}"'


def clamped(expression: str, *, cap: Fraction | None, floor: Fraction | None) -> str:
    """A cap, then a floor, as the core applies them."""
    inside = expression if cap is None else f"MIN({number(cap)},{expression})"
    return inside if floor is None else f"MAX({number(floor)},{inside})"


def rounded(expression: str, *, decimals: int, rounding: Rounding) -> str:
    """Rounded as the scale says; a half goes away from zero, or to the even neighbour."""
    clear = f"ROUND({expression},9)"
    if rounding == "half_up":
        return f"ROUND({clear},{decimals})"
    steps = f"ROUND({expression}*{10**decimals},9)"
    even = f"IF(ABS(MOD({steps},1)-0.5)<0.000000001,2*ROUND({steps}/2,0),ROUND({steps},0))"
    return f"{even}/{10**decimals}"


def runs(cells: Iterable[tuple[str, int]]) -> list[str]:
    """Cells of one column as ranges where rows follow each other: J5:J9, J12."""
    found: list[list[tuple[str, int]]] = []
    for cell in cells:
        if found and (found[-1][-1][0], found[-1][-1][1] + 1) == cell:
            found[-1].append(cell)
        else:
            found.append([cell])
    return [_range(run) for run in found]


def _range(run: Sequence[tuple[str, int]]) -> str:
    first, last = (f"{letter}{row}" for letter, row in (run[0], run[-1]))
    return first if first == last else f"{first}:{last}"


def total(ranges: Sequence[str]) -> str:
    """The sum of ranges; letters in them count nothing."""
    if not ranges:
        return "0"
    parts = range(0, len(ranges), MOST_TERMS)
    return "+".join(f"SUM({','.join(ranges[start : start + MOST_TERMS])})" for start in parts)


def total_where(ranges: Sequence[str], sign: str) -> str:
    """The sum of what is above or below zero."""
    return "+".join(f'SUMIF({one},"{sign}0")' for one in ranges) or "0"


def count_of(ranges: Sequence[str], words: str) -> str:
    """How many cells hold that text."""
    return "+".join(f"COUNTIF({one},{quoted(words)})" for one in ranges) or "0"
