"""A small sound scale to spoil, and the lint of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from thidua.core.lint import Item, lint
from thidua.core.scale import Scale
from thidua.scalefile import load_scale

Plain = Mapping[str, object]
JUDGED: Plain = {"code": "A", "kind": "judged", "max": 10, "evidence": {"required": False}}
HEADER: Plain = {
    "base": None,
    "bonus_cap": None,
    "deduct_cap": None,
    "max_total": None,
    "decimals": 1,
    "rounding": "half_up",
    "not_applicable": "zero",
}


def scale_of(
    *criteria: Plain, header: Plain | None = None, completeness: str = "full", **keys: object
) -> Scale:
    """A scale with these criteria; `header` changes keys of the header, `keys` add top keys."""
    plain = {
        "format": "scale/1",
        "name": "thu",
        "version": "1",
        "title": "Thử",
        "source": {"ref": "Quy chế", "completeness": completeness},
        "fields": {"da_nop": {"type": "flag"}, "so_tre": {"type": "number"}},
        "scale": {**HEADER, **(header or {})},
        "criteria": list(criteria),
        **keys,
    }
    return load_scale(json.dumps(plain), name="thu.json").scale


def judged(code: str, max_: object = 10, **keys: object) -> Plain:
    """A judged line about which lint has nothing to say."""
    return {**JUDGED, "code": code, "max": max_, **keys}


def steps(*bands: Plain, **keys: object) -> Plain:
    """A steps line with these bands and points undecided otherwise."""
    found = [{"pts": 1, **band} for band in bands]
    return {"code": "S", "kind": "steps", "bands": found, "else": "undecided", **keys}


def found_in(scale: Scale) -> list[tuple[str, str, str]]:
    """Level, name and code of every finding."""
    return [(item.level, item.lint, item.code) for item in lint(scale)]


def names_in(scale: Scale) -> list[str]:
    """The names of the findings."""
    return [item.lint for item in lint(scale)]


def only(scale: Scale) -> Item:
    """The single finding about a scale."""
    items: Sequence[Item] = lint(scale)
    assert len(items) == 1
    return items[0]
