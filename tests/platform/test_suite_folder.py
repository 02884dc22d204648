"""The suite keeps to a data folder of its own, from the first reading of the settings on."""

from __future__ import annotations

import os
from pathlib import Path

from thidua.config import settings

ROOT = Path(__file__).resolve().parents[2]


def test_the_settings_were_read_on_the_folder_of_the_suite() -> None:
    folder = Path(os.environ["THIDUA_DATA"]).resolve()

    assert folder == settings.THIDUA_DATA
    assert folder != ROOT / "var"
