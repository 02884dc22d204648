"""Trying out a draft scale: last year's figures, sample figures, lines matched, files, who may."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from tests.build import START, World
from tests.year.scoring.browse import signed_in, text_of
from tests.year.scoring.build import opened
from tests.year.scoring.firm_world import verified
from tests.year.scoring.scales import judged_lines
from thidua.platform.ledger.models import Event
from thidua.year.bloc.models import BlocYear, Membership, Office
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.services import import_scale
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Entry, Sheet
from thidua.year.scoring.pages.rehearse import change_text

LAST_YEAR = (
    [("9", "9"), ("4", "4"), ("8", "8")],
    [("6", "6"), ("9", "9"), ("8", "8")],
    [("5", "5"), ("5", "5"), ("8", "8")],
)
DRAFT = """
format: scale/1
name: du-thao
version: "2"
title: Dự thảo thang điểm
source: {ref: dựng để kiểm thử, completeness: constructed}
scale: {base: 33, bonus_cap: null, deduct_cap: null, max_total: null, decimals: 1,
  rounding: half_up, not_applicable: drop_denominator}
criteria:
- {code: L.1, label: Dòng 1, kind: judged, max: 1}
- {code: L.2, label: Dòng 2, kind: judged, max: 20}
- {code: M.1, label: Dòng 3, kind: judged, max: 10}
- {code: M.2, label: Việc mới, kind: judged, max: 2}
classification: {classes: [{code: XS, label: Xuất sắc, ge: 40}, {code: K, label: Khá}]}
"""


def next_year(world: World) -> BlocYear:
    """The same bloc, units and head one year on."""
    then = world.bloc_year
    made = BlocYear.objects.create(
        jurisdiction=world.jurisdiction,
        bloc=then.bloc,
        year=then.year + 1,
        starts=date(then.year + 1, 1, 1),
        ends=date(then.year + 1, 12, 31),
    )
    for order, unit in enumerate(world.units, 1):
        Membership.objects.create(
            jurisdiction=world.jurisdiction,
            bloc_year=made,
            unit=unit,
            order=order,
            joined=START,
        )
    Office.objects.create(
        jurisdiction=world.jurisdiction,
        bloc_year=made,
        kind=Office.Kind.HEAD,
        unit=world.units[0],
        starts=START,
    )
    return made


@pytest.fixture
def draft(world: World) -> Scale:
    """A draft of next year, when this year's sheets are adopted."""
    verified(world, *LAST_YEAR, state=Sheet.State.ADOPTED)
    return import_scale(world.head, bloc_year=next_year(world), content=DRAFT)


def address(draft: Scale, name: str = "rehearsal", *more: str, **query: str | list[str]) -> str:
    found = reverse(f"scoring:{name}", args=[draft.bloc_year_id, draft.pk, *more])
    if not query:
        return found
    named = {key.replace("_", "-"): value for key, value in query.items()}
    return f"{found}?{urlencode(named, doseq=True)}"


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return text_of(answer.content)


def test_last_years_figures_show_who_rises_and_falls_and_why(world: World, draft: Scale) -> None:
    found = read(signed_in(world.head), address(draft))

    assert "Chạy thử trên số liệu năm 2026 của 3 đơn vị: 1 đơn vị lên hạng" in found
    assert "2 trên 4 dòng của dự thảo lấy được số liệu năm trước." in found
    assert "1 dòng cùng tên nhưng khác mã, chờ người xem xác nhận cách ghép." in found
    assert "2 dòng chưa có số liệu tạm tính 0 điểm" in found
    assert "Vượt Sở Số 1: L.1 Dòng 1 +12,12; L.2 Dòng 2 +2,73" in found
    assert "Mức không đạt được dù mọi dòng tối đa: Xuất sắc." in found


def test_a_draft_links_to_its_rehearsal(world: World, draft: Scale) -> None:
    page = signed_in(world.head).get(reverse("rulebook:scale", args=[draft.bloc_year_id, draft.pk]))

    assert address(draft) in page.content.decode()


