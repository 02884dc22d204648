"""Write docs/rules.md: every rule id, its sentence, where it stands and which tests name it.

Run ``python -m dev.rules`` after adding a rule; a test fails while the page is out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "rules.md"
HEAD = """# Rules

Every judgement carries a rule id; "vì sao?" shows its sentence. Ids never change their meaning.
This page is written by `python -m dev.rules` from the lists in the code; a test compares them, and
another fails when a finding carries an id that is not here.
"""


def sections() -> list[tuple[str, str, Mapping[str, str]]]:
    """Title, file and rules of every list, in the order of dependency."""
    from thidua.core.rules import RULES as CORE
    from thidua.platform.files.rules import RULES as FILES
    from thidua.platform.ledger.rules import RULES as LEDGER
    from thidua.platform.workbook.rules import RULES as WORKBOOK
    from thidua.registry.rules import RULES as REGISTRY
    from thidua.year.bloc.rules import RULES as BLOC
    from thidua.year.conference.rules import RULES as CONFERENCE
    from thidua.year.progress.rules import RULES as PROGRESS
    from thidua.year.registration.rules import RULES as REGISTRATION
    from thidua.year.rulebook.rules import RULES as RULEBOOK
    from thidua.year.scoring.rules import RULES as SCORING

    core = {rule.id: f"{rule.sentence} (FORMAT {rule.section})" for rule in CORE.values()}
    return [
        ("Chấm điểm, xếp hạng (scoring)", "thidua/core/rules.py", core),
        ("Sổ cái (ledger)", "thidua/platform/ledger/rules.py", LEDGER),
        ("Kho tệp (files)", "thidua/platform/files/rules.py", FILES),
        ("Bảng tính (workbook)", "thidua/platform/workbook/rules.py", WORKBOOK),
        ("Danh bạ (registry)", "thidua/registry/rules.py", REGISTRY),
        ("Khối và đơn vị (bloc)", "thidua/year/bloc/rules.py", BLOC),
        ("Thang điểm (rulebook)", "thidua/year/rulebook/rules.py", RULEBOOK),
        ("Đăng ký (registration)", "thidua/year/registration/rules.py", REGISTRATION),
        ("Tiến độ, minh chứng (progress)", "thidua/year/progress/rules.py", PROGRESS),
        ("Chấm điểm trong năm (scoring)", "thidua/year/scoring/rules.py", SCORING),
        ("Hội nghị (conference)", "thidua/year/conference/rules.py", CONFERENCE),
    ]


def tests_naming(rule_ids: set[str]) -> dict[str, list[str]]:
    """For each id the test files that name it as a value; prose and this page's own tests not."""
    named: dict[str, list[str]] = {rule_id: [] for rule_id in rule_ids}
    files = (ROOT / "tests").rglob("*.py")
    for file in sorted(file for file in files if file.parent.name != "docs"):
        found = set(re.findall(r'"([A-Z]+(?:-[A-Z0-9]+)+)"', file.read_text(encoding="utf-8")))
        for rule_id in found & rule_ids:
            named[rule_id].append(file.relative_to(ROOT).as_posix())
    return named


def page() -> str:
    """The whole page."""
    lists = sections()
    named = tests_naming({rule_id for _title, _file, rules in lists for rule_id in rules})
    parts = [HEAD]
    for title, file, rules in lists:
        parts.append(f"\n## {title}: `{file}`\n\n| Id | Sentence | Tests |\n|---|---|---|\n")
        for rule_id, sentence in rules.items():
            tests = ", ".join(f"`{name}`" for name in named[rule_id][:2])
            parts.append(f"| {rule_id} | {sentence} | {tests} |\n")
    return "".join(parts)


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
