"""sum_mismatch, base_mismatch: điểm các phần không cộng thành điểm tối đa đã ghi."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thidua.core.lint.item import Item, Level, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.maximum import derived_maximum, share
from thidua.core.node import Sum
from thidua.core.number import ZERO
from thidua.core.points import result_text, show_figure
from thidua.core.scale import Scale


def sum_mismatch(scale: Scale) -> Iterator[Item]:
    """A sum whose base children do not add up to its stated maximum."""
    for found in placed_nodes(scale):
        stated = found.node.stated_max
        if isinstance(found.node, Sum) and stated is not None:
            added = derived_maximum(found.node)
            if added != stated:
                yield _sum(found, stated, added, _level(scale))


def base_mismatch(scale: Scale) -> Iterator[Item]:
    """Base sections that do not add up to the stated base total."""
    stated = scale.header.base
    added = sum((share(section) for section in scale.sections), ZERO)
    if stated is None or added == stated:
        return
    yield Item(
        level=_level(scale),
        lint="base_mismatch",
        code="scale",
        path=("scale", "base"),
        words=Words(
            f"Các mục cộng lại được {show_figure(added)} điểm, tổng điểm chuẩn ghi "
            f"{show_figure(stated)} điểm.",
            f"The sections add up to {result_text(added)}, the stated base is "
            f"{result_text(stated)}.",
        ),
        advice=Words(
            "Sửa điểm tối đa của một mục hoặc sửa base; ghi base: null nếu tổng điểm tùy theo "
            "đơn vị.",
            "Correct the maximum of a section or the base; write base: null if it depends on the "
            "unit.",
        ),
    )


def _sum(found: Placed, stated: Fraction, added: Fraction, level: Level) -> Item:
    return Item(
        level=level,
        lint="sum_mismatch",
        code=found.node.code,
        path=(*found.path, "max"),
        words=Words(
            f"Các tiêu chí con của {found.title} cộng lại được {show_figure(added)} điểm, điểm tối "
            f"đa ghi {show_figure(stated)} điểm.",
            f"The children of {found.title} add up to {result_text(added)}, its stated maximum is "
            f"{result_text(stated)}.",
        ),
        advice=Words(
            "Sửa điểm tối đa của tiêu chí này hoặc của một tiêu chí con.",
            "Correct the maximum of this node or of a child.",
        ),
    )


def _level(scale: Scale) -> Level:
    return "warning" if scale.source.completeness == "partial" else "error"
