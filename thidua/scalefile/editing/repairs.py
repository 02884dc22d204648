"""Sửa bằng một nút: for findings of the lint that have one sound repair, the repair and its words.

Findings that need a judgement (which cap, which threshold, which document) have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from thidua.core.lint import Item
from thidua.core.maximum import derived_maximum, share
from thidua.core.node import Judged, Node, Steps, Switch
from thidua.core.number import ZERO
from thidua.core.points import show_figure
from thidua.core.scale import Scale
from thidua.scalefile.editing.lines import Plain, Spot, spots, thawed
from thidua.scalefile.editing.naming import next_code
from thidua.scalefile.tree import Path


@dataclass(frozen=True, slots=True)
class Repair:
    """What the button says, and the scale after pressing it."""

    words: str
    mend: Callable[[Mapping[str, Any]], Plain]


def repair_of(item: Item, scale: Scale, plain: Mapping[str, Any]) -> Repair | None:
    """The one sound repair of a finding; None when people have to judge."""
    make = _REPAIRS.get(item.lint)
    return None if make is None else make(item, scale, plain)


def spots_by_path(plain: Mapping[str, Any]) -> dict[Path, Spot]:
    """Every line by its path in the file."""
    return dict(zip(_places(plain["criteria"], ("criteria",)), spots(plain), strict=True))


def spot_on(path: Path, placed: Mapping[Path, Spot]) -> Spot | None:
    """The line in which a path of the file ends; None for gates, classes and the header."""
    while path and path not in placed:
        path = path[:-1]
    return placed.get(path)


def spot_at(plain: Mapping[str, Any], path: Path) -> Spot | None:
    """The same for a single path."""
    return spot_on(path, spots_by_path(plain))


def _places(nodes: list[Plain], above: Path) -> Iterator[Path]:
    for number, entry in enumerate(nodes):
        is_case = "kind" not in entry
        node = entry["item"] if is_case else entry
        place = (*above, number, "item") if is_case else (*above, number)
        yield place
        for key in ("items", "cases"):
            if node.get(key):
                yield from _places(node[key], (*place, key))


def _sum(item: Item, scale: Scale, plain: Mapping[str, Any]) -> Repair | None:
    spot = spot_at(plain, item.path)
    node = scale.index().get(item.code)
    if spot is None or node is None:
        return None
    added = derived_maximum(node)
    if not added or _takes_away(node.children):
        return None  # an empty group is still being written; 0 would be no repair
    return Repair(f"Ghi điểm tối đa của mục là {show_figure(added)}", _setting(item, "max", added))


def _base(_item: Item, scale: Scale, _plain: Mapping[str, Any]) -> Repair | None:
    added = sum((share(section) for section in scale.sections), ZERO)
    if not added or _takes_away(scale.sections):
        return None

    def mend(plain: Mapping[str, Any]) -> Plain:
        made = cast("Plain", thawed(plain))
        made["scale"]["base"] = added
        return made

    return Repair(f"Ghi tổng điểm chuẩn là {show_figure(added)}", mend)


def _takes_away(nodes: Sequence[Node]) -> bool:
    """A maximum below 0 makes every sum wrong; it is what has to be mended first."""
    return any(share(node) < 0 for node in nodes)


def _range(item: Item, scale: Scale, _plain: Mapping[str, Any]) -> Repair | None:
    """A judged line that takes points off reaches from its figure up to 0."""
    node = scale.index().get(item.code)
    if not isinstance(node, Judged) or node.stated_max is None or node.stated_max >= 0:
        return None
    least = node.stated_max if node.minimum is None else min(node.minimum, node.stated_max)

    def mend(plain: Mapping[str, Any]) -> Plain:
        made = cast("Plain", thawed(plain))
        spot = spot_at(made, item.path)
        if spot is not None:
            spot.node.update(min=least, max=ZERO)
        return made

    return Repair(f"Ghi là dòng trừ điểm, từ {show_figure(least)} đến 0", mend)


def _floor(item: Item, _scale: Scale, _plain: Mapping[str, Any]) -> Repair:
    return Repair("Ghi rõ: không thấp hơn 0 điểm", _setting(item, "floor", ZERO))


def _code(item: Item, _scale: Scale, plain: Mapping[str, Any]) -> Repair | None:
    spot = spot_at(plain, item.path)
    if spot is None:
        return None
    siblings = [str(one.get("item", one)["code"]) for one in spot.siblings]
    used = [one.node["code"] for one in spots(plain)]
    code = next_code(used, siblings, spot.parent.node if spot.parent else None)
    return Repair(f"Đặt mã {code} cho dòng sau", _setting(item, "code", code))


def _gap(item: Item, scale: Scale, _plain: Mapping[str, Any]) -> Repair | None:
    """Let the band above the first hole begin where the band below it ends."""
    for low, high, _ in _meetings(scale.index().get(item.code)):
        if low.value < high.value or (low.value == high.value and low.out and high.out):
            key = "ge" if low.out else "gt"
            words = f"Nối mức trên xuống {show_figure(low.value)}"
            return Repair(words, _bound(item, high.row, ("ge", "gt"), (key, low.value)))
    return None


def _overlap(item: Item, scale: Scale, _plain: Mapping[str, Any]) -> Repair | None:
    """Two bands that share only their common limit: it belongs to the upper one."""
    for low, high, shared in _meetings(scale.index().get(item.code)):
        if shared and low.value == high.value:
            words = f"Để mốc {show_figure(low.value)} chỉ thuộc mức trên"
            return Repair(words, _bound(item, low.row, ("le", "lt"), ("lt", low.value)))
    return None


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a band: its row, the value, and whether the value itself is left out."""

    row: int
    value: Fraction
    out: bool


