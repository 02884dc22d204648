"""Việc cần làm: what a position must do in its bloc-years, by when, and one click to do it.

Every task is derived from the state of the year at this moment; nothing is stored, so a task
disappears by itself when its deed is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse

from thidua.platform import clock
from thidua.platform.http.parts import Task
from thidua.registry.actor import Actor
from thidua.registry.models import Role
from thidua.web.yearstate import YearState, state_of
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.queries import years_for
from thidua.year.bloc.rights import UNIT_STAFF, Standing
from thidua.year.registration.models import Registration
from thidua.year.scoring.answering import answers_due
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.queries import work_left
from thidua.year.scoring.services import count_waiting_moves
from thidua.year.scoring.steps import StepFacts, window_of_step

CACHE = "_tasks"


@dataclass(frozen=True)
class StageTask:
    """A task, the stage it belongs to, and whether it waits for somebody else."""

    stage: str
    task: Task
    waiting: bool = False


@dataclass(frozen=True)
class Groups:
    """The page's groups in order; empty ones are not shown."""

    late: list[Task] = field(default_factory=list)
    week: list[Task] = field(default_factory=list)
    later: list[Task] = field(default_factory=list)
    waiting: list[Task] = field(default_factory=list)


def tasks_for(request: HttpRequest) -> list[StageTask]:
    """Every task of the position in the request, computed once per request."""
    if not hasattr(request, CACHE):
        actor: Actor | None = getattr(request, "actor", None)
        found = list(_all(actor)) if actor and not actor.is_administrator else []
        setattr(request, CACHE, found)
    cached: list[StageTask] = getattr(request, CACHE)
    return cached


def count_for(request: HttpRequest, *, stage: str = "") -> int:
    """How many tasks wait for me, in all or in one stage."""
    return sum(
        1 for one in tasks_for(request) if not one.waiting and (not stage or one.stage == stage)
    )


def grouped(tasks: list[StageTask]) -> Groups:
    """Quá hạn, Trong tuần này, Sau đó, Đang chờ người khác."""
    groups, now = Groups(), clock.now()
    for one in sorted(tasks, key=lambda one: (one.task.due is None, str(one.task.due or ""))):
        due = one.task.due
        if one.waiting:
            groups.waiting.append(one.task)
        elif due is not None and str(due) < str(now):
            groups.late.append(one.task)
        elif due is not None and str(due) <= str(now + timedelta(days=7)):
            groups.week.append(one.task)
        else:
            groups.later.append(one.task)
    _stress_first(groups)
    return groups


def _stress_first(groups: Groups) -> None:
    """Only the most urgent row of the page has the primary button."""
    for group in (groups.late, groups.week, groups.later):
        if group:
            group[0] = replace(group[0], urgent=True)
            return


def _all(actor: Actor) -> Iterator[StageTask]:
    years = [bloc_year for bloc_year in years_for(actor) if bloc_year.closed_at is None]
    for bloc_year in years:
        for one in _of_year(actor, bloc_year):
            yield one if len(years) == 1 else _named(one, bloc_year)


def _named(one: StageTask, bloc_year: BlocYear) -> StageTask:
    """The same task with its bloc and year, for people who work in several."""
    reason = f"{bloc_year.bloc.name}, năm {bloc_year.year}. {one.task.reason}"
    return replace(one, task=replace(one.task, reason=reason))


def _of_year(actor: Actor, bloc_year: BlocYear) -> Iterator[StageTask]:
    state = state_of(bloc_year)
    if actor.is_standing:
        yield from _standing_office(state)
        yield from _steps(state, actor)
        return
    standing = state.standing_of(actor)
    if not standing.member:
        return
    if actor.role in UNIT_STAFF:
        yield from _registration(state, actor)
        yield from _scoring(state, actor)
    if standing.head:
        yield from _assigning(state)  # before verifying: nobody draws once that has begun
    yield from _steps(state, actor) if state.roster.own else _verification(state, actor)
    if standing.head:
        yield from _head(state)


def _task(  # noqa: PLR0913  # a task with its deed or its step
    state: YearState,
    stage: str,
    words: tuple[str, str, str],
    url: str,
    *,
    deed: str = "",
    waiting: bool = False,
    step: StepFacts | None = None,
) -> StageTask:
    title, reason, verb = words
    window = window_of_step(step, state.windows) if step else state.windows.get(deed)
    task = Task(
        title=title,
        reason=reason,
        url=url,
        verb=verb,
        due=window.closes if window else None,
        mark="wait" if waiting else "open",
    )
    return StageTask(stage, task, waiting)


