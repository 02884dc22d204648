"""Shape of what is typed at a draw and of a declared conflict; services judge it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from thidua.platform.http.posting import OfficialForm
from thidua.year.bloc.queries import Member
from thidua.year.bloc.services.drawing import (
    AGAIN_WHY,
    LEAST_DIGITS,
    REPEAT_WHY,
    SPOKEN,
    TWO_WITNESSES,
    spoken_digits,
)

WIDE = forms.TextInput(attrs={"size": 60})


class ReasonField(forms.CharField):
    """Shown as needed; the decision judges it, for only it knows a form that was sent twice."""

    def validate(self, value: object) -> None:
        """Leave an empty reason to the service."""


class DrawForm(OfficialForm):
    """The digits drawn aloud, the two units that watched; a reason where one is due."""

    digits = forms.CharField(
        label="Các chữ số bốc được",
        max_length=80,
        widget=forms.TextInput(attrs={"size": 24, "inputmode": "numeric", "autocomplete": "off"}),
        help_text=f"Ít nhất {LEAST_DIGITS} chữ số, ghi theo thứ tự bốc được, ví dụ 482915.",
    )
    first_witness = forms.TypedChoiceField(label="Đơn vị chứng kiến thứ nhất", coerce=int)
    second_witness = forms.TypedChoiceField(label="Đơn vị chứng kiến thứ hai", coerce=int)
    repeat_last_year = forms.BooleanField(
        label="Cho lặp lại phân công năm trước, vì không còn cách nào khác", required=False
    )
    reason = ReasonField(label="Lý do", required=False, max_length=1000, widget=WIDE)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        members: Sequence[Member] = (),
        again: bool = False,
        may_repeat: bool = False,
        asking: bool = False,
    ) -> None:
        """`asking`: nothing is drawn by this form yet, so that a reason can be missed here."""
        super().__init__(data)
        self.again, self.asking = again, asking
        others = [(str(one.unit_id), one.name) for one in members if not one.is_head]
        for name in ("first_witness", "second_witness"):
            self.fields[name].choices = [("", "Chọn đơn vị"), *others]  # type: ignore[attr-defined]  # a ChoiceField
        if not may_repeat:
            del self.fields["repeat_last_year"]
        if again:
            self.fields["reason"].label = "Lý do bốc thăm lại"
            self.fields["reason"].required = True
        elif not may_repeat:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong at once, though the decision judges it again."""
        given = super().clean() or self.cleaned_data
        if "digits" in given and spoken_digits(given["digits"]) is None:
            self.add_error("digits", SPOKEN)
        first, second = given.get("first_witness"), given.get("second_witness")
        if first is not None and first == second:
            self.add_error("second_witness", TWO_WITNESSES)
        if self.asking and not given.get("reason"):
            if self.again:
                self.add_error("reason", AGAIN_WHY)
            elif given.get("repeat_last_year"):
                self.add_error("reason", REPEAT_WHY)
        return given

    def typed(self) -> tuple[tuple[str, str], ...]:
        """What was typed, to go along with the question."""
        given = self.cleaned_data
        names = ("digits", "first_witness", "second_witness", "reason")
        kept = [(name, str(given[name])) for name in names if given.get(name)]
        return (*kept, *([("repeat_last_year", "on")] if given.get("repeat_last_year") else []))

    def said(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        return {
            "digits": given["digits"],
            "witnesses": [given["first_witness"], given["second_witness"]],
            "reason": given.get("reason", ""),
            "repeat_last_year": given.get("repeat_last_year", False),
            "request_id": self.request_id,
        }


class ConflictForm(OfficialForm):
    """Two units and why they shall not verify each other."""

    first = forms.TypedChoiceField(label="Đơn vị", coerce=int)
    second = forms.TypedChoiceField(label="Không thẩm định lẫn nhau với", coerce=int)
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        widget=WIDE,
        help_text="Ví dụ: hai đơn vị cùng thực hiện một chỉ tiêu. Lý do chỉ hai đơn vị, Trưởng "
        "khối và cơ quan thường trực xem được.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        members: Sequence[Member] = (),
        own_id: int | None = None,
    ) -> None:
        """`own_id`: the one unit that may be declared for; None: any (the head)."""
        super().__init__(data)
        named = [(str(one.unit_id), one.name) for one in members]
        first = [one for one in named if own_id is None or one[0] == str(own_id)]
        second = [one for one in named if own_id is None or one[0] != str(own_id)]
        lead = [("", "Chọn đơn vị")]
        self.fields["first"].choices = first if own_id else lead + first  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["second"].choices = lead + second  # type: ignore[attr-defined]  # a ChoiceField
