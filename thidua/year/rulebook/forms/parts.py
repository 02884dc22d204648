"""Phần của một biểu mẫu soạn thang điểm: each reads plain values into its inputs, and back.

`typed` gives what the inputs hold for plain values, in the types of cleaned data; `plain` gives the
plain keys for what was typed. A key that is left out is absent from the file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from django import forms

from thidua.platform.http.posting import DayField
from thidua.year.rulebook.forms.fields import ExactField, FiguresField, ListField

Typed = Mapping[str, Any]
Plain = dict[str, Any]
Choices = Sequence[tuple[str, str]]


def exact(value: Any) -> Fraction | None:
    """A plain figure (a number, or text that stands for one) as an exact fraction."""
    return None if value is None else Fraction(value)


def day_of(value: Any) -> date | None:
    """An ISO date of the file as a day; None for anything else."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


@dataclass(frozen=True, kw_only=True)
class Part(ABC):
    """A piece of a form that stands for one or more keys; drawn by its template."""

    template: ClassVar[str] = "rulebook/parts/plain.html"
    key: str
    label: str = ""
    help: str = ""
    wide: bool = False

    @abstractmethod
    def fields(self) -> dict[str, forms.Field]:
        """The inputs by name."""

    @abstractmethod
    def typed(self, values: Plain) -> dict[str, Any]:
        """What the inputs hold for plain values."""

    @abstractmethod
    def plain(self, typed: Typed) -> Plain:
        """The plain keys for what was typed."""

    def check(self, typed: Typed) -> dict[str, str]:
        """What is wrong between the inputs: sentence by name of an input."""
        del typed
        return {}


@dataclass(frozen=True, kw_only=True)
class Figure(Part):
    """One figure. An empty input is left out, or null where the format wants it stated."""

    required: bool = False
    stated: bool = False  # empty means null, not absent
    negative: bool = True
    decimals: int | None = None
    default: Fraction | None = None  # what an absent key counts as

    def fields(self) -> dict[str, forms.Field]:
        made = ExactField(
            label=self.label,
            help_text=self.help,
            required=self.required,
            negative=self.negative,
            decimals=self.decimals,
        )
        return {self.key: made}

    def typed(self, values: Plain) -> dict[str, Any]:
        return {self.key: exact(values.get(self.key, self.default))}

    def plain(self, typed: Typed) -> Plain:
        found = typed.get(self.key)
        if found is None:
            return {self.key: None} if self.stated else {}
        return {self.key: found}


@dataclass(frozen=True, kw_only=True)
class WordsPart(Part):
    """One text; an empty one is left out unless `keep`."""

    required: bool = False
    rows: int = 1
    most: int = 300
    keep: bool = False

    def fields(self) -> dict[str, forms.Field]:
        widget = forms.Textarea(attrs={"rows": self.rows}) if self.rows > 1 else forms.TextInput()
        made = forms.CharField(
            label=self.label,
            help_text=self.help,
            required=self.required,
            max_length=self.most,
            widget=widget,
        )
        return {self.key: made}

    def typed(self, values: Plain) -> dict[str, Any]:
        return {self.key: str(values.get(self.key) or "")}

    def plain(self, typed: Typed) -> Plain:
        found = typed.get(self.key, "")
        return {self.key: found} if found or self.keep else {}


@dataclass(frozen=True, kw_only=True)
class ChoicePart(Part):
    """One of a few words; the default is left out unless `keep`."""

    choices: Choices
    default: str = ""
    keep: bool = False

    def fields(self) -> dict[str, forms.Field]:
        made = forms.ChoiceField(
            label=self.label, help_text=self.help, choices=self.choices, required=False
        )
        return {self.key: made}

    def typed(self, values: Plain) -> dict[str, Any]:
        return {self.key: str(values.get(self.key) or self.default)}

    def plain(self, typed: Typed) -> Plain:
        found = typed.get(self.key) or self.default
        return {self.key: found} if found != self.default or self.keep else {}


