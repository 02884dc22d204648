"""A rehearsal as a spreadsheet and as a note on paper, with the rows of the screen."""

from __future__ import annotations

from datetime import date

from thidua.platform.documents import model as paper
from thidua.platform.workbook import model as book
from thidua.year.bloc.models import BlocYear
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import lint_errors
from thidua.year.scoring.pages.rehearse import Section, basis, filed_sections_of, summary
from thidua.year.scoring.rehearsal import Rehearsal

SHEET_NAMES = {
    "thu-hang": "Thứ hạng",
    "khong-tach": "Dòng không tách",
    "khong-ap-dung": "Không áp dụng",
    "khoang-diem": "Khoảng điểm",
    "xu-ly": "Cách xử lý",
    "khong-giao": "Không giao chỉ tiêu",
    "ghep-dong": "Ghép dòng",
}
SIGNS = paper.Signature(("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"), hint="Ký, ghi rõ họ tên")


def rehearsal_workbook(
    found: Rehearsal, row: Scale, bloc_year: BlocYear, *, today: date
) -> book.Workbook:
    """One sheet per table."""
    title = f"Chạy thử thang điểm năm {bloc_year.year}, dự thảo lần {row.sequence}"
    notes = (summary(found), *_said(found, row))
    sheets = tuple(_sheet(one, title, notes) for one in filed_sections_of(found))
    return book.Workbook(title=title, author=bloc_year.bloc.name, dated=today, sheets=sheets)


def rehearsal_note(
    found: Rehearsal, row: Scale, bloc_year: BlocYear, *, today: date
) -> paper.Document:
    """A note for the meeting that discusses the draft."""
    blocks: list[paper.Block] = [
        paper.Paragraph(summary(found)),
        paper.Bullets(_said(found, row)),
    ]
    for number, section in enumerate(filed_sections_of(found), 1):
        blocks.append(paper.Heading(f"{number}. {section.title}", level=3))
        kept = bool(section.rows)  # the words right above a table go where it goes
        blocks.extend(paper.Paragraph(words, keep=kept) for words in section.lead)
        if section.rows:
            blocks.append(_table(section))
    return paper.Document(
        letterhead=paper.Letterhead(
            issuer=bloc_year.bloc.name,
            superior=bloc_year.jurisdiction.name,
            profile=paper.Profile(bloc_year.jurisdiction.letterhead),
        ),
        place=bloc_year.jurisdiction.place,
        dated=today,
        kind_name="Kết quả chạy thử thang điểm",
        subject=f"{row.title}\ndự thảo lần {row.sequence}, năm {bloc_year.year}",
        blocks=tuple(blocks),
        signatures=(SIGNS,),
        trial=True,
        footer_note="Giá trị có dấu ° là giá trị mẫu." if found.synthetic else "",
        landscape=True,
    )


def fault_words(row: Scale) -> str:
    """That the draft tried out still has errors; empty where it has none."""
    count = len(lint_errors(row))
    return f"Dự thảo còn {count} lỗi; kết quả dưới đây tính trên bản còn lỗi." if count else ""


def _said(found: Rehearsal, row: Scale) -> tuple[str, ...]:
    faults = fault_words(row)
    return (*((faults,) if faults else ()), *basis(found), marks_of(found, row))


def marks_of(found: Rehearsal, row: Scale) -> str:
    """What anybody needs to repeat the rehearsal."""
    words = f"Dấu của dự thảo: {row.fingerprint[:16]}."
    return f"{words} Hạt giống của số liệu mẫu: {found.seed}." if found.seed else words


def _sheet(section: Section, title: str, notes: tuple[str, ...]) -> book.Sheet:
    width = max(4, len(section.heads))
    rows = [
        book.Row((book.Cell(title, span=width),), book.Style.TITLE),
        book.Row((book.Cell(section.title, span=width),), book.Style.SECTION),
        *(book.Row((book.Cell(one, span=width),), book.Style.NOTE) for one in section.lead),
    ]
    head_rows = len(rows)
    if section.rows:
        rows.append(
            book.Row(tuple(book.Cell(one.text) for one in section.heads), book.Style.HEADER)
        )
        head_rows += 1
    for line in section.rows:
        cells = tuple(
            book.Cell(
                cell.text or None
                if cell.figure is None
                else book.Number(cell.figure, cell.decimals),
                synthetic=cell.synthetic,
            )
            for cell in line
        )
        rows.append(book.Row(cells))
    rows.extend(book.Row((book.Cell(one, span=width),), book.Style.NOTE) for one in notes)
    widths = [one.width + 4 for one in section.heads] or [30] * width
    return book.Sheet(
        name=SHEET_NAMES[section.name],
        columns=tuple(book.Column(one) for one in widths),
        rows=tuple(rows),
        header_rows=head_rows,
        frozen_columns=1,
    )


def _table(section: Section) -> paper.Table:
    align = {True: paper.Align.RIGHT, False: paper.Align.LEFT}
    return paper.Table(
        columns=tuple(paper.Column(one.width, align[one.right]) for one in section.heads),
        header=(paper.Row(tuple(one.text for one in section.heads)),),
        rows=tuple(
            paper.Row(tuple(paper.Cell(cell.text, synthetic=cell.synthetic) for cell in line))
            for line in section.rows
        ),
        repeated_columns=1,
    )
