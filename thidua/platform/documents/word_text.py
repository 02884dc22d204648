"""Paragraphs of a Word file: styles, indents, rules, fields."""

from __future__ import annotations

from dataclasses import dataclass

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from thidua.platform.documents.model import Align, Run
from thidua.platform.documents.word_package import element

ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands: lengths in millimetres, sizes and gaps in points."""

    align: Align = Align.LEFT
    size: float | None = None
    first_line: float = 0.0
    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False  # with the next paragraph


def fill(paragraph: WordParagraph, runs: tuple[Run, ...], look: Look) -> WordParagraph:
    """Write the runs into the paragraph and give it its look."""
    dress(paragraph, look)
    for run in runs:
        add_run(paragraph, run, look.size)
    return paragraph


def add_run(paragraph: WordParagraph, run: Run, size: float | None) -> WordRun:
    """Add one run; a line end in it becomes a line break."""
    made = paragraph.add_run(run.text)
    made.bold = True if run.bold else None
    made.italic = True if run.italic else None
    if size is not None:
        made.font.size = Pt(size)
    return made


def dress(paragraph: WordParagraph, look: Look) -> None:
    """Give the paragraph its alignment, indents and gaps."""
    form = paragraph.paragraph_format
    form.alignment = ALIGNMENTS[look.align]
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    if look.first_line:
        form.first_line_indent = Mm(look.first_line)
    if look.left:
        form.left_indent = Mm(look.left)
    if look.keep:
        form.keep_with_next = True


def draw_rule(paragraph: WordParagraph, length: float, room: float) -> None:
    """Make an empty paragraph a centred line of that length in a room that wide (millimetres)."""
    shrink(paragraph, 3)
    paragraph.paragraph_format.space_before = Pt(2)
    side = max((room - length) / 2, 0)
    paragraph.paragraph_format.left_indent = Mm(side)
    paragraph.paragraph_format.right_indent = Mm(side)
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz="6", space="1", color="auto"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:rPr",
        "w:sectPr",
    )


def shrink(paragraph: WordParagraph, height: float) -> None:
    """Make an empty paragraph that high, in points: a gap, or the end of a section."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(height)  # an exact height
    mark = element("w:rPr")
    mark.append(element("w:sz", val="2"))
    paragraph._p.get_or_add_pPr().insert_element_before(mark, "w:sectPr", "w:pPrChange")


def add_page_number(paragraph: WordParagraph, size: float) -> None:
    """Add the field that shows the number of the page."""
    run = add_run(paragraph, Run(""), size)
    for kind in ("begin", "instr", "separate", "text", "end"):
        if kind == "instr":
            made = element("w:instrText")
            made.text = "PAGE"
        elif kind == "text":
            made = element("w:t")
            made.text = "2"
        else:
            made = element("w:fldChar", fldCharType=kind)
        run._r.append(made)


def box(run: WordRun) -> None:
    """Draw a frame around the run."""
    properties = run._r.get_or_add_rPr()
    properties.append(element("w:bdr", val="single", sz="8", space="0", color="auto"))


def twips(millimetres: float) -> int:
    """A length in twentieths of a point, as Word writes it."""
    return round(millimetres / 25.4 * 1440)
