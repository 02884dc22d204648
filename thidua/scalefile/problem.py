"""Lỗi của tệp: what is wrong in a file, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Lang = Literal["vi", "en"]
SHOWN_CHARACTERS = 40


class Words(NamedTuple):
    """One message in Vietnamese (for officials) and in English (`--lang en`)."""

    vi: str
    en: str


class Mark(NamedTuple):
    """A place in a file; line and column count from 1, `WHOLE_FILE` is no place in it."""

    line: int
    column: int


START = Mark(1, 1)
WHOLE_FILE = Mark(0, 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a file from being used.

    `line` and `column` count from 1, 0 is the file as a whole; `key` is the key it concerns or "",
    `code` a stable name for programs; the messages are full sentences that say what to write.
    """

    line: int
    column: int
    key: str
    code: str
    message_vi: str
    message_en: str

    def message(self, lang: Lang = "vi") -> str:
        """The message in the wanted language."""
        return self.message_vi if lang == "vi" else self.message_en

    def sentence(self, *, name: str, lang: Lang = "vi") -> str:
        """The message with file, line and key in front."""
        at, quoted = ("dòng", "khóa") if lang == "vi" else ("line", "key")
        line = f", {at} {self.line}" if self.line else ""
        key = f', {quoted} "{self.key}"' if self.key else ""
        return f"{name}{line}{key}: {self.message(lang)}"


def problem_at(mark: Mark, key: str, code: str, words: Words) -> Problem:
    """Make a problem of a place and a bilingual message."""
    return Problem(mark.line, mark.column, key, code, words.vi, words.en)


class FileError(ValueError):
    """A scale or sheet file that cannot be used; carries every problem found, in file order."""

    def __init__(self, problems: Iterable[Problem], *, name: str = "") -> None:
        self.problems = tuple(sorted(problems, key=lambda one: (one.line, one.column)))
        self.name = name
        super().__init__("\n".join(self.sentences()))

    def sentences(self, lang: Lang = "vi") -> list[str]:
        """One sentence for each problem, with file, line and key."""
        return [problem.sentence(name=self.name, lang=lang) for problem in self.problems]


class Report:
    """Collects the problems of one file while it is checked."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, mark: Mark, key: str, code: str, words: Words) -> None:
        """Note one problem."""
        self.problems.append(problem_at(mark, key, code, words))

    def stop_if_any(self, name: str) -> None:
        """Raise `FileError` when something was noted."""
        if self.problems:
            raise FileError(self.problems, name=name)


def shown(text: str) -> str:
    """Text of the file as it is quoted in a message: one line, not too long."""
    flat = " ".join(text.split())
    cut = flat if len(flat) <= SHOWN_CHARACTERS else flat[: SHOWN_CHARACTERS - 1] + "…"
    return f"“{cut}”"
