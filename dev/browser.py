"""Find Chromium for the browser tests, or install Debian's package where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGES = ("chromium", "fonts-liberation2")


@dataclass(frozen=True)
class Found:
    """The browser's path, or the reason why there is none."""

    path: str | None
    why: str = ""


def find() -> str | None:
    """The browser named by THIDUA_CHROMIUM or found on the PATH."""
    given = os.environ.get("THIDUA_CHROMIUM")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


def find_or_install() -> Found:
    """Look for Chromium; as root on Debian install it (about half a minute, once)."""
    path = find()
    if path:
        return Found(path)
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return Found(None, "không có Chromium và không có quyền cài; đặt THIDUA_CHROMIUM nếu có")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ("update", "-q"),
        ("install", "-y", "-q", "--no-install-recommends", *PACKAGES),
    ):
        done = subprocess.run(
            ["apt-get", *command], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            return Found(None, f"apt-get không cài được Chromium: {done.stderr.strip()[-200:]}")
    return Found(find(), "apt-get đã chạy nhưng không thấy Chromium")
