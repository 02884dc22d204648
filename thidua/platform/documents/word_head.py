"""The head of the first page and the top margin of every page of a Word file."""

from __future__ import annotations

from docx.blkcntnr import BlockItemContainer
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as WordSection
from docx.section import _Header
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from thidua.platform.documents import page, wording
from thidua.platform.documents.model import Align, Document, Paragraph, Profile, Run
from thidua.platform.documents.word_table import Frame, gap, new_table
from thidua.platform.documents.word_text import (
    Look,
    add_page_number,
    add_run,
    box,
    draw_rule,
    fill,
)

_HEADER_FROM_TOP = 9.0  # millimetres
_TRIAL_SIZE = 12.0


def set_page(section: WordSection, *, landscape: bool) -> None:
    """A4 upright or on its side with the decree's margins."""
    sides = (page.LONG_SIDE, page.SHORT_SIDE) if landscape else (page.SHORT_SIDE, page.LONG_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(sides[0]), Mm(sides[1])
    section.top_margin, section.bottom_margin = Mm(page.TOP), Mm(page.BOTTOM)
    section.left_margin, section.right_margin = Mm(page.LEFT), Mm(page.RIGHT)
    section.header_distance = Mm(_HEADER_FROM_TOP)
    section.footer_distance = Mm(_HEADER_FROM_TOP)


def write_margins(section: WordSection, document: Document, *, first: bool, width: float) -> None:
    """The page number centred in the top margin, not on page 1; "Bản thử" on every page."""
    section.different_first_page_header_footer = first
    _write_top(section.header, document, width, numbered=True)
    if first:
        _write_top(section.first_page_header, document, width, numbered=False)


def write_head(parent: BlockItemContainer, document: Document) -> None:
    """Cells 1 to 5a, 9a and the legal basis."""
    _write_letterhead(parent, page.head_of(document))
    gap(parent, 14)
    look = Look(Align.CENTER, size=page.BODY, keep=True)
    kind = Run(wording.capitals(document.kind_name), bold=True)
    fill(parent.add_paragraph(), (kind,), look)
    width = page.text_width(landscape=document.landscape)
    for line in page.subject_lines(document):
        _write_line(parent.add_paragraph(), line)
        if line.rule:
            draw_rule(parent.add_paragraph(), line.rule, width)
    if document.letterhead.profile is Profile.PARTY:
        fill(parent.add_paragraph(), (Run(wording.PARTY_DASHES),), look)
    gap(parent, 8)
    _write_addressees(parent, document)


def basis_paragraphs(document: Document) -> list[Paragraph]:
    """The "Căn cứ" lines in italics, closed as the decree closes them."""
    lines = wording.closed(document.basis)
    return [Paragraph((Run(line, italic=True),)) for line in lines]


def _write_top(header: _Header, document: Document, width: float, *, numbered: bool) -> None:
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    stops = paragraph.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    if numbered:
        add_run(paragraph, Run("\t"), page.NUMBER)
        add_page_number(paragraph, page.NUMBER)
    if document.trial:
        add_run(paragraph, Run("\t" if numbered else "\t\t"), page.NUMBER)
        box(add_run(paragraph, Run(f"\u00a0{wording.TRIAL}\u00a0", bold=True), _TRIAL_SIZE))


def _write_letterhead(parent: BlockItemContainer, head: page.Head) -> None:
    widths = (head.left_width, page.GAP, head.right_width)
    frame = new_table(parent, widths, ruled=False, padding=0)
    upper = frame.add_row()
    _write_lines(frame, frame.add_cell(upper, 0), head.left, head.left_width)
    frame.add_paragraph(frame.add_cell(upper, 1))
    _write_lines(frame, frame.add_cell(upper, 2), head.right, head.right_width)
    lower = frame.add_row()
    _write_lines(frame, frame.add_cell(lower, 0), (head.number,), head.left_width)
    frame.add_paragraph(frame.add_cell(lower, 1))
    _write_lines(frame, frame.add_cell(lower, 2), (head.place_and_date,), head.right_width)


def _write_lines(
    frame: Frame, cell: BaseOxmlElement, lines: tuple[page.Line, ...], room: float
) -> None:
    """Printed lines one under another, each with its rule; an empty cell has one empty line."""
    for line in lines:
        paragraph = frame.add_paragraph(cell)
        _write_line(paragraph, line)
        if line.rule:
            draw_rule(frame.add_paragraph(cell), line.rule, room)
    if not lines:
        frame.add_paragraph(cell)


def _write_line(paragraph: WordParagraph, line: page.Line) -> None:
    run = Run(line.text, bold=line.bold, italic=line.italic)
    fill(paragraph, (run,), Look(Align.CENTER, size=line.size))


def _write_addressees(parent: BlockItemContainer, document: Document) -> None:
    lines = wording.addressee_lines(document.addressees)
    if len(lines) == 1:
        text = f"{wording.ADDRESSED} {lines[0]}"
        fill(parent.add_paragraph(), (Run(text),), Look(Align.CENTER, after=10))
    elif lines:
        fill(parent.add_paragraph(), (Run(wording.ADDRESSED),), Look(left=25, after=3))
        for line in lines:
            after = 10 if line is lines[-1] else 3
            fill(parent.add_paragraph(), (Run(line),), Look(left=45, after=after))
