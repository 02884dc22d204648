"""Khuôn của nhóm khóa: which keys may and must stand together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from thidua.scalefile import shape_words
from thidua.scalefile.problem import Report, Words
from thidua.scalefile.shape import Shape
from thidua.scalefile.tree import Table, Tree
from thidua.scalefile.vocabulary import word_of

_HERE = Words("Chỗ này", "This place")


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping with known keys.

    `owner` names the thing in messages; of two keys of a pair in `apart` only one may stand; with
    `is_open` other keys are allowed and not looked at.
    """

    shapes: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    owner: Words = _HERE
    example: str = ""
    apart: tuple[tuple[str, str], ...] = ()
    is_open: bool = False

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note wrong, missing and unknown keys, and what is wrong below them."""
        if not isinstance(tree, Table):
            example = self.example or word_of(key).example
            report.add(tree.mark, key, "not_a_table", shape_words.not_a_table(key, example))
            return
        self._missing(tree, report)
        self._apart(tree, report)
        for entry in tree.entries:
            if entry.key in self.shapes:
                self.shapes[entry.key].check(entry.tree, entry.key, report)
            elif not self.is_open:
                words = shape_words.unknown_key(entry.key, list(self.shapes), self.owner)
                report.add(entry.mark, entry.key, "unknown_key", words)

    def _missing(self, tree: Table, report: Report) -> None:
        known = set(tree.keys())
        for key in self.required:
            if key not in known:
                words = shape_words.missing_key(key, self.owner)
                report.add(tree.mark, key, "missing_key", words)

    def _apart(self, tree: Table, report: Report) -> None:
        for one, other in self.apart:
            if tree.get(one) is not None and tree.get(other) is not None:
                words = Words(
                    f'Chỉ dùng một trong hai khóa "{one}" và "{other}". Xóa một khóa.',
                    f'Use only one of "{one}" and "{other}". Delete one.',
                )
                report.add(tree.mark, one, "keys_exclude", words)


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping whose keys are names of our user's choice; `pattern` limits them."""

    value: Shape
    example: str
    pattern: re.Pattern[str] = field(default_factory=lambda: re.compile(r".+", re.DOTALL))
    why: Words = _HERE

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note names that do not fit and what is wrong below them."""
        if not isinstance(tree, Table):
            report.add(tree.mark, key, "not_a_table", shape_words.not_a_table(key, self.example))
            return
        for entry in tree.entries:
            if not self.pattern.fullmatch(entry.key):
                report.add(entry.mark, entry.key, "bad_name", self.why)
            self.value.check(entry.tree, entry.key, report)
