"""The maps are true: paths and symbols exist, rule ids are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dev import rules

ROOT = Path(__file__).resolve().parents[2]
CARRIED = r"(?:rule_id=|refuse\(|refusal\(|finding\(|Finding\()"
RULE_ID = re.compile(CARRIED + r'\s*"([A-Z]+(?:-[A-Z0-9]+)+)"')
PATH = re.compile(r"`((?:thidua|docs|tests|dev|bench)/[\w./-]*)`")


def rows_of_where() -> list[tuple[str, list[str]]]:
    """Each path of docs/where.md with the symbols named beside it."""
    found = []
    for line in (ROOT / "docs/where.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and cells[1].count("`thidua") == 1 and cells[1].endswith(".py`"):
            found.append((cells[1].strip("`"), re.findall(r"`(\w+)`", cells[2])))
    return found


def test_where_names_files_that_exist() -> None:
    text = (ROOT / "docs/where.md").read_text(encoding="utf-8")

    assert [path for path in PATH.findall(text) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(("path", "symbols"), rows_of_where())
def test_where_names_symbols_that_are_there(path: str, symbols: list[str]) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")

    assert [name for name in symbols if not re.search(rf"\b{name}\b", text)] == []


def test_the_page_of_rules_is_up_to_date() -> None:
    assert rules.PAGE.read_text(encoding="utf-8") == rules.page()


def test_every_id_that_a_finding_carries_is_listed() -> None:
    listed = {rule_id for _title, _file, found in rules.sections() for rule_id in found}
    used = {
        rule_id
        for file in sorted((ROOT / "thidua").rglob("*.py"))
        for rule_id in RULE_ID.findall(file.read_text(encoding="utf-8"))
    }

    assert "RIGHT-1" in used
    assert sorted(used - listed) == []


def test_every_rule_is_named_by_a_test_of_its_subject() -> None:
    listed = {rule_id for _title, _file, found in rules.sections() for rule_id in found}
    named = rules.tests_naming(listed)

    assert len(listed) > 150
    assert sorted(rule_id for rule_id in listed if not named[rule_id]) == []


def test_a_rule_id_stands_in_one_list_only() -> None:
    ids = [rule_id for _title, _file, found in rules.sections() for rule_id in found]

    assert sorted(ids) == sorted(set(ids))


def test_contributing_and_readme_name_files_that_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "docs/ui.md", "docs/documents.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        linked = re.findall(r"\]\((?!http)([\w./-]+)\)", text)
        wrong = [link for link in linked if not ((ROOT / name).parent / link).exists()]
        assert (name, wrong) == (name, [])
