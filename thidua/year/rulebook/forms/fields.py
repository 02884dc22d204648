"""Ô nhập của trình soạn thang điểm: exact figures, short lists, three ways to say a floor."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from thidua.core.finding import Refused
from thidua.core.number import read_number
from thidua.core.points import MILLI, read_points, result_text
from thidua.core.text import one_line

FIGURE_HELP = "Ghi bằng chữ số, ví dụ 12,5."
_NOT_A_FIGURE = "Không đọc được số này. Ghi bằng chữ số, ví dụ 12,5 hoặc 20/3."


def read_exact(typed: str) -> Fraction | None:
    """A figure of a scale: "12,5", "0,0125" (at most six decimals) or "20/3"; empty is None.

    Raises `Refused` as `read_points` does, or `ValidationError`.
    """
    text = typed.strip().replace("−", "-")
    if not text:
        return None
    if "/" in text:
        found = read_number("".join(text.split()))
        if found is None:
            raise ValidationError(_NOT_A_FIGURE, "figure")
        return found
    try:
        milli = read_points(text)
    except Refused as refused:
        long = read_number(text.replace(",", "."))
        if long is not None and refused.findings[0].rule_id == "FIGURE-4":
            return long
        raise
    return None if milli is None else Fraction(milli, MILLI)


def typed_figure(number: Fraction | int | str | None) -> str:
    """A figure for the value of an input; it reads back the same."""
    if number is None:
        return ""
    if isinstance(number, str):
        found = read_number(number)
        return number if found is None else typed_figure(found)
    return result_text(Fraction(number)).replace(".", ",")


class ExactField(forms.CharField):
    """A figure typed by a person as an exact fraction; empty is None.

    `decimals`: points that people type when they score have three places, so a maximum has too.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"})

    def __init__(
        self, *, negative: bool = True, decimals: int | None = None, **settings: Any
    ) -> None:
        self.negative, self.decimals = negative, decimals
        super().__init__(empty_value=None, max_length=60, **settings)

    def clean(self, value: object) -> Fraction | None:
        typed = super().clean(value)
        try:
            found = read_exact(typed) if typed else None
        except Refused as refused:
            raise ValidationError([finding.words for finding in refused.findings]) from refused
        if found is not None and found < 0 and not self.negative:
            raise ValidationError("Ghi số không âm.", "negative")
        if typed and self.decimals is not None and _places(typed) > self.decimals:
            words = f"Ghi nhiều nhất {self.decimals} chữ số sau dấu phẩy, như điểm khi chấm."
            raise ValidationError(words, "decimals")
        return found

    def prepare_value(self, value: object) -> object:
        return typed_figure(value) if isinstance(value, Fraction | int) else value


def _places(typed: str) -> int:
    """How many digits stand after the decimal mark; a fraction such as 20/3 has none."""
    return len(re.split("[.,]", typed.strip())[-1]) if re.search("[.,]", typed) else 0


def line_field(says: str) -> forms.CharField:
    """An input for the code of a line, offered from the list of the scale's lines."""
    return forms.CharField(
        label=f"{says}: mã dòng",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "cac-dong", "autocomplete": "off"}),
    )


class ListField(forms.CharField):
    """Several short texts, one on each line."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("required", False)
        settings.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(**settings)

    def clean(self, value: object) -> list[str]:
        typed = super().clean(value) or ""
        return [line for line in map(one_line, typed.split("\n")) if line]

    def prepare_value(self, value: object) -> object:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value


class FiguresField(forms.CharField):
    """Several figures parted by semicolons: points by rank."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "class": "num"})

    def clean(self, value: object) -> list[Fraction]:
        typed = super().clean(value) or ""
        try:
            found = [read_exact(part) for part in typed.split(";") if part.strip()]
        except Refused as refused:
            raise ValidationError([finding.words for finding in refused.findings]) from refused
        return [figure for figure in found if figure is not None]

    def prepare_value(self, value: object) -> object:
        if isinstance(value, list | tuple):
            return "; ".join(typed_figure(one) for one in value)
        return value