@dataclass(frozen=True, kw_only=True)
class WholePart(Part):
    """A whole number within limits."""

    least: int
    most: int
    default: int | None = None
    required: bool = False

    def fields(self) -> dict[str, forms.Field]:
        made = forms.IntegerField(
            label=self.label,
            help_text=self.help,
            min_value=self.least,
            max_value=self.most,
            required=self.required,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
        )
        return {self.key: made}

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get(self.key, self.default)
        return {self.key: None if found is None else int(found)}

    def plain(self, typed: Typed) -> Plain:
        found = typed.get(self.key)
        return {} if found is None else {self.key: Fraction(found)}


@dataclass(frozen=True, kw_only=True)
class TruthPart(Part):
    """A checkbox."""

    def fields(self) -> dict[str, forms.Field]:
        return {self.key: forms.BooleanField(label=self.label, help_text=self.help, required=False)}

    def typed(self, values: Plain) -> dict[str, Any]:
        return {self.key: values.get(self.key) is True}

    def plain(self, typed: Typed) -> Plain:
        return {self.key: True} if typed.get(self.key) else {}


@dataclass(frozen=True, kw_only=True)
class DayPart(Part):
    """A day."""

    required: bool = False

    def fields(self) -> dict[str, forms.Field]:
        made = DayField(label=self.label, help_text=self.help, required=self.required)
        return {self.key: made}

    def typed(self, values: Plain) -> dict[str, Any]:
        return {self.key: day_of(values.get(self.key))}

    def plain(self, typed: Typed) -> Plain:
        found = typed.get(self.key)
        return {self.key: found.isoformat()} if found else {}


@dataclass(frozen=True, kw_only=True)
class ListPart(Part):
    """Several texts; one text may stand alone in the file (verifier)."""

    def fields(self) -> dict[str, forms.Field]:
        return {self.key: ListField(label=self.label, help_text=self.help)}

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get(self.key)
        return {self.key: [found] if isinstance(found, str) else list(found or [])}

    def plain(self, typed: Typed) -> Plain:
        found = typed.get(self.key)
        return {self.key: list(found)} if found else {}


@dataclass(frozen=True, kw_only=True)
class FloorPart(Part):
    """A lower limit that may be 0 by default, none, or a figure of its own."""

    unsaid: str = "Chưa ghi: dừng ở 0 điểm"
    zero: str = "Không thấp hơn 0 điểm"
    none: str = "Được thấp hơn 0 điểm"

    def fields(self) -> dict[str, forms.Field]:
        choices = (
            ("", self.unsaid),
            ("zero", self.zero),
            ("none", self.none),
            ("figure", "Không thấp hơn mức ghi ở ô bên"),
        )
        figure = ExactField(label=f"{self.label}: mức", required=False)
        mode = forms.ChoiceField(label=self.label, choices=choices, required=False)
        return {f"{self.key}_mode": mode, self.key: figure}

    def typed(self, values: Plain) -> dict[str, Any]:
        found = exact(values.get(self.key))
        if self.key not in values:
            return {f"{self.key}_mode": "", self.key: None}
        mode = "none" if found is None else "zero" if found == 0 else "figure"
        return {f"{self.key}_mode": mode, self.key: found if mode == "figure" else None}

    def plain(self, typed: Typed) -> Plain:
        mode = typed.get(f"{self.key}_mode") or ""
        said = {"zero": Fraction(0), "none": None, "figure": typed.get(self.key)}
        return {self.key: said[mode]} if mode in said else {}

    def check(self, typed: Typed) -> dict[str, str]:
        if typed.get(f"{self.key}_mode") == "figure" and typed.get(self.key) is None:
            return {self.key: "Ghi mức thấp nhất, hoặc chọn cách khác ở ô bên."}
        return {}


