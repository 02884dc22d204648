"""Điều kiện bằng các dòng chọn: subject, comparison, value; groups when one level is not enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from thidua.core.finding import Refused
from thidua.core.text import one_line
from thidua.platform.http.posting import DayField
from thidua.scalefile.editing.condition_rows import (
    Mode,
    Row,
    Rows,
    TooLong,
    condition_of,
    rows_of,
)
from thidua.year.rulebook.forms.fields import line_field, read_exact, typed_figure
from thidua.year.rulebook.forms.parts import Choices, Part, Plain, Typed, day_of

SPARE_ROWS = 1
UNDECLARED = "undeclared"  # named by a condition, declared nowhere; the lint reports it
GROUPS = 12
MODES: Choices = (
    ("all", "Mọi dòng dưới đây đều đúng"),
    ("any", "Ít nhất một dòng dưới đây đúng"),
    ("any_groups", "Theo nhóm: một nhóm đúng là đủ, trong nhóm mọi dòng phải đúng"),
    ("all_groups", "Theo nhóm: mọi nhóm phải đúng, trong nhóm một dòng đúng là đủ"),
)
OPERATORS: Choices = (
    ("yes", "là có"),
    ("no", "là không"),
    ("ge", "từ … trở lên"),
    ("gt", "trên …"),
    ("le", "không quá …"),
    ("lt", "dưới …"),
    ("eq", "bằng …"),
    ("ne", "khác …"),
    ("in", "là một trong …; …"),
    ("given", "đã ghi"),
    ("missing", "chưa ghi"),
)
LINES: Choices = (("points", "Điểm của dòng"), ("percent", "Tỷ lệ điểm đạt của dòng"))
TOTALS: Choices = (("total:points", "Tổng điểm"), ("total:percent", "Tỷ lệ tổng điểm"))


@dataclass(frozen=True, slots=True)
class FieldName:
    """A fact of the unit as the form offers it."""

    name: str
    label: str
    type: str
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class ConditionPart(Part):
    """One condition; no row means no condition."""

    template: ClassVar[str] = "rulebook/parts/condition.html"
    named: tuple[FieldName, ...] = ()
    totals: bool = False
    rows: int = SPARE_ROWS
    required: bool = False
    too_long: bool = False
    codes: frozenset[str] = field(default_factory=frozenset)

    def numbers(self) -> range:
        """The rows, counted from 1."""
        return range(1, self.rows + 1)

    def fields(self) -> dict[str, forms.Field]:
        what = [
            ("", "Chọn số liệu hoặc điểm"),
            *((f"field:{one.name}", f"Số liệu: {one.label}") for one in self.named),
            *LINES,
            *(TOTALS if self.totals else ()),
        ]
        groups = [(str(number), str(number)) for number in range(1, GROUPS + 1)]
        made: dict[str, forms.Field] = {
            f"{self.key}_mode": forms.ChoiceField(
                label=f"{self.label}: cách ghép", choices=MODES, required=False
            )
        }
        for number in self.numbers():
            at, says = f"{self.key}{number}_", f"{self.label}, điều kiện {number}"
            made[f"{at}what"] = forms.ChoiceField(
                label=f"{says}: xét gì", choices=what, required=False
            )
            made[f"{at}line"] = line_field(says)
            made[f"{at}op"] = forms.ChoiceField(
                label=f"{says}: so sánh", choices=OPERATORS, required=False
            )
            made[f"{at}value"] = forms.CharField(
                label=f"{says}: giá trị", required=False, max_length=400
            )
            made[f"{at}not"] = forms.BooleanField(label=f"{says}: không phải", required=False)
            made[f"{at}group"] = forms.ChoiceField(
                label=f"{says}: nhóm", choices=groups, required=False
            )
        return made

    def typed(self, values: Plain) -> dict[str, Any]:
        shown = _shown(values.get(self.key))
        rows = [(number, row) for number, group in enumerate(shown.groups, 1) for row in group]
        made: dict[str, Any] = {f"{self.key}_mode": shown.mode}
        for number in self.numbers():
            group, row = rows[number - 1] if number <= len(rows) else (1, None)
            made |= self._typed_row(f"{self.key}{number}_", group, row)
        return made

    def _typed_row(self, at: str, group: int, row: Row | None) -> dict[str, Any]:
        made: dict[str, Any] = {f"{at}{name}": "" for name in ("what", "line", "value")}
        made |= {f"{at}op": "yes", f"{at}not": False, f"{at}group": str(group)}
        if row is None:
            return made
        made[f"{at}not"] = row.negated
        if row.subject in ("points", "percent"):
            made |= {f"{at}what": row.subject, f"{at}line": row.name}
        else:
            made[f"{at}what"] = f"{row.subject}:{row.name}"
        made |= self._typed_value(at, row)
        return made

    def _typed_value(self, at: str, row: Row) -> dict[str, Any]:
        if row.operator == "given":
            return {f"{at}op": "given" if row.value is True else "missing"}
        if row.operator == "eq" and isinstance(row.value, bool):
            return {f"{at}op": "yes" if row.value != row.negated else "no", f"{at}not": False}
        listed = row.value if isinstance(row.value, list) else [row.value]
        return {f"{at}op": row.operator, f"{at}value": "; ".join(map(_typed_scalar, listed))}

    def plain(self, typed: Typed) -> Plain:
        groups: dict[int, list[Row]] = {}
        mode: Mode = typed.get(f"{self.key}_mode") or "all"
        for number in self.numbers():
            row, _wrong = self._read(typed, number)
            if row is not None:
                grouped = mode in ("all_groups", "any_groups")
                place = int(typed.get(f"{self.key}{number}_group") or 1) if grouped else 1
                groups.setdefault(place, []).append(row)
        ordered = tuple(tuple(groups[place]) for place in sorted(groups))
        made = condition_of(Rows(mode, ordered))
        return {} if made is None else {self.key: made}

    def check(self, typed: Typed) -> dict[str, str]:
        found: dict[str, str] = {}
        for number in self.numbers():
            found |= self._read(typed, number)[1]
        if self.required and not found and not self.plain(typed):
            found[f"{self.key}1_what"] = "Ghi ít nhất một điều kiện."
        return found

    def _read(self, typed: Typed, number: int) -> tuple[Row | None, dict[str, str]]:
        """A row as a comparison, or what is wrong with it; nothing for an empty row."""
        at = f"{self.key}{number}_"
        what = str(typed.get(f"{at}what") or "")
        if not what:
            if typed.get(f"{at}value") or typed.get(f"{at}line"):
                return None, {f"{at}what": "Chọn số liệu hoặc điểm cần xét, hoặc xóa dòng này."}
            return None, {}
        subject, _, name = what.partition(":")
        if subject in ("points", "percent"):
            name = one_line(str(typed.get(f"{at}line") or "")).partition(" ")[0]
            if not name:
                return None, {f"{at}line": "Ghi mã dòng cần xét."}
        negated = bool(typed.get(f"{at}not"))
        op = str(typed.get(f"{at}op") or "yes")
        known = next((one for one in self.named if subject == "field" and one.name == name), None)
        if op in ("given", "missing"):
            return Row(subject, name, "given", op == "given", negated), {}
        if op in ("yes", "no"):
            if known is None or known.type not in ("flag", UNDECLARED):
                words = "“Là có”, “là không” dùng cho số liệu có hoặc không. Chọn cách so khác."
                return None, {f"{at}op": words}
            return Row("field", name, "eq", value=True, negated=negated != (op == "no")), {}
        try:
            value = _read_value(str(typed.get(f"{at}value") or ""), op, known)
        except ValidationError as problem:
            return None, {f"{at}value": " ".join(problem.messages)}
        except Refused as refused:
            return None, {f"{at}value": str(refused)}
        return Row(subject, name, op, value, negated), {}


def rows_needed(condition: Any, data: Mapping[str, Any] | None, key: str) -> int:
    """How many rows a condition shows: those that are there and some to add."""
    if data is not None:
        found = 0
        while f"{key}{found + 1}_what" in data and found < 100:
            found += 1
        return max(found, 1)
    return sum(map(len, _shown(condition).groups)) + SPARE_ROWS


def is_too_long(condition: Any) -> bool:
    """Whether a condition has more rows than a form can show; its words still do."""
    try:
        rows_of(condition) if condition is not None else None
    except TooLong:
        return True
    return False


def _shown(condition: Any) -> Rows:
    if condition is None or is_too_long(condition):
        return Rows("all", ())
    return rows_of(condition)


def _typed_scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Fraction | int):
        return typed_figure(value)
    day = day_of(value)
    return f"{day:%d/%m/%Y}" if day else str(value)


def _read_value(typed: str, op: str, known: FieldName | None) -> Any:
    parts = [part.strip() for part in typed.split(";")] if op == "in" else [typed.strip()]
    values = [_scalar(part, known) for part in parts if part]
    if not values:
        raise ValidationError("Ghi giá trị để so sánh.")
    return values if op == "in" else values[0]


def _scalar(typed: str, known: FieldName | None) -> Any:
    kind = known.type if known else "number"
    if kind == "text":
        return typed
    if kind == "flag":
        if typed.casefold() in ("có", "không"):
            return typed.casefold() == "có"
        raise ValidationError("Số liệu này chỉ có hoặc không: chọn “là có” hoặc “là không”.")
    if kind == "date":
        day = DayField().clean(typed)
        return day.isoformat() if day else typed
    return read_exact(typed)
