"""What people send: forms in one spelling, days and figures as officials write them, request ids.

A form that changes anything is an ``OfficialForm``: it carries a hidden request id made when the
page was drawn, so that a double click or a retry is one decision (see platform/ledger). A view is::

    form = ThemeForm(request.POST)
    saved = deliver(form, lambda: set_theme(actor, …, request_id=form.request_id))
    if saved is not None:
        return done(request, "Đã lưu chủ đề.", "bloc:page", year_id=…)
    return render(…, {"form": form})          # with what was typed, and the reasons on top
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, TypeAlias, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.datastructures import MultiValueDict

from thidua.core.finding import Refused
from thidua.core.points import read_points, typing_text
from thidua.core.text import tidy

Outcome = TypeVar("Outcome")
Files: TypeAlias = "MultiValueDict[str, UploadedFile[bytes]]"

REQUEST_ID = "request_id"
DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_DAY = re.compile(
    r"(?P<d>[0-9]{1,2})(?P<sep>[/.-])(?P<m>[0-9]{1,2})(?P=sep)(?P<y>[0-9]{4})"
    r"|(?P<iso_y>[0-9]{4})-(?P<iso_m>[0-9]{1,2})-(?P<iso_d>[0-9]{1,2})",
    re.ASCII,
)
_HOUR = re.compile(r"([0-9]{1,2})(?:[:hH.]([0-9]{2})?)?", re.ASCII)
_STALE = "LEDGER-1"  # this id was carried out for something else


def new_request_id() -> str:
    """An id for one decision, to stand in the form that asks for it."""
    return str(uuid.uuid4())


def is_request_id(text: str) -> bool:
    """Whether the text has the shape of an id that we gave out."""
    return _SHAPE.fullmatch(text) is not None


def request_id_of(request: HttpRequest) -> str:
    """The id sent with a button that has no form of its own; a fresh one when it is missing."""
    sent = request.POST.get(REQUEST_ID, "")
    return sent if is_request_id(sent) else new_request_id()


class DayField(forms.DateField):
    """A day written 31/12/2026; 2026-12-31 is read too."""

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off", "size": 10}
    )
    default_error_messages = {"invalid": "Ghi ngày theo dạng 31/12/2026."}

    def __init__(self, **settings: Any) -> None:
        super().__init__(input_formats=DAY_FORMATS, **settings)

    def to_python(self, value: str | date | None) -> date | None:
        try:
            day = super().to_python(value)
        except ValidationError as unread:
            missing = _missing_day(str(value).strip())
            if missing:
                words = f"Ngày {missing} không có trong lịch. Xem lại ngày."
                raise ValidationError(words, "no_such_day") from unread
            raise
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError("Năm phải từ 1900 đến 2200. Xem lại năm vừa ghi.", "year")
        return day


class HourField(forms.Field):
    """An hour of the day: 17:00, 17h00, 17h or 17."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 5})
    default_error_messages = {"invalid": "Ghi giờ theo dạng 17:00."}

    def to_python(self, value: object) -> time | None:
        if isinstance(value, time):
            return value
        if value in self.empty_values:
            return None
        found = _HOUR.fullmatch(str(value).strip())
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return time(int(found[1]), int(found[2] or 0))

    def prepare_value(self, value: object) -> object:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class FigureField(forms.CharField):
    """A figure typed by a person ("961,5" or "961.5") as an integer of 1/1000; empty is None."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"})

    def __init__(
        self, *, least: int | None = None, most: int | None = None, **settings: Any
    ) -> None:
        self.least, self.most = least, most  # thousandths
        super().__init__(empty_value=None, max_length=60, **settings)

    def clean(self, value: object) -> int | None:
        typed = super().clean(value)
        try:
            milli = read_points(typed) if typed else None
        except Refused as refused:
            raise ValidationError([finding.words for finding in refused.findings]) from refused
        if milli is not None and not self._fits(milli):
            raise ValidationError(self._range_words(), "range")
        return milli

    def prepare_value(self, value: object) -> object:
        return typing_text(value) if isinstance(value, int) else value

    def _fits(self, milli: int) -> bool:
        return (self.least is None or milli >= self.least) and (
            self.most is None or milli <= self.most
        )

    def _range_words(self) -> str:
        low = "0" if self.least == 0 else None if self.least is None else typing_text(self.least)
        high = None if self.most is None else typing_text(self.most)
        if low is not None and high is not None:
            return f"Nhập từ {low} đến {high}."
        return f"Nhập từ {low} trở lên." if low is not None else f"Nhập nhiều nhất {high}."


class OfficialForm(forms.Form):
    """Base of every form: text tidied to NFC, NUL refused, Vietnamese messages, a request id.

    ``form.request_id`` is the id to hand to the service. Passwords are taken as they are typed.
    """

    required_css_class = "required"
    use_required_attribute = False  # the server answers in Vietnamese, the browser would not

    def __init__(
        self, data: Mapping[str, Any] | None = None, files: Files | None = None, **settings: Any
    ) -> None:
        super().__init__(data, files, **settings)
        self.fields[REQUEST_ID] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=new_request_id
        )
        for name, field in self.fields.items():
            _speak_vietnamese(name, field)
        if data is not None:
            self.data = self._tidy(data)
            self._keep_or_renew_id()

    @property
    def request_id(self) -> str:
        """The id of the decision that this form asks for."""
        return str(self[REQUEST_ID].value())

    def refuse_with(self, refused: Refused) -> None:
        """Show why the decision was refused; a finding with input ``field`` stands at its field."""
        for finding in refused.findings:
            where = dict(finding.inputs).get("field")
            self.add_error(where if where in self.fields else None, finding.words)
            if finding.rule_id == _STALE:
                self._renew_id()

    def _keep_or_renew_id(self) -> None:
        if not is_request_id(str(self.data.get(self.add_prefix(REQUEST_ID), ""))):
            self._renew_id()

    def _renew_id(self) -> None:
        self.data[self.add_prefix(REQUEST_ID)] = new_request_id()  # type: ignore[index]  # our own copy

    def _tidy(self, data: Mapping[str, Any]) -> MultiValueDict[str, Any]:
        secret = {
            self.add_prefix(name)
            for name, field in self.fields.items()
            if isinstance(field.widget, forms.PasswordInput)
        }
        lists = data.lists() if isinstance(data, MultiValueDict) else _as_lists(data)
        return MultiValueDict(
            {name: list(sent) if name in secret else _tidied(sent) for name, sent in lists}
        )


def deliver(form: OfficialForm, action: Callable[[], Outcome]) -> Outcome | None:
    """Run the service of a valid form; None when the form must be shown again with its reasons."""
    if not form.is_valid():
        return None
    try:
        return action()
    except Refused as refused:
        form.refuse_with(refused)
        return None


def see_other(to: str, *arguments: object, **named: object) -> HttpResponse:
    """303: go on to that page with GET, so that reloading it sends nothing again."""
    return HttpResponseRedirect(resolve_url(to, *arguments, **named), status=303)


def done(request: HttpRequest, words: str, to: str, **named: object) -> HttpResponse:
    """The answer to a decision: the sentence that says what was done, then the next page."""
    messages.success(request, words)
    return see_other(to, **named)


def _missing_day(typed: str) -> str:
    """The day as 31/02/2026 when the form is right, so that only the calendar lacks it."""
    found = _DAY.fullmatch(typed)
    if found is None:
        return ""
    part = found.groupdict()
    day, month = (int(part[name] or part[f"iso_{name}"]) for name in "dm")
    return f"{day:02}/{month:02}/{part['y'] or part['iso_y']}"


def _as_lists(data: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    return [
        (name, list(sent) if isinstance(sent, list | tuple) else [sent])
        for name, sent in data.items()
    ]


def _tidied(sent: list[Any]) -> list[Any]:
    return [tidy(value) if isinstance(value, str) else value for value in sent]


def _speak_vietnamese(name: str, field: forms.Field) -> None:
    """Replace Django's own wording; sentences that a field was given by its form stay."""
    label = _as_object(str(field.label or name))
    chosen = isinstance(field, forms.ChoiceField | forms.FileField)
    said = {
        "empty": "Tệp rỗng. Chọn tệp khác.",
        "required": f"Chưa {'chọn' if chosen else 'ghi'} {label}.",
        "invalid_choice": f"Chọn lại {label} trong danh sách.",
        "null_characters_not_allowed": "Có ký tự không đọc được. Xóa rồi gõ lại.",
        "max_length": "Ghi nhiều nhất %(limit_value)d ký tự, đang có %(show_value)d.",
        "min_length": "Ghi ít nhất %(limit_value)d ký tự, đang có %(show_value)d.",
        "max_value": "Nhập nhiều nhất %(limit_value)s.",
        "min_value": "Nhập từ %(limit_value)s trở lên.",
        **_shape_words(field),
    }
    usual = _usual_messages(field)
    given = {code: words for code, words in field.error_messages.items() if words != usual[code]}
    field.error_messages = {**field.error_messages, **said, **given}


def _usual_messages(field: forms.Field) -> dict[str, Any]:
    usual: dict[str, Any] = dict.fromkeys(field.error_messages)
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            usual.update(getattr(kind, "default_error_messages", {}))
    return usual


def _shape_words(field: forms.Field) -> dict[str, str]:
    if isinstance(field, forms.EmailField):
        return {"invalid": "Ghi thư theo dạng ten@coquan.gov.vn."}
    if isinstance(field, forms.IntegerField):
        return {"invalid": "Nhập một số nguyên, chỉ gồm chữ số."}
    return {}


def _as_object(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it begins an abbreviation."""
    words = label.rstrip(":. ")
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
