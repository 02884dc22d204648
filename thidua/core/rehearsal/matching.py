"""Ghép dòng hai thang điểm: which line of last year speaks for which line of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from thidua.core.node import Node
from thidua.core.scale import Scale
from thidua.core.text import fold

How = Literal["same", "code", "name", "none"]


@dataclass(frozen=True, slots=True)
class Match:
    """A line of the draft with the line of last year proposed for it.

    `how`: code and name are the same; the code alone; the name alone; nothing found. A pair by name
    alone is a proposal that a person has to confirm.
    """

    new: Node
    old: Node | None
    how: How

    @property
    def holds_unasked(self) -> bool:
        """Whether the pair counts before anybody confirms it."""
        return self.how in ("same", "code")


def proposed(old: Scale, new: Scale) -> list[Match]:
    """A proposal for every leaf of the draft, in file order; no old line is proposed twice."""
    leaves = {node.code: node for node in old.leaves()}
    by_name = _by_name(leaves)
    taken = {node.code for node in new.leaves() if _is_same(node, leaves.get(node.code))}
    found: list[Match] = []
    for node in new.leaves():
        match = _match(node, leaves, by_name, taken)
        if match.old is not None:
            taken.add(match.old.code)
        found.append(match)
    return found


def pairs_of(matches: list[Match], confirmed: Mapping[str, str]) -> dict[str, str]:
    """Old code by new code: what matches unasked, then what a person said ("" for no line)."""
    found = {
        one.new.code: one.old.code for one in matches if one.old is not None and one.holds_unasked
    }
    known = {one.new.code for one in matches}
    for new, old in confirmed.items():
        if new in known:
            found.pop(new, None)
            if old:
                found[new] = old
    return found


def taken_twice(pairs: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The new codes of every old line that feeds more than one: its figures count more than once.

    `pairs` gives the old code for each new one ("" for no line).
    """
    found: dict[str, list[str]] = {}
    for new, old in pairs.items():
        if old:
            found.setdefault(old, []).append(new)
    return {old: tuple(codes) for old, codes in found.items() if len(codes) > 1}


def _match(
    node: Node, leaves: Mapping[str, Node], by_name: Mapping[str, Node], taken: set[str]
) -> Match:
    same_code = leaves.get(node.code)
    if _is_same(node, same_code):
        return Match(node, same_code, "same")
    same_name = by_name.get(fold(node.label))
    if same_name is not None and same_name.code not in taken:
        return Match(node, same_name, "name")
    if same_code is not None and same_code.code not in taken:
        return Match(node, same_code, "code")
    return Match(node, None, "none")


def _is_same(node: Node, other: Node | None) -> bool:
    return other is not None and fold(node.label) == fold(other.label)


def _by_name(leaves: Mapping[str, Node]) -> dict[str, Node]:
    """Leaves by folded name; a name borne twice says nothing."""
    found: dict[str, list[Node]] = {}
    for node in leaves.values():
        found.setdefault(fold(node.label), []).append(node)
    return {name: nodes[0] for name, nodes in found.items() if name and len(nodes) == 1}
