"""Pages of the conference: one next step, nothing typed lost, no dead end for readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from tests.build import World, build_world
from tests.year.conference.build import ROWS, adopted, meet, ready, unit, year_of
from thidua.core.points import result_text
from thidua.platform.accounts.models import Account
from thidua.platform.http.posting import new_request_id
from thidua.registry.models import Jurisdiction
from thidua.year.conference.models import Adoption, Conference, Election, Nomination, NotRanked
from thidua.year.conference.services import reopen_scores
from thidua.year.record.models import YearResult
from thidua.year.scoring.board import forget, view_of
from thidua.year.scoring.models import Entry, Stage

PAGES = ("conference", "result", "elections", "nominations", "papers")
HEAD_PAGES = ("meeting", "remarks", "attendance", "adoption", "closing")


def browser(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(email=f"{who}@mau.vn"))
    return client


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"conference:{name}", args=[world.bloc_year.pk, *arguments])


def send(world: World, name: str, *arguments: object, who: str = "head", **typed: Any) -> Any:
    sent = {"request_id": new_request_id(), **typed}
    return browser(who).post(address(world, name, *arguments), sent)


def shown(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["head", "officer", "leader", "verifier", "standing"])
def test_everybody_in_the_bloc_reads_every_page_at_every_moment(
    world: World, name: str, who: str
) -> None:
    assert browser(who).get(address(world, name)).status_code == 200
    meet(world)
    assert browser(who).get(address(world, name)).status_code == 200


@pytest.mark.parametrize("name", [*PAGES, *HEAD_PAGES])
@pytest.mark.parametrize("who", ["neighbour", "stranger", "administrator"])
def test_nobody_outside_the_bloc_reads_them(world: World, name: str, who: str) -> None:
    account = "admin" if who == "administrator" else who
    status = browser(account).get(address(world, name)).status_code
    assert status == (404 if who == "stranger" else 403)


@pytest.mark.parametrize("name", HEAD_PAGES)
def test_pages_that_write_are_the_heads(world: World, name: str) -> None:
    assert browser("head").get(address(world, name)).status_code == 200
    assert browser("officer").get(address(world, name)).status_code == 403


def test_the_conference_page_shows_one_next_step_to_the_head(world: World) -> None:
    page = shown(browser("head").get(address(world, "conference")))

    assert page.count('aria-current="step"') == 1
    assert page.count('class="btn go"') == 1
    assert "Ghi thông tin" in page


def test_a_reader_is_told_who_writes(world: World) -> None:
    page = shown(browser("officer").get(address(world, "conference")))

    assert "Trưởng khối ghi các bước của hội nghị." in page
    assert 'class="btn go"' not in page


def test_the_meeting_is_typed_with_vietnamese_dates(world: World) -> None:
    response = send(
        world, "meeting", held_on="20/11/2026", place="Hội trường", chair="Giám đốc Sở Số 1"
    )

    assert response.status_code == 303
    assert Conference.objects.get().held_on == date(2026, 11, 20)


def test_nothing_typed_is_lost_when_a_date_cannot_be_read(world: World) -> None:
    response = send(world, "meeting", held_on="31/02/2026", place="Nhà khách", chair="Giám đốc")

    assert response.status_code == 200
    assert 'value="Nhà khách"' in shown(response)
    assert 'value="31/02/2026"' in shown(response)
    assert Conference.objects.count() == 0


def test_a_day_before_the_year_is_said_beside_its_field(world: World) -> None:
    response = send(world, "meeting", held_on="31/12/2025", place="Nhà khách", chair="Giám đốc")

    assert "Ngày họp sớm hơn ngày bắt đầu năm thi đua (01/01/2026)." in shown(response)
    assert 'value="Nhà khách"' in shown(response)


def test_the_roll_call_is_one_form_for_all_units(world: World) -> None:
    meet(world, present=0)
    first, second, third = (one.pk for one in world.units)
    send(
        world,
        "attendance",
        **{f"present_{first}": "1", f"present_{second}": "1", f"present_{third}": "0"},
        **{f"representative_{first}": "Người Đại Diện", f"position_{first}": "Phó Giám đốc"},
    )
    page = shown(browser("officer").get(address(world, "conference")))

    assert "Có mặt 2 trong 3 đơn vị, cần ít nhất 2 (2/3 số đơn vị): đủ điều kiện họp." in page


def test_the_adoption_page_lists_open_lines_with_links_to_the_sheets(world: World) -> None:
    ready(world)
    Entry.objects.filter(sheet__unit=unit(world, 2), code="I.2").delete()
    meet(world)
    page = shown(browser("head").get(address(world, "adoption")))

    line = address(world, "line", unit(world, 2).pk, "I.2")
    assert "Còn 1 chỗ phải giải quyết trước khi thông qua" in page
    assert f'href="{line}"' in page
    assert 'aria-disabled="true"' in page


def decide(world: World, code: str, who: str = "head", **typed: object) -> Any:
    told = {"proposer": "Sở Số 3", "reason": "Theo ý kiến hội nghị", **typed}
    return send(world, "line", unit(world, 2).pk, code, who=who, **told)


def adopted_points(world: World, code: str) -> str:
    view = view_of(world.bloc_year.pk, (Stage.ADOPTED, True))
    sheet = view.facts.sheet_of(unit(world, 2).pk)
    assert sheet is not None
    points = view.unit(sheet, Stage.ADOPTED).nodes[code].points
    return "" if points is None else result_text(points)


@pytest.mark.parametrize(
    ("code", "typed", "points"),
    [
        ("I.2", {"how": "points", "points": "25,5"}, "25.5"),
        ("I.1", {"how": "points", "points": "26"}, "26"),
        ("I.1", {"how": "figures", "target": "100", "result": "95"}, "28.5"),
        ("III", {"how": "figures", "value": "1"}, "1"),
        ("I.2", {"how": "na"}, ""),
        ("I.2", {"how": "keep"}, "28"),
    ],
)
def test_the_conference_decides_a_line_with_proposer_and_reason(
    world: World, code: str, typed: dict[str, Any], points: str
) -> None:
    ready(world)
    meet(world)
    response = decide(world, code, **typed)

    assert response.status_code == 303
    assert adopted_points(world, code) == points
    entry = Entry.objects.get(code=code, stage=Stage.ADOPTED)
    assert entry.reason == "Sở Số 3 đề nghị: Theo ý kiến hội nghị"


def test_a_decision_can_be_taken_back_to_the_verified_figure(world: World) -> None:
    ready(world)
    meet(world)
    decide(world, "I.2", how="points", points="25")
    decide(world, "I.2", how="na")
    decide(world, "I.2", how="keep")

    assert adopted_points(world, "I.2") == "28"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"how": "points", "points": ""}, "Chưa ghi điểm. Nhập 0 nếu không có."),
        ({"how": "points", "points": "31"}, "Nhập từ 0 đến 30,0."),
        ({"how": "points", "points": "chín"}, "Không đọc được số “chín”."),
        ({"how": "points", "points": "25", "reason": ""}, "Chưa ghi lý do."),
        ({"how": "points", "points": "25", "proposer": ""}, "Chưa chọn đơn vị đề nghị."),
    ],
)
def test_a_decision_that_cannot_stand_is_shown_again_as_typed(
    world: World, typed: dict[str, Any], words: str
) -> None:
    ready(world)
    meet(world)
    response = decide(world, "I.2", **typed)

    assert response.status_code == 200
    assert words in shown(response)
    assert Entry.objects.filter(stage=Stage.ADOPTED).count() == 0


def test_lines_of_a_unit_are_listed_with_every_stage(world: World) -> None:
    ready(world)
    meet(world)
    page = shown(browser("head").get(address(world, "lines", unit(world, 2).pk)))

    assert page.count("Quyết dòng này") == 10
    assert browser("officer").get(address(world, "lines", unit(world, 2).pk)).status_code == 403
    assert browser("head").get(address(world, "lines", 99_999)).status_code == 404
    assert browser("head").get(address(world, "line", unit(world, 2).pk, "X")).status_code == 404


def test_adoption_is_asked_once_with_the_typed_word(world: World) -> None:
    ready(world)
    meet(world)
    asked = send(world, "adoption")
    wrong = send(world, "adoption", confirmed="1", word="đồng ý")
    assert Adoption.objects.count() == 0
    done = send(world, "adoption", confirmed="1", word="Thông qua")

    assert "Thông qua kết quả chấm điểm năm 2026?" in shown(asked)
    assert "Sở Số 1 đứng thứ nhất với 99,5 điểm." in shown(asked)
    assert "Từ xác nhận chưa đúng." in shown(wrong)
    assert done.status_code == 303
    assert Adoption.objects.count() == 1


def test_adoption_posted_against_an_open_line_says_why_not(world: World) -> None:
    ready(world)
    Entry.objects.filter(sheet__unit=unit(world, 2), code="I.2").delete()
    meet(world)
    response = send(world, "adoption", confirmed="1", word="thông qua")

    assert response.status_code == 409
    assert "Sở Số 2: dòng I.2 chưa có điểm." in shown(response)


def test_a_unit_is_left_out_of_the_ranking_with_a_reason(world: World) -> None:
    ready(world)
    meet(world)
    number = unit(world, 3).pk
    send(world, "not_ranked", number, confirmed="1", reason="")
    assert NotRanked.objects.count() == 0
    send(world, "not_ranked", number, confirmed="1", reason="Chưa đủ 12 tháng")
    page = shown(browser("head").get(address(world, "adoption")))
    assert "Sở Số 3: Chưa đủ 12 tháng" in page
    send(world, "ranked_again", number)

    assert NotRanked.objects.count() == 0


def test_the_result_says_the_lead_and_opens_why_on_every_number(world: World) -> None:
    adopted(world)
    page = shown(browser("officer").get(address(world, "result")))

    assert "Sở Số 1 dẫn đầu, hơn Sở Số 2 4,5 điểm" in page
    why = address(world, "why", unit(world, 1).pk)
    ranking = 3  # place, total, class; the first has no gap
    assert page.count(why) == 1 + ranking + 3 + 10  # the lead; total, place, class; ten lines


def test_the_table_is_opened_again_only_with_a_reason(world: World) -> None:
    adopted(world)
    asked = send(world, "reopen", confirmed="1", reason="")
    done = send(world, "reopen", confirmed="1", reason="Sai số liệu")
    page = shown(browser("officer").get(address(world, "result")))

    assert "Chưa ghi lý do." in shown(asked)
    assert done.status_code == 303
    assert "Bảng điểm đang mở để sửa." in page


def test_an_unchanged_correction_cannot_be_adopted_from_the_page(world: World) -> None:
    adopted(world)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Xem lại")
    page = shown(browser("head").get(address(world, "adoption")))

    assert "Chưa có gì khác với lần 1." in page
    assert 'aria-disabled="true"' in page


ELECTED: Mapping[str, Any] = {"office": "head", "method": "secret_ballot", "voters": "3"}


def test_an_election_is_asked_once_and_keeps_what_was_typed(world: World) -> None:
    meet(world)
    typed = {**ELECTED, "unit": unit(world, 3).pk, "votes_for": "2"}
    asked = send(world, "elections", **typed)
    assert Election.objects.count() == 0
    done = send(world, "elections", **typed, confirmed="1")

    assert "Ghi Sở Số 3 là Trưởng khối năm 2027?" in shown(asked)
    assert "Cách chọn: Bỏ phiếu kín bằng phiếu giấy, 2 trong 3 phiếu thuận." in shown(asked)
    assert '<input type="hidden" name="votes_for" value="2">' in shown(asked)
    assert done.status_code == 303
    assert Election.objects.get().unit == unit(world, 3)


def test_more_votes_than_voters_are_said_beside_the_field(world: World) -> None:
    meet(world)
    typed = {**ELECTED, "unit": unit(world, 3).pk, "votes_for": "5", "confirmed": "1"}
    response = send(world, "elections", **typed)

    assert "Số phiếu thuận (5) lớn hơn tổng số phiếu (3)." in shown(response)
    assert 'value="5"' in shown(response)
    assert Election.objects.count() == 0


def test_a_reader_who_posts_an_election_is_told_who_may(world: World) -> None:
    meet(world)
    typed = {**ELECTED, "unit": unit(world, 3).pk, "votes_for": "2", "confirmed": "1"}
    response = send(world, "elections", who="officer", **typed)

    assert Election.objects.count() == 0
    assert "Bạn xem được trang hội nghị, không ghi được. Trưởng khối ghi được." in shown(response)


def test_a_nomination_is_recorded_and_withdrawn_on_its_page(world: World) -> None:
    meet(world)
    typed: dict[str, Any] = {
        "award": "province_flag",
        "unit": unit(world, 1).pk,
        "method": "show_of_hands",
    }
    send(world, "nominations", **typed, confirmed="1")
    again = send(world, "nominations", **typed, confirmed="1")
    assert Nomination.objects.count() == 1
    asked = send(world, "withdraw_nomination", unit(world, 1).pk, "province_flag")
    assert Nomination.objects.count() == 1
    send(world, "withdraw_nomination", unit(world, 1).pk, "province_flag", confirmed="1")

    assert "Sở Số 1 đã được suy tôn Cờ thi đua của UBND tỉnh." in shown(again)
    assert "Bỏ ghi nhận suy tôn Sở Số 1" in shown(asked)
    assert Nomination.objects.count() == 0


def test_a_double_click_is_one_nomination(world: World) -> None:
    meet(world)
    typed: dict[str, Any] = {
        "award": "province_flag",
        "unit": unit(world, 1).pk,
        "method": "show_of_hands",
        "confirmed": "1",
        "request_id": new_request_id(),
    }
    answers = [send(world, "nominations", **typed).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert Nomination.objects.count() == 1


def test_closing_needs_the_typed_word_and_ends_in_the_record(world: World) -> None:
    adopted(world)
    send(world, "closing", confirmed="1", word="đóng")
    assert year_of(world).closed_at is None
    done = send(world, "closing", confirmed="1", word="khép năm")

    assert done["Location"] == reverse("record:record", args=[world.bloc_year.pk])
    assert YearResult.objects.count() == 3
    for name in (*PAGES, *HEAD_PAGES):
        assert browser("head").get(address(world, name)).status_code == 200
    assert "Năm đã khép" in shown(browser("head").get(address(world, "closing")))


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("minutes_file", "pdf", b"%PDF"),
        ("minutes_file", "word", b"PK"),
        ("table_file", "pdf", b"%PDF"),
        ("table_file", "word", b"PK"),
        ("table_file", "excel", b"PK"),
    ],
)
def test_papers_are_downloaded_by_everybody_in_the_bloc(
    world: World, name: str, kind: str, begins: bytes
) -> None:
    adopted(world)
    response = browser("officer").get(address(world, name, kind))

    assert response.status_code == 200
    assert response.content.startswith(begins)
    assert "attachment" in response["Content-Disposition"]


def test_papers_before_the_conference_lead_back_to_their_page(world: World) -> None:
    for name in ("minutes_file", "table_file"):
        response = browser("officer").get(address(world, name, "pdf"))
        assert (response.status_code, response["Location"]) == (303, address(world, "papers"))
    meet(world)

    assert browser("officer").get(address(world, "table_file", "pdf")).status_code == 303
    assert browser("officer").get(address(world, "minutes_file", "giay")).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["conference", "adoption", "result", "closing", "papers"])
def test_queries_do_not_grow_with_the_number_of_units(name: str) -> None:
    counted = []
    with scopes_disabled():
        for units in (3, 10):
            world = build_world_again(units)
            if name in ("result", "closing", "papers"):
                adopted(world, dict.fromkeys(range(1, units + 1), ROWS[1]))
            else:
                ready(world, dict.fromkeys(range(1, units + 1), ROWS[1]))
                meet(world)
            client = browser("head")
            client.get(address(world, name))
            forget()
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(address(world, name)).status_code == 200
            counted.append(len(seen))

    assert counted[0] == counted[1]


def build_world_again(units: int) -> World:
    """A fresh world: the one before gives up its addresses and its names."""
    for account in Account.objects.all():
        account.email = f"cu-{account.pk}-{account.email}"
        account.save()
    for jurisdiction in Jurisdiction.objects.all():
        jurisdiction.name = f"{jurisdiction.name} {jurisdiction.pk}"
        jurisdiction.save()
    return build_world(units=units)
