"""No table is adopted on a condition nobody could judge, nor before units could explain."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.build import World
from tests.year.conference.build import HELD_ON, SCALE, by_hands, meet, ready, unit, year_of
from tests.year.conference.test_meeting import rule_ids
from tests.year.conference.test_pages import address, browser, shown
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.documents.model import DateBlank
from thidua.year.bloc.models import Window
from thidua.year.bloc.paper import dated
from thidua.year.bloc.services import Span, set_windows
from thidua.year.conference.documents.facts import paper_facts
from thidua.year.conference.documents.minutes import minutes
from thidua.year.conference.models import Adoption, Conference
from thidua.year.conference.queries import conference_facts
from thidua.year.conference.services import (
    MeetingFacts,
    adopt_scores,
    hold_conference,
    mark_not_ranked,
    nominate,
    record_remarks,
)
from thidua.year.conference.snapshot import read_snapshot
from thidua.year.record.awards import Award
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.services import set_fields

NOT_WRITTEN = (
    "Sở Số 2: chưa xét được điều kiện “Có cán bộ bị kỷ luật từ cảnh cáo” vì chưa ghi "
    "“Có cán bộ bị kỷ luật”. Trưởng khối ghi ở Thông tin đơn vị, kèm lý do."
)


def forget_facts(world: World, number: int) -> Sheet:
    sheet = Sheet.objects.get(bloc_year=world.bloc_year, unit=unit(world, number))
    Sheet.objects.filter(pk=sheet.pk).update(fields={})
    return sheet


def test_a_gate_without_its_facts_refuses_the_adoption(world: World) -> None:
    ready(world)
    sheet = forget_facts(world, 2)
    meet(world)
    with pytest.raises(Refused) as refused:
        adopt_scores(world.head, bloc_year=world.bloc_year)

    assert [(one.rule_id, one.words) for one in refused.value.findings] == [
        ("ADOPT-5", NOT_WRITTEN)
    ]
    set_fields(world.head, sheet=sheet, fields={"ky_luat": False}, reason="Đơn vị báo tại hội nghị")
    adoption = adopt_scores(world.head, bloc_year=world.bloc_year)
    assert [row.class_label for row in read_snapshot(adoption.snapshot).ranking] == [
        "Xuất sắc",
        "Xuất sắc",
        "Tốt",
    ]


def test_a_class_without_its_facts_refuses_the_adoption(world: World) -> None:
    scale = SCALE.replace(
        "label: Xuất sắc, ge: 90", "label: Xuất sắc, ge: 90, if: {not: ky_luat}"
    ).replace("gates: [", "gates: [] #")
    ready(world, scale=scale)
    forget_facts(world, 1)
    meet(world)
    with pytest.raises(Refused) as refused:
        adopt_scores(world.head, bloc_year=world.bloc_year)

    assert [one.words for one in refused.value.findings] == [
        "Sở Số 1: chưa xét được mức “Xuất sắc” vì chưa ghi “Có cán bộ bị kỷ luật”. "
        "Trưởng khối ghi ở Thông tin đơn vị, kèm lý do."
    ]


def test_a_unit_recorded_as_not_ranked_needs_no_facts_and_gets_no_class(world: World) -> None:
    ready(world)
    forget_facts(world, 2)
    meet(world)
    mark_not_ranked(world.head, bloc_year=world.bloc_year, unit=unit(world, 2), reason="Mới lập")
    snapshot = read_snapshot(adopt_scores(world.head, bloc_year=world.bloc_year).snapshot)

    row = snapshot.of(unit(world, 2).pk)
    assert row is not None
    assert (row.rank, row.result_class) == (None, "")


def test_the_page_leads_to_the_facts_and_states_no_class_meanwhile(world: World) -> None:
    ready(world)
    for number in (1, 2, 3):
        forget_facts(world, number)
    meet(world)
    page = browser("head").get(address(world, "adoption")).content.decode()

    where = f"/cham-diem/{unit(world, 2).pk}/thong-tin/"
    assert page.count(where) == 1
    assert page.count("Ghi Thông tin đơn vị") == 3
    assert "Xuất sắc" not in page


def test_the_head_writes_the_facts_of_its_own_verified_sheet(world: World) -> None:
    sheet = ready(world)[1]
    forget_facts(world, 1)
    url = f"/nam/{world.bloc_year.pk}/cham-diem/{unit(world, 1).pk}/thong-tin/"
    client = browser("head")

    assert 'name="reason"' in client.get(url).content.decode()
    client.post(url, {"fact_ky_luat": "khong", "reason": "Theo báo cáo năm"})
    assert Sheet.objects.get(pk=sheet.pk).fields == {"ky_luat": False}


def change_a_line(world: World) -> None:
    """The verification lowers one line of the second unit."""
    sheet = Sheet.objects.get(bloc_year=world.bloc_year, unit=unit(world, 2))
    Entry.objects.create(
        jurisdiction=sheet.jurisdiction,
        sheet=sheet,
        code="I.2",
        stage=Stage.VERIFIED,
        kind=Entry.Kind.POINTS,
        points=27_000,
        reason="Văn bản chậm",
        author="Người thẩm định",
        at=clock.now(),
    )


def explain_from(world: World, first: date, last: date) -> None:
    Window.objects.filter(bloc_year=world.bloc_year, deed=Window.Deed.EXPLAIN).update(
        opens=clock.local(first), closes=clock.local(last, 17)
    )


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (date(2026, 11, 15), "Thời gian giải trình còn mở tới 17:00 ngày 30/11/2026"),
        (
            date(2026, 11, 25),
            "Thời gian giải trình chưa mở, mở từ 25/11/2026 tới 17:00 ngày 30/11/2026",
        ),
    ],
)
def test_the_adoption_waits_until_units_could_explain(
    world: World, first: date, words: str
) -> None:
    ready(world)
    change_a_line(world)
    meet(world)
    explain_from(world, first, date(2026, 11, 30))
    with pytest.raises(Refused) as refused:
        adopt_scores(world.head, bloc_year=world.bloc_year)

    assert rule_ids(refused) == ["ADOPT-6"]
    assert refused.value.findings[0].words == (
        f"{words}, mà thẩm định đã đổi điểm tự chấm của Sở Số 2. "
        "Chờ hết hạn rồi thông qua, hoặc Trưởng khối đổi mốc Giải trình, ghi lý do."
    )
    page = shown(browser("head").get(address(world, "adoption")))
    assert words in page
    assert f"/nam/{world.bloc_year.pk}/khoi/moc-thoi-gian/" in page or "moc-thoi-gian" in page


def test_the_head_ends_the_time_for_explanations_and_adopts(world: World) -> None:
    ready(world)
    change_a_line(world)
    meet(world)
    explain_from(world, date(2026, 11, 15), date(2026, 11, 30))
    span = Span(clock.local(date(2026, 11, 15)), clock.local(HELD_ON, 9))
    set_windows(
        world.head, bloc_year=world.bloc_year, spans={"explain": span}, reason="Đã giải trình xong"
    )

    assert adopt_scores(world.head, bloc_year=world.bloc_year).version == 1


@pytest.mark.parametrize("has_window", [True, False])
def test_without_a_changed_line_or_a_window_nothing_waits(world: World, has_window: bool) -> None:
    ready(world)
    meet(world)
    if has_window:
        explain_from(world, date(2026, 11, 15), date(2026, 11, 30))
    else:
        change_a_line(world)
        Window.objects.filter(bloc_year=world.bloc_year, deed=Window.Deed.EXPLAIN).delete()
    adopt_scores(world.head, bloc_year=world.bloc_year)

    assert Adoption.objects.count() == 1


def test_a_nomination_without_a_majority_needs_a_ground(world: World) -> None:
    ready(world)
    meet(world)
    facts = {"bloc_year": world.bloc_year, "unit": unit(world, 1), "award": Award.PROVINCE_FLAG}
    with pytest.raises(Refused) as refused:
        nominate(world.head, **facts, outcome=by_hands(1, 2))  # type: ignore[arg-type]  # mixed

    assert rule_ids(refused) == ["NOMINATE-5"]
    client = browser("head")
    form = {
        "award": Award.PROVINCE_FLAG,
        "unit": unit(world, 1).pk,
        "method": "show_of_hands",
        "votes_for": "1",
        "voters": "2",
        "ground": "Hội đồng thi đua yêu cầu",
    }
    client.post(address(world, "nominations"), {**form, "confirmed": "1"})
    asked = client.post(address(world, "nominations"), form)
    assert asked.status_code in (200, 303)


def test_an_absent_unit_is_elected_with_a_note(world: World) -> None:
    ready(world)
    meet(world, present=2)
    form = {"office": "head", "unit": unit(world, 3).pk, "method": "show_of_hands"}
    page = shown(browser("head").post(address(world, "elections"), form))

    assert "Lưu ý: Sở Số 3 vắng mặt tại hội nghị." in page


def test_the_minutes_say_when_it_began_and_ended(world: World) -> None:
    ready(world)
    meet(world)
    told = MeetingFacts(held_on=HELD_ON, place="Hội trường", chair="Chủ trì", starts_at=time(8))
    hold_conference(world.head, bloc_year=world.bloc_year, facts=told)
    year = world.bloc_year
    with pytest.raises(Refused) as refused:
        record_remarks(world.head, bloc_year=year, guests="", remarks="", ends_at=time(7, 30))
    assert rule_ids(refused) == ["CONF-5"]
    record_remarks(world.head, bloc_year=year, guests="", remarks="", ends_at=time(11, 30))

    assert Conference.objects.get().ends_at == time(11, 30)
    said = str(minutes(paper_facts(conference_facts(year_of(world)))).blocks)
    assert "Hôm nay, vào hồi 08 giờ 00 phút, ngày 20 tháng 11 năm 2026" in said
    assert "Hội nghị kết thúc vào hồi 11 giờ 30 phút cùng ngày." in said


def test_a_paper_of_a_closed_year_is_not_dated_as_printed(world: World) -> None:
    year, today = year_of(world), date(2028, 5, 4)
    assert dated(year, today=today) == (today, DateBlank.NOTHING)
    year.closed_at = clock.local(date(2027, 1, 12), 9)

    assert dated(year, today=today) == (date(2027, 1, 12), DateBlank.DAY_AND_MONTH)
    act = clock.local(date(2026, 12, 20), 0)
    assert dated(year, today=today, act=act) == (date(2026, 12, 20), DateBlank.NOTHING)
