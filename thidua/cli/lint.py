"""thidua lint: soát một thang điểm (FORMAT section 9)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from thidua.cli.files import read_file, report_problems
from thidua.cli.parser import CommandParser
from thidua.core.lint import Item, lint
from thidua.scalefile.load import LoadedScale, load_scale
from thidua.scalefile.problem import FileError, Lang

FILE_EXIT = 2
_LEVELS = {"error": "lỗi", "warning": "cảnh báo", "notice": "lưu ý"}


def configure(parser: CommandParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "scale",
        metavar=parser.say("THANG_ĐIỂM", "SCALE"),
        help=parser.say("Tệp thang điểm, YAML hoặc JSON.", "The scale file, YAML or JSON."),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help=parser.say(
            "In danh sách {level, lint, code} cho chương trình khác đọc.",
            "Print the list of {level, lint, code} for programs.",
        ),
    )
    parser.add_language()


def run(options: argparse.Namespace) -> int:
    """Print the findings; 0, 1 when one is an error, 2 when the file cannot be used."""
    lang: Lang = "en" if options.lang == "en" else "vi"
    try:
        loaded = load_scale(read_file(options.scale), name=options.scale)
    except FileError as error:
        report_problems(error, lang=lang)
        return FILE_EXIT
    items = lint(loaded.scale)
    text = as_json(items) if options.json else as_lines(items, loaded, options.scale, lang)
    sys.stdout.write(text)
    return 1 if any(item.level == "error" for item in items) else 0


def as_json(items: Sequence[Item]) -> str:
    """The findings as programs read them."""
    plain = [{"level": item.level, "lint": item.lint, "code": item.code} for item in items]
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def as_lines(items: Sequence[Item], loaded: LoadedScale, name: str, lang: Lang) -> str:
    """The findings as people read them: file, line, level, sentence; at the end how many."""
    lines = [
        f"{name}:{loaded.mark(item.path).line}: "
        f"{_LEVELS[item.level] if lang == 'vi' else item.level}: {item.sentence(lang)}"
        for item in items
    ]
    return "\n".join([*lines, _summary(items, lang), ""])


def _summary(items: Sequence[Item], lang: Lang) -> str:
    counts = {level: sum(item.level == level for item in items) for level in _LEVELS}
    if not items:
        return "Không thấy chỗ nào cần sửa." if lang == "vi" else "Nothing to correct."
    if lang == "en":
        return ", ".join(f"{number} {level}(s)" for level, number in counts.items()) + "."
    return ", ".join(f"{number} {_LEVELS[level]}" for level, number in counts.items()) + "."
