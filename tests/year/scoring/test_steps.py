"""Các bước chấm điểm: what a bloc may set and when, who works at each step, how a sheet goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from tests.year.scoring.build import fill, type_line
from tests.year.scoring.steps_build import ALL, Bloc, configured, plan, sent
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.chain import of_year
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.rebuild import compare_all
from thidua.registry.actor import Actor
from thidua.year.scoring.models import Entry, Sheet, Stage, Step, StepClosing
from thidua.year.scoring.pages.steps import year_sentence
from thidua.year.scoring.queries import deviations
from thidua.year.scoring.services import (
    LineChange,
    StepPlan,
    answer_explanation,
    answer_return,
    confirm_lines,
    explain_line,
    finish_verification,
    resubmit,
    return_lines,
    save_line,
    set_steps,
    submit_self_score,
    take_back,
)
from thidua.year.scoring.steps import DEFAULT, read_roster

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EVERYBODY = ("officer", "leader", "verifier", "third", "neighbour", "stranger")


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule_id for finding in refused.value.findings}


def every_step(bloc: Bloc) -> list[StepPlan]:
    return [plan(bloc, stage) for stage in ALL]


# --- what may be set


def test_a_year_without_settings_scores_in_the_usual_three_steps(bloc: Bloc) -> None:
    roster = read_roster(bloc.world.bloc_year.pk)

    assert (roster.steps, roster.own) == (DEFAULT, False)
    assert [step.label for step in roster.steps] == ["Tự chấm", "Thẩm định", "Thông qua"]


def test_the_head_sets_seven_steps_in_their_one_order(bloc: Bloc) -> None:
    configured(bloc, *reversed(every_step(bloc)))

    stages = [step.stage for step in read_roster(bloc.world.bloc_year.pk).steps]
    assert stages == list(Stage)


def test_the_standing_office_sets_them_too(bloc: Bloc) -> None:
    set_steps(bloc.world.standing, bloc_year=bloc.world.bloc_year, plans=[plan(bloc, Stage.OFFICE)])

    assert [row.stage for row in Step.objects.order_by("pk")] == ["self", "office", "adopted"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_else_sets_steps(bloc: Bloc, who: str) -> None:
    with pytest.raises(Refused) as refused:
        set_steps(bloc.world.actors[who], bloc_year=bloc.world.bloc_year, plans=[])

    assert rules(refused) == {"RIGHT-1"}
    assert Step.objects.count() == 0


def test_going_back_to_the_usual_three_leaves_no_rows(bloc: Bloc) -> None:
    world = bloc.world
    set_steps(world.head, bloc_year=world.bloc_year, plans=[plan(bloc, Stage.TEAM)])
    set_steps(world.head, bloc_year=world.bloc_year, plans=[StepPlan(stage=Stage.VERIFIED)])

    assert Step.objects.count() == 0
    assert compare_all() == []


def test_a_repeated_request_sets_the_steps_once(bloc: Bloc) -> None:
    configured(bloc)
    year, plans = bloc.world.bloc_year, every_step(bloc)
    for _ in range(2):
        set_steps(bloc.world.head, bloc_year=year, plans=plans, request_id="r-1")

    assert Event.objects.filter(chain=of_year(year.pk), verb="scoring.set_steps").count() == 2
    assert Step.objects.count() == 7


def test_after_a_sheet_was_sent_only_names_and_dates_change(bloc: Bloc) -> None:
    configured(bloc, plan(bloc, Stage.TEAM))
    sent(bloc)
    head, year = bloc.world.head, bloc.world.bloc_year
    for plans in (
        [],
        [plan(bloc, Stage.TEAM), StepPlan(stage=Stage.VERIFIED)],
        [plan(bloc, Stage.TEAM, team=(bloc.unit(3),))],
        [plan(bloc, Stage.TEAM, lines=("I",))],
    ):
        with pytest.raises(Refused) as refused:
            set_steps(head, bloc_year=year, plans=plans)
        assert rules(refused) == {"STEP-1"}
    set_steps(head, bloc_year=year, plans=[plan(bloc, Stage.TEAM, name="Tổ giúp việc")])

    assert Step.objects.get(stage="team").name == "Tổ giúp việc"


def test_a_unit_that_takes_its_sheet_back_opens_the_steps_again(bloc: Bloc) -> None:
    configured(bloc, plan(bloc, Stage.TEAM))
    take_back(bloc.world.officer, sheet=sent(bloc))
    set_steps(bloc.world.head, bloc_year=bloc.world.bloc_year, plans=[])

    assert [step.stage for step in read_roster(bloc.world.bloc_year.pk).steps] == [
        Stage.SELF, Stage.ADOPTED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "wrong", "rule_id"),
    [
        (Stage.TEAM, {"team": ()}, "STEP-2"),
        (Stage.SECTOR, {"owners": {}}, "STEP-2"),
        (Stage.TEAM, {"team": (10**9,)}, "STEP-2"),
        (Stage.CROSS, {"owners": {"II": 1}}, "STEP-2"),
        (Stage.CROSS, {"lines": ("KHÔNG CÓ",)}, "STEP-3"),
        (Stage.VERIFIED, {"combine": Step.Combine.MEAN}, "STEP-6"),
        (Stage.CROSS, {"blind": True}, "STEP-6"),
        (Stage.OFFICE, {"opens": NOON}, "STEP-4"),
        (Stage.OFFICE, {"opens": NOON, "closes": NOON - timedelta(days=1)}, "STEP-4"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_in_words(
    bloc: Bloc, stage: Stage, wrong: dict[str, object], rule_id: str
) -> None:
    configured(bloc)
    if wrong.get("owners"):
        wrong = {"owners": {"II": bloc.unit(5)}}
    with pytest.raises(Refused) as refused:
        set_steps(
            bloc.world.head,
            bloc_year=bloc.world.bloc_year,
            plans=[plan(bloc, stage, **wrong)],
        )

    assert rules(refused) == {rule_id}


def test_a_step_ends_no_earlier_than_the_one_before(bloc: Bloc) -> None:
    now = clock.now()
    cross = plan(bloc, Stage.CROSS, opens=now, closes=now + timedelta(days=9))
    team = plan(bloc, Stage.TEAM, opens=now, closes=now + timedelta(days=3))
    with pytest.raises(Refused) as refused:
        set_steps(bloc.world.head, bloc_year=bloc.world.bloc_year, plans=[cross, team])

    assert rules(refused) == {"STEP-4"}


def test_the_sentence_tells_what_the_year_will_look_like(bloc: Bloc) -> None:
    configured(
        bloc,
        plan(bloc, Stage.CROSS, combine=Step.Combine.MEDIAN, blind=True),
        plan(bloc, Stage.SECTOR),
    )
    names = {unit.pk: unit.name for unit in bloc.world.units}

    assert year_sentence(read_roster(bloc.world.bloc_year.pk), names) == (
        "Chấm điểm qua bốn bước: đơn vị tự chấm; chấm chéo, chấm kín, mỗi đơn vị một số rồi lấy "
        "trung vị; cơ quan phụ trách tiêu chí, gồm Sở Số 5: II; hội nghị thông qua."
    )


# --- two steps


def test_a_bloc_of_two_steps_takes_the_self_scores_to_its_conference(bloc: Bloc) -> None:
    sheet = sent(configured(bloc))

    assert (sheet.state, sheet.at_stage) == (Sheet.State.VERIFIED, "")
    with pytest.raises(Refused) as refused:
        confirm_lines(bloc.world.head, sheet=sheet)
    assert rules(refused) == {"SHEET-2"}


def test_in_two_steps_a_sent_sheet_is_taken_back_too(bloc: Bloc) -> None:
    back = take_back(bloc.world.officer, sheet=sent(configured(bloc)))

    assert (back.state, back.verified_at) == (Sheet.State.SELF, None)


# --- seven steps


def actor(bloc: Bloc, stage: Stage) -> Actor:
    """Somebody who works at a step on unit 2's sheet."""
    return {
        Stage.CROSS: bloc.staff[3], Stage.SECTOR: bloc.staff[5], Stage.TEAM: bloc.staff[4],
        Stage.VERIFIED: bloc.world.head, Stage.OFFICE: bloc.world.standing,
    }[stage]  # fmt: skip


