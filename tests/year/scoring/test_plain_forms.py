"""The forms without JavaScript: what was typed is kept, what others wrote is not overwritten."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

from tests.build import World
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import REASON, type_line
from thidua.platform import clock
from thidua.year.scoring.models import Entry, Sheet

Sheets = dict[int, Sheet]


def shown(client: Client, world: World) -> str:
    content = client.get(address("sheet", world, 2)).content.decode()
    found = re.search(r'name="shown" value="([^"]*)"', content)
    return found.group(1) if found else ""


def test_without_javascript_a_sections_button_loses_nothing_typed_in_another(
    world: World, sheets: Sheets
) -> None:
    client = signed_in(world.officer)
    sent = {"points:II.1": "18", "reason:II.1": REASON, "value:II.2": "co", "points:I.1": "9"}
    answer = client.post(
        address("sheet", world, 2), posted(shown=shown(client, world), section="II", **sent)
    )

    assert answer.status_code == 303
    assert sorted(Entry.objects.values_list("code", flat=True)) == ["I.1", "II.1", "II.2"]


def test_without_javascript_what_cannot_be_saved_stays_as_typed(
    world: World, sheets: Sheets
) -> None:
    client = signed_in(world.officer)
    sent = {"points:II.1": "abc", "reason:II.1": "giữ chữ này", "value:II.2": "co"}
    answer = client.post(
        address("sheet", world, 2), posted(shown=shown(client, world), section="II", **sent)
    )

    content = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="abc"' in content
    assert 'value="giữ chữ này"' in content
    assert "Dòng II.1: Không đọc được số" in content
    assert list(Entry.objects.values_list("code", flat=True)) == ["II.2"]


def test_without_javascript_a_form_drawn_before_anothers_change_overwrites_nothing(
    world: World, sheets: Sheets
) -> None:
    client = signed_in(world.officer)
    drawn = shown(client, world)
    type_line(world.leader, sheets[2], "II.1", "17")
    answer = client.post(
        address("sheet", world, 2), posted(shown=drawn, section="II", **{"points:II.1": "18"})
    )

    assert "vừa sửa thành 17,0" in text_of(answer.content)
    assert Entry.objects.get().inputs == {"value": "17"}


def redrawn(content: bytes) -> dict[str, str]:
    """The form of a page as a browser without JavaScript would send it."""
    page = content.decode()
    found = re.findall(r'<input [^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page)
    cells = {name: unescape(text) for name, text in found if ":" in name or name == "shown"}
    for name, inside in re.findall(r'<select name="([^"]+:[^"]+)"(.*?)</select>', page):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        cells[name] = chosen[1] if chosen else ""
    return cells


def test_without_javascript_saving_again_keeps_ones_own_after_a_conflict(
    world: World, sheets: Sheets
) -> None:
    client, where = signed_in(world.officer), address("sheet", world, 2)
    type_line(world.officer, sheets[2], "I.1", target="100", result="80")
    form = redrawn(client.get(where).content)
    at = type_line(world.leader, sheets[2], "II.1", "8,7").at.astimezone(clock.LOCAL)
    type_line(world.leader, sheets[2], "I.1", result="60")
    answer = client.post(where, posted(section="II", **{**form, "points:II.1": "8,9"}))

    again = redrawn(answer.content)
    assert (
        f"Dòng II.1: Lãnh đạo đơn vị, Sở Số 2 vừa sửa thành 8,7 lúc {at:%H:%M}. Bấm Lưu lần nữa "
        "để thay bằng 8,9, hoặc sửa ô Tự chấm về 8,7." in text_of(answer.content)
    )
    assert "Dòng I.1" not in text_of(answer.content)  # nobody here typed in it
    assert (again["points:II.1"], again["result:I.1"]) == ("8,9", "60")

    saved = client.post(where, posted(section="II", **again))
    assert saved.status_code == 303
    assert Entry.objects.get(code="II.1").inputs == {"value": "8.9"}
    assert Entry.objects.get(code="I.1").inputs["result"] == "60"


def test_without_javascript_the_others_value_is_taken_by_typing_it(
    world: World, sheets: Sheets
) -> None:
    client, where = signed_in(world.officer), address("sheet", world, 2)
    form = redrawn(client.get(where).content)
    type_line(world.leader, sheets[2], "II.1", "8,7")
    answer = client.post(where, posted(section="II", **{**form, "points:II.1": "8,9"}))
    taken = {**redrawn(answer.content), "points:II.1": "8,7"}

    assert client.post(where, posted(section="II", **taken)).status_code == 303
    entry = Entry.objects.get(code="II.1")
    assert (entry.inputs, entry.author) == ({"value": "8.7"}, "Lãnh đạo đơn vị, Sở Số 2")


def test_without_javascript_a_refusal_pressed_again_is_refused_again(
    world: World, sheets: Sheets
) -> None:
    client, where = signed_in(world.officer), address("sheet", world, 2)
    form = {**redrawn(client.get(where).content), "points:II.1": "21"}
    for _ in range(2):
        answer = client.post(where, posted(section="II", **form))
        form = redrawn(answer.content)
        assert "Dòng II.1: Nhập từ 0 đến 20,0." in text_of(answer.content)
        assert form["points:II.1"] == "21"


def test_without_javascript_another_cell_of_the_line_is_no_conflict(
    world: World, sheets: Sheets
) -> None:
    client, where = signed_in(world.officer), address("sheet", world, 2)
    form = redrawn(client.get(where).content)
    type_line(world.leader, sheets[2], "II.1", reason="Hai dòng\ncăn cứ")
    answer = client.post(where, posted(section="II", **{**form, "points:II.1": "8,9"}))

    assert answer.status_code == 303
    entry = Entry.objects.get(code="II.1")
    assert (entry.inputs, entry.reason) == ({"value": "8.9"}, "Hai dòng\ncăn cứ")
    form = redrawn(client.get(where).content)
    flat = {**form, "reason:II.1": "Hai dòngcăn cứ"}  # as a field of one line sends it
    client.post(where, posted(section="II", **flat))
    assert Entry.objects.get(code="II.1").reason == "Hai dòng\ncăn cứ"


def line_form_of(content: bytes) -> dict[str, str]:
    """The form of a line's page as a browser would send it."""
    page = content.decode().partition('id="minh-chung"')[0]
    found = re.findall(
        r'<input type="(?:text|hidden)"[^>]*? name="([^"]+)"[^>]*?value="([^"]*)"', page
    )
    reason = re.search(r'<textarea id="o-reason"[^>]*>([^<]*)</textarea>', page)
    cells = {name: unescape(text) for name, text in found if not name.startswith("csrf")}
    return {**cells, "reason": unescape(reason[1]) if reason else ""}


