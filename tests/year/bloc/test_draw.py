"""Bốc thăm thẩm định chéo: after the closing, before two witnesses, repeatable by anybody."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world
from tests.year.bloc.drawing import (
    AFTER,
    CLOSED,
    DIGITS,
    close_self_scores,
    draw,
    earlier_year,
    with_units,
)
from thidua.core.drawing import seed_of
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.rebuild import compare
from thidua.platform.ledger.verify import root_at, root_of
from thidua.platform.mail.models import Letter
from thidua.registry.basis import Basis
from thidua.registry.services import rename_unit
from thidua.scalefile.drawing import draw_plain, load_draw
from thidua.year.bloc.draws import drawn_ids, file_of, pairs_now, recheck
from thidua.year.bloc.models import BlocYear, CheckDraw, Checker, Conflict, Window
from thidua.year.bloc.services import (
    assign_checkers,
    declare_conflict,
    leave_member,
    set_theme,
    withdraw_conflict,
)


@pytest.fixture
def closed(world: World) -> World:
    """Three units, self-scores closed."""
    close_self_scores(world.bloc_year)
    return world


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.rule_id for finding in refused.value.findings]


def words(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.findings[0].words


def big_world(units: int) -> World:
    with scopes_disabled():
        made = build_world(units=units)
        close_self_scores(made.bloc_year)
    return made


def bar(world: World, one: int, two: int) -> Conflict:
    return declare_conflict(
        world.head,
        bloc_year=world.bloc_year,
        units=(world.units[one - 1].pk, world.units[two - 1].pk),
        reason="Cùng thực hiện một chỉ tiêu",
    )


def test_three_units_are_drawn_as_a_cycle(closed: World) -> None:
    row = draw(closed)

    one, two, three = (unit.pk for unit in closed.units)
    assert pairs_now(closed.bloc_year) in (
        {(one, two), (two, three), (three, one)},
        {(two, one), (three, two), (one, three)},
    )
    assert pairs_now(closed.bloc_year) == drawn_ids(row)


def test_the_seed_is_of_the_ledger_at_the_closing_and_the_digits(closed: World) -> None:
    with clock.at(CLOSED - timedelta(hours=1)):
        set_theme(closed.head, bloc_year=closed.bloc_year, theme="Trước hạn")
    before = root_of(chain.of_year(closed.bloc_year.pk))
    with clock.at(CLOSED + timedelta(hours=1)):
        set_theme(closed.head, bloc_year=closed.bloc_year, theme="Sau hạn")

    row = draw(closed)

    assert (row.root, row.digits, row.closed_at) == (before, DIGITS, CLOSED)
    assert row.seed == seed_of(before, DIGITS)


def test_no_event_enters_the_root_once_a_later_one_stands(closed: World) -> None:
    """A clock set back cannot slip anything under the root."""
    with clock.at(CLOSED + timedelta(hours=1)):
        set_theme(closed.head, bloc_year=closed.bloc_year, theme="Sau hạn")
    before = root_at(chain.of_year(closed.bloc_year.pk), CLOSED)
    with clock.at(CLOSED - timedelta(hours=1)):
        set_theme(closed.head, bloc_year=closed.bloc_year, theme="Đồng hồ vặn lùi")

    assert root_at(chain.of_year(closed.bloc_year.pk), CLOSED) == before


def test_digits_are_taken_as_they_are_read_out(closed: World) -> None:
    assert draw(closed, digits=" 48 29-15 ").digits == DIGITS


@pytest.mark.parametrize("digits", ["", "12345", "12 34 5x", "１２３４５６", "٤٨٢٩١٥", "9" * 61])
def test_fewer_than_six_decimal_digits_are_refused(closed: World, digits: str) -> None:
    with pytest.raises(Refused) as refused:
        draw(closed, digits=digits)
    assert rules(refused) == ["DRAW-8"]
    assert not CheckDraw.objects.exists()


def test_nobody_draws_before_self_scores_are_closed(closed: World) -> None:
    with pytest.raises(Refused) as refused:
        draw(closed, at=CLOSED)
    assert rules(refused) == ["DRAW-7"]
    assert words(refused) == "Bốc thăm được sau khi hết hạn tự chấm, 17:00 ngày 30/11/2026."


def test_nobody_draws_where_no_deadline_is_set(closed: World) -> None:
    Window.objects.filter(bloc_year=closed.bloc_year, deed=Window.Deed.SELF_SCORE).delete()
    with pytest.raises(Refused) as refused:
        draw(closed)
    assert rules(refused) == ["DRAW-7"]


@pytest.mark.parametrize("places", [(), (2,), (2, 2), (1, 2), (2, 9), (2, 3, 3)])
def test_witnesses_are_two_other_member_units(closed: World, places: tuple[int, ...]) -> None:
    ids = [closed.units[place - 1].pk if place < 9 else 999_999 for place in places]
    with pytest.raises(Refused) as refused:
        draw(closed, witnesses=ids)
    assert rules(refused) == ["DRAW-9"]


@pytest.mark.parametrize(
    "who", ["officer", "leader", "verifier", "standing", "administrator", "neighbour", "stranger"]
)
def test_only_the_head_draws(closed: World, who: str) -> None:
    with pytest.raises(Refused) as refused:
        draw(closed, actor=closed.actors[who])
    assert rules(refused) == ["RIGHT-1"]
    assert not CheckDraw.objects.exists()


def test_a_closed_year_is_not_drawn(closed: World) -> None:
    BlocYear.objects.filter(pk=closed.bloc_year.pk).update(closed_at=AFTER)
    with pytest.raises(Refused) as refused:
        draw(closed)
    assert rules(refused) == ["YEAR-1"]


def test_an_adopted_table_is_not_drawn_for(closed: World) -> None:
    BlocYear.objects.filter(pk=closed.bloc_year.pk).update(adopted_at=AFTER)
    with pytest.raises(Refused) as refused:
        draw(closed)
    assert rules(refused) == ["YEAR-2"]


def test_a_repeated_request_is_one_draw(closed: World) -> None:
    request_id = "5f7c5a34-9a4e-4a7f-8d0a-0d4f3d4a2f10"
    first = draw(closed, request_id=request_id)
    again = draw(closed, request_id=request_id)

    assert first == again
    assert (CheckDraw.objects.count(), Event.objects.filter(verb="bloc.draw_checkers").count()) == (
        1,
        1,
    )


def test_two_units_are_refused_with_the_reason(closed: World) -> None:
    with clock.at(AFTER):
        leave_member(
            closed.standing,
            bloc_year=closed.bloc_year,
            unit=closed.units[2],
            left=AFTER.date() - timedelta(days=1),
        )
    with pytest.raises(Refused) as refused:
        draw(closed)
    assert rules(refused) == ["DRAW-2"]
    assert words(refused) == (
        "Khối có 2 đơn vị thì hai đơn vị chỉ có thể thẩm định lẫn nhau, nên không bốc thăm. "
        "Trưởng khối phân công bằng tay."
    )


@pytest.mark.django_db
def test_twenty_units_are_drawn_with_equal_loads() -> None:
    world = big_world(20)
    with scope(jurisdiction=world.jurisdiction):
        BlocYear.objects.filter(pk=world.bloc_year.pk).update(checks_each=3)
        row = draw(world)
        pairs = pairs_now(world.bloc_year)

    assert Counter(unit for unit, _ in pairs) == dict.fromkeys(row.unit_ids, 3)
    assert Counter(checker for _, checker in pairs) == dict.fromkeys(row.unit_ids, 3)
    assert all((two, one) not in pairs for one, two in pairs)


def test_last_years_pairs_do_not_come_again(closed: World) -> None:
    last = earlier_year(closed, closed.bloc_year.bloc)
    one, two, three = (unit.pk for unit in closed.units)
    for unit, checker in ((one, two), (two, three), (three, one)):
        Checker.objects.create(
            jurisdiction=closed.jurisdiction, bloc_year=last, unit_id=unit, checker_id=checker
        )

    draw(closed)

    assert pairs_now(closed.bloc_year) == {(two, one), (three, two), (one, three)}


def test_a_renamed_unit_is_the_same_unit_as_last_year(closed: World) -> None:
    last = earlier_year(closed, closed.bloc_year.bloc)
    one, two, three = (unit.pk for unit in closed.units)
    Checker.objects.create(
        jurisdiction=closed.jurisdiction, bloc_year=last, unit_id=one, checker_id=two
    )
    with clock.at(CLOSED):
        rename_unit(
            closed.standing,
            unit=closed.units[1],
            name="Sở Tên Mới",
            basis=Basis(number="Nghị quyết số 1", since=CLOSED.date()),
        )

    row = draw(closed)

    assert pairs_now(closed.bloc_year) == {(two, one), (three, two), (one, three)}
    assert row.plain["last_year"] == [{"unit": "1. Sở Số 1", "checker": "2. Sở Tên Mới"}]


def test_a_declared_conflict_bars_both_directions(closed: World) -> None:
    world = with_units(closed, 5)
    bar(world, 1, 2)
    row = draw(world)

    first, second = world.units[0].pk, world.units[1].pk
    assert {(first, second), (second, first)} & drawn_ids(row) == set()
    assert row.plain["conflicts"] == [
        {"unit": "1. Sở Số 1", "checker": "2. Sở Số 2"},
        {"unit": "2. Sở Số 2", "checker": "1. Sở Số 1"},
    ]


def test_the_condition_that_must_give_is_named(closed: World) -> None:
    bar(closed, 1, 2)
    with pytest.raises(Refused) as refused:
        draw(closed)
    assert rules(refused) == ["DRAW-4"]
    assert words(refused) == (
        "Không có cách phân công nào đạt mọi điều kiện. Cách duy nhất: đơn vị đã khai quan hệ cần "
        "tránh rút bớt lời khai."
    )


def test_more_checkers_than_a_bloc_has_room_for_are_refused(closed: World) -> None:
    BlocYear.objects.filter(pk=closed.bloc_year.pk).update(checks_each=2)
    with pytest.raises(Refused) as refused:
        draw(closed)
    assert rules(refused) == ["DRAW-6"]
    assert words(refused).startswith("Khối có 3 đơn vị: quá 1 đơn vị thẩm định mỗi bảng thì")


def both_turns_taken(world: World) -> None:
    """Last year every unit verified both others, by hand."""
    last = earlier_year(world, world.bloc_year.bloc)
    for unit in world.units:
        for checker in world.units:
            if unit != checker:
                Checker.objects.create(
                    jurisdiction=world.jurisdiction, bloc_year=last, unit=unit, checker=checker
                )


def test_last_year_may_come_again_only_where_nothing_else_is_left(closed: World) -> None:
    with pytest.raises(Refused) as refused:
        draw(closed, repeat_last_year=True, reason="Cho nhanh")
    assert rules(refused) == ["DRAW-12"]

    both_turns_taken(closed)
    with pytest.raises(Refused) as without:
        draw(closed)
    with pytest.raises(Refused) as silent:
        draw(closed, repeat_last_year=True)
    row = draw(closed, repeat_last_year=True, reason="Khối chỉ có ba đơn vị")

    assert (rules(without), rules(silent)) == (["DRAW-3"], ["DRAW-12"])
    assert (row.plain["last_year"], row.plain["repeat_last_year"]) == ([], True)


def test_a_second_draw_needs_a_reason_and_keeps_the_first(closed: World) -> None:
    first = draw(closed)
    with pytest.raises(Refused) as refused:
        draw(closed, digits="111222")
    second = draw(closed, digits="111222", reason="Đọc nhầm một chữ số")

    assert rules(refused) == ["DRAW-10"]
    assert [(one.number, one.digits, one.reason) for one in CheckDraw.objects.all()] == [
        (1, DIGITS, ""),
        (2, "111222", "Đọc nhầm một chữ số"),
    ]
    assert Event.objects.get(outcome__pk=second.pk, verb="bloc.draw_checkers").reason == (
        "Đọc nhầm một chữ số"
    )
    assert recheck(first).holds


def test_nobody_draws_once_verification_has_begun(closed: World) -> None:
    since = AFTER - timedelta(hours=2)
    BlocYear.objects.filter(pk=closed.bloc_year.pk).update(verifying_since=since)
    with pytest.raises(Refused) as refused:
        draw(closed)
    assert rules(refused) == ["DRAW-11"]
    assert words(refused) == (
        "Đã bắt đầu thẩm định từ 15:00 ngày 01/12/2026 nên không bốc thăm. Cần đổi thì đổi bằng "
        "tay."
    )


def test_a_change_by_hand_after_the_draw_needs_a_reason(closed: World) -> None:
    draw(closed)
    turned = [(checker, unit) for unit, checker in pairs_now(closed.bloc_year)]
    with pytest.raises(Refused) as refused:
        assign_checkers(closed.head, bloc_year=closed.bloc_year, pairs=turned)
    assign_checkers(
        closed.head, bloc_year=closed.bloc_year, pairs=turned, reason="Sở Số 2 có việc đột xuất"
    )

    assert rules(refused) == ["CHECK-3"]
    assert pairs_now(closed.bloc_year) == set(turned)
    event = Event.objects.filter(verb="bloc.assign_checkers").get()
    assert event.reason == "Sở Số 2 có việc đột xuất"


def test_saving_the_drawn_assignment_as_it_is_needs_no_reason(closed: World) -> None:
    draw(closed)
    pairs = pairs_now(closed.bloc_year)
    assign_checkers(closed.head, bloc_year=closed.bloc_year, pairs=pairs)
    assert pairs_now(closed.bloc_year) == pairs


def test_every_checker_is_told_whose_sheet_until_when_and_where(closed: World) -> None:
    draw(closed)

    pairs = {checker: unit for unit, checker in pairs_now(closed.bloc_year)}
    names = {unit.pk: unit.name for unit in closed.units}
    told = {letter.to: letter for letter in Letter.objects.all()}
    assert sorted(told) == [
        "head@mau.vn", "leader@mau.vn", "officer@mau.vn", "third@mau.vn", "verifier@mau.vn",
    ]  # fmt: skip
    own = closed.units[1].pk
    assert told["officer@mau.vn"].subject == "Phân công thẩm định năm 2026"
    assert told["officer@mau.vn"].body.splitlines()[:2] == [
        f"Sở Số 2 thẩm định bảng điểm của {names[pairs[own]]}.",
        "Hạn thẩm định: 17:00 ngày 25/12/2026.",
    ]
    assert f"/nam/{closed.bloc_year.pk}/khoi/boc-tham/" in told["officer@mau.vn"].body


def test_a_refused_draw_sends_no_letter_and_changes_no_assignment(closed: World) -> None:
    before = pairs_now(closed.bloc_year)
    with pytest.raises(Refused):
        draw(closed, digits="1")
    assert (Letter.objects.count(), pairs_now(closed.bloc_year)) == (0, before)


def test_one_event_tells_the_whole_draw(closed: World) -> None:
    row = draw(closed)

    event = Event.objects.get(verb="bloc.draw_checkers")
    assert event.subject == "Bốc thăm phân công thẩm định chéo, lần 1"
    kept = {image["row"] for image in event.rows}
    assert kept == {"bloc.checkdraw", "bloc.checker"}
    own = [stray for stray in compare(event.chain) if stray.row == "bloc.checkdraw"]
    assert (own, event.outcome["pk"]) == ([], row.pk)


def test_a_draw_is_never_changed_nor_taken_away(closed: World) -> None:
    row = draw(closed)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CheckDraw.objects.filter(pk=row.pk).update(digits="000000")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CheckDraw.objects.filter(pk=row.pk).delete()


def test_anybody_draws_the_same_from_the_file(closed: World) -> None:
    row = draw(closed)

    file = load_draw(json.dumps(row.plain, ensure_ascii=False), name="boc-tham.json")
    assert file == file_of(row)
    assert draw_plain(file)["pairs"] == row.plain["pairs"]
    check = recheck(row)
    assert (check.root, check.seed, check.pairs, check.content) == (True, True, True, True)
    assert check.attempt == row.attempt


def test_a_record_changed_past_the_ledger_is_found(closed: World) -> None:
    row = draw(closed)
    row.plain = {**row.plain, "pairs": list(reversed(row.plain["pairs"]))}
    check = recheck(row)
    assert (check.pairs, check.content, check.holds) == (False, False, False)


def test_history_rewritten_before_the_closing_is_found(closed: World) -> None:
    with clock.at(CLOSED - timedelta(hours=1)):
        set_theme(closed.head, bloc_year=closed.bloc_year, theme="Trước hạn")
    row = draw(closed)
    assert recheck(row).root
    row.root = "0" * 64
    assert not recheck(row).root


def test_a_unit_declares_for_itself_and_takes_it_back(closed: World) -> None:
    own, other = closed.units[1].pk, closed.units[0].pk
    made = declare_conflict(
        closed.officer, bloc_year=closed.bloc_year, units=(own, other), reason="Chung trụ sở"
    )
    assert (made.first_id, made.second_id, made.declarer_id) == (*sorted((own, other)), own)
    event = Event.objects.get(verb="bloc.declare_conflict")
    assert "Chung trụ sở" not in json.dumps(event.rows, ensure_ascii=False)  # about people at times

    with pytest.raises(Refused) as refused:
        withdraw_conflict(closed.head, conflict=made)
    assert rules(refused) == ["RIGHT-1"]
    assert words(refused) == "Sở Số 2 khai quan hệ này nên Sở Số 2 rút."
    withdraw_conflict(closed.officer, conflict=made)
    assert not Conflict.objects.exists()


def test_a_unit_declares_nothing_for_others(closed: World) -> None:
    with pytest.raises(Refused) as refused:
        declare_conflict(
            closed.officer,
            bloc_year=closed.bloc_year,
            units=(closed.units[0].pk, closed.units[2].pk),
            reason="Chung trụ sở",
        )
    assert rules(refused) == ["RIGHT-1"]


def test_a_conflict_needs_two_members_and_a_reason_once(closed: World) -> None:
    first, second = closed.units[0].pk, closed.units[1].pk
    assert closed.other_year is not None
    stranger = closed.other_year.memberships.get(order=1).unit_id
    tried = [((first, first), "x"), ((first, stranger), "x"), ((first, second), " ")]
    found = []
    for units, reason in tried:
        with pytest.raises(Refused) as refused:
            declare_conflict(closed.head, bloc_year=closed.bloc_year, units=units, reason=reason)
        found += rules(refused)
    bar(closed, 1, 2)
    with pytest.raises(Refused) as twice:
        bar(closed, 2, 1)

    assert found == ["CONFLICT-1", "CONFLICT-1", "CONFLICT-3"]
    assert rules(twice) == ["CONFLICT-2"]


@pytest.mark.django_db
@pytest.mark.parametrize("units", [3, 20])
def test_a_draw_takes_no_more_reads_for_more_units(units: int) -> None:
    world = big_world(units)
    with scope(jurisdiction=world.jurisdiction), CaptureQueriesContext(connection) as seen:
        draw(world)
    reads = [one["sql"] for one in seen.captured_queries if one["sql"].startswith("SELECT")]
    letters = [sql for sql in reads if "mail_letter" in sql]
    assert len(reads) - len(letters) == 19
