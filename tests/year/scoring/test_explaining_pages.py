"""Giải trình on its page: nothing typed is lost, and nobody keeps a number unawares."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.urls import reverse

from tests.build import World
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import fill, type_line
from thidua.platform.mail.models import Letter
from thidua.year.scoring.models import Explanation, Sheet, Stage
from thidua.year.scoring.queries import stage_result
from thidua.year.scoring.services import (
    confirm_lines,
    explain_line,
    finish_verification,
    submit_self_score,
)

WORDS = "Đủ 12 kỳ, tính thêm 0,5 điểm"


@pytest.fixture
def said(world: World, sheets: dict[int, Sheet]) -> Explanation:
    """Unit 2 explains line II.1, which its checker lowered from 18 to 17."""
    fill(world.officer, sheets[2])
    sent = submit_self_score(world.officer, sheet=sheets[2])
    type_line(world.verifier, sent, "II.1", "17", reason="Thiếu", stage=Stage.VERIFIED)
    confirm_lines(world.verifier, sheet=sent)
    finish_verification(world.verifier, sheet=sent)
    return explain_line(world.officer, sheet=sent, code="II.1", text="Đủ biên bản")


def answered(world: World, said: Explanation, **fields: object) -> tuple[int, str, list[str]]:
    """The status, the page and the rules by which the answer was refused."""
    answer = signed_in(world.verifier).post(address("answer", world, 2, said.pk), posted(**fields))
    findings = answer.context["findings"] if answer.context else []
    return answer.status_code, answer.content.decode(), [one.rule_id for one in findings]


def number(world: World) -> Fraction | None:
    return stage_result(world.bloc_year, Stage.VERIFIED).of("Sở Số 2").nodes["II.1"].points


def test_a_refused_answer_keeps_the_number_that_was_typed(world: World, said: Explanation) -> None:
    status, page, refused = answered(world, said, text="", points="17,5", deed="change")

    assert (status, refused) == (200, ["EXPLAIN-2"])
    assert 'name="points" value="17,5"' in page


def test_words_without_the_number_they_promise_are_asked_for_it(
    world: World, said: Explanation
) -> None:
    status, page, refused = answered(world, said, text=WORDS, points="", deed="change")

    assert (status, refused) == (200, ["EXPLAIN-5"])
    assert "Dòng II.1: ghi điểm mới, hoặc bấm Trả lời, giữ nguyên điểm." in page
    assert f">{WORDS}</textarea>" in page
    said.refresh_from_db()
    assert said.answered_at is None


def test_a_number_typed_is_not_dropped_by_the_button_that_keeps_the_old_one(
    world: World, said: Explanation
) -> None:
    status, page, refused = answered(world, said, text=WORDS, points="17,5", deed="keep")

    assert (status, refused) == (200, ["EXPLAIN-5"])
    assert "đã ghi điểm mới 17,5" in page
    assert 'name="points" value="17,5"' in page


@pytest.mark.parametrize(
    ("deed", "points", "stands"),
    [("keep", "", Fraction(17)), ("change", "17,5", Fraction(35, 2))],
)
def test_the_button_says_whether_the_number_stays(
    world: World, said: Explanation, deed: str, points: str, stands: Fraction
) -> None:
    status, _, _ = answered(world, said, text=WORDS, points=points, deed=deed)

    assert (status, number(world)) == (303, stands)


def test_the_head_hears_of_an_explanation_beside_the_checker(
    world: World, said: Explanation
) -> None:
    title = "Trả lời giải trình của Sở Số 2"
    pages = {
        who: text_of(signed_in(world.actors[who]).get(reverse("home")).content)
        for who in ("head", "verifier", "officer")
    }

    assert {who: title in page for who, page in pages.items()} == {
        "head": True, "verifier": True, "officer": False,
    }  # fmt: skip
    told = Letter.objects.filter(subject="Sở Số 2 giải trình dòng II.1")
    assert {"head@mau.vn", "verifier@mau.vn"} <= set(told.values_list("to", flat=True))
