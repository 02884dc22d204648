"""Run every benchmark under bench/ one after another (``make bench``).

Not the anchor of another product, which installs that product first: ``bench.pretalx_anchor``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BY_ITSELF = {"pretalx_anchor"}


def main() -> int:
    """0 when every benchmark ran to its end."""
    found = {file.stem for file in (ROOT / "bench").glob("*.py") if not file.stem.startswith("_")}
    names = sorted(found - BY_ITSELF)
    failed = 0
    for name in names:
        print(f"== bench.{name}", flush=True)
        failed |= subprocess.run(
            [sys.executable, "-m", f"bench.{name}"], cwd=ROOT, check=False
        ).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