def test_a_sheet_goes_through_seven_steps_and_every_step_keeps_its_number(bloc: Bloc) -> None:
    sent(configured(bloc, *every_step(bloc)))
    given = {Stage.CROSS: "17", Stage.SECTOR: "16", Stage.TEAM: "15", Stage.VERIFIED: "14",
             Stage.OFFICE: "13"}  # fmt: skip
    for stage, points in given.items():
        assert bloc.sheet.at_stage == stage
        type_line(actor(bloc, stage), bloc.sheet, "II.1", points, reason=f"Lý do {points}",
                  stage=stage)  # fmt: skip
        confirm_lines(actor(bloc, stage), sheet=bloc.sheet, stage=stage)
        finish_verification(actor(bloc, stage), sheet=bloc.sheet, stage=stage)

    assert (bloc.sheet.state, bloc.sheet.at_stage) == (Sheet.State.VERIFIED, "")
    numbers = [bloc.points("II.1", stage) for stage in Stage]
    assert numbers == [18, 17, 16, 15, 14, 13, 13]
    reasons = dict(Entry.objects.filter(code="II.1").values_list("stage", "reason"))
    assert reasons[Stage.CROSS] == "Lý do 17"
    assert list(StepClosing.objects.order_by("pk").values_list("stage", flat=True)) == list(given)
    told = {one.line.key: (one.stage, one.before, one.points) for one in
            deviations(bloc.world.bloc_year)}  # fmt: skip
    assert told["II.1"] == (Stage.OFFICE, Fraction(14), Fraction(13))
    assert compare_all() == []


