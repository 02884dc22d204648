"""Reading typed values out of plain mappings that the schema has already accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import cast

from thidua.core.number import UnreadNumber, as_number

Plain = Mapping[str, object]


class NotANumber(ValueError):
    """A figure of the scale that FORMAT section 2 does not allow, or a divisor of 0.

    `where` is the node code or header key, `key` the key, `text` what stands there.
    """

    def __init__(self, *, where: str, key: str, text: str) -> None:
        super().__init__(f"{where}.{key}: {text}")
        self.where = where
        self.key = key
        self.text = text


def number(plain: Plain, key: str, *, where: str) -> Fraction:
    """The number under a key that must be there."""
    return exact(plain[key], where=where, key=key)


def number_or(plain: Plain, key: str, default: Fraction | None, *, where: str) -> Fraction | None:
    """The number under a key; null is None; the default when the key is absent."""
    if key not in plain:
        return default
    return None if plain[key] is None else exact(plain[key], where=where, key=key)


def number_given(plain: Plain, key: str, default: Fraction, *, where: str) -> Fraction:
    """The number under a key that cannot be null; the default when it is absent."""
    return exact(plain[key], where=where, key=key) if key in plain else default


def exact(value: object, *, where: str, key: str) -> Fraction:
    """The exact number a plain value stands for; raises `NotANumber`."""
    found = as_number(value)
    if found is None:
        shown = value.text if isinstance(value, UnreadNumber) else str(value)
        raise NotANumber(where=where, key=key, text=shown)
    return found


def text(plain: Plain, key: str, default: str = "") -> str:
    """The text under a key, or the default when it is absent."""
    return str(plain.get(key, default))


def text_or_none(plain: Plain, key: str) -> str | None:
    """The text under a key, or None when it is absent or null."""
    found = plain.get(key)
    return None if found is None else str(found)


def texts(value: object) -> tuple[str, ...]:
    """A list of texts as a tuple; a single text counts as a list of one; None as empty."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(item) for item in sequence(value))


def mapping(value: object) -> Plain:
    """A mapping the schema has promised; null counts as empty."""
    return cast("Plain", value) if value is not None else {}


def sequence(value: object) -> Sequence[object]:
    """A list the schema has promised; null counts as empty."""
    return cast("Sequence[object]", value) if value is not None else ()


def literal(plain: Plain, key: str, default: str) -> str:
    """One of the words the schema allows under a key."""
    return str(plain.get(key, default))
