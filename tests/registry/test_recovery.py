"""A lost link or password of an administrator is renewed from the command line, nobody else's."""

from __future__ import annotations

import pytest
from django_scopes import scopes_disabled

from tests.build import World
from thidua.core.finding import Refused
from thidua.platform.ledger.models import Event
from thidua.platform.mail.models import Letter
from thidua.registry.models import Invitation
from thidua.registry.services import recover_administrator


def test_the_administrator_gets_a_link_for_a_new_password(world: World) -> None:
    recovered = recover_administrator(email="Admin@mau.vn")

    assert recovered is not None
    assert recovered.resets
    assert [event.verb for event in Event.objects.all()] == ["registry.reset_link"]


@pytest.mark.parametrize("email", ["officer@mau.vn", "standing@mau.vn", "head@mau.vn"])
def test_an_account_of_another_post_gets_no_link(world: World, email: str) -> None:
    with pytest.raises(Refused) as refused:
        recover_administrator(email=email)

    assert [(one.rule_id, one.words) for one in refused.value.findings] == [
        (
            "FOUND-3",
            "Thư này có tài khoản nhưng không phải của người quản trị. "
            "Người đó tự đặt lại mật khẩu ở trang Quên mật khẩu, hoặc dùng thư khác.",
        )
    ]
    with scopes_disabled():
        assert (Event.objects.count(), Invitation.objects.count()) == (0, 0)
    assert Letter.objects.count() == 0


def test_an_address_that_nobody_holds_is_left_to_the_founding(world: World) -> None:
    assert recover_administrator(email="khac@mau.vn") is None
    assert Event.objects.count() == 0
