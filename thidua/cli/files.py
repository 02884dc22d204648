"""Mở tệp nêu trên dòng lệnh, báo lỗi bằng lời."""

from __future__ import annotations

import sys
from pathlib import Path

from thidua.scalefile.load import file_error
from thidua.scalefile.problem import FileError, Lang, Words
from thidua.scalefile.text import MAX_BYTES

SHOWN_PROBLEMS = 50


def read_file(name: str) -> bytes:
    """The bytes of a file, one more than may be read at most; raises `FileError`."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        words = Words(
            "Không có tệp này. Kiểm tra lại tên và thư mục.",
            "There is no such file. Check its name and folder.",
        )
        raise file_error("no_file", words, name=name) from error
    except OSError as error:
        words = Words(
            "Không mở được tệp này. Kiểm tra đó là một tệp và bạn có quyền đọc.",
            "The file cannot be opened. Check that it is a file and that you may read it.",
        )
        raise file_error("not_readable", words, name=name) from error


def report_problems(error: FileError, *, lang: Lang) -> None:
    """Print what is wrong with a file to the error stream, the first fifty at most."""
    sentences = error.sentences(lang)
    lines = sentences[:SHOWN_PROBLEMS]
    left = len(sentences) - len(lines)
    if left:
        more = f"Còn {left} lỗi nữa." if lang == "vi" else f"{left} more problems."
        lines.append(more)
    sys.stderr.write("\n".join([*lines, ""]))
