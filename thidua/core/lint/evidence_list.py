"""no_evidence_list: dòng chấm theo nhận định mà không nói cần minh chứng gì."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.core.lint.item import Item, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.node import Imported, Judged, Sum
from thidua.core.scale import Scale


def no_evidence_list(scale: Scale) -> Iterator[Item]:
    """A judged or imported line, a section or in a sum, that says nothing about evidence."""
    for found in placed_nodes(scale):
        scored_by_people = isinstance(found.node, (Judged, Imported))
        if scored_by_people and found.node.evidence is None and _in_plain_sum(found):
            yield _item(found)


def _in_plain_sum(found: Placed) -> bool:
    return not found.above or isinstance(found.above[-1], Sum)


def _item(found: Placed) -> Item:
    return Item(
        level="notice",
        lint="no_evidence_list",
        code=found.node.code,
        path=found.path,
        words=Words(
            f"{found.title} do người chấm cho điểm nhưng không nói cần minh chứng gì.",
            f"{found.title} is scored by people but names no evidence.",
        ),
        advice=Words(
            "Ghi minh chứng cần có, ví dụ evidence: {required: true, list: [Báo cáo năm]}.",
            "Name the evidence, such as evidence: {required: true, list: [Báo cáo năm]}.",
        ),
    )
