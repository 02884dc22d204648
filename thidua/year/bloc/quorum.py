"""Số đơn vị dự tối thiểu: the fraction of a bloc-year and what it means for so many units."""

from __future__ import annotations


def least(num: int, den: int, units: int) -> int:
    """The smallest number of units that reaches num/den of `units`, never rounded down."""
    return -(-units * num // den)


def sentence(num: int, den: int, units: int) -> str:
    """What the fraction means for the bloc: "Từ 2/3 số đơn vị: với 7 đơn vị, cần ít nhất 5…"."""
    share = "Tất cả các đơn vị" if num == den else f"Từ {num}/{den} số đơn vị trở lên"
    if not units:
        return f"{share}."
    needed = least(num, den, units)
    return f"{share}: với {units} đơn vị, hội nghị họp được khi có ít nhất {needed} đơn vị dự."
