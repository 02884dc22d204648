"""Tệp nạp lại: what a filled workbook says, row by row, matched by its hidden keys.

Rows are found by the key that stands in them, columns by their heads, so that moving either does no
harm. Values are read, never computed: a formula somebody wrote into a box is told, not believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.points import result_text
from thidua.platform.workbook.places import Places, places_of
from thidua.platform.workbook.read import ReadSheet, ReadValue, read_workbook
from thidua.year.scoring.changes import refusal
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.workbook.columns import FILLED_IN, KEY_HEAD, LOCKED, TOTAL, Column
from thidua.year.scoring.workbook.identity import Identity, digest_of, read_identity

NOT_OURS = (
    "Tệp này không phải bảng tự chấm tải từ trang này, hoặc phần nhận dạng ẩn trong tệp đã mất. "
    "Tải lại bảng, chép số liệu sang rồi nạp."
)
TWO_TABLES = "Tệp có hai bảng tự chấm. Xóa bảng không dùng rồi nạp lại."
FORMULA = "ô này là công thức. Ghi thẳng số hoặc chữ vào ô rồi nạp lại."
ERROR = "ô này đang báo lỗi của bảng tính. Ghi lại số hoặc chữ vào ô rồi nạp lại."
MERGED = "ô này bị gộp với ô khác. Bỏ gộp ô, ghi lại từng ô rồi nạp lại."
HEADS_SEARCHED = 60  # rows from the top in which the heads of the table may stand


@dataclass(frozen=True, slots=True)
class FileCell:
    """One box as the file has it; `trouble` says why it cannot be read.

    With `hides_value` what stands in it is not what its value says: a formula, an error.
    """

    value: ReadValue
    trouble: str = ""
    hides_value: bool = False


@dataclass(frozen=True, slots=True)
class LockedCell:
    """A cell that nothing is taken from, as the file has it."""

    value: ReadValue
    is_formula: bool


@dataclass(frozen=True, slots=True)
class FileLine:
    """One row of the file that says which line it is; `number` as people see it."""

    key: str
    number: int
    cells: Mapping[Column, FileCell]
    locked: Mapping[Column, LockedCell]

    def place(self, column: Column) -> str:
        """How a sentence names a box: "Dòng 24, cột Kết quả"."""
        return f"Dòng {self.number}, cột {column.head}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled workbook: what it is, its rows by key, what is wrong with rows as such, and the row
    of the total if somebody wrote over it (0 otherwise)."""

    identity: Identity
    lines: Mapping[str, FileLine]
    twice: Mapping[str, tuple[int, ...]]
    strange: tuple[str, ...]
    overwritten_total: int = 0


def read_filled(data: bytes) -> Filled:
    """Read a workbook that a unit filled in.

    Raises `WorkbookError` when it cannot be opened, `Refused` (EXCEL-1) when it is not a workbook
    of this product or its table is gone.
    """
    sheets = read_workbook(data)
    identity = read_identity(sheets)
    if identity is None:
        raise refusal("EXCEL-1", NOT_OURS)
    tables = [(one, top) for one in sheets if (top := _top(one)) is not None]
    if not tables:
        raise refusal("EXCEL-1", NOT_OURS)
    if len(tables) > 1:
        raise refusal("EXCEL-1", TWO_TABLES)
    sheet, top = tables[0]
    columns = _columns(sheet, top)
    return _rows(sheet, top, columns, places_of(data, sheet=sheet.name), identity)


def _top(sheet: ReadSheet) -> int | None:
    """The row of the heads."""
    rows = sheet.rows[:HEADS_SEARCHED]
    return next((number for number, row in enumerate(rows) if KEY_HEAD in row), None)


def _columns(sheet: ReadSheet, top: int) -> dict[Column, int]:
    heads = {_text(value): place for place, value in enumerate(sheet.rows[top]) if value}
    wanted = (Column.KEY, *FILLED_IN)
    missing = [column.head for column in wanted if column.head not in heads]
    if missing:
        words = f"Bảng tự chấm trong tệp thiếu cột {', '.join(missing)}. Tải lại bảng rồi điền."
        raise refusal("EXCEL-1", words)
    beside = (column for column in LOCKED if column.head in heads)
    return {column: heads[column.head] for column in (*wanted, *beside)}


