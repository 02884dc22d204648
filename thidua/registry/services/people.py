"""People and their positions. A position that ended gives no right from the very next request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor, label_of
from thidua.registry.models import Invitation, Person, Position, Role, Unit
from thidua.registry.refusal import line_of, refuse, require

OFFICE_ROLES = (Role.STANDING, Role.ADMINISTRATOR)
STANDING_APPOINTS = tuple(role for role in Role if role != Role.ADMINISTRATOR)
NOT_YOURS = (
    "Bạn không giao được cương vị này. Cơ quan thường trực giao cương vị ở các đơn vị; "
    "người quản trị hệ thống giao cương vị của cơ quan thường trực và quản trị hệ thống."
)
NAME_MOST, TITLE_MOST = 120, 120


@dataclass(frozen=True, kw_only=True)
class Post:
    """A position to be given; `unit` is None for the standing office, `ends` the last day."""

    role: Role
    starts: date
    unit: Unit | None = None
    title: str = ""
    ends: date | None = None

    @property
    def words(self) -> str:
        """The position without the person: what history shows."""
        return f"{self.title or self.role.label}, {self.unit or 'cơ quan thường trực'}"


def appoints(actor: Actor) -> tuple[Role, ...]:
    """The roles that this actor may give and end."""
    if actor.is_standing:
        return STANDING_APPOINTS
    return OFFICE_ROLES if actor.is_administrator else ()


def add_person(
    actor: Actor,
    *,
    full_name: str,
    post: Post | None = None,
    synthetic: bool = False,
    request_id: str = "",
) -> Person:
    """Record somebody who acts for a unit, and the first position in the same decision.

    Refused: RIGHT-1, TEXT-*, and what `add_position` refuses.
    """
    require(bool(appoints(actor)), NOT_YOURS)
    called = line_of(full_name, label="họ và tên", most=NAME_MOST, field="full_name")
    with Act(
        actor,
        "registry.add_person",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject="Ghi một người vào danh bạ" + (f": {post.words}" if post else ""),
        request_id=request_id,
        inputs={"full_name": called, **_inputs(post)},
    ) as act:
        if act.repeated:
            return act.first(Person)
        own = {"jurisdiction_id": actor.jurisdiction_id, "synthetic": synthetic}
        person = act.create(Person(full_name=called, **own))
        if post is not None:
            act.create(_judged(actor, person, post, synthetic=synthetic))
        return act.result(person)


def add_position(
    actor: Actor, *, person: Person, post: Post, synthetic: bool = False, request_id: str = ""
) -> Position:
    """Give a person one more position. Refused: RIGHT-1, UNIT-3, POST-1 to POST-3."""
    require(actor.jurisdiction_id == person.jurisdiction_id, NOT_YOURS)
    with Act(
        actor,
        "registry.add_position",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject=f"Giao cương vị {post.words}",
        request_id=request_id,
        inputs={"person": person, **_inputs(post)},
    ) as act:
        if act.repeated:
            return act.first(Position)
        return act.result(act.create(_judged(actor, person, post, synthetic=synthetic)))


def end_position(
    actor: Actor, *, position: Position, last_day: date, reason: str = "", request_id: str = ""
) -> Position:
    """End a position after its last day; yesterday refuses the holder's very next request.

    A last day before the first one takes back a position that should not have been given.
    Invitations to it are withdrawn. Refused: RIGHT-1, POST-2, POST-4, POST-5.
    """
    may = position.jurisdiction_id == actor.jurisdiction_id and position.role in appoints(actor)
    require(may, NOT_YOURS)
    with Act(
        actor,
        "registry.end_position",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject=f"Kết thúc cương vị {label_of(position)} sau ngày {last_day:%d/%m/%Y}",
        request_id=request_id,
        reason=reason,
        inputs={"position": position, "last_day": last_day, "reason": reason},
    ) as act:
        if act.repeated:
            return act.first(Position)
        _judge_ending(position, last_day)
        act.change(position, ends=last_day)
        if last_day < clock.today():
            for invitation in Invitation.objects.filter(position=position, **Invitation.OPEN):
                act.change(invitation, withdrawn_at=clock.now())
        return act.result(position)


def correct_person_name(
    actor: Actor, *, person: Person, full_name: str, request_id: str = ""
) -> Person:
    """Correct how a person's name is written."""
    may = person.jurisdiction_id == actor.jurisdiction_id and bool(appoints(actor))
    require(may, NOT_YOURS)
    called = line_of(full_name, label="họ và tên", most=NAME_MOST, field="full_name")
    with Act(
        actor,
        "registry.correct_person_name",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject="Sửa họ tên một người trong danh bạ",
        request_id=request_id,
        inputs={"person": person, "full_name": called},
    ) as act:
        if act.repeated:
            return act.first(Person)
        person.refresh_from_db()
        act.change(person, full_name=called)
        return act.result(person)


