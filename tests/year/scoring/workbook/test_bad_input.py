"""Files that are not what they should be: a sentence that says what to do, and nothing applied."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.build import World
from tests.year.scoring.browse import signed_in
from tests.year.scoring.build import adopt, fill
from tests.year.scoring.scales import PLAIN
from tests.year.scoring.workbook.filling import (
    MAIN,
    accepted,
    changed,
    column_of,
    downloaded,
    filled,
    opened_book,
    row_of,
    saved,
    sent,
)
from tests.year.scoring.workbook.judged import keys, page_of, refused, troubles
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Entry, Sheet

Sheets = dict[int, Sheet]
Change = Callable[[Any], None]
AGAIN = "Trang này nhận tệp .xlsx tải từ đây. Tải lại bảng, chép số liệu sang rồi nạp."


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world.officer)


# --- another file


def test_the_workbook_of_another_unit_is_refused(
    world: World, sheets: Sheets, officer: Client
) -> None:
    data = downloaded(signed_in(world.third), world, 3)

    assert refused(officer, world, data) == (
        "Tệp này là bảng tự chấm của Sở Số 3. Trang này nhận tệp của Sở Số 2."
    )


def test_the_workbook_of_another_year_is_refused(
    world: World, sheets: Sheets, officer: Client
) -> None:
    def of_last_year(book: Any) -> None:
        page = book["Nhận dạng"]
        page["B2"], page["B3"] = str(world.bloc_year.pk + 1000), "2025"

    book = opened_book(downloaded(officer, world))
    of_last_year(book)

    assert refused(officer, world, saved(book)) == (
        "Tệp này là bảng tự chấm năm 2025 của Khối thi đua số 1. Tải bảng năm 2026 ở trang này "
        "rồi điền."
    )


def test_an_old_scale_is_told_with_its_lines_and_what_to_do(
    world: World, sheets: Sheets, officer: Client
) -> None:
    data = filled(downloaded(officer, world), {("III", "Kết quả"): 1})
    text = PLAIN.replace('version: "1"', 'version: "2"').replace("cap: 3}", "cap: 4}")
    text = text.replace("code: IV", "code: V")
    scale = adopt(world.head, world.bloc_year, text, carry="keep")
    Sheet.objects.filter(bloc_year=world.bloc_year).update(scale=scale)
    forget()

    assert refused(officer, world, data) == (
        "Thang điểm đã đổi từ khi tải tệp này: thêm dòng V; bỏ dòng IV; đổi dòng III. Chưa nhận "
        "gì từ tệp. Tải bảng mới, chép số liệu của các dòng không đổi sang rồi nạp."
    )


def test_an_upload_that_waited_while_the_scale_changed_is_refused(
    world: World, sheets: Sheets, officer: Client
) -> None:
    page = sent(officer, world, filled(downloaded(officer, world), {("III", "Kết quả"): 1}))
    text = PLAIN.replace('version: "1"', 'version: "2"').replace("cap: 3}", "cap: 4}")
    scale = adopt(world.head, world.bloc_year, text, carry="keep")
    Sheet.objects.filter(bloc_year=world.bloc_year).update(scale=scale)
    forget()

    answer = accepted(officer, page, "III")

    assert answer.status_code == 422
    assert {one.rule_id for one in answer.context["findings"]} == {"EXCEL-1"}
    assert Entry.objects.count() == 0


def any_table(page: Any) -> None:
    page.append(["Tiêu chí", "Điểm"])


def test_a_table_that_is_not_ours_is_refused(world: World, sheets: Sheets, officer: Client) -> None:
    book = openpyxl.Workbook()
    any_table(book.active)

    assert refused(officer, world, saved(book)).startswith("Tệp này không phải bảng tự chấm tải")


def test_a_workbook_without_its_hidden_sheet_or_a_column_is_refused(
    world: World, sheets: Sheets, officer: Client
) -> None:
    data = downloaded(officer, world)
    book = opened_book(data)
    del book["Nhận dạng"]
    assert refused(officer, world, saved(book)).startswith("Tệp này không phải bảng tự chấm tải")

    without = changed(data, lambda page: page.delete_cols(column_of(page, "Lý do")))
    assert refused(officer, world, without) == (
        "Bảng tự chấm trong tệp thiếu cột Lý do. Tải lại bảng rồi điền."
    )


def test_two_tables_in_one_file_are_refused(world: World, sheets: Sheets, officer: Client) -> None:
    book = opened_book(downloaded(officer, world))
    book.copy_worksheet(book[MAIN])

    assert refused(officer, world, saved(book)) == (
        "Tệp có hai bảng tự chấm. Xóa bảng không dùng rồi nạp lại."
    )


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return target.getvalue()


def test_macros_passwords_other_kinds_and_bombs_are_refused(
    world: World, sheets: Sheets, officer: Client
) -> None:
    data = downloaded(officer, world)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    locked = ole + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
    bomb = with_part(data, "xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
    said = [
        refused(officer, world, with_part(data, "xl/vbaProject.bin", ole), name="a.xlsm"),
        refused(officer, world, locked),
        refused(officer, world, b"%PDF-1.4\n%%EOF\n", name="a.pdf"),
        refused(officer, world, ole + b"\x00" * 2000, name="a.xls"),
        refused(officer, world, b"MZ" + b"\x00" * 2000),
        refused(officer, world, b"", name="a.xlsx"),
        refused(officer, world, bomb),
        refused(officer, world, bytes(range(256)) * 40),
    ]

    assert said == [
        f"Tệp có mã tự chạy. {AGAIN}",
        "Tệp có mật khẩu. Bỏ mật khẩu rồi gửi lại.",
        "Trang này nhận tệp Excel (.xlsx) đã tải từ đây. Lưu lại dạng .xlsx rồi nạp.",
        f"Tệp Word hoặc Excel đời cũ. {AGAIN}",
        f"Đây là chương trình, không phải văn bản. {AGAIN}",
        "Tệp rỗng, không có nội dung. Chọn lại tệp.",
        f"Tệp nén quá nhiều dữ liệu bên trong. {AGAIN}",
        f"Không mở được tệp này. {AGAIN}",
    ]


def test_a_million_rows_are_refused(world: World, sheets: Sheets, officer: Client) -> None:
    def far(page: Any) -> None:
        page.cell(1_000_000, 2).value = "x"

    assert refused(officer, world, changed(downloaded(officer, world), far)) == (
        f"Bảng dài hơn 100.000 dòng. {AGAIN}"
    )


def test_no_file_at_all_is_told(world: World, sheets: Sheets, officer: Client) -> None:
    from tests.year.scoring.browse import address, posted

    answer: Any = officer.post(address("workbook", world, 2), posted())

    assert [one.words for one in answer.context["findings"]] == [
        "Chưa chọn tệp. Chọn tệp Excel đã điền rồi nạp."
    ]


# --- another shape


def test_deleted_rows_leave_their_lines_as_they_are_and_are_told(
    world: World, sheets: Sheets, officer: Client
) -> None:
    fill(world.officer, sheets[2])
    entries = Entry.objects.count()
    data = changed(
        filled(downloaded(officer, world), {("III", "Kết quả"): 2}),
        lambda page: page.delete_rows(row_of(page, "II.1")),
    )

    page = page_of(officer, world, data)

    assert keys(page) == ["III"]
    assert page.notes == ("Tệp không còn dòng II.1. Các dòng này giữ nguyên như trong bảng chấm.",)
    assert Entry.objects.count() == entries


def test_added_rows_are_told_and_not_taken(world: World, sheets: Sheets, officer: Client) -> None:
    def add(page: Any) -> None:
        page.insert_rows(6)
        page.cell(6, 3).value = "Tiêu chí mới"
        page.cell(6, column_of(page, "Tự chấm")).value = 10

    page = page_of(officer, world, changed(downloaded(officer, world), add))

    assert page.rows == ()
    assert page.notes == (
        "Dòng 6 là dòng thêm vào, không thuộc tiêu chí nào của thang điểm nên không nhận. Chép số "
        "liệu về đúng dòng của tiêu chí.",
    )


def test_changed_locked_cells_are_told_once_and_not_taken(
    world: World, sheets: Sheets, officer: Client
) -> None:
    def change(page: Any) -> None:
        for key in ("I.1", "I.2"):
            page.cell(row_of(page, key), column_of(page, "Tối đa")).value = 50
        page.cell(row_of(page, "II.1"), column_of(page, "Tiêu chí")).value = "Việc khác"
        page.cell(row_of(page, "III"), column_of(page, "Điểm")).value = 3
        page.cell(page.max_row, column_of(page, "Điểm")).value = 100

    data = filled(downloaded(officer, world), {("III", "Kết quả"): 2})
    page = page_of(officer, world, changed(data, change))

    assert keys(page) == ["III"]
    assert page.notes == (
        "Tệp đã sửa ô khóa: cột Tiêu chí ở dòng 8; cột Tối đa ở dòng 5, 6; cột Điểm ở dòng 10, 12. "
        "Các chỗ này không được nhận: tên tiêu chí, điểm tối đa lấy theo thang điểm, điểm máy và "
        "tổng điểm do máy tính lại.",
    )


def test_a_line_without_a_maximum_leaves_it_empty(
    world: World, sheets: Sheets, officer: Client
) -> None:
    page = opened_book(downloaded(officer, world))[MAIN]
    found = {
        key: page.cell(row_of(page, key), column_of(page, "Tối đa")).value
        for key in ("I", "I.1", "III", "IV")
    }

    assert found == {"I": 60, "I.1": 30, "III": 3, "IV": None}


def test_moved_rows_and_columns_are_matched_by_their_keys(
    world: World, sheets: Sheets, officer: Client
) -> None:
    def move(page: Any) -> None:
        first, second = row_of(page, "III"), row_of(page, "IV")
        for column in range(1, 16):
            one, other = page.cell(first, column), page.cell(second, column)
            one.value, other.value = other.value, one.value
        page.insert_rows(2, 3)
        page.insert_cols(2)

    data = filled(downloaded(officer, world), {("III", "Kết quả"): 2, ("IV", "Kết quả"): 0})
    book = opened_book(data)
    move(book[MAIN])
    page = page_of(officer, world, saved(book))

    found = {row.found.key: row.found.cells[0].filed for row in page.rows}
    assert found == {"III": "2", "IV": "0"}


def test_a_row_that_stands_twice_is_not_taken(
    world: World, sheets: Sheets, officer: Client
) -> None:
    def copy(page: Any) -> None:
        page.cell(20, 1).value = "III"

    data = changed(filled(downloaded(officer, world), {("III", "Kết quả"): 2}), copy)

    assert troubles(officer, world, data) == [
        "Các dòng 10 và 20 cùng là tiêu chí III. Giữ một dòng rồi nạp lại."
    ]


def test_merged_cells_are_named_and_other_lines_can_be_taken(
    world: World, sheets: Sheets, officer: Client
) -> None:
    data = changed(
        filled(downloaded(officer, world), {("III", "Kết quả"): 2, ("II.2", "Kết quả"): "Có"}),
        lambda page: page.merge_cells("G10:G11"),
    )

    page = page_of(officer, world, data)

    assert [one.troubles for one in page.troubled] == [
        ("Dòng 10, cột Kết quả: ô này bị gộp với ô khác. Bỏ gộp ô, ghi lại từng ô rồi nạp lại.",)
    ]
    assert keys(page) == ["II.2"]
