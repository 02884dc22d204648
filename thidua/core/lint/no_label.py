"""no_label: dòng chưa ghi nội dung."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.core.lint.item import Item, Words
from thidua.core.lint.place import placed_nodes
from thidua.core.node import Switch
from thidua.core.scale import Scale


def no_label(scale: Scale) -> Iterator[Item]:
    """A line without words in a scale whose other lines have some.

    FORMAT section 4 lets labels be left out: a scale of codes alone is meant that way. The items
    of a switch are told by their case.
    """
    if not any(node.label.strip() for node in scale.walk()):
        return
    for found in placed_nodes(scale):
        is_case = bool(found.above) and isinstance(found.above[-1], Switch)
        if not is_case and not found.node.label.strip():
            yield Item(
                level="warning",
                lint="no_label",
                code=found.node.code,
                path=found.path,
                words=Words(
                    f"Dòng {found.title} chưa ghi nội dung.", f"{found.title} has no label."
                ),
                advice=Words(
                    "Ghi nội dung để đơn vị biết dòng này chấm việc gì.",
                    "Write what the line is about.",
                ),
            )
