"""No acknowledged write is lost at kill -9, and a retry changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS, SEED = 100, 2026


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.skipif(not hasattr(os, "fork"), reason="máy này không có fork")
def test_a_hundred_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.crash", str(tmp_path), str(KILLS), str(SEED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    tally = json.loads(done.stdout.splitlines()[-1])

    assert tally["faults"] == []
    assert tally["kills"] == KILLS
    assert tally["under_way"] == tally["kept"] + tally["absent"]
    # the test would prove nothing if the kills fell between requests, or nothing were adopted
    assert tally["under_way"] > KILLS // 2
    assert tally["acknowledged"] > KILLS
    assert tally["adoptions"] > 10