def tried(bloc: Bloc, who: Actor, stage: Stage) -> set[str]:
    """The rules that keep somebody from writing at a step; none where it was written."""
    change = LineChange(points=17000, reason="Thiếu một kỳ họp")
    try:
        save_line(who, sheet=bloc.sheet, code="II.1", stage=stage, change=change)
    except Refused as refused:
        return {one.rule_id for one in refused.findings}
    return set()


@pytest.mark.parametrize("stage", ALL)
def test_only_whoever_works_at_a_step_writes_there(bloc: Bloc, stage: Stage) -> None:
    sent(configured(bloc, plan(bloc, stage)))
    workers = {
        Stage.CROSS: {"third", "verifier", "3", "4", "5"},
        Stage.SECTOR: {"5"},
        Stage.TEAM: {"third", "verifier", "3", "4"},
        Stage.VERIFIED: {"head", "third", "verifier", "3", "4", "5"},
        Stage.OFFICE: {"standing"},
    }[stage]
    people = {**bloc.world.actors, **{str(n): one for n, one in bloc.staff.items()}}
    found = {name: tried(bloc, who, stage) for name, who in people.items()}

    assert {name for name, rule_ids in found.items() if not rule_ids} == workers
    assert set.union(*found.values()) == {"RIGHT-1"}


def test_nobody_writes_at_a_step_before_or_after_its_turn(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.CROSS), plan(bloc, Stage.TEAM)))
    with pytest.raises(Refused) as early:
        confirm_lines(bloc.staff[4], sheet=bloc.sheet, stage=Stage.TEAM)
    confirm_lines(bloc.staff[3], sheet=bloc.sheet)
    finish_verification(bloc.staff[3], sheet=bloc.sheet)
    with pytest.raises(Refused) as late:
        type_line(bloc.staff[3], bloc.sheet, "II.1", "1", reason="Muộn", stage=Stage.CROSS)

    assert (rules(early), rules(late)) == ({"SHEET-2"}, {"SHEET-2"})
    assert bloc.sheet.at_stage == Stage.TEAM


