"""What boxes take, in words; texts that stay texts; formulas and merged cells found again."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from thidua.platform.workbook.model import (
    Cell,
    Column,
    DropDown,
    Form,
    Formula,
    Kind,
    Limit,
    Row,
    Sheet,
    Workbook,
)
from thidua.platform.workbook.places import places_of
from thidua.platform.workbook.read import read_workbook
from thidua.platform.workbook.xlsx import to_xlsx


def written(*rows: Row, **settings: Any) -> Any:
    sheet = Sheet(name="Bảng", columns=(Column(), Column()), rows=rows, **settings)
    book = Workbook(title="Bảng", author="Sở", dated=date(2026, 1, 2), sheets=(sheet,))
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(book)))


def test_ranges_are_said_in_words_and_alike_cells_share_one_rule() -> None:
    limits = tuple(
        Limit(row=row, column=0, kind=Kind.FIGURE, words="Nhập từ 0 đến 20,0.",
              least=Fraction(0), most=Fraction(20))
        for row in range(3)
    )  # fmt: skip
    page = written(Row((Cell(unlocked=True),)), limits=limits)["Bảng"]

    (rule,) = page.data_validations.dataValidation
    assert str(rule.sqref) == "A1 A2 A3"
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (
        "decimal", None, "0", "20",
    )  # fmt: skip
    assert (rule.errorStyle, rule.error, rule.prompt) == (
        None, "Nhập từ 0 đến 20,0.", "Nhập từ 0 đến 20,0.",
    )  # fmt: skip


def test_days_counts_and_lists_have_rules_of_their_own() -> None:
    limits = (
        Limit(row=0, column=0, kind=Kind.DAY, words="Ghi ngày."),
        Limit(row=0, column=1, kind=Kind.COUNT, words="Nhập số nguyên.", strict=False),
    )
    page = written(
        Row((Cell(form=Form.DAY), Cell())), limits=limits, drop_downs=(DropDown(1, 4, 1, ("Có",)),)
    )["Bảng"]

    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert {where: rule.type for where, rule in rules.items()} == {
        "B2:B5": "list", "A1": "date", "B1": "whole",
    }  # fmt: skip
    assert rules["B1"].errorStyle == "warning"
    assert page["A1"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1"])
def test_text_like_a_formula_keeps_its_quote_when_typed_in_again(text: str) -> None:
    cell = written(Row((Cell(text, unlocked=True),)))["Bảng"]["A1"]

    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_formula_without_a_figure_carries_its_words() -> None:
    sheet = Sheet(
        name="Bảng",
        columns=(Column(),),
        rows=(Row((Cell(Formula('IF(1=1,"không áp dụng",0)', None, words="không áp dụng")),)),),
    )
    data = to_xlsx(Workbook("Bảng", "Sở", date(2026, 1, 2), (sheet,)))

    assert read_workbook(data)[0].rows == (("không áp dụng",),)


def test_formulas_errors_and_merged_cells_are_found_in_any_sheet() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Một"
    page = book.create_sheet("Bảng tự chấm")
    page["C4"], page["D5"] = "=1+1", "#REF!"
    page["D5"].data_type = "e"
    page.merge_cells("A7:B9")
    target = io.BytesIO()
    book.save(target)

    found = places_of(target.getvalue(), sheet="Bảng tự chấm")

    assert (found.formulas, found.errors) == ({(3, 2)}, {(4, 3)})
    (block,) = found.merged
    assert [block.covers(*place) for place in ((6, 0), (8, 1), (5, 0), (8, 2))] == [
        True, True, False, False,
    ]  # fmt: skip
    assert places_of(target.getvalue(), sheet="Một").formulas == frozenset()
