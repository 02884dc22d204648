"""Điều kiện xét: gates and what they do to rank, consideration and class (FORMAT section 7.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.core.finding import Finding
from thidua.core.logic import Look, holds
from thidua.core.result import GateResult, GateState, Issue
from thidua.core.scale import Gate

_EFFECTS = {
    "unranked": "không xếp hạng",
    "not_considered": "không xét khen thưởng",
    "demote": "hạ mức xếp loại",
    "block": "không xếp hạng và không xếp loại",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """What the gates of a scale do to one unit; `demoted_by` counts the classes lowered."""

    results: tuple[GateResult, ...] = ()
    issues: tuple[Issue, ...] = ()
    findings: tuple[Finding, ...] = ()
    ranked: bool = True
    considered: bool = True
    blocked: bool = False
    demoted_by: int = 0


def pass_gates(gates: Sequence[Gate], look: Look) -> Gated:
    """Hold every gate against one unit; an unknown gate has no effect but warns."""
    states = [(gate, _state(gate, look)) for gate in gates]
    hit = [gate for gate, state in states if state == "hit"]
    effects = {gate.effect for gate in hit}
    blocked = "block" in effects
    return Gated(
        results=tuple(GateResult(gate.code, state) for gate, state in states),
        issues=tuple(
            Issue("warning", gate.code, "unknown_condition")
            for gate, state in states
            if state == "unknown"
        ),
        findings=tuple(_finding(gate, state) for gate, state in states if state != "clear"),
        ranked=not blocked and "unranked" not in effects,
        considered=not blocked and "not_considered" not in effects,
        blocked=blocked,
        demoted_by=sum(gate.by for gate in hit if gate.effect == "demote"),
    )


def _state(gate: Gate, look: Look) -> GateState:
    truth = holds(gate.when, look)
    if truth is None:
        return "unknown"
    return "hit" if truth else "clear"


def _finding(gate: Gate, state: GateState) -> Finding:
    source = f"{gate.code} {gate.label}"
    if state == "unknown":
        words = f"{gate.label}: chưa đủ thông tin để xét"
        return Finding(rule_id="GATE-2", outcome=state, source=source, words=words)
    words = f"{gate.label}: {_EFFECTS[gate.effect]}"
    return Finding(rule_id="GATE-1", outcome=gate.effect, source=source, words=words)
