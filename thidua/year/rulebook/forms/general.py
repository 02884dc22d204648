"""Biểu mẫu của cả thang điểm: caps and rounding, facts of units, gates, classes, ranking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from thidua.core.text import fold, one_line
from thidua.platform.http.posting import DayField
from thidua.year.rulebook.forms.bands import BoundsPart
from thidua.year.rulebook.forms.conditions import LINES, TOTALS, FieldName
from thidua.year.rulebook.forms.fields import ExactField, ListField
from thidua.year.rulebook.forms.kinds import Vocabulary
from thidua.year.rulebook.forms.line import NOT_APPLICABLE, NOT_ASSIGNED
from thidua.year.rulebook.forms.parts import (
    ChoicePart,
    Choices,
    EvidencePart,
    Figure,
    FloorPart,
    Part,
    Plain,
    Typed,
    WholePart,
    WordsPart,
    day_of,
    exact,
)
from thidua.year.rulebook.forms.plain_form import Group, PlainForm

SPARE_ROWS = 3
GENERAL_KEYS = (
    "title", "name", "version", "source", "period", "scale.base", "scale.bonus_cap",
    "scale.deduct_cap", "scale.max_total", "scale.min_total", "scale.decimals",
    "scale.percent_decimals", "scale.rounding", "scale.round_at", "scale.not_applicable",
    "scale.not_assigned_with_result",
)  # fmt: skip
TYPES: Choices = (
    ("number", "Số"),
    ("flag", "Có hoặc không"),
    ("date", "Ngày"),
    ("text", "Chữ"),
)
EFFECTS: Choices = (
    ("unranked", "Không xếp hạng"),
    ("not_considered", "Vẫn xếp hạng, không xét khen thưởng"),
    ("demote", "Hạ mức xếp loại"),
    ("block", "Không xếp hạng, không xếp loại, không xét khen thưởng"),
)
FIGURES: Choices = (("points", "Tổng điểm"), ("percent", "Tỷ lệ tổng điểm trên điểm tối đa"))
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)


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
            made[f"{at}line"] = forms.CharField(
                label=f"{says}: mã dòng",
                required=False,
                max_length=60,
                widget=forms.TextInput(attrs={"list": "cac-dong", "autocomplete": "off"}),
            )
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


class GeneralForm(PlainForm):
    """Title, source, period, caps, rounding, what happens to lines that do not apply."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, values: Plain) -> None:
        super().__init__(data, values=values, groups=_general())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = str(cleaned.get("name") or "")
        if name and not _SLUG.fullmatch(name):
            words = "Chỉ dùng chữ thường không dấu, chữ số và gạch nối, ví dụ so-nganh-2026."
            self.add_error("name", words)
        return cleaned


class FieldsForm(PlainForm):
    """Facts of units."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, values: Plain) -> None:
        rows = _rows(len(values.get("fields") or {}), data, "s", "_label")
        super().__init__(data, values=values, groups=(Group("", (FieldsPart(rows=rows),)),))


class RankingForm(PlainForm):
    """What units are ordered by, and what decides between equals."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Plain, words: Vocabulary
    ) -> None:
        shown = len((values.get("ranking") or {}).get("tie_breaks") or [])
        rows = _rows(shown, data, "t", "_what")
        part = TieBreaksPart(named=words.fields, rows=rows)
        super().__init__(data, values=values, groups=(Group("", (part,)),))


class GateForm(PlainForm):
    """One gate."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Plain, words: Vocabulary
    ) -> None:
        when = words.condition("when", "Khi", values, totals=True, required=True)
        parts = (
            WordsPart(key="code", label="Mã", required=True, most=50),
            WordsPart(key="label", label="Tên điều kiện", required=True, wide=True, keep=True),
            when,
            ChoicePart(
                key="effect", label="Thì đơn vị", choices=EFFECTS, default="unranked", keep=True
            ),
            WholePart(
                key="by",
                label="Hạ mấy mức",
                least=1,
                most=20,
                help="Chỉ dùng khi hạ mức xếp loại; để trống là một mức.",
            ),
            EvidencePart(key="evidence"),
        )
        super().__init__(data, values=values, groups=(Group("", parts),))


class ClassForm(PlainForm):
    """One class."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Plain, words: Vocabulary
    ) -> None:
        parts = (
            WordsPart(key="code", label="Mã", required=True, most=50),
            WordsPart(key="label", label="Tên mức", required=True, keep=True),
            BoundsPart(label="Khi tổng điểm hoặc tỷ lệ", equal=False, flat=True),
            ClassFloorPart(key="floor"),
            words.condition("if", "Và khi", values, totals=True),
        )
        super().__init__(data, values=values, groups=(Group("", parts),))


