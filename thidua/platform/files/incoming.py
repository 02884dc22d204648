"""Files that arrive in pieces, so that a broken line goes on where it stopped.

A part lies in files/incoming under a name made from its owner and its key: whoever asks with
another person's key finds nothing. It is no stored file yet; ``services.store`` judges it when it
is whole.
Parts and drafts that nobody came back for are taken away after a day (``clean``, by the worker).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from thidua.platform.files import refusal
from thidua.platform.files.refusal import FileRefused, too_large
from thidua.platform.files.services import room

MOST_PIECE = 1024 * 1024  # bytes of one piece
MOST_PARTS = 20  # unfinished at once of one owner
DAY = 24 * 3600  # seconds until an unfinished part is given up
_END = ".part"


class OutOfOrder(Exception):
    """A piece that does not continue what was received; `received` says where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(f"{received} bytes were received")
        self.received = received


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What lies in the folder of arriving files: how many, how many bytes, the oldest's age."""

    count: int
    size: int
    age: float


def received(owner: str, key: str) -> int:
    """How many bytes of this part have arrived; 0 when there is none."""
    path = _path(owner, key)
    return path.stat().st_size if path.is_file() else 0


def append(owner: str, key: str, *, offset: int, total: int, piece: bytes) -> int:
    """Add the piece that begins at `offset` to a file of `total` bytes; answers what has arrived.

    A piece that is there already is passed over, so a piece sent twice does no harm. Raises
    ``OutOfOrder``, or ``FileRefused``: empty, too large, more than announced, disk full. When the
    disk is full the part is as long as before.
    """
    _judge(offset, total, piece)
    path = _path(owner, key)
    have = received(owner, key)
    if offset > have:
        raise OutOfOrder(have)
    if offset + len(piece) <= have:
        return have
    if offset == 0:
        _make_room_for(owner)
    with room():
        _write(path, piece, offset)
    return offset + len(piece)


@contextmanager
def whole(owner: str, key: str) -> Iterator[IO[bytes]]:
    """The part for reading; it is gone when the block ends without a fault of the machine.

    A refused file is gone too. After a fault (a full disk, a database that is away) it stays, and
    the last piece may be sent again.
    """
    path = _path(owner, key)
    try:
        with path.open("rb") as stream:
            yield stream
    except FileRefused as refused:
        if refused.words != refusal.NO_ROOM:
            path.unlink(missing_ok=True)
        raise
    path.unlink(missing_ok=True)


def discard(owner: str, key: str) -> None:
    """Give a part up."""
    _path(owner, key).unlink(missing_ok=True)


def unfinished() -> Unfinished:
    """What lies in the folder now."""
    found = [status for _, status in _held()]
    oldest = min((status.st_mtime for status in found), default=_disk_clock())
    size = sum(status.st_size for status in found)
    return Unfinished(len(found), size, max(0.0, _disk_clock() - oldest))


def clean(*, older_than: float = DAY) -> int:
    """Take away what nobody has added to for so many seconds; answers how many files."""
    gone = 0
    for path, status in _held():
        if _disk_clock() - status.st_mtime > older_than:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _judge(offset: int, total: int, piece: bytes) -> None:
    if total < 1:
        raise FileRefused(refusal.EMPTY)
    if total > settings.THIDUA_UPLOAD_LIMIT:
        raise too_large(settings.THIDUA_UPLOAD_LIMIT)
    if not piece or len(piece) > MOST_PIECE or offset < 0 or offset + len(piece) > total:
        raise FileRefused(refusal.WRONG_PIECE)


def _write(path: Path, piece: bytes, offset: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with os.fdopen(handle, "r+b") as part:
            part.seek(offset)
            part.write(piece)
    except OSError:
        os.truncate(path, offset)
        raise


def _make_room_for(owner: str) -> None:
    """Beyond the number one owner may leave unfinished, the oldest gives way."""
    own = [(path, status) for path, status in _held() if path.name.startswith(_mark(owner))]
    for path, _ in sorted(own, key=lambda one: one[1].st_mtime)[
        : max(0, len(own) - MOST_PARTS + 1)
    ]:
        path.unlink(missing_ok=True)


def _held() -> Iterator[tuple[Path, os.stat_result]]:
    folder = _folder()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            status = path.stat()
        except FileNotFoundError:  # finished meanwhile
            continue
        if path.is_file():
            yield path, status


def _disk_clock() -> float:
    """The clock by which the disk dates files; a day fixed for a demo does not move it."""
    return time.time()


def _folder() -> Path:
    return Path(settings.THIDUA_DATA) / "files" / "incoming"


def _path(owner: str, key: str) -> Path:
    name = hashlib.sha256(f"{owner}\n{key}".encode()).hexdigest()[:32]
    return _folder() / f"{_mark(owner)}{name}{_END}"


def _mark(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()[:16] + "-"
