"""Nhiều đơn vị cùng chấm một dòng: exact means, spread, blind steps, ending without all."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.year.scoring.browse import address, signed_in, text_of
from tests.year.scoring.build import fill, type_line
from tests.year.scoring.steps_build import OWN, Bloc, configured, mean, plan, sent
from thidua.core.finding import Refused
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.rebuild import compare_all
from thidua.year.scoring.board import facts_of, forget
from thidua.year.scoring.models import Entry, Rating, Sheet, Stage, Step, StepClosing
from thidua.year.scoring.pages.raters import rated_steps, widest
from thidua.year.scoring.queries import stage_result
from thidua.year.scoring.ratings import combined
from thidua.year.scoring.services import (
    LineChange,
    answer_explanation,
    confirm_lines,
    explain_line,
    finish_verification,
    mark_not_applicable,
    rate_line,
    return_lines,
    submit_self_score,
)

CROSS = Stage.CROSS
SECRET = "9,125"


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule_id for finding in refused.value.findings}


def at_cross(bloc: Bloc, *, blind: bool = False, combine: str = "mean") -> Bloc:
    """Unit 2's sheet sent; units 3, 4 and 5 each rate it, then the head verifies."""
    configured(bloc, mean(CROSS, bloc, blind=blind, combine=combine), plan(bloc, Stage.VERIFIED))
    sent(bloc)
    return bloc


def everybody_keeps_the_rest(bloc: Bloc) -> None:
    for number in (3, 4, 5):
        confirm_lines(bloc.staff[number], sheet=bloc.sheet)


# --- arithmetic


def test_the_mean_of_three_raters_is_exact_and_nothing_is_rounded(bloc: Bloc) -> None:
    at_cross(bloc)
    for number, points in ((3, "17"), (4, "16,5"), (5, "16")):
        bloc.rate(number, "II.1", points, "Thiếu kỳ họp", stage=CROSS)
    bloc.rate(3, "I.1", "20", "Kho bạc xác nhận", stage=CROSS)
    bloc.rate(4, "I.1", "20", "Kho bạc xác nhận", stage=CROSS)
    bloc.rate(5, "I.1", "21", "Kho bạc xác nhận", stage=CROSS)

    assert bloc.points("II.1", CROSS) == Fraction(33, 2)
    assert bloc.points("I.1", CROSS) == Fraction(61, 3)
    # 93 − 1,5 − 24 + 61/3 = 87,8333…; the scale alone rounds, to one decimal and at the end
    assert stage_result(bloc.world.bloc_year, CROSS).of(OWN).total == Fraction(878, 10)


def test_a_median_takes_the_middle_number(bloc: Bloc) -> None:
    at_cross(bloc, combine="median")
    for number, points in ((3, "17"), (4, "2"), (5, "16")):
        bloc.rate(number, "II.1", points, "Nhận định", stage=CROSS)

    assert bloc.points("II.1", CROSS) == 16


@given(st.lists(st.integers(-99999, 99999), min_size=1, max_size=9), st.randoms())
def test_mean_and_median_do_not_depend_on_the_order_of_raters(
    milli: list[int], rnd: object
) -> None:
    numbers = [Fraction(one, 1000) for one in milli]
    turned = sorted(numbers, key=lambda one: hash((one, id(rnd))))

    for combine in (Step.Combine.MEAN, Step.Combine.MEDIAN):
        assert combined(turned, combine) == combined(numbers, combine)
        assert min(numbers) <= combined(numbers, combine) <= max(numbers)
    assert combined(numbers, Step.Combine.MEAN) * len(numbers) == sum(numbers)


@pytest.mark.parametrize("order", list(permutations((3, 4, 5))))
def test_the_order_in_which_units_rate_changes_nothing(
    bloc: Bloc, order: tuple[int, int, int]
) -> None:
    at_cross(bloc)
    for number in order:
        bloc.rate(number, "II.1", {3: "17", 4: "16", 5: "11,125"}[number], "Lý do", stage=CROSS)

    assert bloc.points("II.1", CROSS) == Fraction(44125, 3000)