@dataclass(frozen=True, kw_only=True)
class SignedPart(Part):
    """Points that are given or taken: a word and a figure without sign."""

    required: bool = True

    def fields(self) -> dict[str, forms.Field]:
        choices = (("plus", "được cộng"), ("minus", "bị trừ"))
        sign = forms.ChoiceField(
            label=f"{self.label}: cộng hay trừ", choices=choices, required=False
        )
        figure = ExactField(
            label=f"{self.label} (điểm)",
            help_text=self.help,
            required=self.required,
            negative=False,
        )
        return {f"{self.key}_sign": sign, self.key: figure}

    def typed(self, values: Plain) -> dict[str, Any]:
        found = exact(values.get(self.key))
        minus = found is not None and found < 0
        size = None if found is None else abs(found)
        return {f"{self.key}_sign": "minus" if minus else "plus", self.key: size}

    def plain(self, typed: Typed) -> Plain:
        found = typed.get(self.key)
        if found is None:
            return {}
        return {self.key: -found if typed.get(f"{self.key}_sign") == "minus" else found}


@dataclass(frozen=True, kw_only=True)
class SharePart(Part):
    """The share of the maximum at the target, as a percentage."""

    def fields(self) -> dict[str, forms.Field]:
        made = ExactField(label=self.label, help_text=self.help, required=False, negative=False)
        return {self.key: made}

    def typed(self, values: Plain) -> dict[str, Any]:
        return {self.key: (exact(values.get(self.key)) or Fraction(1, 2)) * 100}

    def plain(self, typed: Typed) -> Plain:
        found = typed.get(self.key)
        return {} if found is None or found == 50 else {self.key: found / 100}


@dataclass(frozen=True, kw_only=True)
class FiguresPart(Part):
    """A row of figures: points by rank."""

    def fields(self) -> dict[str, forms.Field]:
        return {self.key: FiguresField(label=self.label, help_text=self.help, max_length=2000)}

    def typed(self, values: Plain) -> dict[str, Any]:
        return {self.key: [Fraction(one) for one in values.get(self.key) or ()]}

    def plain(self, typed: Typed) -> Plain:
        return {self.key: list(typed.get(self.key) or [Fraction(0)])}


@dataclass(frozen=True, kw_only=True)
class SourcePart(Part):
    """Where the figure of a line comes from (key x)."""

    named: Choices = ()  # fields of the scale

    def fields(self) -> dict[str, forms.Field]:
        choices = [
            ("value", "Số liệu nhập ở dòng này"),
            ("percent", "Tỷ lệ phần trăm đạt chỉ tiêu"),
            ("days_late", "Số ngày chậm so với hạn"),
            *((f"f:{name}", f"Số liệu chung: {label}") for name, label in self.named),
        ]
        made = forms.ChoiceField(
            label=self.label, choices=choices, help_text=self.help, required=False
        )
        return {self.key: made}

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get(self.key, "value")
        return {self.key: found if isinstance(found, str) else f"f:{found['field']}"}

    def plain(self, typed: Typed) -> Plain:
        found = str(typed.get(self.key) or "value")
        if found.startswith("f:"):
            return {self.key: {"field": found[2:]}}
        return {} if found == "value" else {self.key: found}


@dataclass(frozen=True, kw_only=True)
class OtherwisePart(Part):
    """What a figure in no band gets: points, or the person who scores decides."""

    def fields(self) -> dict[str, forms.Field]:
        choices = (("points", "Được số điểm ở ô bên"), ("undecided", "Người chấm quyết định"))
        mode = forms.ChoiceField(label="Ngoài các mức trên", choices=choices, required=False)
        return {
            f"{self.key}_mode": mode,
            self.key: ExactField(label="Điểm ngoài các mức", required=False),
        }

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get(self.key, Fraction(0))
        if found == "undecided":
            return {f"{self.key}_mode": "undecided", self.key: None}
        return {f"{self.key}_mode": "points", self.key: exact(found)}

    def plain(self, typed: Typed) -> Plain:
        if typed.get(f"{self.key}_mode") == "undecided":
            return {self.key: "undecided"}
        return {self.key: typed.get(self.key) or Fraction(0)}
