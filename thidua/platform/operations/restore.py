"""Bring a backup back to an empty place and prove that it is whole."""

from __future__ import annotations

import json
import tarfile
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from thidua.platform.ledger.verify import verify_all
from thidua.platform.operations import database
from thidua.platform.operations.backup import MANIFEST, Manifest, files_root, heads, sha256_of


def restore(source: Path) -> Manifest:
    """Restore into an empty database and data folder; raises OperationError if it is not whole.

    Checked: fingerprints of every part, database engine, every chain of the ledger and its head.
    """
    if not source.is_file():
        raise database.OperationError(f"Không thấy tệp sao lưu {source}.")
    with tempfile.TemporaryDirectory() as folder:
        manifest = _unpack(source, Path(folder))
        _check_parts(manifest, Path(folder))
        database.load(Path(folder) / manifest.database)
        _put_files(manifest, Path(folder))
    call_command("migrate", verbosity=0)
    _check_ledger(manifest)
    return manifest


def _unpack(source: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (tarfile.TarError, OSError, ValueError, TypeError) as problem:
        raise database.OperationError(
            f"{source} không phải tệp sao lưu của phần mềm này, hoặc đã hỏng."
        ) from problem


def _check_parts(manifest: Manifest, folder: Path) -> None:
    if manifest.engine != connection.vendor:
        raise database.OperationError(
            f"Bản sao lưu là của {manifest.engine}, cơ sở dữ liệu đang đặt là {connection.vendor}."
        )
    wanted = {manifest.database: manifest.database_sha256}
    wanted |= {f"files/{name}": digest for name, digest in manifest.files.items()}
    for name, digest in wanted.items():
        if not (folder / name).is_file() or sha256_of(folder / name) != digest:
            raise database.OperationError(f"Phần {name} của bản sao lưu thiếu hoặc đã hỏng.")


def _put_files(manifest: Manifest, folder: Path) -> None:
    for name in manifest.files:
        target = files_root() / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.write_bytes((folder / "files" / name).read_bytes())


def _check_ledger(manifest: Manifest) -> None:
    faults = verify_all()
    if faults:
        raise database.OperationError(f"Sổ cái không khớp: {faults[0].words}")
    if heads() != manifest.heads:
        raise database.OperationError("Sổ cái sau phục hồi ngắn hơn bản kê trong bản sao lưu.")