def test_equal_to_the_number_before_for_all_is_a_confirmation(bloc: Bloc) -> None:
    at_cross(bloc)
    for number in (3, 4, 5):
        bloc.rate(number, "I.1", "24,0", stage=CROSS)
    entry = facts_of(bloc.world.bloc_year.pk).entries_of(bloc.sheet.pk)["I.1", CROSS]

    assert (entry.kind, entry.points) == (Entry.Kind.CONFIRMED, None)
    assert set(Rating.objects.values_list("points", "kept")) == {(None, "24")}


def test_who_keeps_the_number_counts_with_it(bloc: Bloc) -> None:
    at_cross(bloc)
    bloc.rate(3, "II.1", None, stage=CROSS)
    bloc.rate(4, "II.1", "15", "Thiếu ba kỳ", stage=CROSS)
    bloc.rate(5, "II.1", None, stage=CROSS)

    assert bloc.points("II.1", CROSS) == 17


def test_a_line_that_nobody_may_judge_keeps_an_exact_fraction_as_it_stood(bloc: Bloc) -> None:
    """I.2 compares the units: 12 of 10 beside nobody else is the most, and stays so."""
    at_cross(bloc)
    everybody_keeps_the_rest(bloc)

    assert bloc.points("I.2", CROSS) == bloc.points("I.2", Stage.SELF)


# --- what a rating needs


def test_another_number_needs_a_reason(bloc: Bloc) -> None:
    at_cross(bloc)
    with pytest.raises(Refused) as refused:
        bloc.rate(3, "II.1", "17", " ", stage=CROSS)

    assert rules(refused) == {"RATE-2"}
    assert Rating.objects.count() == 0


@pytest.mark.parametrize("points", ["20,5", "-1", "999"])
def test_a_rating_stays_within_what_the_line_can_give(bloc: Bloc, points: str) -> None:
    at_cross(bloc)
    with pytest.raises(Refused) as refused:
        bloc.rate(3, "II.1", points, "Quá khung", stage=CROSS)

    assert rules(refused) == {"LINE-3"}


def test_a_line_set_aside_is_kept_or_sent_back_but_given_no_number(bloc: Bloc) -> None:
    configured(bloc, mean(CROSS, bloc))
    fill(bloc.world.officer, bloc.sheets[2])
    mark_not_applicable(bloc.world.officer, sheet=bloc.sheets[2], code="II.1", stage=Stage.SELF,
                        reason="Không có tổ chức")  # fmt: skip
    submit_self_score(bloc.world.officer, sheet=bloc.sheets[2])
    with pytest.raises(Refused) as refused:
        bloc.rate(3, "II.1", "17", "Vẫn phải chấm", stage=CROSS)
    assert rules(refused) == {"RATE-4"}
    everybody_keeps_the_rest(bloc)

    done = finish_verification(bloc.staff[3], sheet=bloc.sheet)
    assert done.state == Sheet.State.VERIFIED
    assert set(Rating.objects.filter(code="II.1").values_list("kept", flat=True)) == {"na"}


@pytest.mark.parametrize("who", [1, 2, 6])
def test_only_the_assigned_units_rate(bloc: Bloc, who: int) -> None:
    at_cross(bloc)
    with pytest.raises(Refused) as refused:
        bloc.rate(who, "II.1", "17", "Nhận định", stage=CROSS)

    assert rules(refused) == {"RIGHT-1"}


def test_nobody_writes_the_common_number_itself(bloc: Bloc) -> None:
    at_cross(bloc)
    with pytest.raises(Refused) as refused:
        type_line(bloc.staff[3], bloc.sheet, "II.1", "17", reason="Tôi ghi", stage=CROSS)

    assert rules(refused) == {"RATE-1"}


