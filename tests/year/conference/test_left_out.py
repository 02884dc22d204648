"""A unit recorded as not ranked: no place, no class, no distance, no verification made up."""

from __future__ import annotations

import pytest

from tests.build import World
from tests.year.conference.build import meet, ready, unit, year_of
from tests.year.conference.test_adoption import decide, snapshot_of
from tests.year.conference.test_documents import facts_of, pdf_text
from tests.year.conference.test_pages import address, browser, send, shown
from thidua.core.points import read_points
from thidua.platform import clock
from thidua.year.conference.agenda import agenda
from thidua.year.conference.documents.minutes import minutes
from thidua.year.conference.forms import ElectionForm
from thidua.year.conference.models import Attendance, Conference, Election, Method
from thidua.year.conference.queries import conference_facts
from thidua.year.conference.services import (
    adopt_scores,
    close_year,
    mark_not_ranked,
)
from thidua.year.record.awards import Award
from thidua.year.record.models import YearResult
from thidua.year.scoring.models import Entry, Sheet, Stage


def left_out(world: World) -> None:
    """The best unit is left out, its sheet still with the unit; the others are adopted."""
    sheets = ready(world)
    Sheet.objects.update(verified_at=clock.now())
    Sheet.objects.filter(pk=sheets[1].pk).update(state=Sheet.State.SELF, verified_at=None)
    meet(world)
    mark_not_ranked(world.head, bloc_year=world.bloc_year, unit=unit(world, 1), reason="Chưa chấm")
    adopt_scores(world.head, bloc_year=world.bloc_year)


def test_the_sheets_counted_as_verified_are_those_that_were_verified(world: World) -> None:
    left_out(world)
    words = agenda(conference_facts(year_of(world)))[2].words

    assert words == "2 trong 3 bảng điểm đã thẩm định xong. 1 đơn vị không xếp hạng."
    assert Sheet.objects.get(unit=unit(world, 1)).verified_at is None


def test_a_unit_left_out_has_no_total_and_no_class_on_the_page(world: World) -> None:
    left_out(world)
    page = shown(browser("head").get(address(world, "result")))
    why = shown(browser("head").get(address(world, "why", unit(world, 1).pk)))

    assert "99,5" not in page
    assert "Không xếp hạng: Chưa chấm." in page
    assert page.count("Xuất sắc") == 2  # the ranking and the table, for the unit with 95,0
    assert "<h1>Vì sao không xếp hạng?</h1>" in why


def test_the_page_of_a_total_says_the_place_among_the_ranked(world: World) -> None:
    left_out(world)
    why = shown(browser("head").get(address(world, "why", unit(world, 2).pk)))

    assert "tổng điểm · xếp thứ 1" in why


def test_the_minutes_and_the_record_give_a_unit_left_out_no_class(world: World) -> None:
    left_out(world)
    text = pdf_text(minutes(facts_of(world)))
    close_year(world.head, bloc_year=world.bloc_year)
    row = YearResult.objects.get(unit=unit(world, 1))

    assert "99,5" not in text
    assert "Sở Số 1 không xếp hạng: Chưa chấm." in text
    assert (row.total_text, row.class_label, row.rank) == ("", "", None)
    assert row.note == "Không xếp hạng: Chưa chấm"


def test_nobody_leads_before_every_sheet_is_verified(world: World) -> None:
    sheets = ready(world)
    Sheet.objects.filter(pk=sheets[1].pk).update(state=Sheet.State.SELF, verified_at=None)
    meet(world)
    page = shown(browser("head").get(address(world, "adoption")))

    assert "dẫn đầu" not in page
    assert "Xếp hạng nếu thông qua lúc này" in page


def test_a_figure_of_the_verifier_is_no_decision_of_the_conference(world: World) -> None:
    sheets = ready(world)
    Entry.objects.create(
        jurisdiction=sheets[1].jurisdiction,
        sheet=sheets[1],
        code="I.1",
        stage=Stage.VERIFIED,
        kind=Entry.Kind.POINTS,
        points=read_points("29"),
        reason="Thẩm định trừ",
        author="Người thẩm định",
        at=clock.now(),
    )
    meet(world)
    adopt_scores(world.head, bloc_year=world.bloc_year)
    text = pdf_text(minutes(facts_of(world)))

    assert "Hội nghị không quyết định khác điểm thẩm định ở dòng nào." in text
    assert "Dòng có điểm khác số máy gợi ý:" in text


def test_a_line_the_conference_changed_is_told_against_the_verified_figure(world: World) -> None:
    ready(world)
    meet(world)
    decide(world, 1, "I.2", points=read_points("27"), reason="Hội nghị trừ")
    snapshot = snapshot_of(adopt_scores(world.head, bloc_year=world.bloc_year))
    text = pdf_text(minutes(facts_of(world)))

    assert [snapshot.decided_by_conference(one) for one in snapshot.deviations] == [True]
    assert "Có 1 dòng hội nghị quyết định khác điểm thẩm định:" in text


@pytest.mark.parametrize("page", ["elections", "nominations"])
def test_more_votes_than_ballots_are_refused_before_the_question(world: World, page: str) -> None:
    meet(world)
    typed = {"office": "head", "award": Award.PROVINCE_FLAG.value, "method": "secret_ballot"}
    answer = send(world, page, **typed, unit=unit(world, 3).pk, votes_for="10", voters="8")

    assert "Số phiếu thuận (10) lớn hơn tổng số phiếu (8)." in shown(answer)
    assert "10 trong 8" not in shown(answer)
    assert Election.objects.count() == 0


def test_nominating_a_unit_left_out_is_asked_with_a_warning(world: World) -> None:
    left_out(world)
    typed = {"award": Award.PROVINCE_FLAG.value, "method": "show_of_hands"}
    asked = shown(send(world, "nominations", **typed, unit=unit(world, 1).pk))

    assert "Lưu ý: Sở Số 1 không xếp hạng năm nay: Chưa chấm." in asked


def test_one_button_notes_every_unit_as_present(world: World) -> None:
    meet(world, present=0)
    send(world, "attendance", all_present="1")

    assert list(Attendance.objects.values_list("present", flat=True)) == [True] * len(world.units)


def test_a_closed_year_says_what_was_not_recorded(world: World) -> None:
    left_out(world)
    close_year(world.head, bloc_year=world.bloc_year)
    steps = agenda(conference_facts(year_of(world)))

    assert [(step.mark, step.words) for step in steps[4:6]] == [
        ("none", "Không ghi; năm đã khép.")
    ] * 2


def test_people_are_not_offered_an_unreported_method(world: World) -> None:
    form = ElectionForm(units=[(unit(world, 1).pk, "Sở Số 1")])
    offered = [value for value, _ in form.fields["method"].choices]  # type: ignore[attr-defined]  # a choice field

    assert Method.UNREPORTED not in offered


def test_an_unknown_place_is_said_to_be_unrecorded(world: World) -> None:
    meet(world, place="")
    words = agenda(conference_facts(year_of(world)))[0].words

    assert Conference.objects.get().place == ""
    assert words.startswith("Họp ngày 20/11/2026, địa điểm: chưa ghi. Chủ trì:")


def test_made_up_totals_mark_the_first_place_in_the_question(world: World) -> None:
    sheets = ready(world)
    Sheet.objects.filter(pk=sheets[1].pk).update(synthetic=True)
    meet(world)
    page = shown(browser("head").get(address(world, "adoption")))

    assert "Sở Số 1 đứng thứ nhất với 99,5° điểm." in page
