"""Small scales and sheets for the tests of the core, in the words of the file format."""

from __future__ import annotations

from typing import Any

from thidua.core.loading import scale_from_plain, sheets_from_plain
from thidua.core.points import result_text
from thidua.core.result import NodeResult, Result, UnitResult
from thidua.core.scale import Scale
from thidua.core.score import score

Plain = dict[str, Any]
HEADER: Plain = {
    "base": None,
    "bonus_cap": None,
    "deduct_cap": None,
    "max_total": None,
    "min_total": None,
    "decimals": 2,
    "rounding": "half_up",
    "not_applicable": "drop_denominator",
}
FIELDS: Plain = {
    "so": {"type": "number"},
    "ngay": {"type": "date"},
    "co": {"type": "flag"},
    "chu": {"type": "text"},
}


def scale_of(*nodes: Plain, header: Plain | None = None, **keys: Any) -> Scale:
    """A scale of these nodes; `header` changes the key `scale`, `keys` adds top-level keys."""
    plain: Plain = {
        "format": "scale/1",
        "name": "thu",
        "version": "1",
        "title": "Thử",
        "source": {"ref": "thử", "completeness": "constructed"},
        "fields": FIELDS,
        "scale": HEADER | (header or {}),
        "criteria": list(nodes),
    }
    return scale_from_plain(plain | keys)


def score_all(scale: Scale, *units: Plain, **keys: Any) -> Result:
    """Score sheets given as inputs; units are called A, B, C …"""
    sheets = [
        {"unit": chr(ord("A") + place), "inputs": inputs} for place, inputs in enumerate(units)
    ]
    return score(scale, sheets_from_plain({"sheets": sheets, **keys}), explain=True)


def score_one(scale: Scale, inputs: Plain, **sheet: Any) -> UnitResult:
    """Score one sheet; `sheet` adds its fields, type or period."""
    plain = {"sheets": [{"unit": "A", "inputs": inputs, **sheet}]}
    return score(scale, sheets_from_plain(plain), explain=True).units[0]


def line(node: Plain, found: Plain, **sheet: Any) -> NodeResult:
    """Score one line on its own."""
    code = node.setdefault("code", "X")
    return score_one(scale_of(node), {code: found}, **sheet).nodes[code]


def points(node: Plain, found: Plain, **sheet: Any) -> str:
    """The points of a line as result/1 writes them, or its state while it has none."""
    scored = line(node, found, **sheet)
    return scored.state if scored.points is None else result_text(scored.points)


def column(node: Plain, *found: Plain) -> list[str]:
    """The points of a line for each unit of a bloc."""
    result = score_all(scale_of({"code": "X", **node}), *({"X": one} for one in found))
    lines = [unit.nodes["X"] for unit in result.units]
    return [one.state if one.points is None else result_text(one.points) for one in lines]


def reasons(scored: NodeResult | UnitResult) -> list[tuple[str, str]]:
    """Rule id and words of everything said about a line or a unit."""
    return [(found.rule_id, found.words) for found in scored.findings]


def told(node: Plain, found: Plain, **sheet: Any) -> list[tuple[str, str]]:
    """The reasons of a line on its own."""
    return reasons(line(node, found, **sheet))


def issues(unit: UnitResult) -> list[tuple[str, str, str]]:
    """Level, code and name of every issue."""
    return [(found.level, found.code, found.issue) for found in unit.issues]
