"""What people send is read in one spelling, answered in Vietnamese and carried out once."""

from __future__ import annotations

import unicodedata
from datetime import date, time

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from thidua.core.finding import Finding, Refused
from thidua.platform.http.posting import (
    DayField,
    FigureField,
    HourField,
    OfficialForm,
    deliver,
    is_request_id,
    new_request_id,
    request_id_of,
    see_other,
)

KNOWN = "0b8f3f3e-1111-4222-8333-944444444444"


class Report(OfficialForm):
    name = forms.CharField(label="Tên báo cáo", max_length=20)
    day = DayField(label="Ngày", required=False)
    hour = HourField(label="Giờ", required=False)
    points = FigureField(label="Điểm", required=False, least=0, most=60_000)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], required=False)
    secret = forms.CharField(
        label="Mật khẩu", required=False, strip=False, widget=forms.PasswordInput
    )


def sent(**fields: str) -> Report:
    return Report({"request_id": KNOWN, "name": "Báo cáo", **fields})


def read(**fields: str) -> Report:
    form = sent(**fields)
    assert form.is_valid(), form.errors
    return form


def test_decomposed_vietnamese_is_stored_composed() -> None:
    assert read(name=unicodedata.normalize("NFD", "Kỷ cương")).cleaned_data["name"] == "Kỷ cương"


def test_a_password_is_taken_as_typed() -> None:
    typed = unicodedata.normalize("NFD", " mật khẩu ")
    assert read(secret=typed).cleaned_data["secret"] == typed


def test_a_nul_is_refused_in_words() -> None:
    assert sent(name="a\x00b").errors["name"] == ["Có ký tự không đọc được. Xóa rồi gõ lại."]


def test_invisible_signs_of_pasted_text_vanish() -> None:
    assert read(name="Báo\u200b cáo\x0bnăm\x07").cleaned_data["name"] == "Báo cáo\nnăm"


@pytest.mark.parametrize("typed", ["05/01/2018", "5/1/2018", "2018-01-05", "05.01.2018"])
def test_a_day_is_read_as_officials_write_it(typed: str) -> None:
    assert read(day=typed).cleaned_data["day"] == date(2018, 1, 5)


@pytest.mark.parametrize("typed", ["01/05", "ngày mai", "1/1/18", "31/02-2018"])
def test_a_day_that_is_none_is_answered_with_the_way_to_write_it(typed: str) -> None:
    assert sent(day=typed).errors["day"] == ["Ghi ngày theo dạng 31/12/2026."]


@pytest.mark.parametrize("typed", ["31/02/2026", "31-2-2026", "31.02.2026", "2026-02-31"])
def test_a_day_the_calendar_lacks_is_named(typed: str) -> None:
    assert sent(day=typed).errors["day"] == ["Ngày 31/02/2026 không có trong lịch. Xem lại ngày."]


def test_the_browser_is_not_asked_to_answer_in_its_own_language() -> None:
    assert "required" not in str(Report()["name"])


def test_a_year_out_of_reach_is_refused() -> None:
    assert sent(day="01/01/0201").errors["day"] == [
        "Năm phải từ 1900 đến 2200. Xem lại năm vừa ghi."
    ]


@pytest.mark.parametrize("typed", ["17:00", "17h00", "17h", "17"])
def test_an_hour_is_read_as_officials_write_it(typed: str) -> None:
    assert read(hour=typed).cleaned_data["hour"] == time(17)


@pytest.mark.parametrize("typed", ["24:00", "17:60", "chiều"])
def test_an_hour_that_is_none_is_refused(typed: str) -> None:
    assert sent(hour=typed).errors["hour"] == ["Ghi giờ theo dạng 17:00."]


@pytest.mark.parametrize(
    ("typed", "milli"), [("57,5", 57_500), ("57.5", 57_500), ("0", 0), ("", None)]
)
def test_a_figure_is_whole_thousandths_and_empty_is_not_zero(typed: str, milli: int | None) -> None:
    assert read(points=typed).cleaned_data["points"] == milli


@pytest.mark.parametrize("typed", ["60,001", "-1"])
def test_a_figure_out_of_range_names_the_range(typed: str) -> None:
    assert sent(points=typed).errors["points"] == ["Nhập từ 0 đến 60,0."]


def test_a_figure_that_is_none_says_what_to_type() -> None:
    assert sent(points="1e308").errors["points"] == [
        "Không đọc được số “1e308”. Hãy nhập bằng chữ số, ví dụ 961,5."
    ]


def test_messages_are_vietnamese_sentences() -> None:
    form = Report({"request_id": KNOWN, "kind": "z"})
    assert form.errors == {
        "name": ["Chưa ghi tên báo cáo."],
        "kind": ["Chọn lại loại trong danh sách."],
    }
    assert sent(name="a" * 21).errors["name"] == ["Ghi nhiều nhất 20 ký tự, đang có 21."]


def test_a_form_drawn_anew_carries_an_id_that_it_keeps() -> None:
    form = Report()
    assert is_request_id(form.request_id)
    assert f'value="{form.request_id}"' in str(form["request_id"])
    assert Report().request_id != form.request_id


def test_the_id_sent_is_the_id_of_the_decision() -> None:
    assert sent().request_id == KNOWN


@pytest.mark.parametrize("forged", ["", "1", KNOWN.upper(), KNOWN + "\n", "x" * 5000])
def test_an_id_of_another_shape_is_replaced(forged: str) -> None:
    form = Report({"request_id": forged, "name": "Báo cáo"})
    assert is_request_id(form.request_id)
    request = RequestFactory().post("/", {"request_id": forged})
    assert is_request_id(request_id_of(request))
    assert request_id_of(request) != forged


def test_a_refusal_is_shown_above_what_was_typed() -> None:
    form = Report(QueryDict(f"request_id={KNOWN}&name=Nam"))
    finding = Finding(rule_id="X-1", outcome="refused", words="Chưa tới hạn.")

    def refuse() -> None:
        raise Refused([finding])

    assert deliver(form, refuse) is None
    assert form.non_field_errors() == ["Chưa tới hạn."]
    assert form["name"].value() == "Nam"
    assert form.request_id == KNOWN


def test_a_refusal_about_a_field_stands_at_the_field() -> None:
    form = sent()
    assert form.is_valid()
    form.refuse_with(
        Refused([Finding(rule_id="X", outcome="refused", inputs={"field": "day"}, words="Muộn.")])
    )
    assert form.errors == {"day": ["Muộn."]}


def test_after_a_used_id_the_same_form_can_be_sent_again() -> None:
    form = sent()
    assert form.is_valid()
    form.refuse_with(Refused([Finding(rule_id="LEDGER-1", outcome="refused", words="Đã dùng.")]))
    assert is_request_id(form.request_id)
    assert form.request_id != KNOWN


def test_the_answer_to_a_post_is_303() -> None:
    answer = see_other("/nam/1/khoi/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/nam/1/khoi/")
    assert new_request_id() != new_request_id()
