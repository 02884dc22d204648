"""Hai người cùng sửa: what one changed and what the other changed, key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thidua.core.fingerprint import canonical_json

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Merged:
    """The values after both changes; `clashes` are keys that both changed to different values."""

    values: dict[str, Any]
    clashes: tuple[str, ...] = ()
    theirs: tuple[str, ...] = field(default=())  # keys taken over from the other person


def merged(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Lay my changes since `base` over theirs; a clash keeps their value and is named."""
    values: dict[str, Any] = {}
    clashes, taken = [], []
    for key in dict.fromkeys((*theirs, *mine, *base)):
        was, my, other = (side.get(key, _ABSENT) for side in (base, mine, theirs))
        if same(my, was) or same(my, other):
            chosen = other
            if not same(other, was) and not same(my, other):
                taken.append(key)
        elif same(other, was):
            chosen = my
        else:
            chosen = other
            clashes.append(key)
        if chosen is not _ABSENT:
            values[key] = chosen
    return Merged(values, tuple(clashes), tuple(taken))


def same(one: Any, other: Any) -> bool:
    """Whether two plain values say the same, however their numbers are written."""
    if one is _ABSENT or other is _ABSENT:
        return one is other
    return canonical_json(one) == canonical_json(other)
