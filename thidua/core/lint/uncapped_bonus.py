"""uncapped_bonus: điểm cộng không có giới hạn."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.core.lint.item import Item, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.lint.reach import reach_of
from thidua.core.node import Ledger, Node, Sum
from thidua.core.scale import Header, Scale


def uncapped_bonus(scale: Scale) -> Iterator[Item]:
    """A line with unlimited positive points and no cap above it (nor a highest total)."""
    for found in placed_nodes(scale):
        if found.node.children or _is_capped(found, scale.header):
            continue
        if reach_of(found.node, scale.header).high is None:
            yield _item(found)


def _is_capped(found: Placed, header: Header) -> bool:
    section = found.above[0] if found.above else found.node
    if header.max_total is not None:
        return True
    if section.part == "bonus" and header.bonus_cap is not None:
        return True
    return any(_caps_gains(node) for node in found.above)


def _caps_gains(node: Node) -> bool:
    if isinstance(node, Ledger):
        return node.cap is not None or node.bonus_cap is not None
    return isinstance(node, Sum) and node.cap is not None


def _item(found: Placed) -> Item:
    return Item(
        level="warning",
        lint="uncapped_bonus",
        code=found.node.code,
        path=found.path,
        words=Words(
            f"{found.title} cộng điểm không giới hạn, các mục chứa nó cũng không có mức trần.",
            f"{found.title} gives unlimited points and nothing above it has a cap.",
        ),
        advice=Words(
            "Ghi mức trần (cap) cho dòng này, cho mục chứa nó, hoặc bonus_cap ở phần chung.",
            "State a cap on this line, on a node above it, or bonus_cap in the header.",
        ),
    )
