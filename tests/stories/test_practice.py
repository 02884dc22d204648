"""The practice bloc can be played to the end of the year with the log-ins that are given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django_scopes import scopes_disabled

from thidua.demo.load import load_practice
from thidua.demo.log_ins import LOG_INS
from thidua.demo.practice import SHOWN, UNITS
from thidua.platform import clock
from thidua.registry.actor import Actor, actor_of
from thidua.registry.models import Position, Role
from thidua.registry.queries import units_without_login
from thidua.year.bloc.models import BlocYear, Membership, Window
from thidua.year.scoring.board import BY_HAND, view_of
from thidua.year.scoring.checks import before_adopting, before_sending, unknown_facts
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.services import (
    LineChange,
    Wanted,
    confirm_lines,
    finish_verification,
    save_lines,
    set_fields,
    submit_self_score,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = date(2026, 11, 20)
LEFT = ("II.4", "III.1", "III.2", "III.4")


@pytest.fixture
def practice() -> Iterator[BlocYear]:
    with scopes_disabled():
        bloc_year = load_practice(TODAY)
        with clock.at(clock.local(TODAY, 9)):
            yield bloc_year


def logged_in(name: str, role: Role) -> Actor:
    held = Position.objects.select_related("person", "unit", "jurisdiction")
    return actor_of(held.get(person__account__email=LOG_INS[name].email, role=role))


def finish_the_sheet_of(officer: Actor, sheet: Sheet) -> None:
    set_fields(officer, sheet=sheet, fields={"nop_dung_han": True})
    typed: dict[str, dict[str, object]] = {code: {"value": "1"} for code in LEFT}
    typed |= {
        "III.3": {"value": "1"},
        "IV": {"reviewed": True},
        "IV.1": {"value": "0"},
        "V": {"value": "0"},
        "VI": {"value": "0"},
    }
    wanted = {
        code: Wanted(change=LineChange(inputs=inputs, reason="Theo báo cáo năm."))
        for code, inputs in typed.items()
    }
    saved = save_lines(officer, sheet=sheet, stage=Stage.SELF, wanted=wanted, whole=True)
    assert (saved.refused, saved.conflicts) == ({}, {})
    submit_self_score(officer, sheet=Sheet.objects.get(pk=sheet.pk))


def test_only_the_unit_with_the_officers_log_in_still_has_to_send(practice: BlocYear) -> None:
    sheets = Sheet.objects.filter(bloc_year=practice).select_related("unit")
    states = {sheet.unit.name: Sheet.State(sheet.state) for sheet in sheets}
    window = Window.objects.get(bloc_year=practice, deed=Window.Deed.SELF_SCORE)

    expected = dict.fromkeys(UNITS, Sheet.State.SUBMITTED)
    assert states == expected | {SHOWN: Sheet.State.SELF, UNITS[0]: Sheet.State.VERIFIED}
    assert window.is_open(clock.now())


def test_units_without_a_log_in_have_sent_complete_sheets_with_their_facts(
    practice: BlocYear,
) -> None:
    names = dict(Membership.objects.filter(bloc_year=practice).values_list("unit_id", "unit__name"))
    silent = units_without_login(names)
    view = view_of(practice.pk, (Stage.SELF, BY_HAND))
    sent = [sheet for sheet in view.facts.sheets.values() if sheet.unit_id in silent]

    assert len(sent) == 6
    assert [before_sending(view, sheet) for sheet in sent] == [[]] * 6
    assert [unknown_facts(view, sheet) for sheet in sent] == [[]] * 6


def test_the_head_alone_verifies_all_that_is_left_and_the_table_is_ready(
    practice: BlocYear,
) -> None:
    shown = Sheet.objects.get(bloc_year=practice, unit__name=SHOWN)
    finish_the_sheet_of(logged_in("officer", Role.OFFICER), shown)
    head = logged_in("head", Role.LEADER)

    for sheet in Sheet.objects.filter(bloc_year=practice, state=Sheet.State.SUBMITTED):
        confirm_lines(head, sheet=sheet)
        finish_verification(head, sheet=Sheet.objects.get(pk=sheet.pk))

    view = view_of(practice.pk, (Stage.VERIFIED, BY_HAND), (Stage.ADOPTED, BY_HAND))
    sheets = view.facts.sheets.values()
    assert {sheet.state for sheet in sheets} == {Sheet.State.VERIFIED}
    assert [trouble for sheet in sheets for trouble in before_adopting(view, sheet)] == []
