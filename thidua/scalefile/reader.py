"""Đọc tệp thành cây: one door for YAML and JSON, chosen by what the file holds."""

from __future__ import annotations

import re

from thidua.scalefile.json_reader import read_json
from thidua.scalefile.problem import FileError, Mark, Words, problem_at
from thidua.scalefile.text import text_of
from thidua.scalefile.tree import Tree

_JSON_START = re.compile(r'\s*(\{\s*["}]|\[)')
_BRACKET_START = re.compile(r"\s*[{\[]")


def read_tree(content: bytes | str, *, name: str) -> Tree:
    """The tree of a YAML or JSON file; `name` is the file name that messages show.

    Raises `FileError`: not UTF-8, not text, too large, nested too deep, not YAML or JSON, a key
    twice, or YAML beyond FORMAT section 2 (aliases, anchors, tags, merge keys).
    """
    text = text_of(content, name=name)
    if name.lower().endswith(".json"):
        return _read_named_json(text, name)
    if _JSON_START.match(text):
        return _read_either(text, name)
    return _read_yaml(text, name)


def _read_named_json(text: str, name: str) -> Tree:
    if _BRACKET_START.match(text):
        return read_json(text, name=name)
    mark = Mark(text[: len(text) - len(text.lstrip())].count("\n") + 1, 1)
    words = Words(
        "Tệp có đuôi .json nhưng nội dung không phải JSON (JSON bắt đầu bằng dấu {). "
        "Nếu nội dung là YAML, đổi đuôi tệp thành .yaml.",
        "The file ends in .json but holds no JSON (which begins with {). "
        "If it is YAML, rename it to .yaml.",
    )
    raise FileError([problem_at(mark, "", "wrong_extension", words)], name=name)


def _read_either(text: str, name: str) -> Tree:
    """JSON first; YAML in brackets, which may look the same at its start, when that fails."""
    try:
        return read_json(text, name=name)
    except FileError as as_json:
        if any(problem.code != "syntax" for problem in as_json.problems):
            raise
        try:
            return _read_yaml(text, name)
        except FileError as as_yaml:
            raise as_yaml from None


def _read_yaml(text: str, name: str) -> Tree:
    from thidua.scalefile.yaml_reader import read_yaml  # PyYAML is slow to import; JSON needs none

    return read_yaml(text, name=name)
