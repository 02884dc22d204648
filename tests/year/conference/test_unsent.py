"""Half a sheet takes no place; beside the adopted table no other place stands."""

from __future__ import annotations

import pytest

from tests.build import World
from tests.year.conference.build import adopted, meet, ready, unit, year_of
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import standing_of
from thidua.year.conference.preview import preview_of
from thidua.year.conference.queries import conference_facts
from thidua.year.conference.services import mark_not_ranked
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Sheet
from thidua.year.scoring.pages.table import LOOKS, table_page

NAMES = [look.name for look in LOOKS]


def unsent(world: World, number: int) -> None:
    """Every line is filled, and the best unit has not sent."""
    ready(world)
    Sheet.objects.filter(unit=unit(world, number)).update(
        state=Sheet.State.SELF, submitted_at=None, verified_at=None
    )
    meet(world)
    forget()


def test_the_preview_gives_no_place_to_a_unit_that_still_scores_itself(world: World) -> None:
    unsent(world, 1)
    preview = preview_of(conference_facts(year_of(world)))

    assert preview is not None
    assert [(one.name, one.rank, one.total) for one in preview.places] == [
        ("Sở Số 2", "1", "95,0"),
        ("Sở Số 3", "2", "84,0"),
        ("Sở Số 1", "Chưa xếp", "–"),
    ]
    assert preview.places[2].remarks == ("Đang tự chấm, chưa gửi.",)


def test_a_unit_recorded_as_not_ranked_keeps_the_recorded_reason(world: World) -> None:
    unsent(world, 1)
    mark_not_ranked(
        world.head, bloc_year=world.bloc_year, unit=unit(world, 1), reason="Mới thành lập"
    )
    preview = preview_of(conference_facts(year_of(world)))

    assert preview is not None
    assert preview.places[2].remarks == ("Không xếp hạng: Mới thành lập.",)


@pytest.mark.parametrize("look", NAMES)
def test_the_working_table_ranks_only_those_that_sent(world: World, look: str) -> None:
    BlocYear.objects.update(visibility=BlocYear.Visibility.ALWAYS)
    unsent(world, 1)
    year = year_of(world)
    group = table_page(year, standing_of(world.officer, year), look=look).groups[0]

    assert [(one.sheet.unit, one.rank, one.standing) for one in group.columns] == [
        ("Sở Số 1", None, "Đang tự chấm"),
        ("Sở Số 2", 1, "Đã thẩm định"),
        ("Sở Số 3", 2, "Đã thẩm định"),
    ]
    assert group.lead == ""


@pytest.mark.parametrize("look", NAMES)
def test_no_step_of_an_adopted_table_shows_places_or_a_leader(world: World, look: str) -> None:
    adopted(world)
    year = year_of(world)
    page = table_page(year, standing_of(world.officer, year), look=look)
    group = page.groups[0]

    assert page.adopted
    assert ([one.rank for one in group.columns], group.ranked, group.lead) == (
        [None, None, None],
        False,
        "",
    )
