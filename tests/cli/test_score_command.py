"""thidua score."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.run import EXAMPLES, thidua

VECTORS = Path(__file__).parents[1] / "core" / "vectors"
EXAMPLE = "trung-uong-doan-2021"
SCALE = str(EXAMPLES / f"{EXAMPLE}.yaml")
CASE = json.loads((VECTORS / f"{EXAMPLE}.json").read_text("utf-8"))["cases"][0]
SMALL = """\
format: scale/1
name: nho
version: "1"
title: Nhỏ
source: {ref: Quy chế, completeness: full}
scale: {base: 10, bonus_cap: null, deduct_cap: null, max_total: null, decimals: 1,
  rounding: half_up, not_applicable: zero}
criteria:
- {code: A, kind: judged, max: 10}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "phieu.json").write_text(json.dumps(CASE["sheets"]), encoding="utf-8")
    (tmp_path / "nho.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_result_is_that_of_the_vector(folder: Path) -> None:
    ended = thidua("score", SCALE, "phieu.json", cwd=folder)
    assert (ended.code, json.loads(ended.out), ended.err) == (0, CASE["expect"], "")


def test_explaining_adds_findings_and_changes_nothing_else(folder: Path) -> None:
    ended = thidua("score", SCALE, "phieu.json", "--explain", cwd=folder)
    found = json.loads(ended.out)
    for unit in found["units"]:
        assert {finding["rule_id"] for finding in unit.pop("findings")} > {"TOTAL-1"}
        for node in unit["nodes"].values():
            assert next(sorted(finding) for finding in node.pop("findings")) == [
                "inputs",
                "outcome",
                "rule_id",
                "source",
                "words",
            ]
    assert found == CASE["expect"]


@pytest.mark.parametrize(
    ("value", "issue"),
    [
        ("1e308", "not_a_number"),
        ('"961,5"', "not_a_number"),
        ('"mười"', "not_a_number"),
        ("961.5", "out_of_range"),
        ("-1", "out_of_range"),
        ("1234567890123456", "not_a_number"),
        ("0.1234567", "not_a_number"),
        ("true", "not_a_number"),
    ],
)
def test_bad_figure_is_an_issue_of_its_line_and_does_not_stop_scoring(
    folder: Path, value: str, issue: str
) -> None:
    sheets = f'{{"sheets": [{{"unit": "A", "inputs": {{"A": {{"value": {value}}}}}}}]}}'
    (folder / "phieu.json").write_text(sheets, encoding="utf-8")
    ended = thidua("score", "nho.yaml", "phieu.json", cwd=folder)
    issues = json.loads(ended.out)["units"][0]["issues"]
    assert (ended.code, issues) == (0, [{"level": "error", "code": "A", "issue": issue}])


def test_figure_typed_as_text_with_a_point_is_a_number(folder: Path) -> None:
    sheets = '{"sheets": [{"unit": "A", "inputs": {"A": {"value": "9.5"}}}]}'
    (folder / "phieu.json").write_text(sheets, encoding="utf-8")
    ended = thidua("score", "nho.yaml", "phieu.json", cwd=folder)
    assert json.loads(ended.out)["units"][0]["total"] == "9.5"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "- {code: A, kind: judged, max: 10}",
            'nho.yaml, dòng 10, khóa "code": Mã "A" dùng cho hai tiêu chí: "A" và "A". Đặt mã khác '
            "cho tiêu chí sau.\n",
        ),
        (
            "- {code: B, kind: judged, max: 0, when: da_nop}",
            'nho.yaml, dòng 10, khóa "when": Số liệu "da_nop" chưa khai báo. Khai báo số liệu này '
            'ở khóa "fields", hoặc sửa lại tên.\n',
        ),
        (
            "- {code: B, kind: judged, max: 0, when: {points: B, ge: 1}}",
            'nho.yaml, dòng 10, khóa "when": Điều kiện xét điểm của "B", nhưng tiêu chí đó đứng '
            "sau hoặc chứa tiêu chí này nên chưa có điểm. Chỉ xét tiêu chí đứng trước trong tệp; "
            "đổi thứ tự các tiêu chí nếu cần.\n",
        ),
    ],
)
def test_scale_that_cannot_be_scored_gives_no_result(
    folder: Path, line: str, sentence: str
) -> None:
    (folder / "nho.yaml").write_text(f"{SMALL}{line}\n", encoding="utf-8")
    assert thidua("score", "nho.yaml", "phieu.json", cwd=folder) == (2, "", sentence)


def test_other_lint_errors_do_not_stop_scoring(folder: Path) -> None:
    (folder / "nho.yaml").write_text(SMALL.replace("base: 10,", "base: 99,"), encoding="utf-8")
    assert thidua("lint", "nho.yaml", cwd=folder).code == 1
    assert thidua("score", "nho.yaml", "phieu.json", cwd=folder).code == 0


def test_sheets_of_another_scale_are_refused(folder: Path) -> None:
    (folder / "phieu.json").write_text('{"scale": "khac", "sheets": []}', encoding="utf-8")
    ended = thidua("score", "nho.yaml", "phieu.json", cwd=folder)
    assert (ended.code, ended.err) == (
        2,
        'phieu.json, dòng 1, khóa "scale": Phiếu điểm này thuộc thang điểm "khac", không thuộc '
        'thang điểm "nho". Chọn phiếu của thang điểm "nho", hoặc chọn đúng thang điểm của phiếu.\n',
    )


def test_files_given_in_the_wrong_order_are_recognised(folder: Path) -> None:
    ended = thidua("score", "phieu.json", "nho.yaml", cwd=folder)
    assert (ended.code, ended.err) == (
        2,
        "phieu.json, dòng 1: Đây là tệp phiếu điểm, không phải thang điểm. "
        "Chọn tệp có dòng format: scale/1.\n",
    )


def test_sheets_may_be_yaml(folder: Path) -> None:
    text = "sheets:\n- unit: Sở Y tế\n  inputs:\n    A: {value: 7.25}\n"
    (folder / "phieu.yaml").write_text(text, encoding="utf-8")
    unit = json.loads(thidua("score", "nho.yaml", "phieu.yaml", cwd=folder).out)["units"][0]
    assert (unit["unit"], unit["total"]) == ("Sở Y tế", "7.3")


def test_ten_thousand_lines_are_scored(folder: Path) -> None:
    nodes = "".join(f"- {{code: N{number}, kind: judged, max: 1}}\n" for number in range(10_000))
    head = SMALL.partition("- {code")[0].replace("base: 10,", "base: 10000,")
    (folder / "lon.yaml").write_text(head + nodes, encoding="utf-8")
    inputs = {f"N{number}": {"value": 0.5} for number in range(10_000)}
    sheets = {"sheets": [{"unit": "A", "inputs": inputs}]}
    (folder / "phieu.json").write_text(json.dumps(sheets), encoding="utf-8")
    ended = thidua("score", "lon.yaml", "phieu.json", cwd=folder)
    assert json.loads(ended.out)["units"][0]["total"] == "5000"