def _meetings(node: Node | None) -> Iterator[tuple[_End, _End, bool]]:
    """Where one band ends and the next one above begins, from low to high."""
    if not isinstance(node, Steps | Switch):
        return
    bounds = (
        [band.bounds for band in node.bands]
        if isinstance(node, Steps)
        else [case.bounds for case in node.cases]
    )
    lows, highs = [], []
    for row, one in enumerate(bounds):
        start = one.ge if one.ge is not None else one.gt
        end = one.le if one.le is not None else one.lt
        if start is not None:
            lows.append(_End(row, start, one.ge is None))
        if end is not None:
            highs.append(_End(row, end, one.le is None))
    lows.sort(key=lambda end: (end.value, end.out))
    for high in sorted(highs, key=lambda end: (end.value, not end.out)):
        above = [low for low in lows if low.value >= high.value and low.row != high.row]
        if above:
            shared = above[0].value == high.value and not above[0].out and not high.out
            yield high, above[0], shared


def _setting(item: Item, key: str, value: Any) -> Callable[[Mapping[str, Any]], Plain]:
    def mend(plain: Mapping[str, Any]) -> Plain:
        made = cast("Plain", thawed(plain))
        spot = spot_at(made, item.path)
        if spot is not None:
            spot.node[key] = value
        return made

    return mend


def _bound(
    item: Item, row: int, instead: tuple[str, str], limit: tuple[str, Fraction]
) -> Callable[[Mapping[str, Any]], Plain]:
    def mend(plain: Mapping[str, Any]) -> Plain:
        made = cast("Plain", thawed(plain))
        spot = spot_at(made, item.path)
        if spot is not None:
            band = spot.node["bands" if "bands" in spot.node else "cases"][row]
            for key in instead:
                band.pop(key, None)
            band[limit[0]] = limit[1]
        return made

    return mend


_REPAIRS: Mapping[str, Callable[[Item, Scale, Mapping[str, Any]], Repair | None]] = {
    "sum_mismatch": _sum,
    "base_mismatch": _base,
    "negative_max": _range,
    "empty_range": _range,
    "missing_floor": _floor,
    "duplicate_code": _code,
    "band_gap": _gap,
    "band_overlap": _overlap,
}
