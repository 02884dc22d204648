"""Chỗ của từng tiêu chí trong tệp: every node with its path, in document order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.lint.item import Path
from thidua.core.node import Node, Switch
from thidua.core.scale import Scale


@dataclass(frozen=True, slots=True)
class Placed:
    """A node, where it stands in the file, and the nodes above it (outermost first)."""

    node: Node
    path: Path
    above: tuple[Node, ...]

    @property
    def title(self) -> str:
        """How messages name the node: code and label."""
        return title_of(self.node)


def title_of(node: Node) -> str:
    """Code and label of a node, in quotes."""
    return f'"{node.code} {node.label}"' if node.label else f'"{node.code}"'


def placed_nodes(scale: Scale) -> Iterator[Placed]:
    """Every node of the scale in file order, a container before its children."""
    for number, section in enumerate(scale.sections):
        yield from _below(section, ("criteria", number), ())


def _below(node: Node, path: Path, above: tuple[Node, ...]) -> Iterator[Placed]:
    yield Placed(node, path, above)
    for number, child in enumerate(node.children):
        step: Path = ("cases", number, "item") if isinstance(node, Switch) else ("items", number)
        yield from _below(child, (*path, *step), (*above, node))
