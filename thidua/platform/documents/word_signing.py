"""The end of a Word file: signatures, recipients, notes."""

from __future__ import annotations

from collections.abc import Callable

from docx.blkcntnr import BlockItemContainer
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as WordParagraph

from thidua.platform.documents import page, wording
from thidua.platform.documents.model import (
    Align,
    Document,
    Profile,
    Run,
    Signature,
    SignatureTable,
)
from thidua.platform.documents.plan import (
    POSITION_SIZE,
    Signed,
    closing_signatures,
    notes_of,
    signature_room,
    signature_rows,
    signed,
    stays_whole,
)
from thidua.platform.documents.text import clean
from thidua.platform.documents.word_package import element
from thidua.platform.documents.word_table import Frame, gap, new_table
from thidua.platform.documents.word_text import Look, add_run, dress, fill, twips

_NOTE_SIZE = 11.0
_TITLE_SIZE = 12.0


def write_signature_table(
    parent: BlockItemContainer, table: SignatureTable, *, landscape: bool
) -> None:
    """The first signer on top, then three to a row; together on one page when they fit."""
    rows = signature_rows(table, landscape=landscape)
    whole = stays_whole(rows, landscape=landscape)
    gap(parent, 6, keep=whole)
    for row in rows:
        keep = whole and row is not rows[-1]
        _write_signer_row(parent, row, landscape=landscape, keep=keep)
        gap(parent, 8, keep=keep)


def write_closing(parent: BlockItemContainer, document: Document, *, landscape: bool) -> None:
    """Signatures and recipients as their number asks, then the notes."""
    signers = closing_signatures(document)
    width, notes = page.text_width(landscape=landscape), notes_of(document)
    if len(document.signatures) > 2:
        write_signature_table(parent, SignatureTable(document.signatures), landscape=landscape)
    if len(signers) == 1:
        gap(parent, 8, keep=True)
        _write_beside(parent, document, signers[0], landscape=landscape)
    else:
        if signers:
            gap(parent, 8, keep=True)
            row = tuple(signed(one, width / 2 - page.GAP) for one in signers)
            keep = bool(notes) and not document.recipients
            _write_signer_row(parent, row, landscape=landscape, keep=keep)
        if document.recipients:
            gap(parent, 8)
            _write_recipients(parent.add_paragraph, document)
    for note in notes:
        fill(parent.add_paragraph(), (Run(note, italic=True),), Look(size=_NOTE_SIZE, before=6))


def _write_signer_row(
    parent: BlockItemContainer, row: tuple[Signed, ...], *, landscape: bool, keep: bool
) -> None:
    """Positions begin on one line, names stand on one line, room for signature and seal between."""
    width = page.text_width(landscape=landscape)
    frame = new_table(parent, (width / len(row),) * len(row), ruled=False, padding=2)
    positions, room, names = (
        frame.add_row(),
        _room_row(frame, signature_room(landscape=landscape)),
        frame.add_row(),
    )
    for column, one in enumerate(row):
        _write_position(frame, frame.add_cell(positions, column), one)
        dress(frame.add_paragraph(frame.add_cell(room, column)), Look(keep=True))
        _write_name(frame, frame.add_cell(names, column), one.signature, keep=keep)


def _room_row(frame: Frame, room: float) -> BaseOxmlElement:
    row = frame.add_row()
    row.trPr.append(element("w:trHeight", val=str(twips(room)), hRule="exact"))
    return row


def _write_position(frame: Frame, cell: BaseOxmlElement, one: Signed) -> None:
    look = Look(Align.CENTER, size=POSITION_SIZE, keep=True)
    for line in one.position:
        fill(frame.add_paragraph(cell), (Run(line, bold=True),), look)
    if one.hint or not one.position:
        fill(frame.add_paragraph(cell), (Run(clean(one.hint), italic=True),), look)


def _write_name(frame: Frame, cell: BaseOxmlElement, signature: Signature, *, keep: bool) -> None:
    look = Look(Align.CENTER, size=POSITION_SIZE, keep=keep)
    fill(frame.add_paragraph(cell), (Run(wording.signer_name(signature), bold=True),), look)


def _write_beside(
    parent: BlockItemContainer, document: Document, signature: Signature, *, landscape: bool
) -> None:
    """Recipients on the left, the one signer on the right, as most papers have them."""
    width = page.text_width(landscape=landscape)
    frame = new_table(parent, (width / 2, width / 2), ruled=False, padding=0)
    row = frame.add_row(breakable=len(document.recipients) > 30)
    left, right = frame.add_cell(row, 0), frame.add_cell(row, 1)
    _write_recipients(lambda: frame.add_paragraph(left), document)
    one = signed(signature, width / 2 - page.GAP)
    _write_position(frame, right, one)
    space = frame.add_paragraph(right)
    dress(space, Look(before=signature_room(landscape=landscape) / 25.4 * 72 - 16, keep=True))
    keep = bool(notes_of(document))
    _write_name(frame, right, signature, keep=keep)
    gap(parent, 6, keep=keep)


def _write_recipients(add: Callable[[], WordParagraph], document: Document) -> None:
    """Cell 9b; ``add`` gives the next paragraph to write in."""
    lines = wording.closed(document.recipients, dash="- ")
    title = add()
    if not lines:
        return
    dress(title, Look())
    party = document.letterhead.profile is Profile.PARTY
    run = add_run(title, Run(wording.RECIPIENTS, bold=not party, italic=not party), _TITLE_SIZE)
    run.underline = True if party else None
    for line in lines:
        fill(add(), (Run(line),), Look(size=_NOTE_SIZE))
