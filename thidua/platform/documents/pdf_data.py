"""A whole document as plain values for the typst template: text stays data, never markup."""

from __future__ import annotations

from dataclasses import asdict

from thidua.platform.documents import page, wording
from thidua.platform.documents.model import Document, Heading, Profile, SignatureTable
from thidua.platform.documents.pdf_blocks import (
    Data,
    item_data,
    runs_data,
    signature_data,
    signed_data,
)
from thidua.platform.documents.plan import (
    MOST_BELOW,
    POSITION_SIZE,
    Section,
    closing_signatures,
    notes_of,
    sections_of,
    signature_room,
    signed,
)
from thidua.platform.documents.text import clean

RECIPIENTS_ON_A_PAGE = 30  # a longer list may go on over the page end


def data_of(document: Document, *, family: str) -> Data:
    """Everything the template prints, as values that JSON can carry."""
    sections = sections_of(document)
    return {
        "font": family,
        "page": _page(landscape=sections[-1].landscape),
        **_properties(document),
        **_opening(document),
        "sections": _sections(sections),
        "closing": _closing(document, landscape=sections[-1].landscape),
        "notes": notes_of(document),
    }


def _page(*, landscape: bool) -> Data:
    return {
        "top": page.TOP,
        "bottom": page.BOTTOM,
        "left": page.LEFT,
        "right": page.RIGHT,
        "body": page.BODY,
        "number": page.NUMBER,
        "first_line": page.FIRST_LINE,
        "between": page.BETWEEN,
        "gap": page.GAP,
        "position": POSITION_SIZE,
        "most_below": MOST_BELOW,
        "signature_room": signature_room(landscape=landscape),
    }


def _properties(document: Document) -> Data:
    day = document.dated
    return {
        "title": wording.title(document),
        "author": clean(document.letterhead.issuer),
        "language": document.language.split("-")[0],
        "date": [day.year, day.month, day.day],
        "trial": wording.TRIAL if document.trial else "",
    }


def _opening(document: Document) -> Data:
    party = document.letterhead.profile is Profile.PARTY
    width = page.text_width(landscape=document.landscape)
    return {
        "head": asdict(page.head_of(document)),
        "kind_name": wording.capitals(document.kind_name),
        "subject": [asdict(line) for line in page.subject_lines(document)],
        "dashes": wording.PARTY_DASHES if party else "",
        "addressed": wording.ADDRESSED,
        "addressees": wording.addressee_lines(document.addressees),
        "basis": [runs_data(line, width) for line in wording.closed(document.basis)],
    }


def _sections(sections: tuple[Section, ...]) -> list[Data]:
    levels = [item.level for part in sections for item in part.items if isinstance(item, Heading)]
    top = min(levels, default=1)
    return [
        {
            "landscape": part.landscape,
            "items": [
                data
                for item in part.items
                for data in item_data(item, landscape=part.landscape, top_level=top)
            ],
        }
        for part in sections
    ]


def _closing(document: Document, *, landscape: bool) -> Data:
    """Signatures and recipients at the end of the last section."""
    many = SignatureTable(document.signatures) if len(document.signatures) > 2 else None
    room = page.text_width(landscape=landscape) / 2 - page.GAP
    return {
        "table": signature_data(many, landscape=landscape) if many else None,
        "signers": [signed_data(signed(one, room)) for one in closing_signatures(document)],
        "recipients_title": wording.RECIPIENTS,
        "recipients": wording.closed(document.recipients, dash="- "),
        "party": document.letterhead.profile is Profile.PARTY,
        "whole": len(document.recipients) <= RECIPIENTS_ON_A_PAGE,
    }
