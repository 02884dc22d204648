"""negative_max, empty_range: điểm tối đa dưới 0, hoặc thấp hơn điểm thấp nhất."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.core.lint.item import Item, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.node import Imported, Judged, Ledger
from thidua.core.number import ZERO
from thidua.core.points import result_text, show_figure
from thidua.core.scale import Scale

_ADVICE = Words(
    "Nếu dòng trừ điểm thì ghi điểm thấp nhất là số âm, điểm tối đa là 0; nếu không, ghi điểm tối "
    "đa là số dương.",
    "If the line deducts, state a negative min and max: 0; otherwise a positive max.",
)


def maximum_below_zero(scale: Scale) -> Iterator[Item]:
    """A maximum below 0 where lines earn points, and a range in which no figure lies.

    FORMAT section 4: `max` is the share of the denominator; a deduction reaches down from max 0 by
    its negative `min`. Deduct sections and the items of a ledger have no such share.
    """
    for found in placed_nodes(scale):
        most = found.node.stated_max
        if most is not None and most < ZERO and not _deducts(found):
            yield _item(
                found,
                "negative_max",
                Words(
                    f"{found.title} có điểm tối đa {show_figure(most)}, dưới 0 điểm, nhưng không "
                    "thuộc phần điểm trừ.",
                    f"{found.title} has a maximum of {result_text(most)}, below 0, but is no part "
                    "of the deductions.",
                ),
            )
        elif _is_empty(found):
            yield _item(
                found,
                "empty_range",
                Words(
                    f"{found.title} có điểm tối đa thấp hơn điểm thấp nhất, không ghi được số nào.",
                    f"{found.title} has a maximum below its minimum: no figure fits.",
                ),
            )


def _deducts(found: Placed) -> bool:
    around = (*found.above, found.node)
    return any(node.part == "deduct" for node in around) or any(
        isinstance(node, Ledger) for node in found.above
    )


def _is_empty(found: Placed) -> bool:
    node = found.node
    if not isinstance(node, Judged | Imported):
        return False
    low, high = node.minimum, node.stated_max
    return low is not None and high is not None and low > high


def _item(found: Placed, lint: str, words: Words) -> Item:
    return Item(
        level="error",
        lint=lint,
        code=found.node.code,
        path=(*found.path, "max"),
        words=words,
        advice=_ADVICE,
    )
