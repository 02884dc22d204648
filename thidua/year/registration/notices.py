"""Letters of registration: who hears that one was handed on, returned or accepted."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.platform.mail.services import queue
from thidua.registry.models import Role
from thidua.registry.queries import addresses_of
from thidua.year.bloc.models import Office
from thidua.year.bloc.queries import offices
from thidua.year.registration.models import Registration

STAFF = (Role.OFFICER, Role.LEADER, Role.SECRETARY)


def tell_leader(act: Act, row: Registration) -> None:
    """The leader hears that a registration waits for approval."""
    words = "Bản đăng ký thi đua của đơn vị đã trình, chờ lãnh đạo duyệt và gửi Khối."
    _tell(act, row, {row.unit_id}, (Role.LEADER,), words)


def tell_head(act: Act, row: Registration, name: str) -> None:
    """The head unit hears that a registration was sent to the bloc."""
    today = clock.today()
    held = offices(row.bloc_year)
    heads = {one.unit_id for one in held if one.kind == Office.Kind.HEAD and one.held_on(today)}
    words = f"{name} đã gửi bản đăng ký thi đua, chờ Trưởng khối xem và nhận."
    _tell(act, row, heads, (Role.LEADER, Role.SECRETARY), words)


def tell_unit(act: Act, row: Registration, words: str) -> None:
    """The staff of the unit hear what became of its registration."""
    _tell(act, row, {row.unit_id}, STAFF, words)


def _tell(
    act: Act, row: Registration, unit_ids: set[int], roles: Collection[Role], words: str
) -> None:
    page = reverse("registration:unit", args=[row.bloc_year_id, row.unit_id])
    for email in addresses_of(unit_ids, roles):
        queue(
            key=f"{act.request_id}:{email}",
            to=email,
            subject=f"Đăng ký thi đua năm {row.bloc_year.year}",
            body=f"{words}\n\nMở trang: {settings.THIDUA_ADDRESS}{page}\n",
        )
