"""Excel in: exact figures, dates and text; hostile and wrong files are refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.platform.files.corpus import HOSTILE, docx, ole
from thidua.platform.workbook import errors
from thidua.platform.workbook.errors import WorkbookError
from thidua.platform.workbook.model import Cell, Number, Row, Sheet, Workbook
from thidua.platform.workbook.read import decimal_text, read_workbook
from thidua.platform.workbook.xlsx import to_xlsx


def written(fill: Callable[[Any], None]) -> bytes:
    """A file written by another program than ours."""
    target = io.BytesIO()
    book = openpyxl.Workbook()
    fill(book.active)
    book.save(target)
    return target.getvalue()


def of_cells(*values: object) -> bytes:
    """One row with these values."""
    return written(lambda page: page.append(list(values)))


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """The archive with parts changed or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return target.getvalue()


def sheet_with(rows: str) -> bytes:
    """A file whose sheet has that content."""
    head = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
    part = f'{head}2006/main"><sheetData>{rows}</sheetData></worksheet>'
    return repacked(of_cells("a"), {"xl/worksheets/sheet1.xml": part.encode()})


def refusal_of(data: bytes) -> str:
    """The sentence with which the file is refused."""
    with pytest.raises(WorkbookError) as caught:
        read_workbook(data)
    assert [(one.rule_id, one.words) for one in caught.value.findings] == [
        ("WORKBOOK-1", caught.value.words)
    ]
    return caught.value.words


def test_figures_text_dates_and_nothing_are_read_exactly() -> None:
    data = of_cells("Sở Y tế", 961.5, 7, 0.1, "961,5", date(2018, 1, 12), None, True)
    (sheet,) = read_workbook(data)
    assert sheet.rows[0] == (
        "Sở Y tế",
        Fraction(1923, 2),
        Fraction(7),
        Fraction(1, 10),
        "961,5",
        date(2018, 1, 12),
        None,
        "TRUE",
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.decimals(-(10**9), 10**9, places=3), min_size=1, max_size=30))
def test_every_figure_of_three_decimals_is_read_without_a_trace_of_floats(
    figures: list[Decimal],
) -> None:
    (sheet,) = read_workbook(of_cells(*figures))
    assert [sheet.number(0, column) for column in range(len(figures))] == [
        Fraction(figure) for figure in figures
    ]


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ("961,5", Fraction(1923, 2)),
        ("961.5", Fraction(1923, 2)),
        (" 1 000,5 ", Fraction(2001, 2)),
        ("−2,0", Fraction(-2)),
        ("", None),
        ("0,125", Fraction(1, 8)),
    ],
)
def test_figure_typed_as_text_is_read(typed: str, exact: Fraction | None) -> None:
    (sheet,) = read_workbook(of_cells(typed, "x"))
    assert sheet.number(0, 0) == exact


@pytest.mark.parametrize(
    "typed", ["1.000", "1,000", "1e308", "x", "1,5,2", "12/3", "٣", "--1", "="]
)
def test_text_that_is_no_figure_is_refused_with_the_name_of_the_cell(typed: str) -> None:
    (sheet,) = read_workbook(
        written(lambda page: page.cell(5, 3).__setattr__("value", f"'{typed}"))
    )
    with pytest.raises(WorkbookError) as caught:
        sheet.number(4, 2)
    assert caught.value.words == (
        "Ô C5 của bảng Sheet phải là một số, như 961,5. Sửa ô này rồi gửi lại."
    )


def test_date_where_a_figure_must_be_is_refused() -> None:
    (sheet,) = read_workbook(of_cells(date(2018, 1, 12)))
    with pytest.raises(WorkbookError):
        sheet.number(0, 0)


@pytest.mark.parametrize(
    ("typed", "day"), [("22/12/2026", date(2026, 12, 22)), ("1-2-2027", date(2027, 2, 1))]
)
def test_date_typed_as_text_is_read(typed: str, day: date) -> None:
    (sheet,) = read_workbook(of_cells(typed))
    assert sheet.day(0, 0) == day


@pytest.mark.parametrize("typed", ["31/02/2026", "tháng 3", "2026-12-22", 5])
def test_what_is_no_date_is_refused_with_the_name_of_the_cell(typed: object) -> None:
    (sheet,) = read_workbook(of_cells(None, typed))
    with pytest.raises(WorkbookError) as caught:
        sheet.day(0, 1)
    assert caught.value.words.startswith("Ô B1 của bảng Sheet phải là một ngày, như 22/12/2026.")


def test_cells_beyond_the_end_are_empty() -> None:
    (sheet,) = read_workbook(of_cells("a"))
    assert (sheet.value(9, 9), sheet.text(9, 9), sheet.number(9, 9), sheet.day(9, 9)) == (
        None,
        "",
        None,
        None,
    )


def test_places_keep_their_number_when_the_sheet_begins_lower() -> None:
    (sheet,) = read_workbook(written(lambda page: page.cell(3, 2, "đây")))
    assert sheet.value(2, 1) == "đây"
    assert sheet.place(2, 1) == "B3 của bảng Sheet"
    assert sheet.place(0, 27) == "AB1 của bảng Sheet"


def test_text_of_any_cell_is_written_the_vietnamese_way() -> None:
    (sheet,) = read_workbook(
        of_cells(
            961.5,
            1000,
            date(2018, 1, 2),
            datetime(2018, 1, 2, 3, 4),  # noqa: DTZ001  # a spreadsheet knows no zone
        )
    )
    assert [sheet.text(0, column) for column in range(4)] == [
        "961,5",
        "1000",
        "02/01/2018",
        "02/01/2018",
    ]
    assert (decimal_text(Fraction(1, 3)), decimal_text(Fraction(-1, 8))) == ("≈0,333333", "-0,125")


