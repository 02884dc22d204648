"""What cells take: lists to choose from, figures in a range, days; with the words people see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from thidua.platform.documents.text import clean
from thidua.platform.workbook.formats import exact
from thidua.platform.workbook.model import DropDown, Kind, Limit

Area = tuple[int, int, int, int]  # first row and column, last row and column
LISTS = "Danh mục chọn"
MOST_WORDS = 255  # letters of a hint or an error that a spreadsheet takes
MOST_TEXT = 32_767
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
FARTHEST = Fraction(10**15)
TITLES = {
    Kind.FIGURE: "Nhập bằng số",
    Kind.COUNT: "Nhập số nguyên",
    Kind.DAY: "Nhập một ngày",
}


class Lists:
    """Choices of drop-down lists on a hidden sheet: names with commas and long lists need it."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.page: Worksheet | None = None
        self.columns: dict[tuple[str, ...], int] = {}

    def add_all(self, page: Worksheet, drop_downs: Iterable[DropDown]) -> None:
        """Offer the choices in those cells; cells with the same choices share one rule."""
        alike: dict[tuple[tuple[str, ...], str], list[Area]] = {}
        for one in drop_downs:
            area = (one.first_row, one.column, one.last_row, one.column)
            alike.setdefault((one.choices, one.hint), []).append(area)
        for (choices, hint), areas in alike.items():
            _apply(page, areas, self._rule(choices, hint))

    def _rule(self, choices: tuple[str, ...], hint: str) -> dict[str, Any]:
        column = self._column(choices)
        letters = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
        return {
            "validate": "list",
            "source": f"='{LISTS}'!{letters}$1:{letters}${len(choices)}",
            "error_title": "Chọn trong danh sách",
            "error_message": "Chọn một giá trị trong danh sách của ô này.",
            **_hint("Chọn trong danh sách", hint),
        }

    def _column(self, choices: tuple[str, ...]) -> int:
        if self.page is None:
            self.page = self.book.add_worksheet(LISTS)
            self.page.hide()
        if choices not in self.columns:
            self.columns[choices] = len(self.columns)
            for row, choice in enumerate(choices):
                self.page.write_string(row, self.columns[choices], clean(choice)[:MOST_TEXT])
        return self.columns[choices]


def limit_cells(page: Worksheet, limits: Iterable[Limit]) -> None:
    """Take only what each limit says in its cell, and say so beside it."""
    alike: dict[Limit, list[Area]] = {}
    for one in limits:
        area = (one.row, one.column, one.row, one.column)
        alike.setdefault(replace(one, row=0, column=0), []).append(area)
    for limit, areas in alike.items():
        _apply(page, areas, _limit_rule(limit))


def _limit_rule(limit: Limit) -> dict[str, Any]:
    title, words = TITLES[limit.kind], clean(limit.words)[:MOST_WORDS]
    return {
        "validate": "date" if limit.kind is Kind.DAY else limit.kind.value,
        **_range(limit),
        "error_title": title,
        "error_message": words,
        "error_type": "stop" if limit.strict else "warning",
        **_hint(title, words),
    }


def _apply(page: Worksheet, areas: Sequence[Area], rule: dict[str, Any]) -> None:
    first, *others = areas
    more = {"other_cells": [list(area) for area in others]} if others else {}
    page.data_validation(*first, {**rule, **more})


def _range(limit: Limit) -> dict[str, Any]:
    if limit.kind is Kind.DAY:
        return {"criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
    least = -FARTHEST if limit.least is None else limit.least
    most = FARTHEST if limit.most is None else limit.most
    return {"criteria": "between", "minimum": exact(least), "maximum": exact(most)}


def _hint(title: str, words: str) -> dict[str, str]:
    return {"input_title": title, "input_message": clean(words)[:MOST_WORDS]} if words else {}
