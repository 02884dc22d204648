"""Phần chung của thang điểm: keys of the scale itself, named so that two people rarely meet.

"title" is a key of the file, "scale.base" one of the header, "gate.G1" and "class.XS" one gate and
one class, "classification.key" what classes look at (FORMAT 3 and 7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast

from thidua.scalefile.editing.lines import CannotEdit, Plain, thawed

HEADER = "scale."
GATE = "gate."
CLASS = "class."
CLASS_KEY = "classification.key"


def part_values(plain: Mapping[str, Any], keys: Iterable[str]) -> Plain:
    """The named parts as they stand; a part that is not there is left out."""
    found: Plain = {}
    for key in keys:
        place, name = _place(plain, key)
        if name is not None and name in place:
            found[key] = place[name]
    return found


def with_parts(plain: Mapping[str, Any], values: Plain, keys: Iterable[str]) -> Plain:
    """The scale with those parts set, or taken out where `values` has none."""
    made = cast("Plain", thawed(plain))
    for key in keys:
        if key.startswith((GATE, CLASS)):
            _put_entry(made, key, values.get(key))
        elif key == CLASS_KEY:
            if made.get("classification"):
                _put(made["classification"], "key", values, key)
        elif key.startswith(HEADER):
            _put(made["scale"], key.removeprefix(HEADER), values, key)
        else:
            _put(made, key, values, key)
    return made


def entries(plain: Mapping[str, Any], kind: str) -> list[Plain]:
    """The gates (`GATE`) or the classes (`CLASS`) of a scale."""
    if kind == GATE:
        return list(plain.get("gates") or [])
    return list((plain.get("classification") or {}).get("classes") or [])


def entry_moved(plain: Mapping[str, Any], key: str, to: Literal["up", "down"]) -> Plain:
    """A gate or a class one place up or down."""
    made = cast("Plain", thawed(plain))
    kind, code = _split(key)
    listed = _list(made, kind)
    at = next((at for at, one in enumerate(listed) if one["code"] == code), None)
    if at is None:
        raise CannotEdit("Mục này không còn nữa. Tải lại trang để xem bản mới nhất.")
    target = at + (1 if to == "down" else -1)
    if not 0 <= target < len(listed):
        raise CannotEdit("Mục này đã ở đầu hoặc cuối danh sách.")
    listed.insert(target, listed.pop(at))
    return made


def _place(plain: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], str | None]:
    if key.startswith((GATE, CLASS)):
        kind, code = _split(key)
        found = {str(one["code"]): one for one in entries(plain, kind)}
        return found, code
    if key == CLASS_KEY:
        return plain.get("classification") or {}, "key"
    if key.startswith(HEADER):
        return plain["scale"], key.removeprefix(HEADER)
    return plain, key


def _put(place: Plain, name: str, values: Plain, key: str) -> None:
    if key in values:
        place[name] = values[key]
    else:
        place.pop(name, None)


def _put_entry(made: Plain, key: str, value: Plain | None) -> None:
    """Replace the entry of that code in its place, add it at the end, or take it out."""
    kind, code = _split(key)
    listed = _list(made, kind)
    at = next((at for at, one in enumerate(listed) if one["code"] == code), None)
    if value is not None and any(
        one["code"] == value["code"] for index, one in enumerate(listed) if index != at
    ):
        raise CannotEdit(f"Mã {value['code']} đã có ở mục khác. Ghi mã khác.")
    if value is None:
        if at is not None:
            del listed[at]
    elif at is None:
        listed.append(value)
    else:
        listed[at] = value
    if not listed:
        made.pop("gates" if kind == GATE else "classification", None)


def _list(made: Plain, kind: str) -> list[Plain]:
    if kind == GATE:
        made["gates"] = made.get("gates") or []
        return cast("list[Plain]", made["gates"])
    made["classification"] = made.get("classification") or {"classes": []}
    return cast("list[Plain]", made["classification"]["classes"])


def _split(key: str) -> tuple[str, str]:
    kind = GATE if key.startswith(GATE) else CLASS
    return kind, key.removeprefix(kind)
