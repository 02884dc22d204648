"""Figures of a line in the words of people, for cells, histories and the answer to "vì sao?"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from thidua.core.node import Bounds, Steps
from thidua.core.number import read_number
from thidua.core.points import show, show_figure
from thidua.year.scoring.lines import Ask, Line

NAMES = {
    "target": "Chỉ tiêu",
    "result": "Kết quả",
    "value": "Số liệu",
    "values": "Các số liệu",
    "chosen": "Phương án",
    "date": "Ngày thực hiện",
    "due": "Hạn",
    "source": "Nguồn",
    "unit": "Đơn vị tính",
    "substitute": "Nội dung thay thế",
    "reviewed": "Đã rà soát",
    "na": "Không áp dụng",
}
SHORT = ("result", "target", "value", "values", "chosen", "date")


def inputs_words(line: Line, inputs: Mapping[str, object]) -> str:
    """The figures of a line in a word or two: "19 / 20", "Có", "27,0"."""
    if inputs.get("na") is True:
        return "không áp dụng"
    found = [value_words(line, key, inputs[key]) for key in SHORT if inputs.get(key) is not None]
    if not found and inputs.get("reviewed") is True:
        return "đã rà soát"
    return " / ".join(found)


def value_words(line: Line, key: str, value: object) -> str:
    """One figure as people read it."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, Mapping):
        return ", ".join(value_words(line, name, one) for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(value_words(line, key, one) for one in value)
    if key in ("date", "due"):
        return day_words(str(value))
    label = next((one.label for one in line.options if one.value == str(value)), "")
    if label:
        return label
    number = read_number(str(value))
    if number is None:
        return str(value)
    return show(number) if line.ask is Ask.POINTS else show_figure(number)


def field_text(line: Line, key: str, value: object) -> str:
    """A figure as it stands in an input field and reads back the same."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "co" if value else "khong"
    if isinstance(value, (list, tuple)):
        return "; ".join(field_text(line, key, one) for one in value)
    if key in ("date", "due"):
        return day_words(str(value))
    number = None if line.options else read_number(str(value))
    return str(value) if number is None else number_text(number, points=line.ask is Ask.POINTS)


def number_text(number: Fraction, *, points: bool = False) -> str:
    """A number for an input field: decimal comma, no dots between thousands."""
    shown = show(number) if points else show_figure(number)
    return shown.replace(".", "")


def doubt_words(line: Line, inputs: Mapping[str, object]) -> str:
    """What to look at again in a figure that is taken all the same: below 0, where the scale names
    nothing below 0 (a growth may be; what must not be is refused)."""
    names = {Ask.PAIR: ("result", "target"), Ask.NUMBER: ("value",)}.get(line.ask, ())
    if isinstance(line.node, Steps) and any(_names_negative(one.bounds) for one in line.node.bands):
        return ""
    for name in names:
        number = read_number(str(inputs.get(name) or "0"))
        if number is not None and number < 0:
            what = NAMES[name] if line.ask is Ask.PAIR else "Kết quả"
            return f"{what} âm. Kiểm tra lại."
    return ""


def _names_negative(bounds: Bounds) -> bool:
    ends = (bounds.ge, bounds.gt, bounds.le, bounds.lt, bounds.eq)
    below = any(isinstance(end, Fraction) and end < 0 for end in ends)
    return below or (bounds.lt is not None and bounds.lt <= 0)


def day_words(iso: str) -> str:
    """2026-12-22 as 22/12/2026; anything else as it stands."""
    try:
        return f"{date.fromisoformat(iso):%d/%m/%Y}"
    except ValueError:
        return iso


def left_words(count: int) -> str:
    """How many lines have no points yet; that it is complete when none is left."""
    return f"Còn {count} dòng chưa có điểm" if count else "Mọi dòng đã có điểm"


def points_words(points: Fraction | None, *, decimals: int = 1) -> str:
    """Points as people read them; nothing where there are none."""
    return "" if points is None else show(points, decimals=decimals)
