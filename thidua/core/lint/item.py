"""Một nhận xét về thang điểm: what a lint rule found and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Level = Literal["error", "warning", "notice"]
Path = tuple[str | int, ...]


class Words(NamedTuple):
    """A sentence in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One finding of the lint (FORMAT section 9).

    `code` is the code of the node, gate or class, or "scale", "classification", "ranking";
    `path` leads to the place in the file (keys and positions); `words` say what is wrong with the
    figures in it, `advice` what to do.
    """

    level: Level
    lint: str
    code: str
    path: Path
    words: Words
    advice: Words

    def sentence(self, lang: Literal["vi", "en"] = "vi") -> str:
        """What is wrong and what to do, in the wanted language."""
        if lang == "vi":
            return f"{self.words.vi} {self.advice.vi}"
        return f"{self.words.en} {self.advice.en}"
