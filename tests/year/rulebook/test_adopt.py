"""Adopted means frozen: who, when, and what stands in the way."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, transaction

from tests.build import World
from tests.year.rulebook.samples import adopt, load, scale_text
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.year.rulebook import queries
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.services import adopt_scale, discard_scale, import_scale

DAY = date(2026, 3, 30)
CHANGE = {"reason": "Công văn 12/UBND-TH", "carry": "move"}


def test_the_newest_adopted_version_is_the_scale_in_force(world: World) -> None:
    first = adopt(world)
    draft = load(world, scale_text(version="2"))
    assert queries.current_scale(world.bloc_year) == first

    adopt_scale(world.head, scale=draft, adopted_on=DAY, document_number="12/QĐ-KTĐ", **CHANGE)

    now = queries.current_scale(world.bloc_year)
    assert now is not None
    assert (now.sequence, now.adopted_on, now.document_number) == (2, DAY, "12/QĐ-KTĐ")
    assert now.adopted_by == "Lãnh đạo đơn vị, Sở Số 1"


def test_a_kind_of_unit_follows_its_own_scale_before_the_common_one(world: World) -> None:
    common = adopt(world)
    own = import_scale(
        world.head, bloc_year=world.bloc_year, content=scale_text(version="so"), unit_kind="so"
    )
    adopt_scale(world.head, scale=own, adopted_on=DAY, **CHANGE)

    assert queries.current_scale(world.bloc_year, "so") == own
    assert queries.current_scale(world.bloc_year, "ban") == common


def test_a_scale_with_errors_is_not_adopted_and_the_errors_are_named(world: World) -> None:
    draft = load(world, scale_text(base=990))

    with pytest.raises(Refused) as caught:
        adopt_scale(world.head, scale=draft, adopted_on=DAY)

    assert [finding.rule_id for finding in caught.value.findings] == ["SCALE-3"]
    assert "990" in str(caught.value)
    assert queries.current_scale(world.bloc_year) is None


def test_an_adopted_scale_is_neither_adopted_again_nor_discarded(world: World) -> None:
    row = adopt(world)

    for decide in (
        lambda: adopt_scale(world.head, scale=row, adopted_on=DAY),
        lambda: discard_scale(world.head, scale=row),
    ):
        with pytest.raises(Refused) as caught:
            decide()
        assert caught.value.findings[0].rule_id == "SCALE-4"


def test_the_database_itself_refuses_to_change_an_adopted_scale(world: World) -> None:
    row = adopt(world)

    with pytest.raises(Error), transaction.atomic():
        Scale.objects.filter(pk=row.pk).update(text="khác")
    with pytest.raises(Error), transaction.atomic():
        Scale.objects.filter(pk=row.pk).delete()


def test_a_meeting_that_has_not_taken_place_adopts_nothing(world: World) -> None:
    draft = load(world, scale_text())
    tomorrow = clock.days_from_now(1).date()

    with pytest.raises(Refused) as caught:
        adopt_scale(world.head, scale=draft, adopted_on=tomorrow)

    assert [(finding.rule_id, finding.words) for finding in caught.value.findings] == [
        ("SCALE-5", "Ngày thông qua chưa tới. Ghi ngày đã họp thông qua.")
    ]
    assert queries.current_scale(world.bloc_year) is None
    assert adopt_scale(world.head, scale=draft, adopted_on=clock.today()).is_adopted


def test_two_contents_never_share_name_and_version(world: World) -> None:
    adopt(world)
    changed = load(world, scale_text().replace("Phong trào", "Phong trào thi đua"))

    with pytest.raises(Refused) as caught:
        adopt_scale(world.head, scale=changed, adopted_on=DAY)

    assert caught.value.findings[0].rule_id == "SCALE-6"


def test_only_the_head_adopts(world: World) -> None:
    draft = load(world, scale_text())

    for actor in (world.officer, world.leader, world.standing, world.neighbour, world.stranger):
        with pytest.raises(Refused) as caught:
            adopt_scale(actor, scale=draft, adopted_on=DAY)
        assert caught.value.findings[0].rule_id == "RIGHT-1"


def test_a_repeated_request_adopts_once(world: World) -> None:
    draft = load(world, scale_text())
    first = adopt_scale(world.head, scale=draft, adopted_on=DAY, request_id="r-1")

    again = adopt_scale(world.head, scale=draft, adopted_on=DAY, request_id="r-1")

    assert first.adopted_at == again.adopted_at


def test_a_text_changed_behind_the_product_is_noticed(world: World) -> None:
    row = load(world, scale_text())
    Scale.objects.filter(pk=row.pk).update(text=scale_text(version="9"))
    queries._loaded.cache_clear()

    with pytest.raises(queries.Altered):
        queries.core_scale(Scale.objects.get())
