"""Whose sheets are open to whom, and the words for whoever stands before a closed one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.build import World
from tests.year.scoring.browse import address, signed_in, text_of
from tests.year.scoring.build import fill
from thidua.core.finding import Finding
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import standing_of
from thidua.year.scoring.board import facts_of
from thidua.year.scoring.models import Sheet
from thidua.year.scoring.queries import judge_reading
from thidua.year.scoring.services import submit_self_score

Sheets = dict[int, Sheet]
Visibility = BlocYear.Visibility
UNTIL = {
    Visibility.AFTER_SELF: "khi mọi đơn vị đã gửi tự chấm",
    Visibility.OWN: "khi hội nghị đã thông qua bảng điểm",
}


def decide(world: World, visibility: Visibility) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(visibility=visibility)


def judged(world: World, who: str, unit: int) -> Finding | None:
    bloc_year = BlocYear.objects.get(pk=world.bloc_year.pk)
    standing, facts = standing_of(world.actors[who], bloc_year), facts_of(bloc_year.pk)
    return judge_reading(bloc_year, standing, facts, world.units[unit - 1].pk)


@pytest.mark.parametrize("visibility", UNTIL)
@pytest.mark.parametrize("who", ["officer", "leader", "standing"])
def test_the_sheet_of_another_unit_is_closed_until_the_bloc_opens_it(
    world: World, sheets: Sheets, visibility: Visibility, who: str
) -> None:
    decide(world, visibility)
    found = judged(world, who, 1)

    assert found is not None
    assert (found.rule_id, found.outcome) == ("SHEET-4", "refused")
    assert found.words == f"Bảng của đơn vị khác mở {UNTIL[visibility]}, theo quy định của Khối."


@pytest.mark.parametrize("visibility", UNTIL)
@pytest.mark.parametrize(("who", "unit"), [("officer", 2), ("verifier", 2), ("head", 3)])
def test_a_unit_reads_its_own_sheet_its_checker_too_and_the_head_every_one(
    world: World, sheets: Sheets, visibility: Visibility, who: str, unit: int
) -> None:
    decide(world, visibility)

    assert judged(world, who, unit) is None


def test_where_the_bloc_always_shows_them_sheets_are_open_to_members_alone(
    world: World, sheets: Sheets
) -> None:
    decide(world, Visibility.ALWAYS)

    assert [judged(world, who, 1) for who in ("officer", "standing")] == [None, None]
    outsider = judged(world, "neighbour", 1)
    assert outsider is not None
    assert outsider.rule_id == "SHEET-4"


def test_sheets_open_once_all_were_sent_unless_the_bloc_waits_for_the_conference(
    world: World, sheets: Sheets
) -> None:
    for number, who in ((1, "head"), (2, "officer"), (3, "third")):
        fill(world.actors[who], sheets[number])
        submit_self_score(world.actors[who], sheet=sheets[number])
    decide(world, Visibility.AFTER_SELF)
    after_self = judged(world, "officer", 1)
    decide(world, Visibility.OWN)
    own = judged(world, "officer", 1)

    assert after_self is None
    assert own is not None
    assert own.rule_id == "SHEET-4"


@pytest.mark.parametrize("visibility", UNTIL)
@pytest.mark.parametrize("name", ["sheet", "why_total"])
def test_the_page_of_a_closed_sheet_says_when_it_opens(
    world: World, sheets: Sheets, visibility: Visibility, name: str
) -> None:
    decide(world, visibility)
    answer = signed_in(world.officer).get(address(name, world, 1))

    assert answer.status_code == 403
    assert f"Bảng của đơn vị khác mở {UNTIL[visibility]}" in text_of(answer.content)


@pytest.mark.parametrize("visibility", UNTIL)
def test_the_table_and_the_rank_say_when_they_open(
    world: World, sheets: Sheets, visibility: Visibility
) -> None:
    decide(world, visibility)
    client = signed_in(world.officer)
    table = client.get(reverse("scoring:table", args=[world.bloc_year.pk]))
    total = client.get(address("why_total", world, 2))

    hidden = f"Điểm của 2 đơn vị khác hiện ra {UNTIL[visibility]}, theo quy định của Khối."
    assert hidden in text_of(table.content)
    rank = f"Thứ hạng hiện ra {UNTIL[visibility]}, theo quy định của Khối."
    assert rank in text_of(total.content)
