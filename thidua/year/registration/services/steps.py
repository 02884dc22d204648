"""The way of a registration: to the leader, to the bloc, accepted or returned with a reason."""

from __future__ import annotations

from thidua.core.finding import Finding, Refused
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.refusal import refuse, require, text_of
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.queries import windows
from thidua.year.bloc.rights import Standing, require_open_year, require_unadopted, standing_of
from thidua.year.registration.models import Registration
from thidua.year.registration.notices import tell_head, tell_leader, tell_unit
from thidua.year.registration.queries import draft_of
from thidua.year.registration.review import blocking
from thidua.year.registration.services.ground import EDITABLE, OWN_UNIT_ONLY, unit_name

State = Registration.State
LEADER_ONLY = "Lãnh đạo đơn vị duyệt bản đăng ký của đơn vị mình."
HEAD_ONLY = "Trưởng khối nhận bản đăng ký của các đơn vị."
RETURN_BY = "Lãnh đạo đơn vị hoặc Trưởng khối trả lại bản đăng ký."


def submit_registration(
    actor: Actor, *, registration: Registration, request_id: str = ""
) -> Registration:
    """Hand the draft to the unit's leader; refused while a slot is neither filled nor explained."""
    with _act(actor, "submit", registration, "trình lãnh đạo bản đăng ký", request_id) as act:
        if act.repeated:
            return act.first(Registration)
        row, standing = _load(actor, registration)
        require(standing.works_for(row.unit_id), OWN_UNIT_ONLY)
        if row.state not in EDITABLE:
            raise refuse("REG-1", "Bản đăng ký đã trình rồi.")
        _judge_time(row)
        _refuse_unfinished(row)
        act.change(row, state=State.SUBMITTED, submitted_at=clock.now(), return_reason="")
        tell_leader(act, row)
        return act.result(row)


def approve_registration(
    actor: Actor, *, registration: Registration, request_id: str = ""
) -> Registration:
    """The leader approves and sends to the bloc; sent after the deadline it is marked late."""
    with _act(actor, "approve", registration, "duyệt và gửi Khối bản đăng ký", request_id) as act:
        if act.repeated:
            return act.first(Registration)
        row, standing = _load(actor, registration)
        require(standing.leads(row.unit_id), LEADER_ONLY)
        if row.state != State.SUBMITTED:
            raise refuse("REG-10", "Bản đăng ký chưa trình hoặc đã duyệt. Tải lại trang để xem.")
        late = _judge_time(row)
        _refuse_unfinished(row)
        act.change(row, state=State.APPROVED, approved_at=clock.now(), late=late)
        tell_head(act, row, unit_name(row.bloc_year, row.unit))
        return act.result(row)


def accept_registration(
    actor: Actor, *, registration: Registration, request_id: str = ""
) -> Registration:
    """The head takes the registration; from now on every member of the bloc reads it."""
    with _act(
        actor, "accept", registration, "được Trưởng khối nhận bản đăng ký", request_id
    ) as act:
        if act.repeated:
            return act.first(Registration)
        row, standing = _load(actor, registration)
        require(standing.runs_year, HEAD_ONLY)
        if row.state != State.APPROVED:
            words = "Bản đăng ký chưa được lãnh đạo đơn vị duyệt, hoặc đã nhận rồi."
            raise refuse("REG-11", words)
        act.change(row, state=State.ACCEPTED, accepted_at=clock.now())
        tell_unit(act, row, "Trưởng khối đã nhận bản đăng ký thi đua của đơn vị.")
        return act.result(row)


def return_registration(
    actor: Actor, *, registration: Registration, reason: str, request_id: str = ""
) -> Registration:
    """Give a registration back with a reason: the leader before, the head after it was sent."""
    why = text_of(reason, label="lý do", most=1000, field="reason")
    words = "bị trả lại bản đăng ký"
    with _act(actor, "return", registration, words, request_id, why) as act:
        if act.repeated:
            return act.first(Registration)
        row, standing = _load(actor, registration)
        require(standing.runs_year or standing.leads(row.unit_id), RETURN_BY)
        if not why:
            raise refuse("REG-12", "Ghi lý do trả lại để đơn vị biết cần sửa gì.", field="reason")
        if not may_return(standing, row):
            raise refuse(
                "REG-1", "Bản đăng ký không ở bước bạn trả lại được. Tải lại trang để xem."
            )
        # What the head returns was sent in time once; sending it again is not late.
        sent = row.approved_at if standing.runs_year else None
        act.change(row, state=State.RETURNED, return_reason=why, approved_at=sent, accepted_at=None)
        tell_unit(act, row, f"Bản đăng ký thi đua bị trả lại. Lý do: {why}")
        return act.result(row)


def may_return(standing: Standing, row: Registration) -> bool:
    """Whether this actor may return the registration as it stands.

    The leader before it is sent, and after it while the window is open; the head once it is sent.
    """
    if not row.bloc_year.is_changeable:
        return False
    if standing.runs_year and row.state in (State.APPROVED, State.ACCEPTED):
        return True
    if not standing.leads(row.unit_id):
        return False
    if row.state == State.APPROVED:
        window = windows(row.bloc_year).get(Window.Deed.REGISTER)
        return window is None or window.is_open(clock.now())
    return row.state == State.SUBMITTED


def _act(
    actor: Actor,
    verb: str,
    registration: Registration,
    words: str,
    request_id: str,
    reason: str = "",
) -> Act:
    name = unit_name(registration.bloc_year, registration.unit)
    return Act(
        actor,
        f"registration.{verb}",
        chain=chain.of_year(registration.bloc_year_id),
        subject=f"{name} {words}",
        request_id=request_id,
        reason=reason,
        inputs={"registration": registration.pk, "reason": reason},
    )


def _load(actor: Actor, registration: Registration) -> tuple[Registration, Standing]:
    row = Registration.objects.select_related("bloc_year", "unit").get(pk=registration.pk)
    require_open_year(row.bloc_year)
    require_unadopted(row.bloc_year)
    return row, standing_of(actor, row.bloc_year)


def _judge_time(row: Registration) -> bool:
    """Whether sending now is late; refused before the window opens, and after it if so set."""
    window = windows(row.bloc_year).get(Window.Deed.REGISTER)
    if window is None or window.is_open(clock.now()):
        return False
    if row.approved_at is not None:
        return row.late
    if clock.now() < window.opens:
        opens = window.opens.astimezone(clock.LOCAL)
        raise refuse("REG-9", f"Khối nhận đăng ký từ ngày {opens:%d/%m/%Y}. Bản soạn đã được giữ.")
    if row.bloc_year.late == BlocYear.Late.REFUSE:
        closed = window.closes.astimezone(clock.LOCAL)
        raise refuse(
            "REG-9",
            f"Đã hết hạn đăng ký lúc {closed:%H:%M} ngày {closed:%d/%m/%Y} và Khối không nhận sau "
            "hạn. Trưởng khối gia hạn được.",
        )
    return True


def _refuse_unfinished(row: Registration) -> None:
    found = [
        Finding(rule_id="REG-8", outcome="refused", inputs={"code": one.code}, words=one.words)
        for one in blocking(draft_of(row))
    ]
    if found:
        raise Refused(found)
