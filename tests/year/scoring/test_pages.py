"""The pages: who may open what, what they show, the save contract, the form without JavaScript."""

from __future__ import annotations

import re
import unicodedata
import uuid
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.build import World
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import cite, fill, opened, type_line
from tests.year.scoring.scales import EVERY_KIND
from thidua.scalefile.load import load_scale
from thidua.year.scoring.lines import lines_of
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.queries import stage_result
from thidua.year.scoring.services import (
    submit_self_score,
)
from thidua.year.scoring.wording import doubt_words

Sheets = dict[int, Sheet]


def test_before_opening_the_table_tells_what_comes(world: World) -> None:
    page = signed_in(world.officer).get(reverse("scoring:table", args=[world.bloc_year.pk]))
    own = signed_in(world.officer).get(address("sheet", world, 2))

    assert (page.status_code, own.status_code) == (200, 200)
    assert "Chưa mở bảng chấm điểm" in text_of(page.content)
    assert "Chưa mở bảng chấm điểm" in text_of(own.content)


def test_head_opens_the_sheets_after_being_asked_once(world: World) -> None:
    from tests.year.scoring.build import adopt
    from tests.year.scoring.scales import PLAIN

    adopt(world.head, world.bloc_year, PLAIN)
    client, where = signed_in(world.head), reverse("scoring:open", args=[world.bloc_year.pk])
    asked = client.post(where, posted())
    assert "Mở bảng chấm điểm năm 2026 cho 3 đơn vị?" in text_of(asked.content)
    assert Sheet.objects.count() == 0

    done = client.post(where, posted(confirmed="1"))
    assert (done.status_code, Sheet.objects.count()) == (303, 3)


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("officer", 2, 200), ("leader", 2, 200), ("verifier", 2, 200), ("head", 2, 200),
        ("officer", 1, 403), ("third", 1, 403), ("standing", 2, 403), ("neighbour", 2, 403),
        ("administrator", 2, 403),
    ],
)  # fmt: skip
def test_a_sheet_opens_for_its_unit_its_checkers_and_the_head(
    world: World, sheets: Sheets, who: str, unit: int, status: int
) -> None:
    client = signed_in(world.actors[who])

    assert client.get(address("sheet", world, unit)).status_code == status
    assert client.get(address("why", world, unit, "I.1")).status_code == status
    assert client.get(address("why_total", world, unit)).status_code == status


def test_another_province_finds_nothing(world: World, sheets: Sheets) -> None:
    assert signed_in(world.stranger).get(address("sheet", world, 2)).status_code == 404


def test_the_officers_page_has_a_cell_for_every_line(world: World, sheets: Sheets) -> None:
    content = signed_in(world.officer).get(address("sheet", world, 2)).content.decode()

    cells = set(re.findall(r'data-code="([^"]+)" data-field="([^"]+)"', content))
    assert {("I.1", "target"), ("I.1", "result"), ("I.1", "points"), ("II.1", "points"),
            ("II.2", "value"), ("III", "value"), ("IV", "value")} <= cells  # fmt: skip
    assert {code for code, field in cells if field == "reason"} == {
        "I.1", "I.2", "II.1", "II.2", "III", "IV",
    }  # fmt: skip


def test_the_verifier_reads_the_sheet_without_cells(world: World, sheets: Sheets) -> None:
    content = signed_in(world.verifier).get(address("sheet", world, 2)).content.decode()

    assert "data-field" not in content
    assert "data-save" not in content


def save(client: Client, world: World, **fields: object) -> Any:
    sent = posted(code="II.1", field="points", value="18,5", seen="0")
    return client.post(address("save", world, 2), {**sent, **fields})


def test_a_saved_cell_answers_with_what_it_changed(world: World, sheets: Sheets) -> None:
    client = signed_in(world.officer)
    save(client, world, code="I.1", field="target", value="100")
    answer = save(client, world, code="I.1", field="result", value="80", seen="1").json()

    assert answer["ok"] is True
    assert answer["version"] == 2
    assert answer["cells"]["I.1"] == {
        "computed": "24,0", "points": "24,0", "delta": "khớp", "doubt": "", "state": "",
    }  # fmt: skip
    assert (answer["total"], answer["left"], answer["value"]) == (
        "24,0",
        "Còn 5 dòng chưa có điểm",
        "80",
    )


