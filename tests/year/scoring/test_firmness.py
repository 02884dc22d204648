"""How firm a ranking is: on the table, on its page, in its file, for whoever may see all sheets."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world
from tests.year.scoring.browse import address, signed_in, text_of
from tests.year.scoring.firm_world import entry, verified
from thidua.year.bloc.models import BlocYear
from thidua.year.scoring.board import forget, view_of
from thidua.year.scoring.firm import RUNS, draws_of, spreads_of
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.pages.firm_strip import strip_of

CLOSE = ([("9", "8"), ("9", "9")], [("9", "7"), ("9", "9.5")], [("5", "5"), ("4", "4")])


def page(world: World, name: str = "firmness", **query: str) -> str:
    return reverse(f"scoring:{name}", args=[world.bloc_year.pk], query=query or None)


def test_the_spread_of_a_line_is_its_mean_difference_over_the_units(world: World) -> None:
    verified(world, *CLOSE)
    view = view_of(world.bloc_year.pk, *RUNS)
    (scale,) = view.facts.scales.values()

    found = spreads_of(view, scale)

    assert {key: (one.mean, one.units, one.steps) for key, one in found.items()} == {
        "L.1": (Fraction(1), 3, 2),
        "L.2": (Fraction(1, 6), 3, 1),
    }


def test_a_unit_nobody_verified_does_not_thin_the_mean(world: World) -> None:
    sheets = verified(world, *CLOSE, state=Sheet.State.SUBMITTED)
    entry(sheets[3], "L.2", Stage.VERIFIED, "4")
    forget()
    view = view_of(world.bloc_year.pk, *RUNS)
    (scale,) = view.facts.scales.values()

    found = spreads_of(view, scale)

    assert [(one.mean, one.units) for one in found.values()] == [
        (Fraction(3, 2), 2),
        (Fraction(1, 4), 2),
    ]


def test_the_table_says_in_one_sentence_how_firm_the_lead_is(world: World) -> None:
    verified(world, *CLOSE)
    client = signed_in(world.head)

    detail = text_of(client.get(page(world)).content)
    table = text_of(client.get(page(world, "table")).content)

    view = view_of(world.bloc_year.pk, *RUNS)
    (scale,) = view.facts.scales.values()
    tally = draws_of(view, scale, Stage.VERIFIED)
    assert tally is not None
    share = round(100 * tally.pairs[0].swapped / tally.draws)
    sentence = f"Hạng 1 và 2 cách nhau 0,5 điểm: đổi chỗ trong {share}% phép thử."
    assert sentence in table
    assert sentence in detail
    assert tally.seed in detail
    assert "10.000 phép thử" in detail
    assert "theo bước 0,5 điểm" in detail


def test_a_table_not_drawn_yet_does_not_wait_for_its_sentence(world: World) -> None:
    verified(world, *CLOSE)
    client = signed_in(world.head)

    table = client.get(page(world, "table")).content.decode()
    (asked,) = re.findall(r'hx-get="([^"]+)"', table)
    fragment = text_of(client.get(asked.replace("&amp;", "&")).content)

    assert "đổi chỗ trong" not in table
    assert "Hạng 1 và 2 cách nhau 0,5 điểm: đổi chỗ trong" in fragment
    assert fragment.strip(": ") in text_of(client.get(page(world, "table")).content)
    assert client.get(page(world, "firm_sentence", thang="0")).content.strip() == b""


def test_the_why_page_of_a_total_says_how_often_the_unit_keeps_its_rank(world: World) -> None:
    verified(world, *CLOSE)

    found = text_of(signed_in(world.officer).get(address("why_total", world, 3)).content)

    assert "Giữ hạng 3 trong 100% phép thử." in found


def test_the_same_table_gives_the_same_page_again(world: World) -> None:
    verified(world, *CLOSE)
    client = signed_in(world.head)

    first = client.get(page(world)).content
    forget()

    assert text_of(first) == text_of(client.get(page(world)).content)


def test_a_member_sees_it_only_when_all_sheets_are_open_to_it(world: World) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(visibility=BlocYear.Visibility.OWN)
    verified(world, *CLOSE)

    own = signed_in(world.officer)
    shut = text_of(own.get(page(world)).content)

    assert "phép thử." not in shut
    assert "Thứ hạng hiện ra khi hội nghị đã thông qua bảng điểm" in shut
    assert own.get(page(world, "firmness_file")).status_code == 404
    sheet = Sheet.objects.filter(bloc_year=world.bloc_year).first()
    assert sheet is not None
    asked = page(world, "firm_sentence", thang=str(sheet.scale_id))
    assert own.get(asked).content.strip() == b""
    assert "phép thử" not in text_of(own.get(page(world, "table")).content)
    assert "đổi chỗ trong" in text_of(signed_in(world.head).get(page(world)).content)


def test_while_a_unit_scores_itself_there_is_nothing_to_say(world: World) -> None:
    sheets = verified(world, *CLOSE)
    Sheet.objects.filter(pk=sheets[2].pk).update(state=Sheet.State.SELF)
    forget()

    found = text_of(signed_in(world.head).get(page(world)).content)

    assert "Chưa có thứ hạng để xét" in found
    assert "Chưa gửi bảng tự chấm: Sở Số 2." in found


def test_the_table_links_to_the_page_also_while_one_unit_has_not_sent(world: World) -> None:
    sheets = verified(world, *CLOSE)
    Sheet.objects.filter(pk=sheets[2].pk).update(state=Sheet.State.SELF)
    forget()
    client = signed_in(world.head)

    linked = client.get(page(world, "table")).content.decode()
    Sheet.objects.filter(bloc_year=world.bloc_year).update(state=Sheet.State.SELF)
    forget()
    nobody = client.get(page(world, "table")).content.decode()

    assert page(world) in linked
    assert page(world, "firm_sentence") not in linked
    assert page(world) not in nobody


def test_the_strip_names_the_units_and_uses_no_red(world: World) -> None:
    verified(world, *CLOSE)

    found = signed_in(world.head).get(page(world)).content.decode()

    [strip] = re.findall(r"<svg viewBox.*?</svg>", found, re.DOTALL)
    named = [one for one in re.findall(r"<text[^>]*>([^<]+)</text>", strip) if "Sở" in one]
    assert named == ["1. Sở Số 1: 17,0", "2. Sở Số 2: 16,5", "3. Sở Số 3: 9,0"]
    assert 'class="first"' not in strip


def test_the_page_says_from_which_share_a_lead_is_not_firm(world: World) -> None:
    verified(world, *CLOSE)

    found = text_of(signed_in(world.head).get(page(world)).content)

    assert "Vững: hai đơn vị đầu đổi chỗ trong dưới 5% phép thử." in found
    assert "Chưa vững: từ 20% trở lên." in found


def test_a_half_on_the_axis_is_rounded_up_as_totals_are(world: World) -> None:
    verified(world, *CLOSE)
    view = view_of(world.bloc_year.pk, *RUNS)
    (scale,) = view.facts.scales.values()
    tally = draws_of(view, scale, Stage.VERIFIED)
    assert tally is not None

    units = [
        replace(one, figure=figure, span=(figure, figure))
        for one, figure in zip(tally.units[:2], (Fraction(1, 4), Fraction(0)), strict=True)
    ]
    strip = strip_of(replace(tally, units=tuple(units), decimals=1))

    assert [tick.label for tick in strip.ticks] == ["0,0", "0,1", "0,3"]


def test_sample_values_mark_every_figure_that_rests_on_them(world: World) -> None:
    sheets = verified(world, *CLOSE)
    Entry.objects.filter(sheet=sheets[3]).update(synthetic=True)
    forget()
    client = signed_in(world.head)

    found = client.get(page(world)).content.decode()
    (sheet,) = openpyxl.load_workbook(
        io.BytesIO(client.get(page(world, "firmness_file")).content)
    ).worksheets

    assert ["°" in one for one in re.findall(r"<text x=[^>]*>[1-3][.] Sở[^<]+", found)] == [
        False, False, True,
    ]  # fmt: skip
    ranks = re.findall(r'<tbody><tr><td class="num">1(.*?)</td>', found)
    assert len(ranks) == 1
    assert "°" in ranks[0]
    marked = [cell.coordinate for cell in sheet[4] if "°" in cell.number_format]
    assert marked == ["A4", "D4", "F4", "G4", "H4"]


def test_the_address_understands_only_stages_people_decide(world: World) -> None:
    verified(world, *CLOSE)
    client = signed_in(world.head)

    assert "điểm tự chấm" in text_of(client.get(page(world, buoc="tu-cham")).content)
    assert "điểm thẩm định" in text_of(client.get(page(world, buoc="may")).content)
    assert client.get(page(world, buoc="' or 1=1")).status_code == 200
    assert client.post(page(world)).status_code == 405


def test_the_spreadsheet_holds_the_shares_and_how_they_were_drawn(world: World) -> None:
    verified(world, *CLOSE)

    answer = signed_in(world.head).get(page(world, "firmness_file"))

    (sheet,) = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[2][:4] == ("Xếp thứ", "Đơn vị", "Điểm xếp hạng", "Giữ hạng (%)")
    assert rows[5][:4] == (3, "Sở Số 3", 9, 100)
    assert sum(rows[3][5:8]) == pytest.approx(100)
    notes = [str(row[0]) for row in rows]
    assert any(note.startswith("10000 phép thử, hạt giống") for note in notes)
    assert any("SHAKE-128" in note for note in notes)
    assert any("L.1 ± 1,0; L.2 ± 0,5" in note for note in notes)
    assert any("Chưa vững: từ 20% trở lên." in note for note in notes)


@pytest.mark.django_db
def test_queries_do_not_grow_with_units_and_lines() -> None:
    counts = []
    for units, lines in ((3, 2), (10, 12)):
        with scopes_disabled():
            world = build_world(units=units) if units == 3 else bigger_world(units)
        with scope(jurisdiction=world.jurisdiction):
            verified(world, *([[("9", "8")] * lines] * units))
            client = signed_in(world.head)
            client.get(page(world))
            forget()
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page(world)).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def bigger_world(units: int) -> World:
    """A second province with a bloc of its own; log-ins of the first stay."""
    from tests.build import make_actor, make_bloc_year, make_jurisdiction
    from thidua.registry.models import Role

    province = make_jurisdiction("Tỉnh Mẫu Ba")
    names = [f"Sở Lớn {number}" for number in range(1, units + 1)]
    bloc_year, members = make_bloc_year(province, "Khối thi đua số 9", names)
    world = World(province, bloc_year, members)
    world.actors = {"head": make_actor(province, Role.LEADER, members[0], email="lon@mau.vn")}
    return world