def test_a_rating_asked_for_twice_is_given_once(bloc: Bloc) -> None:
    at_cross(bloc)
    for _ in range(2):
        rate_line(bloc.staff[3], sheet=bloc.sheet, code="II.1", stage=CROSS, points=17000,
                  reason="Thiếu", request_id="rate-1")  # fmt: skip

    assert Rating.objects.get().version == 1
    assert Event.objects.filter(verb="scoring.rate").count() == 1


def test_two_people_of_one_unit_do_not_overwrite_each_other(bloc: Bloc) -> None:
    at_cross(bloc)
    bloc.rate(3, "II.1", "17", "Thiếu kỳ họp", stage=CROSS)
    with pytest.raises(Refused) as refused:
        rate_line(bloc.world.third, sheet=bloc.sheet, code="II.1", stage=CROSS, points=16000,
                  reason="Khác", seen=0)  # fmt: skip

    assert rules(refused) == {"LINE-8"}
    assert Rating.objects.get().points == 17000


def test_a_unit_changes_its_rating_until_the_step_ends(bloc: Bloc) -> None:
    at_cross(bloc)
    bloc.rate(3, "II.1", "17", "Thiếu kỳ họp", stage=CROSS)
    bloc.rate(3, "II.1", "15", "Thiếu ba kỳ", stage=CROSS)
    everybody_keeps_the_rest(bloc)
    finish_verification(bloc.staff[4], sheet=bloc.sheet)
    with pytest.raises(Refused) as refused:
        bloc.rate(3, "II.1", "14", "Muộn", stage=CROSS)

    assert rules(refused) == {"SHEET-2"}
    assert bloc.points("II.1", CROSS) == 17


# --- ending


def test_a_step_ends_when_every_unit_has_rated_every_line(bloc: Bloc) -> None:
    at_cross(bloc)
    for number in (3, 4):
        confirm_lines(bloc.staff[number], sheet=bloc.sheet)
    with pytest.raises(Refused) as refused:
        finish_verification(bloc.staff[3], sheet=bloc.sheet)
    words = [finding.words for finding in refused.value.findings]

    assert rules(refused) == {"RATE-3"}
    assert "Dòng I.1: Sở Số 5 chưa chấm." in words
    confirm_lines(bloc.staff[5], sheet=bloc.sheet)
    assert finish_verification(bloc.staff[3], sheet=bloc.sheet).at_stage == Stage.VERIFIED


def test_the_head_ends_it_with_a_reason_and_the_missing_units_are_named(bloc: Bloc) -> None:
    at_cross(bloc)
    bloc.rate(3, "II.1", "17", "Thiếu kỳ họp", stage=CROSS)
    confirm_lines(bloc.staff[3], sheet=bloc.sheet)
    confirm_lines(bloc.staff[4], sheet=bloc.sheet)
    for who, reason in ((bloc.staff[3], "Hết hạn"), (bloc.world.head, "")):
        with pytest.raises(Refused) as refused:
            finish_verification(who, sheet=bloc.sheet, missing_reason=reason)
        assert rules(refused) == {"RATE-3"}
    finish_verification(bloc.world.head, sheet=bloc.sheet, missing_reason="Sở Số 5 đi công tác")
    closing = StepClosing.objects.get()

    assert (closing.missing, closing.reason) == ("Sở Số 5 (6 dòng)", "Sở Số 5 đi công tác")
    assert bloc.points("II.1", CROSS) == Fraction(35, 2)
    assert compare_all() == []


def test_a_return_takes_every_rating_off_the_line_and_the_ledger_keeps_them(bloc: Bloc) -> None:
    at_cross(bloc)
    bloc.rate(3, "II.1", "17", "Thiếu kỳ họp", stage=CROSS)
    bloc.rate(4, "II.1", "16", "Thiếu hai kỳ", stage=CROSS)
    return_lines(bloc.staff[5], sheet=bloc.sheet, reasons={"II.1": "Nộp biên bản"})
    kept = [row["before"]["points"] for event in Event.objects.filter(verb="scoring.return")
            for row in event.rows if row["row"] == "scoring.rating"]  # fmt: skip

    assert (Rating.objects.count(), bloc.sheet.state) == (0, Sheet.State.RETURNED)
    assert kept == [17000, 16000]
    assert bloc.points("II.1", CROSS) == 18


