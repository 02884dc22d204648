"""thidua draw: anybody repeats a draw from its file, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import Ended, thidua

ROOT = "9f" * 32
UNITS = ["1. Sở Nội vụ", "2. Sở Y tế", "3. Sở Tài chính"]
SEED = "c9052a6c1753d5d8c54a38ce01b2d41591a16cc7ec6dc6ab95d4ffe7d522a2fb"  # sha256sum
PLAIN: dict[str, Any] = {
    "format": "draw/1",
    "bloc": "Khối thi đua số 1",
    "root": ROOT,
    "digits": "482915",
    "units": UNITS,
    "each": 1,
    "last_year": [],
    "conflicts": [],
}


def repeat(folder: Path, plain: dict[str, Any], *options: str) -> Ended:
    path = folder / "boc-tham.json"
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")
    return thidua("draw", path.name, *options, cwd=folder)


DRAWN = [(1, 2), (2, 3), (3, 1)]


def pair(unit: int, checker: int) -> dict[str, str]:
    return {"unit": UNITS[unit - 1], "checker": UNITS[checker - 1]}


def pairs(numbers: list[tuple[int, int]]) -> list[dict[str, str]]:
    return [pair(unit, checker) for unit, checker in numbers]


def test_a_draw_is_repeated_from_root_and_digits(tmp_path: Path) -> None:
    assert repeat(tmp_path, PLAIN) == (
        0,
        f"Hạt giống: {SEED}\n"
        "Lần xếp: 1\n"
        "2. Sở Y tế thẩm định 1. Sở Nội vụ\n"
        "3. Sở Tài chính thẩm định 2. Sở Y tế\n"
        "1. Sở Nội vụ thẩm định 3. Sở Tài chính\n",
        "",
    )


def test_a_draw_is_repeated_in_english_too(tmp_path: Path) -> None:
    lines = repeat(tmp_path, PLAIN, "--lang", "en").out.splitlines()
    assert lines[:3] == [f"Seed: {SEED}", "Attempt: 1", "2. Sở Y tế checks 1. Sở Nội vụ"]


def test_json_is_for_programs(tmp_path: Path) -> None:
    ended = repeat(tmp_path, {**PLAIN, "pairs": pairs(DRAWN)}, "--json")
    assert (ended.code, json.loads(ended.out)) == (
        0,
        {"seed": SEED, "attempt": 1, "pairs": pairs(DRAWN), "agrees": True},
    )


@pytest.mark.parametrize(
    ("claimed", "code", "said"),
    [
        ({"seed": SEED, "pairs": pairs(DRAWN)}, 0, "Khớp với kết quả ghi trong tệp."),
        ({"pairs": pairs([(1, 3), (2, 1), (3, 2)])}, 1, "Khác với kết quả ghi trong tệp."),
        (
            {"seed": "0" * 64, "pairs": pairs(DRAWN)},
            1,
            "Hạt giống ghi trong tệp khác hạt giống tính ra từ dấu và các chữ số.",
        ),
    ],
)
def test_what_the_file_claims_is_compared(
    tmp_path: Path, claimed: dict[str, Any], code: int, said: str
) -> None:
    ended = repeat(tmp_path, {**PLAIN, **claimed})
    assert (ended.code, ended.out.splitlines()[-1]) == (code, said)


def test_a_condition_in_the_file_is_kept(tmp_path: Path) -> None:
    ended = repeat(tmp_path, {**PLAIN, "conflicts": pairs([(1, 2)])})
    assert ended.out.splitlines()[2:] == [
        "3. Sở Tài chính thẩm định 1. Sở Nội vụ",
        "1. Sở Nội vụ thẩm định 2. Sở Y tế",
        "2. Sở Y tế thẩm định 3. Sở Tài chính",
    ]


def test_no_assignment_ends_with_one(tmp_path: Path) -> None:
    ended = repeat(tmp_path, {**PLAIN, "units": UNITS[:2]})
    assert ended == (
        1,
        f"Hạt giống: {SEED}\nKhông có cách phân công nào.\n",
        "",
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"root": "xyz"}, "Dấu là 64 chữ số và chữ cái từ a đến f. Chép lại nguyên văn."),
        ({"digits": "12 45"}, "Ghi ít nhất 6 chữ số, để trong ngoặc kép, không dấu cách."),
        (
            {"units": [*UNITS, UNITS[0]]},
            'Đơn vị "1. Sở Nội vụ" có hai lần. Bỏ một lần.',
        ),
        (
            {"conflicts": [{"unit": UNITS[0], "checker": "4. Sở Xây dựng"}]},
            'Không có đơn vị "4. Sở Xây dựng" trong danh sách units. Sửa tên cho khớp.',
        ),
        (
            {"each": 4},
            "Chỉ có 3 đơn vị nên mỗi bảng không thể có nhiều đơn vị thẩm định hơn.",
        ),
    ],
)
def test_a_wrong_file_is_refused_in_words(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    ended = repeat(tmp_path, {**PLAIN, **wrong})
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.strip().endswith(said)


def test_a_file_without_its_root_says_what_is_missing(tmp_path: Path) -> None:
    plain = {key: value for key, value in PLAIN.items() if key != "root"}
    ended = repeat(tmp_path, plain)
    assert ended.code == 2
    assert 'thiếu khóa "root"' in ended.err
