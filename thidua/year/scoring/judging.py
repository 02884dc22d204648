"""Ai được làm gì, lúc nào: rights, states and windows, judged anew for every decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.chain import of_year
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear, Checker, Window
from thidua.year.bloc.rights import Standing, require, require_open_year, standing_of
from thidua.year.scoring.board import facts_of
from thidua.year.scoring.changes import line_words, refusal
from thidua.year.scoring.facts import ScaleFacts, SheetFacts, YearFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import MIDDLE, Sheet, Stage
from thidua.year.scoring.steps import Roster, StepFacts, StepWindow, window_of_step

UNSENT = (Sheet.State.SELF, Sheet.State.RETURNED)
AT_WORK = (Sheet.State.SUBMITTED, Sheet.State.RETURNED)


@dataclass(frozen=True, slots=True)
class Desk:
    """A sheet on somebody's table: its present row, the facts, and where the actor stands."""

    actor: Actor
    sheet: Sheet
    bloc_year: BlocYear
    standing: Standing
    facts: YearFacts

    @property
    def own(self) -> SheetFacts:
        """The facts of this sheet."""
        return self.facts.sheets[self.sheet.pk]

    @property
    def scale(self) -> ScaleFacts:
        """The scale of this sheet."""
        return self.facts.scale_of(self.own)

    @property
    def unit(self) -> str:
        """The name of the unit."""
        return self.own.unit

    @property
    def roster(self) -> Roster:
        """The steps of the year and who works at them."""
        return self.facts.roster

    @property
    def step(self) -> StepFacts | None:
        """The step that works on the sheet now, or would; None in a year without any between."""
        return self.facts.step_of(self.own)

    def step_at(self, stage: Stage) -> StepFacts:
        """A step between self-scores and conference; refuses one the bloc does not use."""
        found = self.roster.step(stage)
        if found is None or stage not in MIDDLE:
            raise refusal("SHEET-2", f"Năm nay Khối không dùng bước {stage.label}.")
        return found

    def working_step(self, stage: Stage | None = None) -> StepFacts:
        """The step a decision is for: the one it names, else the one the sheet stands at."""
        if stage is not None:
            return self.step_at(stage)
        if self.step is None:
            raise refusal("SHEET-2", "Khối không dùng bước nào giữa tự chấm và hội nghị.")
        return self.step

    def acts(self, step: StepFacts, line: Line | None = None) -> bool:
        """Whether the actor works at a step on this sheet, or on one line of it."""
        return self.roster.acts(step, self.standing, self.sheet.unit_id, line)

    @property
    def examines(self) -> bool:
        """Whether the actor works on this sheet at any step."""
        return self.roster.examines(self.standing, self.sheet.unit_id)

    def line(self, code: str) -> Line:
        """A line of the scale; refuses a code that is not in it."""
        found = self.scale.index.get(code)
        if found is None:
            words = f"Thang điểm của {self.unit} không có dòng {code[:60]}. Tải lại trang."
            raise refusal("LINE-1", words)
        return found


def chain_of(sheet: Sheet) -> str:
    """The ledger chain of the sheet's bloc-year."""
    return of_year(sheet.bloc_year_id)


def desk_of(actor: Actor, sheet: Sheet) -> Desk:
    """Load a sheet anew with everything a decision on it is judged by; the year must be open."""
    row = Sheet.objects.select_related("bloc_year", "unit").filter(pk=sheet.pk).first()
    if row is None or row.jurisdiction_id != actor.jurisdiction_id:
        raise refusal("RIGHT-1", "Bảng chấm này không thuộc khối của bạn.")
    standing = standing_of(actor, row.bloc_year)
    require(standing.insider, "Bảng chấm này không thuộc khối của bạn.")
    require_open_year(row.bloc_year)
    return Desk(actor, row, row.bloc_year, standing, facts_of(row.bloc_year_id))


