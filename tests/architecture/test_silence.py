"""The project speaks of itself alone: no machine path, no registry address, no foreign host."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together from pieces, so that this file does not find itself.
FORBIDDEN = re.compile(
    "|".join(
        [
            "/wo" + "rk/",
            "/ro" + "ot/",
            "py" + r"pi\.org",
            "python" + r"hosted\.org",
            "npm" + r"js\.(org|com)",
            "deb\\.deb" + r"ian\.org",
        ]
    )
)


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("không có kho git: chỉ kiểm trong bản sao của kho")
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in tracked()
        for number, line in enumerate(file.read_text("utf-8", errors="ignore").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]

    assert found == []


def test_a_planted_address_is_found() -> None:
    assert FORBIDDEN.search("https://files.python" + "hosted.org/x.whl")
