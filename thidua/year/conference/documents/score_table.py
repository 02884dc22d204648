"""Bảng tổng hợp điểm: every line of the scale by every unit, on pages lying on their side."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.platform.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Signature,
    Table,
)
from thidua.year.conference.documents.facts import Frozen, PaperFacts
from thidua.year.conference.documents.figures import (
    NOTHING,
    in_groups,
    maximum_text,
    percent_text,
    points_text,
    rank_text,
    total_text,
)
from thidua.year.conference.snapshot import Line, ScaleTable, Snapshot, UnitRow

LEADING_COLUMNS = 3


def score_table(facts: PaperFacts) -> Document:
    """The adopted table with totals, places and classes. Raises LookupError before an adoption."""
    if facts.frozen is None:
        raise LookupError("nothing adopted")
    return Document(
        letterhead=facts.letterhead,
        place=facts.place,
        dated=facts.held_on,
        kind_name="Bảng tổng hợp điểm",
        subject=(
            f"Năm {facts.year}, kèm theo Biên bản hội nghị tổng kết ngày {facts.held_on:%d/%m/%Y}"
        ),
        blocks=tuple(_blocks(facts.frozen)),
        signatures=(
            Signature(position=("Thư ký",), hint="(Ký, ghi rõ họ tên)"),
            Signature(position=("Chủ trì",), hint="(Ký, ghi rõ họ tên)"),
        ),
        trial=facts.is_trial,
        landscape=True,
    )


def _blocks(frozen: Frozen) -> Iterator[Block]:
    snapshot = frozen.snapshot
    for index, scale in enumerate(snapshot.scales):
        units = [row for row in snapshot.units if row.scale == index]
        if len(snapshot.scales) > 1:
            yield Heading(scale.title, level=3)
        yield _table(snapshot, scale, units)
    for row in snapshot.units:
        if row.scale is None or not row.is_ranked:
            yield Paragraph(f"{row.name} không xếp hạng: {row.why_not_ranked.rstrip('.')}.")
    if _has_blank(snapshot):
        words = f"Ô ghi {NOTHING}: dòng không áp dụng hoặc không tính cho đơn vị."
        yield Paragraph(words, indent=False)
    yield Paragraph(f"Dấu của bảng điểm: {in_groups(frozen.fingerprint)}.", indent=False)
    root = in_groups(frozen.ledger_root)
    yield Paragraph(f"Gốc sổ cái trước khi thông qua: {root}.", indent=False)


def _has_blank(snapshot: Snapshot) -> bool:
    return any(
        line.key not in row.cells or row.cells[line.key].points is None
        for row in snapshot.units
        if row.scale is not None
        for line in snapshot.scales[row.scale].lines
    )


def _table(snapshot: Snapshot, scale: ScaleTable, units: list[UnitRow]) -> Table:
    width = max(7, 56 // max(1, len(units)))
    columns = (
        Column(6),
        Column(34),
        Column(8, Align.RIGHT),
        *(Column(width, Align.RIGHT) for _ in units),
    )
    heads = ["Mã", "Tiêu chí", "Tối đa", *(row.name for row in units)]
    return Table(
        columns=columns,
        header=(Row(tuple(Cell(text, bold=True, align=Align.CENTER) for text in heads)),),
        rows=(*(_line(scale, line, units) for line in scale.lines), *_sums(snapshot, scale, units)),
        note="Đơn vị tính: điểm",
        repeated_columns=LEADING_COLUMNS,
    )


def _line(scale: ScaleTable, line: Line, units: list[UnitRow]) -> Row:
    kind = RowKind.SECTION if line.depth == 0 and not line.leaf else RowKind.BODY
    return Row(
        (
            line.code,
            line.label,
            maximum_text(line.max),
            *(_figure(scale, line, row) for row in units),
        ),
        kind=kind,
    )


def _figure(scale: ScaleTable, line: Line, row: UnitRow) -> Cell:
    cell = row.cells.get(line.key)
    if cell is None or cell.points is None:
        return Cell(NOTHING)
    return Cell(points_text(cell.points, scale), synthetic=cell.synthetic)


def _sums(snapshot: Snapshot, scale: ScaleTable, units: list[UnitRow]) -> Iterator[Row]:
    yield _sum(
        "Tổng điểm",
        maximum_text(scale.max_total),
        [
            Cell(
                total_text(snapshot, row), synthetic=row.synthetic and row.result_total is not None
            )
            for row in units
        ],
    )
    if scale.key == "percent":
        yield _sum(
            "Tỷ lệ so với điểm tối đa áp dụng",
            "",
            [
                Cell(
                    percent_text(snapshot, row),
                    synthetic=row.synthetic and row.result_percent is not None,
                )
                for row in units
            ],
        )
    yield _sum(
        "Xếp thứ",
        "",
        [Cell(rank_text(row), synthetic=row.synthetic and row.is_ranked) for row in units],
    )
    if any(row.result_class for row in units):
        yield _sum("Xếp loại", "", [Cell(row.result_class or NOTHING) for row in units])


def _sum(label: str, maximum: str, cells: list[Cell]) -> Row:
    return Row(("", label, maximum, *cells), kind=RowKind.TOTAL)