def test_a_line_form_after_a_conflict_keeps_ones_own_by_pressing_again(
    world: World, sheets: Sheets
) -> None:
    client, where = signed_in(world.officer), address("line", world, 2, "II.1")
    type_line(world.officer, sheets[2], "II.1", "17", reason=REASON)
    form = line_form_of(client.get(where).content)
    at = type_line(world.leader, sheets[2], "II.1", "18", source="Công văn 5").at
    answer = client.post(where, {**form, **posted(value="19")})

    again = line_form_of(answer.content)
    assert (
        "Lãnh đạo đơn vị, Sở Số 2 vừa sửa thành 18,0 lúc "
        f"{at.astimezone(clock.LOCAL):%H:%M}. Bấm Lưu lần nữa để thay bằng 19, hoặc sửa ô Tự chấm "
        "về 18,0." in text_of(answer.content)
    )
    assert (again["value"], again["source"]) == ("19", "Công văn 5")
    assert client.post(where, {**again, **posted()}).status_code == 303
    entry = Entry.objects.get(code="II.1")
    assert (entry.inputs, entry.reason) == ({"value": "19", "source": "Công văn 5"}, REASON)


def test_a_line_form_writes_beside_what_somebody_else_wrote(world: World, sheets: Sheets) -> None:
    client, where = signed_in(world.officer), address("line", world, 2, "II.1")
    form = line_form_of(client.get(where).content)
    type_line(world.leader, sheets[2], "II.1", "18")

    assert client.post(where, {**form, **posted(reason=REASON)}).status_code == 303
    entry = Entry.objects.get(code="II.1")
    assert (entry.inputs, entry.reason) == ({"value": "18"}, REASON)
