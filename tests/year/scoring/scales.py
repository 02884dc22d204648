"""Scales for the tests of scoring: one like a real table, one of every kind, one of any size."""

from __future__ import annotations

PLAIN = """
format: scale/1
name: khoi-mau
version: "1"
title: Thang điểm mẫu
source: {ref: dựng để kiểm thử, completeness: constructed}
fields:
  co_chi_bo: {type: flag, label: Có chi bộ}
  so_nguoi: {type: number, label: Số người}
scale: {base: 100, bonus_cap: 5, deduct_cap: null, max_total: null, decimals: 1,
  rounding: half_up, not_applicable: drop_denominator}
criteria:
- code: I
  label: Nhiệm vụ chuyên môn
  kind: sum
  max: 60
  items:
  - {code: I.1, label: Chỉ tiêu được giao, kind: linear, x: percent, from: 0, per: 100, each: 30,
     cap: 30, floor: 0, max: 30, slot: true, evidence: {required: true, list: [Báo cáo]}}
  - {code: I.2, label: Vượt chỉ tiêu, kind: leader, max: 30, unit: vụ}
- code: II
  label: Xây dựng cơ quan
  kind: sum
  max: 40
  items:
  - {code: II.1, label: Quy chế dân chủ, kind: judged, max: 20}
  - {code: II.2, label: Chi bộ vững mạnh, kind: flag, hit: 20}
- {code: III, label: Sáng kiến, part: bonus, kind: count, each: 1, cap: 3}
- {code: IV, label: Vi phạm, part: deduct, kind: count, each: -2, cap: null}
ranking: {key: points, tie_breaks: [{points: I}]}
"""

EVERY_KIND = """
format: scale/1
name: du-loai
version: "1"
title: Đủ loại dòng
source: {ref: dựng để kiểm thử, completeness: constructed}
fields:
  ngay_nop: {type: date, label: Ngày nộp kế hoạch}
scale: {base: null, bonus_cap: null, deduct_cap: null, max_total: null, decimals: 1,
  rounding: half_up, not_applicable: substitute}
criteria:
- code: A
  label: Số liệu
  kind: sum
  items:
  - {code: A1, label: Xếp hạng khảo sát, kind: rank_table, table: [10, 8, 6]}
  - {code: A2, label: Bậc thang, kind: steps, else: 0,
     bands: [{ge: 90, pts: 10}, {ge: 50, lt: 90, pts: 5}]}
  - {code: A3, label: Mức, kind: steps, else: undecided,
     bands: [{eq: đủ, pts: 5}, {eq: thiếu, pts: 2}]}
  - {code: A4, label: Trễ hạn, kind: count, x: days_late, each: -1, cap: 5, due: 2026-06-30}
  - {code: A5, label: Nơi khác chấm, kind: imported, max: 5}
  - code: A6
    label: Chọn một cách
    kind: pick
    mode: chosen
    items:
    - {code: A6.1, label: Cách một, kind: judged, max: 5}
    - {code: A6.2, label: Cách hai, kind: flag, hit: 3}
  - {code: A7, label: Báo cáo quý, kind: judged, max: 2, recurs: {times: 4, combine: sum}}
  - {code: A8, label: Kế hoạch trong tháng một, kind: flag, hit: 2,
     if: {field: ngay_nop, le: 2026-01-31}}
- code: B
  label: Kỷ luật
  kind: ledger
  start: 20
  floor: 0
  items:
  - {code: B1, label: Khiển trách, kind: count, each: -1, cap: null}
  - {code: B2, label: Cảnh cáo, kind: flag, hit: -5}
"""


def judged_lines(count: int) -> str:
    """A scale of one section with that many judged lines of 10 points."""
    items = "\n".join(
        f"  - {{code: L.{number}, label: Dòng {number}, kind: judged, max: 10}}"
        for number in range(1, count + 1)
    )
    return f"""
format: scale/1
name: nhieu-dong
version: "1"
title: Nhiều dòng
source: {{ref: dựng để kiểm thử, completeness: constructed}}
scale: {{base: {10 * count}, bonus_cap: null, deduct_cap: null, max_total: null, decimals: 1,
  rounding: half_up, not_applicable: drop_denominator}}
criteria:
- code: L
  label: Một nhóm
  kind: sum
  max: {10 * count}
  items:
{items}
"""
