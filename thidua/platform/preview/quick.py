"""Ask the process of its own about a file, with little time and few at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import thidua

PATIENCE = 25.0  # seconds for one answer
AT_ONCE = 2  # processes of this kind beside one web process
OK, UNREADABLE, LOCKED, TOO_MUCH, NO_SUCH_PAGE = 0, 3, 4, 5, 6
MOST_ANSWER = 16 * 1024 * 1024
_turn = threading.BoundedSemaphore(AT_ONCE)

WORDS = {
    LOCKED: "Tệp có mật khẩu nên không xem nhanh được. Tải tệp về rồi mở bằng mật khẩu.",
    TOO_MUCH: "Tệp quá nặng để xem nhanh. Tải tệp về để xem.",
    NO_SUCH_PAGE: "Tệp không có trang này.",
}
NOT_SHOWN = "Không xem nhanh được tệp này. Tải tệp về để xem."
BUSY = "Máy chủ đang mở nhiều tệp cùng lúc. Chờ một lát rồi tải lại trang."


class NotShown(Exception):
    """A file that cannot be shown; the message is the sentence for the person."""

    def __init__(self, words: str, *, code: int = UNREADABLE) -> None:
        super().__init__(words)
        self.words, self.code = words, code


def page_count(path: Path) -> int:
    """How many pages a PDF has. Raises ``NotShown``; its ``code`` is LOCKED for a password."""
    return int(_told("count", path)["pages"])


def page_picture(path: Path, *, page: int, width: int) -> bytes:
    """A page of a PDF, counted from 1, as a PNG. Raises ``NotShown``."""
    return _asked("page", path, page, width)


def page_letters(path: Path, *, page: int) -> str:
    """The text of a page of a PDF; empty for a scan. Raises ``NotShown``."""
    return str(_told("letters", path, page)["text"])


def word(path: Path) -> dict[str, Any]:
    """A Word file as blocks (see ``word.read_word``). Raises ``NotShown``."""
    return _told("word", path)


def excel(path: Path) -> dict[str, Any]:
    """An Excel file as sheets (see ``excel.read_excel``). Raises ``NotShown``."""
    return _told("excel", path)


def _told(deed: str, path: Path, *numbers: int) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(_asked(deed, path, *numbers))
    return answer


def _asked(deed: str, path: Path, *numbers: int) -> bytes:
    if not _turn.acquire(timeout=PATIENCE):
        raise NotShown(BUSY)
    try:
        done = subprocess.run(  # noqa: S603  # our own module, a path of our own, numbers
            [sys.executable, "-m", f"{__package__}.child", deed, str(path), *map(str, numbers)],
            env=_surroundings(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotShown(WORDS[TOO_MUCH], code=TOO_MUCH) from None
    except OSError as problem:  # no memory for one more process
        raise NotShown(BUSY) from problem
    finally:
        _turn.release()
    if done.returncode != OK or len(done.stdout) > MOST_ANSWER:
        code = TOO_MUCH if done.returncode < 0 else done.returncode
        raise NotShown(WORDS.get(code, NOT_SHOWN), code=code)
    return done.stdout


def _surroundings() -> dict[str, str]:
    """What the process may know: where Python and this package are, nothing of the installation."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": str(Path(thidua.__file__).parents[1]), "PYTHONUTF8": "1"}
