"""Pages of the steps: setting them, working at them, seeing them on sheet, table, papers, tasks."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from tests.year.conference.build import meet
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import fill
from tests.year.scoring.steps_build import ALL, Bloc, configured, mean, plan, sent
from thidua.registry.actor import Actor
from thidua.year.scoring.models import Rating, Sheet, Stage, Step, StepClosing
from thidua.year.scoring.services import (
    confirm_lines,
    finish_verification,
    rate_line,
    submit_self_score,
)
from thidua.year.scoring.steps import read_roster


def page_of_steps(bloc: Bloc) -> str:
    return reverse("scoring:steps", args=[bloc.world.bloc_year.pk])


def typed(bloc: Bloc, **more: object) -> dict[str, object]:
    """The form with a cross-check and a team of units 3 and 4."""
    return posted(
        evidence="explain", use_cross="on", combine_cross="mean", blind_cross="on",
        use_team="on", combine_team="one", team=[bloc.unit(3), bloc.unit(4)],
        lines_team="I, II.1", name_team="Tổ giúp việc", **more,
    )  # fmt: skip


# --- setting the steps


def test_the_head_sets_the_steps_on_the_page_and_reads_them_in_a_sentence(bloc: Bloc) -> None:
    configured(bloc)
    client = signed_in(bloc.world.head)
    answer = client.post(page_of_steps(bloc), typed(bloc), follow=True)
    words = text_of(answer.content)

    assert "Đã lưu các bước chấm điểm." in words
    assert (
        "Chấm điểm qua bốn bước: đơn vị tự chấm, thiếu minh chứng thì ghi lý do; chấm chéo, "
        "chấm kín, mỗi đơn vị một số rồi lấy trung bình cộng; tổ giúp việc, gồm Sở Số 3, "
        "Sở Số 4, chỉ các dòng I, II.1; hội nghị thông qua."
    ) in words
    stages = [step.stage for step in read_roster(bloc.world.bloc_year.pk).steps]
    assert stages == [Stage.SELF, Stage.CROSS, Stage.TEAM, Stage.ADOPTED]


def test_the_sentence_follows_the_form_and_saves_nothing(bloc: Bloc) -> None:
    configured(bloc)
    before = Step.objects.count()
    client = signed_in(bloc.world.head)
    fragment = client.post(
        page_of_steps(bloc), typed(bloc, xem="1"), headers={"HX-Request": "true"}
    )
    whole = client.post(page_of_steps(bloc), typed(bloc, xem="1"))

    assert "<html" not in fragment.content.decode()
    for answer in (fragment, whole):
        words = text_of(answer.content)
        assert ("qua bốn bước" in words, "Chưa lưu. Bấm Lưu các bước" in words) == (True, True)
    assert Step.objects.count() == before


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(bloc: Bloc) -> None:
    configured(bloc)
    client = signed_in(bloc.world.head)
    answer = client.post(page_of_steps(bloc), {**typed(bloc), "lines_team": "I, X.9"})
    words = text_of(answer.content)

    assert answer.status_code == 200
    assert "thang điểm không có dòng X.9" in words
    assert 'value="I, X.9"' in answer.content.decode()
    assert "Tổ giúp việc" in answer.content.decode()


@pytest.mark.parametrize("sent_as", ["owner twice", "unknown unit", "half a date"])
def test_impossible_answers_of_the_form_are_told_in_words(bloc: Bloc, sent_as: str) -> None:
    configured(bloc)
    cases: dict[str, tuple[dict[str, object], str]] = {
        "owner twice": (
            {"use_sector": "on", f"owner_{bloc.unit(5)}": "II", f"owner_{bloc.unit(6)}": "II"},
            "Dòng II đã giao cho Sở Số 5.",
        ),
        "unknown unit": ({"team": ["999999"]}, "Chọn lại các đơn vị trong tổ trong danh sách."),
        "half a date": ({"opens_day_team": "01/12/2026"}, "ghi cả ngày mở và hạn"),
    }
    wrong, words = cases[sent_as]
    answer = signed_in(bloc.world.head).post(page_of_steps(bloc), {**typed(bloc), **wrong})

    assert words in text_of(answer.content)
    assert Step.objects.filter(stage="team").count() == 0


@pytest.mark.parametrize("who", ["officer", "verifier"])
def test_members_read_the_steps_and_have_no_form(bloc: Bloc, who: str) -> None:
    configured(bloc, plan(bloc, Stage.TEAM))
    client = signed_in(bloc.world.actors[who])
    answer = client.get(page_of_steps(bloc))

    assert "Tổ thẩm định" in text_of(answer.content)
    assert "Lưu các bước" not in text_of(answer.content)
    client.post(page_of_steps(bloc), typed(bloc))
    assert Step.objects.get(stage="team").name == ""


def test_other_blocs_and_provinces_do_not_see_the_steps(bloc: Bloc) -> None:
    configured(bloc, plan(bloc, Stage.TEAM))

    assert signed_in(bloc.world.neighbour).get(page_of_steps(bloc)).status_code == 403
    assert signed_in(bloc.world.stranger).get(page_of_steps(bloc)).status_code == 404


def test_once_a_sheet_was_sent_the_page_leaves_names_and_dates(bloc: Bloc) -> None:
    configured(bloc, plan(bloc, Stage.TEAM))
    sent(bloc)
    client = signed_in(bloc.world.head)
    assert "chỉ đổi được tên và thời gian" in text_of(client.get(page_of_steps(bloc)).content)
    dates = {"name_team": "Tổ của Khối", "opens_day_team": "01/11/2026",
             "closes_day_team": "30/12/2026", "closes_hour_team": "11:30"}  # fmt: skip
    client.post(page_of_steps(bloc), {**posted(), **dates})
    step = read_roster(bloc.world.bloc_year.pk).step(Stage.TEAM)

    assert step is not None
    assert (step.label, step.team) == ("Tổ của Khối", (bloc.unit(3), bloc.unit(4)))
    assert step.closes is not None


# --- working at a step


def work(client: Client, bloc: Bloc, stage: Stage) -> None:
    """Keep the rest and end the step, as its page asks."""
    where = address("verify", bloc.world, 2)
    assert client.get(where).status_code == 200
    for name in ("confirm_rest", "finish"):
        client.post(address(name, bloc.world, 2), posted(confirmed="1", buoc=stage))


def test_seven_steps_are_worked_through_on_their_pages(bloc: Bloc) -> None:
    sent(configured(bloc, *(plan(bloc, stage) for stage in ALL)))
    people: dict[Stage, Actor] = {
        Stage.CROSS: bloc.staff[3], Stage.SECTOR: bloc.staff[5], Stage.TEAM: bloc.staff[4],
        Stage.VERIFIED: bloc.world.head, Stage.OFFICE: bloc.world.standing,
    }  # fmt: skip
    for stage, who in people.items():
        client = signed_in(who)
        tasks = text_of(client.get(reverse("home")).content)
        assert read_roster(bloc.world.bloc_year.pk).label(stage) in tasks
        client.post(
            address("verify_line", bloc.world, 2, "II.1"),
            posted(deed="save", points=f"{10 + list(ALL).index(stage)}", shown="18,0",
                   reason="Nhận định", seen="0", buoc=stage),
        )  # fmt: skip
        work(client, bloc, stage)

    assert bloc.sheet.state == Sheet.State.VERIFIED
    assert [bloc.points("II.1", stage) for stage in ALL] == [10, 11, 12, 13, 14]
    words = text_of(signed_in(bloc.world.officer).get(address("sheet", bloc.world, 2)).content)
    for label in (
        "Chấm chéo",
        "Cơ quan phụ trách",
        "Tổ thẩm định",
        "Khối thẩm định",
        "Thường trực",
    ):
        assert label in words
    looks = signed_in(bloc.world.head).get(
        reverse("scoring:table", args=[bloc.world.bloc_year.pk]), {"buoc": "thuong-truc"}
    )
    assert 'aria-current="true">cơ quan thường trực</b>' in looks.content.decode()


def test_a_form_of_a_step_that_has_gone_by_writes_nothing(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.CROSS), plan(bloc, Stage.TEAM)))
    confirm_lines(bloc.staff[3], sheet=bloc.sheet)
    finish_verification(bloc.staff[3], sheet=bloc.sheet)
    client = signed_in(bloc.staff[3])  # unit 3 is in the team too
    answer = client.post(
        address("confirm_rest", bloc.world, 2), posted(confirmed="1", buoc=Stage.CROSS)
    )

    assert answer.status_code == 409
    assert "Bảng đang ở bước Tổ thẩm định." in text_of(answer.content)
    assert StepClosing.objects.count() == 1


def test_people_without_work_at_any_step_do_not_open_its_page(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.TEAM)))

    statuses = [
        signed_in(who).get(address("verify", bloc.world, 2)).status_code
        for who in (bloc.staff[6], bloc.world.officer, bloc.world.standing, bloc.world.neighbour)
    ]
    assert statuses == [403, 403, 403, 403]


def test_units_rate_on_the_page_and_the_head_ends_without_one_with_a_reason(bloc: Bloc) -> None:
    sent(configured(bloc, mean(Stage.CROSS, bloc)))
    for number, points in ((3, "17"), (4, "16,5")):
        client = signed_in(bloc.staff[number])
        client.post(
            address("verify_line", bloc.world, 2, "II.1"),
            posted(deed="save", points=points, shown="18,0", reason="Thiếu", seen="0",
                   buoc="cross"),
        )  # fmt: skip
        client.post(
            address("verify_line", bloc.world, 2, "I.1"),
            posted(deed="keep", points="24,0", shown="24,0", seen="0", buoc="cross"),
        )
        client.post(address("confirm_rest", bloc.world, 2), posted(confirmed="1", buoc="cross"))
    head = signed_in(bloc.world.head)
    words = text_of(head.get(address("verify", bloc.world, 2)).content)
    assert "Chưa chấm xong: Sở Số 5 (6 dòng)." in words
    assert "thấp nhất 16,5, cao nhất 17,0" in text_of(
        head.get(f"{address('verify', bloc.world, 2)}?dong=II.1").content
    )
    head.post(address("finish", bloc.world, 2),
              posted(confirmed="1", buoc="cross", reason="Hết hạn"))  # fmt: skip

    assert Rating.objects.filter(points=None).count() == 10
    assert (bloc.sheet.state, StepClosing.objects.get().missing) == (
        Sheet.State.VERIFIED, "Sở Số 5 (6 dòng)",
    )  # fmt: skip


def test_a_rater_keeps_its_number_when_only_the_reason_is_rewritten(bloc: Bloc) -> None:
    sent(configured(bloc, mean(Stage.CROSS, bloc)))
    rate_line(bloc.staff[3], sheet=bloc.sheet, code="II.1", stage=Stage.CROSS, points=17000,
              reason="Thiếu")  # fmt: skip
    signed_in(bloc.staff[3]).post(
        address("verify_line", bloc.world, 2, "II.1"),
        posted(deed="save", points="17,0", shown="17,0", reason="Thiếu biên bản quý 3", seen="1",
               buoc="cross"),
    )  # fmt: skip

    row = Rating.objects.get()
    assert (row.points, row.reason, row.version) == (17000, "Thiếu biên bản quý 3", 2)


def test_a_two_step_bloc_has_no_page_between(bloc: Bloc) -> None:
    sent(configured(bloc))
    head = signed_in(bloc.world.head)
    answer = head.get(address("verify", bloc.world, 2))
    words = text_of(signed_in(bloc.world.officer).get(address("sheet", bloc.world, 2)).content)

    assert (answer.status_code, answer.headers["Location"]) == (
        303, address("sheet", bloc.world, 2),
    )  # fmt: skip
    assert "Giải trình" not in words
    assert "Rút lại để sửa" in words


# --- papers


def words_in(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return text_of(b"".join(packed.read(name) for name in packed.namelist()
                                if name.endswith(".xml")))  # fmt: skip


def test_papers_have_a_column_for_every_step_of_the_year(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.CROSS), plan(bloc, Stage.TEAM, name="Tổ giúp việc")))
    confirm_lines(bloc.staff[3], sheet=bloc.sheet)
    client = signed_in(bloc.world.officer)
    for form in ("docx", "xlsx"):
        found = words_in(client.get(address("sheet_file", bloc.world, 2, form)).content)
        assert ("Chấm chéo" in found, "Tổ giúp việc" in found, "Thẩm định" in found) == (
            True, True, False,
        ), form  # fmt: skip


def test_the_minutes_name_the_steps_the_table_went_through(bloc: Bloc) -> None:
    from thidua.year.conference.documents.minutes import _deviations
    from thidua.year.conference.freezing import freeze

    bloc = configured(bloc, plan(bloc, Stage.CROSS), plan(bloc, Stage.TEAM, name="Tổ giúp việc"))
    fill(bloc.staff[2], bloc.sheets[2])
    submit_self_score(bloc.staff[2], sheet=bloc.sheets[2])
    snapshot = freeze(meet(bloc.world), version=1, reason="", ledger_root="")

    assert snapshot.steps_words == (
        "Bảng điểm đã qua 4 bước: Tự chấm, Chấm chéo, Tổ giúp việc, Thông qua."
    )
    said = str(_deviations(snapshot))
    assert "khác điểm của bước Tổ giúp việc ở dòng nào" in said
