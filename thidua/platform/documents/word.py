"""The Word renderer: the same page as the PDF, in a file the office can go on editing."""

from __future__ import annotations

from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.section import Section as WordSection

from thidua.platform.documents import page
from thidua.platform.documents.fit import PADDING, Part
from thidua.platform.documents.model import (
    Align,
    Bullets,
    Document,
    Heading,
    KeyValues,
    Numbered,
    PageBreak,
    Paragraph,
    Run,
    SignatureTable,
)
from thidua.platform.documents.plan import MOST_BELOW, Item, Section, announces, sections_of
from thidua.platform.documents.text import clean, runs_of
from thidua.platform.documents.word_head import (
    basis_paragraphs,
    set_page,
    write_head,
    write_margins,
)
from thidua.platform.documents.word_package import new_file, saved
from thidua.platform.documents.word_signing import write_closing, write_signature_table
from thidua.platform.documents.word_table import gap, new_table, write_part
from thidua.platform.documents.word_text import Look, fill, shrink

_CAPTION = Look(Align.CENTER, size=page.BODY, before=6, after=4, keep=True)
_NOTE = Look(Align.RIGHT, size=12.0, after=3, keep=True)


def to_word(document: Document) -> bytes:
    """The document as a Word file (.docx). The same document gives the same bytes."""
    word = new_file(document)
    sections = sections_of(document)
    for index, section in enumerate(sections):
        made = word.sections[0] if index == 0 else _next_section(word)
        _set_up(made, section, document, first=index == 0)
        if index == 0:
            write_head(word._body, document)
            for line in basis_paragraphs(document):
                _write(word, line, landscape=section.landscape)
        _write_items(word, section, last=index == len(sections) - 1)
    write_closing(word._body, document, landscape=sections[-1].landscape)
    return saved(word)


def _set_up(made: WordSection, section: Section, document: Document, *, first: bool) -> None:
    set_page(made, landscape=section.landscape)
    width = page.text_width(landscape=section.landscape)
    write_margins(made, document, first=first, width=width)


def _next_section(word: WordFile) -> WordSection:
    """A new section; the paragraph that ends the old one is made too small to fill a page."""
    made: WordSection = word.add_section(WD_SECTION.NEW_PAGE)
    shrink(word.paragraphs[-1], 1)
    return made


def _write_items(word: WordFile, section: Section, *, last: bool) -> None:
    closing = len(section.items) - 1 - _words_below(section.items)
    for index, item in enumerate(section.items):
        # the last rows, and the few words below them, are kept with the signatures
        closes = last and index >= closing
        _write(word, item, landscape=section.landscape, closes=closes)
        if closes and isinstance(item, Paragraph):
            word.paragraphs[-1].paragraph_format.keep_with_next = True


def _words_below(items: tuple[Item, ...]) -> int:
    """How many paragraphs stand below a last table; 0 where there are many, or no table."""
    below = len(items) - next(
        (at for at in range(len(items), 0, -1) if not isinstance(items[at - 1], Paragraph)), 0
    )
    few = 0 < below <= MOST_BELOW and below < len(items)
    return below if few and isinstance(items[-1 - below], Part) else 0


def _write(word: WordFile, item: Item, *, landscape: bool, closes: bool = False) -> None:
    match item:
        case Heading():
            _write_heading(word, item)
        case Paragraph():
            _write_paragraph(word, item)
        case Numbered():
            for number, text in enumerate(item.items, item.start):
                _write_paragraph(word, Paragraph((Run(f"{number}. "), *runs_of(text))))
        case Bullets():
            for text in item.items:
                _write_paragraph(word, Paragraph((Run("- "), *runs_of(text))))
        case KeyValues():
            _write_pairs(word, item, landscape=landscape)
        case SignatureTable():
            write_signature_table(word._body, item, landscape=landscape)
        case PageBreak():
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case Part():
            _write_table(word, item, closes=closes)


def _write_heading(word: WordFile, item: Heading) -> None:
    align = Align.CENTER if item.level == 1 else Align.LEFT
    indent = 0.0 if item.level == 1 else page.FIRST_LINE
    look = Look(align, first_line=indent, after=page.BETWEEN, keep=True)
    fill(word.add_paragraph(style=f"Heading {item.level}"), runs_of(item.text), look)


def _write_paragraph(word: WordFile, item: Paragraph) -> None:
    first_line = page.FIRST_LINE if item.indent else 0.0
    keep = item.keep or announces(item.text)
    look = Look(item.align, first_line=first_line, after=page.BETWEEN, keep=keep)
    fill(word.add_paragraph(), runs_of(item.text), look)


def _write_pairs(word: WordFile, item: KeyValues, *, landscape: bool) -> None:
    width = page.text_width(landscape=landscape) - page.FIRST_LINE
    frame = new_table(
        word._body, (page.FIRST_LINE, width * 0.3, width * 0.7), ruled=False, padding=PADDING
    )
    for name, value in item.pairs:
        row = frame.add_row(breakable=True)
        frame.add_paragraph(frame.add_cell(row, 0))
        for column, text in enumerate((name, value), 1):
            cell = frame.add_cell(row, column)
            fill(frame.add_paragraph(cell), runs_of(text), Look(after=4))
    gap(word._body, 3)


def _write_table(word: WordFile, part: Part, *, closes: bool) -> None:
    if part.caption:
        fill(word.add_paragraph(), (Run(clean(part.caption), bold=True),), _CAPTION)
    if part.note:
        fill(word.add_paragraph(), (Run(clean(part.note), italic=True),), _NOTE)
    write_part(word._body, part, closes=closes)
