"""Invitations: a one-time link by which a person takes up a position. Only its hash is kept."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django_scopes import scope

from thidua.platform import clock
from thidua.platform.accounts.models import Account, clean_email
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.platform.mail import services as mail
from thidua.registry.actor import Actor, label_of
from thidua.registry.duties import DUTIES
from thidua.registry.models import Invitation, Person, Position, Role
from thidua.registry.refusal import line_of, refuse, require
from thidua.registry.services.people import NAME_MOST, NOT_YOURS, appoints

DAYS = 7
PASSWORD_LEAST = 12
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)  # 256 random bits
_GUEST = "Người được mời"
OTHER_ADDRESS = (
    "Lời mời này gửi tới thư khác với thư bạn đang đăng nhập. "
    "Đăng xuất rồi mở lại liên kết, hoặc nhờ người mời gửi lại tới thư của bạn."
)
HAS_ACCOUNT = (
    "Không lập được tài khoản mới bằng liên kết này. "
    "Nếu bạn đã có tài khoản, đăng nhập rồi nhận lời mời."
)


@dataclass(frozen=True)
class Invited:
    """An invitation and its link, shown once: empty when the request was repeated."""

    invitation: Invitation
    link: str


@dataclass
class Guest:
    """Who answers an invitation: no position yet, and perhaps no account."""

    account_id: int | None
    position_id: int | None
    label: str


def hash_of_token(token: str) -> str:
    """What is stored of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link, in whatever jurisdiction; None for a link that was never given.

    Crosses jurisdictions on purpose: whoever holds the link has no position yet.
    """
    if not _TOKEN.fullmatch(token):
        return None
    found = Invitation.objects.with_scopes_disabled().select_related(
        "position__person", "position__unit", "position__jurisdiction", "jurisdiction"
    )
    return found.filter(token_hash=hash_of_token(token)).first()


def invite(actor: Actor, *, position: Position, email: str, request_id: str = "") -> Invited:
    """Invite the holder of a position by letter; an earlier open link to it ends.

    The letter waits in the outbox. Refused: RIGHT-1, INVITE-1.
    """
    require(_may_invite(actor, position), NOT_YOURS)
    address, token = clean_email(email), secrets.token_urlsafe(32)
    with Act(
        actor,
        "registry.invite",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject=f"Mời một người nhận cương vị {label_of(position)}",
        request_id=request_id,
        inputs={"position": position, "email": address},
    ) as act:
        if act.repeated:
            return Invited(act.first(Invitation), "")
        _judge_invited(position)
        moment = clock.now()
        for earlier in Invitation.objects.filter(position=position, **Invitation.OPEN):
            act.change(earlier, withdrawn_at=moment)
        invitation = act.create(
            Invitation(
                jurisdiction_id=actor.jurisdiction_id,
                position=position,
                email=address,
                token_hash=hash_of_token(token),
                invited_by=actor.label,
                created_at=moment,
                expires_at=clock.days_from_now(DAYS),
            )
        )
        link = settings.THIDUA_ADDRESS + reverse("registry:invitation", args=[token])
        _write_letter(invitation, link)
        return Invited(act.result(invitation), link)


def withdraw_invitation(
    actor: Actor, *, invitation: Invitation, request_id: str = ""
) -> Invitation:
    """Make an open link useless. Refused: RIGHT-1, INVITE-2."""
    require(_may_invite(actor, invitation.position), NOT_YOURS)
    with Act(
        actor,
        "registry.withdraw_invitation",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject=f"Thu hồi lời mời nhận cương vị {label_of(invitation.position)}",
        request_id=request_id,
        inputs={"invitation": invitation},
    ) as act:
        if act.repeated:
            return act.first(Invitation)
        invitation.refresh_from_db()
        if invitation.answered:
            raise refuse("INVITE-2", why_closed(invitation) or "Lời mời không còn mở.")
        act.change(invitation, withdrawn_at=clock.now())
        return act.result(invitation)


def decline_invitation(*, invitation: Invitation, request_id: str = "") -> Invitation:
    """ "Không phải tôi": give the link back unused. Refused: INVITE-2."""
    guest = Guest(None, None, _GUEST)
    with (
        scope(jurisdiction=invitation.jurisdiction),
        Act(
            guest,
            "registry.decline_invitation",
            chain=chain.of_jurisdiction(invitation.jurisdiction_id),
            subject=f"Trả lại lời mời nhận cương vị {label_of(invitation.position)}",
            request_id=request_id,
            inputs={"invitation": invitation},
        ) as act,
    ):
        if act.repeated:
            return act.first(Invitation)
        _judge_open(invitation)
        act.change(invitation, declined_at=clock.now())
        return act.result(invitation)


def accept_invitation(
    *,
    invitation: Invitation,
    account: Account | None = None,
    full_name: str = "",
    password: str = "",
    request_id: str = "",
) -> Position:
    """Take up the position: with the account signed in, or with a new one (name and password).

    The account becomes the person of the position; one account may be a person in several
    jurisdictions. Refused: INVITE-2 to INVITE-5, TEXT-*.
    """
    taker = account or Account.objects.filter(email=clean_email(invitation.email)).first()
    label = label_of(invitation.position)
    guest = Guest(taker.pk if taker else None, invitation.position_id, label)
    with (
        scope(jurisdiction=invitation.jurisdiction),
        Act(
            guest,
            "registry.accept_invitation",
            chain=chain.of_jurisdiction(invitation.jurisdiction_id),
            subject=f"Nhận cương vị {label}",
            request_id=request_id,
            inputs={"invitation": invitation, "full_name": full_name},
        ) as act,
    ):
        if act.repeated:
            return act.first(Position)
        _judge_open(invitation)
        if account is None:
            account = _new_account(invitation, password=password)
            guest.account_id = account.pk
        elif clean_email(account.email) != clean_email(invitation.email):
            raise refuse("INVITE-3", OTHER_ADDRESS)
        position = _take_up(act, invitation, account, full_name=full_name)
        act.change(invitation, accepted_at=clock.now())
        return act.result(position)


def why_closed(invitation: Invitation) -> str:
    """Why a link no longer works, in words; empty while it works."""
    if invitation.accepted_at:
        return f"Lời mời này đã được nhận ngày {_day(invitation.accepted_at)}."
    if invitation.declined_at:
        return f"Lời mời này đã được trả lại ngày {_day(invitation.declined_at)}."
    if invitation.withdrawn_at:
        return f"Lời mời này đã được thu hồi ngày {_day(invitation.withdrawn_at)}."
    if clock.now() > invitation.expires_at:
        return f"Lời mời này đã hết hạn ngày {_day(invitation.expires_at)}."
    ends = invitation.position.ends
    if ends is not None and ends < clock.today():
        return f"Cương vị trong lời mời đã kết thúc sau ngày {ends:%d/%m/%Y}."
    return ""


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(clock.LOCAL):%d/%m/%Y}"


def _may_invite(actor: Actor, position: Position) -> bool:
    return actor.jurisdiction_id == position.jurisdiction_id and Role(position.role) in appoints(
        actor
    )


def _judge_invited(position: Position) -> None:
    position.refresh_from_db()
    if position.ends is not None and position.ends < clock.today():
        raise refuse("INVITE-1", "Cương vị này đã kết thúc, không mời được nữa.")
    if position.person.account_id is not None:
        words = "Người này đã có tài khoản, cương vị mới dùng được ngay. Không cần mời."
        raise refuse("INVITE-1", words)


def _judge_open(invitation: Invitation) -> None:
    invitation.refresh_from_db()
    closed = why_closed(invitation)
    if closed:
        raise refuse("INVITE-2", f"{closed} Nhờ người mời gửi lời mời mới nếu cần.")


def _new_account(invitation: Invitation, *, password: str) -> Account:
    if len(password) < PASSWORD_LEAST:
        words = f"Mật khẩu cần ít nhất {PASSWORD_LEAST} ký tự. Một câu ngắn dễ nhớ là đủ."
        raise refuse("INVITE-5", words, field="password")
    address = clean_email(invitation.email)
    if Account.objects.filter(email=address).exists():
        raise refuse("INVITE-4", HAS_ACCOUNT)
    try:
        with transaction.atomic():
            return Account.objects.create_user(address, password)
    except IntegrityError:  # somebody else made it meanwhile, in a decision of another province
        raise refuse("INVITE-4", HAS_ACCOUNT) from None


def _take_up(act: Act, invitation: Invitation, account: Account, *, full_name: str) -> Position:
    position = Position.objects.select_related("person").get(pk=invitation.position_id)
    named = position.person
    known = Person.objects.filter(account=account).first()
    if known is None:
        _judge_unclaimed(named)
        called = line_of(
            full_name or named.full_name, label="họ và tên", most=NAME_MOST, field="full_name"
        )
        made_up = named.synthetic and called == named.full_name
        act.change(named, account=account, full_name=called, synthetic=made_up)
    elif known.pk != named.pk:
        _judge_unclaimed(named)
        for own in Position.objects.filter(person=named):
            act.change(own, person=known)
        act.remove(named)
    return Position.objects.get(pk=position.pk)


def _judge_unclaimed(person: Person) -> None:
    if person.account_id is not None:
        raise refuse("INVITE-1", "Cương vị này đã có người nhận. Báo người mời nếu chưa đúng.")


def _write_letter(invitation: Invitation, link: str) -> None:
    position = invitation.position
    duty = DUTIES[Role(position.role)]
    called = label_of(position)
    closing = (
        "Liên kết dùng được một lần. Không chuyển tiếp thư này. "
        "Nếu thư không phải gửi cho bạn, mở liên kết và chọn “Không phải tôi, trả lại lời mời”."
    )
    lines = [
        f"{invitation.invited_by} mời bạn nhận cương vị: {called}.",
        f"Bạn sẽ: {duty.does}",
        f"Việc không thuộc bạn: {duty.leaves}",
        f"Mở liên kết sau để nhận, trước {invitation.expires_at:%H:%M ngày %d/%m/%Y}:",
        link,
        closing,
    ]
    mail.queue(
        key=f"loi-moi/{invitation.pk}",
        to=invitation.email,
        subject=f"Lời mời tham gia hệ thống Thi đua: {called}",
        body="\n\n".join(lines) + "\n",
    )
