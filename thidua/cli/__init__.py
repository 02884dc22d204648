"""Dòng lệnh `thidua`: finds the sub-command, imports it and hands over."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from thidua.cli.parser import USAGE_EXIT, CommandParser, language_of
from thidua.cli.registry import COMMANDS

_HELP = ("-h", "--help", "help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run `thidua COMMAND …`; returns the exit code (0; 1 and 2 as the command says)."""
    _speak_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _dispatch(arguments)
    except BrokenPipeError:
        # The reader went away (`thidua score … | head`); Python must not write to it at exit again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else 0


def _dispatch(arguments: list[str]) -> int:
    lang = language_of(arguments)
    if not arguments or arguments[0] in _HELP or arguments == ["--lang", lang]:
        sys.stdout.write(overview(lang))
        return 0 if arguments else USAGE_EXIT
    name, *rest = arguments
    if name not in COMMANDS:
        sys.stderr.write(_unknown(name, lang))
        return USAGE_EXIT
    return _run(name, rest, lang)


def _run(name: str, rest: list[str], lang: str) -> int:
    from importlib import import_module

    command = COMMANDS[name]
    module = import_module(command.module)
    parser = CommandParser(f"thidua {name}", command.en if lang == "en" else command.vi, lang=lang)
    getattr(module, command.configure)(parser)
    code = getattr(module, command.run)(parser.parse_args(rest))
    sys.stdout.flush()
    return int(code)


def overview(lang: str = "vi") -> str:
    """The list of commands, for `thidua --help`."""
    width = max(map(len, COMMANDS))
    lines = [
        f"  {name:<{width}}  {command.en if lang == 'en' else command.vi}"
        for name, command in COMMANDS.items()
    ]
    head, tail = (
        ("Usage: thidua COMMAND …\n\nCommands:", "More on each: thidua COMMAND --help")
        if lang == "en"
        else ("Cách dùng: thidua LỆNH …\n\nCác lệnh:", "Xem từng lệnh: thidua LỆNH --help")
    )
    return "\n".join([head, *lines, "", tail, ""])


def _unknown(name: str, lang: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    if lang == "en":
        hint = f" Did you mean {near[0]}?" if near else ""
        return f'There is no command "{name}".{hint}\nSee thidua --help\n'
    hint = f" Có phải là {near[0]}?" if near else ""
    return f'Không có lệnh "{name}".{hint}\nXem cách dùng: thidua --help\n'


def _speak_utf8() -> None:
    """Consoles of Windows and bare pipes would otherwise not take Vietnamese letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
