"""The PDF renderer: typst, PDF/A-2b, tagged, and the same bytes for the same document and font."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from thidua.platform.documents.fonts import Font, chosen_font
from thidua.platform.documents.model import Document
from thidua.platform.documents.pdf_data import data_of

TEMPLATE = Path(__file__).parent / "templates" / "document.typ"
Standard = Literal["a-2b"] | None


class RenderError(Exception):
    """The document could not be printed: the template or the font is at fault, not the user."""


def to_pdf(document: Document, *, font: Font | None = None) -> bytes:
    """The document as a PDF file.

    ``font`` is what ``chosen_font`` found; by default it is asked here. The file follows PDF/A-2b
    unless a text holds a sign the font has not got (an emoji): then it is an ordinary tagged PDF,
    as PDF/A forbids a missing sign. Raises ``RenderError`` on any warning of the typesetter.
    """
    face = font or chosen_font()
    data = json.dumps(data_of(document, family=face.family), ensure_ascii=True, sort_keys=True)
    moment = datetime.combine(document.dated, time(), UTC)
    try:
        return _compiled(data, face, int(moment.timestamp()), "a-2b")
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise RenderError(str(problem)) from problem
    return _compiled(data, face, int(moment.timestamp()), None)


def _compiled(data: str, font: Font, moment: int, standard: Standard) -> bytes:
    made, warnings = typst.compile_with_warnings(
        _template(),
        font_paths=font.faces,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=standard,
        timestamp=moment,
    )
    if warnings or not isinstance(made, bytes):
        raise RenderError("; ".join(str(warning.message) for warning in warnings))
    return made


@lru_cache(maxsize=1)
def _template() -> bytes:
    return TEMPLATE.read_bytes()
