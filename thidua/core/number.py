"""Số đúng: exact numbers, what counts as one and how it is read (FORMAT section 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

WHOLE_DIGITS = 15
DECIMAL_DIGITS = 6
_DECIMAL = re.compile(r"[-+]?0*[0-9]{1,15}(\.[0-9]{1,6})?", re.ASCII)
_FRACTION = re.compile(r"[-+]?0*[0-9]{1,15}/[0-9]{1,15}", re.ASCII)
_WHOLE_LIMIT: int = 10**WHOLE_DIGITS
_DECIMAL_SCALE: int = 10**DECIMAL_DIGITS

ZERO = Fraction(0)
ONE = Fraction(1)
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class UnreadNumber:
    """A figure whose text the format does not allow (1e308, 0.1234567), kept for the issue."""

    text: str


def read_number(text: str) -> Fraction | None:
    """Read "12.5", "-4" or "20/3" exactly; None for a comma, an exponent, too many digits."""
    if _DECIMAL.fullmatch(text):
        return Fraction(text)
    if _FRACTION.fullmatch(text) and text.rpartition("/")[2].strip("0"):
        return Fraction(text)
    return None


def as_number(plain: object) -> Fraction | None:
    """Give the number a plain value stands for, or None (a truth value is not a number)."""
    if isinstance(plain, str):
        return read_number(plain)
    if isinstance(plain, bool) or not isinstance(plain, (int, Fraction)):
        return None
    return Fraction(plain) if _has_readable_digits(plain) else None


def _has_readable_digits(number: int | Fraction) -> bool:
    whole, parts = number.numerator, number.denominator
    if abs(whole) < _WHOLE_LIMIT * parts and _DECIMAL_SCALE % parts == 0:
        return True
    return abs(whole) < _WHOLE_LIMIT and parts < _WHOLE_LIMIT


def number_from_text(text: str) -> Fraction | UnreadNumber:
    """Read the text of a JSON or YAML number; what the format does not allow stays as text."""
    found = read_number(text)
    return UnreadNumber(text) if found is None else found
