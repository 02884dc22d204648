"""The first jurisdiction is founded by the command line, with an administrator who can log in."""

from __future__ import annotations

import pytest
from django_scopes import scope

from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.verify import verify_all
from thidua.registry.actor import positions_of
from thidua.registry.models import Jurisdiction, Role
from thidua.registry.services import Seat, found_jurisdiction

SEAT = Seat(name="Tỉnh Mẫu", place="Mẫu", standing_office="Ban Thi đua - Khen thưởng tỉnh Mẫu")
PASSWORD = "mot cau du dai"


@pytest.mark.django_db
def test_the_administrator_logs_in_at_once_with_the_given_password() -> None:
    founded = found_jurisdiction(
        seat=SEAT, email="QuanTri@mau.vn", full_name="Người Quản Trị", password=PASSWORD
    )

    account = Account.objects.get(email="quantri@mau.vn")
    assert account.check_password(PASSWORD)
    assert [held.role for held in positions_of(account.pk, on=clock.today())] == [
        Role.ADMINISTRATOR
    ]
    assert founded.link == ""
    assert {event.actor for event in Event.objects.all()} == {
        "Lệnh cài đặt",
        "Quản trị hệ thống",
    }
    assert verify_all() == []


@pytest.mark.django_db
def test_without_a_password_the_link_is_returned() -> None:
    founded = found_jurisdiction(seat=SEAT, email="qt@mau.vn", full_name="Người Quản Trị")
    assert founded.link.startswith("http://127.0.0.1:8000/loi-moi/")
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_a_refused_founding_leaves_nothing() -> None:
    with pytest.raises(Refused):
        found_jurisdiction(seat=SEAT, email="qt@mau.vn", full_name="Tên", password="ngan")
    assert not Jurisdiction.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "email", "rule"),
    [("Tỉnh Mẫu", "khac@mau.vn", "FOUND-1"), ("Tỉnh Khác", "qt@mau.vn", "FOUND-2")],
)
def test_a_name_or_address_is_taken_once(name: str, email: str, rule: str) -> None:
    founded = found_jurisdiction(
        seat=SEAT, email="qt@mau.vn", full_name="Người Quản Trị", password=PASSWORD
    )
    other = Seat(name=name, place="Mẫu", standing_office="Ban")
    with scope(jurisdiction=founded.jurisdiction), pytest.raises(Refused) as refused:
        found_jurisdiction(seat=other, email=email, full_name="Người Khác", password=PASSWORD)
    assert [finding.rule_id for finding in refused.value.findings] == [rule]
