"""The steps of a year in words: one sentence for the whole, one for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thidua.platform import clock
from thidua.year.bloc.models import Window
from thidua.year.scoring.models import Stage, Step
from thidua.year.scoring.steps import Roster, StepFacts, window_of_step

NUMBERS = {2: "hai", 3: "ba", 4: "bốn", 5: "năm", 6: "sáu", 7: "bảy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step as the page tells it."""

    step: StepFacts
    who: str
    lines: str
    when: str


def year_sentence(roster: Roster, names: Mapping[int, str]) -> str:
    """What the year will look like: "Chấm điểm qua năm bước: đơn vị tự chấm; …"."""
    parts = [_part(step, names) for step in roster.steps]
    return f"Chấm điểm qua {NUMBERS[len(parts)]} bước: {'; '.join(parts)}."


def step_rows(
    roster: Roster, names: Mapping[int, str], windows: Mapping[str, Window]
) -> tuple[StepRow, ...]:
    """One row per step of the year, in order."""
    return tuple(
        StepRow(
            step=step,
            who=who_words(roster, step, names),
            lines=lines_words(step, names),
            when=_when(step, windows),
        )
        for step in roster.steps
    )


def who_words(roster: Roster, step: StepFacts, names: Mapping[int, str]) -> str:
    """Who works at a step."""
    if step.stage == Stage.SELF:
        return "Từng đơn vị"
    if step.stage == Stage.CROSS:
        return "Đơn vị được phân công; nơi chưa phân công thì Trưởng khối"
    if step.stage == Stage.TEAM:
        return _names(step.team, names)
    if step.stage == Stage.SECTOR:
        return _names(tuple(dict.fromkeys(step.owners.values())), names)
    if step.stage == Stage.VERIFIED:
        crossed = roster.step(Stage.CROSS) is not None
        return "Trưởng khối" if crossed else "Đơn vị được phân công và Trưởng khối"
    return "Cơ quan thường trực" if step.stage == Stage.OFFICE else "Hội nghị, Trưởng khối ghi"


def lines_words(step: StepFacts, names: Mapping[int, str]) -> str:
    """Which lines a step looks at, and how several numbers become one."""
    if step.stage == Stage.SECTOR:
        by_unit: dict[int, list[str]] = {}
        for code, unit in step.owners.items():
            by_unit.setdefault(unit, []).append(code)
        said = (f"{names.get(unit, '')}: {', '.join(codes)}" for unit, codes in by_unit.items())
        return "; ".join(said)
    lines = f"Các dòng {', '.join(sorted(step.lines))}" if step.lines else "Mọi dòng"
    extra = [_combine_words(step)] if step.has_raters else []
    if step.stage == Stage.SELF and step.evidence == Step.Evidence.EXPLAIN:
        extra.append("thiếu minh chứng thì ghi lý do")
    return "; ".join([lines, *extra])


def _part(step: StepFacts, names: Mapping[int, str]) -> str:
    if step.stage == Stage.SELF:
        explain = step.evidence == Step.Evidence.EXPLAIN
        return "đơn vị tự chấm" + (", thiếu minh chứng thì ghi lý do" if explain else "")
    if step.stage == Stage.ADOPTED:
        return "hội nghị thông qua"
    said = [step.in_sentence]
    if step.stage == Stage.TEAM:
        said.append(f"gồm {_names(step.team, names)}")
    if step.stage == Stage.SECTOR:
        said.append(f"gồm {lines_words(step, names)}")
    elif step.lines:
        said.append(f"chỉ các dòng {', '.join(sorted(step.lines))}")
    if step.has_raters:
        said.append(_combine_words(step))
    return ", ".join(said)


def _combine_words(step: StepFacts) -> str:
    how = "trung vị" if step.combine == Step.Combine.MEDIAN else "trung bình cộng"
    blind = "chấm kín, " if step.blind else ""
    return f"{blind}mỗi đơn vị một số rồi lấy {how}"


def _names(units: tuple[int, ...], names: Mapping[int, str]) -> str:
    return ", ".join(names[unit] for unit in units if unit in names) or "chưa chọn đơn vị"


def _when(step: StepFacts, windows: Mapping[str, Window]) -> str:
    deeds = {Stage.SELF: Window.Deed.SELF_SCORE, Stage.ADOPTED: Window.Deed.CONFERENCE}
    own = windows.get(deeds[step.stage]) if step.stage in deeds else window_of_step(step, windows)
    if own is None:
        return "Chưa đặt thời gian"
    opens, closes = own.opens.astimezone(clock.LOCAL), own.closes.astimezone(clock.LOCAL)
    return f"{opens:%d/%m/%Y} đến {closes:%H:%M ngày %d/%m/%Y}"
