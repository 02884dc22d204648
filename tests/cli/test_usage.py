"""The command line itself: Vietnamese help and mistakes, exit code 2, lazy commands, utf-8."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module

import pytest

from tests.cli.run import EXAMPLES, ROOT, thidua
from thidua.cli.parser import CommandParser, in_vietnamese, language_of
from thidua.cli.registry import COMMANDS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scoer",), 'Không có lệnh "scoer". Có phải là score?\nXem cách dùng: thidua --help\n'),
        (("xyz",), 'Không có lệnh "xyz".\nXem cách dùng: thidua --help\n'),
        (("lint",), "Lệnh còn thiếu: THANG_ĐIỂM.\nXem cách dùng: thidua lint --help\n"),
        (
            ("score", "a.yaml"),
            "Lệnh còn thiếu: PHIẾU_ĐIỂM.\nXem cách dùng: thidua score --help\n",
        ),
        (
            ("lint", "a", "--jsn"),
            "Lệnh không có tùy chọn này: --jsn.\nXem cách dùng: thidua lint --help\n",
        ),
        (
            ("lint", "a", "--lang", "fr"),
            "--lang không nhận fr.\nXem cách dùng: thidua lint --help\n",
        ),
        (
            ("lint", "a", "--lang"),
            "Sau --lang phải có một giá trị.\nXem cách dùng: thidua lint --help\n",
        ),
        (
            ("lint", "--lang", "en"),
            "the following arguments are required: SCALE\nSee thidua lint --help\n",
        ),
        (("xyz", "--lang=en"), 'There is no command "xyz".\nSee thidua --help\n'),
    ],
)
def test_wrong_usage_ends_with_two_and_says_how(arguments: tuple[str, ...], said: str) -> None:
    assert thidua(*arguments) == (2, "", said)


def test_help_is_vietnamese() -> None:
    ended = thidua("lint", "--help")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "Cách dùng: thidua lint [-h] [--json] [--lang {vi,en}] THANG_ĐIỂM\n"
        "\n"
        "Soát một thang điểm, nêu chỗ sai và chỗ cần xem lại.\n"
        "\n"
        "Tham số:\n"
        "  THANG_ĐIỂM      Tệp thang điểm, YAML hoặc JSON.\n"
        "\n"
        "Tùy chọn:\n"
        "  -h, --help      Hiện hướng dẫn này.\n"
        "  --json          In danh sách {level, lint, code} cho chương trình khác đọc.\n"
        "  --lang {vi,en}  Ngôn ngữ của lời báo: vi hoặc en.\n"
    )


def test_overview_lists_every_command() -> None:
    ended = thidua("--help")
    listed = [line.split()[0] for line in ended.out.splitlines() if line.startswith("  ")]
    assert (ended.code, listed) == (0, list(COMMANDS))


def test_call_without_command_shows_the_overview_and_ends_with_two() -> None:
    ended = thidua()
    assert (ended.code, ended.out) == (2, thidua("--help").out)


def test_vietnamese_is_printed_to_a_console_that_knows_none() -> None:
    ended = thidua("lint", "demo-moi-loai.yaml", cwd=EXAMPLES, encoding="cp437")
    assert ended.out.splitlines()[-1] == "0 lỗi, 1 cảnh báo, 4 lưu ý."


@pytest.mark.parametrize("name", COMMANDS)
def test_registry_leads_to_functions_that_are_there(name: str) -> None:
    command = COMMANDS[name]
    module = import_module(command.module)
    assert callable(getattr(module, command.configure))
    assert callable(getattr(module, command.run))


def test_lint_and_score_import_no_django_and_no_database() -> None:
    program = (
        "import sys, thidua.cli, thidua.cli.lint, thidua.cli.score\n"
        f"code = thidua.cli.main(['lint', {str(EXAMPLES / 'demo-moi-loai.yaml')!r}, '--json'])\n"
        "print(code, sorted({'django', 'sqlite3', 'psycopg'} & set(sys.modules)))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert ended.stdout.splitlines()[-1] == "0 []"


def test_every_complaint_of_argparse_has_its_vietnamese_sentence() -> None:
    parser = CommandParser("thidua thu", "Thử.")
    parser.add_argument("--cong", type=int)
    parser.add_argument("--ten", nargs="+")
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--mot", action="store_true")
    either.add_argument("--hai", action="store_true")
    said = [
        complaint(parser, *arguments)
        for arguments in (
            ("--cong", "x", "--mot"),
            ("--ten", "--mot"),
            ("--mot", "--hai"),
            ("--mot=3",),
            (),
        )
    ]
    assert said == [
        "--cong không nhận giá trị x.",
        "Sau --ten phải có ít nhất một giá trị.",
        "Không dùng --hai cùng với --mot.",
        "--mot không đi kèm giá trị 3.",
        "Phải có một trong các tùy chọn: --mot --hai.",
    ]


def complaint(parser: argparse.ArgumentParser, *arguments: str) -> str:
    lines: list[str] = []

    def note(message: str) -> None:
        lines.append(in_vietnamese(message))
        raise SystemExit(2)

    parser.error = note  # type: ignore[method-assign, assignment]  # listens to what it would say
    with pytest.raises(SystemExit):
        parser.parse_args(arguments)
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [(["--lang", "en"], "en"), (["a", "--lang=en"], "en"), (["--lang", "vi"], "vi"), ([], "vi")],
)
def test_language_is_known_before_the_rest_is_read(arguments: list[str], lang: str) -> None:
    assert language_of(arguments) == lang
