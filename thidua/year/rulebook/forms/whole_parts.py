"""Các phần của cả thang điểm: source, period, facts of units, tie breaks, floors of classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from thidua.core.text import fold, one_line
from thidua.platform.http.posting import DayField
from thidua.year.rulebook.forms.conditions import LINES, TOTALS, FieldName
from thidua.year.rulebook.forms.fields import ExactField, ListField, line_field
from thidua.year.rulebook.forms.parts import Choices, Part, Plain, Typed, day_of, exact

SPARE_ROWS = 3
TYPES: Choices = (
    ("number", "Số"),
    ("flag", "Có hoặc không"),
    ("date", "Ngày"),
    ("text", "Chữ"),
)
FIGURES: Choices = (("points", "Tổng điểm"), ("percent", "Tỷ lệ tổng điểm trên điểm tối đa"))


@dataclass(frozen=True, kw_only=True)
class SourceRefPart(Part):
    """Where the scale comes from and how much of it."""

    def fields(self) -> dict[str, forms.Field]:
        choices = (
            ("full", "Đầy đủ"),
            ("partial", "Chỉ một phần: tổng không khớp thì cảnh báo, không chặn"),
            ("constructed", "Dựng để minh họa, không phải số thật"),
        )
        return {
            "ref": forms.CharField(label="Văn bản nguồn", max_length=600, required=False),
            "completeness": forms.ChoiceField(
                label="Nội dung so với nguồn", choices=choices, required=False
            ),
            "source_note": forms.CharField(
                label="Ghi chú về nguồn", max_length=2000, required=False
            ),
        }

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get("source") or {}
        return {
            "ref": str(found.get("ref") or ""),
            "completeness": found.get("completeness", "full"),
            "source_note": str(found.get("note") or ""),
        }

    def plain(self, typed: Typed) -> Plain:
        made = {"ref": typed.get("ref") or "", "completeness": typed.get("completeness") or "full"}
        if typed.get("source_note"):
            made["note"] = typed["source_note"]
        return {"source": made}


@dataclass(frozen=True, kw_only=True)
class PeriodPart(Part):
    """The period in which results count."""

    def fields(self) -> dict[str, forms.Field]:
        return {
            "period_from": DayField(label="Chấm kết quả từ ngày", required=False),
            "period_to": DayField(label="Đến hết ngày", required=False),
        }

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get("period") or {}
        return {"period_from": day_of(found.get("from")), "period_to": day_of(found.get("to"))}

    def plain(self, typed: Typed) -> Plain:
        starts, ends = typed.get("period_from"), typed.get("period_to")
        if not (starts and ends):
            return {}
        return {"period": {"from": starts.isoformat(), "to": ends.isoformat()}}

    def check(self, typed: Typed) -> dict[str, str]:
        starts, ends = typed.get("period_from"), typed.get("period_to")
        if bool(starts) != bool(ends):
            return {"period_to": "Ghi cả hai ngày, hoặc để trống cả hai."}
        if starts and ends and ends < starts:
            return {"period_to": "Ngày cuối phải sau ngày đầu."}
        return {}


@dataclass(frozen=True, kw_only=True)
class FieldsPart(Part):
    """Facts of a unit, a row each; a row without name does not count."""

    template: ClassVar[str] = "rulebook/parts/facts.html"
    key: str = "fields"
    rows: int = SPARE_ROWS

    def numbers(self) -> range:
        """The rows, counted from 1."""
        return range(1, self.rows + 1)

    def fields(self) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {}
        for number in self.numbers():
            at, says = f"s{number}_", f"Số liệu {number}"
            hidden = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
            made[f"{at}name"] = hidden
            made[f"{at}label"] = forms.CharField(
                label=f"{says}: tên", required=False, max_length=200
            )
            made[f"{at}type"] = forms.ChoiceField(
                label=f"{says}: kiểu", required=False, choices=TYPES
            )
            made[f"{at}unit"] = forms.CharField(
                label=f"{says}: đơn vị tính", required=False, max_length=60
            )
            made[f"{at}drop"] = forms.BooleanField(label=f"{says}: bỏ", required=False)
        return made

    def typed(self, values: Plain) -> dict[str, Any]:
        found = list((values.get(self.key) or {}).items())
        made: dict[str, Any] = {}
        for number in self.numbers():
            at = f"s{number}_"
            name, fact = found[number - 1] if number <= len(found) else ("", {})
            made |= {f"{at}name": name, f"{at}label": str(fact.get("label") or name)}
            made |= {f"{at}type": fact.get("type", "number"), f"{at}drop": False}
            made[f"{at}unit"] = str(fact.get("unit") or "")
        return made

    def plain(self, typed: Typed) -> Plain:
        made: Plain = {}
        for number in self.numbers():
            at = f"s{number}_"
            label = one_line(str(typed.get(f"{at}label") or ""))
            if not label or typed.get(f"{at}drop"):
                continue
            name = str(typed.get(f"{at}name") or "") or _fresh_name(label, made)
            fact: Plain = {"type": typed.get(f"{at}type") or "number"}
            if typed.get(f"{at}unit"):
                fact["unit"] = typed[f"{at}unit"]
            made[name] = fact if label == name else {**fact, "label": label}
        return {self.key: made} if made else {}


@dataclass(frozen=True, kw_only=True)
class TieBreaksPart(Part):
    """What decides between equal units, in order."""

    template: ClassVar[str] = "rulebook/parts/tie_breaks.html"
    key: str = "ranking"
    named: tuple[FieldName, ...] = ()
    rows: int = SPARE_ROWS

    def numbers(self) -> range:
        """The rows, counted from 1."""
        return range(1, self.rows + 1)

    def fields(self) -> dict[str, forms.Field]:
        what = [
            ("", "Không xét thêm"),
            *LINES,
            *((f"field:{one.name}", f"Số liệu: {one.label}") for one in self.named),
            *TOTALS,
        ]
        made: dict[str, forms.Field] = {
            "rank_key": forms.ChoiceField(label="Xếp hạng theo", choices=FIGURES, required=False)
        }
        for number in self.numbers():
            at, says = f"t{number}_", f"Lần xét {number}"
            made[f"{at}what"] = forms.ChoiceField(
                label=f"{says}: xét gì", choices=what, required=False
            )
            made[f"{at}line"] = line_field(says)
            made[f"{at}order"] = forms.ChoiceField(
                label=f"{says}: xếp trước",
                required=False,
                choices=(("desc", "cao hơn xếp trước"), ("asc", "thấp hơn xếp trước")),
            )
        return made

    def typed(self, values: Plain) -> dict[str, Any]:
        ranking = values.get(self.key) or {}
        found = list(ranking.get("tie_breaks") or [])
        made: dict[str, Any] = {"rank_key": ranking.get("key", "points")}
        for number in self.numbers():
            at = f"t{number}_"
            one = found[number - 1] if number <= len(found) else {}
            subject = next((word for word in one if word != "order"), "")
            is_line = subject in ("points", "percent")
            made[f"{at}what"] = subject if is_line or not subject else f"{subject}:{one[subject]}"
            made[f"{at}line"] = str(one[subject]) if is_line else ""
            made[f"{at}order"] = one.get("order", "desc")
        return made

    def plain(self, typed: Typed) -> Plain:
        made: Plain = {}
        if typed.get("rank_key") == "percent":
            made["key"] = "percent"
        breaks = []
        for number in self.numbers():
            subject, _, name = str(typed.get(f"t{number}_what") or "").partition(":")
            name = name or one_line(str(typed.get(f"t{number}_line") or "")).partition(" ")[0]
            if not subject or not name:
                continue
            order = {"order": "asc"} if typed.get(f"t{number}_order") == "asc" else {}
            breaks.append({subject: name, **order})
        if breaks:
            made["tie_breaks"] = breaks
        return {self.key: made} if made else {}

    def check(self, typed: Typed) -> dict[str, str]:
        return {
            f"t{number}_line": "Ghi mã dòng cần xét."
            for number in self.numbers()
            if typed.get(f"t{number}_what") in ("points", "percent")
            and not typed.get(f"t{number}_line")
        }


@dataclass(frozen=True, kw_only=True)
class ClassFloorPart(Part):
    """The least share that every line, section or named line must reach for a class."""

    def fields(self) -> dict[str, forms.Field]:
        choices = (
            ("", "Không đòi mức sàn"),
            ("sections", "Mọi nội dung lớn"),
            ("leaves", "Mọi dòng chấm điểm"),
            ("codes", "Các dòng ghi ở ô bên"),
        )
        return {
            "floor_over": forms.ChoiceField(label="Mức sàn của", choices=choices, required=False),
            "floor_codes": ListField(label="Mã các dòng", help_text="Mỗi dòng một mã."),
            "floor_percent": ExactField(
                label="Đạt ít nhất bao nhiêu % điểm tối đa", required=False, negative=False
            ),
        }

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get("floor") or {}
        over = found.get("over", "")
        return {
            "floor_over": over if isinstance(over, str) else "codes",
            "floor_codes": [] if isinstance(over, str) else list(over),
            "floor_percent": exact(found.get("percent")),
        }

    def plain(self, typed: Typed) -> Plain:
        over = typed.get("floor_over")
        if not over or typed.get("floor_percent") is None:
            return {}
        named = [code.partition(" ")[0] for code in typed.get("floor_codes") or []]
        where = named if over == "codes" else over
        return {"floor": {"over": where, "percent": typed["floor_percent"]}}

    def check(self, typed: Typed) -> dict[str, str]:
        over = typed.get("floor_over")
        if over and typed.get("floor_percent") is None:
            return {"floor_percent": "Ghi tỷ lệ ít nhất, hoặc chọn không đòi mức sàn."}
        if over == "codes" and not typed.get("floor_codes"):
            return {"floor_codes": "Ghi mã của ít nhất một dòng."}
        return {}


def _fresh_name(label: str, used: Mapping[str, Any]) -> str:
    """The name under which the file keeps a fact: its label without marks."""
    name = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:40] or "so_lieu"
    name = name if name[0].isalpha() else f"so_{name}"
    number, found = 2, name
    while found in used:
        found, number = f"{name}_{number}", number + 1
    return found
