"""Nơi nhắc tới dòng và số liệu: conditions, tie breaks, floors; renaming follows everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_CONDITIONS = ("when", "exempt_when", "if")


def rename_codes(plain: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A scale, or a single node, in which lines bear other codes; references follow.

    All codes change at once, so that two lines may exchange theirs.
    """
    made = {key: _renamed(key, value, names) for key, value in plain.items()}
    if "kind" in made and made.get("code") in names:
        made["code"] = names[made["code"]]
    return made


def _renamed(key: str, value: Any, names: Mapping[str, str]) -> Any:
    if key in ("criteria", "items"):
        return [rename_codes(node, names) for node in value]
    if key == "cases":
        return [{**case, "item": rename_codes(case["item"], names)} for case in value]
    if key in _CONDITIONS:
        return _condition(value, names)
    if key == "gates":
        return [{**gate, "when": _condition(gate["when"], names)} for gate in value or ()]
    if key == "classification":
        return {**value, "classes": [_class(one, names) for one in value["classes"]]}
    if key == "ranking" and value:
        breaks = [_tie_break(one, names) for one in value.get("tie_breaks") or ()]
        return {**value, "tie_breaks": breaks} if "tie_breaks" in value else value
    return value


def _condition(plain: Any, names: Mapping[str, str]) -> Any:
    if not isinstance(plain, Mapping):
        return plain
    made: dict[str, Any] = {}
    for key, value in plain.items():
        if key in ("all", "any"):
            made[key] = [_condition(part, names) for part in value]
        elif key == "not":
            made[key] = _condition(value, names)
        else:
            made[key] = names.get(value, value) if key in ("points", "percent") else value
    return made


def _class(one: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    made = {key: _condition(value, names) if key == "if" else value for key, value in one.items()}
    floor = made.get("floor")
    if isinstance(floor, Mapping) and isinstance(floor.get("over"), list):
        made["floor"] = {**floor, "over": [names.get(code, code) for code in floor["over"]]}
    return made


def _tie_break(one: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        key: names.get(value, value) if key in ("points", "percent") else value
        for key, value in one.items()
    }
