"""Files as people and attackers send them, made here byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from tests.platform.documents.samples import pact
from thidua.platform.documents.pdf import to_pdf
from thidua.platform.documents.word import to_word
from thidua.platform.files import refusal

CONTENT_TYPES = "[Content_Types].xml"
WORD_TYPES = (
    '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
EXCEL_TYPES = WORD_TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet")
MACRO_TYPES = WORD_TYPES.replace(
    "openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled"
)


def zipped(parts: Mapping[str, bytes | str], *, level: int = 9) -> bytes:
    """A zip archive with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name)  # dated 1980, so that the same parts are the same bytes
            archive.writestr(part, content, zipfile.ZIP_DEFLATED, level)
    return made.getvalue()


def docx(extra: Mapping[str, bytes | str] | None = None, types: str = WORD_TYPES) -> bytes:
    """A small Word file with further parts."""
    return zipped({CONTENT_TYPES: types, "word/document.xml": "<w/>", **(extra or {})})


def odt(extra: Mapping[str, bytes | str] | None = None, kind: str = "text") -> bytes:
    """A small OpenDocument file."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "META-INF/manifest.xml": "<m/>", **(extra or {})})


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 2, height: int = 2, text: bytes = b"") -> bytes:
    """A PNG that says it is that large."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\x00\x01\x02" * 2))
    note = chunk(b"tEXt", b"k\x00" + text) if text else b""
    return b"\x89PNG\r\n\x1a\n" + header + note + body + chunk(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2, tail: bytes = b"") -> bytes:
    """A JPEG as far as its frame, which says it is that large."""
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x7f"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + frame
        + scan
        + (b"\xff\xd9" + tail)
    )


def tiff(width: int = 2, height: int = 2) -> bytes:
    """A TIFF directory that says the picture is that large."""
    entries = [(256, 4, 1, width), (257, 4, 1, height)]
    packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\x00" + struct.pack("<IH", 8, len(entries)) + packed + struct.pack("<I", 0)


def pdf(body: bytes = b"", tail: bytes = b"") -> bytes:
    """A PDF in outline."""
    return b"%PDF-1.7\n1 0 obj<<>>endobj\n" + body + b"\nstartxref\n0\n%%EOF\n" + tail


