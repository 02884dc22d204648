"""Số nguyên trước, phân số khi cần: exact numbers kept as int wherever they come out even."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from thidua.core.condition import Scalar

Exact = int | Fraction


def scaled(number: Fraction, denominator: int) -> Exact:
    """A number times the common denominator."""
    product = number * denominator
    return product.numerator if product.denominator == 1 else product


def scaled_or_none(number: Fraction | None, denominator: int) -> Exact | None:
    """As `scaled`; None stays None."""
    return None if number is None else scaled(number, denominator)


def ratio(numerator: Exact, denominator: Exact) -> Exact:
    """An exact quotient, an int if it comes out even."""
    if type(numerator) is int and type(denominator) is int:
        whole, rest = divmod(numerator, denominator)
        return Fraction(numerator, denominator) if rest else whole
    return Fraction(numerator) / denominator


def common_denominator(numbers: Iterable[Fraction]) -> int:
    """The least denominator all numbers share; thousandths are always among them."""
    return lcm(1000, *(number.denominator for number in numbers))


def as_scalar(fact: Scalar | Exact) -> Scalar:
    """A fact as conditions compare it: numbers as fractions, truth values and texts as they are."""
    if isinstance(fact, bool) or not isinstance(fact, int):
        return fact
    return Fraction(fact)
