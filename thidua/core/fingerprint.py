"""Dấu vân tay của bản đã thông qua: canonical JSON and its SHA-256.

The canonical form has sorted keys, no spaces, UTF-8 in NFC, and exact numbers as strings the way
result/1 writes them. Equal content gives equal bytes; floats are refused.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from fractions import Fraction

from thidua.core.points import result_text


def canonical_json(content: object) -> str:
    """Write plain content (mappings, lists, texts, whole numbers, fractions) in its one form.

    Raises TypeError for anything else, floats among it, and for keys that are not texts or that
    become equal.
    """
    return json.dumps(
        _plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def fingerprint(content: object) -> str:
    """The SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(content).encode("utf-8")).hexdigest()


def _plain(content: object) -> object:
    if content is None or isinstance(content, (bool, int)):
        return content
    if isinstance(content, str):
        return unicodedata.normalize("NFC", content)
    if isinstance(content, Fraction):
        return result_text(content)
    if isinstance(content, (list, tuple)):
        return [_plain(item) for item in content]
    if isinstance(content, Mapping):
        return _mapping(content)
    raise TypeError(f"not part of a canonical form: {type(content).__name__}")


def _mapping(content: Mapping[object, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, value in content.items():
        if not isinstance(key, str):
            raise TypeError(f"keys are texts, not {type(key).__name__}")
        name = unicodedata.normalize("NFC", key)
        if name in plain:
            raise TypeError(f"two keys become one: {name}")
        plain[name] = _plain(value)
    return plain
