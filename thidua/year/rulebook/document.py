"""A scale as an official paper: the same lines in the same order as on the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from thidua.core.points import show
from thidua.platform.documents.model import (
    Align,
    Cell,
    Column,
    Document,
    Heading,
    Numbered,
    Paragraph,
    Row,
    RowKind,
    Signature,
    Table,
)
from thidua.year.bloc.paper import dated, letterhead_of
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import ScaleLine, ScalePage

COLUMNS = (
    Column(12),
    Column(46),
    Column(14, Align.CENTER),
    Column(70),
    Column(36),
)
HEAD = Row(("Mã", "Nội dung thi đua", "Điểm tối đa", "Cách cho điểm", "Tài liệu kiểm chứng"))


def signature_of_head() -> Signature:
    """The head signs for the bloc; the name is written by hand."""
    return Signature(("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"), hint="Ký, ghi rõ họ tên")


def scale_document(row: Scale, page: ScalePage, *, today: date) -> Document:
    """The bảng điểm of a version; a draft says so in its title, made-up data on every page."""
    bloc_year = row.bloc_year
    day, blank = dated(bloc_year, today=today, act=row.adopted_on)
    draft = "" if row.is_adopted else f"\n(Dự thảo lần {row.sequence})"
    return Document(
        letterhead=letterhead_of(bloc_year),
        place=bloc_year.jurisdiction.place,
        dated=day,
        date_blank=blank,
        kind_name="Bảng điểm thi đua",
        subject=f"{row.title}\n{bloc_year.bloc.name}, năm {bloc_year.year}{draft}",
        blocks=(Paragraph(_standing(row)), *_blocks(page)),
        signatures=(signature_of_head(),),
        recipients=("Các đơn vị trong Khối", "Lưu hồ sơ Khối"),
        trial=row.synthetic,
        footer_note=f"Dấu {row.fingerprint[:8]}",
        landscape=True,
    )


def _standing(row: Scale) -> str:
    if row.adopted_on is None:
        return "Văn bản này là dự thảo, chưa được thông qua."
    number = row.document_number or "chưa có số"
    return (
        f"Thông qua ngày {row.adopted_on:%d/%m/%Y}; số, ký hiệu văn bản: {number}. "
        f"Dấu của nội dung: {row.fingerprint}."
    )


def _blocks(page: ScalePage) -> Iterator[Heading | Table | Numbered]:
    yield Heading("I. Nội dung thi đua và cách cho điểm")
    yield Table(
        COLUMNS, (HEAD,), tuple(_row(line) for line in page.lines), note="Đơn vị tính: điểm"
    )
    number = 2
    for title, items in _parts(page):
        if items:
            yield Heading(
                f"{'I' * number if number < 4 else 'IV' if number == 4 else 'V'}. {title}"
            )
            yield Numbered(items)
            number += 1


def _parts(page: ScalePage) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Quy định chung", page.general
    yield "Điều kiện loại, hạ", tuple(f"{label}. {words}" for label, words in page.gates)
    yield "Xếp loại", tuple(f"{label}: {words}" for label, words in page.classes)
    yield "Xếp hạng", page.ranking


def _row(line: ScaleLine) -> Row:
    row = line.row
    said = " ".join((line.rule, *line.more)).strip()
    cells = (
        row.code,
        Cell(row.label, bold=not row.is_leaf),
        Cell(show(row.maximum) if row.maximum else "", bold=not row.is_leaf),
        said,
        _evidence(line),
    )
    return Row(cells, RowKind.TOTAL if line.is_section and not row.is_leaf else RowKind.BODY)


def _evidence(line: ScaleLine) -> str:
    row = line.row
    parts = ["; ".join(row.documents)] if row.documents else []
    if row.evidence_required:
        parts.append("bắt buộc")
    if row.verifiers:
        parts.append(f"thẩm định: {', '.join(row.verifiers)}")
    return ", ".join(parts)
