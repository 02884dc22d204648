"""Only a conference that may decide decides a line: it is recorded, its day has come, quorum."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.build import World
from tests.year.conference.build import HELD_ON, meet, ready
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.year.conference.services import decide_line
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.services import LineChange


def decide(world: World) -> Entry:
    sheet = Sheet.objects.select_related("bloc_year").get(unit=world.units[1])
    code = Entry.objects.filter(sheet=sheet).values_list("code", flat=True)[0]
    change = LineChange(points=1000, reason="Hội nghị quyết định")
    return decide_line(world.head, sheet=sheet, code=code, change=change)


def refused_by(world: World) -> str:
    with pytest.raises(Refused) as refused:
        decide(world)
    assert Entry.objects.filter(stage=Stage.ADOPTED).count() == 0
    return refused.value.findings[0].rule_id


def test_without_a_recorded_conference_no_line_is_decided(world: World) -> None:
    ready(world)

    assert refused_by(world) == "CONF-3"


def test_before_its_day_no_line_is_decided(world: World) -> None:
    ready(world)
    meet(world)

    with clock.at(clock.local(HELD_ON - timedelta(days=1), 10)):
        assert refused_by(world) == "CONF-4"


def test_without_a_quorum_no_line_is_decided(world: World) -> None:
    ready(world)
    meet(world, present=1)

    assert refused_by(world) == "QUORUM-1"


def test_a_conference_that_may_decide_decides(world: World) -> None:
    ready(world)
    meet(world)

    assert decide(world).points == 1000
