"""A new version of the scale within the year: what stays on the sheets, what opens again."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.build import World
from tests.pages import shown, sign_in
from tests.year.scoring.build import adopt, fill, opened
from tests.year.scoring.scales import PLAIN
from thidua.core.finding import Refused
from thidua.platform.mail.models import Letter
from thidua.year.rulebook.difference import Reopened
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.services import adopt_scale, import_scale
from thidua.year.scoring.models import Entry, LineReturn, Sheet, Stage
from thidua.year.scoring.services import (
    confirm_lines,
    move_to_new_version,
    submit_self_score,
    waiting_moves,
)

CHANGED = PLAIN.replace('version: "1"', 'version: "2"').replace(
    "label: Quy chế dân chủ, kind: judged, max: 20", "label: Quy chế dân chủ, kind: judged, max: 15"
).replace(
    "- {code: II.2, label: Chi bộ vững mạnh, kind: flag, hit: 20}",
    "- {code: II.3, label: Phòng chống bão, kind: judged, max: 25}",
)  # fmt: skip


def second_version(world: World, *, carry: str = "move") -> Scale:
    """The changed scale as the next version of the adopted one, through the services."""
    row = import_scale(world.head, bloc_year=world.bloc_year, content=CHANGED)
    return adopt_scale(
        world.head,
        scale=row,
        adopted_on=date(2026, 6, 1),
        reason="Giao thêm nhiệm vụ",
        carry=carry,
    )


def codes(sheet: Sheet, stage: Stage = Stage.SELF) -> set[str]:
    return set(Entry.objects.filter(sheet=sheet, stage=stage).values_list("code", flat=True))


@pytest.fixture
def sent(world: World) -> Sheet:
    """The officer's sheet, sent and confirmed line by line, before the scale changes."""
    sheet = opened(world)[2]
    fill(world.officer, sheet)
    submit_self_score(world.leader, sheet=sheet)
    confirm_lines(world.verifier, sheet=sheet)
    return Sheet.objects.get(pk=sheet.pk)


def test_what_was_decided_at_the_adoption_is_waiting_until_it_is_carried_out(
    world: World, sent: Sheet
) -> None:
    second_version(world)

    moves = {move.unit: move for move in waiting_moves(world.bloc_year)}

    move = moves[sent.unit.name]
    assert move.lines == Reopened(frozenset({"II.1"}), frozenset({"II.3"}), frozenset({"II.2"}))
    assert {one.reopens for one in moves.values()} == {True, False}


def test_unchanged_lines_keep_every_stage_and_changed_ones_open_again(
    world: World, sent: Sheet
) -> None:
    new = second_version(world)
    before = {
        (one.code, one.stage): one.inputs
        for one in Entry.objects.filter(sheet=sent, code__in=("I.1", "I.2", "III"))
    }

    move_to_new_version(world.head, bloc_year=world.bloc_year)

    sent.refresh_from_db()
    assert (sent.scale, sent.state) == (new, Sheet.State.RETURNED)
    kept = {
        (one.code, one.stage): one.inputs
        for one in Entry.objects.filter(sheet=sent, code__in=("I.1", "I.2", "III"))
    }
    assert kept == before
    opened_again = LineReturn.objects.filter(sheet=sent, answered_at=None)
    assert set(opened_again.values_list("code", flat=True)) == {"II.1", "II.3"}
    assert not codes(sent) & {"II.1", "II.2"}
    assert not codes(sent, Stage.VERIFIED) & {"II.1", "II.2"}
    assert waiting_moves(world.bloc_year) == []


def test_what_stood_on_a_removed_line_stays_in_the_ledger(world: World, sent: Sheet) -> None:
    from thidua.platform.ledger.models import Event

    second_version(world)

    move_to_new_version(world.head, bloc_year=world.bloc_year)

    event = Event.objects.get(verb="scoring.new_version")
    removed = [one["before"]["code"] for one in event.rows if one["after"] is None]
    assert "II.2" in removed


def test_sheets_still_being_scored_move_without_a_return(world: World, sent: Sheet) -> None:
    second_version(world)

    move_to_new_version(world.head, bloc_year=world.bloc_year)

    other = Sheet.objects.exclude(pk=sent.pk).first()
    assert other is not None
    assert (other.state, other.scale.version) == (Sheet.State.SELF, "2")
    assert not LineReturn.objects.filter(sheet=other).exists()


def test_the_unit_whose_sheet_opens_again_hears_of_it(world: World, sent: Sheet) -> None:
    second_version(world)
    Letter.objects.all().delete()

    move_to_new_version(world.head, bloc_year=world.bloc_year)

    letters = Letter.objects.filter(subject="Bảng chấm điểm mở lại một số dòng")
    assert {letter.to for letter in letters} == {"leader@mau.vn", "officer@mau.vn"}


def test_a_version_that_keeps_sent_sheets_moves_none(world: World, sent: Sheet) -> None:
    second_version(world, carry="keep")

    assert waiting_moves(world.bloc_year) == []
    with pytest.raises(Refused) as caught:
        move_to_new_version(world.head, bloc_year=world.bloc_year)
    assert caught.value.findings[0].rule_id == "SHEET-1"


def test_the_same_request_moves_once_and_only_the_head_moves(world: World, sent: Sheet) -> None:
    second_version(world)
    token = "5f1c1f52-7c3a-4a53-9c39-333333333333"
    with pytest.raises(Refused):
        move_to_new_version(world.officer, bloc_year=world.bloc_year)

    for _ in range(2):
        move_to_new_version(world.head, bloc_year=world.bloc_year, request_id=token)

    assert LineReturn.objects.filter(sheet=sent).count() == 2


def test_the_table_offers_the_move_and_says_what_follows(
    client: Client, world: World, sent: Sheet
) -> None:
    second_version(world)
    table = reverse("scoring:table", args=[world.bloc_year.pk])
    move = reverse("scoring:new_version", args=[world.bloc_year.pk])

    said = shown(sign_in(client, "head").get(table))
    assert "1 dòng sửa, 1 dòng thêm để đơn vị ghi lại; 1 dòng bỏ." in said
    assert client.post(move, {"confirmed": "1"}).status_code == 303
    assert "Chuyển sang phiên bản mới" not in shown(client.get(table))
    assert sign_in(client, "officer").post(move).status_code == 403


def test_the_unit_fills_the_opened_lines_and_sends_again(world: World, sent: Sheet) -> None:
    from tests.year.scoring.build import REASON, type_line

    second_version(world)
    move_to_new_version(world.head, bloc_year=world.bloc_year)

    type_line(world.officer, sent, "II.1", "14", reason=REASON)
    type_line(world.officer, sent, "II.3", "20", reason=REASON)
    submit_self_score(world.leader, sheet=sent)

    sent.refresh_from_db()
    assert sent.state == Sheet.State.SUBMITTED


def test_nothing_waits_in_a_year_without_a_change(world: World) -> None:
    adopt(world.head, world.bloc_year, PLAIN)

    assert waiting_moves(world.bloc_year) == []


def test_the_move_waits_among_the_tasks_of_the_head_until_it_is_done(
    client: Client, world: World, sent: Sheet
) -> None:
    second_version(world)
    home = reverse("home")

    said = shown(sign_in(client, "head").get(home))
    assert "Chuyển 3 bảng chấm sang bản mới của thang điểm" in said
    assert "sang bản mới của thang điểm" not in shown(sign_in(Client(), "officer").get(home))
    move_to_new_version(world.head, bloc_year=world.bloc_year)
    assert "sang bản mới của thang điểm" not in shown(client.get(home))
    assert waiting_moves(world.bloc_year) == []
