"""Read an adopted table back from its frozen JSON; the exact inverse of writing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from thidua.year.conference.snapshot.model import (
    USUAL_STEPS,
    Cell,
    Deviation,
    GateMark,
    Limits,
    Line,
    Meeting,
    ScaleTable,
    Snapshot,
    UnitRow,
    Why,
)
from thidua.year.conference.snapshot.writing import FORMAT

Plain = Mapping[str, Any]


def read_snapshot(plain: Plain) -> Snapshot:
    """The value that was frozen. Raises ValueError for another format."""
    if plain.get("format") != FORMAT:
        raise ValueError(f"not {FORMAT}: {plain.get('format')!r}")
    return Snapshot(
        version=plain["version"],
        reason=plain["reason"],
        meeting=_meeting(plain["meeting"]),
        ledger_root=plain["ledger_root"],
        scales=tuple(_scale(one) for one in plain["scales"]),
        units=tuple(_unit(one) for one in plain["units"]),
        deviations=tuple(_deviation(one) for one in plain["deviations"]),
        steps=tuple(plain.get("steps", USUAL_STEPS)),
    )


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _meeting(plain: Plain) -> Meeting:
    return Meeting(**{**plain, "held_on": date.fromisoformat(plain["held_on"])})


def _limits(plain: Plain) -> Limits:
    return Limits(**{name: _number(text) for name, text in plain.items()})


def _scale(plain: Plain) -> ScaleTable:
    return ScaleTable(
        **{
            **plain,
            "max_total": Fraction(plain["max_total"]),
            "limits": _limits(plain["limits"]),
            "lines": tuple(_line(one) for one in plain["lines"]),
        }
    )


def _line(plain: Plain) -> Line:
    return Line(**{**plain, "max": Fraction(plain["max"]), "limits": _limits(plain["limits"])})


def _unit(plain: Plain) -> UnitRow:
    figures = ("total", "percent", "base", "bonus", "deduct")
    return UnitRow(
        **{
            **plain,
            **{name: _number(plain[name]) for name in figures},
            "gates": tuple(GateMark(**gate) for gate in plain["gates"]),
            "whys": _whys(plain["whys"]),
            "cells": {key: _cell(one) for key, one in plain["cells"].items()},
        }
    )


def _cell(plain: Plain) -> Cell:
    return Cell(
        points=_number(plain["points"]),
        max=Fraction(plain["max"]),
        state=plain["state"],
        computed=_number(plain["computed"]),
        self_score=_number(plain["self_score"]),
        verified=_number(plain["verified"]),
        synthetic=plain["synthetic"],
        whys=_whys(plain["whys"]),
    )


def _whys(plain: list[Plain]) -> tuple[Why, ...]:
    return tuple(
        Why(
            rule_id=one["rule_id"],
            words=one["words"],
            inputs=tuple((name, text) for name, text in one["inputs"]),
        )
        for one in plain
    )


def _deviation(plain: Plain) -> Deviation:
    return Deviation(
        **{
            **plain,
            "computed": _number(plain["computed"]),
            "before": _number(plain["before"]),
            "points": _number(plain["points"]),
        }
    )
