"""Looks at a spreadsheet file before the reader does: size, password, cells that are far away.

The reader makes a full rectangle from the first to the last cell in memory; one cell in the last
row and column of a sheet would ask for 17 billion.
"""

from __future__ import annotations

import io
import re
import zipfile

from thidua.platform.archive import BROKEN
from thidua.platform.workbook import errors
from thidua.platform.workbook.errors import WorkbookError

MOST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS = 100_000
MOST_CELLS = 3_000_000
MOST_LETTERS = 400_000_000  # longest shared text times number of cells
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES = (b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
_OTHER_SPREADSHEETS = {"mimetype", "content.xml", "xl/workbook.bin"}
# One tag of well-formed XML. Possessive, so that a hostile part takes no longer than its length.
_TAG = re.compile(rb"""<[^\s>"'<]+(?:[^>"'<]|"[^"<]*"|'[^'<]*')*+>""")
_ROW_OR_CELL = re.compile(rb"<(?:[^\s/>:<]+:)?(row|c)(?=[\s/>])([^<]*?)>")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,8})["']""")
_SHARED_END = re.compile(rb"</(?:[A-Za-z0-9]+:)?si\s*>")


def check(data: bytes) -> None:
    """Pass a file that may be read. Raises ``WorkbookError``."""
    if data.startswith(_OLE):
        raise WorkbookError(errors.LOCKED if _ENCRYPTED in data else errors.OLD_SPREADSHEET)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive)
    except BROKEN:
        raise WorkbookError(errors.NOT_A_SPREADSHEET) from None


def _check_archive(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise WorkbookError(errors.TOO_MUCH_DATA)
    if any(entry.compress_type not in _PACKINGS for entry in entries):
        raise WorkbookError(errors.NOT_A_SPREADSHEET)
    names = {entry.filename for entry in entries}
    types = _part(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if not any(kind in types for kind in _TYPES) or names & _OTHER_SPREADSHEETS:
        raise WorkbookError(errors.NOT_A_SPREADSHEET)
    cells = longest = 0
    for name in sorted(names):
        if name.lower().endswith(".xml"):
            part = _part(archive, name)
            cells += _check_part(part)
            longest = max(longest, _longest_shared(part))
    if cells * longest > MOST_LETTERS:
        raise WorkbookError(errors.TOO_MUCH_DATA)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The part, as far as the archive says it goes and never beyond the limit."""
    with archive.open(name) as part:
        content = part.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise WorkbookError(errors.TOO_MUCH_DATA)
    return content


def _check_part(part: bytes) -> int:
    """The number of cells in a part; refuses what a spreadsheet program never writes."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part:
        raise WorkbookError(errors.NOT_A_SPREADSHEET)
    if b"sheetData" not in part:
        return 0
    tags = sum(1 for _ in _TAG.finditer(part))
    if tags != part.count(b"<") or b"<!" in part or part.count(b"<?") > 1:
        raise WorkbookError(errors.NOT_A_SPREADSHEET)
    rows, columns, cells = _extent(part)
    if rows > MOST_ROWS:
        raise WorkbookError(errors.TOO_MANY_ROWS)
    if rows * columns > MOST_CELLS:
        raise WorkbookError(errors.TOO_WIDE)
    return cells


def _extent(part: bytes) -> tuple[int, int, int]:
    """Last row, last column, number of cells; a row or cell without a place follows the last."""
    row = column = rows = columns = cells = 0
    for found in _ROW_OR_CELL.finditer(part):
        place = _PLACE.search(found[2])
        if found[1] == b"row":
            row = int(place[2]) if place else row + 1
            column = 0
        else:
            row = max(row, int(place[2])) if place else row
            column = _column(place[1]) if place else column + 1
            cells += 1
        rows, columns = max(rows, row), max(columns, column)
    return rows, columns, cells


def _longest_shared(part: bytes) -> int:
    """At least as long as the longest text that many cells may share."""
    ends = _SHARED_END.split(part)
    return max(map(len, ends)) if len(ends) > 1 else 0


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
