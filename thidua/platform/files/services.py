"""Store a file once, open it again, and check that every stored file is still what it was."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from thidua.platform import clock
from thidua.platform.files.models import StoredFile
from thidua.platform.files.naming import safe_name
from thidua.platform.files.refusal import LOCKED, NO_ROOM, FileRefused, too_large
from thidua.platform.files.sniff import PDF, Kind, judge
from thidua.platform.preview import quick

_PIECE = 256 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Source(Protocol):
    """What bytes are read from: an uploaded file, an open file."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""

    def seek(self, offset: int, /) -> object:
        """Go to that place."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A stored file that is gone or is no longer what it was; ``words`` says which."""

    stored: StoredFile
    words: str


def store(upload: Source, *, name: str) -> StoredFile:
    """Keep the file and return its row; the same content twice is one file and one row.

    ``name`` is the name it came with. Raises ``FileRefused`` (a ``Refused``) when the file is too
    large, is not what its name says, is of a kind that is not taken, or a PDF that asks for a
    password, and when the disk is full; then nothing is kept.
    The bytes are on disk, synced, before the row is written.
    """
    own_name = safe_name(name)
    with room(), _received(upload) as (draft, sha256, size):
        with draft.open("rb") as stream:
            kind = judge(stream, size=size, name=own_name)
        pages = _pages(draft, kind)
        _put(draft, path_of(sha256), sha256)
    row, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size": size,
            "media_type": kind.media_type,
            "first_name": own_name,
            "stored_at": clock.now(),
            "pages": pages,
        },
    )
    return row


@contextmanager
def room() -> Iterator[None]:
    """Tell a full disk in words (``FileRefused``); what was written of the file is gone by then."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in _FULL:
            raise
        raise FileRefused(NO_ROOM) from problem


def _pages(draft: Path, kind: Kind) -> int | None:
    """The pages of a PDF; None for other kinds and for one that only some programs can open."""
    if kind is not PDF:
        return None
    try:
        return quick.page_count(draft)
    except quick.NotShown as problem:
        if problem.code == quick.LOCKED:
            raise FileRefused(LOCKED) from None
        return None


def open_stored(stored: StoredFile) -> IO[bytes]:
    """The file for reading. Raises ``FileNotFoundError`` when it is gone from the disk."""
    return path_of(stored.sha256).open("rb")


def path_of(sha256: str) -> Path:
    """Where a content lies in the data folder: files/ab/cd/abcd…"""
    return Path(settings.THIDUA_DATA) / "files" / sha256[:2] / sha256[2:4] / sha256


def verify_all() -> list[Damage]:
    """Every stored file that is missing or damaged, in the order stored; none when all are well."""
    found = ((row, _fault(row)) for row in StoredFile.objects.order_by("id").iterator())
    return [Damage(row, words) for row, words in found if words]


def _fault(row: StoredFile) -> str:
    path = path_of(row.sha256)
    if not path.is_file():
        return f"Thiếu tệp {row.first_name}. Lấy lại từ bản sao lưu."
    if not _is_whole(path, row.sha256):
        return f"Tệp {row.first_name} đã bị đổi. Lấy lại từ bản sao lưu."
    return ""


def _is_whole(path: Path, sha256: str) -> bool:
    """Whether the file is there with exactly that content."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == sha256


@contextmanager
def _received(upload: Source) -> Iterator[tuple[Path, str, int]]:
    """The upload in a draft on the same disk: path, fingerprint, size. Gone after the block."""
    folder = Path(settings.THIDUA_DATA) / "files" / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            sha256, size = _copied(upload, target)
            target.flush()
            os.fsync(target.fileno())
        yield draft, sha256, size
    finally:
        draft.unlink(missing_ok=True)


def _copied(upload: Source, target: IO[bytes]) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    upload.seek(0)
    while piece := upload.read(_PIECE):
        size += len(piece)
        if size > settings.THIDUA_UPLOAD_LIMIT:
            raise too_large(settings.THIDUA_UPLOAD_LIMIT)
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest(), size


def _put(draft: Path, place: Path, sha256: str) -> None:
    """Move the draft to its place in one step; a whole copy already there is left alone."""
    if _is_whole(place, sha256):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(place)
    if os.name == "posix":  # elsewhere a folder cannot be synced
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