def _registration(state: YearState, actor: Actor) -> Iterator[StageTask]:
    window = state.windows.get(Window.Deed.REGISTER)
    if window is None or clock.now() < window.opens or actor.unit_id is None:
        return
    if state.bloc_year.is_settled:
        return
    registration = state.registrations.get(actor.unit_id)
    url = reverse("registration:unit", args=[state.bloc_year.pk, actor.unit_id])
    current = registration.state if registration else Registration.State.DRAFT
    leads = actor.role == Role.LEADER
    said = {
        Registration.State.DRAFT: ("Đăng ký thi đua", "Đơn vị chưa gửi bản đăng ký.", "Đăng ký"),
        Registration.State.RETURNED: (
            "Sửa bản đăng ký bị trả lại",
            registration.return_reason if registration else "",
            "Sửa",
        ),
        Registration.State.SUBMITTED: (
            "Duyệt bản đăng ký thi đua" if leads else "Lãnh đạo duyệt bản đăng ký thi đua",
            "Bản đăng ký đã trình lãnh đạo đơn vị.",
            "Duyệt" if leads else "Xem",
        ),
        Registration.State.APPROVED: (
            "Trưởng khối xem bản đăng ký",
            "Lãnh đạo đơn vị đã duyệt.",
            "Xem",
        ),
    }.get(Registration.State(current))
    if said is None:
        return
    mine = current != Registration.State.APPROVED and (
        current != Registration.State.SUBMITTED or leads
    )
    yield _task(state, "registration", said, url, deed=Window.Deed.REGISTER, waiting=not mine)


def _scoring(state: YearState, actor: Actor) -> Iterator[StageTask]:
    sheet = state.sheets.get(actor.unit_id or 0)
    window = state.windows.get(Window.Deed.SELF_SCORE)
    if sheet is None or window is None or clock.now() < window.opens:
        return
    url = reverse("scoring:sheet", args=[state.bloc_year.pk, sheet.unit_id])
    if sheet.state == Sheet.State.SELF:
        words = ("Tự chấm điểm", "Chấm đủ các dòng rồi gửi thẩm định trước hạn.", "Chấm tiếp")
        yield _task(state, "scoring", words, url, deed=Window.Deed.SELF_SCORE)
    elif sheet.state == Sheet.State.RETURNED:
        words = (f"Sửa {_sent_back(state, sheet)} bị trả lại", "Chỉ phần đó mở lại để sửa.", "Sửa")
        # it stays open to the unit until the step that sent it back closes
        step = state.step_of(sheet) if state.roster.own else None
        deed = Window.Deed.SELF_SCORE if clock.now() <= window.closes else Window.Deed.VERIFY
        own = deed == Window.Deed.SELF_SCORE
        yield _task(state, "scoring", words, url, deed=deed, step=None if own else step)
    elif sheet.state == Sheet.State.SUBMITTED:
        step = state.step_of(sheet) if state.roster.own else None
        title = f"{step.label} bảng điểm của đơn vị" if step else "Thẩm định bảng điểm của đơn vị"
        words = (title, "Bảng tự chấm đã gửi.", "Xem")
        yield _task(state, "scoring", words, url, deed=Window.Deed.VERIFY, waiting=True, step=step)
    elif sheet.state == Sheet.State.VERIFIED and state.is_open(Window.Deed.EXPLAIN):
        yield from _explaining(state, sheet)


def _sent_back(state: YearState, sheet: Sheet) -> str:
    """What of a sheet is sent back: "2 dòng và thông tin đơn vị"."""
    lines = state.returned_lines.get(sheet.pk, 0)
    facts = ["thông tin đơn vị"] if sheet.pk in state.returned_facts else []
    return " và ".join([*([f"{lines} dòng"] if lines or not facts else []), *facts])


def _explaining(state: YearState, sheet: Sheet) -> Iterator[StageTask]:
    """The lines that the verification changed and the unit has not explained."""
    count = state.changed_lines.get(sheet.pk, 0)
    if not count:
        return
    closes = state.windows[Window.Deed.EXPLAIN].closes.astimezone(clock.LOCAL)
    words = (
        f"Xem {count} dòng thẩm định đã sửa",
        f"Không đồng ý dòng nào thì giải trình đến {closes:%H:%M} ngày {closes:%d/%m/%Y}.",
        "Xem, giải trình",
    )
    url = reverse("scoring:explanations", args=[state.bloc_year.pk, sheet.unit_id])
    yield _task(state, "scoring", words, url, deed=Window.Deed.EXPLAIN)