def test_a_confirmed_pair_of_lines_counts_and_stands_in_the_address(
    world: World, draft: Scale
) -> None:
    client = signed_in(world.head)
    offered = client.get(address(draft, "matching")).content.decode()
    assert '<option value="L.3" selected>' in offered

    chosen = {"dong:L.1": "L.1", "dong:L.2": "L.2", "dong:M.1": "L.3", "dong:M.2": ""}
    before = Event.objects.count(), Entry.objects.count()
    answer = client.post(address(draft, "matching"), {"request_id": str(uuid.uuid4()), **chosen})

    assert answer.status_code == 303
    assert answer.headers["Location"] == address(
        draft, nguon="nam-truoc", da_ghep="1", ghep=["M.1@L.3"]
    )
    found = read(client, answer.headers["Location"])
    assert "3 trên 4 dòng của dự thảo lấy được số liệu năm trước." in found
    assert "Cả 3 đơn vị bằng nhau: 8,0" in found
    assert (Event.objects.count(), Entry.objects.count()) == before


def test_a_line_may_be_left_without_last_year(world: World, draft: Scale) -> None:
    found = read(signed_in(world.head), address(draft, ghep=["L.1@"], da_ghep="1"))

    assert "1 trên 4 dòng của dự thảo lấy được số liệu năm trước." in found


def test_missing_lines_can_be_filled_with_marked_samples(world: World, draft: Scale) -> None:
    found = read(signed_in(world.head), address(draft, thieu="mau"))

    assert "2 dòng chưa có số liệu được điền số liệu mẫu, có dấu °." in found
    assert "°" in found
    assert "tạm tính 0 điểm" not in found


def test_sample_figures_stand_on_sample_units_alone_and_are_marked(
    world: World, draft: Scale
) -> None:
    client = signed_in(world.head)
    first = read(client, address(draft, nguon="mau"))

    assert "Đơn vị mẫu 1 °" in first.replace("Đơn vị mẫu 1°", "Đơn vị mẫu 1 °")
    assert "Sở Số 2" not in first
    assert first == read(client, address(draft, nguon="mau", mau="1"))
    assert first != read(client, address(draft, nguon="mau", mau="2"))


def test_without_a_year_before_one_button_offers_samples(world: World) -> None:
    row = import_scale(world.head, bloc_year=world.bloc_year, content=DRAFT)

    found = signed_in(world.head).get(address(row)).content.decode()

    assert "Chưa có số liệu để chạy thử" in found
    assert found.count('href="?nguon=mau"') == 1


def test_last_years_sheets_stay_closed_to_whoever_may_not_read_them(world: World) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(visibility=BlocYear.Visibility.OWN)
    verified(world, *LAST_YEAR)
    row = import_scale(world.head, bloc_year=next_year(world), content=DRAFT)

    member, head = signed_in(world.officer), signed_in(world.head)

    assert "Bảng điểm năm 2026 chưa mở cho bạn" in read(member, address(row))
    assert member.get(address(row, "rehearsal_file", "xlsx")).headers["Location"] == address(row)
    assert member.get(address(row, "matching")).status_code == 302
    assert "Chạy thử trên số liệu năm 2026" in read(head, address(row))


def test_another_bloc_and_another_province_find_nothing(world: World, draft: Scale) -> None:
    for actor in (world.neighbour, world.stranger):
        assert signed_in(actor).get(address(draft)).status_code in (403, 404)
    other = reverse("scoring:rehearsal", args=[world.bloc_year.pk, draft.pk])
    assert signed_in(world.head).get(other).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"nguon": "lạ", "mau": "-1"},
        {"nguon": "mau", "mau": "9" * 40},
        {"ghep": ["", "@", "L.1", "L.1@KHÔNG", "KHÔNG@L.1", "a@b@c"]},
        {"thieu": "<script>"},
    ],
)
def test_an_address_nobody_wrote_changes_nothing(
    world: World, draft: Scale, query: dict[str, str | list[str]]
) -> None:
    assert (
        signed_in(world.head).get(f"{address(draft)}?{urlencode(query, doseq=True)}").status_code
        == 200
    )


def test_a_forged_answer_to_matching_is_taken_as_no_line(world: World, draft: Scale) -> None:
    answer = signed_in(world.head).post(
        address(draft, "matching"), {"dong:L.1": "KHÔNG CÓ", "lạ": "1"}
    )

    found = read(signed_in(world.head), answer.headers["Location"])
    assert "1 trên 4 dòng" in found