def test_a_step_the_bloc_does_not_use_is_no_step(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.TEAM)))
    with pytest.raises(Refused) as refused:
        confirm_lines(bloc.staff[3], sheet=bloc.sheet, stage=Stage.CROSS)

    assert rules(refused) == {"SHEET-2"}


def test_a_step_with_its_own_dates_keeps_to_them(bloc: Bloc) -> None:
    opens = clock.now() + timedelta(days=3)
    late = plan(bloc, Stage.TEAM, opens=opens, closes=opens + timedelta(days=3))
    sent(configured(bloc, plan(bloc, Stage.CROSS), late))
    confirm_lines(bloc.staff[3], sheet=bloc.sheet)
    finish_verification(bloc.staff[3], sheet=bloc.sheet)
    with pytest.raises(Refused) as refused:
        confirm_lines(bloc.staff[4], sheet=bloc.sheet)

    assert rules(refused) == {"SHEET-3"}
    assert refused.value.findings[0].words.startswith("Tổ thẩm định mở từ")


def test_the_deputy_stands_in_for_the_head_on_the_heads_own_sheet(bloc: Bloc) -> None:
    bloc = configured(bloc, plan(bloc, Stage.CROSS), plan(bloc, Stage.VERIFIED))
    fill(bloc.staff[1], bloc.sheets[1])
    sheet = submit_self_score(bloc.staff[1], sheet=bloc.sheets[1])
    with pytest.raises(Refused) as own:
        confirm_lines(bloc.world.head, sheet=sheet)
    confirm_lines(bloc.world.leader, sheet=sheet)  # nobody was assigned to check the head's unit

    assert rules(own) == {"RIGHT-1"}
    assert finish_verification(bloc.world.leader, sheet=sheet).at_stage == Stage.VERIFIED


# --- lines of a step


def test_lines_outside_a_step_pass_through_and_need_no_look(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.TEAM, lines=("II",))))
    with pytest.raises(Refused) as refused:
        type_line(bloc.staff[3], bloc.sheet, "I.1", "20", reason="Khác", stage=Stage.TEAM)
    count = confirm_lines(bloc.staff[3], sheet=bloc.sheet)
    done = finish_verification(bloc.staff[3], sheet=bloc.sheet)

    assert (rules(refused), count, done.state) == ({"STEP-5"}, 2, Sheet.State.VERIFIED)
    assert bloc.points("I.1", Stage.TEAM) == 24


def test_an_agency_writes_on_the_lines_it_owns_and_on_no_other(bloc: Bloc) -> None:
    owners = {"II": bloc.unit(5), "I.1": bloc.unit(6)}
    sent(configured(bloc, plan(bloc, Stage.SECTOR, owners=owners)))
    with pytest.raises(Refused) as other:
        type_line(bloc.staff[6], bloc.sheet, "II.1", "1", reason="Của nơi khác",
                  stage=Stage.SECTOR)  # fmt: skip
    assert rules(other) == {"STEP-5"}
    with pytest.raises(Refused) as back:
        return_lines(bloc.staff[6], sheet=bloc.sheet, reasons={"II.1": "Xem lại"})
    assert rules(back) == {"STEP-5"}

    assert confirm_lines(bloc.staff[6], sheet=bloc.sheet) == 1
    with pytest.raises(Refused) as open_lines:
        finish_verification(bloc.staff[6], sheet=bloc.sheet)
    assert rules(open_lines) == {"VERIFY-2"}
    assert confirm_lines(bloc.staff[5], sheet=bloc.sheet) == 2
    assert finish_verification(bloc.world.head, sheet=bloc.sheet).state == Sheet.State.VERIFIED


def test_the_head_does_the_lines_an_agency_owns_on_its_own_sheet(bloc: Bloc) -> None:
    owners = {"II": bloc.unit(2)}
    sent(configured(bloc, plan(bloc, Stage.SECTOR, owners=owners)))
    with pytest.raises(Refused) as own:
        confirm_lines(bloc.world.officer, sheet=bloc.sheet)

    assert rules(own) == {"RIGHT-1"}
    assert confirm_lines(bloc.world.head, sheet=bloc.sheet) == 2


