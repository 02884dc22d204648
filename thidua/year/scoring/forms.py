"""Shape of what is typed on the page of the steps; the service judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms

from thidua.platform import clock
from thidua.platform.http.posting import DayField, HourField, OfficialForm
from thidua.year.bloc.queries import Member
from thidua.year.scoring.models import MIDDLE, Stage, Step
from thidua.year.scoring.services.configuring import NAME_MOST, StepPlan
from thidua.year.scoring.steps import SHARED, Roster, StepFacts

CLOSING_HOUR = time(17)
WHAT = {
    Stage.CROSS: "Các đơn vị chấm bảng của nhau theo phân công.",
    Stage.SECTOR: "Cơ quan quản lý từng lĩnh vực chấm các dòng mình phụ trách ở mọi đơn vị, "
    "trừ bảng của chính mình.",
    Stage.TEAM: "Một số đơn vị họp thành tổ, chấm bảng của các đơn vị còn lại.",
    Stage.VERIFIED: "Trưởng khối chấm; khi không dùng bước chấm chéo thì cả đơn vị được phân công.",
    Stage.OFFICE: "Cơ quan thường trực của tỉnh chấm sau cùng, trước hội nghị.",
}
Choices = list[tuple[str, str]]


class StepsForm(OfficialForm):
    """Every possible step with a box to use it; `later` leaves only names and dates open."""

    evidence = forms.ChoiceField(
        label="Dòng bắt buộc có minh chứng mà đơn vị chưa dẫn",
        choices=Step.Evidence.choices,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        roster: Roster,
        members: Sequence[Member] = (),
        later: bool = False,
    ) -> None:
        self.members, self.roster = members, roster
        own = roster.step(Stage.SELF)
        super().__init__(data, initial={"evidence": own.evidence if own else None})
        for stage in MIDDLE:
            self._add(stage, roster.step(stage))
        if later:
            for name, field in self.fields.items():
                field.disabled = not name.startswith(("name_", "opens_", "closes_", "request_id"))

    def _add(self, stage: Stage, step: StepFacts | None) -> None:
        add = self.add_field
        add(f"use_{stage}", forms.BooleanField(label=f"Dùng bước {stage.label}", required=False,
                                               initial=step is not None))  # fmt: skip
        named = step.label if step and self.roster.own and step.label != stage.label else ""
        add(f"name_{stage}", forms.CharField(
            label="Tên bước theo quy chế của Khối", required=False, max_length=NAME_MOST,
            initial=named, help_text=f"Để trống thì gọi là {stage.label}."))  # fmt: skip
        opens, closes, hour = _shown(step)
        add(f"opens_day_{stage}", DayField(label="Mở từ ngày", required=False, initial=opens))
        add(f"closes_day_{stage}", DayField(label="Hạn ngày", required=False, initial=closes))
        add(f"closes_hour_{stage}", HourField(label="Hạn giờ", required=False, initial=hour))
        if stage == Stage.SECTOR:
            self._add_owners(step)
            return
        add(f"lines_{stage}", forms.CharField(
            label="Chỉ các dòng", required=False, max_length=2000,
            initial=", ".join(sorted(step.lines)) if step else "",
            help_text="Ghi mã nhóm hoặc mã dòng, cách nhau bằng dấu phẩy. Để trống là mọi dòng.",
        ))  # fmt: skip
        if stage == Stage.TEAM:
            add("team", forms.TypedMultipleChoiceField(
                label="Các đơn vị trong tổ", required=False, coerce=int, choices=self._units(),
                initial=[*step.team] if step else [], widget=forms.CheckboxSelectMultiple,
            ))  # fmt: skip
        if stage in SHARED:
            self._add_sharing(stage, step)

    def _add_sharing(self, stage: Stage, step: StepFacts | None) -> None:
        combine = forms.ChoiceField(
            label="Khi nhiều đơn vị cùng chấm một dòng",
            choices=Step.Combine.choices,
            required=False,
            widget=forms.RadioSelect,
            initial=step.combine if step else Step.Combine.ONE,
        )
        blind = forms.BooleanField(
            label="Chấm kín: các đơn vị không thấy điểm của nhau cho tới khi bước kết thúc",
            required=False,
            initial=bool(step and step.blind),
        )
        self.add_field(f"combine_{stage}", combine)
        self.add_field(f"blind_{stage}", blind)

    def _add_owners(self, step: StepFacts | None) -> None:
        for unit in self.members:
            codes = [code for code, owner in (step.owners if step else {}).items()
                     if owner == unit.unit_id]  # fmt: skip
            own = forms.CharField(
                label=unit.name, required=False, max_length=1000, initial=", ".join(sorted(codes))
            )
            self.add_field(f"owner_{unit.unit_id}", own)

    def _units(self) -> Choices:
        return [(str(unit.unit_id), unit.name) for unit in self.members]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for unit in self.members:
            name = f"owner_{unit.unit_id}"
            for code in _codes(given.get(name, "")):
                if code in seen:
                    self.add_error(name, f"Dòng {code} đã giao cho {seen[code]}. Chọn một cơ quan.")
                seen.setdefault(code, unit.name)
        return given

    def plans(self) -> list[StepPlan]:
        """What the service takes."""
        given = self.cleaned_data
        chosen = [self._plan(stage) for stage in MIDDLE if given.get(f"use_{stage}")]
        evidence = Step.Evidence(given.get("evidence") or Step.Evidence.MANDATORY)
        own = StepPlan(stage=Stage.SELF, evidence=evidence)
        return [own, *chosen, StepPlan(stage=Stage.ADOPTED)]

    def _plan(self, stage: Stage) -> StepPlan:
        given, shown = self.cleaned_data, self.roster.step(stage)
        opens, closes = given.get(f"opens_day_{stage}"), given.get(f"closes_day_{stage}")
        hour = given.get(f"closes_hour_{stage}") or CLOSING_HOUR
        kept = shown is not None and (opens, closes, hour) == _shown(shown)
        starts = None if opens is None else clock.local(opens)
        ends = None if closes is None else clock.local(closes, hour.hour, hour.minute)
        return StepPlan(
            stage=stage,
            name=given.get(f"name_{stage}", ""),
            opens=shown.opens if kept and shown else starts,
            closes=shown.closes if kept and shown else ends,
            lines=tuple(_codes(given.get(f"lines_{stage}", ""))),
            blind=bool(given.get(f"blind_{stage}")),
            combine=Step.Combine(given.get(f"combine_{stage}") or Step.Combine.ONE),
            team=tuple(sorted(given.get("team", []))) if stage == Stage.TEAM else (),
            owners=self._owners() if stage == Stage.SECTOR else {},
        )

    def _owners(self) -> dict[str, int]:
        return {
            code: unit.unit_id
            for unit in self.members
            for code in _codes(self.cleaned_data.get(f"owner_{unit.unit_id}", ""))
        }

    def rows(self) -> list[dict[str, Any]]:
        """The fields of each step, for the page."""
        return [
            {
                "stage": stage,
                "what": WHAT[stage],
                "use": self[f"use_{stage}"],
                "open": bool(self[f"use_{stage}"].value()) or self._is_wrong(stage),
                "name": self[f"name_{stage}"],
                "days": [self[f"{part}_{stage}"] for part in
                         ("opens_day", "closes_day", "closes_hour")],
                "fields": [self[name] for name in self._others(stage)],
                "owners": [self[f"owner_{unit.unit_id}"] for unit in self.members]
                if stage == Stage.SECTOR else [],
            }
            for stage in MIDDLE
        ]  # fmt: skip

    def _others(self, stage: Stage) -> list[str]:
        wanted = ["team"] if stage == Stage.TEAM else []
        wanted += [f"lines_{stage}", f"combine_{stage}", f"blind_{stage}"]
        return [name for name in wanted if name in self.fields]

    def _is_wrong(self, stage: Stage) -> bool:
        owners = stage == Stage.SECTOR and any(name.startswith("owner_") for name in self.errors)
        team = stage == Stage.TEAM and "team" in self.errors
        return owners or team or any(name.endswith(f"_{stage}") for name in self.errors)


def _codes(typed: str) -> list[str]:
    """The codes of a list typed with commas, semicolons or line ends between them."""
    parts = typed.replace(";", ",").replace("\n", ",").split(",")
    return list(dict.fromkeys(code for part in parts if (code := part.strip().rstrip("."))))


def _shown(step: StepFacts | None) -> tuple[date | None, date | None, time]:
    """Opening day, last day and hour as the form shows them."""
    if step is None or step.opens is None or step.closes is None:
        return None, None, CLOSING_HOUR
    opens, closes = step.opens.astimezone(clock.LOCAL), step.closes.astimezone(clock.LOCAL)
    return opens.date(), closes.date(), closes.time().replace(second=0, microsecond=0)
