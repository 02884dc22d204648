"""Scale files that the tests of the stages load."""

from __future__ import annotations

from datetime import date

from tests.build import World
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.services import adopt_scale, import_scale

HEADER = """\
format: scale/1
name: khoi-mau
version: "{version}"
title: Thang điểm khối mẫu
source: {{ref: Dựng cho kiểm thử, completeness: full}}
scale: {{base: {base}, bonus_cap: null, deduct_cap: null, max_total: null, decimals: 1,
  rounding: half_up, not_applicable: drop_denominator}}
criteria:
"""
SECTIONS = """\
- code: I
  label: Chuyên môn
  kind: sum
  max: 60
  items:
  - {code: I.1, label: Chỉ tiêu 1 của ngành, kind: linear, x: percent, from: 100, at: 20,
     each: 1, max: 30, cap: 30, floor: 0, slot: true,
     evidence: {required: true, list: [Báo cáo năm]}}
  - {code: I.2, label: Chỉ tiêu đơn vị chọn, kind: linear, x: percent, from: 100, at: 20,
     each: 1, max: 30, cap: 30, floor: 0, slot: true, evidence: {list: [Báo cáo năm]}}
- {code: II, label: Phong trào, kind: judged, max: 40, evidence: {list: [Báo cáo phong trào]}}
"""


def scale_text(*, version: str = "1", base: int = 100, sections: str = SECTIONS) -> str:
    """A small scale: two slots and a judged line."""
    return HEADER.format(version=version, base=base) + sections


def long_scale_text(*, lines: int, slots: int = 0) -> str:
    """A scale of so many lines of one point each, the first ones slots."""
    kind = (
        "kind: linear, x: percent, from: 0, per: 100, each: 1, cap: 1, floor: 0, max: 1, slot: true"
    )
    rows = [
        f"- {{code: D{number}, label: Dòng {number}, "
        + (kind if number <= slots else "kind: judged, max: 1, evidence: {list: [Báo cáo]}")
        + "}\n"
        for number in range(1, lines + 1)
    ]
    return scale_text(base=lines, sections="".join(rows))


def load(world: World, text: str | bytes, *, file_name: str = "") -> Scale:
    """A draft of the world's bloc-year."""
    return import_scale(world.head, bloc_year=world.bloc_year, content=text, file_name=file_name)


def adopt(world: World, text: str = "") -> Scale:
    """An adopted scale of the world's bloc-year."""
    draft = load(world, text or scale_text())
    return adopt_scale(world.head, scale=draft, adopted_on=date(2026, 3, 30))