@pytest.mark.parametrize(
    ("code", "field", "text", "words"),
    [
        ("I.1", "result", "-5", "Kết quả âm. Kiểm tra lại."),
        ("I.1", "target", "-5", "Chỉ tiêu âm. Kiểm tra lại."),
        ("I.1", "result", "0", ""),
    ],
)
def test_a_figure_below_zero_is_taken_and_asked_about(
    world: World, sheets: Sheets, code: str, field: str, text: str, words: str
) -> None:
    client = signed_in(world.officer)
    type_line(world.officer, sheets[2], code, target="100", result="80")
    answer = save(client, world, code=code, field=field, value=text, seen="1")

    assert answer.json()["cells"][code]["doubt"] == words
    page = text_of(client.get(address("sheet", world, 2)).content)
    assert page.count("Kiểm tra lại.") == int(bool(words))


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ("[{lt: 0, pts: 0}, {ge: 0, pts: 5}]", ""),
        ("[{ge: -3, lt: 0, pts: 2}, {ge: 0, pts: 5}]", ""),
        ("[{lt: 50, pts: 0}, {ge: 50, pts: 5}]", "Kết quả âm. Kiểm tra lại."),
    ],
)
def test_a_scale_that_names_figures_below_zero_takes_them_without_a_word(
    bands: str, words: str
) -> None:
    scale = EVERY_KIND.replace("[{ge: 90, pts: 10}, {ge: 50, lt: 90, pts: 5}]", bands)
    lines = lines_of(load_scale(scale, name="thang.yaml").scale)
    line = next(one for one in lines if one.key == "A2")

    assert doubt_words(line, {"value": "-2"}) == words


@pytest.mark.parametrize(
    ("code", "field"), [("II.1", "points"), ("I.1", "points"), ("II.1", "value")]
)
def test_a_percent_is_no_number_of_points(
    world: World, sheets: Sheets, code: str, field: str
) -> None:
    client = signed_in(world.officer)
    answer = save(client, world, code=code, field=field, value="3%")

    assert (answer.status_code, answer.json()["message"]) == (
        422,
        "Không đọc được “3%”. Điểm không có dấu %. Nhập bằng số, ví dụ 3,5.",
    )
    assert Entry.objects.count() == 0
    assert save(client, world, code="I.1", field="result", value="94,2%").status_code == 200


@pytest.mark.parametrize("typed", ["18,5", "18.5", " 18,5 ", "18,500"])
def test_comma_and_dot_are_both_read(world: World, sheets: Sheets, typed: str) -> None:
    answer = save(signed_in(world.officer), world, value=typed)

    assert (answer.status_code, answer.json()["value"]) == (200, "18,5")


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "1e308"},
        {"value": "-1"},
        {"value": "20,5"},
        {"value": "abc"},
        {"value": "1.000"},
        {"value": "9" * 400},
        {"value": "\x00"},
        {"code": "IX.9"},
        {"code": "I.1' OR 1=1"},
        {"field": "secret"},
        {"field": "override"},
        {"code": "II.2", "field": "value", "value": "maybe"},
        {"code": "III", "field": "value", "value": "1,5"},
    ],
)
def test_a_bad_cell_is_refused_in_words_and_nothing_is_saved(
    world: World, sheets: Sheets, fields: dict[str, str]
) -> None:
    answer = save(signed_in(world.officer), world, **fields)

    assert answer.status_code == 422
    assert len(answer.json()["message"]) > 10
    assert Entry.objects.count() == 0


def test_an_emptied_cell_is_missing_again_and_zero_is_zero(world: World, sheets: Sheets) -> None:
    client = signed_in(world.officer)
    save(client, world, value="0")
    assert stage_result(world.bloc_year, Stage.SELF).of("Sở Số 2").nodes["II.1"].points == 0

    save(client, world, value="", seen="1")
    assert stage_result(world.bloc_year, Stage.SELF).of("Sở Số 2").nodes["II.1"].points is None


def test_two_editors_get_both_values_and_names(world: World, sheets: Sheets) -> None:
    save(signed_in(world.officer), world)
    answer = save(signed_in(world.leader), world, value="17")

    assert answer.status_code == 409
    assert answer.json()["version"] == 1
    said = answer.json()["conflict"]
    assert (said["value"], said["who"]) == ("18,5", "Chuyên viên, Sở Số 2")


def test_the_same_request_twice_is_saved_once(world: World, sheets: Sheets) -> None:
    client, request_id = signed_in(world.officer), str(uuid.uuid4())
    answers = [save(client, world, request_id=request_id) for _ in range(2)]

    assert [answer.json()["version"] for answer in answers] == [1, 1]


