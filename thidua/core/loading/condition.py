"""Conditions from plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from thidua.core.condition import (
    OPERATORS,
    All,
    Any,
    Comparison,
    Condition,
    Not,
    Operator,
    Scalar,
    Subject,
    Test,
)
from thidua.core.loading.plain import Plain, exact, mapping, sequence
from thidua.core.number import UnreadNumber, as_number

FieldTypes = Mapping[str, str]
_SUBJECTS: tuple[Subject, ...] = ("field", "points", "percent", "total")
_TEXTUAL = ("text", "date")


def condition_from_plain(plain: object, types: FieldTypes) -> Condition:
    """Read a condition; `types` (field name → type) says where "12" is text and where a number."""
    if isinstance(plain, str):
        return Test("field", plain, (Comparison("eq", (True,)),))
    found = mapping(plain)
    if "all" in found:
        return All(tuple(condition_from_plain(part, types) for part in sequence(found["all"])))
    if "any" in found:
        return Any(tuple(condition_from_plain(part, types) for part in sequence(found["any"])))
    if "not" in found:
        return Not(condition_from_plain(found["not"], types))
    return _test(found, types)


def optional_condition(plain: Plain, key: str, types: FieldTypes) -> Condition | None:
    """The condition under a key, or None when the key is absent."""
    return condition_from_plain(plain[key], types) if key in plain else None


def _test(plain: Plain, types: FieldTypes) -> Test:
    subject = next(word for word in _SUBJECTS if word in plain)
    name = str(plain[subject])
    textual = subject == "field" and types.get(name) in _TEXTUAL
    comparisons = tuple(
        Comparison(operator, _values(plain[operator], operator, textual=textual))
        for operator in OPERATORS
        if operator in plain
    )
    return Test(subject, name, comparisons, cast("bool | None", plain.get("given")))


def _values(plain: object, operator: Operator, *, textual: bool) -> tuple[Scalar, ...]:
    values = sequence(plain) if operator == "in" else (plain,)
    return tuple(_scalar(value, operator, textual=textual) for value in values)


def _scalar(value: object, operator: Operator, *, textual: bool) -> Scalar:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        number = None if textual else as_number(value)
        return value if number is None else number
    if isinstance(value, UnreadNumber) and textual:
        return value.text
    return exact(value, where="condition", key=operator)
