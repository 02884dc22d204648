"""Has a workbook reckoned by a program that is not ours: LibreOffice, where it is installed.

The values that the file carries are taken out first, so that every figure that comes back was
really computed from the formulas.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_CACHED = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")
_STRING = re.compile(r'(<c [^>]*?) t="str"([^>]*><f>)')


def without_values(data: bytes) -> bytes:
    """The file with formulas whose results nobody has worked out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = _CACHED.sub(r"\1", part.decode())
                part = _STRING.sub(r"\1\2", text).encode()
            new.writestr(name, part)
    return target.getvalue()


def reckoned(folder: Path, files: dict[str, bytes]) -> dict[str, Any]:
    """The files after LibreOffice has opened, computed and saved them; skips where it is absent."""
    if OFFICE is None:
        pytest.skip("không có LibreOffice trên máy này: chỉ kiểm công thức và số đi kèm")
    source, target = folder / "in", folder / "out"
    source.mkdir(parents=True)
    for name, data in files.items():
        (source / f"{name}.xlsx").write_bytes(without_values(data))
    subprocess.run(
        [
            OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target),
            *(str(source / f"{name}.xlsx") for name in files),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {name: openpyxl.load_workbook(target / f"{name}.xlsx", data_only=True) for name in files}


def saved_by_office(folder: Path, data: bytes) -> bytes:
    """The file as LibreOffice saves it."""
    reckoned(folder, {"saved": data})
    return (folder / "out" / "saved.xlsx").read_bytes()


def differences(carried: Any, computed: Any, *, sheet: str) -> list[str]:
    """Cells whose computed value is not the one the file carries."""
    found = []
    for row in carried[sheet].iter_rows():
        for cell in row:
            one, other = cell.value, computed[sheet][cell.coordinate].value
            if isinstance(one, int | float) and isinstance(other, int | float):
                if abs(one - other) > 1e-9:
                    found.append(f"{cell.coordinate}: {one} / {other}")
            elif (one or None) != (other or None) and str(one) != str(other):
                found.append(f"{cell.coordinate}: {one!r} / {other!r}")
    return found
