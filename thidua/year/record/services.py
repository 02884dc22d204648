"""Writing the record: only closing a year does it, inside its own decision."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from thidua.core.points import result_text
from thidua.platform.ledger.act import Act
from thidua.year.record.awards import Award
from thidua.year.record.models import Title, YearResult


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOutcome:
    """What a unit leaves behind: exact total, the total as printed, place, class, a note."""

    unit_id: int
    unit_name: str
    total: Fraction | None
    total_text: str
    rank: int | None
    class_label: str = ""
    note: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominated:
    """A unit nominated for an award; the decision comes later."""

    unit_id: int
    unit_name: str
    award: Award
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedYear:
    """One bloc's closed year; ``fingerprint`` is that of the adopted table."""

    jurisdiction_id: int
    bloc_name: str
    year: int
    fingerprint: str
    outcomes: tuple[UnitOutcome, ...]
    nominated: tuple[Nominated, ...] = ()


def write_results(act: Act, *, closed: ClosedYear) -> list[YearResult]:
    """Write one YearResult per unit and one Title per nomination, as part of the given decision.

    The caller's decision carries actor, right and request id; a year is written once (a second
    time the database refuses: year_result_once).
    """
    results = [act.create(_result(closed, outcome)) for outcome in closed.outcomes]
    for one in closed.nominated:
        act.create(
            Title(
                jurisdiction_id=closed.jurisdiction_id,
                unit_id=one.unit_id,
                unit_name=one.unit_name,
                bloc_name=closed.bloc_name,
                year=closed.year,
                award=one.award,
                synthetic=one.synthetic,
            )
        )
    return results


def _result(closed: ClosedYear, outcome: UnitOutcome) -> YearResult:
    return YearResult(
        jurisdiction_id=closed.jurisdiction_id,
        unit_id=outcome.unit_id,
        unit_name=outcome.unit_name,
        bloc_name=closed.bloc_name,
        year=closed.year,
        total="" if outcome.total is None else result_text(outcome.total),
        total_text=outcome.total_text,
        rank=outcome.rank,
        class_label=outcome.class_label,
        note=outcome.note,
        fingerprint=closed.fingerprint,
        synthetic=outcome.synthetic,
    )
