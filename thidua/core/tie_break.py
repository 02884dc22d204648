"""Bằng điểm: the order of criteria that part units with equal figures (FORMAT section 7.5)."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.condition import Scalar

TieKey = tuple[int, int, Fraction, str]
_LAST: TieKey = (1, 0, Fraction(0), "")


def tie_key(value: Scalar | None, *, order: str) -> TieKey:
    """Give a value its place in ascending order of keys; a missing value is last either way.

    Numbers (a truth value counts 1 or 0) and texts (ISO dates) compare among themselves.
    """
    if value is None:
        return _LAST
    if isinstance(value, str):
        return (0, 1, Fraction(0), value if order == "asc" else _reversed(value))
    number = Fraction(value)
    return (0, 0, number if order == "asc" else -number, "")


def _reversed(text: str) -> str:
    # code points mirrored and closed by the highest: "b" sorts before "a", "ab" before "a"
    return "".join(chr(0x10FFFF - ord(letter)) for letter in text) + chr(0x10FFFF)
