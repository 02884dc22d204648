"""From a table of Excel or Word to a draft: read, say which column is what, confirm every line."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from thidua.core.text import one_line
from thidua.platform import clock
from thidua.platform.documents.read_tables import read_tables
from thidua.platform.files import refusal
from thidua.platform.files.naming import safe_name
from thidua.platform.files.refusal import FileRefused
from thidua.platform.files.sniff import ZIPPED, Kind, judge
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.platform.workbook.read import ReadSheet, read_workbook
from thidua.registry.actor import Actor
from thidua.scalefile.editing import starting
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import refuse, require_unadopted
from thidua.year.rulebook.models import Scale, TableReading
from thidua.year.rulebook.proposals import (
    Proposal,
    base_of,
    guessed_columns,
    proposals,
    scale_lines,
)
from thidua.year.rulebook.services import files
from thidua.year.rulebook.services.starting import draft_row

MOST_ROWS = 1_000
MOST_COLUMNS = 20
MOST_LETTERS = 3_000  # of one cell
RULE = "SCALE-11"
_KINDS = ".xlsx hoặc .docx"
WORDS_HERE = {  # this page takes a table, so a PDF is no way out
    refusal.UNREADABLE: "Không mở được tệp này. Mở bằng Excel hoặc Word, lưu lại dạng "
    f"{_KINDS} rồi gửi.",
    refusal.PROGRAM: "Đây là chương trình, không phải bảng điểm. Chọn lại tệp Excel hoặc Word.",
    refusal.MACRO: f"Tệp có mã tự chạy. Lưu lại dạng {_KINDS} không có mã rồi gửi.",
    refusal.OLD_OFFICE: f"Tệp Word hoặc Excel đời cũ. Lưu lại dạng {_KINDS} rồi gửi.",
    refusal.ARCHIVE: "Đây là tệp nén. Giải nén rồi gửi tệp Excel hoặc Word có bảng điểm.",
    refusal.BOMB: "Tệp nén quá nhiều dữ liệu bên trong. Chép riêng bảng điểm sang tệp mới rồi gửi.",
    refusal.MARKUP: f"Tệp trang mạng hoặc tranh SVG không có bảng điểm để đọc. Gửi tệp {_KINDS}.",
    refusal.NO_EXTENSION: "Tên tệp thiếu phần đuôi .xlsx hoặc .docx. Đặt lại tên rồi gửi.",
}


def read_table(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    upload: tuple[str, bytes],
    title: str,
    unit_kind: str = "",
    request_id: str = "",
) -> TableReading:
    """Keep the tables of a file (name, bytes) with a first guess of their columns.

    Raises `Refused`: a kind of file that is not taken, a password, macros, no table in it.
    """
    name = safe_name(upload[0])
    found = tables_in(upload[1], name)
    best = max(range(len(found)), key=lambda at: len(found[at]["rows"]))
    head, columns = guessed_columns(found[best]["rows"])
    with Act(
        actor,
        "rulebook.read_table",
        chain=chain.of_year(bloc_year.pk),
        subject=f"Đọc bảng điểm từ tệp “{name}”",
        request_id=request_id,
        inputs={"name": name, "title": title, "unit_kind": unit_kind, "size": len(upload[1])},
    ) as act:
        if act.repeated:
            return act.first(TableReading)
        files.require_head(actor, bloc_year)
        require_unadopted(bloc_year)
        row = TableReading(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            unit_kind=unit_kind,
            title=one_line(title),
            file_name=name,
            tables=found,
            chosen=best,
            first=head + 1,
            columns={str(at): role for at, role in columns.items()},
            created_at=clock.now(),
        )
        return act.result(act.create(row))


def tables_in(data: bytes, name: str) -> list[dict[str, Any]]:
    """The tables of a file as JSON can carry them: name and rows of texts."""
    kind = _judged(data, name)
    if kind == ZIPPED["xlsx"]:
        found = [(sheet.name, _texts(sheet)) for sheet in read_workbook(data) if not sheet.hidden]
    elif kind == ZIPPED["docx"]:
        found = [(table.name, [list(row) for row in table.rows]) for table in read_tables(data)]
    else:
        raise refuse(RULE, "Chọn tệp Excel (.xlsx) hoặc Word (.docx) có bảng điểm.", field="file")
    made = [{"name": name, **_trimmed(rows)} for name, rows in found]
    kept = [one for one in made if one["rows"]]
    if not kept:
        raise refuse(RULE, "Tệp không có bảng nào. Chọn tệp có bảng điểm.", field="file")
    if any(len(one["rows"]) > MOST_ROWS for one in kept):
        words = f"Bảng dài hơn {MOST_ROWS} dòng. Chép riêng bảng điểm sang tệp mới rồi gửi."
        raise refuse(RULE, words, field="file")
    return kept


def _judged(data: bytes, name: str) -> Kind:
    """The kind of a file; what refuses it says what this page takes."""
    try:
        return judge(io.BytesIO(data), size=len(data), name=name)
    except FileRefused as refused:
        raise FileRefused(WORDS_HERE.get(refused.words, refused.words)) from refused


def choose_columns(
    actor: Actor,
    *,
    reading: TableReading,
    chosen: int,
    first: int,
    columns: Mapping[int, str],
    request_id: str = "",
) -> TableReading:
    """Say which table, from which row on, which column is what; the lines are read by it."""
    with _act(actor, reading, "columns", {"chosen": chosen, "first": first}, request_id) as act:
        if act.repeated:
            return act.first(TableReading)
        row = _reading_of(actor, reading)
        if "label" not in columns.values():
            raise refuse(RULE, "Chọn cột nào là nội dung.")
        table = row.tables[min(chosen, len(row.tables) - 1)]
        found = proposals(table["rows"], columns, first=first, numbers=table.get("numbers", ()))
        if not found:
            raise refuse(RULE, "Không có dòng nào dưới dòng tiêu đề. Chọn lại dòng bắt đầu.")
        act.change(
            row,
            chosen=min(chosen, len(row.tables) - 1),
            first=first,
            columns={str(at): role for at, role in columns.items() if role},
            lines=[one.stored() for one in found],
        )
        return act.result(row)


def confirm_lines(
    actor: Actor,
    *,
    reading: TableReading,
    lines: Sequence[Proposal],
    request_id: str = "",
) -> TableReading:
    """Keep what a person changed and confirmed so far."""
    said = {"lines": [one.stored() for one in lines]}
    with _act(actor, reading, "lines", said, request_id) as act:
        if act.repeated:
            return act.first(TableReading)
        row = _reading_of(actor, reading)
        act.change(row, lines=said["lines"])
        return act.result(row)


def draft_from_table(actor: Actor, *, reading: TableReading, request_id: str = "") -> Scale:
    """Make the draft of the confirmed lines; the reading is not needed any more.

    Refused while a line is not confirmed (SCALE-11).
    """
    bloc_year = reading.bloc_year
    with _act(actor, reading, "draft_from_table", {}, request_id) as act:
        if act.repeated:
            return act.first(Scale)
        row = _reading_of(actor, reading)
        found = [Proposal.of(one) for one in row.lines]
        open_lines = [one for one in found if not one.confirmed]
        if open_lines or not found:
            words = (
                f"Còn {len(open_lines)} dòng chưa đánh dấu đã xem. Xem từng dòng rồi tạo dự thảo."
            )
            raise refuse(RULE, words)
        plain = starting.blank(
            name=starting.slug(bloc_year.bloc.name, year=bloc_year.year),
            title=row.title,
            base=base_of(found),
            period=(bloc_year.starts, bloc_year.ends),
        )
        plain["source"] = {"ref": f"Bảng điểm trong tệp {row.file_name}", "completeness": "full"}
        plain["criteria"] = scale_lines(found)
        draft = act.create(draft_row(bloc_year, plain, row.unit_kind))
        act.remove(row)
        return act.result(draft)


def drop_reading(actor: Actor, *, reading: TableReading, request_id: str = "") -> BlocYear:
    """Leave the table; nothing becomes of it."""
    with _act(actor, reading, "drop_table", {}, request_id) as act:
        if act.repeated:
            return act.first(BlocYear)
        row = _reading_of(actor, reading)
        act.remove(row)
        return act.result(row.bloc_year)


def _act(
    actor: Actor, reading: TableReading, verb: str, inputs: Mapping[str, Any], request_id: str
) -> Act:
    said = {
        "columns": "chọn cột của bảng",
        "lines": "xem các dòng của bảng",
        "draft_from_table": "tạo dự thảo thang điểm từ bảng",
        "drop_table": "bỏ bảng đã đọc",
    }
    return Act(
        actor,
        f"rulebook.{verb}",
        chain=chain.of_year(reading.bloc_year_id),
        subject=f"Tệp “{reading.file_name}”: {said[verb]}",
        request_id=request_id,
        inputs={"reading": reading.pk, **inputs},
    )


def _reading_of(actor: Actor, reading: TableReading) -> TableReading:
    """The reading as it stands now, for the head in an open year."""
    row = TableReading.objects.select_related("bloc_year__bloc").filter(pk=reading.pk).first()
    if row is None:
        raise refuse(RULE, "Bảng này đã thành dự thảo hoặc đã bỏ. Về trang thang điểm để xem.")
    files.require_head(actor, row.bloc_year)
    require_unadopted(row.bloc_year)
    return row


def _texts(sheet: ReadSheet) -> list[list[str]]:
    return [
        [sheet.text(at, column) for column in range(min(len(row), MOST_COLUMNS))]
        for at, row in enumerate(sheet.rows[: MOST_ROWS * 3])
    ]


def _trimmed(rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The rows that say something, with their numbers in the file; long cells and rows are cut."""
    kept = [
        (number, [one_line_breaks(cell)[:MOST_LETTERS] for cell in row[:MOST_COLUMNS]])
        for number, row in enumerate(rows, 1)
        if any(cell.strip() for cell in row)
    ]
    width = max((len(row) for _, row in kept), default=0)
    return {
        "rows": [[*row, *[""] * (width - len(row))] for _, row in kept],
        "numbers": [number for number, _ in kept],
    }


def one_line_breaks(text: str) -> str:
    """The lines of a cell, each tidy."""
    return "\n".join(filter(None, map(one_line, text.split("\n"))))
