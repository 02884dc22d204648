"""Small valid documents of every kind, and what becomes of them when one thing is changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator

Json = dict[str, object]
Path = tuple[str | int, ...]

HEADER: Json = {
    "base": 100,
    "bonus_cap": 10,
    "deduct_cap": "5/2",
    "max_total": None,
    "min_total": 0,
    "decimals": 1,
    "percent_decimals": 2,
    "rounding": "half_up",
    "round_at": "leaf",
    "not_applicable": "zero",
    "not_assigned_with_result": "leader",
}
SCALE: Json = {
    "format": "scale/1",
    "name": "khoi-so-nganh",
    "version": "2",
    "title": "Thang điểm",
    "source": {"ref": "Quy chế", "completeness": "full", "note": ""},
    "period": {"from": "2026-01-01", "to": "2026-12-31"},
    "fields": {
        "da_nop": {"type": "flag", "unit": "", "label": "Đã nộp"},
        "so_tre": {"type": "number"},
    },
    "scale": HEADER,
    "criteria": [],
    "gates": [
        {
            "code": "G1",
            "label": "Không nộp",
            "when": {"not": "da_nop"},
            "effect": "demote",
            "by": 1,
            "evidence": {"required": True, "list": ["Biên bản"]},
        }
    ],
    "classification": {
        "key": "percent",
        "classes": [
            {
                "code": "XS",
                "label": "Xuất sắc",
                "ge": 90,
                "if": "da_nop",
                "floor": {"over": ["I"], "percent": 80},
            },
            {
                "code": "K",
                "label": "Khá",
                "gt": 50,
                "lt": 90,
                "floor": {"over": "leaves", "percent": "1/2"},
            },
        ],
    },
    "ranking": {
        "key": "points",
        "tie_breaks": [{"points": "I"}, {"field": "so_tre", "order": "asc"}, {"total": "percent"}],
    },
}
LEAF: Json = {"code": "A", "kind": "judged", "max": 10}
MODIFIED: Json = {
    **LEAF,
    "label": "Chất lượng",
    "part": "bonus",
    "unit": "việc",
    "note": "ghi chú",
    "min": None,
    "when": {"all": ["da_nop", {"any": [{"field": "so_tre", "le": 3, "ne": 2}]}]},
    "exempt_when": {"not": {"points": "I.1", "ge": 1}},
    "applies_to": {
        "types": ["so"],
        "units": ["Sở Y tế"],
        "except_units": [],
        "from": "2026-01-01",
        "to": "2026-06-30",
    },
    "recurs": {"times": 12, "combine": "mean"},
    "evidence": {"required": False, "list": []},
    "verifier": ["Văn phòng"],
    "slot": True,
    "due": "2026-12-15",
    "not_applicable": "substitute",
    "not_assigned_with_result": "own_group",
}
NODES: dict[str, Json] = {
    "judged": MODIFIED,
    "sum": {"code": "S", "kind": "sum", "items": [LEAF], "cap": None, "floor": 0, "max": 10},
    "ledger": {
        "code": "L",
        "kind": "ledger",
        "start": 20,
        "items": [{"code": "L.1", "kind": "count", "each": -1, "cap": None}],
        "bonus_cap": 2,
        "deduct_cap": None,
        "cap": 30,
        "floor": None,
        "exempt_when": "da_nop",
    },
    "pick": {"code": "P", "kind": "pick", "mode": "chosen", "items": [LEAF]},
    "count": {"code": "C", "kind": "count", "each": "0.5", "cap": "3/2", "x": {"field": "so_tre"}},
    "flag": {
        "code": "F",
        "kind": "flag",
        "hit": 2,
        "miss": -1.5,
        "if": {"field": "so_tre", "in": [1, "x", True]},
    },
    "steps": {
        "code": "T",
        "kind": "steps",
        "x": "percent",
        "whole": True,
        "bands": [
            {"ge": 90, "lt": 100, "pts": 5},
            {"eq": "đủ", "pts": 3},
            {"gt": 1, "le": 2, "pts": 0},
        ],
        "else": "undecided",
        "max": 5,
    },
    "switch": {
        "code": "W",
        "kind": "switch",
        "x": "days_late",
        "cases": [
            {"ge": 1, "item": LEAF},
            {"eq": 0, "item": {"code": "B", "kind": "flag", "hit": 1}},
        ],
        "else": 0,
    },
    "linear": {
        "code": "N",
        "kind": "linear",
        "x": "value",
        "from": 92,
        "at": 0,
        "per": 1,
        "each": 0.1,
        "whole": False,
        "cap": 5,
        "floor": None,
    },
    "leader": {
        "code": "D",
        "kind": "leader",
        "max": 20,
        "at_target": "1/2",
        "verifier": "Sở Nội vụ",
    },
    "rank_table": {
        "code": "R",
        "kind": "rank_table",
        "table": [10, "8.5", 6],
        "else": 0,
        "order": "asc",
        "ties": "mean",
    },
    "imported": {"code": "M", "kind": "imported", "min": 0, "max": None},
}
VALUES: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    400,
    "",
    "từ lạ",
    "@x",
    "da_nop",
    "0.5",
    "-3",
    "+2",
    "1/0",
    "961,5",
    "undecided",
    "max",
    "percent",
    "2026-02-03",
    [],
    ["a"],
    [1],
    {},
    {"field": "so_tre"},
    {"field": "so_tre", "ge": 1},
    {"points": "I", "percent": "I", "ge": 1},
    {"all": []},
    {"any": ["da_nop"], "not": "da_nop"},
    {"required": True},
    LEAF,
)


def documents() -> Iterator[tuple[str, Json]]:
    """Valid scales: the header alone, and one for each kind."""
    yield "header", SCALE
    for kind, node in NODES.items():
        yield kind, {**SCALE, "gates": [], "fields": {}, "criteria": [node]}


def mutations(name: str, document: Json) -> Iterator[Json]:
    """The document with one key removed, added or renamed, or one value replaced."""
    start: Path = () if name == "header" else ("criteria", 0)
    for path in list(_paths(_at(document, start), start)):
        for value in VALUES:
            yield _with(document, path, value)
        if path:
            yield _without(document, path)
        if isinstance(_at(document, path), dict):
            for key in ("lạ", "cap", "floor", "items", "max", "ge", "gt", "le", "eq", "else", "by"):
                yield _with(document, (*path, key), 1)


def _paths(tree: object, path: Path) -> Iterator[Path]:
    yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _paths(value, (*path, key))
    if isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from _paths(value, (*path, number))


def _at(tree: object, path: Path) -> object:
    for step in path:
        tree = tree[step]  # type: ignore[index]  # paths come from the tree itself
    return tree


def _with(document: Json, path: Path, value: object) -> Json:
    if not path:
        return value  # type: ignore[return-value]  # a whole document that is no mapping
    changed = copy.deepcopy(document)
    _at(changed, path[:-1])[path[-1]] = copy.deepcopy(value)  # type: ignore[index]  # as above
    return changed


def _without(document: Json, path: Path) -> Json:
    changed = copy.deepcopy(document)
    del _at(changed, path[:-1])[path[-1]]  # type: ignore[attr-defined]  # paths come from the tree
    return changed
