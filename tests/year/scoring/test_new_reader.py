"""What the pages must not say: ranks the conference decides, work nobody did, words thrown away."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.build import World
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import cite, fill, type_line
from thidua.platform.marking import made_up
from thidua.year.progress.services import Paper, add_evidence
from thidua.year.progress.services import cite as cite_document
from thidua.year.scoring import board
from thidua.year.scoring.models import Sheet
from thidua.year.scoring.services import submit_self_score

Sheets = dict[int, Sheet]
MEMBERS = ((1, "head"), (2, "officer"), (3, "third"))


def send_all(world: World, sheets: Sheets) -> None:
    for number, who in MEMBERS:
        fill(world.actors[who], sheets[number], result=str(60 + 10 * number))
        submit_self_score(world.actors[who], sheet=sheets[number])


def adopt_all(world: World, *verified: int) -> None:
    """As the conference locks the table; `verified` are the sheets whose verification ended."""
    found = Sheet.objects.with_scopes_disabled().filter(bloc_year=world.bloc_year)
    found.update(state=Sheet.State.ADOPTED)
    units = [world.units[number - 1] for number in verified]
    found.filter(unit__in=units).update(verified_at=timezone.now())
    board.forget()


def table(world: World, look: str = "") -> str:
    where = reverse("scoring:table", args=[world.bloc_year.pk])
    return signed_in(world.officer).get(where, {"buoc": look}).content.decode()


def test_the_adopted_table_leaves_ranks_to_the_conference(world: World, sheets: Sheets) -> None:
    send_all(world, sheets)
    assert "Xếp thứ" in table(world, "thong-qua")
    assert "dẫn đầu, hơn" in table(world, "tu-cham")
    adopt_all(world, 1, 2, 3)
    page = table(world)

    assert ("Xếp thứ" in page, "dẫn đầu" in page) == (False, False)
    assert f'href="{reverse("conference:result", args=[world.bloc_year.pk])}"' in page


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_file_of_the_adopted_table_has_no_rank_row(
    world: World, sheets: Sheets, form: str
) -> None:
    import io
    import zipfile

    send_all(world, sheets)
    adopt_all(world, 1, 2, 3)
    where = reverse("scoring:table_file", args=[world.bloc_year.pk, form])
    content = signed_in(world.officer).get(where).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        words = "".join(archive.read(name).decode() for name in archive.namelist()
                        if name.endswith(".xml"))  # fmt: skip

    assert ("Tổng điểm" in words, "Xếp thứ" in words) == (True, False)


def test_why_a_total_names_no_rank_once_the_table_is_adopted(world: World, sheets: Sheets) -> None:
    send_all(world, sheets)
    adopt_all(world, 1, 2, 3)
    page = text_of(signed_in(world.officer).get(address("why_total", world, 2)).content)

    assert "xếp thứ" not in page
    assert "Thứ hạng có vững không" not in page
    assert "Thứ hạng xem ở kết quả đã thông qua" in page


def test_nobody_leads_while_a_unit_has_not_sent(world: World, sheets: Sheets) -> None:
    for number, who in MEMBERS:
        fill(world.actors[who], sheets[number], result=str(60 + 10 * number))
    submit_self_score(world.officer, sheet=sheets[2])
    where = reverse("scoring:table", args=[world.bloc_year.pk])

    assert "dẫn đầu" not in signed_in(world.head).get(where).content.decode()


def test_a_sheet_adopted_unverified_shows_no_verification(world: World, sheets: Sheets) -> None:
    send_all(world, sheets)
    adopt_all(world, 1, 3)
    page = signed_in(world.officer).get(address("sheet", world, 2)).context["page"]

    assert page.shows_verified is False
    assert {row.verified for row in page.rows} == {None}
    assert [step.mark for step in page.steps] == ["done", "none", "none", "done"]


def test_a_sheet_adopted_verified_shows_its_verification(world: World, sheets: Sheets) -> None:
    send_all(world, sheets)
    adopt_all(world, 1, 2, 3)
    page = signed_in(world.officer).get(address("sheet", world, 2)).context["page"]

    assert page.shows_verified is True
    assert [step.mark for step in page.steps] == ["done"] * 4


def test_a_sheet_never_sent_but_adopted_has_no_tick_for_self_score(
    world: World, sheets: Sheets
) -> None:
    adopt_all(world)
    page = signed_in(world.officer).get(address("sheet", world, 2)).context["page"]

    assert [step.mark for step in page.steps] == ["none", "none", "none", "done"]


@pytest.mark.parametrize(("points", "reason"), [("23", ""), ("99", "Quá mức")])
def test_what_the_verifier_typed_stays_when_it_is_refused(
    world: World, sheets: Sheets, points: str, reason: str
) -> None:
    send_all(world, sheets)
    where = address("verify_line", world, 2, "I.1")
    sent = posted(deed="save", points=points, shown="24,0", figure="79", seen="0", reason=reason)
    page = signed_in(world.verifier).post(where, sent).content.decode()

    box = re.search(r'<input class="in" id="o-diem"[^>]*>', page)
    assert box is not None
    assert f'value="{points}"' in box[0]
    assert 'aria-describedby="o-diem-e"' in box[0]
    assert 'name="figure" value="79"' in page
    assert 'name="shown" value="24,0"' in page


def test_made_up_figures_carry_the_mark_wherever_they_count(world: World, sheets: Sheets) -> None:
    with made_up():
        send_all(world, sheets)
    found = {
        name: text_of(signed_in(world.actors[who]).get(address(name, world, 2, *more)).content)
        for name, who, more in (
            ("why_total", "officer", ()), ("why", "officer", ("I.1",)), ("verify", "verifier", ()),
        )
    }  # fmt: skip

    assert re.search(r"I\. Nhiệm vụ chuyên môn [\d,]+ ° giá trị mẫu", found["why_total"])
    assert re.search(r"Vì sao [\d,]+ ° giá trị mẫu điểm, xếp thứ", found["why_total"])
    assert "Vì sao 24,0 ° giá trị mẫu điểm?" in found["why"]
    assert re.search(r"Máy 24,0 ° giá trị mẫu Tự chấm 24,0 ° giá trị mẫu", found["why"])
    assert re.search(r"Tự chấm 24,0 ° giá trị mẫu", found["verify"])
    assert re.search(r"Tổng điểm \d+ ([\d,]+ ° giá trị mẫu ){3}Xếp thứ (\d ° giá trị mẫu ?){3}",
                     text_of(table(world).encode()))  # fmt: skip


def test_a_made_up_total_is_marked_on_the_page_that_sends_it(world: World, sheets: Sheets) -> None:
    with made_up():
        fill(world.officer, sheets[2])
    page = text_of(signed_in(world.officer).get(address("send", world, 2)).content)

    assert re.search(r"Tổng tự chấm [\d,]+° trên 100,0 điểm", page)


def test_real_figures_carry_no_mark(world: World, sheets: Sheets) -> None:
    send_all(world, sheets)
    officer, verifier = signed_in(world.officer), signed_in(world.verifier)
    pages = (
        officer.get(address("why_total", world, 2)), officer.get(address("why", world, 2, "I.1")),
        verifier.get(address("verify", world, 2)),
    )  # fmt: skip

    assert ["°" in page.content.decode() for page in pages] == [False] * 3


def test_a_sent_sheet_says_when_it_was_sent(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])
    page = text_of(signed_in(world.officer).get(address("send", world, 2)).content)

    assert re.search(r"Bảng đã gửi lúc \d\d:\d\d ngày \d\d/\d\d/\d{4}", page)
    assert "Chưa gửi được" not in page


def test_the_parts_of_an_open_total_add_up_to_it(world: World, sheets: Sheets) -> None:
    cite(world.officer, sheets[2], "I.1")
    type_line(world.officer, sheets[2], "I.1", target="100", result="80")
    type_line(world.officer, sheets[2], "II.1", "18", reason="Đủ")
    answer = signed_in(world.officer).get(address("why_total", world, 2))
    why = answer.context["why"]

    assert why.total is None
    assert sum(one.points or 0 for one in why.sections) == why.so_far == 42
    assert "II. Xây dựng cơ quan tạm 18,0" in text_of(answer.content)


def test_a_document_without_number_goes_by_its_subject(world: World, sheets: Sheets) -> None:
    subject = "Báo cáo kết quả công tác năm của đơn vị"
    document = add_evidence(
        world.officer, bloc_year=world.bloc_year, unit=sheets[2].unit, paper=Paper(subject=subject)
    )
    cite_document(world.officer, document=document, codes=["I.1"], page="")
    type_line(world.officer, sheets[2], "I.1", target="100", result="80")
    page = signed_in(world.officer).get(address("sheet", world, 2))

    row = next(row for row in page.context["page"].rows if row.key == "I.1")
    assert [one.number for one in row.chips] == ["Báo cáo kết quả công tác năm…"]
    assert "chưa có số" not in text_of(page.content)


@pytest.mark.parametrize(
    ("who", "name", "more", "back", "query"),
    [
        ("officer", "take_back", (), "sheet", ""),
        ("officer", "save", (), "sheet", ""),
        ("verifier", "verify_line", ("I.1",), "verify", "?dong=I.1"),
        ("verifier", "confirm_rest", (), "verify", ""),
        ("verifier", "finish", (), "verify", ""),
        ("officer", "explain", ("I.1",), "explanations", ""),
        ("verifier", "answer", (1,), "explanations", ""),
    ],
)
def test_an_address_that_takes_forms_leads_back_to_its_page(
    world: World, sheets: Sheets, who: str, name: str, more: tuple[object, ...], back: str,
    query: str,
) -> None:  # fmt: skip
    answer = signed_in(world.actors[who]).get(address(name, world, 2, *more))

    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"{address(back, world, 2)}{query}",
    )


def test_an_address_that_takes_forms_takes_nothing_else(world: World, sheets: Sheets) -> None:
    answer = signed_in(world.officer).put(address("take_back", world, 2))

    assert answer.status_code == 405
