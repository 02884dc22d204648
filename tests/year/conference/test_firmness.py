"""How firm the adopted ranking is: beside the result, on a page of its own, in a file."""

from __future__ import annotations

import io

import openpyxl

from tests.build import World
from tests.year.conference.build import adopted, ready, unit
from tests.year.conference.test_left_out import left_out
from tests.year.conference.test_pages import address, browser, shown
from thidua.year.conference.services import reopen_scores


def test_the_result_says_how_firm_the_lead_is_and_links_to_the_page(world: World) -> None:
    adopted(world)
    page = shown(browser("officer").get(address(world, "result")))

    assert "Hạng 1 và 2 cách nhau" in page
    assert address(world, "firmness") in page


def test_the_page_of_scoring_leads_on_to_the_adopted_one(world: World) -> None:
    adopted(world)
    answer = browser("officer").get(f"/nam/{world.bloc_year.pk}/cham-diem/do-vung/")

    assert answer.headers["Location"] == address(world, "firmness")
    assert "Thứ hạng vững đến đâu" in shown(browser("officer").get(address(world, "firmness")))


def test_a_unit_left_out_takes_no_place_in_the_draws(world: World) -> None:
    left_out(world)
    page = shown(browser("head").get(address(world, "firmness")))
    file = browser("head").get(address(world, "firmness_file"))

    (sheet,) = openpyxl.load_workbook(io.BytesIO(file.content)).worksheets
    places = [row[:2] for row in sheet.iter_rows(min_row=4, max_row=5, values_only=True)]
    assert places == [(1, unit(world, 2).name), (2, unit(world, 3).name)]
    assert "Hạng 3" not in page


def test_before_adoption_there_is_no_page(world: World) -> None:
    ready(world)
    early = browser("head").get(address(world, "firmness"))
    assert (early.status_code, early.headers["Location"]) == (303, address(world, "result"))


def test_a_reopened_table_shows_no_firmness_of_the_old_one(world: World) -> None:
    adopted(world)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Sửa một dòng")

    assert "Thứ hạng vững đến đâu" not in shown(browser("head").get(address(world, "result")))
    assert browser("head").get(address(world, "firmness")).status_code == 303
    assert browser("head").get(address(world, "firmness_file")).status_code == 303