class ClassKeyForm(PlainForm):
    """What classes look at."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, values: Plain) -> None:
        part = ChoicePart(
            key="classification.key", label="Xếp loại theo", choices=FIGURES, default="points"
        )
        super().__init__(data, values=values, groups=(Group("", (part,)),))


def _general() -> tuple[Group, ...]:
    unlimited = "Để trống nếu không giới hạn."
    return (
        Group(
            "Tổng điểm, điểm thưởng, điểm trừ",
            (
                Figure(
                    key="scale.base",
                    label="Tổng điểm chuẩn",
                    stated=True,
                    help="Để trống nếu tổng tùy theo các dòng áp dụng cho đơn vị.",
                ),
                Figure(
                    key="scale.bonus_cap",
                    label="Điểm thưởng tối đa",
                    stated=True,
                    negative=False,
                    help=unlimited,
                ),
                Figure(
                    key="scale.deduct_cap",
                    label="Điểm trừ tối đa",
                    stated=True,
                    negative=False,
                    help=unlimited,
                ),
                Figure(
                    key="scale.max_total",
                    label="Tổng điểm sau cùng không quá",
                    stated=True,
                    help=unlimited,
                ),
                FloorPart(key="scale.min_total", label="Tổng điểm sau cùng thấp nhất"),
            ),
        ),
        Group("Tên, nguồn, kỳ chấm điểm", _identity()),
        Group("Làm tròn, dòng không áp dụng", _rounding()),
    )


def _identity() -> tuple[Part, ...]:
    slug = "Chữ thường không dấu, nối bằng gạch ngang."
    return (
        WordsPart(key="title", label="Tên thang điểm", required=True, wide=True),
        WordsPart(key="name", label="Ký hiệu", required=True, most=120, help=slug),
        WordsPart(key="version", label="Phiên bản", required=True, most=40),
        SourceRefPart(key="source"),
        PeriodPart(key="period"),
    )


def _rounding() -> tuple[Part, ...]:
    halves = (("half_up", "Phần nửa làm tròn lên"), ("half_even", "Phần nửa về số chẵn gần nhất"))
    places = (("total", "Chỉ làm tròn tổng"), ("leaf", "Làm tròn cả điểm từng dòng"))
    return (
        WholePart(
            key="scale.decimals",
            label="Số chữ số thập phân của tổng",
            least=0,
            most=3,
            required=True,
        ),
        WholePart(
            key="scale.percent_decimals",
            label="Số chữ số thập phân của tỷ lệ",
            least=0,
            most=3,
            default=2,
        ),
        ChoicePart(
            key="scale.rounding",
            label="Cách làm tròn",
            choices=halves,
            default="half_up",
            keep=True,
        ),
        ChoicePart(key="scale.round_at", label="Làm tròn ở đâu", choices=places, default="total"),
        ChoicePart(
            key="scale.not_applicable",
            label="Khi một dòng không áp dụng cho đơn vị",
            choices=NOT_APPLICABLE,
            default="drop_denominator",
            keep=True,
        ),
        ChoicePart(
            key="scale.not_assigned_with_result",
            label="Khi không được giao chỉ tiêu mà có kết quả",
            choices=NOT_ASSIGNED,
            default="ignore",
        ),
    )


def _rows(shown: int, data: Mapping[str, Any] | None, lead: str, end: str) -> int:
    if data is None:
        return shown + SPARE_ROWS
    found = 0
    while f"{lead}{found + 1}{end}" in data and found < 200:
        found += 1
    return max(found, 1)


def _fresh_name(label: str, used: Mapping[str, Any]) -> str:
    """The name under which the file keeps a fact: its label without marks."""
    name = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:40] or "so_lieu"
    name = name if name[0].isalpha() else f"so_{name}"
    number, found = 2, name
    while found in used:
        found, number = f"{name}_{number}", number + 1
    return found
