"""Pages that take files: in pieces with resume, many at once without JavaScript, in words."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.build import World
from tests.pages import shown, sign_in
from tests.platform.files.corpus import HOSTILE
from tests.year.progress.library import NAME, PACT, address, load
from tests.year.rulebook.samples import adopt
from thidua.platform.files import incoming
from thidua.platform.files.models import StoredFile
from thidua.platform.ledger.models import Event
from thidua.year.progress.models import Citation, EvidenceDocument

KEY = "0b6f9c2e-0000-4000-8000-000000000001"
HALF = len(PACT) // 2


def piece(
    client: Client, world: World, start: int, end: int, *, content: bytes = PACT, **asked: Any
) -> Any:
    """Send the bytes from one place to another, as upload-send.js does."""
    given = {"ma": KEY, "tu": start, "ca": len(content), "ten": NAME, **asked}
    return client.post(
        f"{address(world, 'nap/phan/')}?{urlencode(given)}",
        content[start:end],
        content_type="application/octet-stream",
    )


def told(response: HttpResponse) -> tuple[int, dict[str, Any]]:
    return response.status_code, json.loads(response.content)


def how_far(client: Client, world: World) -> dict[str, Any]:
    found: dict[str, Any] = client.get(address(world, f"nap/phan/?ma={KEY}")).json()
    return found


def test_a_file_in_two_pieces_is_a_document_with_its_proposals(
    world: World, client: Client
) -> None:
    sign_in(client, "officer")
    assert told(piece(client, world, 0, HALF)) == (200, {"received": HALF})
    assert how_far(client, world) == {"received": HALF}
    status, outcome = told(piece(client, world, HALF, len(PACT)))

    document = EvidenceDocument.objects.get()
    assert (status, outcome) == (
        200,
        {
            "outcome": "new",
            "words": "đã nạp vào kho.",
            "id": document.pk,
            "url": address(world, f"{document.pk}/"),
        },
    )
    assert (document.number, document.proposed, document.file_name) == ("27/BC-SS2", True, NAME)
    assert incoming.unfinished().count == 0


def test_a_lost_answer_is_found_again_by_asking_how_far(world: World, client: Client) -> None:
    sign_in(client, "officer")
    piece(client, world, 0, len(PACT))

    assert how_far(client, world)["outcome"] == "new"
    assert EvidenceDocument.objects.count() == 1


def test_a_piece_out_of_order_is_told_where_to_go_on(world: World, client: Client) -> None:
    sign_in(client, "officer")
    piece(client, world, 0, 100)
    status, answer = told(piece(client, world, 200, 300))

    assert (status, answer["received"]) == (409, 100)
    assert answer["words"].startswith("Phần tệp này không nối tiếp")


def test_another_persons_upload_is_not_gone_on_with(world: World, client: Client) -> None:
    piece(sign_in(client, "officer"), world, 0, HALF)
    leader = sign_in(Client(), "leader")

    assert how_far(leader, world) == {"received": 0}
    assert told(piece(leader, world, HALF, len(PACT)))[0] == 409
    assert how_far(client, world) == {"received": HALF}


@pytest.mark.parametrize("role", ["head", "verifier", "third", "standing", "neighbour", "stranger"])
def test_nobody_else_sends_into_the_units_library(world: World, role: str) -> None:
    client = sign_in(Client(), role)
    answers = [piece(client, world, 0, len(PACT)), client.get(address(world, "nap/"))]

    assert {one.status_code for one in answers} <= {403, 404}
    assert (EvidenceDocument.objects.count(), incoming.unfinished().count) == (0, 0)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(
    world: World, client: Client, name: str
) -> None:
    file_name, content, words = HOSTILE[name]
    sign_in(client, "officer")
    for start in range(0, max(1, len(content)), incoming.MOST_PIECE):
        end = start + incoming.MOST_PIECE
        answer = piece(client, world, start, end, content=content, ten=file_name)

    assert told(answer) == (422, {"words": words})
    assert (StoredFile.objects.count(), Event.objects.count()) == (0, 0)
    assert incoming.unfinished().count == 0


@pytest.mark.parametrize(
    "asked",
    [
        {"ma": "../../etc"},
        {"ma": "x" * 5000},
        {"tu": "-1"},
        {"tu": "a"},
        {"ca": "９"},
        {"ca": "9" * 400},
        {"ca": str(10**14)},
    ],
)
def test_odd_figures_are_refused_in_words(world: World, client: Client, asked: Any) -> None:
    sign_in(client, "officer")
    status, answer = told(piece(client, world, 0, 10, **asked))

    assert status in (400, 422)
    assert answer["words"].endswith(".")
    assert incoming.unfinished().count == 0


def test_two_hundred_megabytes_are_refused_at_the_first_piece(world: World, client: Client) -> None:
    sign_in(client, "officer")
    words = "Tệp lớn hơn 20 MB. Quét lại ở 200 dpi hoặc tách làm hai."

    assert told(piece(client, world, 0, 100, ca=200 * 2**20)) == (422, {"words": words})
    assert told(piece(client, world, 0, 2 * 2**20, content=b"0" * 2**22))[0] == 422


def test_a_piece_without_the_token_is_refused(world: World) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), "officer")

    assert piece(client, world, 0, 10).status_code == 403
    assert incoming.unfinished().count == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../Ba\u0301o ca\u0301o\x00\x07.pdf", "Báo cáo.pdf"),
        ("bien\u202efdp.pdf", "bienfdp.pdf"),
        ("a" * 400 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_whole(world: World, client: Client, name: str, kept: str) -> None:
    sign_in(client, "officer")
    sent = name.replace("\x00", "")  # the address with a NUL is refused before any page
    assert told(piece(client, world, 0, len(PACT), ten=sent))[0] == 200

    assert EvidenceDocument.objects.get().file_name == kept


def test_the_same_file_says_where_it_is_and_on_how_many_lines(world: World, client: Client) -> None:
    document = load(world).document
    status, answer = told(piece(sign_in(client, "officer"), world, 0, len(PACT)))

    assert (status, answer["outcome"], answer["id"]) == (200, "same", document.pk)
    assert answer["words"] == "đã có trong kho, ở văn bản 27/BC-SS2, chưa dẫn ở dòng nào."


# --- without JavaScript


def chosen(*files: tuple[str, bytes]) -> dict[str, list[SimpleUploadedFile]]:
    return {"files": [SimpleUploadedFile(name, content) for name, content in files]}


def test_many_files_go_in_without_javascript_and_each_is_told(world: World, client: Client) -> None:
    sign_in(client, "officer")
    files = chosen((NAME, PACT), ("bản sao.pdf", PACT), ("a.exe", b"MZ" + b"\x00" * 99))
    answer = client.post(address(world, "nap/?dong=I.1&ve=/he-thong/"), files)
    document = EvidenceDocument.objects.get()
    page = shown(client.get(answer["Location"]))

    assert answer.status_code == 303
    assert answer["Location"] == address(
        world, f"ghi/?dong=I.1&ve=%2Fhe-thong%2F&van-ban={document.pk}"
    )
    assert "Đã nạp 1 tệp. Ghi thông tin và chọn dòng dẫn." in page
    assert "bản sao.pdf: đã có trong kho, ở văn bản 27/BC-SS2, chưa dẫn ở dòng nào." in page
    assert "a.exe: Đây là chương trình, không phải văn bản." in page


def test_the_form_sent_twice_is_loaded_once(world: World, client: Client) -> None:
    sign_in(client, "officer")
    sent = {"request_id": KEY}
    for _ in range(2):
        client.post(address(world, "nap/"), {**chosen((NAME, PACT)), **sent})

    assert EvidenceDocument.objects.count() == 1


def test_no_file_chosen_is_told(world: World, client: Client) -> None:
    page = shown(sign_in(client, "officer").post(address(world, "nap/"), {}))

    assert "Chưa chọn tệp nào. Chọn tệp rồi nạp." in page


def test_the_page_says_how_large_a_file_may_be(world: World, client: Client) -> None:
    with override_settings(THIDUA_UPLOAD_LIMIT=7 * 2**20):
        page = shown(sign_in(client, "officer").get(address(world, "nap/")))

    assert "mỗi tệp nhiều nhất 7 MB" in page


# --- the table


def fields(document: EvidenceDocument, **said: str) -> dict[str, str]:
    shown_now = {"subject": document.subject, "number": document.number, "issued_on": "05/11/2026",
                 "issuer": document.issuer, "signer": "", "pages": "1", "places": "",
                 **said}  # fmt: skip
    return {f"{name}_{document.pk}": value for name, value in shown_now.items()}


def test_the_table_confirms_cites_and_goes_back_to_the_line(world: World, client: Client) -> None:
    adopt(world)
    document = load(world).document
    page = address(world, f"ghi/?ve=/nam/1/cham-diem/&van-ban={document.pk}")
    answer = sign_in(client, "officer").post(page, fields(document, places="I.1 trang 4; II tr 2"))

    assert (answer.status_code, answer["Location"]) == (303, "/nam/1/cham-diem/")
    cited = Citation.objects.order_by("code").values_list("code", "page")
    assert list(cited) == [("I.1", "trang 4"), ("II", "trang 2")]


@pytest.mark.parametrize("away", ["https://xa.vn/", "//xa.vn", "javascript:alert(1)", "/\\xa.vn"])
def test_the_way_back_never_leads_away(world: World, client: Client, away: str) -> None:
    adopt(world)
    document = load(world).document
    page = address(world, f"ghi/?{urlencode({'ve': away})}")
    answer = sign_in(client, "officer").post(page, fields(document, places="I.1"))

    assert answer["Location"] == address(world)


def test_what_was_typed_stays_when_a_line_is_not_found(world: World, client: Client) -> None:
    adopt(world)
    document = load(world).document
    typed = fields(document, subject="Đã sửa", places="X.9 trang 1")
    answer = sign_in(client, "officer").post(address(world, "ghi/"), typed)

    assert answer.status_code == 200
    assert "Không có dòng “X.9 trang 1”." in shown(answer)
    assert ">\nĐã sửa</textarea>" in answer.content.decode()
    assert EvidenceDocument.objects.get().proposed is True


def test_a_row_neither_ticked_nor_changed_waits(world: World, client: Client) -> None:
    adopt(world)
    document = load(world).document
    answer = sign_in(client, "officer").post(address(world, "ghi/"), fields(document))
    assert "Chưa ghi văn bản nào. Đánh dấu ít nhất một văn bản." in shown(answer)

    client.post(address(world, "ghi/"), {**fields(document), f"keep_{document.pk}": "on"})
    assert EvidenceDocument.objects.get().proposed is False
