"""Bốc thăm được không: whether any draw meets the conditions, or which of them must give."""

from __future__ import annotations

from collections.abc import Mapping

from thidua.core.drawing import Conditions, Unsettled, obstacles
from thidua.core.drawing.conditions import CONFLICT, COUNT, LAST_YEAR, MUTUAL
from thidua.core.drawing.search import search
from thidua.core.finding import Finding

LEAST_UNITS = 3
GIVING: Mapping[str, str] = {
    LAST_YEAR: "cho lặp lại phân công năm trước, kèm lý do",
    CONFLICT: "đơn vị đã khai quan hệ cần tránh rút bớt lời khai",
    MUTUAL: "giảm số đơn vị thẩm định mỗi bảng trong quy định của khối",
}
NONE = "Không có cách phân công nào đạt mọi điều kiện."


def foreseen(conditions: Conditions) -> Finding | None:
    """Why no draw could succeed now, whatever the digits; None when one can."""
    if len(conditions.units) < LEAST_UNITS:
        return too_few()
    if is_too_many(conditions):
        return impossible(conditions)
    try:
        return None if search(conditions, "") is not None else impossible(conditions)
    except Unsettled:
        return too_tight()


def may_repeat_last_year(conditions: Conditions) -> bool:
    """Whether giving up the condition of last year alone makes a draw possible."""
    return (LAST_YEAR,) in obstacles(conditions)


def most_each(units: int) -> int:
    """How many units may check each sheet at most so that no two need check each other."""
    return (units - 1) // 2


def is_too_many(conditions: Conditions) -> bool:
    """Whether so many check each sheet that two must check each other."""
    return conditions.each > most_each(len(conditions.units))


def impossible(conditions: Conditions) -> Finding:
    """Which condition must give so that a draw exists, and who can make it give."""
    if is_too_many(conditions):
        return _too_many(len(conditions.units))
    options = obstacles(conditions)
    ways = [" và ".join(_giving(one, conditions.each) for one in option) for option in options]
    if not ways:
        return _finding(COUNT, f"{NONE} Phân công bằng tay.")
    if len(ways) == 1:
        return _finding(options[0][0], f"{NONE} Cách duy nhất: {ways[0]}.")
    return _finding(options[0][0], f"{NONE} Chọn một trong các cách: {'; hoặc '.join(ways)}.")


def too_few() -> Finding:
    """A bloc of two."""
    return _finding(
        MUTUAL,
        "Khối có 2 đơn vị thì hai đơn vị chỉ có thể thẩm định lẫn nhau, nên không bốc thăm. "
        "Trưởng khối phân công bằng tay.",
    )


def too_tight() -> Finding:
    """Conditions under which the search was given up."""
    return _finding(
        COUNT,
        "Các điều kiện quá chặt, máy không tìm được cách nào. Giảm số đơn vị thẩm định mỗi bảng, "
        "hoặc phân công bằng tay.",
    )


def _too_many(units: int) -> Finding:
    return _finding(
        COUNT,
        f"Khối có {units} đơn vị: quá {most_each(units)} đơn vị thẩm định mỗi bảng thì có hai đơn "
        "vị thẩm định lẫn nhau. Sửa số đơn vị thẩm định mỗi bảng trong quy định của khối.",
    )


def _giving(condition: str, each: int) -> str:
    if condition == MUTUAL and each == 1:
        return "phân công bằng tay, để hai đơn vị thẩm định lẫn nhau"
    return GIVING[condition]


def _finding(rule_id: str, words: str) -> Finding:
    return Finding(rule_id=rule_id, outcome="refused", words=words)
