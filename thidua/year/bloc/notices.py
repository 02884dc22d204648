"""Letters of the bloc: a unit hears whose sheet it verifies."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.platform.mail.services import queue
from thidua.registry.models import Role
from thidua.registry.queries import addresses_by_unit
from thidua.year.bloc.draws import drawn_ids
from thidua.year.bloc.models import CheckDraw, Window

ROLES = (Role.OFFICER, Role.LEADER, Role.SECRETARY, Role.VERIFIER)


def tell_checkers(act: Act, row: CheckDraw, keys: Mapping[int, str]) -> None:
    """A letter to everybody in every unit that verifies: whose sheets, until when, where."""
    names = {unit_id: key.partition(". ")[2] for unit_id, key in keys.items()}
    given: dict[int, list[str]] = {}
    for unit_id, checker_id in sorted(drawn_ids(row), key=lambda pair: list(keys).index(pair[0])):
        given.setdefault(checker_id, []).append(names[unit_id])
    page = settings.THIDUA_ADDRESS + reverse("bloc:draw", args=[row.bloc_year_id])
    until = _until(row)
    addresses = addresses_by_unit(given, ROLES)
    for checker_id, units in given.items():
        sentence = f"{names[checker_id]} thẩm định bảng điểm của {', '.join(units)}."
        for email in addresses[checker_id]:
            queue(
                key=f"{act.request_id}:{checker_id}:{email}"[:120],
                to=email,
                subject=f"Phân công thẩm định năm {row.bloc_year.year}",
                body=f"{sentence}\n{until}\n\nKết quả bốc thăm và cách kiểm tra lại: {page}\n",
            )


def _until(row: CheckDraw) -> str:
    window = Window.objects.filter(bloc_year=row.bloc_year, deed=Window.Deed.VERIFY).first()
    if window is None:
        return "Trưởng khối chưa đặt hạn thẩm định."
    return f"Hạn thẩm định: {window.closes.astimezone(clock.LOCAL):%H:%M ngày %d/%m/%Y}."
