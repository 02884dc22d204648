"""Scoring in a demo bloc: figures, evidence, self-scores, verification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from thidua.core.points import MILLI
from thidua.demo.cast import Cast
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear
from thidua.year.progress.services import Figure, Paper, add_evidence, cite, record_results
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.services import (
    LineChange,
    Wanted,
    confirm_lines,
    finish_verification,
    save_lines,
    submit_self_score,
)


def report(
    cast: Cast, bloc_year: BlocYear, unit: Unit, *, as_of: date, results: Mapping[str, int]
) -> None:
    """Record what the unit reached by a day."""
    figures = [Figure(code=code, value=value * MILLI) for code, value in results.items()]
    record_results(
        cast.officers[unit.pk], bloc_year=bloc_year, unit=unit, as_of=as_of, figures=figures
    )


def prove(
    cast: Cast, bloc_year: BlocYear, unit: Unit, *, subject: str, codes: Sequence[str]
) -> None:
    """One document without a number (nothing is invented), cited on lines."""
    officer = cast.officers[unit.pk]
    document = add_evidence(
        officer, bloc_year=bloc_year, unit=unit, paper=Paper(subject=subject, issuer=unit.name)
    )
    cite(officer, document=document, codes=codes, page="toàn văn bản")


def judge(cast: Cast, sheet: Sheet, values: Mapping[str, object]) -> None:
    """Type self-scores of many lines at once; a judged line says what it rests on."""
    wanted = {
        code: Wanted(change=LineChange(inputs=_inputs(value), reason=_reason(value)))
        for code, value in values.items()
    }
    saved = save_lines(
        cast.officers[sheet.unit_id], sheet=sheet, stage=Stage.SELF, wanted=wanted, whole=True
    )
    if saved.refused or saved.conflicts:
        raise ValueError(f"{sheet.unit}: {saved.refused} {saved.conflicts}")


def _inputs(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {"value": value}


def _reason(value: object) -> str | None:
    return None if isinstance(value, Mapping) else "Theo báo cáo năm của đơn vị (lý do mẫu)."


def submit(cast: Cast, sheet: Sheet) -> None:
    """Send the self-score."""
    submit_self_score(cast.officers[sheet.unit_id], sheet=Sheet.objects.get(pk=sheet.pk))


def confirm(cast: Cast, sheet: Sheet, *, by: int) -> None:
    """The checker keeps every self-score and finishes."""
    checker = cast.officers[by]
    confirm_lines(checker, sheet=Sheet.objects.get(pk=sheet.pk))
    finish_verification(checker, sheet=Sheet.objects.get(pk=sheet.pk))
