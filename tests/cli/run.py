"""Runs `thidua` as people do: a process of its own, no settings, no database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "thidua" / "scalefile" / "examples"


class Ended(NamedTuple):
    """Exit code and what was printed."""

    code: int
    out: str
    err: str


def thidua(*arguments: str, cwd: Path | None = None, encoding: str = "utf-8") -> Ended:
    """Run the command line; `encoding` is what the console claims to speak."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    ended = subprocess.run(
        [sys.executable, "-m", "thidua", *arguments],
        cwd=cwd or ROOT,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Ended(ended.returncode, ended.stdout.decode("utf-8"), ended.stderr.decode("utf-8"))
