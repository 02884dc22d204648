"""Sheet files (FORMAT appendix): shape, refusals, and the scale they belong to."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from thidua.core.number import UnreadNumber
from thidua.core.scale import Period
from thidua.scalefile import FileError, load_scale, load_sheets

VECTORS = sorted((Path(__file__).parents[1] / "core" / "vectors").glob("*-*.json"))
EXAMPLE = Path(__file__).parents[2] / "thidua/scalefile/examples/trung-uong-doan-2021.yaml"


def refusal(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(FileError) as caught:
        load_sheets(text, name="phieu.yaml")
    return [(p.line, p.key, p.code) for p in caught.value.problems]


def test_yaml_and_json_give_the_same_sheets() -> None:
    as_yaml = """
period: {from: 2026-01-01, to: 2026-12-31}
sheets:
- unit: Sở Y tế
  type: so
  fields: {da_nop: true, so_tre: 0.5}
  inputs:
    I.1: {target: 10, result: "20/3", explanation: tăng}
    I.2:
"""
    as_json = json.dumps(
        {
            "period": {"from": "2026-01-01", "to": "2026-12-31"},
            "sheets": [
                {
                    "unit": "Sở Y tế",
                    "type": "so",
                    "fields": {"da_nop": True, "so_tre": 0.5},
                    "inputs": {
                        "I.1": {"target": 10, "result": "20/3", "explanation": "tăng"},
                        "I.2": None,
                    },
                }
            ],
        }
    )
    one, other = load_sheets(as_yaml, name="p.yaml"), load_sheets(as_json, name="p.json")
    assert one.sheets == other.sheets
    assert one.sheets.period == Period("2026-01-01", "2026-12-31")
    assert one.sheets.sheets[0].inputs == {
        "I.1": {"target": Fraction(10), "result": "20/3", "explanation": "tăng"},
        "I.2": {},
    }


@pytest.mark.parametrize("value", ["1e308", "1234567890123456", "0.1234567"])
def test_figure_that_cannot_be_read_is_left_to_scoring(value: str) -> None:
    found = load_sheets(
        f'{{"sheets": [{{"unit": "A", "inputs": {{"I": {{"value": {value}}}}}}}]}}', name="p.json"
    )
    assert found.sheets.sheets[0].inputs == {"I": {"value": UnreadNumber(value)}}


@pytest.mark.parametrize("value", ['"961,5"', '""', "-3", "true", "null", '"961.5"'])
def test_figure_of_any_kind_is_left_to_scoring(value: str) -> None:
    load_sheets(
        f'{{"sheets": [{{"unit": "A", "inputs": {{"I": {{"value": {value}}}}}}}]}}', name="p.json"
    )


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("{}", [(1, "sheets", "missing_key")]),
        ("sheets: {A: 1}", [(1, "sheets", "not_a_list")]),
        ("sheets:\n- inputs: {}", [(2, "unit", "missing_key")]),
        ("sheets:\n- unit: 5", [(2, "unit", "not_text")]),
        ("sheets:\n- unit: A\n- unit: B\n- unit: A", [(4, "unit", "duplicate_unit")]),
        ("sheets:\n- unit: A\n  input: {}", [(3, "input", "unknown_key")]),
        ("sheets:\n- unit: A\n  inputs: {I: 5}", [(3, "I", "not_a_table")]),
        (
            "sheets:\n- unit: A\n  inputs: {I: {reviewed: có}}",
            [(3, "reviewed", "not_a_truth_value")],
        ),
        ("sheets:\n- unit: A\n  inputs: {I: {na: 1}}", [(3, "na", "not_a_truth_value")]),
        ("sheets:\n- unit: A\n  inputs: {I: {value: [1]}}", [(3, "value", "not_a_value")]),
        ("sheets:\n- unit: A\n  inputs: {I: {override: 5}}", [(3, "override", "not_a_table")]),
        ("sheets:\n- unit: A\n  period: {from: 2026-01-01}", [(3, "to", "missing_key")]),
        ("sheets: []\nghi chú: x", [(2, "ghi chú", "unknown_key")]),
        ("format: scale/1\ncriteria: []", [(1, "", "not_sheets")]),
    ],
)
def test_sheet_file_of_another_shape_is_refused(
    text: str, problems: list[tuple[int, str, str]]
) -> None:
    assert refusal(text) == problems


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        (
            '"scale": "khoi-khac"',
            (
                'phieu.json, dòng 1, khóa "scale": Phiếu điểm này thuộc thang điểm "khoi-khac", '
                'không thuộc thang điểm "trung-uong-doan-2021". Chọn phiếu của thang điểm '
                '"trung-uong-doan-2021", hoặc chọn đúng thang điểm của phiếu.'
            ),
        ),
        (
            '"scale": "trung-uong-doan-2021", "version": "7"',
            (
                'phieu.json, dòng 1, khóa "version": Phiếu điểm này thuộc phiên bản "7", '
                'không thuộc phiên bản "1". Chọn phiếu của phiên bản "1", hoặc chọn đúng thang '
                "điểm của phiếu."
            ),
        ),
    ],
)
def test_sheets_of_another_scale_name_both(stated: str, sentence: str) -> None:
    scale = load_scale(EXAMPLE.read_bytes(), name="thang.yaml").scale
    with pytest.raises(FileError) as caught:
        load_sheets(f'{{{stated}, "sheets": []}}', name="phieu.json", scale=scale)
    assert caught.value.sentences() == [sentence]


def test_sheets_that_name_their_scale_are_accepted() -> None:
    scale = load_scale(EXAMPLE.read_bytes(), name="thang.yaml").scale
    text = '{"scale": "trung-uong-doan-2021", "version": "1", "sheets": []}'
    assert load_sheets(text, name="phieu.json", scale=scale).sheets.sheets == ()


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_sheets_of_all_vectors_are_accepted(path: Path) -> None:
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    for case in cases:
        found = load_sheets(json.dumps(case["sheets"]), name=f"{case['id']}.json")
        assert [sheet.unit for sheet in found.sheets.sheets] == [
            sheet["unit"] for sheet in case["sheets"]["sheets"]
        ]