def _inputs(post: Post | None) -> dict[str, object]:
    if post is None:
        return {}
    return {
        "role": post.role.value,
        "unit": post.unit,
        "title": post.title,
        "starts": post.starts,
        "ends": post.ends,
    }


def _judged(actor: Actor, person: Person, post: Post, *, synthetic: bool) -> Position:
    require(post.role in appoints(actor), NOT_YOURS)
    _judge_place(actor, post)
    if post.ends is not None and post.ends < post.starts:
        raise refuse("POST-2", "Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="ends")
    _judge_twice(person, post)
    return Position(
        jurisdiction_id=actor.jurisdiction_id,
        person=person,
        unit=post.unit,
        role=post.role,
        title=line_of(post.title, label="chức danh", most=TITLE_MOST, field="title", needed=False),
        starts=post.starts,
        ends=post.ends,
        synthetic=synthetic,
    )


def _judge_place(actor: Actor, post: Post) -> None:
    if post.role in OFFICE_ROLES:
        if post.unit is not None:
            words = f"Cương vị “{post.role.label}” không thuộc đơn vị nào. Bỏ chọn đơn vị."
            raise refuse("POST-1", words, field="unit")
        return
    if post.unit is None:
        raise refuse("POST-1", "Chọn đơn vị mà người này làm việc.", field="unit")
    require(post.unit.jurisdiction_id == actor.jurisdiction_id, NOT_YOURS)
    gone = post.unit.dissolved_on
    if gone is not None and post.starts >= gone:
        words = f"{post.unit.name} đã giải thể ngày {gone:%d/%m/%Y}, không nhận thêm người."
        raise refuse("UNIT-3", words, field="unit")


def _judge_twice(person: Person, post: Post) -> None:
    held = Position.objects.filter(person=person, role=post.role, unit=post.unit)
    overlapping = held.filter(Q(ends=None) | Q(ends__gte=post.starts))
    if post.ends is not None:
        overlapping = overlapping.filter(starts__lte=post.ends)
    if overlapping.exists():
        words = "Người này đang giữ đúng cương vị đó. Kết thúc cương vị cũ trước."
        raise refuse("POST-3", words, field="starts")


def _judge_ending(position: Position, last_day: date) -> None:
    position.refresh_from_db()
    if position.ends is not None and position.ends < clock.today():
        words = f"Cương vị này đã kết thúc sau ngày {position.ends:%d/%m/%Y}."
        raise refuse("POST-4", words)
    if last_day < position.starts - timedelta(days=1):
        words = (
            f"Cương vị bắt đầu từ {position.starts:%d/%m/%Y}, không kết thúc trước ngày đó được."
        )
        raise refuse("POST-2", words, field="since")
    if position.role == Role.ADMINISTRATOR and not _other_administrator(position, last_day):
        words = "Đây là người quản trị hệ thống cuối cùng. Mời người khác nhận việc trước."
        raise refuse("POST-5", words)


def _other_administrator(position: Position, last_day: date) -> bool:
    others = Position.objects.filter(role=Role.ADMINISTRATOR, person__account__is_active=True)
    after = others.filter(Q(ends=None) | Q(ends__gt=last_day), starts__lte=clock.today())
    return after.exclude(pk=position.pk).exists()
