"""The quick view of a document: what it shows, and of a PDF which page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from thidua.platform.files import services as files
from thidua.platform.files.models import StoredFile
from thidua.platform.preview import quick

PDF = "application/pdf"
PICTURES = ("image/png", "image/jpeg")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXTS = ("text/plain", "application/yaml", "application/json")
MOST_LETTERS = 100_000
GONE = "Tệp này không còn trong kho. Báo người quản trị lấy lại từ bản sao lưu."
NO_VIEW = "Loại tệp này không xem nhanh được. Tải tệp về để xem."
_NUMBER = re.compile(r"[0-9]{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What is shown: `kind` is pdf, picture, word, excel, text or none; `words` why not more."""

    kind: str
    words: str = ""
    page: int = 1
    pages: int = 1
    text: str = ""
    blocks: Sequence[dict[str, Any]] = field(default_factory=tuple)
    sheets: Sequence[dict[str, Any]] = field(default_factory=tuple)
    is_cut: bool = False

    @property
    def before(self) -> int:
        """The page before; 0 on the first."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after; 0 on the last."""
        return self.page + 1 if self.page < self.pages else 0


def page_in(words: str) -> int:
    """The first page that a citation names ("trang 4-6" is 4); 1 when it names none."""
    found = _NUMBER.search(words)
    return max(1, int(found[0])) if found else 1


def preview_of(file: StoredFile, *, page: int = 1, with_letters: bool = False) -> Preview:
    """The quick view of a stored file, of a PDF at that page (the last one if it has fewer)."""
    if not files.path_of(file.sha256).is_file():
        return Preview(kind="none", words=GONE)
    try:
        if file.media_type == PDF:
            return _pdf(file, page, with_letters=with_letters)
        if file.media_type in PICTURES:
            return Preview(kind="picture")
        if file.media_type == WORD:
            told = quick.word(files.path_of(file.sha256))
            return Preview(kind="word", blocks=told["blocks"], is_cut=told["cut"])
        if file.media_type == EXCEL:
            told = quick.excel(files.path_of(file.sha256))
            cut = told["cut"] or any(sheet["cut"] for sheet in told["sheets"])
            return Preview(kind="excel", sheets=told["sheets"], is_cut=cut)
    except quick.NotShown as problem:
        return Preview(kind="none", words=problem.words)
    return _text(file) if file.media_type in TEXTS else Preview(kind="none", words=NO_VIEW)


def picture_of(file: StoredFile, *, page: int, width: int) -> bytes:
    """A page of a PDF as a PNG. Raises ``quick.NotShown``, ``FileNotFoundError``."""
    path = files.path_of(file.sha256)
    if not path.is_file():
        raise FileNotFoundError(GONE)
    return quick.page_picture(path, page=page, width=width)


def _pdf(file: StoredFile, page: int, *, with_letters: bool) -> Preview:
    path = files.path_of(file.sha256)
    pages = file.pages or quick.page_count(path)
    shown = min(max(page, 1), pages)
    text = quick.page_letters(path, page=shown) if with_letters else ""
    return Preview(kind="pdf", page=shown, pages=pages, text=text)


def _text(file: StoredFile) -> Preview:
    with files.open_stored(file) as stream:
        content = stream.read(4 * MOST_LETTERS).decode("utf-8-sig", errors="ignore")
    return Preview(kind="text", text=content[:MOST_LETTERS], is_cut=len(content) > MOST_LETTERS)
