"""Giá trị trần thành JSON: for rows of a database and for programs; reads back to the same scale.

Keys keep their order (that of `fields` is the order of the form), numbers their exact decimals. The
fingerprint of a scale is that of the core, which looks at neither order nor layout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from thidua.core.number import UnreadNumber
from thidua.core.points import result_text


def plain_json(plain: object) -> str:
    """JSON of plain values on one line; it reads back to the same values.

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
        pairs = (f"{_quoted(str(key))}:{plain_json(value)}" for key, value in plain.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(plain, Sequence):
        return "[" + ",".join(plain_json(item) for item in plain) + "]"
    raise TypeError(f"no plain value: {type(plain).__name__}")


def number_text(number: Fraction) -> str:
    """The shortest decimal; a fraction that does not end is text in quotes ("20/3")."""
    text = result_text(number)
    return _quoted(text) if "/" in text else text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
