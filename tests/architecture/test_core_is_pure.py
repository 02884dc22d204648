"""The core is pure: standard library only, no clock, no input or output, no floats."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import thidua.core

CORE = Path(thidua.core.__file__).parent
ALLOWED = {
    "__future__",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "typing",
    "unicodedata",
}
CLOCKS = {"today", "now", "utcnow", "time", "monotonic", "perf_counter", "localtime"}
DOORS = {"open", "print", "input", "exec", "eval", "__import__", "float", "breakpoint"}


def impurities(text: str) -> list[str]:
    """What keeps the text of a module from being pure."""
    return [found for node in ast.walk(ast.parse(text)) for found in _impurities(node)]


def _impurities(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (f"import {one.name}" for one in node.names if not _is_allowed(one.name))
    elif isinstance(node, ast.ImportFrom):
        if node.level or not _is_allowed(node.module or ""):
            yield f"from {'.' * node.level}{node.module or ''}"
    elif isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)):
        yield f"float {node.value}"
    elif isinstance(node, ast.Attribute) and node.attr in CLOCKS:
        yield f"clock {node.attr}"
    elif isinstance(node, ast.Name) and node.id in DOORS:
        yield f"use of {node.id}"


def _is_allowed(module: str) -> bool:
    return module.partition(".")[0] in ALLOWED or f"{module}.".startswith("thidua.core.")


def test_every_module_of_the_core_is_pure() -> None:
    found = {
        path.relative_to(CORE).as_posix(): impurities(path.read_text(encoding="utf-8"))
        for path in CORE.rglob("*.py")
    }
    assert {path: what for path, what in found.items() if what} == {}
    assert len(found) > 40


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        ("import django", ["import django"]),
        ("from django.db import models", ["from django.db"]),
        ("import os.path", ["import os.path"]),
        ("import random", ["import random"]),
        ("from thidua.scalefile import load_scale", ["from thidua.scalefile"]),
        ("from thidua.corepieces import x", ["from thidua.corepieces"]),
        ("from . import number", ["from ."]),
        ("half = 0.5", ["float 0.5"]),
        ("big = 1e308", ["float 1e+308"]),
        ("x = float('1')", ["use of float"]),
        ("import datetime\nd = datetime.date.today()", ["clock today"]),
        ("from datetime import datetime\nt = datetime.now()", ["clock now"]),
        ("print('điểm')", ["use of print"]),
        ("open('thang.yaml')", ["use of open"]),
        ("from fractions import Fraction\nhalf = Fraction(1, 2)", []),
        ("from thidua.core.number import ZERO", []),
    ],
)
def test_a_planted_violation_is_found(planted: str, expected: list[str]) -> None:
    assert impurities(planted) == expected
