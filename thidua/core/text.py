"""Chữ tiếng Việt: one spelling for typed text, a form for searching, an order for sorting. Pure."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n"})
_INVISIBLE = dict.fromkeys(
    [code for code in (*range(1, 32), *range(127, 160)) if code not in (9, 10)]
    + [0x00AD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF]
)
_WORDS = re.compile(r"[^\W_]+")
_PIECES = re.compile(r"[0-9]+|[^\W0-9_]+")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: place for place, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

SortKey = tuple[tuple[int, tuple[int, ...], int], ...]


def tidy(typed: str) -> str:
    """Typed or pasted text in its one stored spelling: NFC, plain line breaks, nothing invisible.

    NUL is left in place, so that whoever reads the text can refuse it.
    """
    lines = typed.replace("\r\n", "\n").translate(_LINE_BREAKS)
    return unicodedata.normalize("NFC", lines.translate(_INVISIBLE))


def one_line(typed: str) -> str:
    """Tidy text on one line, with single spaces: how names are stored and compared."""
    return " ".join(tidy(typed).split())


def fold(text: str) -> str:
    """Text for searching: no marks, đ as d, small letters, words parted by one space.

    "Sở Lao động - Thương binh và Xã hội" gives "so lao dong thuong binh va xa hoi".
    """
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_WORDS.findall(bare))


def sort_key(text: str) -> SortKey:
    """Key of the order of Vietnamese dictionaries: syllable by syllable, letters before tones.

    Tones: ngang, huyền, hỏi, ngã, sắc, nặng. Whole numbers come before letters, by size.
    """
    return tuple(_piece_key(piece) for piece in _PIECES.findall(tidy(text).casefold()))


def person_key(full_name: str) -> SortKey:
    """Key for lists of people: given name first, then the whole name."""
    return sort_key(full_name)[-1:] + sort_key(full_name)


def _piece_key(piece: str) -> tuple[int, tuple[int, ...], int]:
    if piece[0].isdecimal() and piece.isascii():
        return 0, (len(piece.lstrip("0")), *map(ord, piece.lstrip("0"))), 0
    tone = 0
    bare = unicodedata.normalize("NFC", _without_tone(piece))
    letters = tuple(_RANK.get(sign, len(_LETTERS) + ord(sign)) for sign in bare)
    for sign in unicodedata.normalize("NFD", piece):
        tone = _TONES.get(sign, tone)
    return 1, letters, tone


def _without_tone(piece: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", piece) if sign not in _TONES)


def whole(text: str, *, digits: int = 18) -> int | None:
    """The whole number that an address or a form names, None where the text is none.

    Eighteen digits are the most a database key has; Python itself refuses to read some thousands.
    """
    plain = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if plain else None
