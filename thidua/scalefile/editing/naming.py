"""Mã dòng: the code that comes next in its place, as a bảng điểm counts (I, I.1, I.1.a)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_LAST_NUMBER = re.compile(r"(.*?)([0-9]+)", re.DOTALL | re.ASCII)
_LAST_LETTER = re.compile(r"(.*[^A-Za-z]|)([A-Za-z])", re.DOTALL | re.ASCII)
_ROMAN_VALUES = (
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMANS = 89  # as far as ten, ninety and one can count


def roman(number: int) -> str:
    """I, II, III, IV… for a section."""
    found = ""
    for value, sign in _ROMAN_VALUES:
        while number >= value:
            found, number = found + sign, number - value
    return found


def next_code(
    used: Iterable[str], siblings: Sequence[str], parent: Mapping[str, Any] | None
) -> str:
    """The code after the last of its place; never one that the scale has already."""
    taken = frozenset(used)
    if not siblings:
        begin = "I" if parent is None else f"{parent['code']}.1"
        return begin if begin not in taken else _count_on(begin, taken)
    return _count_on(siblings[-1], taken)


def fresh_code(used: Iterable[str], code: str, renamed: Mapping[str, str]) -> str:
    """The code of a copied line: that of its group changed as the group's was, or the next one."""
    taken = frozenset(used)
    for old, new in sorted(renamed.items(), key=lambda pair: -len(pair[0])):
        if code.startswith(old) and new + code[len(old) :] not in taken:
            return new + code[len(old) :]
    return _count_on(code, taken)


def renumbered(lines: Sequence[tuple[str, str]]) -> dict[str, str]:
    """New codes by old ones, for lines in file order as (code, code of the group above)."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for code, above in lines:
        counts[above] = counts.get(above, 0) + 1
        number = counts[above]
        names[code] = f"{names[above]}.{number}" if above else roman(number)
    return names


def _count_on(code: str, taken: frozenset[str]) -> str:
    found = code
    for _ in range(len(taken) + 1):
        found = _after(found)
        if found not in taken:
            return found
    return f"{code}.1"


def _after(code: str) -> str:
    for number in range(1, _ROMANS):
        if roman(number) == code:
            return roman(number + 1)
    counted = _LAST_NUMBER.fullmatch(code)
    if counted:
        return f"{counted[1]}{int(counted[2]) + 1}"
    lettered = _LAST_LETTER.fullmatch(code)
    if lettered and lettered[2] not in "zZ":
        return f"{lettered[1]}{chr(ord(lettered[2]) + 1)}"
    return f"{code}2"
