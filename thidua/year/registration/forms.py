"""Forms of registration: the shape of what is sent, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from thidua.core.finding import Refused
from thidua.core.points import MILLI, show_figure
from thidua.platform.http.posting import DayField, FigureField, OfficialForm
from thidua.year.record.awards import PERSON_AWARDS, SUB_COLLECTIVE_AWARDS, UNIT_AWARDS, Award
from thidua.year.registration.models import Target
from thidua.year.registration.queries import Draft, SlotLine
from thidua.year.registration.review import USUAL_TASKS
from thidua.year.registration.services import (
    AssignedTarget,
    Assignment,
    KeyTaskInput,
    ReportedInput,
    TargetInput,
)
from thidua.year.rulebook.queries import OutlineRow

BLANK_ROWS = 3
STALE = "Thang điểm vừa đổi. Tải lại trang để xem các ô mới rồi nhập lại."
TEXTS = {"name": 400, "measure": 60, "wording": 200, "reason": 400}
STATED = ("name", "measure", "value", "wording")
LABELS = {
    "name": "Tên chỉ tiêu",
    "measure": "Đơn vị tính",
    "value": "Chỉ tiêu",
    "wording": "Chỉ tiêu bằng lời",
    "last_year": "Kết quả năm trước",
    "reason": "Lý do",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A row of the table of targets with its fields; `locked` is a target from above."""

    place: str
    code: str
    label: str
    slot: OutlineRow | None
    locked: Target | None
    fields: Mapping[str, BoundField]

    @property
    def errors(self) -> Mapping[str, list[str]]:
        """What is wrong in the row, by cell: a unit has no field there for every reason."""
        return {
            name: [str(words) for words in field.errors]
            for name, field in self.fields.items()
            if field.errors
        }


class TargetFigure(FigureField):
    """A target as people write it: "8860", not "8860,0"."""

    def prepare_value(self, value: object) -> object:
        if not isinstance(value, int):
            return value
        return show_figure(Fraction(value, MILLI)).replace(".", "")


