"""Build the environment in .venv from the lock file; standard library only, safe to run twice.

The lock holds hashes and no addresses: packages come from whatever registry the machine's own
pip or uv is set to. uv does the work when it can be installed, plain pip otherwise.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements-dev.lock"
STAMP = VENV / "ready"
UV = "uv==0.13.8"


def fingerprint() -> str:
    """What the environment depends on: the lock, the project file and the interpreter."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for file in (LOCK, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def run(*command: str | Path, quiet: bool = False) -> int:
    """Run one step; its output is shown unless it is only a try."""
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, stderr=sink, check=False
    ).returncode


def install() -> int:
    """Install exactly what the lock names, then the project itself."""
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "-q")
    if run(*pip, "install", UV, quiet=True) == 0:
        uv = (PYTHON, "-m", "uv", "pip")
        # an agency's network often has a certificate of its own, known to the system only
        trust = ("--system-certs", "-q", "--python", PYTHON)
        common = ("--require-hashes", "--compile-bytecode", *trust)
        if run(*uv, "sync", *common, LOCK, quiet=True) == 0:
            return run(
                *uv,
                "install",
                "-q",
                "--python",
                PYTHON,
                "--no-deps",
                "--no-build-isolation",
                "-e",
                ".",
            )
    print("Không dùng được uv, cài bằng pip (chậm hơn, khoảng một phút).")
    return run(*pip, "install", "--require-hashes", "-r", LOCK) or run(
        *pip, "install", "--no-deps", "--no-build-isolation", "-e", "."
    )


def main() -> int:
    """Make the environment unless it is there already; 0 when it is ready."""
    if sys.version_info < (3, 11):  # noqa: UP036  # an older interpreter may be what runs this
        print(f"Cần Python 3.11 trở lên, máy này đang dùng {sys.version.split()[0]}.")
        return 1
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted and PYTHON.exists():
        return 0
    print("Đang dựng môi trường trong .venv, lần đầu mất khoảng nửa phút.")
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    failed = install()
    if failed:
        print("Chưa cài được các gói. Kiểm tra mạng tới kho gói Python rồi chạy lại lệnh vừa rồi.")
        return failed
    fonts = ROOT / "dev" / "fonts.py"
    if fonts.exists():
        run(PYTHON, fonts)
    STAMP.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
