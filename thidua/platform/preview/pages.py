"""Pages of a PDF: how many, one as a picture, the letters on one. Runs in the process of its own.

A page is drawn here and not by the browser's viewer: telephones have none inside a page, and the
strict content policy needs no exception.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2

from thidua.platform.preview.picture import to_png

LOCKED, UNREADABLE, NO_SUCH_PAGE = 4, 3, 6
PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
MOST_PIXELS = 9_000_000
MOST_LETTERS = 20_000
NARROWEST, WIDEST = 200, 2400


def count(path: Path) -> object:
    """How many pages the file has, or an exit code: locked, unreadable."""
    document = _opened(path)
    return document if isinstance(document, int) else {"pages": len(document)}


def picture(path: Path, page: int, width: int) -> bytes | int:
    """That page, counted from 1, as a PNG of about that many pixels across."""
    document = _opened(path)
    if isinstance(document, int):
        return document
    if not 1 <= page <= len(document):
        return NO_SUCH_PAGE
    sheet = document[page - 1]
    across, down = sheet.get_size()
    if across <= 0 or down <= 0:
        return UNREADABLE
    scale = min(max(width, NARROWEST), WIDEST) / across
    scale = min(scale, (MOST_PIXELS / (across * down)) ** 0.5)
    bitmap = sheet.render(scale=scale, rev_byteorder=True)
    return to_png(bytes(bitmap.buffer), width=bitmap.width, height=bitmap.height,
                  stride=bitmap.stride)  # fmt: skip


def letters(path: Path, page: int) -> object:
    """The text on that page, as far as the file holds text and not only a picture of it."""
    document = _opened(path)
    if isinstance(document, int):
        return document
    if not 1 <= page <= len(document):
        return NO_SUCH_PAGE
    return {"text": document[page - 1].get_textpage().get_text_bounded()[:MOST_LETTERS]}


def _opened(path: Path) -> Any:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        return LOCKED if getattr(problem, "err_code", None) == PASSWORD_ERROR else UNREADABLE
