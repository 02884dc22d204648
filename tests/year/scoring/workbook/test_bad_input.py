"""Files that are not what they should be: a sentence that says what to do, and nothing applied."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.build import World
from tests.year.scoring.browse import signed_in
from tests.year.scoring.build import REASON, adopt, fill, opened, type_line
from tests.year.scoring.scales import EVERY_KIND, PLAIN
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
from tests.year.scoring.workbook.reckon import saved_by_office
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Entry, Sheet, SheetUpload, Stage
from thidua.year.scoring.queries import stage_result

Sheets = dict[int, Sheet]
Change = Callable[[Any], None]


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world.officer)


def refused(client: Client, world: World, data: bytes, *, name: str = "tu-cham.xlsx") -> str:
    """The sentence with which the file is refused; nothing of it is kept or applied."""
    uploads, entries = SheetUpload.objects.count(), Entry.objects.count()
    answer = sent(client, world, data, name=name)
    assert answer.status_code == 422
    assert (SheetUpload.objects.count(), Entry.objects.count()) == (uploads, entries)
    (finding,) = answer.context["findings"]  # type: ignore[attr-defined]  # of the test client
    return str(finding.words)


def page_of(client: Client, world: World, data: bytes) -> Any:
    """The comparison page of a file that is taken."""
    answer: Any = sent(client, world, data)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.context["page"]


def troubles(client: Client, world: World, data: bytes) -> list[str]:
    """What the page says of lines that cannot be accepted; the others can."""
    return [words for one in page_of(client, world, data).troubled for words in one.troubles]


def keys(page: Any) -> list[str]:
    return [row.found.key for row in page.rows]


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
    scale = adopt(world.head, world.bloc_year, text)
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
    scale = adopt(world.head, world.bloc_year, text)
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
    ]

    assert said == [
        "Tệp có mã tự chạy. Lưu lại dạng .docx, .xlsx hoặc PDF không có mã rồi gửi.",
        "Tệp có mật khẩu. Bỏ mật khẩu rồi gửi lại.",
        "Trang này nhận tệp Excel (.xlsx) đã tải từ đây. Lưu lại dạng .xlsx rồi nạp.",
        "Tệp Word hoặc Excel đời cũ. Lưu lại dạng .docx, .xlsx hoặc PDF rồi gửi.",
        "Đây là chương trình, không phải văn bản. Chọn lại tệp PDF, Word hoặc Excel.",
        "Tệp rỗng, không có nội dung. Chọn lại tệp.",
        "Tệp nén quá nhiều dữ liệu bên trong. Lưu lại dạng PDF rồi gửi.",
    ]


def test_a_million_rows_are_refused(world: World, sheets: Sheets, officer: Client) -> None:
    def far(page: Any) -> None:
        page.cell(1_000_000, 2).value = "x"

    assert refused(officer, world, changed(downloaded(officer, world), far)) == (
        "Bảng dài hơn 100.000 dòng. Tách thành nhiều tệp rồi gửi."
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


# --- another figure


def test_a_formula_where_a_number_belongs_is_refused_by_its_cell(
    world: World, sheets: Sheets, officer: Client
) -> None:
    data = filled(downloaded(officer, world), {("III", "Kết quả"): "=1+1"})

    assert troubles(officer, world, data) == [
        "Dòng 10, cột Kết quả: ô này là công thức. Ghi thẳng số hoặc chữ vào ô rồi nạp lại."
    ]


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("18,5", Fraction(37, 2)), ("18.5", Fraction(37, 2)), (" 18,5 ", Fraction(37, 2)),
        (18.5, Fraction(37, 2)), ("0", Fraction(0)), (0, Fraction(0)), (17.125, Fraction(137, 8)),
    ],
)  # fmt: skip
def test_figures_are_read_exactly_also_as_text(
    world: World, sheets: Sheets, officer: Client, typed: object, points: Fraction
) -> None:
    page = sent(officer, world, filled(downloaded(officer, world), {("II.1", "Tự chấm"): typed}))

    accepted(officer, page, "II.1")

    nodes = stage_result(world.bloc_year, Stage.SELF).of("Sở Số 2").nodes
    assert nodes["II.1"].points == points


@pytest.mark.parametrize(
    ("key", "head", "value", "words"),
    [
        ("II.1", "Tự chấm", 1e308, "phần nguyên có nhiều nhất 15 chữ số."),
        ("II.1", "Tự chấm", -1, "nhập từ 0 đến 20,0."),
        ("II.1", "Tự chấm", 20.5, "nhập từ 0 đến 20,0."),
        ("II.1", "Tự chấm", 18.1234, "hãy nhập nhiều nhất 3 chữ số sau dấu phẩy."),
        ("II.1", "Tự chấm", "mười tám", "hãy nhập bằng chữ số, ví dụ 961,5."),
        ("II.1", "Tự chấm", "1.000", "Hãy nhập một trong hai cách."),
        ("II.1", "Tự chấm", date(2026, 5, 18), "hãy nhập bằng chữ số, ví dụ 961,5."),
        ("I.2", "Kết quả", -3, "nhập từ 0 trở lên."),
        ("I.2", "Kết quả", "#REF!", "Ghi lại số hoặc chữ vào ô rồi nạp lại."),
        ("III", "Kết quả", 1.5, "nhập số nguyên."),
        ("III", "Kết quả", True, "hãy nhập bằng chữ số, ví dụ 961,5."),
        ("II.2", "Kết quả", "Chắc có", "chọn Có hoặc Không."),
        ("II.2", "Không áp dụng", "Có", "ghi lý do không áp dụng."),
    ],
)
def test_a_figure_that_a_line_cannot_take_is_named_by_row_and_column(
    world: World, sheets: Sheets, officer: Client, key: str, head: str, value: object, words: str
) -> None:
    data = filled(downloaded(officer, world), {(key, head): value, ("IV", "Kết quả"): 0})
    row = row_of(opened_book(data)[MAIN], key)

    page = page_of(officer, world, data)

    ((said,),) = [one.troubles for one in page.troubled]
    where = "Lý do" if head == "Không áp dụng" else head
    assert said.startswith(f"Dòng {row}, cột {where}: ")
    assert said.casefold().endswith(words.casefold())
    assert keys(page) == ["IV"]


@pytest.mark.parametrize("typed", ["02/07/2026", "2-7-2026", "2026-07-02", date(2026, 7, 2)])
def test_a_day_is_read_also_as_text(world: World, officer: Client, typed: object) -> None:
    opened(world, EVERY_KIND)
    page = sent(officer, world, filled(downloaded(officer, world), {("A4", "Kết quả"): typed}))

    accepted(officer, page, "A4")

    assert Entry.objects.get().inputs == {"date": "2026-07-02"}


def test_a_day_that_is_none_is_told(world: World, officer: Client) -> None:
    opened(world, EVERY_KIND)

    data = filled(downloaded(officer, world), {("A4", "Kết quả"): "31/02/2026"})

    assert troubles(officer, world, data) == [
        "Dòng 8, cột Kết quả: không đọc được ngày. Nhập theo mẫu 22/12/2026."
    ]


def test_text_of_another_spelling_is_the_same_text(
    world: World, sheets: Sheets, officer: Client
) -> None:
    type_line(world.officer, sheets[2], "II.1", "18", reason="Đã họp dân chủ")
    apart = unicodedata.normalize("NFD", "Đã họp dân chủ")
    cells = {("II.1", "Lý do"): apart, ("II.2", "Kết quả"): unicodedata.normalize("NFD", "Có")}

    page = page_of(officer, world, filled(downloaded(officer, world), cells))

    assert keys(page) == ["II.2"]
    assert page.troubled == ()


@pytest.mark.parametrize("text", ["=1+1", "+84 24 3825", "-2 điểm", "@phòng", "\t=cmd|'/C x'!A0"])
def test_text_that_looks_like_a_formula_goes_out_and_back_as_text(
    world: World, sheets: Sheets, officer: Client, text: str
) -> None:
    type_line(world.officer, sheets[2], "II.1", "18", reason=text)

    data = downloaded(officer, world)

    page = opened_book(data)[MAIN]
    cell = page.cell(row_of(page, "II.1"), column_of(page, "Lý do"))
    assert (cell.data_type, cell.value) == ("s", text.strip())
    assert cell.number_format == "@"
    assert page_of(officer, world, data).rows == ()


def test_an_assigned_figure_or_a_locked_cell_is_not_overwritten(
    world: World, sheets: Sheets, officer: Client
) -> None:
    data = filled(downloaded(officer, world), {("II.1", "Kết quả"): 5, ("I.1", "Điểm"): 30})

    page = page_of(officer, world, data)

    assert page.rows == ()
    assert page.notes == ("Dòng 8, cột Kết quả: tiêu chí này không nhận gì ở cột này nên bỏ qua.",)


# --- other programs


def test_a_file_saved_by_libreoffice_comes_back_the_same(
    world: World, sheets: Sheets, officer: Client, tmp_path: Path
) -> None:
    fill(world.officer, sheets[2])
    data = downloaded(officer, world)
    untouched = saved_by_office(tmp_path / "a", data)
    touched = saved_by_office(
        tmp_path / "b", filled(data, {("III", "Kết quả"): 2, ("II.1", "Lý do"): REASON + " mới"})
    )

    assert page_of(officer, world, untouched).rows == ()
    assert keys(page_of(officer, world, touched)) == ["II.1", "III"]


def as_google_saves(data: bytes) -> bytes:
    """The table as Google writes one: figures with ".0", empty styled rows far down, no shared
    places of the book, the very hidden sheet only hidden."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name).decode() if name.endswith(".xml") else old.read(name)
            if isinstance(part, str) and name.startswith("xl/worksheets/"):
                part = re.sub(r"<v>(\d+)</v></c>", _with_point, part)
                empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(900, 1000))
                part = part.replace("</sheetData>", f"{empty}</sheetData>")
            new.writestr(name, part)
    return target.getvalue()


