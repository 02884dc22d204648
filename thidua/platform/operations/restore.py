"""Bring a backup back to an empty place and prove it whole, or leave the place as it was."""

from __future__ import annotations

import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from thidua.platform.ledger.models import Event
from thidua.platform.ledger.verify import verify_all
from thidua.platform.operations import database
from thidua.platform.operations.backup import MANIFEST, Manifest, files_root, sha256_of, stored

_STORED_NAME = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}", re.ASCII)


def restore(source: Path) -> Manifest:
    """Restore into an empty database and data folder; raises OperationError if it is not whole.

    Checked: fingerprints of every part, database engine, every chain of the ledger and its head.
    When a check fails, database and folder are as empty as before.
    """
    if not source.is_file():
        raise database.OperationError(f"Không thấy tệp sao lưu {source}.")
    _require_empty_place()
    data = Path(settings.THIDUA_DATA)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data, prefix="restoring-") as folder:
        manifest = _unpack(source, Path(folder))
        _check_parts(manifest, Path(folder))
        with _files_put(manifest, Path(folder)), database.filled(Path(folder) / manifest.database):
            _bring_up_to_date()
            _check_ledger(manifest)
    return manifest


def _require_empty_place() -> None:
    database.require_empty()
    if next(stored(), None) is not None:
        words = f"Thư mục {files_root()} đã có tệp. Chỉ phục hồi vào thư mục dữ liệu trống."
        raise database.OperationError(words)


def _unpack(source: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(source) as tar:
            _take_files(tar, folder)
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return _manifest(found)
    except (tarfile.TarError, OSError, ValueError, TypeError) as problem:
        raise database.OperationError(
            f"{source} không phải tệp sao lưu của phần mềm này, hoặc đã hỏng."
        ) from problem


def _take_files(tar: tarfile.TarFile, folder: Path) -> None:
    """Unpack plain files inside the folder and nothing else.

    By hand, because the filter of ``extractall`` is missing in the first releases of Python 3.11.
    """
    for entry in tar:
        target = (folder / entry.name).resolve()
        if not entry.isfile() or not target.is_relative_to(folder.resolve()):
            raise ValueError(f"{entry.name} does not belong into a backup")
        content = tar.extractfile(entry)
        if content is None:
            raise ValueError(f"{entry.name} has no content")
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("wb") as kept:
            shutil.copyfileobj(content, kept)


def _manifest(found: object) -> Manifest:
    """The manifest as written by ``back_up``; raises ValueError for anything else."""
    shapes = {"files": dict, "heads": dict}
    names = [field.name for field in fields(Manifest)]
    if not isinstance(found, dict) or set(found) != set(names):
        raise ValueError("not a manifest")
    if any(not isinstance(found[name], shapes.get(name, str)) for name in names):
        raise ValueError("not a manifest")
    # Names become paths, so a name that is not one of ours is refused, not cleaned.
    if not all(_STORED_NAME.fullmatch(name) for name in found["files"]):
        raise ValueError("not a stored file")
    if Path(found["database"]).name != found["database"]:
        raise ValueError("not a database name")
    if not all(isinstance(head, list) and len(head) == 2 for head in found["heads"].values()):
        raise ValueError("not a head of a chain")
    return Manifest(**found)


def _check_parts(manifest: Manifest, folder: Path) -> None:
    if manifest.engine != connection.vendor:
        raise database.OperationError(
            f"Bản sao lưu là của {manifest.engine}, cơ sở dữ liệu đang đặt là {connection.vendor}."
        )
    wanted = {manifest.database: manifest.database_sha256}
    wanted |= {f"files/{name}": name.rpartition("/")[2] for name in manifest.files}
    for name, digest in wanted.items():
        if not (folder / name).is_file() or sha256_of(folder / name) != digest:
            raise database.OperationError(f"Phần {name} của bản sao lưu thiếu hoặc đã hỏng.")


@contextmanager
def _files_put(manifest: Manifest, folder: Path) -> Iterator[None]:
    """The files in their place; taken out again when the block fails."""
    put: list[Path] = []
    try:
        for name in manifest.files:
            target = files_root() / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / "files" / name).replace(target)
            put.append(target)
            _sync(target)
        yield
    except BaseException:
        for target in put:
            target.unlink(missing_ok=True)
        raise


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _bring_up_to_date() -> None:
    """Apply newer migrations; a backup of a newer version is refused."""
    loader = MigrationLoader(connection)
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    if unknown:
        raise database.OperationError(
            "Bản sao lưu là của phiên bản mới hơn. Cài phiên bản đó rồi phục hồi."
        )
    call_command("migrate", verbosity=0)


def _check_ledger(manifest: Manifest) -> None:
    try:
        faults = verify_all()
        missing = [name for name, head in manifest.heads.items() if not _reaches(name, head)]
    except Error as problem:
        raise database.OperationError(f"Không đọc được sổ cái: {problem}") from problem
    if faults:
        first = faults[0]
        raise database.OperationError(
            f"Sổ cái không khớp. Chuỗi {first.chain}, sự kiện {first.seq}: {first.words}"
        )
    if missing:
        raise database.OperationError(
            f"Sổ cái sau phục hồi ngắn hơn bản kê trong bản sao lưu: chuỗi {missing[0]}."
        )


def _reaches(chain: str, head: list[int | str]) -> bool:
    seq, digest = head
    return Event.objects.filter(chain=chain, seq=seq, hash=digest).exists()
