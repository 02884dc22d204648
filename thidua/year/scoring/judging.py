"""Ai được làm gì, lúc nào: rights, states and windows, judged anew for every decision."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.chain import of_year
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.rights import Standing, require, require_open_year, standing_of
from thidua.year.scoring.board import facts_of
from thidua.year.scoring.changes import refusal
from thidua.year.scoring.facts import ScaleFacts, SheetFacts, YearFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Sheet, Stage

DEEDS = {Stage.SELF: Window.Deed.SELF_SCORE, Stage.VERIFIED: Window.Deed.VERIFY}
OPEN_FOR = {
    Stage.SELF: (Sheet.State.SELF, Sheet.State.RETURNED),
    Stage.VERIFIED: (Sheet.State.SUBMITTED, Sheet.State.RETURNED),
    Stage.ADOPTED: (
        Sheet.State.SELF,
        Sheet.State.SUBMITTED,
        Sheet.State.RETURNED,
        Sheet.State.VERIFIED,
    ),
}


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
    elif stage == Stage.VERIFIED:
        require(desk.actor.unit_id != unit_id, "Đơn vị không thẩm định bảng của chính mình.")
        words = (
            "Bạn xem được bảng này, không thẩm định được. "
            "Đơn vị được phân công thẩm định và Trưởng khối làm việc này."
        )
        require(desk.standing.verifies(unit_id), words)
    else:
        require(desk.standing.head, "Trưởng khối ghi điểm hội nghị quyết định.")


def require_state(desk: Desk, stage: Stage) -> None:
    """A stage is written only while the sheet stands there."""
    if desk.sheet.state not in OPEN_FOR[stage]:
        raise refusal("SHEET-2", _elsewhere(desk))


def require_window(bloc_year: BlocYear, deed: Window.Deed, *, returned: bool = False) -> bool:
    """Refuse outside the deed's window; gives whether it is late and still taken.

    A deed without a window has no time limit. Lines that were sent back stay open until the
    verification closes.
    """
    deeds = (deed, Window.Deed.VERIFY) if returned else (deed,)
    windows = list(Window.objects.filter(bloc_year=bloc_year, deed__in=deeds))
    if not windows:
        return False
    now, name = clock.now(), Window.Deed(deed).label
    if all(now < window.opens for window in windows):
        day = min(window.opens for window in windows).astimezone(clock.LOCAL)
        raise refusal("SHEET-3", f"{name} mở từ {day:%d/%m/%Y}.")
    if any(window.is_open(now) for window in windows):
        return False
    if bloc_year.late == BlocYear.Late.REFUSE:
        raise _closed(name, max(windows, key=lambda window: window.closes))
    return True


def is_past(bloc_year: BlocYear, deed: Window.Deed) -> bool:
    """Whether the deed's time is over, for deeds that are taken afterwards too, marked late."""
    window = Window.objects.filter(bloc_year=bloc_year, deed=deed).first()
    return window is not None and clock.now() > window.closes


def _closed(name: str, window: Window) -> Refused:
    moment = window.closes.astimezone(clock.LOCAL)
    words = (
        f"{name} đã hết hạn lúc {moment:%H:%M} ngày {moment:%d/%m/%Y}. Trưởng khối gia hạn được."
    )
    return refusal("SHEET-3", words)


def require_line_open(desk: Desk, stage: Stage, line: Line) -> None:
    """After a return only the lines sent back are open to the unit, and closed to the verifier."""
    sent_back = line.key in desk.facts.open_returns(desk.sheet.pk)
    if stage == Stage.SELF and desk.sheet.state == Sheet.State.RETURNED and not sent_back:
        raise refusal("LINE-7", "Dòng này không bị trả lại nên không sửa được nữa.", line=line)
    if stage == Stage.VERIFIED and sent_back:
        raise refusal("LINE-7", "Dòng này đang chờ đơn vị trả lời.", line=line)


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
    if stage not in DEEDS:
        return False
    returned = desk.sheet.state == Sheet.State.RETURNED
    return require_window(desk.bloc_year, DEEDS[stage], returned=returned)


def _elsewhere(desk: Desk) -> str:
    return {
        Sheet.State.SELF: f"{desk.unit} chưa gửi bảng tự chấm nên chưa thẩm định được.",
        Sheet.State.SUBMITTED: "Bảng đã gửi thẩm định. Muốn sửa thì đề nghị trả lại dòng đó.",
        Sheet.State.RETURNED: "Bảng đang chờ đơn vị sửa các dòng bị trả lại.",
        Sheet.State.VERIFIED: "Bảng đã thẩm định xong. Dòng nào khác số tự chấm thì giải trình.",
        Sheet.State.ADOPTED: "Hội nghị đã thông qua bảng này. Trưởng khối mở lại được, kèm lý do.",
    }[Sheet.State(desk.sheet.state)]
