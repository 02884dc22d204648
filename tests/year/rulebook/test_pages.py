"""Pages of the rulebook: who sees and does what, and what a wrong file gets."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.build import World
from tests.year.rulebook.samples import adopt, load, long_scale_text, scale_text
from thidua.platform.accounts.models import Account
from thidua.registry.actor import Actor
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.services import add_line


def enter(client: Client, actor: Actor) -> Client:
    assert actor.account_id is not None
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def url(world: World, name: str, *more: int) -> str:
    return reverse(f"rulebook:{name}", args=[world.bloc_year.pk, *more])


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_before_there_is_a_scale_the_page_teaches(client: Client, world: World) -> None:
    head = text_of(enter(client, world.head).get(url(world, "rulebook")))
    assert "Bắt đầu thang điểm" in head
    officer = text_of(enter(client, world.officer).get(url(world, "rulebook")))
    assert "Thang điểm của Khối sẽ ở đây" in officer


def test_every_unit_reads_the_scale_in_force(client: Client, world: World) -> None:
    adopt(world)

    page = text_of(enter(client, world.officer).get(url(world, "rulebook")))

    assert "Đang áp dụng" in page
    assert "Theo tỷ lệ phần trăm đạt chỉ tiêu: ở mức 100% được 20,0 điểm" in page
    assert "ô gắn chỉ tiêu của từng đơn vị" in page
    assert "Bắt đầu bản khác" not in page


def test_an_upload_becomes_a_draft(client: Client, world: World) -> None:
    sent = {"file": SimpleUploadedFile("thang.yaml", scale_text().encode())}

    response = enter(client, world.head).post(url(world, "import"), sent)

    row = Scale.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == url(world, "scale", row.pk)
    assert row.text == scale_text()


def test_a_pasted_text_with_a_mistake_comes_back_as_it_was_typed(
    client: Client, world: World
) -> None:
    typed = scale_text().replace("kind: judged", "kind: judge")

    response = enter(client, world.head).post(url(world, "import"), {"text": typed})

    page = text_of(response)
    assert response.status_code == 422
    assert "dòng 19" in page
    assert "kind: judge," in page
    assert Scale.objects.count() == 0


def test_neither_file_nor_text_says_what_to_do(client: Client, world: World) -> None:
    page = text_of(enter(client, world.head).post(url(world, "import"), {"text": "  "}))

    assert "Chọn một tệp, hoặc dán nội dung tệp vào ô bên dưới." in page


def test_an_upload_over_the_limit_is_answered_in_words(client: Client, world: World) -> None:
    sent = {"file": SimpleUploadedFile("thang.yaml", b"a" * (22 * 1024 * 1024))}

    response = enter(client, world.head).post(url(world, "import"), sent)

    assert response.status_code == 413
    assert Scale.objects.count() == 0


@pytest.mark.parametrize(
    ("came_from", "links"),
    [
        ("http://testserver/nam/1/thang-diem/nap/?tu=2", ["/nam/1/thang-diem/nap/?tu=2", "/"]),
        ("https://noi-khac.example/nam/1/", ["/"]),
        ("http://testserver:81/nam/1/", ["/"]),
        ("javascript:alert(1)", ["/"]),
        ("", ["/"]),
    ],
)
def test_a_refused_upload_leads_back_to_the_page_it_came_from(
    client: Client, world: World, came_from: str, links: list[str]
) -> None:
    sent = {"file": SimpleUploadedFile("thang.yaml", b"a" * (22 * 1024 * 1024))}
    where = url(world, "import")
    response = enter(client, world.head).post(where, sent, headers={"Referer": came_from})

    page = response.content.decode()
    assert re.findall(r'<a class="btn[^"]*" href="([^"]*)"', page) == links
    assert "Bảng Excel: bỏ ảnh" in page


def test_the_head_adopts_with_the_typed_word(client: Client, world: World) -> None:
    row = load(world, scale_text())
    sent = {"adopted_on": "30/03/2026", "document_number": "", "word": "thông"}
    head = enter(client, world.head)

    refused = head.post(url(world, "adopt", row.pk), sent)
    assert refused.status_code == 422
    assert "Từ xác nhận chưa đúng" in text_of(refused)

    assert head.post(url(world, "adopt", row.pk), {**sent, "word": "Thông qua"}).status_code == 303
    page = text_of(head.get(url(world, "rulebook")))
    assert "chưa có số" in page
    row.refresh_from_db()
    assert row.fingerprint[:8] in page


def test_a_scale_with_errors_offers_no_adoption(client: Client, world: World) -> None:
    row = load(world, scale_text(base=990))
    head = enter(client, world.head)

    page = text_of(head.get(url(world, "scale", row.pk)))
    assert (
        "Sửa 1 lỗi trong tệp rồi nạp lại, hoặc sửa ngay trên màn hình thì thông qua được." in page
    )
    assert reverse("rulebook:adopt", args=[world.bloc_year.pk, row.pk]) not in page


def test_the_file_comes_back_byte_for_byte(client: Client, world: World) -> None:
    content = scale_text().replace("\n", "\r\n").encode()
    row = load(world, content)

    response = enter(client, world.officer).get(url(world, "file", row.pk))

    assert response.content == content
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="thang-diem-2026-lan-1.yaml"'
    )


def test_a_json_file_is_given_back_as_json(client: Client, world: World) -> None:
    import yaml

    row = load(world, json.dumps(yaml.safe_load(scale_text())))

    response = enter(client, world.officer).get(url(world, "file", row.pk))

    assert response.headers["Content-Type"] == "application/json; charset=utf-8"


def test_discarding_asks_once(client: Client, world: World) -> None:
    row = load(world, scale_text())
    head = enter(client, world.head)

    assert "Bỏ dự thảo thang điểm lần 1?" in text_of(head.post(url(world, "discard", row.pk)))
    assert Scale.objects.count() == 1
    assert head.post(url(world, "discard", row.pk), {"confirmed": "1"}).status_code == 303
    assert Scale.objects.count() == 0


@pytest.mark.parametrize("name", ["import", "adopt", "discard"])
def test_only_the_head_comes_through_the_doors_of_acting(
    client: Client, world: World, name: str
) -> None:
    row = load(world, scale_text())
    more = () if name == "import" else (row.pk,)

    for actor in (world.officer, world.leader, world.standing, world.neighbour):
        assert enter(client, actor).post(url(world, name, *more)).status_code == 403


@pytest.mark.parametrize("name", ["scale", "file", "word", "pdf"])
def test_a_version_of_another_year_does_not_exist_here(
    client: Client, world: World, name: str
) -> None:
    row = load(world, scale_text())
    assert world.other_year is not None
    there = reverse(f"rulebook:{name}", args=[world.other_year.pk, row.pk])

    assert enter(client, world.neighbour).get(there).status_code == 404
    assert enter(client, world.officer).get(there).status_code == 403
    assert enter(client, world.stranger).get(url(world, name, row.pk)).status_code == 404


@pytest.mark.parametrize(("name", "start"), [("word", b"PK"), ("pdf", b"%PDF")])
def test_the_scale_prints_as_an_official_paper(
    client: Client, world: World, name: str, start: bytes
) -> None:
    row = adopt(world)

    response = enter(client, world.officer).get(url(world, name, row.pk))

    assert response.content.startswith(start)


def test_the_page_takes_the_same_queries_for_few_lines_and_many(
    client: Client, world: World
) -> None:
    few, many = load(world, long_scale_text(lines=3)), load(world, long_scale_text(lines=300))
    officer = enter(client, world.officer)
    counts = []
    for row in (few, few, many):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert officer.get(url(world, "scale", row.pk)).status_code == 200
        counts.append(len(caught))
    assert counts[1] == counts[2]


def test_a_scale_of_ten_thousand_lines_is_shown(client: Client, world: World) -> None:
    row = load(world, long_scale_text(lines=10_000))

    page = text_of(enter(client, world.officer).get(url(world, "scale", row.pk)))

    assert page.count("Người chấm cho điểm từ 0 đến 1,0.") == 10_000


def test_a_draft_changed_on_screen_is_linted_in_the_words_of_the_editor(
    client: Client, world: World
) -> None:
    row = load(world, scale_text())
    line = {"code": "III", "label": "Thêm", "kind": "judged", "max": 5}
    row = add_line(world.head, scale=row, line=line).scale
    head = enter(client, world.head)

    for name in ("scale", "adopt"):
        page = text_of(head.get(url(world, name, row.pk)))
        assert "Sửa 1 lỗi thì thông qua được." in page
        assert "Sửa điểm tối đa của một mục hoặc sửa tổng điểm chuẩn" in page
        assert f"{url(world, 'edit', row.pk)}?phan=chung" in page
        assert "của tệp" not in page
        assert "base:" not in page
        assert url(world, "import") not in page
    officer = text_of(enter(client, world.officer).get(url(world, "scale", row.pk)))
    assert url(world, "edit", row.pk) not in officer