class SectionForm(OfficialForm):
    """A section of the draft; it carries the version it was drawn with, to notice other editors."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def refuse_with(self, refused: Refused) -> None:
        """Show the reasons; after a warning about another editor the next saving goes through."""
        super().refuse_with(refused)
        for finding in refused.findings:
            if finding.rule_id == "REG-2":
                self.data["version"] = str(finding.inputs["version"])  # type: ignore[index]  # our own copy


class TargetsForm(SectionForm):
    """The unit's targets: one row per slot of its scale, then rows outside the slots."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, draft: Draft) -> None:
        version = draft.registration.version if draft.registration else 0
        super().__init__(data, initial={"version": version})
        self.lines = [(f"s{number}", line) for number, line in enumerate(draft.slots, 1)]
        count = len(draft.free) + BLANK_ROWS
        free: list[Target | None] = [*draft.free, *[None] * BLANK_ROWS]
        self.outside = [(f"f{number}", free[number - 1]) for number in range(1, count + 1)]
        for place, line in self.lines:
            self._add_slot(place, line)
        for place, target in self.outside:
            self._add_row(place, "ngoài ô", target, ("name", "measure", "value", "wording"))
            self._add_row(place, "ngoài ô", target, ("last_year", "reason"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if any(cleaned.get(f"{place}-code") != line.code for place, line in self.lines):
            self.add_error(None, STALE)
        return cleaned

    @property
    def slot_rows(self) -> list[TargetRow]:
        """The rows of the slots, in the order of the scale."""
        return [
            TargetRow(
                place=place,
                code=line.code,
                label=line.label,
                slot=line.slot,
                locked=line.target if line.target and line.target.assigned else None,
                fields=self._bound(place),
            )
            for place, line in self.lines
        ]

    @property
    def free_rows(self) -> list[TargetRow]:
        """The rows outside the slots, the last ones blank."""
        return [
            TargetRow(
                place=place, code="", label="", slot=None, locked=None, fields=self._bound(place)
            )
            for place, _target in self.outside
        ]

    @property
    def targets(self) -> list[TargetInput]:
        """What was sent, in the order of the page."""
        slots = [self._input(place, line.code, line.target) for place, line in self.lines]
        return [*slots, *(self._input(place, "", target) for place, target in self.outside)]

    def _add_slot(self, place: str, line: SlotLine) -> None:
        self.fields[f"{place}-code"] = forms.CharField(
            widget=forms.HiddenInput, initial=line.code, required=False
        )
        locked = line.target is not None and line.target.assigned
        own = () if locked else ("name", "measure", "value")
        self._add_row(place, f"ô {line.code}", line.target, (*own, "last_year", "reason"))

    def _add_row(self, place: str, where: str, target: Target | None, names: Sequence[str]) -> None:
        for name in names:
            field = _target_field(name, f"{LABELS[name]}, {where}")
            field.initial = getattr(target, name) if target is not None else None
            self.fields[f"{place}-{name}"] = field

    def _bound(self, place: str) -> dict[str, BoundField]:
        return {
            name: self[f"{place}-{name}"] for name in LABELS if f"{place}-{name}" in self.fields
        }

    def _input(self, place: str, code: str, held: Target | None) -> TargetInput:
        sent = self.cleaned_data
        own = None if held is not None and held.assigned else held
        name, value = sent.get(f"{place}-name", ""), sent.get(f"{place}-value")
        # A slot has no field for words: those it has stay while there is no figure.
        kept = own.wording if own is not None and name and value is None else ""
        made = TargetInput(
            code=code,
            place=place,
            name=name,
            measure=sent.get(f"{place}-measure", ""),
            value=value,
            wording=sent.get(f"{place}-wording", kept),
            last_year=sent.get(f"{place}-last_year"),
            reason=sent.get(f"{place}-reason", ""),
        )
        same = own is not None and all(getattr(made, key) == getattr(own, key) for key in STATED)
        return replace(made, synthetic=own.synthetic) if own is not None and same else made


class TitlesForm(SectionForm):
    """Titles aimed for: marks for the unit itself, numbers for collectives and people."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, draft: Draft) -> None:
        version = draft.registration.version if draft.registration else 0
        super().__init__(data, initial={"version": version})
        for award in UNIT_AWARDS:
            self.fields[award.value] = forms.BooleanField(
                label=award.label, required=False, initial=award in draft.titles
            )
        for award in (*SUB_COLLECTIVE_AWARDS, *PERSON_AWARDS):
            what = "tập thể" if award in SUB_COLLECTIVE_AWARDS else "người"
            self.fields[award.value] = forms.IntegerField(
                label=f"{award.label}, số {what}",
                required=False,
                min_value=0,
                max_value=1_000_000,
                initial=draft.titles.get(award),
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "class": "num"}),
            )

    @property
    def unit_fields(self) -> list[BoundField]:
        """Awards of the unit itself."""
        return [self[award.value] for award in UNIT_AWARDS]

    @property
    def counted_fields(self) -> list[BoundField]:
        """Awards that say how many."""
        return [self[award.value] for award in (*SUB_COLLECTIVE_AWARDS, *PERSON_AWARDS)]

    @property
    def titles(self) -> dict[Award, int | None]:
        """What was sent; 0 and empty mean that the unit does not aim for it."""
        found: dict[Award, int | None] = {}
        for award in Award:
            sent = self.cleaned_data.get(award.value)
            if sent:
                found[award] = None if award in UNIT_AWARDS else int(sent)
        return found


class KeyTasksForm(SectionForm):
    """The key tasks: ten rows, more when there are more."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, draft: Draft) -> None:
        version = draft.registration.version if draft.registration else 0
        super().__init__(data, initial={"version": version})
        self.count = max(USUAL_TASKS, len(draft.tasks) + 1)
        for number in range(1, self.count + 1):
            held = draft.tasks[number - 1] if number <= len(draft.tasks) else None
            self.fields[f"t{number}-text"] = _text_field(
                f"Nhiệm vụ {number}", 500, held.text if held else ""
            )
            self.fields[f"t{number}-due"] = _text_field(
                f"Thời hạn của nhiệm vụ {number}", 60, held.due if held else ""
            )

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        """Task and deadline, row by row."""
        return [(self[f"t{n}-text"], self[f"t{n}-due"]) for n in range(1, self.count + 1)]

    @property
    def tasks(self) -> list[KeyTaskInput]:
        """What was sent, blank rows included; the service leaves them out."""
        sent = self.cleaned_data
        return [
            KeyTaskInput(
                text=sent.get(f"t{n}-text", ""), due=sent.get(f"t{n}-due", ""), place=f"t{n}"
            )
            for n in range(1, self.count + 1)
        ]


class AssignForm(OfficialForm):
    """Targets from above for every unit, with the one document that assigns them."""

    document_number = forms.CharField(
        label="Số nghị quyết, quyết định", required=False, max_length=120
    )
    document_date = DayField(label="Ngày văn bản", required=False)
    clause = forms.CharField(label="Mục, khoản", required=False, max_length=120)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        cells: Sequence[tuple[int, str, str]],
        held: Mapping[tuple[int, str], Target],
    ) -> None:
        """`cells`: unit, slot, how the cell is called; `held`: what is assigned now."""
        super().__init__(data, initial=_common_source(held.values()))
        self.cells = {f"u{unit}-{n}": (unit, code) for n, (unit, code, _w) in enumerate(cells, 1)}
        words = {f"u{unit}-{n}": called for n, (unit, _c, called) in enumerate(cells, 1)}
        for place, (unit, code) in self.cells.items():
            target = held.get((unit, code))
            self.fields[f"{place}-code"] = forms.CharField(
                widget=forms.HiddenInput, initial=code, required=False
            )
            for name in ("name", "value", "measure"):
                field = _target_field(name, f"{LABELS[name]}, {words[place]}")
                field.widget.attrs["placeholder"] = LABELS[name]
                field.initial = getattr(target, name) if target is not None else None
                self.fields[f"{place}-{name}"] = field
        self.held = held

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if any(cleaned.get(f"{place}-code") != code for place, (_unit, code) in self.cells.items()):
            self.add_error(None, STALE)
        return cleaned

    def cell(self, place: str) -> dict[str, BoundField]:
        """The fields of a cell: name, value, measure."""
        return {name: self[f"{place}-{name}"] for name in ("name", "value", "measure")}

    @property
    def assignment(self) -> Assignment:
        """The document."""
        sent = self.cleaned_data
        return Assignment(
            document_number=sent["document_number"],
            document_date=sent["document_date"],
            clause=sent["clause"],
        )

    @property
    def targets(self) -> list[AssignedTarget]:
        """Filled cells, and emptied ones that were assigned before."""
        found = []
        for place, (unit, code) in self.cells.items():
            one = self._target(place, unit, code)
            if not one.is_taken_back or (unit, code) in self.held:
                found.append(one)
        return found

    def _target(self, place: str, unit: int, code: str) -> AssignedTarget:
        sent, held = self.cleaned_data, self.held.get((unit, code))
        return AssignedTarget(
            unit_id=unit,
            code=code,
            place=place,
            name=sent.get(f"{place}-name", ""),
            measure=sent.get(f"{place}-measure", ""),
            value=sent.get(f"{place}-value"),
            wording=held.wording if held is not None else "",
            synthetic=held.synthetic if held is not None else False,
        )


class ReportedForm(OfficialForm):
    """How many units registered each award, as a source reports without naming them."""

    source = forms.CharField(
        label="Nguồn",
        required=False,
        max_length=300,
        help_text="Ví dụ: tên báo và ngày đăng.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        counts: Mapping[str, int] | None = None,
        source: str = "",
    ) -> None:
        super().__init__(data, initial={"source": source, **(counts or {})})
        for award in Award:
            self.fields[award.value] = forms.IntegerField(
                label=f"{award.label}, số đơn vị", required=False, min_value=0, max_value=1000
            )

    @property
    def reported(self) -> ReportedInput:
        """What was sent."""
        counts = {award: self.cleaned_data.get(award.value) for award in Award}
        return ReportedInput(source=self.cleaned_data["source"], counts=counts)


def _target_field(name: str, label: str) -> forms.Field:
    if name in ("value", "last_year"):
        field: forms.Field = TargetFigure(label=label, required=False, least=0)
        field.widget.attrs.update({"class": "in num", "size": 8})
    else:
        field = _text_field(label, TEXTS[name])
    field.widget.attrs["aria-label"] = label
    return field


def _text_field(label: str, most: int, initial: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "in", "aria-label": label, "autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=most, initial=initial, widget=widget
    )


def _common_source(targets: Iterable[Target]) -> dict[str, Any]:
    """The document of what is assigned now, when it is one and the same."""
    sources = {(one.document_number, one.document_date, one.clause) for one in targets}
    if len(sources) != 1:
        return {}
    number, day, clause = sources.pop()
    return {"document_number": number, "document_date": day, "clause": clause}
