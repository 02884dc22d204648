"""Cây giá trị của tệp: what a YAML or JSON file holds, each value and key with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.number import UnreadNumber
from thidua.scalefile.problem import Mark

MAX_DEPTH = 64
Scalar = Fraction | UnreadNumber | str | bool | None


@dataclass(frozen=True, slots=True)
class Value:
    """A single value; `text` is what was typed (without quotes)."""

    mark: Mark
    value: Scalar
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    mark: Mark
    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with what stands under it."""

    key: str
    mark: Mark
    tree: Tree


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values in file order, no key twice."""

    mark: Mark
    entries: tuple[Entry, ...]

    def get(self, key: str) -> Tree | None:
        """What stands under a key, or None when the key is absent."""
        return next((entry.tree for entry in self.entries if entry.key == key), None)

    def keys(self) -> list[str]:
        """The keys in file order."""
        return [entry.key for entry in self.entries]


Tree = Value | Listing | Table
Path = tuple[str | int, ...]


def plain_of(tree: Tree) -> object:
    """The bare values: None, bool, Fraction, `UnreadNumber`, str, lists and dicts of these."""
    if isinstance(tree, Value):
        return tree.value
    if isinstance(tree, Listing):
        return [plain_of(item) for item in tree.items]
    return {entry.key: plain_of(entry.tree) for entry in tree.entries}


def marks_of(tree: Tree, path: Path = ()) -> Iterator[tuple[Path, Mark]]:
    """The place of every value; a value under a key is placed at its key."""
    if not path:
        yield path, tree.mark
    if isinstance(tree, Table):
        for entry in tree.entries:
            yield (*path, entry.key), entry.mark
            yield from marks_of(entry.tree, (*path, entry.key))
    elif isinstance(tree, Listing):
        for number, item in enumerate(tree.items):
            yield (*path, number), item.mark
            yield from marks_of(item, (*path, number))


def mark_at(tree: Tree, path: Path) -> Mark:
    """The place of a path (at its key), or of the nearest path above it that is there."""
    mark = tree.mark
    for step in path:
        found = _step(tree, step)
        if found is None:
            return mark
        mark, tree = found
    return mark


def _step(tree: Tree, step: str | int) -> tuple[Mark, Tree] | None:
    if isinstance(tree, Table):
        entry = next((entry for entry in tree.entries if entry.key == step), None)
        return (entry.mark, entry.tree) if entry else None
    if isinstance(tree, Listing) and isinstance(step, int) and step < len(tree.items):
        return tree.items[step].mark, tree.items[step]
    return None
