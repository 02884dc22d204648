"""duplicate_code: hai tiêu chí cùng mã (FORMAT section 9)."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.core.lint.item import Item, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.scale import Scale


def duplicate_code(scale: Scale) -> Iterator[Item]:
    """A code that an earlier node has already: inputs could not tell the two apart."""
    first: dict[str, Placed] = {}
    for found in placed_nodes(scale):
        earlier = first.setdefault(found.node.code, found)
        if earlier is not found:
            yield _item(found, earlier)


def _item(found: Placed, earlier: Placed) -> Item:
    code = found.node.code
    return Item(
        level="error",
        lint="duplicate_code",
        code=code,
        path=(*found.path, "code"),
        words=Words(
            f'Mã "{code}" dùng cho hai tiêu chí: {earlier.title} và {found.title}.',
            f'The code "{code}" stands on two nodes: {earlier.title} and {found.title}.',
        ),
        advice=Words(
            "Đặt mã khác cho tiêu chí sau.",
            "Give the later node another code.",
        ),
    )