def test_the_files_hold_what_the_screen_says(world: World, draft: Scale) -> None:
    client = signed_in(world.head)

    book = openpyxl.load_workbook(
        io.BytesIO(client.get(address(draft, "rehearsal_file", "xlsx")).content)
    )
    assert [sheet.title for sheet in book.worksheets] == [
        "Thứ hạng", "Dòng không tách", "Không áp dụng", "Khoảng điểm", "Cách xử lý", "Ghép dòng",
    ]  # fmt: skip
    first = [cell.value for cell in book.worksheets[0][5]]
    assert first[:6] == ["Sở Số 2", 23, 1, 18.6, 1, "giữ hạng"]

    word = Document(
        io.BytesIO(client.get(address(draft, "rehearsal_file", "docx", nguon="mau")).content)
    )
    assert "Đơn vị mẫu 1°" in {
        cell.text for table in word.tables for row in table.rows for cell in row.cells
    }
    pdf = client.get(address(draft, "rehearsal_file", "pdf"))
    assert pdf.content[:5] == b"%PDF-"
    assert client.get(address(draft, "rehearsal_file", "exe")).status_code == 404


def table_of(
    client: Client, draft: Scale, name: str, **query: str | list[str]
) -> list[list[object]]:
    """One sheet of the Excel file, its rows without what stands below the table."""
    content = client.get(address(draft, "rehearsal_file", "xlsx", **query)).content
    sheet = openpyxl.load_workbook(io.BytesIO(content))[name]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_files_say_which_line_fed_which(world: World, draft: Scale) -> None:
    rows = table_of(signed_in(world.head), draft, "Ghép dòng", ghep=["M.1@L.3"], da_ghep="1")

    at = next(number for number, row in enumerate(rows) if row[0] == "Dòng của dự thảo")
    assert rows[at + 1 : at + 5] == [
        ["L.1 Dòng 1", 1, "L.1 Dòng 1", 10, "cùng mã, cùng tên", "quy đổi theo tỷ lệ"],
        ["L.2 Dòng 2", 20, "L.2 Dòng 2", 10, "cùng mã, cùng tên", "quy đổi theo tỷ lệ"],
        ["M.1 Dòng 3", 10, "L.3 Dòng 3", 10, "người xem chọn", "giữ nguyên"],
        ["M.2 Việc mới", 2, None, None, None, "không lấy"],
    ]


def test_a_line_taken_for_two_lines_of_the_draft_is_warned_of(world: World, draft: Scale) -> None:
    client = signed_in(world.head)
    twice = {"ghep": ["M.1@L.1"], "da_ghep": "1"}
    words = "Dòng L.1 của năm trước được lấy cho 2 dòng của dự thảo (L.1, M.1)"

    assert words in read(client, address(draft, **twice))
    assert words in read(client, address(draft, "matching", **twice))
    assert any(words in str(row[0]) for row in table_of(client, draft, "Ghép dòng", **twice))
    assert "được lấy cho" not in read(client, address(draft))


def test_a_draft_with_errors_says_so_above_its_figures(world: World, draft: Scale) -> None:
    content = DRAFT.replace("base: 33", "base: 40")
    wrong = import_scale(world.head, bloc_year=draft.bloc_year, content=content)
    client = signed_in(world.head)

    page = client.get(address(wrong)).content.decode()

    words = "Dự thảo còn 2 lỗi; kết quả dưới đây tính trên bản còn lỗi."
    assert page.index(words) < page.index("Chạy thử trên số liệu năm 2026")
    assert reverse("rulebook:edit", args=[wrong.bloc_year_id, wrong.pk]) in page
    assert any(words == row[0] for row in table_of(client, wrong, "Thứ hạng"))
    assert "Các mục cộng lại được 33 điểm, tổng điểm chuẩn ghi 40 điểm." in page
    sound = import_scale(
        world.head, bloc_year=draft.bloc_year, content=DRAFT.replace("ge: 40", "ge: 30")
    )
    assert "bản còn lỗi" not in read(client, address(sound))


