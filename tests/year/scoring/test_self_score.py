"""Self-scoring: what a line takes, what keeps a sheet from being sent, who may, and when."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from fractions import Fraction

import pytest

from tests.build import World
from tests.year.scoring.build import REASON, adopt, cite, fill, opened, type_line
from tests.year.scoring.scales import EVERY_KIND, PLAIN
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.platform.mail.models import Letter
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.progress.models import Citation
from thidua.year.progress.services import remove_citation
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.queries import open_lines, stage_result
from thidua.year.scoring.services import (
    Conflict,
    LineChange,
    Wanted,
    mark_not_applicable,
    open_sheets,
    save_line,
    save_lines,
    set_fields,
    submit_self_score,
    take_back,
)

Sheets = dict[int, Sheet]


def points(world: World, unit: str, key: str, stage: Stage = Stage.SELF) -> Fraction | None:
    return stage_result(world.bloc_year, stage).of(unit).nodes[key].points


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule_id for finding in refused.value.findings}


def test_head_opens_one_sheet_for_each_member(world: World, sheets: Sheets) -> None:
    assert [sheet.unit for sheet in sheets.values()] == world.units
    with pytest.raises(Refused) as again:
        open_sheets(world.head, bloc_year=world.bloc_year)
    assert rules(again) == {"SHEET-1"}


def test_only_the_head_opens_sheets_and_needs_an_adopted_scale(world: World) -> None:
    with pytest.raises(Refused) as officer:
        open_sheets(world.officer, bloc_year=world.bloc_year)
    assert rules(officer) == {"RIGHT-1"}
    with pytest.raises(Refused) as unadopted:
        open_sheets(world.head, bloc_year=world.bloc_year)
    assert rules(unadopted) == {"SHEET-1"}


def test_rule_line_starts_as_computed_and_judged_line_as_typed(
    world: World, sheets: Sheets
) -> None:
    type_line(world.officer, sheets[2], "I.1", target="100", result="80")
    type_line(world.officer, sheets[2], "II.1", "18,5")

    assert points(world, "Sở Số 2", "I.1") == 24
    assert points(world, "Sở Số 2", "II.1") == Fraction(37, 2)
    computed = stage_result(world.bloc_year, Stage.SELF, by_hand=False)
    assert computed.of("Sở Số 2").nodes["I.1"].points == 24


def test_points_by_hand_stand_beside_what_the_rule_gives(world: World, sheets: Sheets) -> None:
    type_line(world.officer, sheets[2], "I.1", target="100", result="80")
    type_line(world.officer, sheets[2], "I.1", "26")

    assert points(world, "Sở Số 2", "I.1") == 26
    computed = stage_result(world.bloc_year, Stage.SELF, by_hand=False)
    assert computed.of("Sở Số 2").nodes["I.1"].points == 24


def test_points_equal_to_the_machines_follow_the_machine(world: World, sheets: Sheets) -> None:
    type_line(world.officer, sheets[2], "I.1", target="100", result="80")
    entry = type_line(world.officer, sheets[2], "I.1", "24,0")

    assert (entry.kind, entry.points) == (Entry.Kind.INPUT, None)


def test_nothing_entered_is_not_zero(world: World, sheets: Sheets) -> None:
    result = stage_result(world.bloc_year, Stage.SELF).of("Sở Số 2")

    assert result.total is None
    assert result.nodes["II.1"].points is None
    type_line(world.officer, sheets[2], "II.1", "0")
    assert points(world, "Sở Số 2", "II.1") == 0


def test_a_figure_taken_back_is_missing_again(world: World, sheets: Sheets) -> None:
    type_line(world.officer, sheets[2], "II.1", "18")
    type_line(world.officer, sheets[2], "II.1", value=None)

    assert points(world, "Sở Số 2", "II.1") is None


@pytest.mark.parametrize(
    ("code", "inputs", "rule"),
    [
        ("II.1", {"value": "20.5"}, "LINE-3"),
        ("II.1", {"value": "-1"}, "LINE-3"),
        ("II.1", {"value": "1e308"}, "FIGURE-1"),
        ("II.1", {"value": 0.5}, "FIGURE-1"),
        ("II.1", {"value": "9" * 16}, "FIGURE-1"),
        ("II.1", {"target": "5"}, "LINE-2"),
        ("II.2", {"value": "có"}, "LINE-2"),
        ("I.2", {"target": "-1"}, "LINE-4"),
        ("III", {"value": "1.5"}, "LINE-4"),
        ("III", {"value": "-1"}, "LINE-4"),
        ("V", {"value": "1"}, "LINE-1"),
        ("I.1@2", {"result": "1"}, "LINE-1"),
    ],
)
def test_a_line_refuses_what_it_cannot_take(
    world: World, sheets: Sheets, code: str, inputs: dict[str, object], rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        save_line(
            world.officer,
            sheet=sheets[2],
            code=code,
            stage=Stage.SELF,
            change=LineChange(inputs=inputs),
        )

    assert rules(refused) == {rule}
    assert Entry.objects.count() == 0


def test_points_by_hand_stay_within_what_the_line_can_give(world: World, sheets: Sheets) -> None:
    with pytest.raises(Refused) as refused:
        type_line(world.officer, sheets[2], "I.1", "300")

    assert [one.words for one in refused.value.findings] == ["Dòng I.1: Nhập từ 0 đến 30,0."]


def test_every_kind_of_input_can_be_entered(world: World) -> None:
    sheets = opened(world, EVERY_KIND)
    one = sheets[2]
    write = world.officer
    type_line(write, one, "A1", value="80")
    type_line(write, one, "A2", values=["80", "100"])
    type_line(write, one, "A3", value=unicodedata.normalize("NFD", "đủ"))
    type_line(write, one, "A4", date="2026-07-02")
    type_line(write, one, "A5", value="4.25", source="Công văn 12/SNV")
    type_line(write, one, "A6", chosen="A6.2")
    type_line(write, one, "A6.2", value=True)
    for period in (1, 2, 3, 4):
        type_line(write, one, f"A7@{period}", "1,5", reason=REASON)
    mark_not_applicable(write, sheet=one, code="A8", stage=Stage.SELF, reason="Không phải nộp")
    type_line(write, one, "A8", substitute={"value": True}, reason="Nộp bản khác")
    type_line(write, one, "B", reviewed=True)

    nodes = stage_result(world.bloc_year, Stage.SELF).of("Sở Số 2").nodes
    found = {key: nodes[key].points for key in ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "B")}
    assert found == {
        "A1": 10, "A2": 10, "A3": 5, "A4": -2, "A5": Fraction(17, 4), "A6": 3, "A7": 6, "B": 20,
    }  # fmt: skip


def test_setting_a_line_aside_needs_a_reason(world: World, sheets: Sheets) -> None:
    with pytest.raises(Refused) as refused:
        mark_not_applicable(
            world.officer, sheet=sheets[2], code="I.2", stage=Stage.SELF, reason="  "
        )
    assert rules(refused) == {"LINE-6"}

    mark_not_applicable(
        world.officer, sheet=sheets[2], code="I.2", stage=Stage.SELF, reason="Không được giao"
    )
    assert stage_result(world.bloc_year, Stage.SELF).of("Sở Số 2").nodes["I.2"].state == "na"


def test_sending_is_refused_with_every_open_line_by_name(world: World, sheets: Sheets) -> None:
    with pytest.raises(Refused) as refused:
        submit_self_score(world.officer, sheet=sheets[2])

    assert [one.words for one in refused.value.findings] == [
        "Dòng I.1 chưa có điểm. Nhập 0 nếu không có.",
        "Dòng I.2 chưa có điểm. Nhập 0 nếu không có.",
        "Dòng II.1 chưa có điểm. Nhập 0 nếu không có.",
        "Dòng II.2 chưa có điểm. Chọn Có hoặc Không.",
        "Dòng III chưa có điểm. Nhập 0 nếu không có.",
        "Dòng IV chưa có điểm. Nhập 0 nếu không có.",
    ]


def test_a_self_score_that_differs_from_the_machine_needs_a_reason(
    world: World, sheets: Sheets
) -> None:
    fill(world.officer, sheets[2])
    type_line(world.officer, sheets[2], "I.1", "26")
    with pytest.raises(Refused) as refused:
        submit_self_score(world.officer, sheet=sheets[2])
    assert rules(refused) == {"SUBMIT-2"}

    type_line(world.officer, sheets[2], "I.1", reason="Nghiệm thu ngày 28/12")
    assert submit_self_score(world.officer, sheet=sheets[2]).state == Sheet.State.SUBMITTED


def test_a_judged_line_needs_a_reason_or_a_document(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    type_line(world.officer, sheets[2], "II.1", "17", reason="")
    with pytest.raises(Refused) as refused:
        submit_self_score(world.officer, sheet=sheets[2])
    assert rules(refused) == {"SUBMIT-4"}

    cite(world.officer, sheets[2], "II.1")
    assert submit_self_score(world.officer, sheet=sheets[2]).state == Sheet.State.SUBMITTED


def test_a_line_with_mandatory_evidence_needs_a_document(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    remove_citation(world.officer, citation=Citation.objects.get())
    with pytest.raises(Refused) as refused:
        submit_self_score(world.officer, sheet=sheets[2])

    assert [one.words for one in refused.value.findings] == ["Dòng I.1 thiếu minh chứng."]


def test_sending_locks_the_sheet_and_tells_the_checker(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    sent = submit_self_score(world.officer, sheet=sheets[2])

    assert (sent.state, sent.late, sent.submitted_by) == (
        Sheet.State.SUBMITTED, False, "Chuyên viên, Sở Số 2",
    )  # fmt: skip
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "third@mau.vn",
        "verifier@mau.vn",
    ]
    with pytest.raises(Refused) as locked:
        type_line(world.officer, sheets[2], "IV", value="1")
    assert rules(locked) == {"SHEET-2"}


def test_the_same_request_twice_is_one_decision(world: World, sheets: Sheets) -> None:
    change = LineChange(points=18000)
    for _ in range(2):
        entry = save_line(
            world.officer, sheet=sheets[2], code="II.1", stage=Stage.SELF, change=change, seen=0,
            request_id="00000000-0000-4000-8000-000000000001",
        )  # fmt: skip

    assert entry.version == 1
    assert Event.objects.filter(verb="scoring.line").count() == 1


def test_two_editors_of_one_line_overwrite_nothing(world: World, sheets: Sheets) -> None:
    type_line(world.officer, sheets[2], "II.1", "18", seen=0)
    with pytest.raises(Conflict) as conflict:
        type_line(world.leader, sheets[2], "II.1", "17", seen=0)

    found = conflict.value
    assert (found.theirs, found.author, found.version) == ("18,0", "Chuyên viên, Sở Số 2", 1)
    assert points(world, "Sở Số 2", "II.1") == 18
    assert type_line(world.leader, sheets[2], "II.1", "17", seen=1).version == 2


def test_the_same_figure_from_two_editors_is_no_conflict(world: World, sheets: Sheets) -> None:
    type_line(world.officer, sheets[2], "II.1", "18", seen=0)

    assert type_line(world.leader, sheets[2], "II.1", "18,0", seen=0).version == 1


def test_many_lines_save_what_they_can_and_tell_the_rest(world: World, sheets: Sheets) -> None:
    type_line(world.officer, sheets[2], "III", value="2")
    saved = save_lines(
        world.leader,
        sheet=sheets[2],
        stage=Stage.SELF,
        wanted={
            "II.1": Wanted(change=LineChange(points=18000), seen=0),
            "II.2": Wanted(change=LineChange(inputs={"value": "x"}), seen=0),
            "III": Wanted(change=LineChange(inputs={"value": "1"}), seen=0),
        },
    )

    assert (list(saved.entries), list(saved.conflicts), list(saved.refused)) == (
        ["II.1"], ["III"], ["II.2"],
    )  # fmt: skip
    assert points(world, "Sở Số 2", "III") == 2


def test_many_lines_as_a_whole_are_all_or_nothing(world: World, sheets: Sheets) -> None:
    with pytest.raises(Refused):
        save_lines(
            world.officer,
            sheet=sheets[2],
            stage=Stage.SELF,
            wanted={
                "II.1": Wanted(change=LineChange(points=18000)),
                "II.2": Wanted(change=LineChange(inputs={"value": "x"})),
            },
            whole=True,
        )

    assert Entry.objects.count() == 0
    assert points(world, "Sở Số 2", "II.1") is None


@pytest.mark.parametrize("who", ["head", "verifier", "third", "standing", "neighbour", "stranger"])
def test_nobody_but_the_unit_writes_its_self_score(world: World, sheets: Sheets, who: str) -> None:
    with pytest.raises(Refused) as refused:
        type_line(world.actors[who], sheets[2], "II.1", "18")

    assert rules(refused) == {"RIGHT-1"}


def window(world: World, deed: Window.Deed, *, opens: int, closes: int) -> None:
    now = clock.now()
    Window.objects.filter(bloc_year=world.bloc_year, deed=deed).update(
        opens=now + timedelta(days=opens), closes=now + timedelta(days=closes)
    )


def test_before_the_window_nothing_is_scored(world: World, sheets: Sheets) -> None:
    window(world, Window.Deed.SELF_SCORE, opens=1, closes=2)
    with pytest.raises(Refused) as refused:
        type_line(world.officer, sheets[2], "II.1", "18")

    assert rules(refused) == {"SHEET-3"}


def test_after_the_window_a_sheet_is_late_where_the_bloc_takes_late_ones(
    world: World, sheets: Sheets
) -> None:
    window(world, Window.Deed.SELF_SCORE, opens=-3, closes=-1)
    fill(world.officer, sheets[2])

    assert submit_self_score(world.officer, sheet=sheets[2]).late is True


def test_after_the_window_nothing_is_taken_where_the_bloc_refuses(
    world: World, sheets: Sheets
) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(late=BlocYear.Late.REFUSE)
    window(world, Window.Deed.SELF_SCORE, opens=-3, closes=-1)
    with pytest.raises(Refused) as refused:
        type_line(world.officer, sheets[2], "II.1", "18")

    assert rules(refused) == {"SHEET-3"}


def test_a_closed_year_takes_nothing(world: World, sheets: Sheets) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=clock.now())
    with pytest.raises(Refused) as refused:
        type_line(world.officer, sheets[2], "II.1", "18")

    assert rules(refused) == {"YEAR-1"}


def test_a_sent_sheet_is_taken_back_while_nobody_verifies(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])

    assert take_back(world.officer, sheet=sheets[2]).state == Sheet.State.SELF


def test_open_lines_of_the_bloc_name_unit_and_line(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    found = open_lines(world.bloc_year, Stage.ADOPTED)

    assert {one.unit for one in found} == {"Sở Số 1", "Sở Số 3"}
    assert [one.key for one in found if one.unit == "Sở Số 1"] == [
        "I.1", "I.2", "II.1", "II.2", "III", "IV",
    ]  # fmt: skip


def test_facts_of_the_unit_keep_to_its_window_too(world: World, sheets: Sheets) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(late=BlocYear.Late.REFUSE)
    window(world, Window.Deed.SELF_SCORE, opens=-3, closes=-1)
    with pytest.raises(Refused) as refused:
        set_fields(world.officer, sheet=sheets[2], fields={"so_nguoi": "41"})

    assert rules(refused) == {"SHEET-3"}
    assert Sheet.objects.get(pk=sheets[2].pk).fields == {}


def test_a_new_version_of_the_scale_takes_along_only_lines_it_still_has(
    world: World, sheets: Sheets
) -> None:
    fill(world.officer, sheets[2])
    shorter = "".join(line for line in PLAIN.splitlines(True) if "code: III" not in line)
    newer = shorter.replace('version: "1"', 'version: "2"')
    adopt(world.head, world.bloc_year, newer, carry="keep")
    open_sheets(world.head, bloc_year=world.bloc_year)

    assert sorted(Entry.objects.filter(sheet=sheets[2]).values_list("code", flat=True)) == [
        "I.1", "I.2", "II.1", "II.2", "IV",
    ]  # fmt: skip
    assert submit_self_score(world.officer, sheet=sheets[2]).state == Sheet.State.SUBMITTED
