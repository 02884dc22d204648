"""Every case of the lint vectors, exactly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thidua.core.lint import lint
from thidua.scalefile import load_scale

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "lint.json").read_text("utf-8"))
CASES = {case["id"]: case for case in VECTORS["cases"]}


@pytest.mark.parametrize("case_id", CASES)
def test_lint_vector(case_id: str) -> None:
    case = CASES[case_id]
    scale = load_scale(json.dumps(case["scale"]), name=f"{case_id}.json").scale
    found = [{"level": i.level, "lint": i.lint, "code": i.code} for i in lint(scale)]
    assert found == case["expect"]


def test_all_vectors_are_there() -> None:
    assert (VECTORS["format"], len(CASES)) == ("lint/1", 26)
