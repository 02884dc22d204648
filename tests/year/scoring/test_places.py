"""Thứ tự tạm: only a sheet that was sent takes a place, and no place is taken by half a one."""

from __future__ import annotations

from tests.build import World
from tests.year.scoring.build import fill
from thidua.year.scoring.board import BY_HAND, view_of
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.pages.places import places
from thidua.year.scoring.pages.why_total import WhyTotal, why_total
from thidua.year.scoring.services import submit_self_score

RUN = (Stage.SELF, BY_HAND)


def asked(world: World, sheet: Sheet) -> tuple[dict[int, int], WhyTotal]:
    """The places of the bloc, and the answer for one unit."""
    view = view_of(world.bloc_year.pk, RUN)
    own = view.facts.sheets[sheet.pk]
    return places(view, view.facts.scale_of(own), RUN), why_total(view, own, Stage.SELF)


def test_a_full_sheet_that_is_not_sent_takes_no_place(
    world: World, sheets: dict[int, Sheet]
) -> None:
    fill(world.officer, sheets[2], result="100")
    fill(world.head, sheets[1], result="70")
    submit_self_score(world.head, sheet=sheets[1])
    found, why = asked(world, sheets[2])

    assert found == {sheets[1].pk: 1}
    assert (why.rank, why.ranking, why.margin_words, why.swings) == (None, (), "", ())
    assert [one.rank for one in why.others][0:2] == [1, None]


def test_the_place_counts_those_that_sent(world: World, sheets: dict[int, Sheet]) -> None:
    for actor, number, result in ((world.officer, 2, "100"), (world.head, 1, "70")):
        fill(actor, sheets[number], result=result)
        submit_self_score(actor, sheet=sheets[number])
    found, why = asked(world, sheets[1])

    assert found == {sheets[2].pk: 1, sheets[1].pk: 2}
    assert (why.rank, [one.rank for one in why.others]) == (2, [1, 2, None])
    assert why.margin_words.startswith("Kém ")
