"""Bản chuẩn để lấy dấu vân tay: one JSON text for the same content, however it was typed.

Keys are sorted, numbers are their shortest decimal, nothing is escaped that need not be.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from thidua.core.number import UnreadNumber
from thidua.core.points import result_text


def canonical_json(plain: object) -> str:
    """Canonical JSON of plain values; it reads back (as JSON) to the same values.

    Figures the format does not allow are written as text. Raises TypeError for other types.
    """
    if isinstance(plain, bool) or plain is None:
        return json.dumps(plain)
    if isinstance(plain, (int, Fraction)):
        return number_text(Fraction(plain))
    if isinstance(plain, UnreadNumber):
        return _quoted(plain.text)
    if isinstance(plain, str):
        return _quoted(plain)
    if isinstance(plain, Mapping):
        pairs = sorted((str(key), value) for key, value in plain.items())
        return "{" + ",".join(f"{_quoted(k)}:{canonical_json(v)}" for k, v in pairs) + "}"
    if isinstance(plain, Sequence):
        return "[" + ",".join(canonical_json(item) for item in plain) + "]"
    raise TypeError(f"no plain value: {type(plain).__name__}")


def fingerprint(plain: object) -> str:
    """SHA-256 of the canonical JSON, in hex: the same scale has the same, whatever its layout."""
    return hashlib.sha256(canonical_json(plain).encode("utf-8")).hexdigest()


def number_text(number: Fraction) -> str:
    """The shortest decimal; a fraction that does not end is text in quotes ("20/3")."""
    text = result_text(number)
    return _quoted(text) if "/" in text else text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
