"""Dòng của thang điểm: find, add, move, copy and remove nodes of plain values (FORMAT 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from thidua.scalefile.editing.naming import fresh_code, next_code
from thidua.scalefile.editing.references import rename_codes

Plain = dict[str, Any]
Direction = Literal["up", "down", "in", "out"]
CONTAINERS = ("sum", "ledger", "pick", "switch")
BELOW = ("items", "cases")
BOUNDS = ("ge", "gt", "le", "lt", "eq")


class CannotEdit(ValueError):
    """A change that would leave no scale; the message is the Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A node and where it stands; `entry` is the node itself, or the case that holds it."""

    key: str
    node: Plain
    entry: Plain
    siblings: list[Plain]
    index: int
    above: tuple[Spot, ...]

    @property
    def parent(self) -> Spot | None:
        """The node directly above; None for a section."""
        return self.above[-1] if self.above else None

    @property
    def name(self) -> str:
        """Code and label, as sentences name the line."""
        return f"{self.node['code']} {self.node.get('label', '')}".strip()


def thawed(value: Any) -> Any:
    """A copy of plain values that may be changed; figures and texts are shared."""
    if isinstance(value, Mapping):
        return {key: thawed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [thawed(inner) for inner in value]
    return value


def spots(plain: Mapping[str, Any]) -> tuple[Spot, ...]:
    """Every line in file order, a group before its lines."""
    seen: Counter[str] = Counter()
    return tuple(_spots(cast("list[Plain]", plain["criteria"]), (), seen))


def spot_of(plain: Mapping[str, Any], key: str) -> Spot:
    """The line of a key. Raises `CannotEdit` when it is not there any more."""
    for spot in spots(plain):
        if spot.key == key:
            return spot
    raise CannotEdit(
        f"Dòng {key.partition('@')[0]} không còn trong dự thảo: người khác vừa xóa hoặc đổi mã. "
        "Tải lại trang để xem bản mới nhất."
    )


def children_of(node: Plain) -> list[Plain]:
    """The list below a container (`items`, or `cases` of a switch); empty for a leaf."""
    return cast("list[Plain]", node.get("items") or node.get("cases") or [])


def below(node: Plain) -> Iterator[Plain]:
    """The node and every node under it."""
    yield node
    for entry in children_of(node):
        yield from below(entry.get("item", entry))


def own_values(spot: Spot) -> Plain:
    """What a form shows of the line: its keys without the lines below, bounds of its case apart."""
    values = {key: thawed(value) for key, value in spot.node.items() if key not in BELOW}
    if spot.entry is not spot.node:
        values["case"] = {key: spot.entry[key] for key in BOUNDS if key in spot.entry}
    return values


def with_line(
    plain: Mapping[str, Any], line: Plain, *, under: str = "", after: str = ""
) -> tuple[Plain, str]:
    """A new line at the end of a group, or right after a line; gives the key of the line.

    A line without code gets the next one of its place. Raises `CannotEdit`.
    """
    made = cast("Plain", thawed(plain))
    parent: Plain | None
    if after:
        spot = spot_of(made, after)
        parent = spot.parent.node if spot.parent else None
        siblings, at = spot.siblings, spot.index + 1
    else:
        parent = spot_of(made, under).node if under else None
        siblings = made["criteria"] if parent is None else _list_below(parent)
        at = len(siblings)
    node = {**thawed(line)}
    node.setdefault("code", next_code(codes(made), _codes_in(siblings), parent))
    if node["kind"] in CONTAINERS and not children_of(node):
        _put_below(node, [first_line(codes(made), node, {})], node)
    siblings.insert(at, _entry(node, parent))
    return made, _key_of(made, node)


def with_values(
    plain: Mapping[str, Any], key: str, values: Plain, *, drop_below: bool = False
) -> tuple[Plain, str]:
    """The line with other values (as `own_values` gives them); what stands below it stays.

    A line that becomes a group gets one first line; a group that becomes a line loses its lines
    only with `drop_below`. Other places that name its code follow, unless the new code is another
    line's too: they would then name that one. Raises `CannotEdit`.
    """
    made = cast("Plain", thawed(plain))
    spot = spot_of(made, key)
    kept, old_code = children_of(spot.node), spot.node["code"]
    is_group = values["kind"] in CONTAINERS
    if kept and not is_group and not drop_below:
        raise CannotEdit(
            f"Mục này còn {len(kept)} dòng bên dưới. Chuyển hoặc xóa các dòng đó trước, hoặc đánh "
            "dấu bỏ các dòng bên dưới."
        )
    node = {name: thawed(value) for name, value in values.items() if name != "case"}
    if is_group:
        nodes = [entry.get("item", entry) for entry in kept]
        nodes = nodes or [first_line(codes(made), node, spot.node)]
        _put_below(node, nodes, spot.node)
    spot.siblings[spot.index] = _entry(node, spot.parent.node if spot.parent else None)
    if spot.entry is not spot.node:
        spot.siblings[spot.index] = {**values.get("case", {}), "item": node}
    now = [found.node["code"] for found in spots(made)]
    if old_code not in now and now.count(node["code"]) == 1:
        place = now.index(node["code"])
        made = rename_codes(made, {old_code: node["code"]})
        return made, spots(made)[place].key
    return made, _key_of(made, node)


def without_line(plain: Mapping[str, Any], key: str) -> tuple[Plain, str]:
    """The scale without the line and what stands below it; gives the key to show next."""
    made = cast("Plain", thawed(plain))
    spot = spot_of(made, key)
    if spot.parent and len(spot.siblings) == 1:
        raise CannotEdit(
            f"Mục {spot.parent.name} chỉ còn dòng này. Xóa cả mục, hoặc thêm dòng khác trước."
        )
    del spot.siblings[spot.index]
    if spot.index < len(spot.siblings):
        rest = spot.siblings[spot.index]
    elif spot.siblings:
        rest = spot.siblings[-1]
    else:
        return made, ""
    return made, _key_of(made, rest.get("item", rest))


def moved(plain: Mapping[str, Any], key: str, to: Direction) -> tuple[Plain, str]:
    """The line one place up or down, into the group before it, or out of its group."""
    made = cast("Plain", thawed(plain))
    spot = spot_of(made, key)
    if to in ("up", "down"):
        at = spot.index + (1 if to == "down" else -1)
        if not 0 <= at < len(spot.siblings):
            last = "cuối" if to == "down" else "đầu"
            raise CannotEdit(f"Dòng này đã đứng {last} mục.")
        spot.siblings.insert(at, spot.siblings.pop(spot.index))
        return made, _key_of(made, spot.node)
    if to == "in":
        return _moved_in(made, spot)
    return _moved_out(made, spot)


def moved_under(plain: Mapping[str, Any], key: str, group: str) -> tuple[Plain, str]:
    """The line at the end of another group; "" puts it after the last section."""
    made = cast("Plain", thawed(plain))
    spot = spot_of(made, key)
    target = spot_of(made, group).node if group else None
    if target is not None and any(node is target for node in below(spot.node)):
        raise CannotEdit("Không chuyển một mục vào bên trong chính nó được. Chọn mục khác.")
    _refuse_last(spot)
    del spot.siblings[spot.index]
    siblings = made["criteria"] if target is None else _list_below(target)
    siblings.append(_entry(spot.node, target))
    return made, _key_of(made, spot.node)


def copied(plain: Mapping[str, Any], key: str) -> tuple[Plain, str]:
    """A copy of the line with everything below it, right after it, with codes of its own."""
    made = cast("Plain", thawed(plain))
    spot = spot_of(made, key)
    entry = cast("Plain", thawed(spot.entry))
    node = entry.get("item", entry)
    used = codes(made)
    parent = spot.parent.node if spot.parent else None
    names = {spot.node["code"]: next_code(used, _codes_in(spot.siblings), parent)}
    for one in list(below(node))[1:]:
        taken = used | set(names.values())
        names[one["code"]] = fresh_code(taken, one["code"], names)
    node = rename_codes(node, names)
    entry = {**entry, "item": node} if entry.get("item") is not None else node
    spot.siblings.insert(spot.index + 1, entry)
    return made, _key_of(made, node)


def codes(plain: Mapping[str, Any]) -> frozenset[str]:
    """Every code of the scale."""
    return frozenset(spot.node["code"] for spot in spots(plain))


def first_line(used: frozenset[str], group: Plain, former: Plain) -> Plain:
    """The line with which a group begins: judged by people, worth what the line was worth."""
    worth = former.get("max") or group.get("max") or 0
    code = next_code(used | {group["code"]}, [], group)
    return {"code": code, "label": "Dòng thứ nhất", "kind": "judged", "max": worth}


def _spots(siblings: list[Plain], above: tuple[Spot, ...], seen: Counter[str]) -> Iterator[Spot]:
    for index, entry in enumerate(siblings):
        node = entry.get("item", entry) if "kind" not in entry else entry
        code = str(node["code"])
        seen[code] += 1
        key = code if seen[code] == 1 else f"{code}@{seen[code]}"
        spot = Spot(key, node, entry, siblings, index, above)
        yield spot
        yield from _spots(children_of(node), (*above, spot), seen)


def _moved_in(made: Plain, spot: Spot) -> tuple[Plain, str]:
    before = spot.siblings[spot.index - 1] if spot.index else None
    node = before.get("item", before) if before else None
    if node is None or node["kind"] not in CONTAINERS:
        raise CannotEdit(
            "Ngay trên dòng này không có mục nào để chuyển vào. Chọn mục ở ô “Chuyển tới”."
        )
    _refuse_last(spot)
    del spot.siblings[spot.index]
    _list_below(node).append(_entry(spot.node, node))
    return made, _key_of(made, spot.node)


def _moved_out(made: Plain, spot: Spot) -> tuple[Plain, str]:
    if spot.parent is None:
        raise CannotEdit("Mục này đã ở bậc ngoài cùng.")
    _refuse_last(spot)
    del spot.siblings[spot.index]
    outer = spot.parent.parent.node if spot.parent.parent else None
    spot.parent.siblings.insert(spot.parent.index + 1, _entry(spot.node, outer))
    return made, _key_of(made, spot.node)


def _refuse_last(spot: Spot) -> None:
    if spot.parent and len(spot.siblings) == 1:
        raise CannotEdit(
            f"Mục {spot.parent.name} chỉ còn dòng này, chuyển đi thì mục trống. Thêm dòng khác vào "
            "mục đó trước, hoặc xóa mục sau khi chép dòng này."
        )


def _list_below(parent: Plain) -> list[Plain]:
    if parent["kind"] not in CONTAINERS:
        raise CannotEdit(
            f"Dòng {parent['code']} là dòng chấm điểm, không chứa dòng khác. Đổi cách cho điểm "
            "của dòng đó thành “Cộng các dòng bên dưới” trước."
        )
    return cast("list[Plain]", parent["cases" if parent["kind"] == "switch" else "items"])


def _entry(node: Plain, parent: Plain | None) -> Plain:
    return {"item": node} if parent is not None and parent["kind"] == "switch" else node


def _put_below(node: Plain, nodes: list[Plain], former: Plain) -> None:
    """The lines of a group under its kind; cases keep their bounds while it stays a switch."""
    if node["kind"] != "switch":
        node["items"] = nodes
    elif former["kind"] == "switch" and former.get("cases"):
        node["cases"] = former["cases"]
    else:
        node["cases"] = [{"item": one} for one in nodes]


def _codes_in(siblings: list[Plain]) -> list[str]:
    return [str(entry.get("item", entry)["code"]) for entry in siblings]


def _key_of(plain: Plain, node: Plain) -> str:
    return next(spot.key for spot in spots(plain) if spot.node is node)
