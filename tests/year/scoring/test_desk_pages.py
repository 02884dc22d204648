"""The desk's pages without JavaScript: filters by address, the way back, cells of one line."""

from __future__ import annotations

import re

import pytest

from tests.build import World
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import cite, type_line
from thidua.year.scoring.models import Entry, Sheet
from thidua.year.scoring.templatetags.scoring_table import table_rows
from thidua.year.scoring.views.table import table_page

Sheets = dict[int, Sheet]


def lines(page: bytes) -> list[str]:
    """The keys of the scored lines within sections on a page, in its order."""
    return re.findall(r'<tr id="d-([^"]+)" data-d="\d+"(?! class)', page.decode())


def test_the_blocs_table_leaves_the_lines_of_a_filter(world: World, sheets: Sheets) -> None:
    type_line(world.officer, sheets[2], "II.1", "18", reason="Theo báo cáo")
    type_line(world.officer, sheets[2], "I.1", target="100", result="80")
    type_line(world.officer, sheets[2], "I.2", "3", target="10", result="12")
    page = signed_in(world.head)
    table = f"/nam/{world.bloc_year.pk}/cham-diem/"

    assert lines(page.get(table).content) == ["I.1", "I.2", "II.1", "II.2"]
    assert lines(page.get(f"{table}?loc=thieu-minh-chung").content) == ["I.1"]
    assert lines(page.get(f"{table}?buoc=tu-cham&loc=lech").content) == ["I.2"]
    cite(world.officer, sheets[2], "I.1")
    assert lines(page.get(f"{table}?loc=thieu-minh-chung").content) == []


def test_a_filter_counts_no_line_of_a_unit_one_may_not_see(world: World, sheets: Sheets) -> None:
    type_line(world.officer, sheets[2], "I.1", target="100", result="80")
    seen = signed_in(world.third).get(f"/nam/{world.bloc_year.pk}/cham-diem/?loc=thieu-minh-chung")

    assert lines(seen.content) in ([], ["I.1"])
    group = table_page(world.bloc_year, seen.wsgi_request.standing).groups[0]  # type: ignore[attr-defined]  # set by the gate
    visible = {column.sheet.unit_id for column in group.columns if column.visible}
    assert bool(lines(seen.content)) == (sheets[2].unit_id in visible)


def test_text_of_a_scale_is_no_markup_in_the_table(world: World, sheets: Sheets) -> None:
    page = table_page(world.bloc_year, _standing(world))
    group = page.groups[0]
    evil = '<img src=x onerror="alert(1)">'
    row = group.rows[1]
    object.__setattr__(row.line, "label", evil)
    try:
        drawn = table_rows(group, page.origin, world.bloc_year.pk, "°")
    finally:
        object.__setattr__(row.line, "label", "Chỉ tiêu được giao")

    assert evil not in drawn
    assert "&lt;img src=x" in drawn


def _standing(world: World) -> object:
    from thidua.year.bloc.rights import standing_of

    return standing_of(world.head, world.bloc_year)


@pytest.mark.parametrize("query", ["?loc=lech", "?buoc=tu-cham", "?buoc=may&loc=chua-cham"])
def test_the_reason_of_a_number_leads_back_to_its_row(
    world: World, sheets: Sheets, query: str
) -> None:
    type_line(world.officer, sheets[2], "I.2", "3", target="10", result="12")
    page = signed_in(world.officer).get(address("why", world, 2, "I.2") + query).content.decode()

    table = f"/nam/{world.bloc_year.pk}/cham-diem/"
    start = table if "buoc" in query else address("sheet", world, 2)
    kept = "&amp;dong=I.2" if "loc" in query else ""
    assert f'<a href="{start}{query.replace("&", "&amp;")}{kept}#d-I.2">' in page


def test_the_row_one_comes_back_to_is_shown_though_the_filter_drops_it(
    world: World, sheets: Sheets
) -> None:
    officer = signed_in(world.officer)
    type_line(world.officer, sheets[2], "II.1", "18", reason="Theo báo cáo")
    sheet = address("sheet", world, 2)

    assert "II.1" not in lines(officer.get(f"{sheet}?loc=chua-cham").content)
    assert "II.1" in lines(officer.get(f"{sheet}?loc=chua-cham&dong=II.1").content)


def test_a_line_saved_from_a_filter_stays_under_it(world: World, sheets: Sheets) -> None:
    officer = signed_in(world.officer)
    there = address("line", world, 2, "II.1") + "?loc=chua-cham"
    saved = officer.post(there, posted(seen="0", points="18", reason="Theo báo cáo"))

    assert saved.headers["Location"] == there
    page = officer.get(there).content.decode()
    assert f'{address("sheet", world, 2)}?loc=chua-cham&amp;dong=II.1#d-II.1"' in page


def test_another_cell_of_a_line_is_written_over_nothing(world: World, sheets: Sheets) -> None:
    type_line(world.leader, sheets[2], "II.1", "17", reason="Theo báo cáo")
    said = posted(code="II.1", field="reason", value="Có biên bản", seen="0", was="")
    mine = posted(code="II.1", field="points", value="19", seen="1", was="17,0")
    officer, save = signed_in(world.officer), address("save", world, 2)

    assert officer.post(save, said).status_code == 409  # the other has written a reason
    type_line(world.leader, sheets[2], "II.1", reason="Có biên bản")
    assert officer.post(save, mine).status_code == 200  # the points are still those one saw
    entry = Entry.objects.get(sheet=sheets[2], code="II.1")
    assert (entry.inputs, entry.reason) == ({"value": "19"}, "Có biên bản")


def test_points_that_moved_with_another_figure_are_told(world: World, sheets: Sheets) -> None:
    type_line(world.leader, sheets[2], "I.1", target="100", result="80")
    type_line(world.leader, sheets[2], "I.1", result="60")
    sent = posted(code="I.1", field="points", value="25", seen="1", was="24,0")
    answer = signed_in(world.officer).post(address("save", world, 2), sent)

    assert answer.status_code == 409
    assert answer.json()["conflict"]["value"] == "18,0"
    assert answer.json()["conflict"]["who"] == "Lãnh đạo đơn vị, Sở Số 2"


def test_a_group_tells_its_running_total(world: World, sheets: Sheets) -> None:
    officer, save = signed_in(world.officer), address("save", world, 2)
    answer = officer.post(save, posted(code="II.1", field="points", value="18", seen="0")).json()
    assert answer["sections"]["II"] == "18,0\nchưa đủ"
    assert answer["filters"] == {
        "chua-cham": "5", "lech": "0", "thieu-minh-chung": "0", "tra-lai": "0",
    }  # fmt: skip
    assert "18,0 chưa đủ" in text_of(officer.get(address("sheet", world, 2)).content)

    whole = officer.post(save, posted(code="II.2", field="value", value="co", seen="0")).json()
    assert whole["sections"]["II"] == "38,0"