def _with_point(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    is_text = 't="s"' in before[before.rfind("<c ") :]
    return found.group() if is_text else f"<v>{found.group(1)}.0</v></c>"


def test_a_file_saved_by_google_comes_back_the_same(
    world: World, sheets: Sheets, officer: Client
) -> None:
    fill(world.officer, sheets[2])
    data = downloaded(officer, world)

    assert page_of(officer, world, as_google_saves(data)).rows == ()
    touched = as_google_saves(filled(data, {("III", "Kết quả"): 2}))
    assert keys(page_of(officer, world, touched)) == ["III"]


def test_after_a_return_only_the_returned_line_can_be_taken(
    world: World, sheets: Sheets, officer: Client
) -> None:
    from thidua.year.scoring.services import return_lines, submit_self_score

    fill(world.officer, sheets[2])
    early = downloaded(officer, world)
    submit_self_score(world.officer, sheet=sheets[2])
    assert refused(officer, world, early).startswith("Bảng đã gửi thẩm định.")
    return_lines(world.verifier, sheet=sheets[2], reasons={"II.1": "Thiếu căn cứ"})

    data = downloaded(officer, world)
    page = opened_book(data)[MAIN]
    rows = [row_of(page, key) for key in ("II.1", "III")]
    open_cells = [page.cell(rows[0], column_of(page, "Tự chấm")),
                  page.cell(rows[1], column_of(page, "Kết quả"))]  # fmt: skip
    assert [cell.protection.locked for cell in open_cells] == [False, True]
    found = page_of(officer, world, filled(data, {("II.1", "Tự chấm"): 17, ("III", "Kết quả"): 2}))
    assert keys(found) == ["II.1"]
    assert [one.troubles for one in found.troubled] == [
        ("Dòng 10, cột Kết quả: dòng này không bị trả lại nên không sửa được nữa.",)
    ]


def test_a_sheet_that_was_sent_gives_no_workbook_to_fill_in(
    world: World, sheets: Sheets, officer: Client
) -> None:
    from tests.year.scoring.browse import address
    from thidua.year.scoring.services import submit_self_score

    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])

    answer = officer.get(address("workbook_file", world, 2))

    assert answer.status_code == 303
    assert answer.headers["Location"] == address("sheet", world, 2)
