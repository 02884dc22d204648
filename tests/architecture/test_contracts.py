"""The arrows of the house hold, and the contracts bite: a planted violation is reported."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / "lint-imports"

PLANTED = [
    ("thidua/year/bloc/queries.py", "from thidua.year.scoring import models as later"),
    ("thidua/core/points.py", "import django"),
    ("thidua/year/bloc/models.py", "from thidua.year.bloc import services"),
    ("thidua/platform/clock.py", "from thidua.registry import models"),
    ("thidua/scalefile/__init__.py", "import django"),
    ("thidua/year/scoring/queries.py", "import xlsxwriter"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "static", "templates", "migrations")
    shutil.copytree(ROOT / "thidua", tmp_path / "thidua", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("file", "line"), PLANTED)
def test_a_planted_violation_is_reported(copy: Path, file: str, line: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")

    done = lint(copy)

    assert done.returncode == 1
    assert "BROKEN" in done.stdout


def test_a_stage_that_nobody_placed_is_reported(copy: Path) -> None:
    (copy / "thidua/year/newcomer").mkdir()
    (copy / "thidua/year/newcomer/__init__.py").write_text('"""A stage without a place."""\n')

    assert lint(copy).returncode == 1
