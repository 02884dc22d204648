"""Điều kiện đúng, sai hay chưa biết: three-valued conditions (FORMAT section 4, Conditions).

Truth is True, False or None (unknown), combined by Kleene's rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from thidua.core.condition import All, Any, Comparison, Condition, Not, Scalar, Test

Truth = bool | None
Look = Callable[[Test], Scalar | None]


def holds(condition: Condition, look: Look) -> Truth:
    """Whether a condition holds; `look` gives the fact of a test, None when it is not known."""
    match condition:
        case Test():
            return _test_holds(condition, look(condition))
        case Not(part):
            return negation(holds(part, look))
        case All(parts):
            return conjunction([holds(part, look) for part in parts])
        case Any(parts):
            return negation(conjunction([negation(holds(part, look)) for part in parts]))


def negation(truth: Truth) -> Truth:
    """Not; unknown stays unknown."""
    return None if truth is None else not truth


def conjunction(truths: Iterable[Truth]) -> Truth:
    """And: one False decides, else one unknown leaves it unknown."""
    known = list(truths)
    if False in known:
        return False
    return None if None in known else True


def compare(comparison: Comparison, fact: Scalar) -> bool:
    """Compare two numbers exactly, two texts by code point; different kinds are unequal."""
    operator, values = comparison.operator, comparison.values
    if operator == "in":
        return any(_same(fact, value) for value in values)
    value = values[0]
    if operator in ("eq", "ne"):
        return _same(fact, value) == (operator == "eq")
    if isinstance(fact, str) and isinstance(value, str):
        return _ordered(operator, above=fact > value, equal=fact == value)
    if isinstance(fact, Fraction) and isinstance(value, Fraction):
        return _ordered(operator, above=fact > value, equal=fact == value)
    return False


def _test_holds(test: Test, fact: Scalar | None) -> Truth:
    compared = [None if fact is None else compare(one, fact) for one in test.comparisons]
    if test.given is None:
        return conjunction(compared)
    return conjunction([(fact is not None) == test.given, *compared])


def _same(one: Scalar, other: Scalar) -> bool:
    return type(one) is type(other) and one == other


def _ordered(operator: str, *, above: bool, equal: bool) -> bool:
    if operator == "gt":
        return above
    if operator == "ge":
        return above or equal
    return (not above and not equal) if operator == "lt" else not above
