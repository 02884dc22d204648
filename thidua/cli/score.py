"""thidua score: chấm các phiếu theo một thang điểm, in kết quả result/1 (FORMAT appendix)."""

from __future__ import annotations

import argparse
import json
import sys

from thidua.cli.files import read_file, report_problems
from thidua.cli.parser import CommandParser
from thidua.core.lint import Item, forbidding, lint
from thidua.core.result import to_json
from thidua.core.score import score
from thidua.scalefile.load import LoadedScale, load_scale, load_sheets
from thidua.scalefile.problem import FileError, Lang, Problem

FILE_EXIT = 2


def configure(parser: CommandParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "scale",
        metavar=parser.say("THANG_ĐIỂM", "SCALE"),
        help=parser.say("Tệp thang điểm, YAML hoặc JSON.", "The scale file, YAML or JSON."),
    )
    parser.add_argument(
        "sheets",
        metavar=parser.say("PHIẾU_ĐIỂM", "SHEETS"),
        help=parser.say("Tệp phiếu điểm, YAML hoặc JSON.", "The sheet file, YAML or JSON."),
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help=parser.say("Kèm lời giải thích cho từng dòng điểm.", "Add the reason for every line."),
    )
    parser.add_language()


def run(options: argparse.Namespace) -> int:
    """Print the result; 0, or 2 when a file cannot be used (FORMAT section 8)."""
    lang: Lang = "en" if options.lang == "en" else "vi"
    try:
        loaded = load_scale(read_file(options.scale), name=options.scale)
        _refuse_unscorable(loaded, options.scale)
        found = load_sheets(read_file(options.sheets), name=options.sheets, scale=loaded.scale)
    except FileError as error:
        report_problems(error, lang=lang)
        return FILE_EXIT
    result = score(loaded.scale, found.sheets, explain=options.explain)
    plain = to_json(result, findings=options.explain)
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
    return 0


def _refuse_unscorable(loaded: LoadedScale, name: str) -> None:
    items = forbidding(lint(loaded.scale))
    if items:
        raise FileError([_problem(item, loaded) for item in items], name=name)


def _problem(item: Item, loaded: LoadedScale) -> Problem:
    mark = loaded.mark(item.path)
    return Problem(
        mark.line,
        mark.column,
        str(item.path[-1]),
        item.lint,
        item.sentence("vi"),
        item.sentence("en"),
    )
