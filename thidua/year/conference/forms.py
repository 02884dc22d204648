"""Shape of what the head types on the conference pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms

from thidua.core.finding import Refused
from thidua.core.points import MILLI
from thidua.platform.http.posting import DayField, FigureField, HourField, OfficialForm
from thidua.year.bloc.models import Office
from thidua.year.conference.models import Attendance, Method
from thidua.year.conference.services import MeetingFacts, Outcome, Seat
from thidua.year.record.awards import UNIT_AWARDS, Award
from thidua.year.scoring.services import LineChange

LONGEST_TEXT = 4000
MOST_VOTES = 9999
NO_METHOD = ("", "Chọn cách chọn")
# what a source leaves open is recorded from that source, never chosen by people
METHODS = tuple((one.value, one.label) for one in Method if one != Method.UNREPORTED)


class MeetingForm(OfficialForm):
    """Day, place, chair and secretary of the conference, guests and remarks."""

    held_on = DayField(label="Ngày họp")
    starts_at = HourField(
        label="Khai mạc lúc", required=False, help_text="Ví dụ 8:00. Biên bản ghi giờ này."
    )
    ends_at = HourField(
        label="Kết thúc lúc", required=False, help_text="Ghi sau cũng được, tới khi khép năm."
    )
    place = forms.CharField(label="Địa điểm", max_length=300, required=False)
    chair = forms.CharField(
        label="Chủ trì", max_length=300, help_text="Chức danh, họ và tên như ghi trong biên bản."
    )
    secretary = forms.CharField(label="Thư ký", max_length=300, required=False)
    guests = forms.CharField(
        label="Đại biểu dự",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một đại biểu.",
    )
    remarks = forms.CharField(
        label="Ý kiến chỉ đạo",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một ý. Ghi sau cũng được, tới khi khép năm.",
    )

    def facts(self) -> MeetingFacts:
        """What was typed, for the service."""
        return MeetingFacts(**{name: self.cleaned_data[name] for name in _MEETING})


_MEETING = ("held_on", "starts_at", "ends_at", "place", "chair", "secretary", "guests", "remarks")


class RemarksForm(OfficialForm):
    """Guests, remarks and the hour of the end alone, once the table is adopted."""

    guests = forms.CharField(
        label="Đại biểu dự",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một đại biểu.",
    )
    remarks = forms.CharField(
        label="Ý kiến chỉ đạo",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Mỗi dòng một ý.",
    )
    ends_at = HourField(label="Kết thúc lúc", required=False, help_text="Ví dụ 11:30.")


class AttendanceForm(OfficialForm):
    """The roll call: for every member unit whether it came, who came for it, as what."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        units: Sequence[tuple[int, str]],
        known: Mapping[int, Attendance] | None = None,
    ) -> None:
        self.units = units
        super().__init__(data, initial=_initial(known or {}))

    def seats(self) -> list[Seat]:
        """What was typed, for the service; units without an answer are left out."""
        found = self.cleaned_data
        return [
            Seat(
                unit_id=unit_id,
                present=found[f"present_{unit_id}"] == "1",
                representative=found[f"representative_{unit_id}"],
                position=found[f"position_{unit_id}"],
            )
            for unit_id, _name in self.units
            if found[f"present_{unit_id}"]
        ]

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Name and the three fields of each unit, for the table."""
        return [
            (name, self[f"present_{pk}"], self[f"representative_{pk}"], self[f"position_{pk}"])
            for pk, name in self.units
        ]


def attendance_form(
    data: Mapping[str, Any] | None,
    *,
    units: Sequence[tuple[int, str]],
    known: Mapping[int, Attendance] | None = None,
) -> AttendanceForm:
    """The roll call of these units; the fields are made before the words of the form are set."""
    fields: dict[str, forms.Field] = {}
    for unit_id, name in units:
        fields[f"present_{unit_id}"] = forms.ChoiceField(
            label=f"{name}: có mặt",
            choices=[("", "Chưa ghi"), ("1", "Có mặt"), ("0", "Vắng")],
            required=False,
        )
        fields[f"representative_{unit_id}"] = forms.CharField(
            label=f"{name}: người đại diện", max_length=120, required=False
        )
        fields[f"position_{unit_id}"] = forms.CharField(
            label=f"{name}: chức vụ", max_length=120, required=False
        )
    kind = type("RollCall", (AttendanceForm,), fields)
    made: AttendanceForm = kind(data, units=units, known=known)
    return made


def _initial(known: Mapping[int, Attendance]) -> dict[str, object]:
    found: dict[str, object] = {}
    for unit_id, row in known.items():
        found[f"present_{unit_id}"] = "1" if row.present else "0"
        found[f"representative_{unit_id}"] = row.representative
        found[f"position_{unit_id}"] = row.position
    return found


class OutcomeForm(OfficialForm):
    """How something was decided: unit, method and, where counted, the votes."""

    unit = forms.TypedChoiceField(label="Đơn vị", coerce=int)
    method = forms.ChoiceField(label="Cách chọn", choices=[NO_METHOD, *METHODS])
    votes_for = forms.IntegerField(
        label="Số phiếu thuận",
        required=False,
        min_value=0,
        max_value=MOST_VOTES,
        help_text="Theo biên bản kiểm phiếu. Để trống nếu không bỏ phiếu.",
    )
    voters = forms.IntegerField(
        label="Trên tổng số phiếu", required=False, min_value=0, max_value=MOST_VOTES
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, units: Iterable[tuple[int, str]]
    ) -> None:
        super().__init__(data)
        choices = [("", "Chọn đơn vị"), *((str(pk), name) for pk, name in units)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Votes that cannot be are refused before anything is asked."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.outcome().judge()
            except Refused as refused:
                self.refuse_with(refused)
        return cleaned

    def outcome(self) -> Outcome:
        """What was typed, for the service."""
        return Outcome(
            method=Method(self.cleaned_data["method"]),
            votes_for=self.cleaned_data["votes_for"],
            voters=self.cleaned_data["voters"],
            ground=self.cleaned_data.get("ground", ""),
        )

    def sent(self) -> tuple[tuple[str, str], ...]:
        """What was typed, as hidden fields of the question that follows."""
        names = [name for name in self.fields if name != "request_id"]
        return tuple((name, str(self[name].value() or "")) for name in names)


class ElectionForm(OutcomeForm):
    """Head or deputy of the next year."""

    office = forms.ChoiceField(
        label="Cương vị", choices=[("", "Chọn cương vị"), *Office.Kind.choices]
    )
    field_order = ("office", "unit", "method", "votes_for", "voters")


class NominationForm(OutcomeForm):
    """A unit nominated for an award."""

    award = forms.ChoiceField(
        label="Danh hiệu, hình thức khen",
        choices=[
            ("", "Chọn danh hiệu, hình thức khen"),
            *((one.value, one.label) for one in UNIT_AWARDS),
        ],
    )
    ground = forms.CharField(
        label="Căn cứ",
        required=False,
        max_length=300,
        help_text="Phải ghi khi số phiếu thuận chưa quá nửa.",
    )
    field_order = ("award", "unit", "method", "votes_for", "voters", "ground")


HOW = (
    ("points", "Ghi điểm"),
    ("figures", "Sửa số liệu, điểm tính lại theo thang điểm"),
    ("na", "Dòng không áp dụng cho đơn vị"),
    ("keep", "Giữ điểm thẩm định"),
)


class LineForm(OfficialForm):
    """What the conference decides on one line, who proposed it and why."""

    how = forms.ChoiceField(
        label="Hội nghị quyết", choices=HOW, widget=forms.RadioSelect, initial="points"
    )
    points = FigureField(label="Điểm", required=False)
    target = FigureField(label="Chỉ tiêu", required=False)
    result = FigureField(label="Kết quả", required=False)
    value = FigureField(label="Số liệu", required=False)
    proposer = forms.ChoiceField(label="Đơn vị đề nghị")
    reason = forms.CharField(
        label="Lý do", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        figures: Iterable[str],
        proposers: Iterable[str],
        **settings: Any,
    ) -> None:
        super().__init__(data, **settings)
        kept = set(figures)
        for name in ("target", "result", "value"):
            if name not in kept:
                del self.fields[name]
        if not kept:
            choices = [one for one in HOW if one[0] != "figures"]
            self.fields["how"].choices = choices  # type: ignore[attr-defined]  # a choice field
        names = [("", "Chọn đơn vị"), *((name, name) for name in proposers)]
        self.fields["proposer"].choices = names  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Points are asked for where points are chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("how") == "points" and cleaned.get("points") is None:
            self.add_error("points", "Chưa ghi điểm. Nhập 0 nếu không có.")
        return cleaned

    def change(self) -> LineChange:
        """What was typed, for the service; the reason names who proposed it."""
        found = self.cleaned_data
        reason = f"{found['proposer']} đề nghị: {found['reason']}"
        if found["how"] == "keep":
            return LineChange(confirmed=True, reason=reason)
        if found["how"] == "na":
            return LineChange(inputs={"na": True}, clear_points=True, reason=reason)
        if found["how"] == "points":
            return LineChange(points=found["points"], inputs=self._applies(), reason=reason)
        inputs = {
            name: Fraction(found[name], MILLI)
            for name in ("target", "result", "value")
            if found.get(name) is not None
        }
        return LineChange(inputs={**self._applies(), **inputs}, clear_points=True, reason=reason)

    def _applies(self) -> dict[str, object]:
        return {"na": None}


def award_of(form: NominationForm) -> Award:
    """The award that was chosen."""
    return Award(form.cleaned_data["award"])
