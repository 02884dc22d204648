"""The record: read by year and by name without marks, one unit through its names, Excel."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from openpyxl import load_workbook

from tests.build import World, make_unit
from thidua.platform.accounts.models import Account
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.chain import of_jurisdiction
from thidua.registry.models import Jurisdiction, Unit
from thidua.year.record.awards import Award
from thidua.year.record.models import Title, YearResult
from thidua.year.record.queries import record_page, unit_history
from thidua.year.record.services import ClosedYear, Nominated, UnitOutcome, write_results


def outcome(unit: Unit, rank: int | None, total: str, **told: Any) -> UnitOutcome:
    text = total.replace(".", ",")
    return UnitOutcome(
        unit_id=unit.pk,
        unit_name=told.pop("name", unit.name),
        total=Fraction(total) if total else None,
        total_text=text,
        rank=rank,
        **told,
    )


def write(world: World, year: int, *outcomes: UnitOutcome, **told: Any) -> list[YearResult]:
    closed = ClosedYear(
        jurisdiction_id=world.jurisdiction.pk,
        bloc_name=told.pop("bloc", "Khối thi đua số 1"),
        year=year,
        fingerprint="ab" * 32,
        outcomes=outcomes,
        nominated=told.pop("nominated", ()),
    )
    chain = of_jurisdiction(world.jurisdiction.pk)
    with Act(world.head, "test.close", chain=chain, subject="Khép năm") as act:
        return write_results(act, closed=closed)


def two_years(world: World) -> None:
    one, two, three = world.units
    flag = Nominated(unit_id=one.pk, unit_name="Sở Y tế", award=Award.PROVINCE_FLAG)
    write(world, 2016, outcome(one, 2, "950.5"), outcome(two, 1, "960.0"))
    write(
        world,
        2017,
        outcome(one, 1, "961.5", name="Sở Y tế", class_label="Xuất sắc"),
        outcome(two, 2, "961.0", synthetic=True),
        outcome(three, None, "", note="Không xếp hạng: chưa đủ năm"),
        nominated=(flag,),
    )


def page_of(world: World, who: str = "officer", **query: str) -> str:
    client = Client()
    client.force_login(Account.objects.get(email=f"{who}@mau.vn"))
    response = client.get(reverse("record:record", args=[world.bloc_year.pk]), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_newest_year_is_shown_first_by_place_the_unranked_last(world: World) -> None:
    two_years(world)
    page = record_page()

    assert page.years == (2017, 2016)
    assert [(row.unit_name, row.rank, row.total_text) for row in page.rows] == [
        ("Sở Y tế", 1, "961,5"),
        ("Sở Số 2", 2, "961,0"),
        ("Sở Số 3", None, ""),
    ]
    assert [title.decided for title in page.rows[0].titles] == ["Khối suy tôn, chưa có quyết định"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("so y te", [("Sở Y tế", 2017)]),
        ("SỞ Y TẾ", [("Sở Y tế", 2017)]),
        ("co thi dua", [("Sở Y tế", 2017)]),
        ("so so 2", [("Sở Số 2", 2017), ("Sở Số 2", 2016)]),
        ("khong co", []),
    ],
)
def test_words_are_sought_without_marks_in_every_year(
    world: World, words: str, found: list[tuple[str, int]]
) -> None:
    two_years(world)

    assert [(row.unit_name, row.year) for row in record_page(words=words).rows] == found


def test_a_chosen_year_limits_the_search(world: World) -> None:
    two_years(world)

    assert [row.year for row in record_page(words="so", year=2016).rows] == [2016, 2016]
    assert record_page(year=1999).year == 2017


def test_history_of_a_unit_keeps_the_names_of_its_days(world: World) -> None:
    two_years(world)

    assert [(row.year, row.unit_name, row.rank) for row in unit_history(world.units[0])] == [
        (2017, "Sở Y tế", 1),
        (2016, "Sở Số 1", 2),
    ]


def test_a_decision_is_told_with_number_and_day(world: World) -> None:
    two_years(world)
    Title.objects.update(decision_number="12/QĐ-UBND", decision_date="2018-02-01")

    assert record_page().rows[0].titles[0].decided == "Quyết định số 12/QĐ-UBND ngày 01/02/2018"


def test_a_year_is_written_once(world: World) -> None:
    two_years(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(world, 2017, outcome(world.units[0], 1, "1.0"))

    assert YearResult.objects.filter(year=2017).count() == 3


def test_exact_totals_are_kept_beside_the_printed_ones(world: World) -> None:
    write(world, 2017, outcome(world.units[0], 1, "20/3"))

    assert YearResult.objects.get().total == "20/3"
    assert record_page().rows[0].total == Fraction(20, 3)


def test_another_province_is_not_in_the_record(world: World) -> None:
    two_years(world)
    with scopes_disabled():
        elsewhere = Jurisdiction.objects.get(name="Tỉnh Mẫu Hai")
        unit = make_unit(elsewhere, "Sở Ở Xa")
        YearResult.objects.create(
            jurisdiction=elsewhere,
            unit=unit,
            unit_name="Sở Ở Xa",
            bloc_name="Khối xa",
            year=2020,
            fingerprint="cd" * 32,
        )

    assert record_page().years == (2017, 2016)
    assert "Sở Ở Xa" not in page_of(world)
    assert "Không thấy kết quả nào" in page_of(world, q="so o xa")


def test_an_empty_record_teaches(world: World) -> None:
    assert "Chưa có năm nào trong sổ" in page_of(world)


@pytest.mark.parametrize("who", ["head", "officer", "verifier", "standing"])
def test_everybody_in_the_bloc_reads_the_record(world: World, who: str) -> None:
    two_years(world)
    page = page_of(world, who)

    assert "961,5" in page
    assert '961,0<span class="syn">°' in page
    assert "Không xếp hạng: chưa đủ năm" in page


@pytest.mark.parametrize("query", [{"nam": "abc"}, {"nam": "٢٠١٧"}, {"q": "x" * 5000}])
def test_strange_queries_are_read_as_nothing(world: World, query: dict[str, str]) -> None:
    two_years(world)

    assert page_of(world, **query)


def test_a_unit_page_shows_its_years_and_an_unknown_unit_is_not_found(world: World) -> None:
    two_years(world)
    client = Client()
    client.force_login(Account.objects.get(email="officer@mau.vn"))
    year_id = world.bloc_year.pk
    page = client.get(reverse("record:unit", args=[year_id, world.units[0].pk])).content.decode()

    assert "2 năm trong sổ" in page
    assert client.get(reverse("record:unit", args=[year_id, 99_999])).status_code == 404


def test_excel_holds_the_rows_of_the_page_as_figures(world: World) -> None:
    two_years(world)
    client = Client()
    client.force_login(Account.objects.get(email="officer@mau.vn"))
    response = client.get(reverse("record:workbook", args=[world.bloc_year.pk]), {"nam": "2017"})
    sheet = load_workbook(BytesIO(response.content))["Sổ khen thưởng"]

    rows = list(sheet.iter_rows(min_row=3, max_col=5, values_only=True))
    assert rows == [
        (2017, "Khối thi đua số 1", "Sở Y tế", 1, 961.5),
        (2017, "Khối thi đua số 1", "Sở Số 2", 2, 961),
        (2017, "Khối thi đua số 1", "Sở Số 3", None, None),
    ]


@pytest.mark.parametrize("units", [3, 10])
def test_the_record_is_read_in_three_queries(
    world: World, units: int, django_assert_num_queries: Any
) -> None:
    made = [make_unit(world.jurisdiction, f"Sở Thêm {number}") for number in range(units)]
    write(world, 2017, *(outcome(unit, number, "10") for number, unit in enumerate(made, 1)))
    with django_assert_num_queries(3):
        assert len(record_page().rows) == units


def test_a_unit_without_a_place_has_a_dash_and_the_reason(world: World) -> None:
    one, two, _ = world.units
    note = "Không xếp hạng: Mới thành lập"
    write(world, 2026, outcome(one, 1, "95.0"), outcome(two, None, "", note=note))
    client = Client()
    client.force_login(Account.objects.get(email="officer@mau.vn"))
    page = client.get(reverse("record:record", args=[world.bloc_year.pk])).content.decode()

    assert '<span class="muted">–<span class="vh"> không xếp hạng</span></span>' in page
    assert page.count("Không xếp hạng") == 1
    assert note in page
