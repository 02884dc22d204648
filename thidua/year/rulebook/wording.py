"""Từ ngữ của trình soạn: what a key of the scale is called on screen, and a value in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from thidua.core.points import show_figure
from thidua.scalefile.vocabulary import word_of

_KEYS: Mapping[str, str] = {
    "applies_to": "Phạm vi áp dụng",
    "case": "Trường hợp áp dụng",
    "at": "Điểm tại mốc",
    "bands": "Các mức",
    "cap": "Mức tối đa",
    "classification": "Xếp loại",
    "code": "Mã",
    "due": "Hạn thực hiện",
    "each": "Điểm mỗi lần",
    "else": "Điểm ngoài các mức",
    "evidence": "Minh chứng",
    "exempt_when": "Không bị trừ điểm khi",
    "fields": "Số liệu chung của đơn vị",
    "floor": "Mức thấp nhất",
    "from": "Mốc",
    "gates": "Điều kiện loại, hạ",
    "if": "Máy tự xét khi",
    "kind": "Cách cho điểm",
    "label": "Nội dung",
    "max": "Điểm tối đa",
    "min": "Điểm thấp nhất",
    "name": "Ký hiệu thang điểm",
    "not_applicable": "Khi dòng không áp dụng",
    "note": "Ghi chú, nghị quyết giao",
    "part": "Thuộc phần",
    "per": "Bước tính",
    "period": "Kỳ chấm điểm",
    "ranking": "Xếp hạng",
    "recurs": "Số lần chấm",
    "scale.base": "Tổng điểm chuẩn",
    "scale.bonus_cap": "Điểm thưởng tối đa",
    "scale.deduct_cap": "Điểm trừ tối đa",
    "scale.max_total": "Tổng điểm cao nhất",
    "scale.min_total": "Tổng điểm thấp nhất",
    "slot": "Ô gắn chỉ tiêu",
    "source": "Nguồn",
    "start": "Điểm chuẩn ban đầu",
    "table": "Điểm theo thứ hạng",
    "title": "Tên thang điểm",
    "unit": "Đơn vị tính",
    "verifier": "Nơi thẩm định",
    "version": "Số của bản, ghi trong tệp",
    "when": "Chỉ tính khi",
    "whole": "Chỉ nhận số nguyên",
    "x": "Tính theo",
}


def key_words(key: str) -> str:
    """The name of an input on screen."""
    if key in _KEYS:
        return _KEYS[key]
    said = word_of(key.removeprefix("scale.")).vi
    return said[:1].upper() + said[1:]


def value_words(value: Any) -> str:
    """A plain value inside a sentence, short."""
    if value is None:
        return "để trống"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Fraction | int):
        return show_figure(Fraction(value))
    if isinstance(value, Mapping):
        return "“" + "; ".join(f"{key_words(k).lower()} {_bare(v)}" for k, v in value.items()) + "”"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{len(value)} dòng" if value else "để trống"
    return f"“{value}”"


def _bare(value: Any) -> str:
    return value_words(value).strip("“”")
