"""The rules of the whole scale in sentences: caps, rounding, conditions, classes, ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from thidua.core.kinds.steps import bounds_in_words
from thidua.core.node import Bounds
from thidua.core.number import ZERO
from thidua.core.points import show, show_figure
from thidua.core.scale import (
    ClassDef,
    ClassFloor,
    Classification,
    FigureKey,
    Gate,
    Header,
    Ranking,
    TieBreak,
)
from thidua.year.rulebook.words.condition import Names, condition_words
from thidua.year.rulebook.words.modifier import NOT_APPLICABLE, NOT_ASSIGNED
from thidua.year.rulebook.words.rule import amount

FIGURES: Mapping[FigureKey, str] = {
    "points": "tổng điểm",
    "percent": "tỷ lệ tổng điểm trên tổng điểm tối đa",
}


def header_words(header: Header) -> tuple[str, ...]:
    """Total, caps, rounding, lines that do not apply: one sentence each, in this order."""
    return tuple(_header(header))


def gate_words(gate: Gate, names: Names) -> str:
    """When the gate holds and what follows."""
    effect = {
        "unranked": "đơn vị không được xếp hạng",
        "not_considered": "đơn vị vẫn xếp hạng nhưng không được xét khen thưởng",
        "demote": f"đơn vị bị hạ {gate.by} mức xếp loại",
        "block": "đơn vị không được xếp hạng, xếp loại và xét khen thưởng",
    }[gate.effect]
    return f"Khi {condition_words(gate.when, names)} thì {effect}."


def class_words(one: ClassDef, classification: Classification, names: Names) -> str:
    """What a unit needs for the class."""
    parts = [_band(one.bounds, classification.key), *_floor(one.floor, names)]
    if one.condition is not None:
        parts.append(condition_words(one.condition, names))
    needs = "; ".join(part for part in parts if part)
    return f"Cần {needs}." if needs else "Các trường hợp còn lại."


def ranking_words(ranking: Ranking, names: Names) -> tuple[str, ...]:
    """What units are ordered by and how ties are broken, in order."""
    said = [f"Xếp hạng theo {FIGURES[ranking.key]} đã làm tròn, cao xếp trước."]
    for place, tie in enumerate(ranking.tie_breaks, 1):
        lead = "Nếu bằng nhau" if place == 1 else "Nếu vẫn bằng nhau"
        said.append(f"{lead} thì xét {_tie_break(tie, names)}.")
    still = "Nếu vẫn bằng nhau" if ranking.tie_breaks else "Nếu bằng nhau"
    return (*said, f"{still} thì cùng hạng, đơn vị sau lùi xuống đủ số bậc.")


def _header(header: Header) -> Iterator[str]:
    if header.base is not None:
        yield f"Tổng điểm tối đa, chưa kể điểm thưởng, là {show(header.base)} điểm."
    else:
        yield "Tổng điểm tối đa của đơn vị là tổng điểm tối đa các dòng áp dụng cho đơn vị."
    if header.bonus_cap is not None:
        yield _capped("thưởng", "cộng", header.bonus_cap)
    if header.deduct_cap is not None:
        yield _capped("trừ", "tính", header.deduct_cap)
    if header.max_total is not None:
        yield f"Tổng điểm sau cùng không quá {show(header.max_total)} điểm."
    if header.min_total is not None:
        yield f"Tổng điểm sau cùng không thấp hơn {amount(header.min_total)} điểm."
    else:
        yield "Tổng điểm sau cùng có thể âm."
    yield from _rounding(header)
    yield f"Khi một dòng không áp dụng cho đơn vị: {NOT_APPLICABLE[header.not_applicable]}."
    said = NOT_ASSIGNED[header.not_assigned_with_result]
    yield f"Khi không được giao chỉ tiêu mà vẫn có kết quả: {said}."


def _capped(what: str, verb: str, cap: Fraction) -> str:
    if cap == ZERO:
        return f"Không tính điểm {what} ngoài các nội dung chấm điểm."
    return f"Điểm {what} {verb} tối đa {show(cap)} điểm."


def _rounding(header: Header) -> Iterator[str]:
    half = "phần nửa làm tròn lên"
    if header.rounding == "half_even":
        half = "phần nửa làm tròn về số chẵn gần nhất"
    total = f"Tổng điểm làm tròn {_places(header.decimals)}"
    yield f"{total}, tỷ lệ làm tròn {_places(header.percent_decimals)}, {half}."
    if header.round_at == "leaf":
        yield "Điểm của từng dòng cũng được làm tròn như tổng điểm trước khi cộng."
    else:
        yield "Điểm của từng dòng không làm tròn trước khi cộng."


def _places(decimals: int) -> str:
    return f"{decimals} chữ số sau dấu phẩy" if decimals else "đến hàng đơn vị"


def _band(bounds: Bounds, key: FigureKey) -> str:
    if bounds == Bounds():
        return ""
    percent = "%" if key == "percent" else " điểm"
    return f"{FIGURES[key]} {bounds_in_words(bounds)}{percent}"


def _floor(floor: ClassFloor | None, names: Names) -> Iterator[str]:
    if floor is None or floor.percent == ZERO:
        return
    share = f"đạt ít nhất {show_figure(floor.percent)}% điểm tối đa"
    if floor.over == "leaves":
        yield f"mọi dòng {share}"
    elif floor.over == "sections":
        yield f"mọi nội dung lớn {share}"
    else:
        yield f"{', '.join(names.line(code) for code in floor.over)} {share}"


def _tie_break(tie: TieBreak, names: Names) -> str:
    first = "cao hơn xếp trước" if tie.order == "desc" else "thấp hơn xếp trước"
    what = {
        "points": f"điểm của {names.line(tie.name)}",
        "percent": f"tỷ lệ điểm đạt của {names.line(tie.name)}",
        "field": f"“{names.field(tie.name)}”",
        "total": "tổng điểm" if tie.name == "points" else "tỷ lệ tổng điểm",
    }[tie.subject]
    return f"{what}, {first}"
