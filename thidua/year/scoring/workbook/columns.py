"""Cột của bảng tự chấm trong Excel: where each stands, its name, which are filled in."""

from __future__ import annotations

from enum import IntEnum

FIRST_LINE = 4  # the row of the first line, counted from 1 as people see it
HEADER = FIRST_LINE - 2  # the row of the heads, counted from 0
MAIN = "Bảng tự chấm"
GUIDE = "Hướng dẫn"
KEY_HEAD = "Khóa dòng"
EXCEL, PERSON, SOFTWARE = "Excel tính", "Đơn vị chấm", "Phần mềm tính"  # who reckons a line
TOTAL = "Tổng điểm tự chấm, các dòng đã có điểm"


class Column(IntEnum):
    """Columns of the sheet, from 0; the first is hidden and says which line the row is."""

    KEY = 0
    CODE = 1
    LABEL = 2
    UNIT = 3
    MOST = 4
    TARGET = 5
    FIGURE = 6
    RULE = 7
    TYPED = 8
    POINTS = 9
    REASON = 10
    EVIDENCE = 11
    SOURCE = 12
    ASIDE = 13
    WAY = 14

    @property
    def letter(self) -> str:
        """As a spreadsheet names it; the sheet is narrower than the alphabet."""
        return chr(ord("A") + self.value)

    @property
    def head(self) -> str:
        """What stands above it."""
        return HEADS[self]


HEADS = {
    Column.KEY: KEY_HEAD,
    Column.CODE: "Mã",
    Column.LABEL: "Tiêu chí",
    Column.UNIT: "Đơn vị tính",
    Column.MOST: "Tối đa",
    Column.TARGET: "Chỉ tiêu",
    Column.FIGURE: "Kết quả",
    Column.RULE: "Máy tính",
    Column.TYPED: "Tự chấm",
    Column.POINTS: "Điểm",
    Column.REASON: "Lý do",
    Column.EVIDENCE: "Minh chứng",
    Column.SOURCE: "Nguồn điểm",
    Column.ASIDE: "Không áp dụng",
    Column.WAY: "Cách tính",
}
WIDTHS = {
    Column.KEY: 9,
    Column.CODE: 8,
    Column.LABEL: 46,
    Column.UNIT: 12,
    Column.MOST: 8,
    Column.TARGET: 12,
    Column.FIGURE: 14,
    Column.RULE: 14,
    Column.TYPED: 10,
    Column.POINTS: 14,
    Column.REASON: 36,
    Column.EVIDENCE: 26,
    Column.SOURCE: 20,
    Column.ASIDE: 10,
    Column.WAY: 20,
}
FILLED_IN = (
    Column.UNIT,
    Column.TARGET,
    Column.FIGURE,
    Column.TYPED,
    Column.REASON,
    Column.EVIDENCE,
    Column.SOURCE,
    Column.ASIDE,
)
LOCKED = (Column.LABEL, Column.MOST, Column.POINTS, Column.WAY)
