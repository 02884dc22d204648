"""Pages of evidence: from a score line to the line already chosen, in the unit's own words."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tests.build import World
from tests.pages import shown, sign_in
from tests.year.rulebook.samples import adopt
from thidua.platform.files.models import StoredFile
from thidua.year.progress.models import EvidenceDocument
from thidua.year.registration.services import TargetInput, save_targets


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
