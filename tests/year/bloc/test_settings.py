"""The head sets windows, rules, theme and checkers; everybody else reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.build import World
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.registry.actor import Actor
from thidua.year.bloc import quorum
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.queries import checkers, windows
from thidua.year.bloc.services import (
    Settings,
    Span,
    assign_checkers,
    leave_member,
    propose_cycle,
    set_settings,
    set_theme,
    set_windows,
)

NOW = datetime(2026, 6, 10, 9, 0, tzinfo=clock.LOCAL)
DEED = Window.Deed.SELF_SCORE
SPAN = Span(NOW + timedelta(days=10), NOW + timedelta(days=20))
PLAIN = Settings(
    quorum_num=3, quorum_den=4, visibility=BlocYear.Visibility.OWN, late=BlocYear.Late.REFUSE
)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.rule_id for finding in refused.value.findings]


def unset(world: World) -> None:
    Window.objects.filter(bloc_year=world.bloc_year).delete()


def put(world: World, span: Span | None, *, reason: str = "", request_id: str = "") -> BlocYear:
    return set_windows(
        world.head,
        bloc_year=world.bloc_year,
        spans={DEED: span},
        reason=reason,
        request_id=request_id,
    )


def test_the_head_sets_a_window(world: World) -> None:
    unset(world)
    with clock.at(NOW):
        put(world, SPAN)
    window = windows(world.bloc_year)[DEED]
    assert (window.opens, window.closes) == (SPAN.opens, SPAN.closes)
    assert Event.objects.get().subject == "Đặt mốc: Tự chấm điểm tới 09:00 ngày 30/06/2026"


def test_windows_that_stay_are_not_written_again(world: World) -> None:
    unset(world)
    with clock.at(NOW):
        put(world, SPAN)
        put(world, SPAN)
    assert [event.rows == [] for event in Event.objects.all()] == [False, True]


def test_an_extension_of_an_open_window_is_recorded_with_its_reason(world: World) -> None:
    unset(world)
    with clock.at(NOW):
        put(world, SPAN)
    longer = Span(SPAN.opens, SPAN.closes + timedelta(days=5))
    with clock.at(SPAN.opens):
        with pytest.raises(Refused) as refused:
            put(world, longer)
        put(world, longer, reason="Bão số 3")
    assert rules(refused) == ["WINDOW-3"]
    event = Event.objects.get(seq=2)
    assert (event.subject, event.reason) == (
        "Đặt mốc: gia hạn Tự chấm điểm tới 09:00 ngày 05/07/2026",
        "Bão số 3",
    )


def test_a_window_not_yet_open_moves_without_a_reason(world: World) -> None:
    unset(world)
    with clock.at(NOW):
        put(world, SPAN)
        put(world, Span(SPAN.opens, SPAN.closes + timedelta(days=5)))
        put(world, None)
    assert windows(world.bloc_year) == {}


def test_an_open_window_is_not_taken_away(world: World) -> None:
    unset(world)
    with clock.at(NOW):
        put(world, SPAN)
    with clock.at(SPAN.opens), pytest.raises(Refused) as refused:
        put(world, None, reason="Thôi")
    assert rules(refused) == ["WINDOW-4"]


@pytest.mark.parametrize(
    ("opens", "closes", "rule"),
    [
        (date(2026, 6, 20), date(2026, 6, 20), "WINDOW-1"),
        (date(2026, 6, 20), date(2206, 6, 21), "WINDOW-2"),
        (date(2016, 6, 20), date(2026, 6, 21), "WINDOW-2"),
    ],
)
def test_a_window_that_cannot_be_is_refused(
    world: World, opens: date, closes: date, rule: str
) -> None:
    unset(world)
    with clock.at(NOW), pytest.raises(Refused) as refused:
        put(world, Span(clock.local(opens), clock.local(closes)))
    assert rules(refused) == [rule]


def test_a_deadline_may_fall_in_the_next_year(world: World) -> None:
    unset(world)
    with clock.at(NOW):
        put(world, Span(SPAN.opens, clock.local(date(2027, 1, 15), 17)))
    assert windows(world.bloc_year)[DEED].closes == clock.local(date(2027, 1, 15), 17)


@pytest.mark.parametrize(
    ("num", "den", "units", "needed"),
    [(2, 3, 7, 5), (2, 3, 9, 6), (1, 2, 7, 4), (1, 1, 7, 7), (2, 3, 2, 2), (1, 100, 20, 1)],
)
def test_a_quorum_is_never_rounded_down(num: int, den: int, units: int, needed: int) -> None:
    assert quorum.least(num, den, units) == needed


def test_the_quorum_says_what_it_means_for_the_bloc() -> None:
    assert quorum.sentence(2, 3, 7) == (
        "Từ 2/3 số đơn vị trở lên: với 7 đơn vị, hội nghị họp được khi có ít nhất 5 đơn vị dự."
    )
    assert quorum.sentence(1, 1, 7) == (
        "Tất cả các đơn vị: với 7 đơn vị, hội nghị họp được khi có ít nhất 7 đơn vị dự."
    )


@pytest.mark.parametrize("checks_each", [0, 4])
def test_a_sheet_has_one_to_three_checkers(world: World, checks_each: int) -> None:
    settings = replace(PLAIN, checks_each=checks_each)
    with pytest.raises(Refused) as refused:
        set_settings(world.head, bloc_year=world.bloc_year, settings=settings)
    assert rules(refused) == ["SETTING-2"]


def test_settings_are_changed_column_by_column(world: World) -> None:
    set_settings(world.head, bloc_year=world.bloc_year, settings=PLAIN)
    assert Event.objects.get().rows[0]["after"] == {
        "quorum_num": 3,
        "quorum_den": 4,
        "visibility": "own",
        "late": "refuse",
    }


@pytest.mark.parametrize(("num", "den"), [(0, 3), (4, 3), (1, 101), (-1, 3), (0, 0)])
def test_a_quorum_is_a_fraction_up_to_all(world: World, num: int, den: int) -> None:
    settings = Settings(
        quorum_num=num, quorum_den=den, visibility=PLAIN.visibility, late=PLAIN.late
    )
    with pytest.raises(Refused) as refused:
        set_settings(world.head, bloc_year=world.bloc_year, settings=settings)
    assert rules(refused) == ["SETTING-1"]


def test_the_theme_is_written_by_the_head(world: World) -> None:
    set_theme(world.head, bloc_year=world.bloc_year, theme=" Kỷ cương,\r\nsáng tạo ")
    world.bloc_year.refresh_from_db()
    assert world.bloc_year.theme == "Kỷ cương,\nsáng tạo"


def test_a_cycle_has_nobody_verify_itself_or_its_own_verifier() -> None:
    pairs = propose_cycle([1, 2, 3])
    assert pairs == [(1, 2), (2, 3), (3, 1)]
    assert not any((checker, unit) in pairs for unit, checker in pairs)
    assert propose_cycle([1, 2]) == [(1, 2), (2, 1)]
    assert propose_cycle([1]) == []


def test_an_assignment_replaces_the_earlier_one(world: World) -> None:
    ids = [unit.pk for unit in world.units]
    assign_checkers(world.head, bloc_year=world.bloc_year, pairs=propose_cycle(ids))
    assert checkers(world.bloc_year) == {
        ids[0]: frozenset({ids[1]}),
        ids[1]: frozenset({ids[2]}),
        ids[2]: frozenset({ids[0]}),
    }
    assert len(Event.objects.get().rows) == 2  # the pair that stayed is not written again


def test_nobody_verifies_its_own_sheet(world: World) -> None:
    own = world.units[0].pk
    with pytest.raises(Refused) as refused:
        assign_checkers(world.head, bloc_year=world.bloc_year, pairs=[(own, own)])
    assert [(finding.rule_id, finding.words) for finding in refused.value.findings] == [
        ("CHECK-1", "Sở Số 1 không thẩm định bảng điểm của chính mình. Bỏ ô đó.")
    ]
    assert checkers(world.bloc_year)[world.units[1].pk] == frozenset({world.units[2].pk})
    assert Event.objects.count() == 0


def test_only_members_verify_members(world: World) -> None:
    stranger = world.neighbour.unit_id
    assert stranger is not None
    with pytest.raises(Refused) as refused:
        assign_checkers(
            world.head, bloc_year=world.bloc_year, pairs=[(world.units[0].pk, stranger)]
        )
    assert rules(refused) == ["CHECK-2"]


def test_the_pairs_of_a_unit_that_left_no_longer_count(world: World) -> None:
    leave_member(
        world.standing, bloc_year=world.bloc_year, unit=world.units[2], left=date(2026, 1, 2)
    )
    assert checkers(world.bloc_year) == {
        world.units[0].pk: frozenset(),
        world.units[1].pk: frozenset(),
    }


DEEDS: dict[str, Callable[[Actor, BlocYear], object]] = {
    "windows": lambda actor, year: set_windows(actor, bloc_year=year, spans={DEED: SPAN}),
    "settings": lambda actor, year: set_settings(actor, bloc_year=year, settings=PLAIN),
    "theme": lambda actor, year: set_theme(actor, bloc_year=year, theme="x"),
    "checkers": lambda actor, year: assign_checkers(actor, bloc_year=year, pairs=[]),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    "role", ["officer", "leader", "verifier", "standing", "administrator", "neighbour", "stranger"]
)
def test_only_the_head_runs_the_year(world: World, deed: str, role: str) -> None:
    with pytest.raises(Refused) as refused:
        DEEDS[deed](world.actors[role], world.bloc_year)
    assert rules(refused) == ["RIGHT-1"]
    assert Event.objects.count() == 0


@pytest.mark.parametrize("deed", DEEDS)
def test_a_closed_year_stays_as_it_is(world: World, deed: str) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=NOW)
    with pytest.raises(Refused) as refused:
        DEEDS[deed](world.head, world.bloc_year)
    assert rules(refused) == ["YEAR-1"]


def test_a_repeated_request_sets_nothing_twice(world: World) -> None:
    unset(world)
    with clock.at(NOW):
        put(world, SPAN, request_id="r-1")
        put(world, SPAN, request_id="r-1")
    assert Event.objects.count() == 1


def test_what_is_put_back_wins_over_a_row_read_before(world: World) -> None:
    """Two heads' pages at once: the later decision stands, whatever its row said when read."""
    read_before = BlocYear.objects.get(pk=world.bloc_year.pk)
    set_theme(world.head, bloc_year=world.bloc_year, theme="Kỷ cương")

    set_theme(world.head, bloc_year=read_before, theme="")

    assert BlocYear.objects.get(pk=world.bloc_year.pk).theme == ""
    change = Event.objects.order_by("-seq")[0].rows[0]
    assert (change["before"], change["after"]) == ({"theme": "Kỷ cương"}, {"theme": ""})
