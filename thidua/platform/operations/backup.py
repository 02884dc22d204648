"""One file that holds everything: database, stored files, and a manifest to check them against.

Layout of the tar file: ``manifest.json``, ``database.…``, ``files/…`` as in the data folder.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, models

from thidua import __version__
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.platform.operations import database

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: fingerprints of every part and the head of every chain."""

    version: str
    made_at: str
    engine: str
    database: str
    database_sha256: str
    files: dict[str, str]
    heads: dict[str, list[int | str]]


def back_up(target: Path) -> Manifest:
    """Write a backup to ``target``; an existing file is never overwritten."""
    if target.exists():
        raise database.OperationError(f"Đã có tệp {target}. Chọn tên khác để không mất bản cũ.")
    database.require_filled()
    try:
        return _written(target)
    except OSError as problem:
        words = f"Không ghi được {target}: {problem.strerror}. Xem quyền ghi và chỗ trống trên đĩa."
        raise database.OperationError(words) from problem


def _written(target: Path) -> Manifest:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / database.dump_name()
        # Heads first: what is decided while the database is copied only makes chains longer.
        before = heads()
        database.dump(copy)
        manifest = _manifest(copy, before)
        draft = Path(folder) / "backup.tar"
        _pack(draft, copy, manifest)
        database.put_in_place(draft, target)
    return manifest


def _manifest(copy: Path, before: dict[str, list[int | str]]) -> Manifest:
    # Files are only ever added, so those listed after the database was copied include all it cites.
    return Manifest(
        version=__version__,
        made_at=clock.now().isoformat(timespec="seconds"),
        engine=connection.vendor,
        database=copy.name,
        database_sha256=sha256_of(copy),
        files={path.relative_to(files_root()).as_posix(): sha256_of(path) for path in stored()},
        heads=before,
    )


def heads() -> dict[str, list[int | str]]:
    """The last sequence number and hash of every chain."""
    newest = Event.objects.filter(chain=models.OuterRef("chain")).order_by("-seq")
    last = Event.objects.filter(seq=models.Subquery(newest.values("seq")[:1])).order_by("chain")
    return {event.chain: [event.seq, event.hash] for event in last.only("chain", "seq", "hash")}


def files_root() -> Path:
    """The folder of stored files."""
    return Path(settings.THIDUA_DATA) / "files"


def stored() -> Iterator[Path]:
    """Every stored file, in a fixed order; unfinished uploads are left out."""
    root = files_root()
    if root.is_dir():
        yield from sorted(p for p in root.rglob("*") if p.is_file() and len(p.name) == 64)


def sha256_of(path: Path) -> str:
    """Fingerprint of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _pack(draft: Path, copy: Path, manifest: Manifest) -> None:
    with tarfile.open(draft, "w") as tar:
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
        tar.add(copy, copy.name)
        for name in manifest.files:
            tar.add(files_root() / name, f"files/{name}")
    with draft.open("rb") as stream:
        os.fsync(stream.fileno())
