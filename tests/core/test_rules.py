"""The list of rules is complete: every id in the code is listed, every listed id is used."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import thidua.core
from tests.core.generate import draw
from thidua.core.rules import RULES
from thidua.core.score import score

CORE = Path(thidua.core.__file__).parent
RULE_ID = re.compile(
    r'"((?:SCORE|STATE|NA|CAP|TIE|RANK|CLASS|GATE|WHEN|EXEMPT|RECUR|ROUND|OVERRIDE'
    r'|TOTAL|PERCENT|FIGURE|REVIEWED)-[A-Z0-9]+)"'
)


def used_ids() -> set[str]:
    files = [path for path in CORE.rglob("*.py") if path.name != "rules.py"]
    return {found for path in files for found in RULE_ID.findall(path.read_text(encoding="utf-8"))}


def test_every_rule_of_the_engine_is_listed_and_every_listed_rule_is_used() -> None:
    assert used_ids() == set(RULES)


def test_every_rule_has_a_full_sentence() -> None:
    assert [rule.id for rule in RULES.values() if not rule.sentence.endswith(".")] == []


def test_every_line_with_points_says_why() -> None:
    for seed in range(40):
        scale, sheets, _ = draw(Random(seed))
        for unit in score(scale, sheets, explain=True).units:
            silent = [key for key, node in unit.nodes.items() if not node.findings]
            unlisted = [f.rule_id for f in unit.findings if f.rule_id not in RULES]
            assert (silent, unlisted) == ([], [])
