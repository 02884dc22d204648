"""Khuôn của giá trị: what may stand at a place of a file; messages say what to do.

A shape notes every problem in the report and goes on, so that one reading shows all of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from thidua.core.number import UnreadNumber, as_number
from thidua.scalefile import shape_words
from thidua.scalefile.number_words import not_a_number
from thidua.scalefile.problem import Report, Words
from thidua.scalefile.tree import Listing, Tree, Value
from thidua.scalefile.vocabulary import number_example

_NUMBER_TEXT = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?(/[1-9][0-9]*)?", re.ASCII)
_CAP_TEXT = re.compile(r"[0-9]+(\.[0-9]+)?(/[1-9][0-9]*)?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CODE = re.compile(r"[^@\s]+")


class Shape(Protocol):
    """Something a value can be checked against; `key` is the key it stands under."""

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note what is wrong with the value."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text; `pattern` limits it, `why` says how."""

    empty: bool = True
    pattern: re.Pattern[str] | None = None
    why: Words | None = None

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note anything but a text that fits."""
        if not isinstance(tree, Value) or not isinstance(tree.value, str):
            report.add(tree.mark, key, "not_text", shape_words.not_text(tree, key))
        elif not tree.value and not self.empty:
            report.add(tree.mark, key, "empty_text", shape_words.empty_text(key))
        elif self.pattern and not self.pattern.fullmatch(tree.value):
            words = self.why or shape_words.not_text(tree, key)
            report.add(tree.mark, key, "bad_text", words)


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number; `null`, text ("12.5", "1/2") and negative values as far as allowed."""

    null: bool = False
    text: bool = True
    negative: bool = True
    zero: bool = True

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note anything but such a number."""
        if isinstance(tree, Value) and tree.value is None and self.null:
            return
        if not isinstance(tree, Value):
            report.add(tree.mark, key, "not_a_number", shape_words.needs_number(key))
            return
        number = self._number(tree)
        if number is None:
            words = not_a_number(tree, number_example(key))
            report.add(tree.mark, key, "not_a_number", words)
        elif number < 0 and not self.negative:
            report.add(tree.mark, key, "negative", shape_words.negative_cap(tree, number))
        elif number == 0 and not self.zero:
            report.add(tree.mark, key, "zero", shape_words.ZERO_STEP)

    def _number(self, tree: Value) -> Fraction | None:
        if isinstance(tree.value, str):
            if not self.text:
                return None
            pattern = _NUMBER_TEXT if self.negative or tree.value[:1] == "-" else _CAP_TEXT
            return as_number(tree.value) if pattern.fullmatch(tree.value) else None
        return as_number(tree.value)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high` (None: no upper end), not in quotes."""

    low: int
    high: int | None = None

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note anything but such a whole number."""
        number = tree.value if isinstance(tree, Value) else None
        fits = (
            isinstance(number, Fraction)
            and number.denominator == 1
            and number >= self.low
            and (self.high is None or number <= self.high)
        )
        if not fits or as_number(number) is None:
            words = shape_words.not_whole(tree, self.low, self.high)
            report.add(tree.mark, key, "not_whole", words)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    values: tuple[str, ...]

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note any other word."""
        if not isinstance(tree, Value) or tree.value not in self.values:
            report.add(tree.mark, key, "not_a_choice", shape_words.not_a_choice(tree, self.values))


@dataclass(frozen=True, slots=True)
class Truth:
    """true or false."""

    null: bool = False

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note anything else (yes, có, 1)."""
        if isinstance(tree, Value) and tree.value is None and self.null:
            return
        if not isinstance(tree, Value) or not isinstance(tree.value, bool):
            report.add(tree.mark, key, "not_a_truth_value", shape_words.not_truth(tree))


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar as 2026-12-31."""

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note anything else (31/12/2026, 2026-02-30)."""
        text = tree.value if isinstance(tree, Value) else None
        if not isinstance(text, str) or not _is_day(text):
            report.add(tree.mark, key, "not_a_date", shape_words.not_a_date(tree))


@dataclass(frozen=True, slots=True)
class Items:
    """A list whose parts have one shape."""

    item: Shape
    least: int = 0

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note anything but a list, a list that is too short, and what is wrong in its parts."""
        if not isinstance(tree, Listing):
            report.add(tree.mark, key, "not_a_list", shape_words.not_a_list(key))
            return
        if len(tree.items) < self.least:
            report.add(tree.mark, key, "empty_list", shape_words.empty_list(key))
        for item in tree.items:
            self.item.check(item, key, report)


@dataclass(frozen=True, slots=True)
class Scalar:
    """Any single value except null; `truth` says whether true and false count."""

    truth: bool = True
    null: bool = False

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note lists, mappings, numbers the format does not allow."""
        value = tree.value if isinstance(tree, Value) else None
        if isinstance(tree, Value) and value is None and self.null:
            return
        if isinstance(tree, Value) and isinstance(value, UnreadNumber):
            report.add(tree.mark, key, "not_a_number", not_a_number(tree, "90"))
        elif value is None or (isinstance(value, bool) and not self.truth):
            report.add(tree.mark, key, "not_a_value", shape_words.needs_value(key))


@dataclass(frozen=True, slots=True)
class Either:
    """One shape for single values, another for lists and mappings."""

    single: Shape
    many: Shape

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Check against the shape that the value looks like."""
        chosen = self.single if isinstance(tree, Value) else self.many
        chosen.check(tree, key, report)


@dataclass(frozen=True, slots=True)
class Lazy:
    """A shape that refers to itself."""

    shape: Callable[[], Shape]

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Check against the shape that stands behind."""
        self.shape().check(tree, key, report)


@dataclass(frozen=True, slots=True)
class Anything:
    """No restriction."""

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Nothing can be wrong."""
        del tree, key, report


CODE = Text(empty=False, pattern=_CODE, why=shape_words.BAD_CODE)
TEXTS = Items(Text())


def _is_day(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