# --- sent back, explained


def test_a_returned_line_comes_back_to_the_step_that_sent_it(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.CROSS), plan(bloc, Stage.TEAM)))
    type_line(bloc.staff[3], bloc.sheet, "II.1", "17", reason="Thiếu kỳ họp", stage=Stage.CROSS)
    confirm_lines(bloc.staff[3], sheet=bloc.sheet)
    finish_verification(bloc.staff[3], sheet=bloc.sheet)
    return_lines(bloc.staff[4], sheet=bloc.sheet, reasons={"II.1": "Nộp biên bản", "I.2": "Số nào"})

    assert (bloc.sheet.state, bloc.sheet.at_stage) == (Sheet.State.RETURNED, Stage.TEAM)
    with pytest.raises(Refused) as closed:
        type_line(bloc.world.officer, bloc.sheet, "I.1", target="100", result="90")
    assert rules(closed) == {"LINE-7"}
    type_line(bloc.world.officer, bloc.sheet, "I.2", target="10", result="11")
    answer_return(bloc.world.officer, sheet=bloc.sheet, code="II.1", text="Đã nộp")
    assert resubmit(bloc.world.officer, sheet=bloc.sheet).at_stage == Stage.TEAM
    assert bloc.points("II.1", Stage.CROSS) == 17
    # the cross-checker only confirmed I.2: that confirmation was of another figure and is gone
    kept = Entry.objects.filter(sheet=bloc.sheet, stage=Stage.CROSS).values_list("code", flat=True)
    assert ("II.1" in kept, "I.2" in kept, "I.1" in kept) == (True, False, True)


def test_the_unit_explains_what_a_step_changed_even_if_a_later_one_took_it_back(
    bloc: Bloc,
) -> None:
    sent(configured(bloc, plan(bloc, Stage.CROSS), plan(bloc, Stage.TEAM)))
    type_line(bloc.staff[3], bloc.sheet, "II.1", "17", reason="Thiếu kỳ họp", stage=Stage.CROSS)
    confirm_lines(bloc.staff[3], sheet=bloc.sheet)
    finish_verification(bloc.staff[3], sheet=bloc.sheet)
    said = explain_line(bloc.world.officer, sheet=bloc.sheet, code="II.1", text="Họp đủ")
    for who in (bloc.staff[6], bloc.world.officer):
        with pytest.raises(Refused) as refused:
            answer_explanation(who, explanation=said, answer="Không")
        assert rules(refused) == {"RIGHT-1"}
    change = LineChange(points=18000)
    with pytest.raises(Refused) as past:
        answer_explanation(bloc.staff[5], explanation=said, answer="Nhận", change=change)
    assert rules(past) == {"EXPLAIN-4"}
    answer_explanation(bloc.staff[4], explanation=said, answer="Đã xem biên bản", change=change)

    assert [bloc.points("II.1", stage) for stage in (Stage.CROSS, Stage.TEAM)] == [17, 18]


def test_an_explanation_keeps_a_step_from_ending_until_it_is_answered(bloc: Bloc) -> None:
    sent(configured(bloc, plan(bloc, Stage.CROSS), plan(bloc, Stage.TEAM)))
    type_line(bloc.staff[3], bloc.sheet, "II.1", "17", reason="Thiếu kỳ họp", stage=Stage.CROSS)
    confirm_lines(bloc.staff[3], sheet=bloc.sheet)
    finish_verification(bloc.staff[3], sheet=bloc.sheet)
    explain_line(bloc.world.officer, sheet=bloc.sheet, code="II.1", text="Họp đủ")
    confirm_lines(bloc.staff[4], sheet=bloc.sheet)
    with pytest.raises(Refused) as refused:
        finish_verification(bloc.staff[4], sheet=bloc.sheet)

    assert rules(refused) == {"EXPLAIN-3"}
