"""Judges a file by what is in it, never by its name alone (ASVS 5.2.2).

A file is taken when its content is one of the kinds below, is whole, hides nothing behind or
beside it, and its name has the extension of that kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from thidua.platform.files import refusal
from thidua.platform.files.naming import extension_of
from thidua.platform.files.pictures import check_jpeg, check_png, check_tiff
from thidua.platform.files.refusal import FileRefused, wrong_extension
from thidua.platform.files.zipped import Reader, ends_as_zip, zipped_kind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
_ACTIVE_PDF = (b"/JavaScript", b"/Launch")
_ACTIVE_MARKUP = (b"<script", b"<?php", b"<html", b"<svg")
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken: its media type, its words, its extensions."""

    media_type: str
    words: str
    extensions: tuple[str, ...]


PDF = Kind("application/pdf", "PDF", (".pdf",))
PNG = Kind("image/png", "ảnh PNG", (".png",))
JPEG = Kind("image/jpeg", "ảnh JPEG", (".jpg", ".jpeg"))
TIFF = Kind("image/tiff", "ảnh TIFF", (".tif", ".tiff"))
TEXT = Kind("text/plain", "chữ thường", (".txt",))
YAML = Kind("application/yaml", "YAML", (".yaml", ".yml"))
JSON = Kind("application/json", "JSON", (".json",))
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
ZIPPED = {
    "docx": Kind(f"{_OFFICE}.wordprocessingml.document", "Word", (".docx",)),
    "xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", "Excel", (".xlsx",)),
    "odt": Kind(f"{_ODF}.text", "OpenDocument", (".odt",)),
    "ods": Kind(f"{_ODF}.spreadsheet", "bảng OpenDocument", (".ods",)),
}
_TEXTS = (TEXT, YAML, JSON)


def judge(stream: IO[bytes], *, size: int, name: str) -> Kind:
    """The kind of the file. ``name`` is the safe name, ``size`` the number of bytes.

    Raises ``FileRefused`` with the sentence for the person. Reads the stream from its start and
    leaves it anywhere.
    """
    if size < 1:
        raise FileRefused(refusal.EMPTY)
    kind = _content_kind(Reader(stream, size), extension_of(name))
    extension = extension_of(name)
    if not extension:
        raise FileRefused(refusal.NO_EXTENSION)
    if extension not in kind.extensions:
        raise wrong_extension(extension, kind.words)
    return kind


def _content_kind(file: Reader, extension: str) -> Kind:
    head = file.at(0, 16)
    if b"%PDF-" in file.at(1, 1024):  # readers open it as a PDF wherever it begins in here
        raise FileRefused(refusal.MIXED)
    if head.startswith(b"PK\x03\x04"):
        return ZIPPED[zipped_kind(file)]
    if head.startswith(OLE):
        raise FileRefused(refusal.LOCKED if _contains(file, (_ENCRYPTED,)) else refusal.OLD_OFFICE)
    if head.startswith(_PROGRAMS):
        raise FileRefused(refusal.PROGRAM)
    if head.startswith((*_ARCHIVES, b"PK")):
        raise FileRefused(refusal.ARCHIVE)
    if head.startswith(b"%PDF-"):
        return _pdf(file)
    for signs, kind, check in _PICTURES:
        if head.startswith(signs):
            return _picture(file, kind, check)
    return _text(file, extension)


def _pdf(file: Reader) -> Kind:
    """A PDF ends in its own end mark, carries no second file and nothing that runs by itself."""
    if ends_as_zip(file):
        raise FileRefused(refusal.MIXED)
    _, mark, rest = file.at(max(file.size - 2048, 0), 2048).rpartition(b"%%EOF")
    if not mark:
        raise FileRefused(refusal.UNREADABLE)
    if rest.strip(b"\r\n\t \x00"):
        raise FileRefused(refusal.MIXED)
    if _contains(file, _ACTIVE_PDF):
        raise FileRefused(refusal.MACRO)
    return PDF


def _picture(file: Reader, kind: Kind, check: Callable[[Reader], None]) -> Kind:
    check(file)
    if ends_as_zip(file) or _contains(file, _ACTIVE_MARKUP):
        raise FileRefused(refusal.MIXED)
    return kind


def _text(file: Reader, extension: str) -> Kind:
    """Text in UTF-8 without control signs; the extension says which of the three texts it is."""
    data = file.at(0, file.size)
    if b"\x00" in data[:4096]:
        raise FileRefused(refusal.UNREADABLE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        known = extension in {end for kind in _TEXTS for end in kind.extensions}
        raise FileRefused(refusal.NOT_UTF8 if known else refusal.UNREADABLE) from None
    if text.lstrip().startswith("<") or any(
        mark.decode() in text.lower() for mark in _ACTIVE_MARKUP
    ):
        raise FileRefused(refusal.MARKUP)
    if any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text) or text.startswith("{\\rtf"):
        raise FileRefused(refusal.UNREADABLE)
    kind = next((kind for kind in _TEXTS if extension in kind.extensions), TEXT)
    if kind is JSON:
        _check_json(text)
    return kind


def _check_json(text: str) -> None:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        raise FileRefused(refusal.BAD_JSON) from None


def _contains(file: Reader, marks: tuple[bytes, ...]) -> bool:
    """Whether any of the marks stands anywhere in the file, in small or capital letters."""
    wanted = [mark.lower() for mark in marks]
    overlap = max(map(len, wanted)) - 1
    return any(
        mark in piece
        for start in range(0, file.size, _PIECE)
        for piece in [file.at(start, _PIECE + overlap).lower()]
        for mark in wanted
    )


_PICTURES: tuple[tuple[tuple[bytes, ...], Kind, Callable[[Reader], None]], ...] = (
    ((b"\x89PNG\r\n\x1a\n",), PNG, check_png),
    ((b"\xff\xd8\xff",), JPEG, check_jpeg),
    ((b"II*\x00", b"MM\x00*"), TIFF, check_tiff),
)