def require_right(desk: Desk, stage: Stage) -> None:
    """Who may write at a stage: the unit, then whoever verifies it, then the head."""
    unit_id = desk.sheet.unit_id
    if stage == Stage.SELF:
        words = f"Bạn xem được bảng này, không sửa được. Người của {desk.unit} sửa được."
        require(desk.standing.works_for(unit_id), words)
    elif stage == Stage.ADOPTED:
        require(desk.standing.head, "Trưởng khối ghi điểm hội nghị quyết định.")
    else:
        require(desk.actor.unit_id != unit_id, "Đơn vị không thẩm định bảng của chính mình.")
        step = desk.step_at(stage)
        require(desk.acts(step), _workers_words(desk, step))


def _workers_words(desk: Desk, step: StepFacts) -> str:
    """Who works at a step, for people who do not."""
    if not desk.roster.own:
        return (
            "Bạn xem được bảng này, không thẩm định được. "
            "Đơn vị được phân công thẩm định và Trưởng khối làm việc này."
        )
    who = {
        Stage.CROSS: "Đơn vị được phân công chấm chéo",
        Stage.SECTOR: "Đơn vị phụ trách tiêu chí",
        Stage.TEAM: "Các đơn vị trong tổ",
        Stage.VERIFIED: "Trưởng khối",
        Stage.OFFICE: "Cơ quan thường trực",
    }[step.stage]
    return f"Bạn xem được bảng này, không chấm được. {who} làm bước {step.label}."


def require_state(desk: Desk, stage: Stage) -> None:
    """A stage is written only while the sheet stands there."""
    state = Sheet.State(desk.sheet.state)
    if stage == Stage.SELF:
        holds = state in UNSENT
    elif stage == Stage.ADOPTED:
        holds = state != Sheet.State.ADOPTED
    else:
        holds = state in AT_WORK
    if not holds:
        raise refusal("SHEET-2", _elsewhere(desk))
    step = desk.step
    if stage in MIDDLE and step is not None and step.stage != stage:
        words = f"Bảng đang ở bước {step.label}. Bước {desk.roster.label(stage)} không ghi được."
        raise refusal("SHEET-2", words)


def require_window(bloc_year: BlocYear, deed: Window.Deed) -> bool:
    """Refuse outside the deed's window; gives whether it is late and still taken.

    A deed without a window has no time limit.
    """
    window = windows_of(bloc_year).get(deed)
    return _require_open(bloc_year, deed.label, [] if window is None else [named(window)])


def require_step_window(desk: Desk, step: StepFacts) -> bool:
    """As `require_window`, for a step between self-scores and conference."""
    found = window_of_step(step, windows_of(desk.bloc_year))
    return _require_open(desk.bloc_year, step.label, [] if found is None else [found])


def _require_returned_window(desk: Desk) -> bool:
    """Lines that were sent back stay open to the unit until the step they came back from closes."""
    windows = windows_of(desk.bloc_year)
    own, step = windows.get(Window.Deed.SELF_SCORE), desk.step
    back = None if step is None else window_of_step(step, windows)
    found = [*([named(own)] if own else []), *([back] if back else [])]
    return _require_open(desk.bloc_year, Window.Deed.SELF_SCORE.label, found)


def windows_of(bloc_year: BlocYear) -> dict[str, Window]:
    """The windows of scoring by deed (one query)."""
    deeds = (Window.Deed.SELF_SCORE, Window.Deed.VERIFY, Window.Deed.EXPLAIN)
    rows = Window.objects.filter(bloc_year=bloc_year, deed__in=deeds)
    return {row.deed: row for row in rows}


def named(window: Window) -> StepWindow:
    """A window of the bloc with the words of its deed."""
    return StepWindow(window.get_deed_display(), window.opens, window.closes)


def _require_open(bloc_year: BlocYear, name: str, windows: list[StepWindow]) -> bool:
    if not windows:
        return False
    now = clock.now()
    if all(now < window.opens for window in windows):
        day = min(window.opens for window in windows).astimezone(clock.LOCAL)
        raise refusal("SHEET-3", f"{name} mở từ {day:%d/%m/%Y}.")
    if any(window.is_open(now) for window in windows):
        return False
    if bloc_year.late == BlocYear.Late.REFUSE:
        raise _closed(name, max(window.closes for window in windows))
    return True


def is_past(bloc_year: BlocYear, deed: Window.Deed) -> bool:
    """Whether the deed's time is over, for deeds that are taken afterwards too, marked late."""
    window = Window.objects.filter(bloc_year=bloc_year, deed=deed).first()
    return window is not None and clock.now() > window.closes


