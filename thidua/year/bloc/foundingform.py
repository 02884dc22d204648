"""The one form of a founding decision: twenty rows for members, a place to paste their list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from thidua.core.text import one_line, tidy
from thidua.platform import clock
from thidua.platform.http.posting import DayField
from thidua.registry.models import Unit
from thidua.year.bloc.forms import DetailsForm
from thidua.year.bloc.models import Bloc
from thidua.year.bloc.services import Founding, MemberDraft
from thidua.year.bloc.services.members import LEAST, MOST

PLACES = range(1, MOST + 1)
_BULLET = re.compile(r"^\s*(?:\(?\d{1,2}[.)/]|[-–—•+*])\s*")
_CHOSEN = re.compile(r".* \(số (\d{1,18}) trong danh bạ\)", re.DOTALL)


def option_of(unit: Unit, *, unique: bool) -> str:
    """What the list of suggestions shows; units of one name carry their number."""
    return unit.name if unique else f"{unit.name} (số {unit.pk} trong danh bạ)"


def options(units: Iterable[Unit]) -> list[str]:
    """The suggestions for a unit's name."""
    units = list(units)
    names = [unit.name.casefold() for unit in units]
    return [option_of(one, unique=names.count(one.name.casefold()) == 1) for one in units]


def draft_of(typed: str) -> MemberDraft:
    """The unit that a suggestion or a typed name means."""
    chosen = _CHOSEN.fullmatch(typed)
    unit = Unit.objects.filter(pk=int(chosen[1])).first() if chosen else None
    return MemberDraft(unit=unit) if unit else MemberDraft(name=typed)


def pasted_names(text: str) -> list[str]:
    """The names of a pasted list, one per line, without numbering and closing signs."""
    lines = (_BULLET.sub("", line) for line in tidy(text).splitlines())
    return [name for line in lines if (name := one_line(line).rstrip(" ;,."))]


class FoundingForm(DetailsForm):
    """A founding decision; rows left empty are no members."""

    field_order = ("name", "kind", "year", "decision", "decision_day", "starts", "ends")
    name = forms.CharField(
        label="Tên khối",
        max_length=200,
        widget=forms.TextInput(attrs={"size": 60, "list": "khoi", "autocomplete": "off"}),
        help_text="Ví dụ: Khối thi đua Văn hóa - Xã hội. Chọn khối đã có để mở thêm một năm.",
    )
    kind = forms.ChoiceField(label="Loại", choices=Bloc.Kind.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(label="Năm thi đua", min_value=1945, max_value=2200)
    starts = DayField(label="Năm thi đua từ ngày", required=False,
                      help_text="Để trống cả hai ngày thì từ 01/01 đến hết 31/12.")  # fmt: skip
    ends = DayField(label="Đến hết ngày", required=False)
    theme = forms.CharField(
        label="Chủ đề hành động", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="Trưởng khối ghi sau cũng được.",
    )  # fmt: skip
    pasted = forms.CharField(
        label="Dán danh sách đơn vị, mỗi dòng một đơn vị",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        usual = {"kind": Bloc.Kind.BLOC, "year": clock.today().year}
        super().__init__(data, initial={**usual, **(initial or {})})
        places = [("", "Chưa cử"), *((str(place), str(place)) for place in PLACES)]
        for office, label in (("head", "Trưởng khối"), ("deputy", "Phó khối")):
            self.fields[office] = forms.ChoiceField(label=label, choices=places, required=False)
        for place in PLACES:
            self.fields[f"member_{place}"] = forms.CharField(
                label=f"Đơn vị thứ {place}", required=False, max_length=240, widget=_member_input()
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        year = given.get("year")
        if year:
            given["starts"] = given.get("starts") or clock.today().replace(year, 1, 1)
            given["ends"] = given.get("ends") or clock.today().replace(year, 12, 31)
        if given.get("pasted"):
            self.add_error("pasted", "Danh sách dán còn ở đây. Bấm Điền vào bảng, hoặc xóa đi.")
        for office, label in (("head", "Trưởng khối"), ("deputy", "Phó khối")):
            place = given.get(office)
            if place and not given.get(f"member_{place}"):
                self.add_error(None, f"{label} đang chọn ở dòng {place} chưa có đơn vị.")
        if self.errors:
            self._judge_the_rest(given)
        return given

    def _judge_the_rest(self, given: Mapping[str, Any]) -> None:
        """What the decision would refuse too: everything wrong is said in one go."""
        count = sum(1 for place in PLACES if given.get(f"member_{place}"))
        if count < LEAST and not given.get("pasted"):
            self.add_error(None, f"Khối cần ít nhất {LEAST} đơn vị, đang có {count}.")
        if given.get("head") and given.get("head") == given.get("deputy"):
            self.add_error(None, "Trưởng khối và Phó khối phải là hai đơn vị khác nhau.")
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends <= starts:
            words = "Năm thi đua phải kết thúc sau ngày bắt đầu, trong vòng hai năm."
            self.add_error("ends", words)
        day = given.get("decision_day")
        if day and day > clock.today():
            words = f"Văn bản ghi ngày {day:%d/%m/%Y}, sau hôm nay. Xem lại ngày văn bản."
            self.add_error("decision_day", words)

    def founding(self) -> Founding:
        """What services take."""
        given = self.cleaned_data
        filled = [place for place in PLACES if given[f"member_{place}"]]
        return Founding(
            name=given["name"],
            kind=Bloc.Kind(given["kind"]),
            year=given["year"],
            details=self.details(),
            members=[draft_of(given[f"member_{place}"]) for place in filled],
            head=_rank(filled, given["head"]),
            deputy=_rank(filled, given["deputy"]),
            theme=given["theme"],
        )

    def rows(self) -> list[dict[str, Any]]:
        """The rows of the table of members."""
        head, deputy = str(self["head"].value() or ""), str(self["deputy"].value() or "")
        return [
            {
                "place": place,
                "field": self[f"member_{place}"],
                "head": head == str(place),
                "deputy": deputy == str(place),
            }
            for place in PLACES
        ]

    @classmethod
    def filled(cls, posted: Mapping[str, Any]) -> FoundingForm:
        """The same form with the pasted list spread over the rows that are still empty."""
        known = cls(posted)
        typed = {name: known[name].value() for name in known.fields if name != "request_id"}
        names = pasted_names(str(typed["pasted"] or ""))
        for place in PLACES:
            if names and not one_line(str(typed[f"member_{place}"] or "")):
                typed[f"member_{place}"] = names.pop(0)
        return cls(initial={**typed, "pasted": "\n".join(names)})


def _member_input() -> forms.TextInput:
    return forms.TextInput(attrs={"list": "don-vi", "size": 50, "autocomplete": "off"})


def _rank(filled: list[int], place: str) -> int | None:
    """The place of a row among the rows that are filled, from 1."""
    return filled.index(int(place)) + 1 if place and int(place) in filled else None
