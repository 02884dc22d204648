"""The first act of verification is noted on the year: nobody draws checkers after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.build import World
from tests.stories.small_year import Bloc, Until, own_bloc, play
from tests.year.bloc.drawing import DIGITS, close_self_scores
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.rebuild import compare_all
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.services import draw_checkers
from thidua.year.scoring.models import Stage
from thidua.year.scoring.services import LineChange, confirm_lines, return_lines, save_line


@pytest.fixture
def sent(world: World) -> Bloc:
    """Every unit has sent its self-scores; nobody has verified a line."""
    return play(own_bloc(world), until=Until.SCORING)


def since(bloc: Bloc) -> object:
    return BlocYear.objects.get(pk=bloc.bloc_year.pk).verifying_since


def test_typing_and_sending_self_scores_begins_nothing(sent: Bloc) -> None:
    assert since(sent) is None


@pytest.mark.parametrize("deed", ["line", "confirm", "return"])
def test_the_first_act_of_a_checker_is_noted_once(sent: Bloc, deed: str) -> None:
    moment = clock.local(clock.today(), 11)
    sheet, checker = sent.sheet(1), sent.leaders[1]
    change = LineChange(points=35_000, reason="Thiếu một kỳ họp")
    with clock.at(moment):
        if deed == "line":
            save_line(checker, sheet=sheet, code="II", stage=Stage.VERIFIED, change=change)
        elif deed == "confirm":
            confirm_lines(checker, sheet=sheet)
        else:
            return_lines(checker, sheet=sheet, reasons={"I.2": "Chưa rõ"})
    with clock.at(moment + timedelta(hours=1)):
        confirm_lines(sent.leaders[2], sheet=sent.sheet(2))

    assert since(sent) == moment
    assert [one for one in compare_all() if one.row == "bloc.blocyear"] == []


def test_nobody_draws_after_the_first_verified_line(sent: Bloc) -> None:
    confirm_lines(sent.leaders[1], sheet=sent.sheet(1))
    close_self_scores(sent.bloc_year, closes=clock.now() - timedelta(hours=1))
    with pytest.raises(Refused) as refused:
        draw_checkers(
            sent.head,
            bloc_year=sent.bloc_year,
            digits=DIGITS,
            witnesses=[unit.pk for unit in sent.units[1:3]],
        )
    assert [finding.rule_id for finding in refused.value.findings] == ["DRAW-11"]
