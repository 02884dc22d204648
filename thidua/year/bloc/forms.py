"""Shape of what is typed on the pages of a bloc-year; services judge it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms

from thidua.platform import clock
from thidua.platform.http.posting import DayField, HourField, OfficialForm
from thidua.year.bloc.models import BlocYear, Office, Window
from thidua.year.bloc.queries import Member
from thidua.year.bloc.services import Details, Settings, Span
from thidua.year.bloc.services.members import KIND_MOST
from thidua.year.bloc.services.settings import MOST_CHECKS
from thidua.year.bloc.services.windows import SETTLED_DEEDS

CLOSING_HOUR = time(17)
KINDS_LIST = "loai-don-vi"
WIDE = forms.TextInput(attrs={"size": 60})


class DetailsForm(OfficialForm):
    """The founding document, who is in charge, the period."""

    decision = forms.CharField(
        label="Số, ký hiệu văn bản thành lập",
        required=False,
        max_length=120,
        widget=WIDE,
        help_text="Ghi như trên văn bản, ví dụ Quyết định số 05/QĐ-UBND. Chưa có số thì để trống.",
    )
    decision_day = DayField(label="Ngày văn bản", required=False)
    council_member = forms.CharField(
        label="Thành viên Hội đồng phụ trách khối",
        required=False,
        max_length=300,
        widget=WIDE,
        help_text="Ghi chức danh, ví dụ Phó Chủ tịch Hội đồng Thi đua - Khen thưởng tỉnh.",
    )
    starts = DayField(label="Năm thi đua từ ngày")
    ends = DayField(label="Đến hết ngày")

    def details(self) -> Details:
        """What services take."""
        given = self.cleaned_data
        return Details(
            number=given["decision"],
            day=given["decision_day"],
            council_member=given["council_member"],
            starts=given["starts"],
            ends=given["ends"],
        )


class CorrectForm(DetailsForm):
    """The same again, with a reason that goes into the history of the year."""

    reason = forms.CharField(label="Lý do sửa", required=False, max_length=300, widget=WIDE)

    def __init__(self, *args: Any, settled: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts", "ends"):
            self.fields[name].disabled = settled


class JoinForm(OfficialForm):
    """A unit that joins within the year."""

    name = forms.CharField(
        label="Đơn vị",
        max_length=240,
        widget=forms.TextInput(attrs={"size": 60, "list": "don-vi", "autocomplete": "off"}),
        help_text="Chọn trong danh bạ, hoặc gõ tên đơn vị mới.",
    )
    joined = DayField(label="Tham gia từ ngày")


class LeaveForm(OfficialForm):
    """The day from which a unit is no member."""

    left = DayField(label="Rời khối từ ngày")
    reason = forms.CharField(
        label="Lý do", required=False, max_length=300, widget=WIDE,
        help_text="Ví dụ: hợp nhất theo Nghị quyết số…",
    )  # fmt: skip


class KindsForm(OfficialForm):
    """For each member the sort of unit that chooses its scale."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, members: Iterable[Member] = ()
    ) -> None:
        super().__init__(data)
        self.units = [member.unit_id for member in members]
        for member in members:
            self.fields[f"kind_{member.unit_id}"] = forms.CharField(
                label=member.name,
                required=False,
                max_length=KIND_MOST,
                initial=member.kind,
                widget=forms.TextInput(attrs={"list": KINDS_LIST}),
            )

    def kinds(self) -> dict[int, str]:
        """Kind by unit id."""
        return {unit_id: self.cleaned_data[f"kind_{unit_id}"] for unit_id in self.units}


class OfficeForm(OfficialForm):
    """A unit takes an office from a day."""

    kind = forms.ChoiceField(
        label="Cương vị", choices=Office.Kind.choices, widget=forms.RadioSelect
    )
    unit = forms.TypedChoiceField(label="Đơn vị", coerce=int)
    starts = DayField(label="Từ ngày")
    basis = forms.CharField(
        label="Căn cứ", max_length=300, widget=WIDE,
        help_text="Ví dụ: Biên bản hội nghị tổng kết ngày 12/01/2018.",
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, members: Iterable[Member] = ()
    ) -> None:
        super().__init__(data)
        named = [(str(member.unit_id), member.name) for member in members]
        self.fields["unit"].choices = [("", "Chọn đơn vị"), *named]  # type: ignore[attr-defined]  # a ChoiceField


