"""Đọc JSON nghiêm: RFC 8259 as the same tree as YAML, with lines, exact numbers, no double keys."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import NoReturn

from thidua.core.number import number_from_text
from thidua.scalefile import json_words, reading_words
from thidua.scalefile.problem import FileError, Mark, Report, Words, problem_at
from thidua.scalefile.scalar import normal
from thidua.scalefile.tree import MAX_DEPTH, Entry, Listing, Scalar, Table, Tree, Value

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-])")
_DECIMAL_COMMA = re.compile(r"[0-9],$")
_WORD = re.compile(r"[^\s,\]}:]+")
_WORDS: dict[str, Scalar] = {"null": None, "true": True, "false": False}


def read_json(text: str, *, name: str) -> Tree:
    """The tree of a JSON text; raises `FileError` at the first syntax error or for double keys."""
    reader = _Reader(text, name)
    tree = reader.document()
    reader.report.stop_if_any(name)
    return tree


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.at = 0
        self.report = Report()
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def document(self) -> Tree:
        tree = self._value(0)
        self._skip_space()
        if self.at < len(self.text):
            self._stop(json_words.TRAILING)
        return tree

    def _value(self, depth: int) -> Tree:
        self._skip_space()
        start = self.text[self.at : self.at + 1]
        if start in ("{", "["):
            if depth >= MAX_DEPTH:
                self._stop(reading_words.too_deep(MAX_DEPTH), "too_deep")
            return self._table(depth) if start == "{" else self._listing(depth)
        return self._scalar()

    def _table(self, depth: int) -> Table:
        mark, start, entries = self._mark(), self.at, list[Entry]()
        seen: dict[str, int] = {}
        self.at += 1
        while not self._closes("}", is_first=not seen, opened=start):
            key_mark, key = self._mark(), self._string(json_words.KEY)
            self._expect_colon()
            tree = self._value(depth + 1)
            if key in seen:
                words = reading_words.duplicate_key(key, seen[key])
                self.report.add(key_mark, key, "duplicate_key", words)
                continue
            seen[key] = key_mark.line
            entries.append(Entry(key, key_mark, tree))
        return Table(mark, tuple(entries))

    def _listing(self, depth: int) -> Listing:
        mark, start, items = self._mark(), self.at, list[Tree]()
        self.at += 1
        while not self._closes("]", is_first=not items, opened=start):
            items.append(self._value(depth + 1))
        return Listing(mark, tuple(items))

    def _closes(self, bracket: str, *, is_first: bool, opened: int) -> bool:
        """Step over the closing bracket (True) or over the comma before the next part."""
        self._skip_space()
        if self.text.startswith(bracket, self.at):
            self.at += 1
            return True
        if self.at >= len(self.text):
            self.at = opened
            self._stop(json_words.never_closed(bracket))
        if is_first:
            return False
        if not self.text.startswith(",", self.at):
            self._stop(json_words.comma(bracket))
        self.at += 1
        self._skip_space()
        if self.text.startswith(bracket, self.at):
            self._stop(json_words.EXTRA_COMMA)
        return False

    def _expect_colon(self) -> None:
        self._skip_space()
        if not self.text.startswith(":", self.at):
            self._stop(json_words.COLON)
        self.at += 1

    def _scalar(self) -> Value:
        mark, start = self._mark(), self.at
        if self.text.startswith('"', start):
            text = self._string(json_words.STRING)
            return Value(mark, text, text)
        number = _NUMBER.match(self.text, start)
        if number:
            self.at = number.end()
            return Value(mark, number_from_text(number.group()), number.group())
        word = _WORD.match(self.text, start)
        found = word.group() if word else ""
        if found not in _WORDS:
            self._stop(json_words.word(found))
        self.at += len(found)
        return Value(mark, _WORDS[found], found)

    def _string(self, otherwise: Words) -> str:
        found = _STRING.match(self.text, self.at)
        if not found:
            self._stop(self._comma_words() or otherwise)
        token = found.group()
        text = str(json.loads(token)) if "\\" in token else token[1:-1]
        if "\\u" in token and any("\ud800" <= letter <= "\udfff" for letter in text):
            self._stop(json_words.BROKEN_LETTER)
        self.at = found.end()
        return normal(text)

    def _comma_words(self) -> Words | None:
        follows_number = _DECIMAL_COMMA.search(self.text, max(self.at - 2, 0), self.at)
        digit = self.text[self.at : self.at + 1].isdigit()
        return json_words.DECIMAL_COMMA if follows_number and digit else None

    def _skip_space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _mark(self) -> Mark:
        line = bisect_right(self.line_starts, self.at)
        return Mark(line, self.at - self.line_starts[line - 1] + 1)

    def _stop(self, words: Words, code: str = "syntax") -> NoReturn:
        problem = problem_at(self._mark(), "", code, words)
        raise FileError([*self.report.problems, problem], name=self.name)
