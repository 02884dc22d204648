"""Phiếu điểm của đơn vị: the sheets of one bloc as plain values (FORMAT appendix)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from thidua.core.scale import Period

Input = Mapping[str, object]
NO_INPUT: Input = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one unit entered: facts (`fields`) and inputs by node code (copies as CODE@n).

    Values are plain: None, bool, int, Fraction, str, `UnreadNumber`, lists and mappings of these.
    """

    unit: str
    type: str | None = None
    period: Period | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSet:
    """The sheets of all units of a bloc; `period` is for sheets that carry none."""

    sheets: tuple[Sheet, ...]
    period: Period | None = None
