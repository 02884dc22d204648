"""Các phần của dòng ngoài cách cho điểm: note and resolution, evidence, scope, recurrence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from django import forms

from thidua.platform.http.posting import DayField
from thidua.scalefile.editing.mandate import Mandate, mandate_of, note_with
from thidua.year.rulebook.audience import Audience, meant_name
from thidua.year.rulebook.forms.fields import ListField
from thidua.year.rulebook.forms.parts import Part, Plain, Typed, day_of


@dataclass(frozen=True, kw_only=True)
class NotePart(Part):
    """The note, and the resolution of the People's Council that it cites first."""

    template: ClassVar[str] = "rulebook/parts/mandate.html"

    def fields(self) -> dict[str, forms.Field]:
        return {
            "mandate_number": forms.CharField(
                label="Số, ký hiệu nghị quyết của HĐND",
                required=False,
                max_length=80,
                help_text="Chỉ ghi khi chỉ tiêu này do HĐND giao, ví dụ 38/NQ-HĐND.",
            ),
            "mandate_day": DayField(label="Ngày nghị quyết", required=False),
            "mandate_clause": forms.CharField(
                label="Điều, khoản, phụ lục", required=False, max_length=120
            ),
            "note": forms.CharField(
                label="Ghi chú",
                required=False,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
        }

    def typed(self, values: Plain) -> dict[str, Any]:
        mandate, rest = mandate_of(str(values.get("note") or ""))
        return {
            "mandate_number": mandate.number if mandate else "",
            "mandate_day": mandate.day if mandate else None,
            "mandate_clause": mandate.clause if mandate else "",
            "note": rest,
        }

    def plain(self, typed: Typed) -> Plain:
        number = str(typed.get("mandate_number") or "")
        clause = str(typed.get("mandate_clause") or "")
        mandate = Mandate(number, typed.get("mandate_day"), clause) if number else None
        note = note_with(mandate, str(typed.get("note") or ""))
        return {"note": note} if note else {}

    def check(self, typed: Typed) -> dict[str, str]:
        number = str(typed.get("mandate_number") or "")
        if not number:
            if typed.get("mandate_day") or typed.get("mandate_clause"):
                return {"mandate_number": "Ghi số, ký hiệu nghị quyết, hoặc xóa ngày và điều."}
            return {}
        mandate = Mandate(number, typed.get("mandate_day"), str(typed.get("mandate_clause") or ""))
        rest = str(typed.get("note") or "")
        if mandate_of(note_with(mandate, rest)) == (mandate, rest):
            return {}
        return {
            "mandate_number": "Ghi số, ký hiệu liền nhau như 38/NQ-HĐND; ở ô điều, khoản không "
            "dùng dấu chấm và dấu chấm phẩy."
        }


@dataclass(frozen=True, kw_only=True)
class EvidencePart(Part):
    """Which documents prove a line, and whether one must be cited."""

    def fields(self) -> dict[str, forms.Field]:
        return {
            "evidence_list": ListField(
                label="Tài liệu kiểm chứng", help_text="Mỗi dòng một loại tài liệu."
            ),
            "evidence_required": forms.BooleanField(
                label="Bắt buộc có minh chứng khi được điểm", required=False
            ),
        }

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get("evidence") or {}
        return {
            "evidence_list": list(found.get("list") or []),
            "evidence_required": found.get("required") is True,
        }

    def plain(self, typed: Typed) -> Plain:
        made: Plain = {}
        if typed.get("evidence_required"):
            made["required"] = True
        if typed.get("evidence_list"):
            made["list"] = list(typed["evidence_list"])
        return {"evidence": made} if made else {}


APPLIES = (
    ("types", "Chỉ áp dụng cho loại đơn vị"),
    ("units", "Chỉ áp dụng cho các đơn vị"),
    ("except_units", "Không áp dụng cho các đơn vị"),
)


@dataclass(frozen=True, kw_only=True)
class AppliesPart(Part):
    """For which units and which part of the year a line is.

    Kinds and units are chosen from those of the bloc; a name that stands in the line stays to be
    chosen even where it fits nobody.
    """

    audience: Audience
    values: Plain

    def fields(self) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {
            name: forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=[(one, self._shown(name, one)) for one in self._names(name)],
                widget=forms.CheckboxSelectMultiple,
                help_text="" if self._names(name) else "Khối chưa ghi loại cho đơn vị nào.",
            )
            for name, label in APPLIES
        }
        made["starts"] = DayField(label="Áp dụng từ ngày", required=False)
        made["ends"] = DayField(label="Áp dụng đến hết ngày", required=False)
        return made

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get("applies_to") or {}
        made: dict[str, Any] = {name: list(found.get(name) or []) for name, _ in APPLIES}
        return {**made, "starts": day_of(found.get("from")), "ends": day_of(found.get("to"))}

    def plain(self, typed: Typed) -> Plain:
        made: Plain = {}
        for name, _ in APPLIES:
            chosen = [one for one in self._names(name) if one in (typed.get(name) or ())]
            if chosen:
                made[name] = chosen
        for name, key in (("starts", "from"), ("ends", "to")):
            if typed.get(name):
                made[key] = typed[name].isoformat()
        return {"applies_to": made} if made else {}

    def _names(self, key: str) -> tuple[str, ...]:
        standing = (self.values.get("applies_to") or {}).get(key) or ()
        return tuple(dict.fromkeys((*self.audience.names(key), *standing)))

    def _shown(self, key: str, name: str) -> str:
        known = self.audience.names(key)
        if name in known or not self.audience.units:
            return name
        meant = meant_name(name, known)
        return f"{name} (Khối ghi là “{meant}”)" if meant else f"{name} (Khối không có)"

    def check(self, typed: Typed) -> dict[str, str]:
        starts, ends = typed.get("starts"), typed.get("ends")
        if starts and ends and ends < starts:
            return {"ends": "Ngày cuối phải sau ngày đầu."}
        return {}


@dataclass(frozen=True, kw_only=True)
class RecursPart(Part):
    """How many times a year the line is scored."""

    def fields(self) -> dict[str, forms.Field]:
        return {
            "times": forms.IntegerField(
                label="Số lần chấm trong năm",
                required=False,
                min_value=2,
                max_value=366,
                help_text="Để trống nếu chấm một lần; 12 nếu chấm hằng tháng, 4 nếu chấm hằng quý.",
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
            ),
            "combine": forms.ChoiceField(
                label="Gộp điểm các lần",
                required=False,
                choices=(("sum", "Cộng điểm các lần"), ("mean", "Lấy điểm trung bình các lần")),
            ),
        }

    def typed(self, values: Plain) -> dict[str, Any]:
        found = values.get("recurs") or {}
        times = found.get("times")
        return {
            "times": None if times is None else int(times),
            "combine": found.get("combine") or "sum",
        }

    def plain(self, typed: Typed) -> Plain:
        if not typed.get("times"):
            return {}
        made: Plain = {"times": Fraction(typed["times"])}
        if typed.get("combine") == "mean":
            made["combine"] = "mean"
        return {"recurs": made}
