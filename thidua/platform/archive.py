"""Tệp nén: what Python's reader of ZIP archives raises for files that people send."""

from __future__ import annotations

import zipfile
import zlib

# damaged, cut, of an unknown packing (NotImplementedError is the reader's, for those) or encrypted
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
