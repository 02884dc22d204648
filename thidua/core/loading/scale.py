"""A whole scale from plain values."""

from __future__ import annotations

from typing import Any, cast

from thidua.core.loading.condition import FieldTypes, condition_from_plain, optional_condition
from thidua.core.loading.node import bounds_from_plain, evidence_from_plain, node_from_plain
from thidua.core.loading.plain import (
    Plain,
    literal,
    mapping,
    number,
    number_or,
    sequence,
    text,
    text_or_none,
    texts,
)
from thidua.core.number import ZERO
from thidua.core.scale import (
    ClassDef,
    ClassFloor,
    Classification,
    FieldDef,
    Gate,
    Header,
    Period,
    Ranking,
    Scale,
    Source,
    TieBreak,
)


def scale_from_plain(plain: Plain) -> Scale:
    """Build the model of a scale/1 file from values the schema has accepted.

    Strings stand for numbers where the schema says so. Raises only `NotANumber`; duplicate
    codes and unknown references are found by the lint, which works on the model.
    """
    fields = tuple(_field(name, mapping(found)) for name, found in _pairs(plain, "fields"))
    types = {field.name: field.type for field in fields}
    return Scale(
        name=text(plain, "name"),
        version=text(plain, "version"),
        title=text(plain, "title"),
        source=_source(mapping(plain["source"])),
        header=_header(mapping(plain["scale"])),
        sections=tuple(node_from_plain(mapping(n), types) for n in sequence(plain["criteria"])),
        fields=fields,
        period=period_from_plain(plain.get("period")),
        gates=tuple(_gate(mapping(gate), types) for gate in sequence(plain.get("gates"))),
        classification=_classification(plain, types),
        ranking=_ranking(mapping(plain.get("ranking"))),
        states_ranking="ranking" in plain,
    )


def period_from_plain(plain: object) -> Period | None:
    """Read a period with keys from and to; None when there is none."""
    if plain is None:
        return None
    found = mapping(plain)
    return Period(text(found, "from"), text(found, "to"))


def _pairs(plain: Plain, key: str) -> list[tuple[str, object]]:
    return list(mapping(plain.get(key)).items())


def _field(name: str, plain: Plain) -> FieldDef:
    kind = cast("Any", literal(plain, "type", "text"))
    return FieldDef(name, kind, text_or_none(plain, "unit"), text(plain, "label"))


def _source(plain: Plain) -> Source:
    completeness = cast("Any", literal(plain, "completeness", "full"))
    return Source(text(plain, "ref"), completeness, text(plain, "note"))


def _header(plain: Plain) -> Header:
    where = "scale"
    return Header(
        base=number_or(plain, "base", None, where=where),
        bonus_cap=number_or(plain, "bonus_cap", None, where=where),
        deduct_cap=number_or(plain, "deduct_cap", None, where=where),
        max_total=number_or(plain, "max_total", None, where=where),
        min_total=number_or(plain, "min_total", ZERO, where=where),
        decimals=int(cast("int", plain["decimals"])),
        percent_decimals=int(cast("int", plain.get("percent_decimals", 2))),
        rounding="half_even" if plain["rounding"] == "half_even" else "half_up",
        round_at="leaf" if plain.get("round_at") == "leaf" else "total",
        not_applicable=cast("Any", plain["not_applicable"]),
        not_assigned_with_result=cast("Any", literal(plain, "not_assigned_with_result", "ignore")),
    )


def _gate(plain: Plain, types: FieldTypes) -> Gate:
    return Gate(
        code=text(plain, "code"),
        label=text(plain, "label"),
        when=condition_from_plain(plain["when"], types),
        effect=cast("Any", literal(plain, "effect", "unranked")),
        by=int(cast("int", plain.get("by", 1))),
        evidence=evidence_from_plain(plain),
    )


def _classification(plain: Plain, types: FieldTypes) -> Classification | None:
    if "classification" not in plain:
        return None
    found = mapping(plain["classification"])
    classes = tuple(_class(mapping(one), types) for one in sequence(found["classes"]))
    return Classification(classes, "percent" if found.get("key") == "percent" else "points")


def _class(plain: Plain, types: FieldTypes) -> ClassDef:
    code = text(plain, "code")
    return ClassDef(
        code=code,
        label=text(plain, "label"),
        bounds=bounds_from_plain(plain, where=code),
        floor=_floor(plain, code),
        condition=optional_condition(plain, "if", types),
    )


def _floor(plain: Plain, where: str) -> ClassFloor | None:
    if "floor" not in plain:
        return None
    found = mapping(plain["floor"])
    over = found["over"]
    words = cast("Any", over) if isinstance(over, str) else texts(over)
    return ClassFloor(words, number(found, "percent", where=where))


def _ranking(plain: Plain) -> Ranking:
    breaks = tuple(_tie_break(mapping(one)) for one in sequence(plain.get("tie_breaks")))
    return Ranking("percent" if plain.get("key") == "percent" else "points", breaks)


def _tie_break(plain: Plain) -> TieBreak:
    subject = next(word for word in ("points", "percent", "field", "total") if word in plain)
    order = "asc" if plain.get("order") == "asc" else "desc"
    return TieBreak(cast("Any", subject), str(plain[subject]), cast("Any", order))
