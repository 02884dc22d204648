"""Only loaded sample values carry the mark, in a demo jurisdiction too."""

from __future__ import annotations

from tests.build import World
from tests.year.rulebook.samples import adopt
from thidua.platform.marking import made_up
from thidua.year.record.awards import Award
from thidua.year.registration.models import Registration
from thidua.year.registration.queries import draft
from thidua.year.registration.services import save_titles


def save(world: World, titles: dict[Award, int | None]) -> Registration:
    return save_titles(world.officer, bloc_year=world.bloc_year, unit=world.units[1], titles=titles)


def test_a_title_added_by_a_person_stands_beside_sample_titles_without_the_mark(
    world: World,
) -> None:
    adopt(world)
    with made_up():
        save(world, {Award.EXCELLENT_COLLECTIVE: 2, Award.ADVANCED_WORKER: 40})
    save(
        world, {Award.PROVINCE_FLAG: None, Award.EXCELLENT_COLLECTIVE: 3, Award.ADVANCED_WORKER: 40}
    )

    found = draft(world.bloc_year, world.units[1].pk)
    assert found.made_up_titles == frozenset({Award.ADVANCED_WORKER})


def test_a_registration_begun_by_a_person_is_no_sample(world: World) -> None:
    adopt(world)
    world.jurisdiction.synthetic = True
    world.jurisdiction.save()

    assert not save(world, {Award.PROVINCE_FLAG: None}).synthetic