def encrypted_zip() -> bytes:
    """A Word file whose parts say that they are locked with a password."""
    data = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def overlapping_zip() -> bytes:
    """An archive whose parts claim more packed bytes than the file has."""
    data = bytearray(docx({"word/a.bin": b"x" * 100}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 20 : at + 24] = struct.pack("<I", 2_000_000_000)
    return bytes(data)


def ole(stream: str) -> bytes:
    """An old Office container that names a stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + stream.encode("utf-16-le")


# name, content, the sentence the person reads (None: wrong extension, tested apart)
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.pdf", b"", refusal.EMPTY),
    "program": ("a.pdf", b"MZ\x90\x00" + b"\x00" * 200, refusal.PROGRAM),
    "program under its own name": ("cai-dat.exe", b"MZ\x90\x00" + b"\x00" * 90, refusal.PROGRAM),
    "linux program": ("a.docx", b"\x7fELF" + b"\x00" * 200, refusal.PROGRAM),
    "shell script": ("a.txt", b"#!/bin/sh\nrm -rf /\n", refusal.PROGRAM),
    "java class": ("a.pdf", b"\xca\xfe\xba\xbe\x00\x00", refusal.PROGRAM),
    "rar": ("a.docx", b"Rar!\x1a\x07\x00" + b"\x00" * 50, refusal.ARCHIVE),
    "gzip": ("a.pdf", b"\x1f\x8b\x08" + b"\x00" * 50, refusal.ARCHIVE),
    "seven zip": ("a.xlsx", b"7z\xbc\xaf\x27\x1c" + b"\x00" * 50, refusal.ARCHIVE),
    "plain zip": ("a.docx", zipped({"a.txt": "x"}), refusal.ARCHIVE),
    "java archive": ("a.docx", zipped({"META-INF/MANIFEST.MF": "x"}), refusal.ARCHIVE),
    "empty zip": ("a.docx", b"PK\x05\x06" + b"\x00" * 18, refusal.ARCHIVE),
    "macro by its part": ("a.docx", docx({"word/vbaProject.bin": b"x"}), refusal.MACRO),
    "macro by its type": ("a.docx", docx(types=MACRO_TYPES), refusal.MACRO),
    "old excel macro sheet": (
        "a.xlsx",
        docx({"xl/macrosheets/s.xml": "x"}, EXCEL_TYPES),
        refusal.MACRO,
    ),
    "opendocument macro": ("a.odt", odt({"Basic/script.xml": "x"}), refusal.MACRO),
    "pdf with script": ("a.pdf", pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), refusal.MACRO),
    "pdf that starts a program": ("a.pdf", pdf(b"<</S/Launch/F(cmd.exe)>>"), refusal.MACRO),
    "locked office file": ("a.docx", ole("EncryptedPackage"), refusal.LOCKED),
    "locked zip": ("a.docx", encrypted_zip(), refusal.LOCKED),
    "old word": ("a.doc", ole("WordDocument"), refusal.OLD_OFFICE),
    "zip bomb": ("a.xlsx", docx({"xl/b.xml": b"0" * 60_000_000}, EXCEL_TYPES), refusal.BOMB),
    "zip of too many parts": (
        "a.docx",
        docx({f"word/{number}": "" for number in range(5_001)}),
        refusal.BOMB,
    ),
    "zip of overlapping parts": ("a.docx", overlapping_zip(), refusal.BOMB),
    "path out of the folder": ("a.docx", docx({"../../etc/passwd": "x"}), refusal.UNREADABLE),
    "absolute path": ("a.docx", docx({"/etc/passwd": "x"}), refusal.UNREADABLE),
    "broken zip": ("a.docx", docx()[:-30], refusal.UNREADABLE),
    "presentation": (
        "a.pptx",
        docx(types=WORD_TYPES.replace("wordprocessingml.document", "presentationml.slides")),
        refusal.UNREADABLE,
    ),
    "program before a zip": ("a.docx", b"\x00\x00junk" + docx(), refusal.UNREADABLE),
    "something after a zip": ("a.docx", docx() + b"<script>", refusal.MIXED),
    "pdf inside a zip": (
        "a.docx",
        b"PK\x03\x04%PDF-1.7" + docx()[4:],
        refusal.MIXED,
    ),
    "zip behind a pdf": ("a.pdf", pdf() + docx(), refusal.MIXED),
    "zip behind a pdf with an end mark": (
        "a.pdf",
        pdf() + zipped({"a.txt": b"x"})[:-2] + b"\x06\x00%%EOF\n",
        refusal.MIXED,
    ),
    "script behind a pdf": ("a.pdf", pdf(tail=b"<script>alert(1)</script>"), refusal.MIXED),
    "cut pdf": ("a.pdf", b"%PDF-1.7\n1 0 obj", refusal.UNREADABLE),
    "svg": ("a.svg", b"<svg onload='alert(1)'/>", refusal.MARKUP),
    "svg as a text": ("a.txt", b"\xef\xbb\xbf <svg onload='alert(1)'/>", refusal.MARKUP),
    "page": ("a.html", b"<!doctype html><script>1</script>", refusal.MARKUP),
    "page as a text": ("a.txt", b"xin chao <script>alert(1)</script>", refusal.MARKUP),
    "xml bomb": ("a.yaml", b"<?xml version='1.0'?><!DOCTYPE l []>", refusal.MARKUP),
    "pdf inside a text": ("a.txt", b"xin chao\n%PDF-1.4\n", refusal.MIXED),
    "pixel flood png": ("a.png", png(100_000, 100_000), refusal.PIXELS),
    "pixel flood jpeg": ("a.jpg", jpeg(65_000, 65_000), refusal.PIXELS),
    "pixel flood tiff": ("a.tif", tiff(100_000, 100_000), refusal.PIXELS),
    "picture of no size": ("a.png", png(0, 5), refusal.UNREADABLE),
    "cut png": ("a.png", png()[:-6], refusal.UNREADABLE),
    "cut jpeg": ("a.jpg", b"\xff\xd8\xff\xe0", refusal.UNREADABLE),
    "script behind a png": ("a.png", png() + b"<script>", refusal.MIXED),
    "script inside a png": ("a.png", png(text=b"<SCRIPT>alert(1)"), refusal.MIXED),
    "zip behind a jpeg": ("a.jpg", jpeg(tail=docx()), refusal.MIXED),
    "php inside a jpeg": ("a.jpg", jpeg(tail=b"<?php system(1);"), refusal.MIXED),
    "binary as a text": ("a.txt", b"abc\x00\x01\x02", refusal.UNREADABLE),
    "control signs in a text": ("a.txt", b"abc\x1b[2J", refusal.UNREADABLE),
    "text in an old code page": ("a.txt", "Thừa Thiên".encode("utf-16"), refusal.UNREADABLE),
    "text of one byte letters": ("a.txt", b"Th\xe0nh ph\xf4", refusal.NOT_UTF8),
    "broken json": ("a.json", b'{"a": ', refusal.BAD_JSON),
    "deep json": ("a.json", b"[" * 200_000, refusal.BAD_JSON),
    "rich text": ("a.txt", b"{\\rtf1 abc}", refusal.UNREADABLE),
    "no extension": ("bien-ban", pdf(), refusal.NO_EXTENSION),
    "hidden direction": ("bien\u202efdp.exe", b"MZ" + b"\x00" * 60, refusal.PROGRAM),
}

GOOD: dict[str, tuple[str, bytes, str]] = {
    "our pdf": ("Giao ước.pdf", to_pdf(pact()), "application/pdf"),
    "our word": (
        "Giao ước.docx",
        to_word(pact()),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "excel": (
        "a.XLSX",
        docx(types=EXCEL_TYPES),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "odt": ("a.odt", odt(), "application/vnd.oasis.opendocument.text"),
    "ods": ("a.ods", odt(kind="spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    "png": ("a.png", png(), "image/png"),
    "jpeg": ("a.jpeg", jpeg(), "image/jpeg"),
    "jpeg with a camera's tail": ("a.jpg", jpeg(tail=b"SEFT\x00\x01"), "image/jpeg"),
    "tiff": ("a.tif", tiff(), "image/tiff"),
    "text": ("a.txt", "Thừa Thiên Huế\n".encode(), "text/plain"),
    "yaml": ("thang-diem.yaml", "title: Thang điểm\n".encode(), "application/yaml"),
    "json": ("a.json", b'{"a": 1}', "application/json"),
    "pdf written in two steps": ("a.pdf", pdf() + b"2 0 obj\n%%EOF\n", "application/pdf"),
}
