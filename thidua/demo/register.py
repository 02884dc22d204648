"""Registrations of a demo bloc: every unit drafts, its leader approves, the head accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua.demo.cast import Cast
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear
from thidua.year.record.awards import Award
from thidua.year.registration.models import Registration
from thidua.year.registration.services import (
    KeyTaskInput,
    TargetInput,
    accept_registration,
    approve_registration,
    save_key_tasks,
    save_targets,
    save_titles,
    submit_registration,
)


def draft(  # one unit's registration with its three sections
    cast: Cast,
    bloc_year: BlocYear,
    unit: Unit,
    *,
    targets: Sequence[TargetInput] = (),
    titles: Mapping[Award, int | None] | None = None,
    tasks: Sequence[KeyTaskInput] = (),
) -> Registration:
    """Save what a unit registers; sections without content are left alone."""
    officer = cast.officers[unit.pk]
    if targets:
        save_targets(officer, bloc_year=bloc_year, unit=unit, targets=targets)
    if titles:
        save_titles(officer, bloc_year=bloc_year, unit=unit, titles=titles)
    if tasks:
        save_key_tasks(officer, bloc_year=bloc_year, unit=unit, tasks=tasks)
    return Registration.objects.get(bloc_year=bloc_year, unit=unit)


def send(cast: Cast, registration: Registration, *, accepted: bool = True) -> None:
    """Submit to the leader, approve, and let the head accept."""
    unit_id = registration.unit_id
    submit_registration(cast.officers[unit_id], registration=registration)
    approve_registration(cast.leaders[unit_id], registration=registration)
    if accepted:
        accept_registration(cast.chair, registration=registration)
