"""Biểu mẫu sửa thang điểm trong năm: a reason, and for a criterion that came up its one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms

from thidua.platform.http.posting import OfficialForm
from thidua.scalefile.editing.lines import Plain
from thidua.year.rulebook.forms.fields import ExactField
from thidua.year.rulebook.proposals import LONGEST_LABEL

WAYS = (
    ("judged", "Người chấm cho điểm từ 0 đến tối đa"),
    ("flag", "Có thì được điểm tối đa, không thì 0"),
    ("count_plus", "Mỗi lần được cộng, tới tối đa"),
    ("count_minus", "Mỗi lần bị trừ, tới tối đa"),
)


class ReasonForm(OfficialForm):
    """Why an adopted scale is changed."""

    reason = forms.CharField(
        label="Lý do sửa trong năm",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: UBND tỉnh giao thêm nhiệm vụ tại Công văn số 123/UBND-TH.",
    )


class CriterionForm(ReasonForm):
    """A criterion that came up in the year."""

    group = forms.ChoiceField(label="Thêm vào mục")
    label = forms.CharField(
        label="Nội dung", max_length=LONGEST_LABEL, widget=forms.Textarea(attrs={"rows": 2})
    )
    way = forms.ChoiceField(label="Cách cho điểm", choices=WAYS)
    most = ExactField(label="Điểm tối đa", negative=False)
    each = ExactField(
        label="Điểm mỗi lần",
        required=False,
        negative=False,
        help_text="Chỉ ghi khi tính theo từng lần.",
    )
    evidence = forms.CharField(label="Tài liệu kiểm chứng", required=False, max_length=300)

    field_order = ("group", "label", "way", "most", "each", "evidence", "reason")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, groups: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        field = self.fields["group"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(groups)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if str(cleaned.get("way", "")).startswith("count") and cleaned.get("each") is None:
            self.add_error("each", "Ghi điểm mỗi lần.")
        return cleaned

    def line(self) -> Plain:
        """The line as the scale holds it."""
        typed = self.cleaned_data
        most: Fraction = typed["most"]
        each: Fraction = typed["each"] or Fraction(0)
        made: Plain = {"label": typed["label"], **_rule(typed["way"], most, each)}
        if typed["evidence"]:
            made["evidence"] = {"list": [typed["evidence"]]}
        return made


def _rule(way: str, most: Fraction, each: Fraction) -> Plain:
    match way:
        case "flag":
            return {"kind": "flag", "hit": most}
        case "count_plus":
            return {"kind": "count", "each": each, "cap": most}
        case "count_minus":
            return {"kind": "count", "each": -each, "cap": most}
        case _:
            return {"kind": "judged", "max": most}
