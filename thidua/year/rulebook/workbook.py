"""Thang điểm thành bảng Excel: the lines of a version as on the page; nothing in it computes."""

from __future__ import annotations

from datetime import date

from thidua.platform.workbook.model import Cell, Column, Number, Row, Sheet, Style, Workbook
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import ScaleLine, ScalePage

COLUMNS = (
    Column(10), Column(52), Column(12), Column(12), Column(60), Column(36), Column(24),
)  # fmt: skip
HEAD = (
    "Mã", "Nội dung thi đua", "Đơn vị tính", "Điểm tối đa", "Cách cho điểm",
    "Tài liệu kiểm chứng", "Thẩm định",
)  # fmt: skip


def scale_workbook(row: Scale, page: ScalePage, *, author: str, today: date) -> Workbook:
    """One sheet of lines, one of general rules; a draft says so in its title."""
    standing = f"thông qua ngày {row.adopted_on:%d/%m/%Y}" if row.adopted_on else "dự thảo"
    title = f"{row.title} ({standing}, lần {row.sequence})"
    lines = Sheet(
        name="Bảng điểm",
        columns=COLUMNS,
        rows=(
            Row((Cell(title, span=len(COLUMNS)),), Style.TITLE),
            Row(tuple(Cell(words) for words in HEAD), Style.HEADER),
            *(_row(line) for line in page.lines),
        ),
        header_rows=2,
        frozen_columns=2,
        footer=f"Dấu {row.fingerprint[:8]}",
    )
    return Workbook(title=title, author=author, dated=today, sheets=(lines, _rules(page)))


def _row(line: ScaleLine) -> Row:
    row = line.row
    documents = "; ".join(row.documents) + (" (bắt buộc)" if row.evidence_required else "")
    cells = (
        Cell(row.code),
        Cell(row.label),
        Cell(row.unit or None),
        Cell(Number(row.maximum) if row.maximum else None),
        Cell(" ".join((line.rule, *line.more)).strip()),
        Cell(documents.strip()),
        Cell(", ".join(row.verifiers)),
    )
    return Row(cells, Style.SECTION if not row.is_leaf else Style.PLAIN)


def _rules(page: ScalePage) -> Sheet:
    parts = (
        ("Quy định chung", page.general),
        ("Điều kiện loại, hạ", tuple(f"{label}. {words}" for label, words in page.gates)),
        ("Xếp loại", tuple(f"{label}: {words}" for label, words in page.classes)),
        ("Xếp hạng, khi bằng điểm", page.ranking),
    )
    rows: list[Row] = []
    for title, sentences in parts:
        if sentences:
            rows.append(Row((Cell(title),), Style.SECTION))
            rows += [Row((Cell(words),)) for words in sentences]
    return Sheet(name="Quy định chung", columns=(Column(120),), rows=tuple(rows))