def test_an_answer_changes_the_answering_units_own_rating(bloc: Bloc) -> None:
    at_cross(bloc)
    for number, points in ((3, "17"), (4, "16"), (5, "15")):
        bloc.rate(number, "II.1", points, "Nhận định", stage=CROSS)
    said = explain_line(bloc.world.officer, sheet=bloc.sheet, code="II.1", text="Họp đủ")
    answer_explanation(
        bloc.staff[5], explanation=said, answer="Đã xem", change=LineChange(points=18000)
    )

    assert bloc.points("II.1", CROSS) == 17


# --- spread


def test_the_spread_is_shown_and_the_widest_lines_come_first(bloc: Bloc) -> None:
    at_cross(bloc)
    for number, points in ((3, "17"), (4, "9"), (5, "15")):
        bloc.rate(number, "II.1", points, "Nhận định", stage=CROSS)
    bloc.rate(3, "I.1", "23", "Kho bạc", stage=CROSS)
    bloc.rate(4, "I.1", None, stage=CROSS)
    facts = facts_of(bloc.world.bloc_year.pk)
    sheet = facts.sheets[bloc.sheet.pk]
    found = [(one.line.key, one.rated.spread_words) for one in widest(facts, sheet, seen_by=None)]

    assert found == [
        ("II.1", "thấp nhất 9,0, cao nhất 17,0, chênh nhau 8,0 điểm"),
        ("I.1", "thấp nhất 23,0, cao nhất 24,0, chênh nhau 1,0 điểm"),
    ]


# --- blind


@pytest.fixture
def blind(bloc: Bloc) -> Bloc:
    """A blind step under way: unit 3 has rated II.1 in secret, unit 4 its own."""
    at_cross(bloc, blind=True)
    bloc.rate(3, "II.1", SECRET, "Lời chỉ của đơn vị ba", stage=CROSS)
    bloc.rate(4, "II.1", "12", "Lời của đơn vị bốn", stage=CROSS)
    return bloc


def pages(bloc: Bloc) -> list[str]:
    """Every address at which something of unit 2's sheet or of the year is read."""
    year = bloc.world.bloc_year.pk
    own = [
        address("sheet", bloc.world, 2),
        address("verify", bloc.world, 2),
        f"{address('verify', bloc.world, 2)}?dong=II.1",
        address("why", bloc.world, 2, "II.1"),
        address("why", bloc.world, 2, "II"),
        address("why_total", bloc.world, 2),
        address("explanations", bloc.world, 2),
        reverse("scoring:table", args=[year]),
        reverse("history", args=[year]),
        reverse("year", args=[year]),
        reverse("home"),
    ]
    looks = [f"{reverse('scoring:table', args=[year])}?buoc={name}" for name in
             ("may", "tu-cham", "cheo", "tham-dinh", "thong-qua")]  # fmt: skip
    return [*own, *looks]


@pytest.mark.parametrize("who", ["4", "5", "head", "standing", "officer", "6"])
def test_a_blind_rating_is_told_to_nobody_else_before_the_step_ends(blind: Bloc, who: str) -> None:
    people = {**blind.world.actors, **{str(n): one for n, one in blind.staff.items()}}
    client = signed_in(people[who])
    year = blind.world.bloc_year.pk
    told = [
        where
        for where in pages(blind)
        if any(
            secret in client.get(where, follow=True).content.decode()
            for secret in (SECRET, "Lời chỉ của đơn vị ba", "10,56")  # 10,5625: the mean of both
        )
    ]
    files = [
        client.get(where)
        for where in (
            address("sheet_file", blind.world, 2, "docx"),
            f"{reverse('scoring:table_file', args=[year, 'docx'])}?buoc=cheo",
        )
    ]

    assert told == []
    assert all(SECRET.encode() not in answer.content for answer in files)


