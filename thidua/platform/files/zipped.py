"""Office files are zip archives: looked into without unpacking, refused when they hide things."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import IO

from thidua.platform.archive import BROKEN
from thidua.platform.files import refusal
from thidua.platform.files.refusal import FileRefused

MOST_ENTRIES = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 100  # unpacked to packed, once there is enough to matter
RATIO_FROM = 20 * 1024 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_ENCRYPTED_FLAG = 0x1
_MACRO = re.compile(r"(?i)(^|/)(vbaproject\.bin|vbadata\.xml)$|^(Basic|Scripts)/|(^|/)macrosheets/")
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\\|\x00")
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OFFICE_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
_ODF_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """A file to look into: pieces by place and length."""

    stream: IO[bytes]
    size: int

    def at(self, start: int, length: int) -> bytes:
        """That many bytes from there; fewer at the end of the file."""
        self.stream.seek(start)
        return self.stream.read(length)


def zipped_kind(file: Reader) -> str:
    """The key of the kind of an office file: docx, xlsx, odt or ods. Raises ``FileRefused``."""
    if not ends_as_zip(file):
        raise FileRefused(refusal.MIXED if _END in _tail(file) else refusal.UNREADABLE)
    try:
        with zipfile.ZipFile(file.stream) as archive:
            _check_entries(archive.infolist(), file.size)
            return _kind(archive)
    except BROKEN:
        raise FileRefused(refusal.UNREADABLE) from None


def ends_as_zip(file: Reader) -> bool:
    """Whether the file ends exactly where a zip archive says that it ends."""
    tail = _tail(file)
    place = tail.rfind(_END)
    while place >= 0:
        end = tail[place : place + _END_SIZE]
        comment = int.from_bytes(end[20:22], "little")
        if len(end) == _END_SIZE and place + _END_SIZE + comment == len(tail):
            return True
        place = tail.rfind(_END, 0, place)
    return False


def _tail(file: Reader) -> bytes:
    length = min(file.size, _END_SIZE + _LONGEST_COMMENT)
    return file.at(file.size - length, length)


def _check_entries(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Sizes as the archive states them, places of the parts, names, passwords, programs."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or packed > size:
        raise FileRefused(refusal.BOMB)
    if unpacked > RATIO_FROM and unpacked > MOST_RATIO * size:
        raise FileRefused(refusal.BOMB)
    if not entries or min(entry.header_offset for entry in entries) != 0:
        raise FileRefused(refusal.MIXED)
    if any(entry.compress_type not in _PACKINGS for entry in entries):
        raise FileRefused(refusal.UNREADABLE)
    names = [entry.filename for entry in entries]
    if any(_OUTSIDE.search(name) for name in names) or len(set(names)) < len(names):
        raise FileRefused(refusal.UNREADABLE)
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise FileRefused(refusal.LOCKED)
    if any(_MACRO.search(name) for name in names):
        raise FileRefused(refusal.MACRO)


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        return _office_kind(_beginning(archive, "[Content_Types].xml"))
    if "mimetype" in names and "META-INF/manifest.xml" in names:
        found = _ODF_TYPES.get(_beginning(archive, "mimetype").strip())
        if found:
            return found
        raise FileRefused(refusal.UNREADABLE)
    raise FileRefused(refusal.ARCHIVE)


def _office_kind(types: bytes) -> str:
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise FileRefused(refusal.MACRO)
    for part, kind in _OFFICE_PARTS.items():
        if part in types:
            return kind
    raise FileRefused(refusal.UNREADABLE)


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first megabyte of a part; nothing more is ever unpacked."""
    with archive.open(name) as part:
        return part.read(1024 * 1024)
