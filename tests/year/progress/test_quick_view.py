"""The document's page: its quick view, who sees it, pages as pictures, Excel of the library."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.test import Client

from tests.build import World
from tests.pages import shown, sign_in
from tests.platform.documents.samples import pact
from tests.platform.files.corpus import png
from tests.year.progress.library import PACT, add, address, load
from tests.year.rulebook.samples import adopt
from thidua.platform.documents.word import to_word
from thidua.platform.workbook.read import read_workbook
from thidua.year.progress import services
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.services import Place

SEEING = ("officer", "leader", "head", "verifier", "third", "standing")
OTHERS = ("neighbour", "stranger", "administrator")


def status(role: str, place: str) -> int:
    """How a role's request for that address is answered."""
    answer = sign_in(Client(), role).get(place)
    if answer.streaming:
        b"".join(answer)  # type: ignore[arg-type]  # to its end, which closes the file
    return answer.status_code


def test_a_pdf_is_shown_page_by_page(world: World, client: Client) -> None:
    document = load(world).document
    page = sign_in(client, "officer").get(address(world, f"{document.pk}/?trang=99"))
    picture = client.get(address(world, f"{document.pk}/trang/1/"))

    assert "Xem nhanh, trang 1 trong 1" in shown(page)
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_an_unchanged_page_is_not_sent_again(world: World, client: Client) -> None:
    document = load(world).document
    place = address(world, f"{document.pk}/trang/1/")
    first = sign_in(client, "officer").get(place)
    for held in (first["ETag"], f"W/{first['ETag']}"):
        again = client.get(place, headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("rest", ["", "trang/1/", "tep/"])
def test_unit_checkers_head_and_standing_office_see_it_others_do_not(
    world: World, rest: str
) -> None:
    document = load(world).document
    place = address(world, f"{document.pk}/{rest}")
    seen = {role: status(role, place) for role in SEEING}
    hidden = {role: status(role, place) for role in OTHERS}

    assert seen == dict.fromkeys(SEEING, 200)
    assert set(hidden.values()) <= {403, 404}


def test_a_member_who_checks_nobody_does_not_see_it(world: World) -> None:
    """Unit 1's deputy is unit 2; unit 2 does not check unit 3."""
    file = services.load_evidence(
        world.third,
        bloc_year=world.bloc_year,
        unit=world.units[2],
        file=load(world).document.file,  # type: ignore[arg-type]  # it has one
        name="a.pdf",
    ).document
    place = f"/nam/{world.bloc_year.pk}/tien-do/{world.units[2].pk}/minh-chung/{file.pk}/trang/1/"

    assert sign_in(Client(), "officer").get(place).status_code == 403


def test_a_document_of_another_unit_is_not_found_in_ones_own_library(world: World) -> None:
    document = load(world).document
    EvidenceDocument.objects.update(unit=world.units[2])
    client = sign_in(Client(), "officer")
    rests = ("", "trang/1/", "tep/")

    answers = [client.get(address(world, f"{document.pk}/{rest}")) for rest in rests]
    assert [one.status_code for one in answers] == [404] * 3


def test_a_picture_is_shown_as_it_is(world: World, client: Client) -> None:
    document = load(world, png(), name="ảnh.png").document
    answer = sign_in(client, "officer").get(address(world, f"{document.pk}/trang/1/"))

    assert (answer["Content-Type"], answer.content) == ("image/png", png())
    assert client.get(address(world, f"{document.pk}/trang/2/")).status_code == 404


def test_word_is_called_a_quick_view_of_text_and_tables(world: World, client: Client) -> None:
    document = load(world, to_word(pact()), name="giao ước.docx").document
    page = shown(sign_in(client, "officer").get(address(world, f"{document.pk}/")))

    assert "Xem nhanh chỉ hiện chữ và bảng, không giữ cách trình bày." in page
    assert "GIAO ƯỚC THI ĐUA" in page


def test_what_stands_in_a_file_never_becomes_part_of_the_page(world: World, client: Client) -> None:
    document = load(world, b"a <b>&amp; {{ x }} onload=1\n", name="a.txt").document
    page = sign_in(client, "officer").get(address(world, f"{document.pk}/")).content.decode()

    assert "a &lt;b&gt;&amp;amp; {{ x }} onload=1" in page


def test_an_opened_pdf_that_cannot_be_drawn_is_told(world: World, client: Client) -> None:
    broken = b"%PDF-1.7\n1 0 obj<<>>endobj\nstartxref\n0\n%%EOF\n"
    document = load(world, broken, name="hỏng.pdf").document
    page = shown(sign_in(client, "officer").get(address(world, f"{document.pk}/")))

    assert "Không xem nhanh được tệp này. Tải tệp về để xem." in page
    assert client.get(address(world, f"{document.pk}/trang/1/")).status_code == 404


def test_lines_are_cited_each_with_its_page_at_once(world: World, client: Client) -> None:
    adopt(world)
    document = add(world)
    place = address(world, f"{document.pk}/")
    page = sign_in(client, "officer").get(place).content.decode()
    names = re.findall(r'name="(page_[0-9]+)"', page)
    sent = {"codes": ["I.1", "I.2"], "page": "4", names[2]: "phụ lục 1"}
    assert client.post(place, sent)["Location"] == place

    cited = document.citations.order_by("code").values_list("code", "page")
    assert list(cited) == [("I.1", "trang 4"), ("I.2", "trang 4"), ("II", "phụ lục 1")]


def test_a_file_is_loaded_later_for_a_document_without_one(world: World, client: Client) -> None:
    document = add(world)
    upload = io.BytesIO(PACT)
    upload.name = "quyết định.pdf"
    sign_in(client, "officer").post(address(world, f"{document.pk}/nap-tep/"), {"file": upload})

    document.refresh_from_db()
    assert (document.file_name, document.pages) == ("quyết định.pdf", 1)


def test_the_library_is_taken_away_as_excel_without_a_live_formula(
    world: World, client: Client
) -> None:
    adopt(world)
    document = add(world, '=HYPERLINK("http://xa.vn")')
    services.cite_at(world.officer, document=document, places=[Place("I.1", "4"), Place("II")])
    content = sign_in(client, "officer").get(address(world, "excel/")).content
    [sheet] = read_workbook(content)

    row = [sheet.text(2, column) for column in range(9)]
    assert row[1:5] == ["12/BC-SS2", "30/06/2026", "", '=HYPERLINK("http://xa.vn")']
    assert row[7:] == ["I.1, trang 4; II", "dẫn ở 2 dòng"]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_library_page_searches_and_filters_by_address(world: World, client: Client) -> None:
    add(world, "Kế hoạch năm")
    add(world, "Báo cáo năm")
    sign_in(client, "officer")
    found = shown(client.get(address(world, "?q=ke+hoach&loc=chua-dan&xep=so")))
    none = shown(client.get(address(world, "?q=khong+co")))

    assert ("1 trong 2 văn bản." in found, "Báo cáo năm" in found) == (True, False)
    assert "Không thấy văn bản nào" in none
