"""missing_floor: sổ cộng trừ có thể trừ quá điểm ban đầu mà chưa nói rõ mức sàn."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thidua.core.lint.item import Item, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.lint.reach import Limit, deductions_of
from thidua.core.node import Ledger
from thidua.core.points import result_text, show_figure
from thidua.core.scale import Scale


def missing_floor(scale: Scale) -> Iterator[Item]:
    """A ledger without `floor` whose deductions can exceed its start; the floor is then 0."""
    for found in placed_nodes(scale):
        node = found.node
        if isinstance(node, Ledger) and not node.states_floor:
            deductions = deductions_of(node, scale.header)
            if deductions is None or deductions > node.start:
                yield _item(found, node.start, deductions)


def _item(found: Placed, start: Fraction, deductions: Limit) -> Item:
    vi = "không giới hạn" if deductions is None else f"tới {show_figure(deductions)} điểm"
    en = "without limit" if deductions is None else f"up to {result_text(deductions)}"
    return Item(
        level="warning",
        lint="missing_floor",
        code=found.node.code,
        path=found.path,
        words=Words(
            f"{found.title} bắt đầu từ {show_figure(start)} điểm, có thể bị trừ {vi}, nhưng không "
            "ghi mức sàn; máy dừng ở 0 điểm.",
            f"{found.title} starts at {result_text(start)}, can lose points {en} and states no "
            "floor; it stops at 0.",
        ),
        advice=Words(
            "Ghi floor: 0 nếu dừng ở 0 điểm, hoặc floor: null nếu được âm điểm.",
            "Write floor: 0 if it stops at 0, or floor: null if it may become negative.",
        ),
    )
