"""Widths of Times letters, so that pages are laid out alike on every machine and in both formats.

The figures are the advance widths of Times for the characters 32 to 126, in 1/1000 of the type
size; Times New Roman, Liberation Serif and Tinos share them. A Vietnamese letter is as wide as its
base letter, except ơ and ư. Lengths are in millimetres, type sizes in points; they place ink on
paper and never touch a score, so floats are right here.
"""

from __future__ import annotations

import unicodedata

MM_PER_POINT = 25.4 / 72
_REGULAR = """
    250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500
    500 500 500 500 500 500 500 278 278 564 564 564 444 921 722 667 667 722 611
    556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722
    722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500
    278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541
"""
_BOLD = """
    250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500
    500 500 500 500 500 500 500 333 333 570 570 570 500 930 722 667 722 722 667
    611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722
    722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556
    278 833 556 500 556 556 444 389 333 556 500 722 500 500 444 394 220 394 520
"""
_HORN = "\u031b"
_HORNED = {
    False: {"o": 529, "O": 722, "u": 542, "U": 776},
    True: {"o": 554, "O": 778, "u": 600, "U": 796},
}
_LIKE = {"đ": "d", "Đ": "D", "°": "z", "−": "+", "–": "n", "“": "a", "”": "a", "…": "W"}
_UNKNOWN = 1000  # as wide as high: a sign we have no figure for never overflows


def _table(figures: str) -> dict[str, int]:
    return {chr(code): int(width) for code, width in enumerate(figures.split(), 32)}


_WIDTHS = {False: _table(_REGULAR), True: _table(_BOLD)}


def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """How long the text is on one line, at that type size."""
    units = sum(_units(letter, bold=bold) for letter in unicodedata.normalize("NFC", text))
    return units * size * MM_PER_POINT / 1000


def _units(letter: str, *, bold: bool) -> int:
    if letter in _WIDTHS[bold]:
        return _WIDTHS[bold][letter]
    parts = unicodedata.normalize("NFD", letter)
    if _HORN in parts[1:]:
        return _HORNED[bold].get(parts[0], _UNKNOWN)
    if unicodedata.combining(parts[0]):
        return 0
    return _WIDTHS[bold].get(_LIKE.get(letter, parts[0]), _UNKNOWN)