def _rows(
    sheet: ReadSheet,
    top: int,
    columns: Mapping[Column, int],
    places: Places,
    identity: Identity,
) -> Filled:
    lines: dict[str, FileLine] = {}
    numbers: dict[str, list[int]] = {}
    strange: list[str] = []
    total = 0
    for row in range(top + 1, len(sheet.rows)):
        key = _text(sheet.value(row, columns[Column.KEY]))
        locked = _locked(sheet, row, columns, places)
        line = FileLine(key, row + 1, _cells(sheet, row, columns, places), locked)
        if key in identity.lines:
            numbers.setdefault(key, []).append(row + 1)
            lines.setdefault(key, line)
        elif key or any(cell.value is not None for cell in line.cells.values()):
            strange.append(_strange(row + 1))
        elif _is_overwritten_total(locked):
            total = row + 1
    twice = {key: tuple(found) for key, found in numbers.items() if len(found) > 1}
    return Filled(identity, lines, twice, tuple(strange), total)


def _is_overwritten_total(locked: Mapping[Column, LockedCell]) -> bool:
    label, points = locked.get(Column.LABEL), locked.get(Column.POINTS)
    return bool(label and points and label.value == TOTAL and not points.is_formula)


def _strange(number: int) -> str:
    return (
        f"Dòng {number} là dòng thêm vào, không thuộc tiêu chí nào của thang điểm nên không nhận. "
        "Chép số liệu về đúng dòng của tiêu chí."
    )


def _cells(
    sheet: ReadSheet, row: int, columns: Mapping[Column, int], places: Places
) -> dict[Column, FileCell]:
    return {column: _cell(sheet, row, columns[column], places) for column in FILLED_IN}


def _locked(
    sheet: ReadSheet, row: int, columns: Mapping[Column, int], places: Places
) -> dict[Column, LockedCell]:
    return {
        column: LockedCell(
            sheet.value(row, columns[column]), (row, columns[column]) in places.formulas
        )
        for column in LOCKED
        if column in columns
    }


def _cell(sheet: ReadSheet, row: int, column: int, places: Places) -> FileCell:
    value = sheet.value(row, column)
    if (row, column) in places.formulas:
        return FileCell(value, FORMULA, hides_value=True)
    if (row, column) in places.errors:
        return FileCell(value, ERROR, hides_value=True)
    if any(block.covers(row, column) for block in places.merged):
        return FileCell(value, MERGED)
    return FileCell(value)


def _text(value: ReadValue) -> str:
    if isinstance(value, Fraction):
        return result_text(value)
    return value if isinstance(value, str) else ""


def judge_identity(filled: Filled, desk: Desk) -> None:
    """Refuse a workbook of another unit, another year or an old scale (EXCEL-1)."""
    known, year = filled.identity, desk.bloc_year
    if known.unit_id != desk.sheet.unit_id:
        words = f"Tệp này là bảng tự chấm của {known.unit}. Trang này nhận tệp của {desk.unit}."
        raise refusal("EXCEL-1", words)
    if known.bloc_year_id != year.pk:
        words = (
            f"Tệp này là bảng tự chấm năm {known.year} của {known.bloc}. Tải bảng năm {year.year} "
            "ở trang này rồi điền."
        )
        raise refusal("EXCEL-1", words)
    if known.fingerprint != desk.sheet.scale.fingerprint:
        raise refusal("EXCEL-1", _old_scale(filled, desk))


def _old_scale(filled: Filled, desk: Desk) -> str:
    """Which lines differ between the scale of the file and the one in force, and what to do."""
    old = filled.identity.lines
    now = {line.key: digest_of(line) for line in desk.scale.lines}
    added = [key for key in now if key not in old]
    gone = [key for key in old if key not in now]
    changed = [key for key in now if key in old and old[key].digest != now[key]]
    parts = [
        f"{words} {', '.join(found[:12])}{' và dòng khác' if len(found) > 12 else ''}"
        for words, found in (("thêm dòng", added), ("bỏ dòng", gone), ("đổi dòng", changed))
        if found
    ]
    differs = "; ".join(parts) or "chỉ đổi quy định chung, không đổi dòng nào"
    return (
        f"Thang điểm đã đổi từ khi tải tệp này: {differs}. Chưa nhận gì từ tệp. Tải bảng mới, chép "
        "số liệu của các dòng không đổi sang rồi nạp."
    )
