"""Lines typed with their pages: "I.1 trang 4; II.3 tr. 12" as places, and back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from thidua.core.text import one_line
from thidua.year.progress.models import Citation

_BARE_PAGES = re.compile(
    r"(?:tr(?:ang|g)?\.?|p\.?)?\s*([0-9]{1,5}(?:\s*[-–,]\s*[0-9]{1,5})*)", re.I
)
_COPY = re.compile(r"@[0-9]{1,3}", re.ASCII)  # one period of a recurring line
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the scale and where in the document it is proved."""

    code: str
    page: str = ""


def read_places(typed: str, codes: Collection[str]) -> tuple[list[Place], list[str]]:
    """The places of a typed text, and the pieces that name no line of the scale.

    Pieces are parted by ";" or a new line; each is a line's code and, if wanted, the page. A bare
    figure is a page: "I.1 4" and "I.1 tr. 4" are both "trang 4".
    """
    places, strange = [], []
    for piece in re.split(r"[;\n]", typed):
        words = one_line(piece).strip(" ,.")
        if not words:
            continue
        code = _code_at_start(words, codes)
        if code is None:
            strange.append(words)
            continue
        copy = _COPY.match(words[len(code) :])
        code += copy[0] if copy else ""
        places.append(Place(code, page_words(words[len(code) :])))
    return places, strange


def page_words(typed: str) -> str:
    """A page as it is stored: a bare figure becomes "trang 4"; other words stay."""
    words = one_line(typed).strip(" :,.()–-")
    found = _BARE_PAGES.fullmatch(words)
    if found is None:
        return words
    return "trang " + re.sub(r"\s*[-–]\s*", "-", found[1])


def beyond(page: str, pages: int | None) -> str:
    """What is wrong with a cited page, in words: a file of `pages` pages has no such one. Empty
    when it has, when its pages were not counted, or when other words than pages are cited."""
    found = _BARE_PAGES.fullmatch(page.strip())
    last = max(map(int, re.findall(r"[0-9]+", found[1]))) if found else 0
    return f"dẫn {page.strip()}, tệp chỉ có {pages} trang" if pages and last > pages else ""


def places_text(citations: Iterable[Citation]) -> str:
    """Citations as people read them: "I.1, trang 4; II.3"."""
    return "; ".join(f"{one.code}, {one.page}" if one.page else one.code for one in citations)


def _code_at_start(words: str, codes: Collection[str]) -> str | None:
    """The longest code with which the words begin, in any case of letters."""
    lower = words.casefold()
    fitting = [
        code
        for code in codes
        if lower.startswith(code.casefold())
        and not words[len(code) : len(code) + 1].isalnum()
        and not re.match(r"\.\w", words[len(code) :])
    ]
    return max(fitting, key=len, default=None)
