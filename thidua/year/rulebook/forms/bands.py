"""Các mức điểm: bands of a figure, a row each; empty rows do not count (FORMAT 4, steps)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from thidua.core.finding import Refused
from thidua.core.text import whole
from thidua.year.rulebook.forms.fields import ExactField, read_exact, typed_figure
from thidua.year.rulebook.forms.parts import Part, Plain, Typed, exact

SPARE_ROWS = 3
LOW = (("ge", "từ"), ("gt", "trên"))
HIGH = (("lt", "đến dưới"), ("le", "đến hết"))


@dataclass(frozen=True, kw_only=True)
class BoundsPart(Part):
    """The limits of one band: from and to, or exactly one value."""

    template: ClassVar[str] = "rulebook/parts/bounds.html"
    key: str = "case"
    at: str = "case_"  # before the name of every input
    says: str = ""  # begins the label of every input, as "Mức 1"
    equal: bool = True
    flat: bool = False  # the limits stand among the keys of the thing itself (classes)

    def fields(self) -> dict[str, forms.Field]:
        at, says = self.at, f"{self.says}: " if self.says else ""
        made: dict[str, forms.Field] = {
            f"{at}low_op": forms.ChoiceField(label=f"{says}từ hay trên", choices=LOW),
            f"{at}low": ExactField(label=f"{says}mốc dưới", required=False),
            f"{at}high_op": forms.ChoiceField(label=f"{says}dưới hay đến hết", choices=HIGH),
            f"{at}high": ExactField(label=f"{says}mốc trên", required=False),
        }
        for name in (f"{at}low_op", f"{at}high_op"):
            made[name].required = False
        if self.equal:
            label = f"{says}hoặc đúng bằng"
            made[f"{at}eq"] = forms.CharField(label=label, required=False, max_length=200)
        return made

    def typed(self, values: Plain) -> dict[str, Any]:
        return self.typed_limits(values if self.flat else values.get(self.key) or {})

    def typed_limits(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What the inputs hold for the limits of a band."""
        at = self.at
        made = {
            f"{at}low_op": "gt" if "gt" in found else "ge",
            f"{at}low": exact(found.get("gt", found.get("ge"))),
            f"{at}high_op": "le" if "le" in found else "lt",
            f"{at}high": exact(found.get("le", found.get("lt"))),
        }
        if self.equal:
            equal = found.get("eq")
            made[f"{at}eq"] = "" if equal is None else typed_figure(equal)
        return made

    def limits(self, typed: Typed) -> Plain:
        """The limits as the file says them."""
        at = self.at
        made: Plain = {}
        if typed.get(f"{at}low") is not None:
            made[typed.get(f"{at}low_op") or "ge"] = typed[f"{at}low"]
        if typed.get(f"{at}high") is not None:
            made[typed.get(f"{at}high_op") or "lt"] = typed[f"{at}high"]
        equal = str(typed.get(f"{at}eq") or "")
        if equal:
            figure = _figure_in(equal)
            made["eq"] = equal if figure is None else figure
        return made

    def plain(self, typed: Typed) -> Plain:
        return self.limits(typed) if self.flat else {self.key: self.limits(typed)}

    def check(self, typed: Typed) -> dict[str, str]:
        low, high = typed.get(f"{self.at}low"), typed.get(f"{self.at}high")
        if low is not None and high is not None and high < low:
            return {f"{self.at}high": "Mốc trên phải lớn hơn mốc dưới."}
        return {}


@dataclass(frozen=True, kw_only=True)
class BandsPart(Part):
    """The table of bands of a line scored by steps."""

    template: ClassVar[str] = "rulebook/parts/bands.html"
    key: str = "bands"
    rows: int = SPARE_ROWS

    def row(self, number: int) -> BoundsPart:
        """The limits of one row."""
        return BoundsPart(at=f"b{number}_", says=f"Mức {number}")

    def numbers(self) -> range:
        """The rows, counted from 1."""
        return range(1, self.rows + 1)

    def fields(self) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {}
        for number in self.numbers():
            made |= self.row(number).fields()
            made[f"b{number}_pts"] = ExactField(label=f"Mức {number}: điểm", required=False)
        return made

    def typed(self, values: Plain) -> dict[str, Any]:
        bands = list(values.get(self.key) or [])
        made: dict[str, Any] = {}
        for number in self.numbers():
            band = bands[number - 1] if number <= len(bands) else {}
            made |= self.row(number).typed_limits(band)
            made[f"b{number}_pts"] = exact(band.get("pts"))
        return made

    def plain(self, typed: Typed) -> Plain:
        made = [
            {**self.row(number).limits(typed), "pts": typed[f"b{number}_pts"]}
            for number in self.numbers()
            if typed.get(f"b{number}_pts") is not None
        ]
        return {self.key: made}

    def check(self, typed: Typed) -> dict[str, str]:
        found: dict[str, str] = {}
        for number in self.numbers():
            found |= self.row(number).check(typed)
            limits = self.row(number).limits(typed)
            if limits and typed.get(f"b{number}_pts") is None:
                found[f"b{number}_pts"] = "Ghi số điểm của mức này, hoặc xóa các mốc."
        if not found and not self.plain(typed)[self.key]:
            found["b1_pts"] = "Ghi ít nhất một mức."
        return found


def rows_shown(values: Plain, data: Mapping[str, Any] | None) -> int:
    """How many rows the table of bands has: those that are there and some to add."""
    if data is not None:
        return min(max(map(_band, data), default=0) or SPARE_ROWS, 200)
    return len(values.get("bands") or []) + SPARE_ROWS


def _band(name: str) -> int:
    """The number of the band whose points the field holds; 0 where it holds none."""
    named = name[:1] == "b" and name[-4:] == "_pts"
    return (whole(name[1:-4]) or 0) if named else 0


def _figure_in(text: str) -> Any:
    """A figure typed in the column of exact values, which may hold words too."""
    if not any(sign.isdigit() for sign in text) or any(sign.isalpha() for sign in text):
        return None
    try:
        return read_exact(text)
    except (Refused, ValidationError):
        return None