class WindowsForm(OfficialForm):
    """Every deed of the year with opening day, last day and hour; empty days leave it unset."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        present: Mapping[str, Window] | None = None,
        settled: bool = False,
    ) -> None:
        super().__init__(data)
        self.present = dict(present or {})
        for deed, label in Window.Deed.choices:
            shown = _shown(self.present.get(deed))
            self.fields[f"{deed}_opens_day"] = DayField(
                label=f"{label}, mở từ ngày", required=False, initial=shown[0]
            )
            self.fields[f"{deed}_closes_day"] = DayField(
                label=f"{label}, hạn ngày", required=False, initial=shown[1]
            )
            self.fields[f"{deed}_closes_hour"] = HourField(
                label=f"{label}, hạn giờ", required=False, initial=shown[2]
            )
        self.fields["reason"] = forms.CharField(
            label="Lý do đổi mốc đã mở", required=False, max_length=1000, widget=WIDE,
            help_text="Chỉ cần khi đổi mốc của việc đã mở, ví dụ khi gia hạn.",
        )  # fmt: skip
        for name in self.fields:
            self.fields[name].error_messages.setdefault("required", "")
            if settled and name.rpartition("_")[0].rpartition("_")[0] in SETTLED_DEEDS:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for deed in Window.Deed.values:
            opens, closes = given.get(f"{deed}_opens_day"), given.get(f"{deed}_closes_day")
            if opens and not closes and f"{deed}_closes_day" not in self.errors:
                self.add_error(f"{deed}_closes_day", "Ghi cả ngày hạn, hoặc bỏ trống cả hai ngày.")
            if closes and not opens and f"{deed}_opens_day" not in self.errors:
                self.add_error(f"{deed}_opens_day", "Ghi cả ngày mở, hoặc bỏ trống cả hai ngày.")
        return given

    def spans(self) -> dict[str, Span | None]:
        """What services take; a window whose figures were left alone keeps its exact instants."""
        return {deed: self._span(deed) for deed in Window.Deed.values}

    def rows(self) -> list[dict[str, Any]]:
        """The fields of each deed, for the table."""
        return [
            {
                "label": label,
                "opens": self[f"{deed}_opens_day"],
                "closes": self[f"{deed}_closes_day"],
                "hour": self[f"{deed}_closes_hour"],
                "state": _state(self.present.get(deed)),
            }
            for deed, label in Window.Deed.choices
        ]

    def _span(self, deed: str) -> Span | None:
        given, window = self.cleaned_data, self.present.get(deed)
        opens, closes = given[f"{deed}_opens_day"], given[f"{deed}_closes_day"]
        if opens is None or closes is None:
            return None
        hour = given[f"{deed}_closes_hour"] or CLOSING_HOUR
        span = Span(clock.local(opens), clock.local(closes, hour.hour, hour.minute))
        if window is None:
            return span
        shown = _shown(window)
        return Span(
            window.opens if opens == shown[0] else span.opens,
            window.closes if (closes, hour) == shown[1:] else span.closes,
        )


def _state(window: Window | None) -> dict[str, str] | None:
    """Mark and words of a window now; None when it is not set."""
    if window is None:
        return None
    now = clock.now()
    if now < window.opens:
        return {"mark": "none", "words": "Chưa mở"}
    if now > window.closes:
        return {"mark": "lock", "words": "Đã hết hạn"}
    return {"mark": "open", "words": "Đang mở"}


def _shown(window: Window | None) -> tuple[date | None, date | None, time]:
    """Opening day, last day and hour as the form shows them."""
    if window is None:
        return None, None, CLOSING_HOUR
    opens, closes = window.opens.astimezone(clock.LOCAL), window.closes.astimezone(clock.LOCAL)
    return opens.date(), closes.date(), closes.time().replace(second=0, microsecond=0)


class SettingsForm(OfficialForm):
    """Quorum, visibility, late submission."""

    quorum_num = forms.IntegerField(label="Tử số", min_value=1, max_value=100)
    quorum_den = forms.IntegerField(label="Mẫu số", min_value=1, max_value=100)
    visibility = forms.ChoiceField(
        label="Ai xem được bảng điểm",
        choices=BlocYear.Visibility.choices,
        widget=forms.RadioSelect,
        help_text="Đơn vị luôn xem được bảng của mình; người thẩm định và Trưởng khối luôn xem "
        "được bảng mình phụ trách.",
    )
    late = forms.ChoiceField(
        label="Khi gửi sau hạn", choices=BlocYear.Late.choices, widget=forms.RadioSelect
    )
    checks_each = forms.IntegerField(
        label="Số đơn vị thẩm định mỗi bảng điểm",
        min_value=1,
        max_value=MOST_CHECKS,
        help_text="Dùng khi bốc thăm thẩm định chéo.",
    )

    def settings(self) -> Settings:
        """What services take."""
        given = self.cleaned_data
        return Settings(
            quorum_num=given["quorum_num"],
            quorum_den=given["quorum_den"],
            visibility=BlocYear.Visibility(given["visibility"]),
            late=BlocYear.Late(given["late"]),
            checks_each=given["checks_each"],
        )


class ThemeForm(OfficialForm):
    """Chủ đề hành động."""

    theme = forms.CharField(
        label="Chủ đề hành động",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 70}),
    )


class CheckersForm(OfficialForm):
    """The table unit × checker; a value "3-7" means that unit 7 verifies the sheet of unit 3."""

    pairs = forms.MultipleChoiceField(label="Phân công", required=False)
    reason = forms.CharField(
        label="Lý do đổi phân công đã bốc thăm", required=False, max_length=1000, widget=WIDE,
        help_text="Lý do này vào nhật ký của năm.",
    )  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        members: Sequence[Member] = (),
        initial: Iterable[tuple[int, int]] = (),
        drawn: bool = False,
    ) -> None:
        """`drawn`: the assignment came from a draw, so a change by hand needs a reason."""
        super().__init__(data, initial={"pairs": [f"{one}-{two}" for one, two in initial]})
        self.fields["reason"].required = drawn
        self.members = members
        self.fields["pairs"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (f"{one.unit_id}-{two.unit_id}", f"{two.name} thẩm định {one.name}")
            for one in members
            for two in members
            if one != two
        ]

    def chosen(self) -> list[tuple[int, int]]:
        """The pairs as services take them."""
        split = [value.split("-") for value in self.cleaned_data["pairs"]]
        return [(int(unit), int(checker)) for unit, checker in split]

    def rows(self) -> list[dict[str, Any]]:
        """One row per unit whose sheet is verified, a cell per possible checker."""
        ticked = {str(value) for value in self["pairs"].value() or []}
        return [{"member": one, "cells": self._cells(one, ticked)} for one in self.members]

    def _cells(self, unit: Member, ticked: set[str]) -> list[dict[str, Any]]:
        return [
            {
                "own": unit == other,
                "checker": other,
                "value": f"{unit.unit_id}-{other.unit_id}",
                "ticked": f"{unit.unit_id}-{other.unit_id}" in ticked,
            }
            for other in self.members
        ]
