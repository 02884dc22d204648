"""wrong_sign: mục điểm thưởng có thể âm, mục điểm trừ có thể dương."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.core.lint.item import Item, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.lint.reach import Limit, reach_of
from thidua.core.number import ZERO
from thidua.core.points import result_text, show_figure
from thidua.core.scale import Scale


def wrong_sign(scale: Scale) -> Iterator[Item]:
    """Sections whose points can go against their part; deductions are negative numbers."""
    for found in placed_nodes(scale):
        if found.above or found.node.part == "base":
            continue
        reach = reach_of(found.node, scale.header)
        if found.node.part == "bonus" and (reach.low is None or reach.low < ZERO):
            yield _bonus(found, reach.low)
        if found.node.part == "deduct" and (reach.high is None or reach.high > ZERO):
            yield _deduct(found, reach.high)


def _bonus(found: Placed, low: Limit) -> Item:
    vi = "không giới hạn" if low is None else f"tới {show_figure(low)}"
    en = "without limit" if low is None else f"to {result_text(low)}"
    return _item(
        found,
        Words(
            f"Mục điểm thưởng {found.title} có thể xuống dưới 0, {vi}.",
            f"The bonus section {found.title} can fall below 0, {en}.",
        ),
        Words(
            'Chuyển dòng trừ điểm sang mục có part: deduct, hoặc ghi "floor: 0".',
            'Move what deducts to a section with part: deduct, or write "floor: 0".',
        ),
    )


def _deduct(found: Placed, high: Limit) -> Item:
    vi = "không giới hạn" if high is None else f"tới {show_figure(high)}"
    en = "without limit" if high is None else f"to {result_text(high)}"
    return _item(
        found,
        Words(
            f"Mục điểm trừ {found.title} có thể cộng điểm, {vi}.",
            f"The deduct section {found.title} can add points, {en}.",
        ),
        Words(
            "Ghi điểm trừ bằng số âm, ví dụ min: -10 và max: 0, hoặc each: -2.",
            "Write deductions as negative numbers, such as min: -10 and max: 0, or each: -2.",
        ),
    )


def _item(found: Placed, words: Words, advice: Words) -> Item:
    return Item(
        level="warning",
        lint="wrong_sign",
        code=found.node.code,
        path=found.path,
        words=words,
        advice=advice,
    )
