"""Conditions as clauses of a sentence: "khi số hồ sơ từ 2.000 trở lên" (FORMAT section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from thidua.core.condition import All, Any, Comparison, Condition, Not, Operator, Scalar, Test
from thidua.core.node import Node
from thidua.core.points import show, show_figure
from thidua.core.scale import FieldDef, Scale

_NUMBERS: Mapping[Operator, str] = {
    "ge": "từ {} trở lên",
    "gt": "trên {}",
    "le": "không quá {}",
    "lt": "dưới {}",
    "eq": "bằng {}",
    "ne": "khác {}",
    "in": "là một trong các giá trị {}",
}
_DAYS: Mapping[Operator, str] = {
    "ge": "từ ngày {}",
    "gt": "sau ngày {}",
    "le": "chậm nhất ngày {}",
    "lt": "trước ngày {}",
    "eq": "đúng ngày {}",
    "ne": "khác ngày {}",
    "in": "là một trong các ngày {}",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What fields and lines of one scale are called in sentences."""

    fields: Mapping[str, FieldDef]
    nodes: Mapping[str, Node]

    @classmethod
    def of(cls, scale: Scale) -> Names:
        """The names of a scale."""
        return cls(scale.field_index(), scale.index())

    def field(self, name: str) -> str:
        """A field by its label, or its own name where it has none."""
        found = self.fields.get(name)
        return found.label if found and found.label else name

    def line(self, code: str) -> str:
        """A line by code and label: "I.2 Giải ngân"."""
        found = self.nodes.get(code)
        return f"{code} {found.label}" if found and found.label else code


def condition_words(condition: Condition, names: Names) -> str:
    """A condition as a clause that can stand after "khi"."""
    match condition:
        case Test():
            return _test(condition, names)
        case Not(Test() as test) if _is_flag(test, names):
            return f"“{names.field(test.name)}” là không"
        case Not(part):
            return f"không phải ({condition_words(part, names)})"
        case All(parts):
            return " và ".join(_part(part, names) for part in parts)
        case Any(parts):
            return " hoặc ".join(_part(part, names) for part in parts)


def day_words(iso: str) -> str:
    """An ISO date the way officials write it; other text unchanged."""
    try:
        return f"{date.fromisoformat(iso):%d/%m/%Y}"
    except ValueError:
        return iso


def _part(condition: Condition, names: Names) -> str:
    said = condition_words(condition, names)
    return f"({said})" if isinstance(condition, All | Any) else said


def _test(test: Test, names: Names) -> str:
    if test.given is not None:
        return f"{'đã ghi' if test.given else 'chưa ghi'} {_subject(test, names)}"
    if _is_flag(test, names):
        holds = _says_yes(test)
        return f"“{names.field(test.name)}” là {'có' if holds else 'không'}"
    subject = _subject(test, names)
    compared = " và ".join(_comparison(one, test, names) for one in test.comparisons)
    return f"{subject} {compared}"


def _is_flag(test: Test, names: Names) -> bool:
    found = names.fields.get(test.name)
    return (
        test.subject == "field"
        and test.given is None
        and found is not None
        and found.type == "flag"
        and len(test.comparisons) == 1
        and test.comparisons[0].operator in ("eq", "ne")
    )


def _says_yes(test: Test) -> bool:
    compared = test.comparisons[0]
    return (compared.operator == "eq") == (compared.values[0] is True)


def _subject(test: Test, names: Names) -> str:
    match test.subject:
        case "field":
            return f"“{names.field(test.name)}”"
        case "points":
            return f"điểm của {names.line(test.name)}"
        case "percent":
            return f"tỷ lệ điểm đạt của {names.line(test.name)}"
        case "total":
            return "tổng điểm" if test.name == "points" else "tỷ lệ tổng điểm"


def _comparison(comparison: Comparison, test: Test, names: Names) -> str:
    found = names.fields.get(test.name) if test.subject == "field" else None
    is_day = found is not None and found.type == "date"
    pattern = (_DAYS if is_day else _NUMBERS)[comparison.operator]
    return pattern.format(", ".join(_value(value, test, found) for value in comparison.values))


def _value(value: Scalar, test: Test, found: FieldDef | None) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, str):
        return day_words(value) if found and found.type == "date" else f"“{value}”"
    return f"{_number(value, test)}{_measure(test, found)}"


def _number(value: Fraction, test: Test) -> str:
    return show(value) if test.subject == "points" or test.name == "points" else show_figure(value)


def _measure(test: Test, found: FieldDef | None) -> str:
    if test.subject == "percent" or (test.subject == "total" and test.name == "percent"):
        return "%"
    if found is None or not found.unit:
        return " điểm" if test.subject in ("points", "total") else ""
    return found.unit if found.unit == "%" else f" {found.unit}"
