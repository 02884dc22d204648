"""Pages of the draw: what each sees before, at and after it, its minutes and its file."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled
from docx import Document
from pypdf import PdfReader

from tests.build import World, build_world
from tests.pages import shown, sign_in
from tests.year.bloc.drawing import AFTER, CLOSED, DIGITS, close_self_scores, draw
from thidua.platform import clock
from thidua.platform.documents.pdf import to_pdf
from thidua.scalefile.drawing import load_draw
from thidua.year.bloc.drawpage import draw_page
from thidua.year.bloc.drawpaper import draw_document, grouped
from thidua.year.bloc.draws import file_of, pairs_now
from thidua.year.bloc.models import BlocYear, CheckDraw, Checker, Conflict, Window
from thidua.year.bloc.services import assign_checkers


@pytest.fixture
def closed(world: World) -> World:
    """Self-scores closed a day ago, nobody assigned."""
    close_self_scores(world.bloc_year)
    Checker.objects.filter(bloc_year=world.bloc_year).delete()
    return world


def at(world: World, tail: str = "") -> str:
    return f"/nam/{world.bloc_year.pk}/khoi/boc-tham/{tail}"


def read(client: Client, address: str) -> str:
    with clock.at(AFTER):
        page = client.get(address)
    assert page.status_code == 200
    return shown(page)


def typed(world: World, **more: Any) -> dict[str, Any]:
    first, second = (unit.pk for unit in world.units[1:3])
    said = {"digits": DIGITS, "first_witness": first, "second_witness": second, "confirmed": "1"}
    return {**said, **more}


def post(client: Client, world: World, **more: Any) -> Any:
    with clock.at(AFTER):
        return client.post(at(world), typed(world, **more))


def test_before_the_closing_the_page_says_when(closed: World, client: Client) -> None:
    sign_in(client, "head")
    with clock.at(CLOSED - timedelta(hours=1)):
        page = client.get(at(closed))
    assert "Bốc thăm được sau khi hết hạn tự chấm, 17:00 ngày 30/11/2026." in shown(page)
    assert 'name="digits"' not in page.content.decode()


def test_without_a_deadline_the_head_is_led_to_set_one(closed: World, client: Client) -> None:
    Window.objects.filter(bloc_year=closed.bloc_year, deed=Window.Deed.SELF_SCORE).delete()
    page = read(sign_in(client, "head"), at(closed))
    assert "Chưa đặt hạn tự chấm, nên chưa bốc thăm được. Đặt các mốc của năm" in page


def test_after_the_closing_the_root_is_read_out_before_the_digits(
    closed: World, client: Client
) -> None:
    head = read(sign_in(client, "head"), at(closed))
    officer = read(sign_in(client, "officer"), at(closed))
    row = draw(closed)

    assert grouped(row.root) in head
    assert grouped(row.root) in officer
    assert "Trưởng khối bốc thăm trước đại diện hai đơn vị." in officer


def test_the_head_draws_in_one_form(closed: World, client: Client) -> None:
    answer = post(sign_in(client, "head"), closed)

    assert (answer.status_code, answer["Location"]) == (303, at(closed))
    page = read(client, at(closed))
    assert "Đã bốc thăm. Các đơn vị thẩm định được báo qua thư." in page
    names = {unit.pk: unit.name for unit in closed.units}
    for number, unit in enumerate(closed.units, 1):
        checker = dict(pairs_now(closed.bloc_year))[unit.pk]
        assert f"{number} {unit.name} {names[checker]}" in page


def test_what_was_typed_stays_when_it_is_refused(closed: World, client: Client) -> None:
    first = closed.units[1].pk
    page = post(sign_in(client, "head"), closed, digits="12345", second_witness=first)
    html = page.content.decode()

    assert "Có 2 chỗ phải sửa" in shown(page)
    assert "Ghi các chữ số bốc được theo thứ tự, từ 6 đến 60 chữ số." in shown(page)
    assert "Chọn hai đơn vị chứng kiến khác nhau" in shown(page)
    assert 'value="12345"' in html
    assert html.count(f'<option value="{first}" selected>') == 2


@pytest.mark.parametrize("digits", ["12ab", "111", ""])
def test_everything_wrong_is_told_at_once(closed: World, client: Client, digits: str) -> None:
    draw(closed)
    wrong = {"digits": digits, "first_witness": "", "second_witness": "", "confirmed": ""}
    page = shown(post(sign_in(client, "head"), closed, **wrong))

    assert "Có 4 chỗ phải sửa" in page
    assert "Ghi lý do bốc thăm lại, lý do này vào biên bản." in page


def test_the_draw_is_asked_about_once_before_it_is_made(closed: World, client: Client) -> None:
    asked = post(sign_in(client, "head"), closed, confirmed="")
    first, second = (unit.name for unit in closed.units[1:3])

    assert f"Bốc thăm với các chữ số {DIGITS}?" in shown(asked)
    assert f"đại diện chứng kiến của {first} và {second}." in shown(asked)
    assert not CheckDraw.objects.exists()
    fields = re.findall(
        r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', asked.content.decode()
    )
    sent = {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
    with clock.at(AFTER):
        assert client.post(at(closed), sent).status_code == 303
    assert CheckDraw.objects.get().digits == "".join(DIGITS.split())


def test_before_the_closing_the_page_says_what_makes_a_draw_impossible(
    closed: World, client: Client
) -> None:
    opens = CLOSED - timedelta(days=10)
    verify = Window.objects.filter(bloc_year=closed.bloc_year, deed=Window.Deed.VERIFY)
    verify.update(opens=opens)
    sign_in(client, "head")
    with clock.at(CLOSED - timedelta(hours=1)):
        warned = shown(client.get(at(closed)))
        BlocYear.objects.filter(pk=closed.bloc_year.pk).update(verifying_since=clock.now())
        over = shown(client.get(at(closed)))

    assert "Thẩm định mở từ 20/11/2026, trước hạn đó." in warned
    assert "nên năm nay không bốc thăm được nữa." in over
    assert "Bốc thăm được sau khi hết hạn" not in over


def test_a_form_sent_twice_draws_once(closed: World, client: Client) -> None:
    sign_in(client, "head")
    same = {"request_id": "0b0b8a3e-5a0e-4b43-9e0c-5a4b8f1f2f10"}
    assert [post(client, closed, **same).status_code for _time in range(2)] == [303, 303]
    assert CheckDraw.objects.count() == 1


@pytest.mark.parametrize("role", ["officer", "leader", "verifier", "standing"])
def test_others_read_the_draw_and_cannot_draw(closed: World, client: Client, role: str) -> None:
    refused = post(sign_in(client, role), closed)
    assert "Bạn xem được kết quả bốc thăm. Trưởng khối bốc thăm." in shown(refused)
    assert not CheckDraw.objects.exists()
    draw(closed)
    page = read(client, at(closed))
    assert "Kết quả" in page
    assert "Bốc thăm lại" not in page


@pytest.mark.parametrize("tail", ["", "word/", "pdf/", "tep/", "quan-he/"])
def test_other_blocs_and_provinces_see_nothing(closed: World, client: Client, tail: str) -> None:
    draw(closed)
    neighbour = sign_in(client, "neighbour").get(at(closed, tail)).status_code
    stranger = sign_in(client, "stranger").get(at(closed, tail)).status_code
    assert (neighbour, stranger) == (403, 404)


def test_the_page_makes_the_draw_once_more(closed: World, client: Client) -> None:
    row = draw(closed)
    sign_in(client, "officer")
    good = read(client, f"{at(closed)}?kiem-tra=1")
    assert "Đã tính lại từ đầu: dấu gốc, hạt giống và phân công đều đúng như đã ghi." in good

    CheckDraw.objects.bulk_create(
        [
            CheckDraw(
                **{
                    column.attname: getattr(row, column.attname)
                    for column in CheckDraw._meta.concrete_fields
                    if column.attname != "id"
                }
                | {"number": 2, "reason": "giả mạo", "root": "0" * 64}
            )
        ]
    )
    bad = read(client, f"{at(closed)}?kiem-tra=1")
    assert "Tính lại không khớp: dấu gốc của sổ cái khác dấu đã ghi;" in bad


def test_a_change_by_hand_is_shown_beside_the_draw(closed: World, client: Client) -> None:
    draw(closed)
    one, two, three = (unit.pk for unit in closed.units)
    turned = [(checker, unit) for unit, checker in pairs_now(closed.bloc_year)]
    assign_checkers(closed.head, bloc_year=closed.bloc_year, pairs=turned, reason="Đổi theo họp")

    page = read(sign_in(client, "officer"), at(closed))
    checker = dict(turned)[one]
    name = {two: "Sở Số 2", three: "Sở Số 3"}[checker]
    assert "Phân công đã được đổi bằng tay sau khi bốc thăm." in page
    assert f"Bảng của Sở Số 1 nay do {name} thẩm định." in page


def test_the_page_of_assigning_by_hand_asks_for_the_reason(closed: World, client: Client) -> None:
    draw(closed)
    address = f"/nam/{closed.bloc_year.pk}/khoi/tham-dinh/"
    turned = [f"{checker}-{unit}" for unit, checker in pairs_now(closed.bloc_year)]
    sign_in(client, "head")
    without = client.post(address, {"pairs": turned})
    assert "Chưa ghi lý do đổi phân công đã bốc thăm." in shown(without)
    given = client.post(address, {"pairs": turned, "reason": "Đổi theo họp"})
    assert given.status_code == 303


def test_an_earlier_draw_can_still_be_read(closed: World, client: Client) -> None:
    draw(closed)
    draw(closed, digits="111222", reason="Đọc nhầm một chữ số")
    sign_in(client, "officer")
    newest, first = read(client, at(closed)), read(client, f"{at(closed)}?lan=1")

    assert "bốc thăm lần 2" in newest
    assert "Lần 1 , 17:00 ngày 01/12/2026" in newest
    assert "Đây là lần bốc thăm 1, đã được thay. Xem lần mới nhất" in first
    assert client.get(f"{at(closed)}?lan=x").status_code == 404
    assert client.get(f"{at(closed, 'pdf/')}?lan=9").status_code == 404


def test_a_bloc_of_two_is_told_why_not(closed: World, client: Client) -> None:
    closed.bloc_year.memberships.filter(unit=closed.units[2]).update(
        left=AFTER.date() - timedelta(days=1)
    )
    page = read(sign_in(client, "head"), at(closed))
    assert "Khối có 2 đơn vị thì hai đơn vị chỉ có thể thẩm định lẫn nhau" in page


def test_what_cannot_be_drawn_is_said_before_anybody_is_called(
    closed: World, client: Client
) -> None:
    BlocYear.objects.filter(pk=closed.bloc_year.pk).update(checks_each=2)
    page = read(sign_in(client, "head"), at(closed))
    assert "Khối có 3 đơn vị: quá 1 đơn vị thẩm định mỗi bảng thì có hai đơn vị thẩm" in page
    assert "Các chữ số bốc được" not in page


def test_papers_before_a_draw_lead_back_to_the_page(closed: World, client: Client) -> None:
    sign_in(client, "officer")
    for tail in ("word/", "pdf/", "tep/"):
        answer = client.get(at(closed, tail))
        assert (answer.status_code, answer["Location"]) == (303, at(closed))


def test_the_minutes_tell_an_outsider_how_to_repeat_the_draw(closed: World, client: Client) -> None:
    row = draw(closed)
    sign_in(client, "officer")
    word = client.get(at(closed, "word/"))
    pdf = client.get(at(closed, "pdf/"))

    document = Document(io.BytesIO(word.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    assert "trước sự chứng kiến của đại diện Sở Số 2 và đại diện Sở Số 3." in text
    assert f"ở đây là lần {row.attempt}." in text
    assert "chạy lệnh: thidua draw TỆP." in text
    assert "ví dụ “1. Sở Số 1”" in text
    assert grouped(row.seed) in cells
    assert grouped(row.root) in cells
    names = {key.partition(". ")[2] for pair in file_of(row).pairs for key in pair}
    assert names <= set(cells)
    pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Bốc thăm phân công thẩm định chéo" in " ".join(pages.split())
    assert word["Content-Disposition"] == 'attachment; filename="boc-tham-2026-lan-1.docx"'


def test_the_same_draw_gives_the_same_pdf(closed: World) -> None:
    row = draw(closed)
    assert to_pdf(draw_document(row)) == to_pdf(draw_document(row))


def test_a_found_draw_says_that_the_attempts_failed(closed: World) -> None:
    row = draw(closed)
    row.attempt = None
    steps = str(draw_document(row).blocks[-1])
    assert "Xếp từ lần 1 đến lần 5.000 đều vi phạm điều kiện" in steps


def test_the_file_is_what_the_command_reads(closed: World, client: Client) -> None:
    row = draw(closed)
    answer = sign_in(client, "officer").get(at(closed, "tep/"))
    assert answer["Content-Disposition"] == 'attachment; filename="boc-tham-2026-lan-1.json"'
    assert load_draw(answer.content, name="boc-tham.json") == file_of(row)
    assert json.loads(answer.content)["witnesses"] == ["2. Sở Số 2", "3. Sở Số 3"]


def test_a_conflict_is_declared_seen_and_taken_back(closed: World, client: Client) -> None:
    own, head = closed.units[1].pk, closed.units[0].pk
    address = at(closed, "quan-he/")
    sign_in(client, "officer")
    given = {"first": own, "second": head, "reason": "Chung trụ sở"}
    assert client.post(address, given).status_code == 303
    assert "Sở Số 1 và Sở Số 2 Chung trụ sở" in read(client, address)
    third = read(sign_in(client, "third"), address)
    assert "Sở Số 1 và Sở Số 2" in third
    assert "Chung trụ sở" not in third

    row = Conflict.objects.get()
    refused = client.post(address, {"withdraw": row.pk}, follow=True)
    assert "Sở Số 2 khai quan hệ này nên Sở Số 2 rút." in shown(refused)
    sign_in(client, "officer").post(address, {"withdraw": row.pk})
    assert not Conflict.objects.exists()
    for hostile in ("", "x", "9" * 30, "²"):
        assert client.post(address, {"withdraw": hostile}).status_code == 303


def test_a_conflict_without_a_reason_keeps_what_was_chosen(closed: World, client: Client) -> None:
    page = sign_in(client, "head").post(
        at(closed, "quan-he/"), {"first": closed.units[0].pk, "second": closed.units[2].pk}
    )
    assert "Chưa ghi lý do." in shown(page)
    assert f'<option value="{closed.units[2].pk}" selected>' in page.content.decode()


def test_a_conflict_declared_after_the_draw_is_pointed_out(closed: World, client: Client) -> None:
    draw(closed)
    unit, checker = sorted(pairs_now(closed.bloc_year))[0]
    sign_in(client, "head").post(
        at(closed, "quan-he/"), {"first": unit, "second": checker, "reason": "Chung trụ sở"}
    )
    page = read(client, at(closed))
    assert "hai đơn vị đã khai quan hệ cần tránh." in page


def test_the_number_of_checkers_is_a_setting(closed: World, client: Client) -> None:
    address = f"/nam/{closed.bloc_year.pk}/khoi/quy-dinh/"
    rest = {"quorum_num": "2", "quorum_den": "3", "visibility": "own", "late": "accept"}
    sign_in(client, "head")
    too_many = client.post(address, {**rest, "checks_each": "4"})
    assert "Nhập nhiều nhất 3." in shown(too_many)
    assert client.post(address, {**rest, "checks_each": "2"}).status_code == 303
    assert BlocYear.objects.get(pk=closed.bloc_year.pk).checks_each == 2


@pytest.mark.django_db
@pytest.mark.parametrize("units", [3, 20])
def test_the_page_takes_the_same_reads_for_three_and_twenty_units(units: int) -> None:
    with scopes_disabled():
        world = build_world(units=units)
        close_self_scores(world.bloc_year)
    with scope(jurisdiction=world.jurisdiction):
        draw(world)
        with clock.at(AFTER), CaptureQueriesContext(connection) as seen:
            page = draw_page(world.bloc_year, number=None, check=False)
    assert page.shown is not None
    assert len(seen) == 11


def test_a_second_draw_without_a_reason_keeps_the_page(closed: World, client: Client) -> None:
    draw(closed)
    page = post(sign_in(client, "head"), closed, digits="111222")
    assert "Khối đã bốc thăm. Ghi lý do bốc thăm lại, lý do này vào biên bản." in shown(page)
    assert 'value="111222"' in page.content.decode()
    assert "Lý do bốc thăm lại (không bắt buộc)" not in shown(page)
