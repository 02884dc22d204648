"""Lời soát trên màn hình: what to do in the editor, and where; the lint speaks of the file."""

from __future__ import annotations

from collections.abc import Mapping

from thidua.core.lint import Item

_PART_OF = {
    "scale": "chung",
    "gates": "dieu-kien",
    "classification": "xep-loai",
    "ranking": "xep-hang",
}


def part_of(item: Item) -> str:
    """The part of the editor where a finding that is on no line belongs."""
    return _PART_OF.get(str(item.path[0]), "chung")


def screen_advice(item: Item) -> str:
    """What to do in the editor; the lint's own words speak of keys of the file."""
    return _ADVICE.get(item.lint, item.advice.vi)


_ADVICE: Mapping[str, str] = {
    "band_above_max": "Sửa điểm của mức hoặc điểm tối đa của dòng.",
    "band_direction": "Kiểm tra điểm của từng mức: số liệu tăng thì điểm nên cùng tăng hoặc cùng "
    "giảm.",
    "band_hole": "Nối các mức cho kín; nếu quy chế đúng là như vậy thì giữ nguyên.",
    "band_gap": "Nối các mức cho kín, hoặc đánh dấu chỉ nhận số nguyên; giữ nguyên nếu cố ý để "
    "người chấm quyết định.",
    "band_overlap": "Sửa mốc để mỗi giá trị chỉ thuộc một mức: một bên “đến dưới”, bên kia “từ”.",
    "base_mismatch": "Sửa điểm tối đa của một mục hoặc sửa tổng điểm chuẩn; để trống tổng điểm "
    "chuẩn nếu tổng tùy theo đơn vị.",
    "forward_reference": "Chuyển dòng được nhắc tới lên trước, hoặc sửa điều kiện.",
    "missing_floor": "Chọn “Không thấp hơn 0 điểm” hoặc “Được thấp hơn 0 điểm” ở ô Điểm thấp nhất.",
    "no_evidence_list": "Ghi tài liệu kiểm chứng để đơn vị biết phải nộp gì.",
    "no_unit": "Ghi đơn vị tính để các đơn vị cùng báo một loại số liệu.",
    "slot_compares_units": "Đổi sang cách tính theo tỷ lệ phần trăm đạt chỉ tiêu.",
    "uncapped_bonus": "Ghi mức tối đa cho dòng này, cho mục chứa nó hoặc cho điểm thưởng ở quy "
    "định chung.",
    "unknown_reference": "Chọn lại số liệu hoặc dòng trong điều kiện, hoặc khai báo số liệu đó.",
    "wrong_sign": "Kiểm tra dấu của điểm, hoặc chuyển dòng sang đúng phần thưởng, trừ.",
}