def test_a_version_within_the_year_is_tried_on_what_is_scored_this_year(world: World) -> None:
    sheets = verified(world, *LAST_YEAR, state=Sheet.State.SUBMITTED)
    Entry.objects.filter(sheet=sheets[3]).delete()
    forget()
    row = import_scale(world.head, bloc_year=world.bloc_year, content=DRAFT)
    client = signed_in(world.head)

    samples, found = client.get(address(row, nguon="mau")), read(client, address(row))

    assert 'href="?nguon=nam-nay">Chạy trên số liệu đã chấm năm nay</a>' in samples.content.decode()
    assert "Chạy thử trên số liệu năm 2026 của 2 đơn vị" in found
    assert "2 trên 4 dòng của dự thảo lấy được số liệu năm nay." in found
    assert "Chưa có số liệu năm nay: Sở Số 3." in found
    assert "Tổng năm nay" in found
    assert "năm trước" not in found
    assert "Ghép dòng với năm nay" in read(client, address(row, "matching", nguon="nam-nay"))


def test_this_years_figures_are_tried_only_by_whoever_may_read_the_table(world: World) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(visibility=BlocYear.Visibility.OWN)
    verified(world, *LAST_YEAR, state=Sheet.State.SUBMITTED)
    row = import_scale(world.head, bloc_year=world.bloc_year, content=DRAFT)

    member = signed_in(world.officer)

    assert "Bảng điểm năm 2026 chưa mở cho bạn" in read(member, address(row, nguon="nam-nay"))
    assert "Sở Số 1" not in read(member, address(row, nguon="nam-nay"))
    assert "nam-nay" not in member.get(address(row, nguon="mau")).content.decode()


def test_a_sheet_nobody_has_scored_offers_nothing(world: World) -> None:
    opened(world, judged_lines(3))
    row = import_scale(world.head, bloc_year=world.bloc_year, content=DRAFT)

    found = signed_in(world.head).get(address(row)).content.decode()

    assert "Chưa có số liệu để chạy thử" in found
    assert "nam-nay" not in found


def test_other_treatments_stand_in_the_order_of_ranks(world: World, draft: Scale) -> None:
    Entry.objects.filter(sheet__unit=world.units[0], code="L.2").update(inputs={"na": True})
    forget()
    client = signed_in(world.head)

    ranked = [row[0] for row in table_of(client, draft, "Thứ hạng") if "Sở Số" in str(row[0])]
    treated = table_of(client, draft, "Cách xử lý")

    assert treated[1][0] == "Nếu đổi cách xử lý dòng không áp dụng cho đơn vị"
    assert [row[0] for row in treated if "Sở Số" in str(row[0])] == ranked
    assert ranked != sorted(str(name) for name in ranked)


@pytest.mark.parametrize(
    ("change", "words"),
    [(Fraction(1, 8), "+0,13"), (Fraction(-1, 8), "−0,13"), (Fraction(1, 200), "+0,01")],
)
def test_a_half_of_a_movement_is_rounded_up_as_totals_are(change: Fraction, words: str) -> None:
    assert change_text(change) == words


def test_the_pages_of_a_rehearsal_stand_under_the_scale_in_the_rail(
    world: World, draft: Scale
) -> None:
    client = signed_in(world.head)
    for name in ("rehearsal", "matching"):
        page = client.get(address(draft, name)).content.decode()
        current = re.findall(r'<a[^>]*href="([^"]+)"[^>]*aria-current="page"', page)
        assert current == [reverse("rulebook:rulebook", args=[draft.bloc_year_id])]


def test_queries_do_not_grow_with_lines(world: World, draft: Scale) -> None:
    client = signed_in(world.head)
    more = "\n".join(f"- {{code: N.{n}, label: Thêm {n}, kind: judged, max: 1}}" for n in range(40))
    longer = import_scale(
        world.head,
        bloc_year=draft.bloc_year,
        content=DRAFT.replace("classification:", f"{more}\nclassification:"),
    )
    counts = []
    for row in (draft, longer):
        client.get(address(row))
        with CaptureQueriesContext(connection) as seen:
            client.get(address(row))
        counts.append(len(seen))

    assert counts[0] == counts[1]