def _verification(state: YearState, actor: Actor) -> Iterator[StageTask]:
    standing, year = state.standing_of(actor), state.bloc_year.pk
    for sheet in state.sheets.values():
        if not standing.verifies(sheet.unit_id):
            continue
        name = state.names.get(sheet.unit_id, "")
        others = sheet.unit_id in state.checked and sheet.unit_id not in standing.checks
        # the assigned checker does it; the head may, but need not
        if sheet.state == Sheet.State.SUBMITTED and not (standing.head and others):
            words = (f"Thẩm định bảng điểm của {name}", "Đơn vị đã gửi bảng tự chấm.", "Thẩm định")
            url = reverse("scoring:verify", args=[year, sheet.unit_id])
            yield _task(state, "scoring", words, url, deed=Window.Deed.VERIFY)
        count = state.open_explanations.get(sheet.pk, 0)
        if count:  # the head too, who may have given the number in place of the checker
            words = (f"Trả lời giải trình của {name}", f"{count} dòng chờ trả lời.", "Trả lời")
            url = reverse("scoring:explanations", args=[year, sheet.unit_id])
            yield _task(state, "scoring", words, url, deed=Window.Deed.EXPLAIN)


def _steps(state: YearState, actor: Actor) -> Iterator[StageTask]:
    """Sheets that wait for the position at the step they stand at, and explanations to answer."""
    standing, roster = state.standing_of(actor), state.roster
    if not roster.own:
        return
    for sheet in state.sheets.values():
        step = state.step_of(sheet)
        if step and sheet.state == Sheet.State.SUBMITTED:
            yield from _step(state, sheet, step, standing)
        said = state.open_explanations.get(sheet.pk, 0)
        count = answers_due(state.bloc_year, sheet, standing) if said else 0
        if count:
            name = state.names.get(sheet.unit_id, "")
            words = (f"Trả lời giải trình của {name}", f"{count} dòng chờ trả lời.", "Trả lời")
            url = reverse("scoring:explanations", args=[state.bloc_year.pk, sheet.unit_id])
            yield _task(state, "scoring", words, url, deed=Window.Deed.EXPLAIN)


def _step(
    state: YearState, sheet: Sheet, step: StepFacts, standing: Standing
) -> Iterator[StageTask]:
    """What one sheet asks of the position: its lines, or ending the step once all is done."""
    acts = state.roster.acts(step, standing, sheet.unit_id)
    if not acts and not state.roster.ends(step, standing, sheet.unit_id):
        return
    others = sheet.unit_id in state.checked and sheet.unit_id not in standing.checks
    shared = step.stage == Stage.VERIFIED and state.roster.step(Stage.CROSS) is None
    left, open_now = work_left(sheet, step, standing.actor.unit_id)
    name = state.names.get(sheet.unit_id, "")
    url = reverse("scoring:verify", args=[state.bloc_year.pk, sheet.unit_id])
    if shared and others and open_now:
        return  # the assigned checker does it; the head may, but need not
    if acts and left:
        words = (f"{step.label}: bảng điểm của {name}", f"Còn {left} dòng chưa xem.", "Chấm")
        yield _task(state, "scoring", words, url, step=step)
    elif not open_now:
        title = f"Kết thúc bước {step.label} ở bảng của {name}"
        words = (title, "Mọi dòng đã xem.", "Kết thúc")
        yield _task(state, "scoring", words, url, step=step)
    elif acts:
        words = (f"{step.label}: bảng điểm của {name}", "Chờ đơn vị khác chấm xong.", "Xem")
        yield _task(state, "scoring", words, url, step=step, waiting=True)


def _head(state: YearState) -> Iterator[StageTask]:
    year = state.bloc_year.pk
    if not state.windows:
        words = ("Đặt các mốc của năm", "Chưa có hạn đăng ký, tự chấm, thẩm định.", "Đặt mốc")
        yield _task(state, "bloc", words, reverse("bloc:windows", args=[year]))
    if not state.has_scale:
        words = ("Nạp và thông qua thang điểm", "Chưa có thang điểm nào được thông qua.", "Nạp")
        yield _task(state, "rulebook", words, reverse("rulebook:rulebook", args=[year]))
    waiting = [
        one for one in state.registrations.values() if one.state == Registration.State.APPROVED
    ]
    if waiting and not state.bloc_year.is_settled:
        words = (
            f"Xem bản đăng ký của {len(waiting)} đơn vị",
            "Lãnh đạo đơn vị đã duyệt, chờ Trưởng khối nhận.",
            "Xem",
        )
        url = reverse("registration:board", args=[year])
        yield _task(state, "registration", words, url, deed=Window.Deed.REGISTER)
    if state.has_scale and not state.sheets:
        words = ("Mở bảng chấm điểm", "Thang điểm đã thông qua, các đơn vị chờ chấm.", "Mở")
        url = reverse("scoring:table", args=[year])
        yield _task(state, "scoring", words, url, deed=Window.Deed.SELF_SCORE)
    yield from _moving(state)
    yield from _others(state)
    yield from _conference(state)


