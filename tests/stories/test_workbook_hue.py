"""Huế 2017 without a network: a whole self-score goes through a workbook, to 961,0 points."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from tests.year.scoring.workbook.filling import MAIN, column_of, row_of
from thidua.demo import hue, score
from thidua.demo.case import day_of, read_case
from thidua.demo.cast import Cast, found_cast
from thidua.demo.found import found_year, open_windows
from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.platform.marking import made_up
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.queries import stage_result
from thidua.year.scoring.services import open_sheets

SCIENCE = "Sở Khoa học và Công nghệ"
DAY = date(2017, 12, 15)


@pytest.fixture
def case(db: None) -> dict[str, Any]:
    forget()
    return read_case("hue-2017")


def until_self_scores(case: dict[str, Any], cast: Cast) -> BlocYear:
    """Founding, scale and targets as the demo plays them; every sheet is open and empty."""
    with clock.at(clock.local(day_of(case, "bloc", "starts"), 9)):
        year = found_year(case, cast, officer_unit=SCIENCE)
        open_windows(cast, year, hue._windows())
    rows = {Unit.objects.get(name=one["unit"]): one for one in case["sheets"]}
    with made_up():
        hue._adopt_scale(case, cast, year)
        hue._register(case, cast, year, rows)
        with clock.at(clock.local(date(2017, 12, 11), 8)):
            open_sheets(cast.chair, bloc_year=year)
        with clock.at(clock.local(DAY, 9)):
            unit = next(one for one in rows if one.name == SCIENCE)
            subject = "Báo cáo thực hiện chỉ tiêu năm 2017 (văn bản mẫu)"
            score.prove(cast, year, unit, subject=subject, codes=["II.1"])
    return year


def officer_of(cast: Cast, unit: Unit) -> Client:
    """The officer of the unit at a browser."""
    actor = cast.officers[unit.pk]
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id or 0))
    session = client.session
    session["position_id"] = actor.position_id
    session.save()
    return client


def offline(data: bytes, row: dict[str, Any]) -> bytes:
    """Results, points and reasons of the case typed into the boxes, evidence by name."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page: Any = book[MAIN]

    def put(key: str, head: str, value: object) -> None:
        page.cell(row_of(page, key), column_of(page, head)).value = value

    for key, (_, result) in row["figures"].items():
        put(key, "Kết quả", result)
        put(key, "Minh chứng", "Báo cáo thực hiện chỉ tiêu năm 2017 (văn bản mẫu), toàn văn bản")
    for key, value in row["judged"].items():
        put(key, "Tự chấm", str(value).replace(".", ","))
        put(key, "Lý do", "Theo báo cáo năm của đơn vị (lý do mẫu).")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_unit_of_hue_fills_its_sheet_in_offline_and_sends_961_points(
    case: dict[str, Any],
) -> None:
    with clock.at(clock.local(day_of(case, "bloc", "starts"), 8)):
        cast = found_cast(case, key="hue-2017")
    with scope(jurisdiction=cast.jurisdiction):
        year = until_self_scores(case, cast)
        unit = Unit.objects.get(name=SCIENCE)
        row = next(one for one in case["sheets"] if one["unit"] == SCIENCE)
        officer = officer_of(cast, unit)
        address = reverse("scoring:workbook", args=[year.pk, unit.pk])
        with clock.at(clock.local(DAY, 10)):
            out = officer.get(f"{address}tai/")
            assert out.status_code == 200
            file = SimpleUploadedFile("tu-cham.xlsx", offline(out.content, row))
            came: Any = officer.post(address, {"file": file})
            shown: Any = officer.get(came.headers["Location"])
            page = shown.context["page"]
            assert (page.troubled, page.notes) == ((), ())
            assert len(page.rows) == 30
            assert Entry.objects.filter(stage=Stage.SELF).count() == 0
            form = {"seen": page.seen, "line": [one.found.key for one in page.rows]}
            assert officer.post(came.headers["Location"], form).status_code == 303
            assert stage_result(year, Stage.SELF).of(SCIENCE).total == 961
            send = reverse("scoring:send", args=[year.pk, unit.pk])
            assert officer.post(send, {"confirmed": "1"}).status_code == 303
        assert Sheet.objects.get(unit=unit).state == Sheet.State.SUBMITTED
    forget()