def test_a_rater_sees_its_own_rating_and_the_step_counts_nowhere_yet(blind: Bloc) -> None:
    client = signed_in(blind.staff[3])
    words = text_of(client.get(f"{address('verify', blind.world, 2)}?dong=II.1").content)

    assert SECRET in client.get(f"{address('verify', blind.world, 2)}?dong=II.1").content.decode()
    assert "Bước này chấm kín" in words
    assert blind.points("II.1", CROSS) == 18
    facts = facts_of(blind.world.bloc_year.pk)
    sheet = facts.sheets[blind.sheet.pk]
    line = facts.scale_of(sheet).index["II.1"]
    seen = rated_steps(facts, sheet, line, seen_by=blind.unit(3))[0]
    assert ([one.rater_id for one in seen.ratings], seen.spread, seen.stands) == (
        [blind.unit(3)], None, None,
    )  # fmt: skip


def test_a_return_in_a_blind_step_tells_no_rating_either(blind: Bloc) -> None:
    return_lines(blind.staff[5], sheet=blind.sheet, reasons={"II.1": "Nộp biên bản"})
    client = signed_in(blind.staff[4])

    words = text_of(client.get(address("why", blind.world, 2, "II.1")).content)
    assert SECRET not in words
    assert "Lời chỉ của đơn vị ba" not in words


def test_once_the_step_ended_every_rating_is_open_with_its_reason(blind: Bloc) -> None:
    blind.rate(5, "II.1", "12", "Lời của đơn vị năm", stage=CROSS)
    everybody_keeps_the_rest(blind)
    finish_verification(blind.staff[5], sheet=blind.sheet)
    words = text_of(signed_in(blind.world.head).get(address("why", blind.world, 2, "II.1")).content)

    assert blind.points("II.1", CROSS) == Fraction(33125, 3000)
    assert ("9,125" in words, "Lời chỉ của đơn vị ba" in words) == (True, True)
    assert "thấp nhất 9,125, cao nhất 12,0, chênh nhau 2,875 điểm" in words


def test_a_blind_step_never_ended_never_counts(blind: Bloc) -> None:
    from thidua.platform.ledger.act import Act
    from thidua.platform.ledger.chain import of_year
    from thidua.year.scoring.services import lock_adopted

    year = blind.world.bloc_year
    with Act(blind.world.head, "conference.adopt", chain=of_year(year.pk), subject="x") as act:
        lock_adopted(act, bloc_year=year)

    assert blind.points("II.1", Stage.ADOPTED) == 18
    assert facts_of(year.pk).entries_of(blind.sheet.pk).get(("II.1", CROSS)) is None


# --- reading


def test_ratings_are_read_in_one_more_query_however_many_there_are(bloc: Bloc) -> None:
    at_cross(bloc)

    def count() -> int:
        forget()
        with CaptureQueriesContext(connection) as asked:
            facts_of(bloc.world.bloc_year.pk)
        return len(asked)

    few = count()
    everybody_keeps_the_rest(bloc)
    assert count() == few


def test_the_board_of_another_process_sees_ratings_at_once(bloc: Bloc) -> None:
    at_cross(bloc)
    facts_of(bloc.world.bloc_year.pk)
    for number in (3, 4, 5):
        bloc.rate(number, "II.1", "17", "Thiếu", stage=CROSS)
    assert bloc.points("II.1", CROSS) == 17
    bloc.rate(3, "II.1", "14", "Thiếu nữa", stage=CROSS)
    warm = bloc.points("II.1", CROSS)
    forget()

    assert (warm, bloc.points("II.1", CROSS)) == (Fraction(16), Fraction(16))
