"""Từ khóa của tệp bằng tiếng Việt: what each key means and an example of what to write."""

from __future__ import annotations

from typing import NamedTuple


class KeyWord(NamedTuple):
    """A key in words: Vietnamese, English, and a value that could stand there."""

    vi: str
    en: str
    example: str


KEY_WORDS: dict[str, KeyWord] = {
    "all": KeyWord("các điều kiện phải cùng đúng", "conditions that all hold", "[da_nop]"),
    "any": KeyWord("các điều kiện chỉ cần một đúng", "conditions of which one holds", "[da_nop]"),
    "applies_to": KeyWord("phạm vi áp dụng", "scope", "{types: [so]}"),
    "at": KeyWord("điểm tại mốc", "points at the origin", "0"),
    "at_target": KeyWord("phần điểm khi đạt đúng chỉ tiêu", "share at target", "1/2"),
    "bands": KeyWord("các bậc điểm", "bands", "[{ge: 90, pts: 10}, {lt: 90, pts: 5}]"),
    "base": KeyWord("tổng điểm chuẩn", "base total", "100"),
    "bonus_cap": KeyWord("mức trần điểm thưởng", "bonus cap", "10"),
    "by": KeyWord("số bậc hạ", "steps down", "1"),
    "cap": KeyWord("mức trần, null là không giới hạn", "cap, null for none", "10"),
    "cases": KeyWord("các trường hợp", "cases", "[{ge: 10, item: {code: A1, kind: flag, hit: 1}}]"),
    "classes": KeyWord("các mức xếp loại", "classes", "[{code: XS, label: Xuất sắc, ge: 90}]"),
    "classification": KeyWord("xếp loại", "classification", "{classes: [{code: K, label: Khá}]}"),
    "code": KeyWord("mã", "code", "I.1"),
    "combine": KeyWord("cách gộp các lần", "how copies combine", "sum"),
    "completeness": KeyWord("mức đầy đủ của nguồn", "completeness of the source", "full"),
    "criteria": KeyWord("danh sách tiêu chí", "list of criteria", "[]"),
    "decimals": KeyWord("số chữ số thập phân của tổng điểm", "decimals of the total", "1"),
    "deduct_cap": KeyWord("mức trần điểm trừ, ghi số dương", "deduction cap", "10"),
    "due": KeyWord("hạn", "due date", "2026-12-15"),
    "each": KeyWord("điểm cho mỗi lần", "points for each", "2"),
    "effect": KeyWord("hệ quả", "effect", "unranked"),
    "else": KeyWord("điểm khi không thuộc bậc nào", "points otherwise", "0"),
    "evidence": KeyWord("minh chứng", "evidence", "{required: true, list: [Báo cáo năm]}"),
    "except_units": KeyWord("đơn vị không áp dụng", "units excepted", "[Sở Y tế]"),
    "exempt_when": KeyWord("điều kiện miễn trừ điểm", "exemption", "tu_phat_hien"),
    "field": KeyWord("tên số liệu của đơn vị", "field", "so_ho_so"),
    "fields": KeyWord("số liệu của đơn vị", "fields", "{da_nop: {type: flag}}"),
    "floor": KeyWord("mức sàn, null là không có", "floor, null for none", "0"),
    "format": KeyWord("tên quy cách", "format", "scale/1"),
    "from": KeyWord("mốc bắt đầu", "start", "0"),
    "gates": KeyWord("điều kiện loại", "gates", "[]"),
    "given": KeyWord("đã có số liệu hay chưa", "whether it is given", "true"),
    "hit": KeyWord("điểm khi có", "points on a hit", "5"),
    "if": KeyWord("điều kiện", "condition", "da_nop"),
    "in": KeyWord("các giá trị chấp nhận", "accepted values", "[1, 2]"),
    "inputs": KeyWord("số liệu của từng tiêu chí", "inputs", "{}"),
    "item": KeyWord("tiêu chí của trường hợp này", "item", "{code: A1, kind: flag, hit: 1}"),
    "items": KeyWord("các tiêu chí con", "items", "[{code: I.1, kind: judged, max: 10}]"),
    "key": KeyWord("căn cứ xếp", "what is compared", "points"),
    "kind": KeyWord("loại quy tắc", "kind of rule", "judged"),
    "label": KeyWord("tên hiển thị", "label", "Chất lượng tham mưu"),
    "list": KeyWord("danh sách tài liệu", "documents", "[Báo cáo năm]"),
    "max": KeyWord("điểm tối đa", "maximum", "10"),
    "max_total": KeyWord("tổng điểm cao nhất, null là không giới hạn", "highest total", "null"),
    "min": KeyWord("điểm thấp nhất", "minimum", "0"),
    "min_total": KeyWord("tổng điểm thấp nhất", "lowest total", "0"),
    "miss": KeyWord("điểm khi không có", "points on a miss", "0"),
    "mode": KeyWord("cách chọn", "how to pick", "max"),
    "name": KeyWord("tên thang điểm, chữ thường không dấu", "name", "so-nganh-2026"),
    "not": KeyWord("điều kiện phải sai", "negated condition", "da_nop"),
    "not_applicable": KeyWord("cách tính khi không áp dụng", "what n/a does", "drop_denominator"),
    "not_assigned_with_result": KeyWord(
        "cách tính khi không giao chỉ tiêu mà có kết quả", "result without target", "ignore"
    ),
    "note": KeyWord("ghi chú", "note", "Theo công văn số 12"),
    "order": KeyWord("chiều xếp", "order", "desc"),
    "over": KeyWord("phạm vi của điều kiện sàn", "what the floor looks at", "sections"),
    "override": KeyWord("điểm chấm tay", "override", "{points: 5, reason: Theo biên bản họp}"),
    "part": KeyWord("phần điểm", "part", "base"),
    "per": KeyWord("bước tính", "step", "1"),
    "percent": KeyWord("tỷ lệ phần trăm", "percent", "85"),
    "percent_decimals": KeyWord("số chữ số thập phân của tỷ lệ", "decimals of percent", "2"),
    "period": KeyWord("kỳ chấm điểm", "period", "{from: 2026-01-01, to: 2026-12-31}"),
    "pts": KeyWord("điểm của bậc", "points of the band", "10"),
    "points": KeyWord("mã tiêu chí", "code of a criterion", "I.1"),
    "ranking": KeyWord("xếp hạng", "ranking", "{key: points}"),
    "recurs": KeyWord("số kỳ lặp", "recurrence", "{times: 12}"),
    "ref": KeyWord("văn bản nguồn", "source document", '"Quy chế khối, 12/3/2026"'),
    "required": KeyWord("bắt buộc hay không", "required or not", "true"),
    "reviewed": KeyWord("đã rà soát", "reviewed", "true"),
    "round_at": KeyWord("chỗ làm tròn", "where to round", "total"),
    "rounding": KeyWord("cách làm tròn", "rounding", "half_up"),
    "scale": KeyWord(
        "quy định chung của thang điểm",
        "header of the scale",
        "{base: 100, bonus_cap: null, deduct_cap: null, max_total: null, decimals: 1, "
        "rounding: half_up, not_applicable: drop_denominator}",
    ),
    "sheets": KeyWord("các phiếu điểm", "sheets", "[{unit: A, inputs: {}}]"),
    "slot": KeyWord("dòng để đơn vị đăng ký chỉ tiêu", "slot", "true"),
    "source": KeyWord(
        "nguồn của thang điểm",
        "source of the scale",
        '{ref: "Quy chế khối, 12/3/2026", completeness: full}',
    ),
    "start": KeyWord("điểm ban đầu", "starting points", "20"),
    "table": KeyWord("điểm theo thứ hạng", "points by rank", "[10, 8, 6]"),
    "tie_breaks": KeyWord("tiêu chí phụ khi bằng điểm", "tie breaks", "[{points: I}]"),
    "ties": KeyWord("cách chia khi đồng hạng", "ties", "shared"),
    "times": KeyWord("số lần", "how many times", "12"),
    "title": KeyWord("tên đầy đủ", "title", "Thang điểm thi đua năm 2026"),
    "to": KeyWord("mốc kết thúc", "end", "2026-12-31"),
    "total": KeyWord("tổng điểm hay tỷ lệ", "which total", "points"),
    "type": KeyWord("kiểu", "type", "number"),
    "types": KeyWord("loại đơn vị", "types of units", "[so]"),
    "unit": KeyWord("đơn vị", "unit", "người"),
    "units": KeyWord("các đơn vị", "units", "[Sở Y tế]"),
    "verifier": KeyWord("nơi thẩm định", "verifier", "Sở Nội vụ"),
    "version": KeyWord("phiên bản, đặt trong ngoặc kép", "version, quoted", '"1"'),
    "when": KeyWord("điều kiện áp dụng", "condition", "da_nop"),
    "whole": KeyWord("chỉ nhận số nguyên", "whole numbers only", "true"),
    "x": KeyWord("nguồn số liệu", "where the figure comes from", "value"),
}


def number_example(key: str) -> str:
    """A number that could stand under a key."""
    example = word_of(key).example
    return example if example[0].isdigit() else "90"


def word_of(key: str) -> KeyWord:
    """The words of a key; a key without words of its own stands for itself."""
    return KEY_WORDS.get(key, KeyWord(f'khóa "{key}"', f'key "{key}"', "…"))
