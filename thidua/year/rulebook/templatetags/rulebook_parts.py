"""Rows of inputs for the tables of the scale editor."""

from __future__ import annotations

from django.forms import BoundField
from django.template import Library

from thidua.year.rulebook.forms.plain_form import DrawnPart

register = Library()


@register.filter
def rows(drawn: DrawnPart) -> list[list[BoundField]]:
    """The inputs of a table, row by row: names begin with the number of their row."""
    found: dict[str, list[BoundField]] = {}
    for name, one in drawn.inputs.items():
        number = _row_of(name.rpartition("_")[0])
        if number:
            found.setdefault(number, []).append(one)
    return list(found.values())


CAPTIONS = ("Xét gì", "Mã dòng", "So sánh", "Giá trị", "Không phải", "Nhóm")


@register.filter
def captioned(drawn: DrawnPart) -> list[list[tuple[str, BoundField]]]:
    """The rows of a condition, each input with its short caption."""
    return [list(zip(CAPTIONS, row, strict=True)) for row in rows(drawn)]


@register.filter
def in_order(drawn: DrawnPart) -> list[BoundField]:
    """The inputs of a part in order."""
    return list(drawn.inputs.values())


@register.filter
def mode_input(drawn: DrawnPart) -> BoundField:
    """How the rows of a condition are joined."""
    return drawn.inputs[f"{drawn.part.key}_mode"]


def _row_of(lead: str) -> str:
    """The part of a name up to its first number: "b1_low" is row "b1"; none without a number."""
    for at, sign in enumerate(lead):
        if sign.isdigit():
            end = at
            while end < len(lead) and lead[end].isdigit():
                end += 1
            return lead[:end]
    return ""
