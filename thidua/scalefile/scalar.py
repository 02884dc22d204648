"""Giá trị đơn: what a bare word of YAML means (FORMAT section 2), the same on every machine."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from thidua.core.number import number_from_text
from thidua.scalefile.tree import Scalar

_NULLS = frozenset({"", "~", "null"})
_TRUTHS = {"true": True, "false": False}
_NUMBER_LIKE = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    re.ASCII,
)


@lru_cache(maxsize=8192)
def bare_scalar(text: str) -> Scalar:
    """The value of an unquoted word: null, truth value, number, else text in NFC.

    A number the format does not allow (1e308, .5) stays an `UnreadNumber` with its text.
    """
    if text in _NULLS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _NUMBER_LIKE.fullmatch(text):
        return number_from_text(text)
    return normal(text)


def is_bare_text(text: str) -> bool:
    """Whether an unquoted word would be read back as this same text."""
    return bare_scalar(text) == text and isinstance(bare_scalar(text), str)


def normal(text: str) -> str:
    """Text with Vietnamese letters composed (NFC), however it was typed."""
    return unicodedata.normalize("NFC", text)
