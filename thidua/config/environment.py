"""Read settings from the environment; a secret may come from a file named by NAME_FILE."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE points to, or the default."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    """A whole number from the environment."""
    return int(text(name, str(default)))


def switch(name: str) -> bool:
    """True when NAME is 1, true, yes or on."""
    return text(name).lower() in {"1", "true", "yes", "on"}


def names(name: str, default: str) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret_key(folder: Path) -> str:
    """The installation's secret: from the environment, else made once in the data folder."""
    given = text("THIDUA_SECRET_KEY")
    if given:
        return given
    file = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        draft = folder / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        try:
            os.link(draft, file)  # never overwrites: of two processes starting at once, one wins
        except FileExistsError:
            pass
        except OSError:  # a file system without hard links
            draft.replace(file)
        draft.unlink(missing_ok=True)
    return file.read_text(encoding="utf-8")
