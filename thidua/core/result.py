"""Kết quả chấm: what a scoring run gives (FORMAT appendix, result/1), kept exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from thidua.core.finding import Finding
from thidua.core.points import result_text

State = Literal["scored", "open", "missing", "undecided", "error", "na", "off", "override"]
GateState = Literal["hit", "clear", "unknown"]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about an input or a condition that people should look at."""

    level: Literal["error", "warning"]
    code: str
    issue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResult:
    """One line, or one copy of it; points are None while it is not scored (never 0)."""

    key: str
    points: Fraction | None
    max: Fraction
    state: State
    so_far: Fraction | None = None
    computed: Fraction | None = None
    provisional: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class GateResult:
    """Whether a gate holds for the unit."""

    code: str
    state: GateState


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """One unit: figures after the tree, place, class, and every line that was evaluated."""

    unit: str
    total: Fraction | None
    so_far: Fraction
    percent: Fraction | None
    denominator: Fraction
    base: Fraction
    bonus: Fraction
    deduct: Fraction
    rank: int | None
    class_code: str | None
    considered: bool
    blocked: bool
    gates: tuple[GateResult, ...]
    missing: tuple[str, ...]
    issues: tuple[Issue, ...]
    nodes: Mapping[str, NodeResult]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The whole bloc, units in the order of the sheets."""

    scale: str
    version: str
    provisional: bool
    units: tuple[UnitResult, ...]

    def of(self, unit: str) -> UnitResult:
        """The result of one unit; raises KeyError when it has no sheet."""
        for found in self.units:
            if found.unit == unit:
                return found
        raise KeyError(unit)


def to_json(result: Result, *, findings: bool = False) -> dict[str, object]:
    """Give the result/1 shape, numbers as strings; `findings` adds the reasons."""
    return {
        "format": "result/1",
        "scale": result.scale,
        "version": result.version,
        "provisional": result.provisional,
        "units": [_unit(unit, findings=findings) for unit in result.units],
    }


def _unit(unit: UnitResult, *, findings: bool) -> dict[str, object]:
    plain: dict[str, object] = {
        "unit": unit.unit,
        "total": _text(unit.total),
        "so_far": result_text(unit.so_far),
        "percent": _text(unit.percent),
        "denominator": result_text(unit.denominator),
        "base": result_text(unit.base),
        "bonus": result_text(unit.bonus),
        "deduct": result_text(unit.deduct),
        "rank": unit.rank,
        "class": unit.class_code,
        "considered": unit.considered,
        "blocked": unit.blocked,
        "gates": [{"code": gate.code, "state": gate.state} for gate in unit.gates],
        "missing": list(unit.missing),
        "issues": [{"level": i.level, "code": i.code, "issue": i.issue} for i in unit.issues],
        "nodes": {key: _node(node, findings=findings) for key, node in unit.nodes.items()},
    }
    if findings:
        plain["findings"] = [finding_to_plain(finding) for finding in unit.findings]
    return plain


def _node(node: NodeResult, *, findings: bool) -> dict[str, object]:
    plain: dict[str, object] = {
        "points": _text(node.points),
        "max": result_text(node.max),
        "state": node.state,
    }
    if node.state == "open" and node.so_far is not None:
        plain["so_far"] = result_text(node.so_far)
    if node.state == "override":
        plain["computed"] = _text(node.computed)
    if node.provisional:
        plain["provisional"] = True
    if findings:
        plain["findings"] = [finding_to_plain(finding) for finding in node.findings]
    return plain


def finding_to_plain(finding: Finding) -> dict[str, object]:
    """A finding as plain values."""
    return {
        "rule_id": finding.rule_id,
        "outcome": finding.outcome,
        "inputs": dict(finding.inputs),
        "source": finding.source,
        "words": finding.words,
    }


def _text(number: Fraction | None) -> str | None:
    return None if number is None else result_text(number)
