"""Functions and files stay short enough to read: 60 lines a function, 40 in core, 500 a file."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("thidua", "bench", "dev", "tests")
FILE_CAP, FUNCTION_CAP, CORE_CAP = 500, 60, 40


def too_long(name: str, text: str) -> list[str]:
    """What breaks the caps in one file."""
    cap = CORE_CAP if name.startswith("thidua/core") else FUNCTION_CAP
    found = [f"{name}: {len(text.splitlines())} lines"] if text.count("\n") > FILE_CAP else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > cap:
                found.append(f"{name}:{node.lineno} {node.name}: {length} lines")
    return found


def sources() -> list[Path]:
    return [
        file
        for folder in FOLDERS
        for file in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in file.parts
    ]


def test_every_file_and_function_is_within_its_cap() -> None:
    found = [
        line
        for file in sources()
        for line in too_long(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_a_planted_long_function_is_found() -> None:
    body = "def long():\n" + "    x = 1\n" * 45

    assert too_long("thidua/core/x.py", body) == ["thidua/core/x.py:1 long: 46 lines"]
    assert too_long("thidua/web/x.py", body) == []
