"""thidua lint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.run import EXAMPLES, thidua

VECTORS = Path(__file__).parents[1] / "core" / "vectors" / "lint.json"
CASES = {case["id"]: case for case in json.loads(VECTORS.read_text("utf-8"))["cases"]}


def write(folder: Path, case_id: str) -> str:
    path = folder / "thang.json"
    path.write_text(json.dumps(CASES[case_id]["scale"], indent=1), encoding="utf-8")
    return path.name


@pytest.mark.parametrize(
    ("case_id", "code"), [("clean", 0), ("gap-98", 0), ("no-evidence", 0), ("overlap", 1)]
)
def test_exit_code_is_one_only_for_an_error(tmp_path: Path, case_id: str, code: int) -> None:
    assert thidua("lint", write(tmp_path, case_id), cwd=tmp_path).code == code


def test_json_is_the_list_of_the_vectors(tmp_path: Path) -> None:
    ended = thidua("lint", write(tmp_path, "class-gap"), "--json", cwd=tmp_path)
    assert (ended.code, json.loads(ended.out), ended.err) == (0, CASES["class-gap"]["expect"], "")


def test_finding_names_file_line_level_and_what_to_do() -> None:
    ended = thidua("lint", "demo-moi-loai.yaml", cwd=EXAMPLES)
    assert ended.out.splitlines()[1] == (
        'demo-moi-loai.yaml:87: cảnh báo: "C1 Thu gom rác" không có bậc nào cho giá trị: 98. Nối '
        "các bậc cho kín; nếu chỉ có số nguyên thì thêm whole: true; nếu cố ý để người chấm quyết "
        "định thì giữ nguyên."
    )
    assert ended.out.splitlines()[-1] == "0 lỗi, 1 cảnh báo, 4 lưu ý."


def test_finding_in_english() -> None:
    ended = thidua("lint", "demo-moi-loai.yaml", "--lang", "en", cwd=EXAMPLES)
    assert ended.out.splitlines()[1] == (
        'demo-moi-loai.yaml:87: warning: "C1 Thu gom rác" has no band for: 98. Close the hole; if '
        "only whole numbers occur add whole: true; leave it if people are to decide."
    )


def test_scale_without_findings_says_so(tmp_path: Path) -> None:
    ended = thidua("lint", write(tmp_path, "clean"), cwd=tmp_path)
    assert ended.out == "Không thấy chỗ nào cần sửa.\n"


def test_broken_file_ends_with_two_and_names_every_problem(tmp_path: Path) -> None:
    (tmp_path / "thang.yaml").write_text("format: scale/1\nformat: 2\na: *x\n", encoding="utf-8")
    ended = thidua("lint", "thang.yaml", cwd=tmp_path)
    assert (ended.code, ended.out, ended.err.splitlines()) == (
        2,
        "",
        [
            'thang.yaml, dòng 2, khóa "format": Khóa này đã có ở dòng 1. Giữ một trong hai, xóa '
            "dòng còn lại.",
            'thang.yaml, dòng 3: Không dùng tham chiếu "*x". Ghi lại đầy đủ nội dung tại chỗ này. '
            "Nếu đó là chữ, đặt trong ngoặc kép.",
        ],
    )


def test_many_problems_are_cut_after_fifty(tmp_path: Path) -> None:
    lines = "".join(f"la{number}: 1\n" for number in range(100))
    (tmp_path / "thang.yaml").write_text(lines, encoding="utf-8")
    ended = thidua("lint", "thang.yaml", cwd=tmp_path)
    assert (len(ended.err.splitlines()), ended.err.splitlines()[-1]) == (51, "Còn 57 lỗi nữa.")


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    assert thidua("lint", "khong-co.yaml", cwd=tmp_path).err == (
        "khong-co.yaml: Không có tệp này. Kiểm tra lại tên và thư mục.\n"
    )
    assert thidua("lint", ".", cwd=tmp_path) == (
        2,
        "",
        ".: Không mở được tệp này. Kiểm tra đó là một tệp và bạn có quyền đọc.\n",
    )
