"""Nodes from plain values: what every node has, then one function per kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, cast

from thidua.core.loading.condition import FieldTypes, optional_condition
from thidua.core.loading.plain import (
    NotANumber,
    Plain,
    exact,
    literal,
    mapping,
    number,
    number_given,
    number_or,
    sequence,
    text,
    text_or_none,
    texts,
)
from thidua.core.node import (
    UNDECIDED,
    AppliesTo,
    Band,
    Bounds,
    Case,
    Count,
    Else,
    Evidence,
    Flag,
    Imported,
    Judged,
    Leader,
    Ledger,
    Linear,
    Node,
    Pick,
    RankTable,
    Recurs,
    Steps,
    Sum,
    Switch,
    X,
    XKind,
)
from thidua.core.number import ONE, ZERO, as_number

Common = dict[str, Any]


def node_from_plain(plain: Plain, types: FieldTypes) -> Node:
    """Read a node and everything below it."""
    return _KINDS[str(plain["kind"])](plain, types, _common(plain, types))


def bounds_from_plain(plain: Plain, *, where: str) -> Bounds:
    """Read the bounds of a band, a case or a class."""
    limits = {key: number_or(plain, key, None, where=where) for key in ("ge", "gt", "le", "lt")}
    return Bounds(**limits, eq=_equal_to(plain, where))


def evidence_from_plain(plain: Plain) -> Evidence | None:
    """Read the key `evidence` of a node or gate."""
    if "evidence" not in plain:
        return None
    found = mapping(plain["evidence"])
    return Evidence(bool(found.get("required", False)), texts(found.get("list")))


def _common(plain: Plain, types: FieldTypes) -> Common:
    code = str(plain["code"])
    return {
        "code": code,
        "label": text(plain, "label"),
        "part": literal(plain, "part", "base"),
        "stated_max": number_or(plain, "max", None, where=code),
        "unit": text_or_none(plain, "unit"),
        "note": text(plain, "note"),
        "slot": bool(plain.get("slot", False)),
        "verifiers": texts(plain.get("verifier")),
        "not_applicable": text_or_none(plain, "not_applicable"),
        "not_assigned_with_result": text_or_none(plain, "not_assigned_with_result"),
        **_modifiers(plain, types),
    }


def _modifiers(plain: Plain, types: FieldTypes) -> Common:
    return {
        "when": optional_condition(plain, "when", types),
        "exempt_when": optional_condition(plain, "exempt_when", types),
        "applies_to": _applies_to(plain),
        "recurs": _recurs(plain),
        "evidence": evidence_from_plain(plain),
        "due": text_or_none(plain, "due"),
    }


def _applies_to(plain: Plain) -> AppliesTo | None:
    if "applies_to" not in plain:
        return None
    found = mapping(plain["applies_to"])
    return AppliesTo(
        types=texts(found["types"]) if "types" in found else None,
        units=texts(found["units"]) if "units" in found else None,
        except_units=texts(found.get("except_units")),
        start=text_or_none(found, "from"),
        end=text_or_none(found, "to"),
    )


def _recurs(plain: Plain) -> Recurs | None:
    if "recurs" not in plain:
        return None
    found = mapping(plain["recurs"])
    times = int(cast("int", found["times"]))
    return Recurs(times, "mean" if found.get("combine") == "mean" else "sum")


def _x(plain: Plain) -> X:
    found = plain.get("x", "value")
    if isinstance(found, str):
        return X(cast("XKind", found))
    return X("field", str(mapping(found)["field"]))


def _otherwise(plain: Plain, where: str) -> Else:
    found = plain["else"]
    return UNDECIDED if found == UNDECIDED else exact(found, where=where, key="else")


def _equal_to(plain: Plain, where: str) -> Fraction | str | None:
    value = plain.get("eq")
    if isinstance(value, str):
        found = as_number(value)
        return value if found is None else found
    return None if value is None else exact(value, where=where, key="eq")


def _divisor(plain: Plain, where: str) -> Fraction:
    per = number_given(plain, "per", ONE, where=where)
    if not per:
        raise NotANumber(where=where, key="per", text="0")
    return per


def _items(plain: Plain, types: FieldTypes) -> tuple[Node, ...]:
    return tuple(node_from_plain(mapping(item), types) for item in sequence(plain["items"]))


def _sum(plain: Plain, types: FieldTypes, common: Common) -> Node:
    where = common["code"]
    return Sum(
        **common,
        items=_items(plain, types),
        cap=number_or(plain, "cap", None, where=where),
        floor=number_or(plain, "floor", None, where=where),
    )


def _ledger(plain: Plain, types: FieldTypes, common: Common) -> Node:
    where = common["code"]
    return Ledger(
        **common,
        start=number(plain, "start", where=where),
        items=_items(plain, types),
        bonus_cap=number_or(plain, "bonus_cap", None, where=where),
        deduct_cap=number_or(plain, "deduct_cap", None, where=where),
        cap=number_or(plain, "cap", None, where=where),
        floor=number_or(plain, "floor", ZERO, where=where),
        states_floor="floor" in plain,
    )


def _pick(plain: Plain, types: FieldTypes, common: Common) -> Node:
    mode = literal(plain, "mode", "max")
    return Pick(**common, mode=cast("Any", mode), items=_items(plain, types))


def _switch(plain: Plain, types: FieldTypes, common: Common) -> Node:
    where = common["code"]
    cases = tuple(
        Case(
            bounds_from_plain(mapping(case), where=where),
            node_from_plain(mapping(mapping(case)["item"]), types),
        )
        for case in sequence(plain["cases"])
    )
    return Switch(**common, cases=cases, otherwise=_otherwise(plain, where), x=_x(plain))


def _count(plain: Plain, _types: FieldTypes, common: Common) -> Node:
    where = common["code"]
    cap = number_or(plain, "cap", None, where=where)
    return Count(**common, each=number(plain, "each", where=where), cap=cap, x=_x(plain))


def _flag(plain: Plain, types: FieldTypes, common: Common) -> Node:
    where = common["code"]
    return Flag(
        **common,
        hit=number(plain, "hit", where=where),
        miss=number_given(plain, "miss", ZERO, where=where),
        condition=optional_condition(plain, "if", types),
    )


def _steps(plain: Plain, _types: FieldTypes, common: Common) -> Node:
    where = common["code"]
    bands = tuple(
        Band(bounds_from_plain(band, where=where), number(band, "pts", where=where))
        for band in map(mapping, sequence(plain["bands"]))
    )
    return Steps(
        **common,
        bands=bands,
        otherwise=_otherwise(plain, where),
        x=_x(plain),
        whole=bool(plain.get("whole", False)),
    )


def _linear(plain: Plain, _types: FieldTypes, common: Common) -> Node:
    where = common["code"]
    return Linear(
        **common,
        origin=number(plain, "from", where=where),
        each=number(plain, "each", where=where),
        per=_divisor(plain, where),
        at=number_given(plain, "at", ZERO, where=where),
        whole=bool(plain.get("whole", False)),
        cap=number_or(plain, "cap", None, where=where),
        floor=number_or(plain, "floor", None, where=where),
        x=_x(plain),
    )


def _leader(plain: Plain, _types: FieldTypes, common: Common) -> Node:
    at_target = number_given(plain, "at_target", Fraction(1, 2), where=common["code"])
    return Leader(**common, at_target=at_target)


def _rank_table(plain: Plain, _types: FieldTypes, common: Common) -> Node:
    where = common["code"]
    table = tuple(exact(value, where=where, key="table") for value in sequence(plain["table"]))
    return RankTable(
        **common,
        table=table,
        otherwise=number_given(plain, "else", ZERO, where=where),
        order="asc" if plain.get("order") == "asc" else "desc",
        ties="mean" if plain.get("ties") == "mean" else "shared",
    )


def _judged(plain: Plain, _types: FieldTypes, common: Common) -> Node:
    return Judged(**common, minimum=number_or(plain, "min", ZERO, where=common["code"]))


def _imported(plain: Plain, _types: FieldTypes, common: Common) -> Node:
    return Imported(**common, minimum=number_or(plain, "min", ZERO, where=common["code"]))


_KINDS: Mapping[str, Callable[[Plain, FieldTypes, Common], Node]] = {
    "sum": _sum,
    "ledger": _ledger,
    "pick": _pick,
    "switch": _switch,
    "count": _count,
    "flag": _flag,
    "steps": _steps,
    "linear": _linear,
    "leader": _leader,
    "rank_table": _rank_table,
    "judged": _judged,
    "imported": _imported,
}
