"""The process that opens a stranger's file: ``python -m thidua.platform.preview.child DEED PATH``.

Started by ``quick.py``, never imported by it. No Django, no settings, no database. Answers on
standard output; the exit code says what became of it (see ``CODES`` there).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

MEMORY = 1536 * 1024 * 1024  # bytes of address space
SECONDS = 20  # of processor time
OK, UNREADABLE, LOCKED, TOO_MUCH = 0, 3, 4, 5


def main(arguments: list[str]) -> int:
    """Do the one deed that was asked for."""
    _limit()
    deed, path, *rest = arguments
    numbers = [int(one) for one in rest]
    try:
        answer = _deeds()[deed](Path(path), *numbers)
    except MemoryError:
        return TOO_MUCH
    if isinstance(answer, int):
        return answer
    content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    sys.stdout.buffer.write(content)
    return OK


def _limit() -> None:
    if os.name == "posix":  # elsewhere only the clock of the parent limits it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _deeds() -> dict[str, Any]:
    from thidua.platform.preview import pages

    return {
        "count": pages.count,
        "page": pages.picture,
        "letters": pages.letters,
        "word": _word,
        "excel": _excel,
    }


def _word(path: Path) -> object:
    from thidua.platform.preview.word import read_word

    return read_word(path)


def _excel(path: Path) -> object:
    from thidua.platform.preview.excel import read_excel

    return read_excel(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