def _closed(name: str, closes: datetime) -> Refused:
    moment = closes.astimezone(clock.LOCAL)
    words = (
        f"{name} đã hết hạn lúc {moment:%H:%M} ngày {moment:%d/%m/%Y}. Trưởng khối gia hạn được."
    )
    return refusal("SHEET-3", words)


def require_line_open(desk: Desk, stage: Stage, line: Line) -> None:
    """After a return only the lines sent back are open to the unit, and closed to the verifier."""
    sent_back = line.key in desk.facts.open_returns(desk.sheet.pk)
    if stage == Stage.SELF and desk.sheet.state == Sheet.State.RETURNED and not sent_back:
        raise refusal("LINE-7", "Dòng này không bị trả lại nên không sửa được nữa.", line=line)
    if stage not in MIDDLE:
        return
    if sent_back:
        raise refusal("LINE-7", "Dòng này đang chờ đơn vị trả lời.", line=line)
    step = desk.step_at(stage)
    if not step.covers(line):
        words = f"{line_words(line)} không thuộc bước {step.label}."
        raise refusal("STEP-5", words, line=line)
    if not desk.acts(step, line):
        words = f"{line_words(line)} do đơn vị khác phụ trách ở bước {step.label}."
        raise refusal("STEP-5", words, line=line)


def require_facts_open(desk: Desk) -> None:
    """After a return the facts of the unit are open to it only when they were sent back too."""
    if desk.sheet.state != Sheet.State.RETURNED:
        return
    if desk.facts.returned_facts(desk.sheet.pk) is None:
        words = (
            "Thông tin đơn vị không bị trả lại nên không sửa được nữa. "
            "Cần sửa thì đề nghị người thẩm định trả lại."
        )
        raise refusal("FACT-2", words)


def judge_writing(desk: Desk, stage: Stage) -> bool:
    """Right, state and window of writing at a stage; gives whether it is late."""
    require_right(desk, stage)
    require_state(desk, stage)
    if stage == Stage.ADOPTED:
        return False
    if stage == Stage.SELF:
        if desk.sheet.state == Sheet.State.RETURNED:
            return _require_returned_window(desk)
        return require_window(desk.bloc_year, Window.Deed.SELF_SCORE)
    return require_step_window(desk, desk.step_at(stage))


def works_now(desk: Desk) -> bool:
    """Whether the actor works on the sheet at the step it stands at."""
    return desk.step is not None and desk.sheet.state in AT_WORK and desk.acts(desk.step)


def _elsewhere(desk: Desk) -> str:
    if desk.sheet.state == Sheet.State.SUBMITTED:
        return f"Bảng đã gửi thẩm định. {_whom_to_ask(desk)}"
    return {
        Sheet.State.SELF: f"{desk.unit} chưa gửi bảng tự chấm nên chưa thẩm định được.",
        Sheet.State.RETURNED: "Bảng đang chờ đơn vị sửa các dòng bị trả lại.",
        Sheet.State.VERIFIED: "Bảng đã thẩm định xong. Dòng nào khác số tự chấm thì giải trình.",
        Sheet.State.ADOPTED: "Hội nghị đã thông qua bảng này. Trưởng khối mở lại được, kèm lý do.",
    }[Sheet.State(desk.sheet.state)]


def _whom_to_ask(desk: Desk) -> str:
    """Who sends a line back when the unit finds a mistake after sending: it has no form to ask."""
    unit_id, step = desk.sheet.unit_id, desk.step
    if desk.roster.own:
        units = () if step is None else desk.roster.letters_to(step, unit_id)
    else:
        rows = Checker.objects.filter(bloc_year=desk.bloc_year, unit=unit_id).order_by("pk")
        units = tuple(rows.values_list("checker_id", flat=True))
    names = {one.unit_id: one.unit for one in desk.facts.sheets.values()}
    named = ", ".join(names[unit] for unit in units if unit in names)
    office = step is not None and step.stage == Stage.OFFICE
    whom = "cơ quan thường trực" if office else named or "Trưởng khối"
    return f"Muốn sửa dòng nào thì báo {whom} trả lại dòng đó."
