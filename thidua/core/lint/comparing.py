"""no_unit, slot_compares_units: so các đơn vị với nhau trên những việc không giống nhau."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.core.lint.item import Item, Words
from thidua.core.lint.place import placed_nodes
from thidua.core.node import Leader, RankTable
from thidua.core.scale import Scale


def no_unit(scale: Scale) -> Iterator[Item]:
    """A leader line without unit of measure: figures in different units might be compared."""
    for found in placed_nodes(scale):
        if isinstance(found.node, Leader) and found.node.unit is None:
            yield Item(
                level="warning",
                lint="no_unit",
                code=found.node.code,
                path=found.path,
                words=Words(
                    f"{found.title} so với đơn vị dẫn đầu nhưng không ghi đơn vị tính.",
                    f"{found.title} compares with the leader but states no unit of measure.",
                ),
                advice=Words(
                    "Ghi đơn vị tính, ví dụ unit: người.",
                    "State the unit of measure, such as unit: người.",
                ),
            )


def slot_compares_units(scale: Scale) -> Iterator[Item]:
    """A slot scored by comparison: each unit registers other work, so unlike is compared."""
    for found in placed_nodes(scale):
        if found.node.slot and isinstance(found.node, (Leader, RankTable)):
            yield Item(
                level="warning",
                lint="slot_compares_units",
                code=found.node.code,
                path=found.path,
                words=Words(
                    f"{found.title} là dòng mỗi đơn vị tự đăng ký chỉ tiêu, nhưng cách chấm lại so "
                    "số liệu giữa các đơn vị.",
                    f"{found.title} is a slot that each unit fills with its own target, yet its "
                    "rule compares the units.",
                ),
                advice=Words(
                    "Chấm theo tỷ lệ đạt chỉ tiêu (x: percent) thay cho so với đơn vị khác.",
                    "Score by percent of the target (x: percent) instead.",
                ),
            )
