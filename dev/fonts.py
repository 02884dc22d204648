"""Fetch the fonts of screens and documents where npm can; otherwise the system's fonts are used.

Optional and never fatal: the exit code is 0 either way. Standard library only, no root. The second
run finds everything in place and returns at once. Screens use Be Vietnam Pro and Inter
(<data>/fonts), documents Tinos (<data>/fonts/tinos), all under the SIL Open Font License.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RECIPE = ROOT / "dev" / "fonts"
DATA = Path(os.environ.get("THIDUA_DATA") or ROOT / "var").resolve()
TARGET = DATA / "fonts"
PACKAGES = DATA / "font-packages"
STAMP = PACKAGES / "ready"
PATIENCE = 120  # seconds for npm

SCREEN = "node_modules/@fontsource/be-vietnam-pro"
FIGURES = "node_modules/@fontsource-variable/inter"
PAPER = "node_modules/@expo-google-fonts/tinos"


def wanted() -> dict[str, str]:
    """Where each file comes from inside the packages, by its name in the target folder."""
    files = {
        f"be-vietnam-pro-{subset}-{weight}-normal.woff2": f"{SCREEN}/files"
        for subset in ("latin", "vietnamese")
        for weight in (400, 500, 600)
    }
    files |= {f"inter-{s}-wght-normal.woff2": f"{FIGURES}/files" for s in ("latin", "vietnamese")}
    found = {name: f"{folder}/{name}" for name, folder in files.items()}
    for style in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"):
        found[f"tinos/Tinos_{style}.ttf"] = f"{PAPER}/{style}/Tinos_{style}.ttf"
    found["be-vietnam-pro-license.txt"] = f"{SCREEN}/LICENSE"
    found["inter-license.txt"] = f"{FIGURES}/LICENSE"
    found["tinos/license.txt"] = f"{PAPER}/LICENSE_FONT"
    return found


def fingerprint() -> str:
    """What the result depends on: the lock file and the style sheet."""
    digest = hashlib.sha256((RECIPE / "package-lock.json").read_bytes())
    digest.update((RECIPE / "fonts.css").read_bytes())
    return digest.hexdigest()


def is_ready() -> bool:
    """Whether an earlier run left everything in place."""
    complete = all((TARGET / name).is_file() for name in (*wanted(), "fonts.css"))
    return complete and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint()


def install() -> str:
    """Let npm bring the packages; answers why it could not, or nothing."""
    npm = shutil.which("npm")
    if npm is None:
        return "máy này không có npm"
    PACKAGES.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(RECIPE / name, PACKAGES / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    try:
        subprocess.run(command, cwd=PACKAGES, check=True, capture_output=True, timeout=PATIENCE)
    except (OSError, subprocess.SubprocessError):
        return "npm không tải được gói"
    return ""


def copy() -> None:
    """Put the needed files beside the style sheet; the sheet comes last, it announces the fonts."""
    for name, source in wanted().items():
        (TARGET / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGES / source, TARGET / name)
    shutil.copy(RECIPE / "fonts.css", TARGET / "fonts.css")
    shutil.rmtree(PACKAGES / "node_modules", ignore_errors=True)
    STAMP.write_text(fingerprint(), encoding="utf-8")


def main() -> int:
    """Bring the fonts, or say in one line that the system's fonts are used."""
    if is_ready():
        return 0
    trouble = install()
    if not trouble:
        try:
            copy()
        except OSError as problem:
            trouble = f"không chép được tệp ({problem.strerror})"
    if trouble and not (TARGET / "fonts.css").is_file():
        print(f"Dùng phông chữ của hệ thống: {trouble}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
