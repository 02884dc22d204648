"""The lines of a scale as rows of a table, in file order; registration and scoring reuse them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.maximum import full_maximum
from thidua.core.node import Node, Part
from thidua.core.scale import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRow:
    """One line of a scale.

    `depth` is 0 for a section; `maximum` counts all copies of a recurring line (0: the line only
    takes points off); `parent` is the code above, empty for a section.
    """

    code: str
    label: str
    depth: int
    kind: str
    part: Part
    maximum: Fraction
    unit: str
    slot: bool
    evidence_required: bool
    documents: tuple[str, ...]
    verifiers: tuple[str, ...]
    is_leaf: bool
    times: int
    parent: str
    node: Node

    @property
    def name(self) -> str:
        """Code and label: "I.2 Giải ngân"."""
        return f"{self.code} {self.label}".strip()


def outline(scale: Scale) -> tuple[OutlineRow, ...]:
    """Every line in file order, a group before its lines."""
    return tuple(row for section in scale.sections for row in _rows(section, 0, ""))


def slots(scale: Scale) -> tuple[OutlineRow, ...]:
    """The lines to which registration binds a target of each unit (FORMAT section 5, slot)."""
    return tuple(row for row in outline(scale) if row.slot)


def leaves(scale: Scale) -> tuple[OutlineRow, ...]:
    """The lines on which results and evidence stand."""
    return tuple(row for row in outline(scale) if row.is_leaf)


def _rows(node: Node, depth: int, parent: str) -> Iterator[OutlineRow]:
    evidence = node.evidence
    yield OutlineRow(
        code=node.code,
        label=node.label,
        depth=depth,
        kind=node.kind,
        part=node.part,
        maximum=full_maximum(node),
        unit=node.unit or "",
        slot=node.slot,
        evidence_required=evidence is not None and evidence.required,
        documents=evidence.documents if evidence is not None else (),
        verifiers=node.verifiers,
        is_leaf=not node.children,
        times=node.recurs.times if node.recurs else 1,
        parent=parent,
        node=node,
    )
    for child in node.children:
        yield from _rows(child, depth + 1, node.code)