def test_decomposed_vietnamese_is_read_composed() -> None:
    (sheet,) = read_workbook(of_cells("Thu\u031b\u0300a Thie\u0302n Hue\u0302\u0301"))
    assert sheet.value(0, 0) == "Thừa Thiên Huế"


def test_formula_counts_as_its_saved_value_and_macros_are_left_alone() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("Một").write_formula(0, 0, "=1+1", None, 2)
    book.add_worksheet("Hai").hide()
    book.close()
    types = zipfile.ZipFile(target).read("[Content_Types].xml")
    macro = types.replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main",
        b"ms-excel.sheet.macroEnabled.main",
    )
    data = repacked(
        target.getvalue(), {"[Content_Types].xml": macro, "xl/vbaProject.bin": b"\x00macro"}
    )
    sheets = read_workbook(data)
    assert sheets[0].number(0, 0) == Fraction(2)
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Một", False), ("Hai", True)]


def test_three_hundred_and_eight_zeros_are_read_and_left_to_the_rules() -> None:
    (sheet,) = read_workbook(sheet_with('<row r="1"><c r="A1"><v>1e308</v></c></row>'))
    assert sheet.number(0, 0) == Fraction(10**308)


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04", docx(), b"%PDF-1.7"])
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    assert refusal_of(content) == errors.NOT_A_SPREADSHEET


def test_locked_and_old_spreadsheets_are_told_apart() -> None:
    assert refusal_of(ole("EncryptedPackage")) == errors.LOCKED
    assert refusal_of(ole("Workbook")) == errors.OLD_SPREADSHEET


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refusal_of(HOSTILE["zip bomb"][1]) == errors.TOO_MUCH_DATA


def test_one_cell_in_the_last_corner_is_refused() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="XFD90000"><v>1</v></c></row>'
    assert refusal_of(sheet_with(far)) == errors.TOO_WIDE
    assert refusal_of(sheet_with(far.replace('"', "'"))) == errors.TOO_WIDE
    unnumbered = "<row><c><v>1</v></c></row>" * 2_000
    assert refusal_of(sheet_with('<row><c r="XFD1"/></row>' + unnumbered)) == errors.TOO_WIDE
    assert refusal_of(sheet_with("<row>" + "<c/>" * 16_000 + "</row>" + unnumbered)) == (
        errors.TOO_WIDE
    )


@pytest.mark.parametrize(
    "trick", ["<!-- <c ' -->", "<?x <c ' ?>", '<cols a="<c \'"/>', "<cols a='>", "<![CDATA[<c ']]>"]
)
def test_cell_hidden_behind_a_trick_of_xml_is_refused(trick: str) -> None:
    far = '<row r="90000"><c r="XFD90000"><v>1</v></c></row>'
    # Parsers of different age read an unfinished tag differently; none may let the cell through.
    refused = {errors.NOT_A_SPREADSHEET, errors.TOO_WIDE}
    assert refusal_of(sheet_with(trick + far + "<cols a='1'/>")) in refused


def test_hundred_thousand_rows_are_the_limit() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 100_001))
    (sheet,) = read_workbook(sheet_with(rows))
    assert len(sheet.rows) == 100_000
    assert sheet.number(99_999, 0) == 100_000
    more = rows + '<row r="100001"><c r="A100001"><v>1</v></c></row>'
    assert refusal_of(sheet_with(more)) == errors.TOO_MANY_ROWS
    unnumbered = "<row><c><v>1</v></c></row>" * 100_001
    assert refusal_of(sheet_with(unnumbered)) == errors.TOO_MANY_ROWS


def test_one_long_text_shared_by_very_many_cells_is_refused() -> None:
    shared = (
        '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<si><t>{'a' * 32_000}</t></si></sst>"
    )
    row = '<c t="s"><v>0</v></c>' * 20
    rows = "".join(f'<row r="{n}">{row}</row>' for n in range(1, 1_001))
    data = repacked(sheet_with(rows), {"xl/sharedStrings.xml": shared.encode()})
    assert refusal_of(data) == errors.TOO_MUCH_DATA


def test_entities_and_other_encodings_are_refused() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    data = repacked(of_cells("a"), {"xl/workbook.xml": entity.encode()})
    assert refusal_of(data) == errors.NOT_A_SPREADSHEET
    other = "<worksheet/>".encode("utf-16")
    assert refusal_of(repacked(of_cells("a"), {"xl/worksheets/sheet1.xml": other})) == (
        errors.NOT_A_SPREADSHEET
    )


def test_spreadsheet_of_another_kind_in_disguise_is_refused() -> None:
    data = repacked(of_cells("a"), {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})
    assert refusal_of(data) == errors.NOT_A_SPREADSHEET


# written by us: a file with the hour of its making in it would differ from run to run
DAMAGED_BELOW = to_xlsx(
    Workbook(
        "a",
        "b",
        date(2018, 1, 12),
        (Sheet("Một", (), (Row((Cell("a"), Cell(Number(Fraction(3, 2))))),)),),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused_but_never_crash(data: st.DataObject) -> None:
    whole = DAMAGED_BELOW
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.binary(max_size=6)) + whole[place + 3 :]
    assert outcome(damaged)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("<>/\"'= rctvsfisA1B290-.&;"), max_size=60))
def test_broken_sheets_are_read_or_refused_but_never_crash(content: str) -> None:
    assert outcome(sheet_with(f'<row r="1"><c r="A1"><v>1</v></c>{content}</row>'))


def outcome(data: bytes) -> str:
    """What came of reading: any exception but the typed one is a fault."""
    try:
        read_workbook(data)
    except WorkbookError as refused:
        return refused.words
    return "đọc được"
