"""When the administrator cannot get in: a new link from the command line, told in the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_scopes import scope

from thidua.platform import clock
from thidua.platform.accounts.models import Account, clean_email
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.models import Invitation, Position, Role
from thidua.registry.refusal import refuse
from thidua.registry.services.founding import installer
from thidua.registry.services.invitations import invite

NOT_ADMINISTRATOR = (
    "Thư này có tài khoản nhưng không phải của người quản trị. "
    "Người đó tự đặt lại mật khẩu ở trang Quên mật khẩu, hoặc dùng thư khác."
)


@dataclass(frozen=True)
class Recovered:
    """A one-time link; ``resets`` tells a new password from an invitation not yet taken up."""

    link: str
    resets: bool


def reset_link(account: Account) -> str:
    """A one-time address at which the account gets a new password.

    Built from THIDUA_ADDRESS, never from what a request calls the server.
    """
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    token = default_token_generator.make_token(account)
    return settings.THIDUA_ADDRESS + reverse("password_reset_confirm", args=[uid, token])


def recover_administrator(*, email: str) -> Recovered | None:
    """A new link for the administrator of that address; None when nobody was ever appointed there.

    Only for the command line: whoever can run it holds the database anyway. The ledger of the
    jurisdiction tells that a link was printed. Refused: FOUND-3 for an account without that post.
    """
    address = clean_email(email)
    account = Account.objects.filter(email=address).first()
    position = _held_by(address)
    if position is None:
        if account is not None:
            raise refuse("FOUND-3", NOT_ADMINISTRATOR)
        return None
    with scope(jurisdiction=position.jurisdiction):
        actor = installer(position.jurisdiction_id)
        if account is None:
            return Recovered(invite(actor, position=position, email=address).link, resets=False)
        with Act(
            actor,
            "registry.reset_link",
            chain=chain.of_jurisdiction(position.jurisdiction_id),
            subject="In liên kết đặt lại mật khẩu của người quản trị",
            inputs={"position": position},
        ) as act:
            act.result(position)
        return Recovered(reset_link(account), resets=True)


def _held_by(address: str) -> Position | None:
    """The administrator's position in force whose holder, or whose invited holder, it is."""
    today = clock.today()
    invited = Invitation.objects.with_scopes_disabled().filter(
        email=address, accepted_at=None, declined_at=None
    )
    return (
        Position.objects.with_scopes_disabled()
        .filter(role=Role.ADMINISTRATOR, starts__lte=today)
        .exclude(ends__lt=today)
        .filter(
            Q(person__account__email=address)
            | Q(person__account=None, pk__in=invited.values("position_id"))
        )
        .select_related("person", "unit", "jurisdiction")
        .order_by("id")
        .first()
    )
