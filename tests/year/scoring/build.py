"""Opens a bloc-year for scoring and fills sheets, through the services alone."""

from __future__ import annotations

from datetime import date

from tests.build import World
from tests.year.scoring.scales import PLAIN
from thidua.core.points import read_points
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.services import Paper, add_evidence
from thidua.year.progress.services import cite as cite_document
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.services import adopt_scale, import_scale
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.services import LineChange, open_sheets, save_line, set_fields

REASON = "Theo báo cáo năm"


def adopt(
    head: Actor, bloc_year: BlocYear, content: str, *, unit_kind: str = "", carry: str = ""
) -> Scale:
    """A scale in force; one that replaces another says what becomes of scores (`carry`)."""
    draft = import_scale(head, bloc_year=bloc_year, content=content, unit_kind=unit_kind)
    change = {"reason": "Sửa trong năm", "carry": carry} if carry else {}
    return adopt_scale(head, scale=draft, adopted_on=date(2026, 1, 2), **change)


def opened(world: World, content: str = PLAIN) -> dict[int, Sheet]:
    """Every unit's sheet, by the number of its unit from 1."""
    adopt(world.head, world.bloc_year, content)
    open_sheets(world.head, bloc_year=world.bloc_year)
    return {
        number: Sheet.objects.get(bloc_year=world.bloc_year, unit=unit)
        for number, unit in enumerate(world.units, 1)
    }


def type_line(
    actor: Actor,
    sheet: Sheet,
    code: str,
    points: str = "",
    *,
    reason: str | None = None,
    seen: int | None = None,
    stage: Stage = Stage.SELF,
    **inputs: object,
) -> Entry:
    """One line written: points as people type them, figures as given."""
    change = LineChange(
        inputs=inputs, points=read_points(points) if points else None, reason=reason
    )
    return save_line(actor, sheet=sheet, code=code, stage=stage, change=change, seen=seen)


def cite(actor: Actor, sheet: Sheet, *codes: str) -> EvidenceDocument:
    """A document of the unit, cited on the lines."""
    document = add_evidence(
        actor,
        bloc_year=sheet.bloc_year,
        unit=sheet.unit,
        paper=Paper(number="12/BC-S2", subject="Báo cáo năm"),
    )
    return cite_document(actor, document=document, codes=codes, page="trang 4")


def fill(actor: Actor, sheet: Sheet, *, result: str = "80") -> None:
    """Every line of the plain scale, with reasons and evidence, ready to be sent."""
    cite(actor, sheet, "I.1")
    type_line(actor, sheet, "I.1", target="100", result=result)
    type_line(actor, sheet, "I.2", target="10", result="12")
    type_line(actor, sheet, "II.1", "18", reason=REASON)
    type_line(actor, sheet, "II.2", value=True)
    type_line(actor, sheet, "III", value="1")
    type_line(actor, sheet, "IV", value="0")
    set_fields(actor, sheet=sheet, fields={"co_chi_bo": True, "so_nguoi": "40"})