def _moving(state: YearState) -> Iterator[StageTask]:
    """Sheets that the adoption of a new version said to move and that nobody has moved yet."""
    count = count_waiting_moves(state.bloc_year) if state.sheets else 0
    if count:
        words = (
            f"Chuyển {count} bảng chấm sang bản mới của thang điểm",
            "Khối đã thông qua bản mới và quyết định chuyển; các bảng còn theo bản cũ.",
            "Chuyển",
        )
        url = reverse("scoring:table", args=[state.bloc_year.pk])
        yield _task(state, "scoring", words, url)


def _assigning(state: YearState) -> Iterator[StageTask]:
    """Self-scores are closed, verification has not begun, and nobody is to verify."""
    window = state.windows.get(Window.Deed.SELF_SCORE)
    closed = window is not None and clock.now() > window.closes
    waits = state.sheets and not state.checkers and state.bloc_year.verifying_since is None
    if closed and waits and not state.adopted:
        words = (
            "Bốc thăm thẩm định chéo",
            "Đã hết hạn tự chấm, chưa phân công. Bắt đầu thẩm định rồi thì không bốc thăm được.",
            "Bốc thăm",
        )
        url = reverse("bloc:draw", args=[state.bloc_year.pk])
        yield _task(state, "bloc", words, url, deed=Window.Deed.VERIFY)


def _others(state: YearState) -> Iterator[StageTask]:
    """What the head waits for: units that have not sent, sheets that are being verified."""
    url = reverse("scoring:table", args=[state.bloc_year.pk])
    unsent = [one for one in state.sheets.values() if one.state == Sheet.State.SELF]
    if unsent:
        words = (f"{len(unsent)} đơn vị chưa gửi bảng tự chấm", f"{_names(state, unsent)}.", "Xem")
        yield _task(state, "scoring", words, url, deed=Window.Deed.SELF_SCORE, waiting=True)
    back = [one for one in state.sheets.values() if one.state == Sheet.State.RETURNED]
    if back:
        title = f"{len(back)} đơn vị đang sửa phần bị trả lại"
        words = (title, f"{_names(state, back)}.", "Xem")
        yield _task(state, "scoring", words, url, deed=Window.Deed.VERIFY, waiting=True)
    sent = [one for one in state.sheets.values() if one.state == Sheet.State.SUBMITTED]
    if sent:
        words = (f"{len(sent)} bảng đang chờ thẩm định", f"{_names(state, sent)}.", "Xem")
        yield _task(state, "scoring", words, url, deed=Window.Deed.VERIFY, waiting=True)


def _names(state: YearState, sheets: list[Sheet]) -> str:
    return ", ".join(state.names.get(sheet.unit_id, "") for sheet in sheets)


def _conference(state: YearState) -> Iterator[StageTask]:
    url = reverse("conference:conference", args=[state.bloc_year.pk])
    verified = [one for one in state.sheets.values() if one.state == Sheet.State.VERIFIED]
    if state.sheets and len(verified) == len(state.sheets):
        words = ("Thông qua bảng điểm tại hội nghị", "Mọi bảng đã thẩm định xong.", "Mở hội nghị")
        yield _task(state, "conference", words, url, deed=Window.Deed.CONFERENCE)
    if state.adopted:
        words = ("Khép năm thi đua", "Bảng điểm đã thông qua, năm chưa khép.", "Khép năm")
        yield _task(state, "conference", words, url)


def _standing_office(state: YearState) -> Iterator[StageTask]:
    year = state.bloc_year.pk
    if not state.has_head:
        words = ("Ghi Trưởng khối", "Khối chưa có Trưởng khối.", "Ghi")
        yield _task(state, "bloc", words, reverse("bloc:bloc", args=[year]))
    if state.unstaffed:
        title = f"Mời người phụ trách ở {len(state.unstaffed)} đơn vị"
        reason = f"Chưa ai đăng nhập được: {', '.join(state.unstaffed)}."
        words = (title, reason, "Mời")
        yield _task(state, "bloc", words, reverse("registry:people"))
    lacking = state.has_slots and not state.has_assigned_targets
    if lacking and state.is_open(Window.Deed.REGISTER) and not state.bloc_year.is_settled:
        words = ("Giao chỉ tiêu cho các đơn vị", "Thang điểm có ô chỉ tiêu được giao.", "Giao")
        url = reverse("registration:assign", args=[year])
        yield _task(state, "registration", words, url, deed=Window.Deed.REGISTER)
