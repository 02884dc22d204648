"""Danh mục lệnh: name of every sub-command, where its module is and what it does.

A module offers `configure(parser)` and `run(options) -> int`, or functions of other names that the
entry states; it is imported only when its command is called, so that `thidua --help` and
`thidua lint` need neither Django nor a database.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A sub-command: its module, one sentence on what it does, and its two functions."""

    module: str
    vi: str
    en: str
    configure: str = "configure"
    run: str = "run"


COMMANDS: dict[str, Command] = {
    "score": Command(
        "thidua.cli.score",
        "Chấm điểm các phiếu theo một thang điểm và in kết quả.",
        "Score sheets under a scale and print the result.",
    ),
    "lint": Command(
        "thidua.cli.lint",
        "Soát một thang điểm, nêu chỗ sai và chỗ cần xem lại.",
        "Check a scale and list what is wrong or doubtful.",
    ),
}