def test_a_reason_in_decomposed_letters_is_kept_composed(world: World, sheets: Sheets) -> None:
    words = unicodedata.normalize("NFD", "Đủ điều kiện")
    save(signed_in(world.officer), world, field="reason", value=words)

    assert Entry.objects.get().reason == unicodedata.normalize("NFC", words)


def test_a_sent_sheet_takes_no_cell(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])
    answer = save(signed_in(world.officer), world, seen="1")

    assert answer.status_code == 403
    assert "Bảng đã gửi thẩm định" in answer.json()["message"]


def test_every_field_of_a_line_stands_on_its_own_page(world: World) -> None:
    opened(world, EVERY_KIND)
    client = signed_in(world.officer)
    wanted = {
        "A2": {"value", "na", "substitute_value", "points"},
        "A4": {"date", "due", "na"},
        "A5": {"value", "source"},
        "A6": {"chosen"},
        "A7@2": {"value", "source"},
        "B": {"reviewed", "na"},
    }
    for code, names in wanted.items():
        content = client.get(address("line", world, 2, code)).content.decode()
        assert names <= set(re.findall(r'name="([a-z_]+)"', content)), code


def test_a_line_form_writes_only_what_was_typed_over(world: World) -> None:
    opened(world, EVERY_KIND)
    client = signed_in(world.officer)
    sent = {"value": "80; 100", "points": "", "reason": "", "na": "", "seen": "0"}
    answer = client.post(address("line", world, 2, "A2"), posted(**sent))
    late = client.post(
        address("line", world, 2, "A4"), posted(date="02/07/2026", due="30/06/2026", seen="0")
    )

    assert (answer.status_code, late.status_code) == (303, 303)
    found = dict(Entry.objects.values_list("code", "inputs"))
    assert found == {
        "A2": {"values": ["80", "100"]},
        "A4": {"date": "2026-07-02", "due": "2026-06-30"},
    }


def test_a_bad_day_is_told_and_kept(world: World) -> None:
    opened(world, EVERY_KIND)
    answer = signed_in(world.officer).post(
        address("line", world, 2, "A4"), posted(date="31/02/2026", seen="0")
    )

    content = answer.content.decode()
    assert "không đọc được ngày" in content
    assert 'value="31/02/2026"' in content


def test_sending_names_what_is_missing_with_links(world: World, sheets: Sheets) -> None:
    client = signed_in(world.officer)
    page = client.get(address("send", world, 2))
    assert "Còn 6 chỗ phải sửa" in text_of(page.content)
    assert address("line", world, 2, "II.1") in page.content.decode()

    fill(world.officer, sheets[2])
    asked = client.get(address("send", world, 2))
    assert "Gửi thẩm định bảng tự chấm năm 2026 của Sở Số 2?" in text_of(asked.content)
    sent = client.post(address("send", world, 2), posted(confirmed="1"))
    assert sent.status_code == 303
    assert Sheet.objects.get(pk=sheets[2].pk).state == Sheet.State.SUBMITTED


def test_signs_no_keyboard_sends_are_no_fault_of_the_server(
    world: World, sheets: dict[int, Sheet]
) -> None:
    client = signed_in(world.officer)
    reason = posted(code="II.1", field="reason", value="Theo\x00 báo cáo", seen="0")
    assert client.post(address("save", world, 2), reason).status_code == 200
    assert Entry.objects.get(sheet=sheets[2], code="II.1").reason == "Theo báo cáo"

    facts = posted(fact_so_nguoi="40", reason="\x00")
    assert client.post(address("fields", world, 2), facts).status_code == 303

    cited = posted(document="9" * 5000, page="1")
    assert client.post(address("cite", world, 2, "I.1"), cited).status_code == 404


def test_a_line_with_evidence_offers_to_add_more(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    page = text_of(signed_in(world.officer).get(address("sheet", world, 2)).content)

    assert page.count("Thêm minh chứng dòng I.1") == 1


def test_a_document_loaded_from_a_line_comes_back_to_it(world: World, sheets: Sheets) -> None:
    client, library = signed_in(world.officer), world.units[1].pk
    load = reverse("progress:load", args=[world.bloc_year.pk, library])
    back = quote(address("line", world, 2, "I.1"))
    for _ in ("empty library", "one document in it"):
        page = client.get(address("line", world, 2, "I.1")).content.decode()
        assert page.count(f'href="{load}?dong=I.1&amp;ve={back}"') == 1
        cite(world.officer, sheets[2], "II.1")
