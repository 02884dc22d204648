"""The vectors of the file format: every published figure, on both paths, bit for bit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import thidua.scalefile
from thidua.core.compiled import compile_scale
from thidua.core.loading import sheets_from_plain
from thidua.core.number import number_from_text
from thidua.core.result import to_json
from thidua.core.rounding import round_to
from thidua.core.scale import Scale
from thidua.core.score import score
from thidua.scalefile import load_scale

VECTORS = Path(__file__).parent / "vectors"
EXAMPLES = Path(thidua.scalefile.__file__).parent / "examples"


def cases() -> Iterator[Any]:
    for path in sorted(VECTORS.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"), parse_float=number_from_text)
        if file["format"] == "vectors/1":
            for case in file["cases"]:
                yield pytest.param(Path(file["scale"]).name, case, id=f"{path.stem}-{case['id']}")


ALL = list(cases())
_scales: dict[str, Scale] = {}


def scale_called(name: str) -> Scale:
    if name not in _scales:
        _scales[name] = load_scale((EXAMPLES / name).read_bytes(), name=name).scale
    return _scales[name]


def test_all_vectors_are_here() -> None:
    assert len(ALL) == 145


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize(("name", "case"), ALL)
def test_the_result_is_the_expected_one(name: str, case: dict, explain: bool) -> None:
    result = score(scale_called(name), sheets_from_plain(case["sheets"]), explain=explain)
    assert to_json(result) == case["expect"]


@pytest.mark.parametrize(("name", "case"), ALL)
def test_the_compiled_scale_gives_the_same_figures(name: str, case: dict) -> None:
    compiled = compile_scale(scale_called(name))
    units = compiled.evaluate(compiled.read(sheets_from_plain(case["sheets"])))
    for unit, expected in zip(units, case["expect"]["units"], strict=True):
        figures = (unit.total, unit.percent, unit.rank, unit.verdict.class_code)
        printed = (expected["total"], expected["percent"])
        assert figures == (*map(number, printed), expected["rank"], expected["class"])
        points = {key: unit.points(key) for key in expected["nodes"]}
        assert points == {key: number(node["points"]) for key, node in expected["nodes"].items()}


@pytest.mark.parametrize(("name", "case"), [one for one in ALL if "printed" in one.values[1]])
def test_the_figures_printed_in_the_source_agree(name: str, case: dict) -> None:
    result = score(scale_called(name), sheets_from_plain(case["sheets"]))
    for printed in case["printed"]:
        unit = result.of(printed["unit"])
        found = (
            unit.nodes[printed["node"]].points
            if "node" in printed
            else getattr(unit, printed["figure"])
        )
        assert found is not None
        rounded = round_to(found, decimals=printed["decimals"], rounding="half_up")
        assert (rounded == number(printed["value"])) == printed.get("agrees", True)


def number(text: Any) -> Fraction | None:
    return None if text is None else Fraction(text)
