"""What an official document says, before anyone decides how a page or a file shows it.

One frozen value, two renderers: ``word.to_word`` and ``pdf.to_pdf``. The parts are those of
Nghị định 30/2020/NĐ-CP, Appendix I; cell numbers in the comments are the decree's. Words are
given in ordinary case: a part the decree prints in capitals is put in capitals by the renderers.
Figures arrive as text, already written the Vietnamese way ("961,5"); a document never computes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Profile(StrEnum):
    """Whose letterhead: a state body's, or a Party body's (no Quốc hiệu)."""

    STATE = "state"
    PARTY = "party"


class Align(StrEnum):
    """How a paragraph or a cell stands between its margins."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class RowKind(StrEnum):
    """What a row of a table is: an ordinary one, the name of a section, a total."""

    BODY = "body"
    SECTION = "section"
    TOTAL = "total"


class DateBlank(StrEnum):
    """What of the date is left open for văn thư to write in on signing."""

    NOTHING = "nothing"
    DAY = "day"
    DAY_AND_MONTH = "day_and_month"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``synthetic`` appends the mark ° (a made-up value)."""

    text: str
    bold: bool = False
    italic: bool = False
    synthetic: bool = False


Text = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Cell 2: the issuing body and, above it, the superior body (may be empty)."""

    issuer: str
    superior: str = ""
    profile: Profile = Profile.STATE


@dataclass(frozen=True, slots=True)
class NumberLine:
    """Cell 3. An empty ``number`` leaves room for văn thư; a number is never invented.

    ``kind`` is the abbreviation of the type (BB, BC), ``body`` that of the issuing body (SYT).
    State: "Số:        /BB-SYT"; Party: "Số        -BB/SYT".
    """

    kind: str
    body: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the body: 1 Phần, Chương (centred); 2 "I. …"; 3 "1. …", Điều (both bold)."""

    text: Text
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; the first line is indented unless ``indent`` is off.

    ``keep`` holds it on the page of what follows, as a paragraph ending in a colon always is.
    """

    text: Text
    align: Align = Align.JUSTIFY
    indent: bool = True
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """Paragraphs "1. …", "2. …"."""

    items: tuple[Text, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Bullets:
    """Paragraphs "- …"."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Facts in two columns without rules: a name and its value."""

    pairs: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its share of the width (any whole numbers, they are compared) and alignment."""

    width: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``span`` columns wide and ``rows`` rows high. ``synthetic`` appends °."""

    text: Text = ""
    span: int = 1
    rows: int = 1
    align: Align | None = None  # None: as the column
    bold: bool = False
    italic: bool = False
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells from left to right; a plain string is a cell with that text.

    Positions covered by a taller cell of a row above are left out.
    """

    cells: tuple[Cell | str, ...]
    kind: RowKind = RowKind.BODY


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose ``header`` rows are repeated on every page.

    A table too wide for its page gets smaller type, then a page lying on its side, then is printed
    in groups of columns, each beginning with the first ``repeated_columns``; it is never cut.
    ``note`` stands right above it in italics ("Đơn vị tính: điểm"). ``whole`` keeps all rows on one
    page when one page has room for them.
    """

    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    note: str = ""
    repeated_columns: int = 2
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Cells 7a and 7b: lines of authority and position ("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"), name.

    An empty ``name`` leaves the place open. ``hint`` is printed in italics under the position
    ("Ký, ghi rõ họ tên"), for papers signed by hand.
    """

    position: tuple[str, ...]
    name: str = ""
    hint: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class SignatureTable:
    """Many signers: the first alone on top, then three to a row; never split over pages."""

    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Landscape:
    """Blocks on pages lying on their side, for wide tables."""

    blocks: tuple[Block, ...]


Block = (
    Heading
    | Paragraph
    | Numbered
    | Bullets
    | KeyValues
    | Table
    | SignatureTable
    | PageBreak
    | Landscape
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document. ``dated`` is also the time written into the files: same data, same bytes.

    ``signatures``: one stands at the right beside the recipients; two stand side by side (secretary
    left, chair right) above the recipients; more become a ``SignatureTable``.
    ``trial`` prints "Bản thử" on every page. The closing mark "./." is the author's to write.
    """

    letterhead: Letterhead
    place: str  # cell 4
    dated: date  # cell 4
    kind_name: str  # cell 5a, "Biên bản"
    subject: str  # cell 5a, trích yếu; "\n" breaks the line
    number_line: NumberLine | None = None  # cell 3
    date_blank: DateBlank = DateBlank.NOTHING
    addressees: tuple[str, ...] = ()  # cell 9a, "Kính gửi:"
    basis: tuple[str, ...] = ()  # cell 6, "Căn cứ …" without the closing semicolon
    blocks: tuple[Block, ...] = ()  # cell 6
    signatures: tuple[Signature, ...] = ()  # cells 7a, 7b
    recipients: tuple[str, ...] = ()  # cell 9b, without dash and semicolon
    trial: bool = False
    footer_note: str = ""
    landscape: bool = False  # the whole document lies on its side
    language: str = "vi-VN"
