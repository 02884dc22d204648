"""thidua draw: bốc lại thăm từ tệp đã tải về, để ai cũng kiểm tra được kết quả."""

from __future__ import annotations

import argparse
import json
import sys

from thidua.cli.files import read_file, report_problems
from thidua.cli.parser import CommandParser
from thidua.core.drawing import Drawn, Unsettled, draw
from thidua.scalefile.drawing import DrawFile, load_draw
from thidua.scalefile.problem import FileError, Lang

FILE_EXIT = 2


def configure(parser: CommandParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "file",
        metavar=parser.say("TỆP_BỐC_THĂM", "DRAW"),
        help=parser.say(
            "Tệp điều kiện bốc thăm tải từ trang phân công, JSON.",
            "The draw file downloaded from the page, JSON.",
        ),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help=parser.say("In kết quả cho chương trình khác đọc.", "Print the result for programs."),
    )
    parser.add_language()


def run(options: argparse.Namespace) -> int:
    """Print the pairs; 0, 1 when there are none or the file claims others, 2 for a bad file."""
    lang: Lang = "en" if options.lang == "en" else "vi"
    try:
        file = load_draw(read_file(options.file), name=options.file)
    except FileError as error:
        report_problems(error, lang=lang)
        return FILE_EXIT
    try:
        drawn = draw(file.conditions, file.own_seed)
    except Unsettled:
        drawn = None
    agrees = drawn is not None and _agrees(file, drawn)
    text = _as_json(file, drawn, agrees=agrees) if options.json else _as_lines(file, drawn, lang)
    sys.stdout.write(text)
    return 0 if agrees else 1


def _agrees(file: DrawFile, drawn: Drawn) -> bool:
    """Whether what the file claims, if anything, is what follows."""
    same_seed = file.seed in ("", file.own_seed)
    return same_seed and (not file.pairs or file.pairs == drawn.pairs)


def _as_json(file: DrawFile, drawn: Drawn | None, *, agrees: bool) -> str:
    pairs = drawn.pairs if drawn else ()
    plain = {
        "seed": file.own_seed,
        "attempt": drawn.attempt if drawn else None,
        "pairs": [{"unit": unit, "checker": checker} for unit, checker in pairs],
        "agrees": agrees,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _as_lines(file: DrawFile, drawn: Drawn | None, lang: Lang) -> str:
    vi = lang == "vi"
    lines = [f"{'Hạt giống' if vi else 'Seed'}: {file.own_seed}"]
    if drawn is None:
        lines.append("Không có cách phân công nào." if vi else "No assignment exists.")
        return "\n".join([*lines, ""])
    lines.append(_attempt(drawn, lang))
    said = "{1} thẩm định {0}" if vi else "{1} checks {0}"
    lines += [said.format(unit, checker) for unit, checker in drawn.pairs]
    return "\n".join([*lines, *_comparison(file, drawn, lang), ""])


def _attempt(drawn: Drawn, lang: Lang) -> str:
    if drawn.attempt is None:
        return "Tìm theo thứ tự của hạt giống." if lang == "vi" else "Found by the search."
    return f"{'Lần xếp' if lang == 'vi' else 'Attempt'}: {drawn.attempt}"


def _comparison(file: DrawFile, drawn: Drawn, lang: Lang) -> list[str]:
    vi = lang == "vi"
    if file.seed not in ("", file.own_seed):
        return [
            "Hạt giống ghi trong tệp khác hạt giống tính ra từ dấu và các chữ số."
            if vi
            else "The seed in the file is not the one that follows from root and digits."
        ]
    if not file.pairs:
        return []
    if file.pairs == drawn.pairs:
        return ["Khớp với kết quả ghi trong tệp." if vi else "Agrees with the file."]
    return ["Khác với kết quả ghi trong tệp." if vi else "The file states other pairs."]
