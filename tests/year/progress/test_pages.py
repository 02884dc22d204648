"""Pages of evidence: from a score line to the line already chosen, in the unit's own words."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tests.build import World
from tests.pages import shown, sign_in
from tests.year.progress.library import PACT, load
from tests.year.rulebook.samples import adopt
from thidua.platform.files.models import StoredFile
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.placing import beyond
from thidua.year.registration.services import TargetInput, save_targets
from thidua.year.scoring.base import Cited
from thidua.year.scoring.board import facts_of


def library(world: World) -> str:
    return f"/nam/{world.bloc_year.pk}/tien-do/{world.units[1].pk}/minh-chung/"


def by_hand(world: World) -> str:
    return f"{library(world)}them/"


def ticked(page: str) -> list[str]:
    return re.findall(r'name="codes" value="([^"]+)"[^>]* checked', page)


def test_the_line_that_one_came_from_is_already_chosen(world: World, client: Client) -> None:
    adopt(world)
    sign_in(client, "officer")
    answer = client.post(f"{by_hand(world)}?dong=I.2&dong=la", {"subject": "Báo cáo quý"})
    document = EvidenceDocument.objects.get()
    assert answer["Location"] == f"{library(world)}{document.pk}/?dong=I.2&dong=la"

    assert ticked(client.get(answer["Location"]).content.decode()) == ["I.2"]
    assert ticked(client.get(f"{library(world)}{document.pk}/").content.decode()) == []


def test_a_slot_is_offered_with_the_wording_of_the_unit(world: World, client: Client) -> None:
    adopt(world)
    own = TargetInput(code="I.1", name="Nghiệm thu đề tài", value=80_000)
    save_targets(world.officer, bloc_year=world.bloc_year, unit=world.units[1], targets=[own])
    sign_in(client, "officer").post(by_hand(world), {"subject": "Báo cáo quý"})
    page = shown(client.get(f"{library(world)}{EvidenceDocument.objects.get().pk}/"))
    assert re.findall(r"I\.1[^.]*: Nghiệm thu đề tài", page) != []


def test_the_limit_of_a_file_is_said_before_it_is_chosen(world: World, client: Client) -> None:
    sign_in(client, "officer")
    with override_settings(THIDUA_UPLOAD_LIMIT=7 * 1024 * 1024):
        page = shown(client.get(by_hand(world)))
    assert "Nhiều nhất 7 MB." in page


def test_a_refused_document_leaves_no_file_behind(world: World, client: Client) -> None:
    adopt(world)
    sign_in(client, "officer")
    report = SimpleUploadedFile("bao-cao.txt", "Báo cáo năm".encode())
    late = {"subject": "Báo cáo năm", "issued_on": "31/12/2199", "file": report}
    assert "Ngày ban hành ở sau hôm nay" in shown(client.post(by_hand(world), late))
    assert StoredFile.objects.count() == 0

    report.seek(0)
    client.post(by_hand(world), {"subject": "Báo cáo năm", "file": report})
    assert StoredFile.objects.count() == 1


def table_of(client: Client, where: str) -> dict[str, str]:
    """The table of documents as a browser would send it back."""
    page = client.get(where).content.decode()
    found = re.findall(r'<input [^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page)
    texts = re.findall(r'<textarea [^>]*?name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page)
    return {name: unescape(text) for name, text in (*found, *texts) if "csrf" not in name}


def test_every_fault_of_the_table_is_told_at_once(world: World, client: Client) -> None:
    adopt(world)
    first, second = load(world).document, load(world, PACT + b"\n", name="hai.pdf").document
    sign_in(client, "officer")
    where = f"{library(world)}ghi/?van-ban={first.pk}&van-ban={second.pk}"
    page = shown(
        client.post(
            where,
            {
                **table_of(client, where),
                f"issued_on_{first.pk}": "31/12/2199",
                f"pages_{first.pk}": "0",
                f"places_{first.pk}": "IX.9 trang 2",
                f"subject_{second.pk}": " ",
                f"issued_on_{second.pk}": "31/02/2026",
            },
        )
    )

    assert [words for words in (
        "Có 5 chỗ phải sửa",
        "Chưa ghi văn bản nào, kể cả văn bản không có lỗi",
        "Ngày ban hành ở sau hôm nay. Xem lại ngày.",
        "Không có dòng “IX.9 trang 2”",
        "Chưa ghi trích yếu của văn bản.",
        "Ngày 31/02/2026 không có trong lịch. Xem lại ngày.",
    ) if words not in page] == []  # fmt: skip
    assert EvidenceDocument.objects.filter(proposed=False).count() == 0


def test_a_page_that_the_file_does_not_have_is_told_and_marked(
    world: World, client: Client
) -> None:
    adopt(world)
    document = load(world).document
    assert document.file is not None
    assert document.file.pages == 1
    sign_in(client, "officer")
    where = f"{library(world)}ghi/?van-ban={document.pk}"
    sent = {**table_of(client, where), f"keep_{document.pk}": "on"}
    sent[f"places_{document.pk}"] = "I.1 trang 1; I.2 tr 9"
    page = shown(client.post(where, sent, follow=True))

    words = "dẫn trang 9, tệp chỉ có 1 trang"
    assert f"{document.file_name} {words}. Xem lại trang đã dẫn." in page
    cited = cited_of(world)
    assert [mark.words for mark in cited["I.1"][0].marks] == ["dẫn ở 2 dòng"]
    assert [mark.words for mark in cited["I.2"][0].marks] == ["dẫn ở 2 dòng", words]
    assert words in shown(client.get(f"{library(world)}{document.pk}/"))


def cited_of(world: World) -> dict[str, tuple[Cited, ...]]:
    return dict(facts_of(world.bloc_year.pk).citations[world.units[1].pk])


@pytest.mark.parametrize(
    ("page", "pages", "words"),
    [
        ("trang 9", 3, "dẫn trang 9, tệp chỉ có 3 trang"),
        ("trang 2-4", 3, "dẫn trang 2-4, tệp chỉ có 3 trang"),
        ("trang 1,3", 3, ""),
        ("trang 9", None, ""),
        ("mục 9", 3, ""),
        ("", 3, ""),
    ],
)
def test_only_pages_are_compared_with_the_pages_of_the_file(
    page: str, pages: int | None, words: str
) -> None:
    assert beyond(page, pages) == words
