"""Các bước chấm điểm: the evidence rule, who reads a sheet, who is written to, until when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.year.scoring.build import cite, type_line
from tests.year.scoring.steps_build import Bloc, configured, plan, sent
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.mail.models import Letter
from thidua.year.bloc.models import Window
from thidua.year.bloc.rights import standing_of
from thidua.year.scoring.board import facts_of
from thidua.year.scoring.models import Sheet, Stage, Step
from thidua.year.scoring.queries import visible_units
from thidua.year.scoring.services import (
    StepPlan,
    confirm_lines,
    finish_verification,
    submit_self_score,
)


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule_id for finding in refused.value.findings}


def test_where_the_bloc_takes_a_reason_a_line_may_go_without_its_document(bloc: Bloc) -> None:
    own = StepPlan(stage=Stage.SELF, evidence=Step.Evidence.EXPLAIN)
    bloc = configured(bloc, own, plan(bloc, Stage.TEAM))
    officer, sheet = bloc.world.officer, bloc.sheets[2]
    fill_without_evidence(bloc)
    with pytest.raises(Refused) as silent:
        submit_self_score(officer, sheet=sheet)
    assert rules(silent) == {"SUBMIT-3"}
    type_line(officer, sheet, "I.1", reason="Báo cáo đang chờ ký")
    assert submit_self_score(officer, sheet=sheet).at_stage == Stage.TEAM
    confirm_lines(bloc.staff[4], sheet=bloc.sheet)
    assert finish_verification(bloc.staff[4], sheet=bloc.sheet).state == Sheet.State.VERIFIED


def test_elsewhere_a_reason_does_not_stand_in_for_a_document(bloc: Bloc) -> None:
    bloc = configured(bloc, plan(bloc, Stage.TEAM))
    fill_without_evidence(bloc)
    type_line(bloc.world.officer, bloc.sheets[2], "I.1", reason="Báo cáo đang chờ ký")
    with pytest.raises(Refused) as refused:
        submit_self_score(bloc.world.officer, sheet=bloc.sheets[2])
    assert rules(refused) == {"SUBMIT-3"}

    cite(bloc.world.officer, bloc.sheets[2], "I.1")
    assert submit_self_score(bloc.world.officer, sheet=bloc.sheets[2]).at_stage == Stage.TEAM


def fill_without_evidence(bloc: Bloc) -> None:
    officer, sheet = bloc.world.officer, bloc.sheets[2]
    type_line(officer, sheet, "I.1", target="100", result="80")
    type_line(officer, sheet, "I.2", target="10", result="12")
    type_line(officer, sheet, "II.1", "18", reason="Theo báo cáo")
    type_line(officer, sheet, "II.2", value=True)
    type_line(officer, sheet, "III", value="1")
    type_line(officer, sheet, "IV", value="0")


# --- who reads, other places


def test_team_and_agencies_read_a_sheet_once_it_is_sent(bloc: Bloc) -> None:
    bloc = configured(bloc, plan(bloc, Stage.SECTOR, owners={"II": bloc.unit(6)}))
    year = bloc.world.bloc_year

    def seen() -> bool:
        facts = facts_of(year.pk)
        return bloc.unit(2) in visible_units(year, standing_of(bloc.staff[6], year), facts)

    before = seen()
    sent(bloc)
    assert (before, seen()) == (False, True)


def test_a_letter_goes_to_whoever_has_the_next_step(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.TEAM), plan(bloc, Stage.OFFICE)))
    first = set(Letter.objects.values_list("to", flat=True))
    confirm_lines(bloc.staff[4], sheet=bloc.sheet)
    finish_verification(bloc.staff[4], sheet=bloc.sheet)
    then = set(Letter.objects.values_list("to", flat=True)) - first

    assert first == {"verifier@mau.vn", "third@mau.vn", "nguoi3@mau.vn", "nguoi4@mau.vn"}
    assert then == {"standing@mau.vn", "officer@mau.vn", "leader@mau.vn", "nguoi2@mau.vn"}


def test_the_years_own_window_closes_a_step_without_dates(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.TEAM)))
    window = Window.objects.get(bloc_year=bloc.world.bloc_year, deed=Window.Deed.VERIFY)
    window.closes = clock.now() - timedelta(hours=1)
    window.save()
    bloc.world.bloc_year.late = "refuse"
    bloc.world.bloc_year.save()
    with pytest.raises(Refused) as refused:
        confirm_lines(bloc.staff[4], sheet=bloc.sheet)

    assert rules(refused) == {"SHEET-3"}
