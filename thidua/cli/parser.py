"""Đọc dòng lệnh: argparse that speaks Vietnamese, or English with `--lang en`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn

USAGE_EXIT = 2
_SENTENCES = (
    (r"the following arguments are required: (.+)", "Lệnh còn thiếu: {0}."),
    (r"unrecognized arguments: (.+)", "Lệnh không có tùy chọn này: {0}."),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)", "{0} không nhận {1}."),
    (r"argument (\S+): expected one argument", "Sau {0} phải có một giá trị."),
    (r"argument (\S+): expected at least one argument", "Sau {0} phải có ít nhất một giá trị."),
    (r"argument (\S+): invalid \S+ value: '?(.*?)'?", "{0} không nhận giá trị {1}."),
    (r"argument (\S+): ignored explicit argument '?(.*?)'?", "{0} không đi kèm giá trị {1}."),
    (r"argument (\S+): not allowed with argument (\S+)", "Không dùng {0} cùng với {1}."),
    (r"one of the arguments (.+) is required", "Phải có một trong các tùy chọn: {0}."),
)


class Help(argparse.HelpFormatter):
    """Help with a Vietnamese heading."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Head the usage line in Vietnamese unless the caller has a heading."""
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class CommandParser(argparse.ArgumentParser):
    """A parser without abbreviations; help and mistakes in Vietnamese."""

    def __init__(self, prog: str, description: str, *, lang: str = "vi") -> None:
        super().__init__(
            prog=prog,
            description=description,
            formatter_class=Help if lang == "vi" else argparse.HelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.lang = lang
        self._positionals.title = self.say("Tham số", "arguments")
        self._optionals.title = self.say("Tùy chọn", "options")
        self.add_argument(
            "-h", "--help", action="help", help=self.say("Hiện hướng dẫn này.", "Show this help.")
        )

    def say(self, vi: str, en: str) -> str:
        """The text in the language of the call."""
        return en if self.lang == "en" else vi

    def add_language(self) -> None:
        """Offer `--lang`."""
        self.add_argument(
            "--lang",
            choices=("vi", "en"),
            default="vi",
            help=self.say("Ngôn ngữ của lời báo: vi hoặc en.", "Language of messages: vi or en."),
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and end with the exit code of wrong usage."""
        hint = self.say("Xem cách dùng:", "See")
        said = message if self.lang == "en" else in_vietnamese(message)
        sys.stderr.write(f"{said}\n{hint} {self.prog} --help\n")
        raise SystemExit(USAGE_EXIT)


def in_vietnamese(message: str) -> str:
    """What argparse complains about, as a Vietnamese sentence."""
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message)
        if found:
            return sentence.format(*found.groups())
    return "Lệnh viết chưa đúng."


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for, known before anything else is read."""
    joined = " ".join(arguments)
    return "en" if re.search(r"(?:^|\s)--lang(?:=|\s+)en(?:\s|$)", joined) else "vi"
