"""Titles the unit aims for, and its key tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from thidua.core.points import show_figure
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import line_of, refuse
from thidua.year.bloc.models import BlocYear
from thidua.year.record.awards import UNIT_AWARDS, Award
from thidua.year.registration.models import KeyTask, Registration, TitleAim
from thidua.year.registration.services.ground import open_draft, unit_name

MOST_TASKS = 30
MOST_COUNT = Fraction(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTaskInput:
    """One key task; `place` is the form field that errors stand beside."""

    text: str
    due: str = ""
    synthetic: bool = False
    place: str = ""


def save_titles(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    titles: Mapping[Award, int | None],
    version: int | None = None,
    request_id: str = "",
) -> Registration:
    """Replace the titles aimed for; awards of the unit itself carry no count, the others do."""
    with Act(
        actor,
        "registration.titles",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit_name(bloc_year, unit)} ghi danh hiệu phấn đấu",
        request_id=request_id,
        inputs={"unit": unit.pk, "titles": {str(key): count for key, count in titles.items()}},
    ) as act:
        if act.repeated:
            return act.first(Registration)
        row = open_draft(act, actor, bloc_year, unit, version)
        _write_titles(act, row, {award: _count(award, count) for award, count in titles.items()})
        return act.result(row)


def save_key_tasks(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    tasks: Sequence[KeyTaskInput],
    version: int | None = None,
    request_id: str = "",
) -> Registration:
    """Replace the key tasks by these, numbered from 1; blank ones are left out."""
    with Act(
        actor,
        "registration.key_tasks",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit_name(bloc_year, unit)} ghi nhiệm vụ trọng tâm",
        request_id=request_id,
        inputs={"unit": unit.pk, "tasks": [asdict(one) for one in tasks]},
    ) as act:
        if act.repeated:
            return act.first(Registration)
        row = open_draft(act, actor, bloc_year, unit, version)
        wanted = [_task(one) for one in tasks if one.text.strip() or one.due.strip()]
        if len(wanted) > MOST_TASKS:
            raise refuse("REG-15", f"Ghi nhiều nhất {MOST_TASKS} nhiệm vụ trọng tâm.")
        _write_tasks(act, row, wanted)
        return act.result(row)


def _count(award: Award, count: int | None) -> int | None:
    if award in UNIT_AWARDS:
        return None
    if count is None or not 1 <= count <= MOST_COUNT:
        most = show_figure(MOST_COUNT)
        words = f"Ghi số tập thể, cá nhân phấn đấu đạt {award.label}, từ 1 đến {most}."
        raise refuse("REG-14", words, field=str(award))
    return count


def _write_titles(act: Act, row: Registration, wanted: Mapping[Award, int | None]) -> None:
    held = {Award(one.award): one for one in TitleAim.objects.filter(registration=row)}
    for award, count in wanted.items():
        if award in held:
            made_up = held[award].synthetic and held[award].count == count
            act.change(held[award], count=count, synthetic=made_up)
        else:
            act.create(
                TitleAim(
                    jurisdiction_id=row.jurisdiction_id,
                    registration=row,
                    award=award,
                    count=count,
                )
            )
    for award, one in held.items():
        if award not in wanted:
            act.remove(one)


def _task(one: KeyTaskInput) -> KeyTaskInput:
    return KeyTaskInput(
        text=line_of(one.text, label="nhiệm vụ", most=500, field=f"{one.place}-text"),
        due=line_of(one.due, label="thời hạn", most=60, field=f"{one.place}-due", needed=False),
        synthetic=one.synthetic,
    )


def _write_tasks(act: Act, row: Registration, wanted: Sequence[KeyTaskInput]) -> None:
    held = {one.order: one for one in KeyTask.objects.filter(registration=row)}
    for order, one in enumerate(wanted, 1):
        columns = {"text": one.text, "due": one.due, "synthetic": one.synthetic}
        if order in held:
            was = held[order]
            if (was.text, was.due) != (one.text, one.due):
                act.change(was, **columns)
        else:
            act.create(
                KeyTask(
                    jurisdiction_id=row.jurisdiction_id, registration=row, order=order, **columns
                )
            )
    for order, gone in held.items():
        if order > len(wanted):
            act.remove(gone)
