"""From the content to what stands on which kind of page; both renderers follow this plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from thidua.platform.documents.fit import Part, fit
from thidua.platform.documents.linebreak import balanced_lines
from thidua.platform.documents.model import (
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    KeyValues,
    Landscape,
    Numbered,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    SignatureTable,
    Table,
    Text,
)
from thidua.platform.documents.page import text_width
from thidua.platform.documents.text import clean, plain
from thidua.platform.documents.wording import SYNTHETIC_NOTE, capitals

Item = Heading | Paragraph | Numbered | Bullets | KeyValues | SignatureTable | PageBreak | Part
POSITION_SIZE = 13.0
SIGNATURE_ROOM = 24.0  # millimetres between position and name, for the signature and the seal
SIDEWAYS_ROOM = 18.0  # the same on a page lying on its side, which is less high
SIGNATURE_LINE = 5.6  # millimetres, one line of a position or a name
MOST_BELOW = 6  # so many paragraphs below a last table stand with it and the signatures
PAGE_HEIGHT = {False: 245.0, True: 158.0}  # usable, by landscape


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one direction and what stands on them."""

    landscape: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """One signer as printed: lines of the position already broken, hint, name."""

    position: tuple[str, ...]
    hint: str
    signature: Signature


def sections_of(document: Document) -> tuple[Section, ...]:
    """The pages in order. The first is never missing: it carries the letterhead."""
    flat = list(_flat(document.blocks, landscape=document.landscape))
    sections = [
        Section(landscape, tuple(item for _, item in items))
        for landscape, items in groupby(flat, key=lambda pair: pair[0])
    ]
    if not sections or sections[0].landscape != document.landscape:
        sections.insert(0, Section(document.landscape, ()))
    last = len(sections) - 1
    return tuple(
        _trimmed(section, start=index > 0, end=index < last)
        for index, section in enumerate(sections)
    )


def announces(text: Text) -> bool:
    """Whether a paragraph ends in a colon, so that it is kept with what it announces."""
    return plain(text).rstrip().endswith(":")


def closing_signatures(document: Document) -> tuple[Signature, ...]:
    """The one or two signers printed at the end; three or more are a signature table."""
    return document.signatures if len(document.signatures) < 3 else ()


def signed(signature: Signature, room_mm: float) -> Signed:
    """The signer with the position broken into even lines."""
    lines = [
        line
        for given in signature.position
        for line in balanced_lines(capitals(given), room_mm, size=POSITION_SIZE, bold=True)
    ]
    return Signed(tuple(lines), signature.hint, signature)


def signature_room(*, landscape: bool) -> float:
    """Millimetres left open for a signature."""
    return SIDEWAYS_ROOM if landscape else SIGNATURE_ROOM


def signature_rows(table: SignatureTable, *, landscape: bool) -> tuple[tuple[Signed, ...], ...]:
    """The first signer alone on top, then three to a row in the given order."""
    room = text_width(landscape=landscape)
    first, rest = table.signatures[:1], table.signatures[1:]
    rows = [tuple(signed(one, room) for one in first)] if first else []
    others = [signed(one, room / 3 - 4) for one in rest]
    return (*rows, *(tuple(others[at : at + 3]) for at in range(0, len(others), 3)))


def stays_whole(rows: tuple[tuple[Signed, ...], ...], *, landscape: bool) -> bool:
    """Whether the signatures fit on one page, so that they must not be split."""
    height = sum(
        max(len(one.position) + bool(one.hint) + 1 for one in row) * SIGNATURE_LINE
        + signature_room(landscape=landscape)
        for row in rows
    )
    return height <= PAGE_HEIGHT[landscape]


def has_synthetic(document: Document) -> bool:
    """Whether any value printed is marked as made up, so that the note is printed once."""
    signers = list(document.signatures)
    for block in _blocks(document.blocks):
        if isinstance(block, SignatureTable):
            signers.extend(block.signatures)
        elif any(_marked(text) for text in _texts(block)):
            return True
    return any(one.synthetic and one.name for one in signers)


def notes_of(document: Document) -> list[str]:
    """What stands in small italics at the very end; the note on ° once, if there is one."""
    notes = [clean(document.footer_note)] if document.footer_note else []
    return [*notes, SYNTHETIC_NOTE] if has_synthetic(document) else notes


def _flat(blocks: tuple[Block, ...], *, landscape: bool) -> Iterator[tuple[bool, Item]]:
    for block in blocks:
        if isinstance(block, Landscape):
            yield from _flat(block.blocks, landscape=True)
        elif isinstance(block, Table):
            sideways, parts = fit(block, landscape=landscape)
            yield from ((sideways, part) for part in parts)
        else:
            yield landscape, block


def _trimmed(section: Section, *, start: bool, end: bool) -> Section:
    """Without page breaks where a new page begins anyway."""
    items = list(section.items)
    while start and items and isinstance(items[0], PageBreak):
        items.pop(0)
    while end and items and isinstance(items[-1], PageBreak):
        items.pop()
    return Section(section.landscape, tuple(items))


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Landscape):
            yield from _blocks(block.blocks)
        else:
            yield block


def _texts(block: Block) -> Iterator[Text | Cell]:
    """Every text of a block that may carry the mark."""
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Numbered() | Bullets():
            yield from block.items
        case KeyValues():
            yield from (text for pair in block.pairs for text in pair)
        case Table():
            yield from (cell for row in (*block.header, *block.rows) for cell in row.cells)


def _marked(text: Text | Cell) -> bool:
    if isinstance(text, Cell):
        return text.synthetic or _marked(text.text)
    return not isinstance(text, str) and any(run.synthetic for run in text if isinstance(run, Run))
