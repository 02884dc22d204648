"""Every check of the project, in order, with what could not run named at the end.

``make test`` calls this. Each step prints one line with its seconds; the full output of a step is
shown when it fails. Steps go on after a failure, so that one run tells everything.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dev import browser, postgres  # noqa: E402  # the project root must be on the path first

PYTHON = sys.executable
BIN = Path(sys.executable).parent
SECOND_STEPS = "500"  # of the desk machine: SQLite has walked its 5,000 already
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error|errors)\b")


@dataclass
class Tally:
    """What ran, what failed, what could not run and why."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    broken: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)

    def add_pytest(self, output: str) -> None:
        """Add the figures of pytest's closing line."""
        lines = [line for line in output.splitlines() if COUNT.search(line)]
        for number, word in COUNT.findall(lines[-1] if lines else ""):
            if word == "passed":
                self.passed += int(number)
            elif word == "skipped":
                self.skipped += int(number)
            else:
                self.failed += int(number)


def step(tally: Tally, name: str, *command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run one command; keep quiet when it passes."""
    started = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    seconds = time.monotonic() - started
    output = done.stdout + done.stderr
    if "pytest" in command:
        tally.add_pytest(output)
        skips = [line for line in output.splitlines() if line.startswith("SKIPPED")]
        print("\n".join(skips), flush=True) if skips else None
    if done.returncode:
        tally.broken.append(name)
        print(output, flush=True)
    print(f"{'HỎNG' if done.returncode else 'đạt '}  {name}  {seconds:.1f} giây", flush=True)


def pytest(*arguments: str) -> tuple[str, ...]:
    """The command line of one pytest run."""
    return (PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


def static(tally: Tally) -> None:
    """Format, lint, types, import contracts, migrations."""
    step(tally, "định dạng", BIN / "ruff", "format", "--check", "-q", ".")
    step(tally, "lỗi thường gặp", BIN / "ruff", "check", "-q", ".")
    step(tally, "kiểu", BIN / "mypy", "thidua", "bench", "dev")
    step(tally, "hướng phụ thuộc", BIN / "lint-imports")
    step(tally, "bản di trú", PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")


def databases(tally: Tally) -> None:
    """The same suite on SQLite and on PostgreSQL."""
    without = ("-m", "not browser", "-n", "2", "--dist", "loadfile")
    step(tally, "bộ kiểm trên SQLite", *pytest(*without))
    try:
        with postgres.server() as address:
            env = {"THIDUA_DATABASE": address, "THIDUA_STEPS": SECOND_STEPS}
            beyond_core = ("--ignore=tests/core", "--ignore=tests/scalefile", "--ignore=tests/cli")
            again = ("-m", "not browser and not once", *without[2:])
            step(tally, "bộ kiểm trên PostgreSQL", *pytest(*again, *beyond_core), env=env)
    except RuntimeError as problem:
        tally.not_run.append(f"bộ kiểm trên PostgreSQL: {problem}")


def in_browser(tally: Tally) -> None:
    """Stories and pages in Chromium."""
    found = browser.find_or_install()
    if found.path is None:
        tally.not_run.append(f"kiểm trong trình duyệt: {found.why}")
        return
    both = ("-m", "browser", "-n", "2", "--dist", "loadfile")
    step(tally, "trong trình duyệt", *pytest(*both), env={"THIDUA_CHROMIUM": found.path})


def report(tally: Tally) -> int:
    """The closing lines; 0 only when everything that could run passed."""
    for name in tally.not_run:
        print(f"Không chạy được: {name}")
    for name in tally.broken:
        print(f"Hỏng: {name}")
    failed = max(tally.failed, len(tally.broken))
    print(f"{tally.passed} passed, {failed} failed, {tally.skipped} skipped")
    return 1 if tally.broken or not tally.passed else 0


def main() -> int:
    """Run every check; the exit code is 0 when nothing failed."""
    tally = Tally()
    static(tally)
    databases(tally)
    in_browser(tally)
    return report(tally)


if __name__ == "__main__":
    sys.exit(main())
