"""Adopt = freeze: refused while anything is open, exact, immutable, corrected by a new version."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.db import Error, connection, transaction

from tests.build import World
from tests.year.conference.build import ROWS, SCALE, TOTALS, adopted, meet, ready, unit, year_of
from tests.year.conference.test_meeting import rule_ids
from thidua.core.finding import Refused
from thidua.core.fingerprint import fingerprint
from thidua.core.points import read_points, result_text
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.verify import root_of, verify_all
from thidua.year.bloc.models import Membership
from thidua.year.bloc.services import MemberDraft, join_member
from thidua.year.conference.models import Adoption, NotRanked
from thidua.year.conference.moves import moves_between
from thidua.year.conference.services import (
    adopt_again,
    adopt_scores,
    mark_not_ranked,
    rank_after_all,
    reopen_scores,
)
from thidua.year.conference.snapshot import Snapshot, plain_snapshot, read_snapshot
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.services import LineChange, open_sheets, set_adopted_line

REQUEST = "00000000-0000-4000-8000-00000000000"


def snapshot_of(adoption: Adoption) -> Snapshot:
    return read_snapshot(Adoption.objects.get(pk=adoption.pk).snapshot)


def decide(world: World, number: int, code: str, **change: Any) -> Entry:
    sheet = Sheet.objects.get(bloc_year=world.bloc_year, unit=unit(world, number))
    return set_adopted_line(world.head, sheet=sheet, code=code, change=LineChange(**change))


def test_adopted_totals_ranks_and_classes_are_those_of_the_engine(world: World) -> None:
    snapshot = snapshot_of(adopted(world))

    assert [(row.name, result_text(row.total or Fraction(0)), row.rank, row.class_label)
            for row in snapshot.ranking] == [
        ("Sở Số 1", TOTALS[1], 1, "Xuất sắc"),
        ("Sở Số 2", TOTALS[2], 2, "Xuất sắc"),
        ("Sở Số 3", TOTALS[3], 3, "Tốt"),
    ]  # fmt: skip
    assert snapshot.lead == Fraction("4.5")


def test_every_sheet_is_locked_by_the_adoption(world: World) -> None:
    adopted(world)

    states = Sheet.objects.filter(bloc_year=world.bloc_year).values_list("state", flat=True)
    assert set(states) == {Sheet.State.ADOPTED}
    with pytest.raises(Refused):
        decide(world, 1, "I.2", points=read_points("20"), reason="Thử")


def test_the_fingerprint_is_recomputed_from_what_is_stored(world: World) -> None:
    adoption = Adoption.objects.get(pk=adopted(world).pk)

    assert adoption.fingerprint == fingerprint(adoption.snapshot)
    assert plain_snapshot(read_snapshot(adoption.snapshot)) == adoption.snapshot


def test_the_snapshot_carries_the_ledger_root_before_the_adoption(world: World) -> None:
    ready(world)
    meet(world)
    before = root_of(f"nam/{world.bloc_year.pk}")
    adoption = adopt_scores(world.head, bloc_year=world.bloc_year)

    assert adoption.ledger_root == before
    assert adoption.snapshot["ledger_root"] == before
    assert verify_all() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE conference_adoption SET fingerprint = 'x'",
        "UPDATE conference_adoption SET version = 2",
        "DELETE FROM conference_adoption",
    ],
)
def test_an_adopted_row_refuses_change_in_the_database(world: World, statement: str) -> None:
    adopted(world)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Adoption.objects.get().version == 1


def test_the_same_request_twice_is_one_version(world: World) -> None:
    ready(world)
    meet(world)
    first = adopt_scores(world.head, bloc_year=world.bloc_year, request_id=REQUEST + "1")
    again = adopt_scores(world.head, bloc_year=world.bloc_year, request_id=REQUEST + "1")

    assert again.pk == first.pk
    assert Adoption.objects.count() == 1


def test_a_second_adoption_is_refused(world: World) -> None:
    adopted(world)
    with pytest.raises(Refused) as refused:
        adopt_scores(world.head, bloc_year=world.bloc_year)

    assert rule_ids(refused) == ["ADOPT-3"]


def test_adoption_lists_every_open_line_per_unit(world: World) -> None:
    ready(world)
    Entry.objects.filter(sheet__unit=unit(world, 2), code__in=("I.2", "II.1")).delete()
    Entry.objects.filter(sheet__unit=unit(world, 3), code="III").update(inputs={"value": "1.5"})
    meet(world)
    with pytest.raises(Refused) as refused:
        adopt_scores(world.head, bloc_year=world.bloc_year)

    assert [(one.rule_id, one.words) for one in refused.value.findings] == [
        ("ADOPT-1", "Sở Số 2: dòng I.2 chưa có điểm. Nhập 0 nếu không có."),
        ("ADOPT-1", "Sở Số 2: dòng II.1 chưa có điểm. Nhập 0 nếu không có."),
        ("ADOPT-1", "Sở Số 3: dòng III chưa chấm được: số liệu phải là số nguyên từ 0 trở lên."),
    ]
    assert Adoption.objects.count() == 0
    assert Event.objects.filter(verb="conference.adopt").count() == 0


def test_adoption_is_refused_while_a_sheet_is_not_verified(world: World) -> None:
    ready(world)
    Sheet.objects.filter(unit=unit(world, 3)).update(state=Sheet.State.SUBMITTED)
    meet(world)
    with pytest.raises(Refused) as refused:
        adopt_scores(world.head, bloc_year=world.bloc_year)

    assert rule_ids(refused) == ["ADOPT-2"]


def test_adoption_is_refused_while_a_member_has_no_sheet(world: World) -> None:
    sheets = ready(world)
    Entry.objects.filter(sheet=sheets[3]).delete()
    sheets[3].delete()
    meet(world)
    with pytest.raises(Refused) as refused:
        adopt_scores(world.head, bloc_year=world.bloc_year)

    assert [(one.rule_id, one.words) for one in refused.value.findings] == [
        ("ADOPT-4", "Sở Số 3: chưa có bảng điểm.")
    ]


def test_a_unit_recorded_as_not_ranked_holds_up_nothing_and_takes_no_place(world: World) -> None:
    ready(world)
    Entry.objects.filter(sheet__unit=unit(world, 1), code="I.2").delete()
    meet(world)
    mark_not_ranked(
        world.head,
        bloc_year=world.bloc_year,
        unit=unit(world, 1),
        reason="Chưa đủ 12 tháng",
    )
    snapshot = snapshot_of(adopt_scores(world.head, bloc_year=world.bloc_year))

    assert [(row.name, row.rank) for row in snapshot.ranking] == [
        ("Sở Số 2", 1),
        ("Sở Số 3", 2),
        ("Sở Số 1", None),
    ]
    assert snapshot.ranking[2].why_not_ranked == "Chưa đủ 12 tháng"
    assert snapshot.ranking[2].total is None


def test_the_place_of_a_unit_left_out_goes_to_the_next_even_when_its_total_is_best(
    world: World,
) -> None:
    ready(world)
    meet(world)
    mark_not_ranked(world.head, bloc_year=world.bloc_year, unit=unit(world, 1), reason="Kỷ luật")
    snapshot = snapshot_of(adopt_scores(world.head, bloc_year=world.bloc_year))

    assert [(row.name, row.rank) for row in snapshot.ranking] == [
        ("Sở Số 2", 1),
        ("Sở Số 3", 2),
        ("Sở Số 1", None),
    ]
    assert result_text(snapshot.ranking[2].total or Fraction(0)) == TOTALS[1]


def test_not_ranked_needs_a_reason_and_can_be_taken_back(world: World) -> None:
    ready(world)
    with pytest.raises(Refused) as refused:
        mark_not_ranked(world.head, bloc_year=world.bloc_year, unit=unit(world, 1), reason=" ")
    mark_not_ranked(world.head, bloc_year=world.bloc_year, unit=unit(world, 1), reason="Một")
    mark_not_ranked(world.head, bloc_year=world.bloc_year, unit=unit(world, 1), reason="Hai")
    assert [row.reason for row in NotRanked.objects.all()] == ["Hai"]
    rank_after_all(world.head, bloc_year=world.bloc_year, unit=unit(world, 1))

    assert rule_ids(refused) == ["UNRANKED-1"]
    assert NotRanked.objects.count() == 0


def test_a_unit_of_another_bloc_cannot_be_left_out(world: World) -> None:
    neighbour = Membership.objects.filter(bloc_year=world.other_year).first()
    assert neighbour is not None
    with pytest.raises(Refused) as refused:
        mark_not_ranked(world.head, bloc_year=world.bloc_year, unit=neighbour.unit, reason="Lý do")

    assert rule_ids(refused) == ["UNRANKED-2"]


def test_a_tie_is_decided_by_the_first_group_and_says_so(world: World) -> None:
    # both 95.0; unit 1 has 57.0 on I, unit 2 has 56.0
    rows = {
        **ROWS,
        1: ("90", "30", "18", "0", "0", "0", "0"),
        2: ("100", "26", "19", "0", "0", "0", "0"),
    }
    snapshot = snapshot_of(adopted(world, rows))

    assert [(row.name, row.rank) for row in snapshot.ranking][:2] == [
        ("Sở Số 1", 1),
        ("Sở Số 2", 2),
    ]
    assert snapshot.lead == 0
    assert "Bằng 95,0 với Sở Số 2" in snapshot.ranking[0].decided
    assert "57 so với 56" in snapshot.ranking[0].decided


def test_equal_units_share_a_place_and_the_next_is_third(world: World) -> None:
    rows = {**ROWS, 2: ROWS[1]}
    snapshot = snapshot_of(adopted(world, rows))

    assert [row.rank for row in snapshot.ranking] == [1, 1, 3]


def test_a_gate_is_kept_with_the_unit(world: World) -> None:
    sheets = ready(world)
    Sheet.objects.filter(pk=sheets[1].pk).update(fields={"ky_luat": True})
    meet(world)
    snapshot = snapshot_of(adopt_scores(world.head, bloc_year=world.bloc_year))

    assert [(gate.code, gate.state) for gate in snapshot.ranking[0].gates] == [("G1", "hit")]
    assert snapshot.ranking[0].rank == 1
    assert not snapshot.ranking[0].considered


def test_a_line_decided_by_the_conference_is_a_deviation_with_its_reason(world: World) -> None:
    ready(world)
    meet(world)
    decide(world, 1, "I.1", points=read_points("29"), reason="Hội nghị trừ 1 điểm")
    snapshot = snapshot_of(adopt_scores(world.head, bloc_year=world.bloc_year))

    (one,) = snapshot.deviations
    assert (one.unit_id, one.key) == (unit(world, 1).pk, "I.1")
    assert [one.computed, one.before, one.points] == [Fraction(30), Fraction(30), Fraction(29)]
    assert "Hội nghị trừ 1 điểm" in one.reason
    assert snapshot.of(unit(world, 1).pk).total == Fraction("98.5")  # type: ignore[union-attr]  # found


def test_a_correction_is_a_new_version_that_says_whose_place_moved(world: World) -> None:
    first = adopted(world)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Sai số liệu I.2")
    decide(world, 1, "I.2", inputs={"value": "20"}, reason="Sai số liệu")
    second = adopt_again(world.head, bloc_year=world.bloc_year, reason="Sai số liệu I.2")

    moves = moves_between(snapshot_of(first), snapshot_of(second))
    assert (second.version, second.reason) == (2, "Sai số liệu I.2")
    assert [move.words for move in moves] == [
        "Sở Số 2: tổng điểm giữ nguyên 95,0; từ thứ 2 thành thứ 1.",
        "Sở Số 1: tổng điểm từ 99,5 thành 92,0; từ thứ 1 thành thứ 2.",
    ]
    assert Adoption.objects.get(version=1).fingerprint == first.fingerprint
    assert first.fingerprint != second.fingerprint


def test_adopting_again_needs_an_opened_table_a_reason_and_a_difference(world: World) -> None:
    adopted(world)
    with pytest.raises(Refused) as locked:
        adopt_again(world.head, bloc_year=world.bloc_year, reason="Sửa")
    with pytest.raises(Refused) as no_reason:
        reopen_scores(world.head, bloc_year=world.bloc_year, reason="")
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Xem lại")
    with pytest.raises(Refused) as opened:
        reopen_scores(world.head, bloc_year=world.bloc_year, reason="Xem lại")
    with pytest.raises(Refused) as unchanged:
        adopt_again(world.head, bloc_year=world.bloc_year, reason="Sửa")

    assert rule_ids(locked) == ["CORRECT-1"]
    assert rule_ids(no_reason) == ["CORRECT-2"]
    assert rule_ids(opened) == ["CORRECT-1"]
    assert rule_ids(unchanged) == ["CORRECT-3"]
    assert Adoption.objects.count() == 1


@pytest.mark.parametrize("who", ["officer", "leader", "verifier", "standing"])
def test_only_the_head_adopts(world: World, who: str) -> None:
    ready(world)
    meet(world)
    for service in (adopt_scores, adopt_again, reopen_scores):
        with pytest.raises(Refused) as refused:
            service(
                getattr(world, who),
                bloc_year=world.bloc_year,
                **({} if service is adopt_scores else {"reason": "Lý do"}),
            )
        assert rule_ids(refused) == ["RIGHT-1"]


def test_a_member_that_left_before_the_day_is_shown_without_a_place(world: World) -> None:
    ready(world)
    Membership.objects.filter(unit=unit(world, 3)).update(left="2026-06-01")
    world.units = world.units[:2]
    meet(world)
    snapshot = snapshot_of(adopt_scores(world.head, bloc_year=year_of(world)))

    assert [(row.name, row.rank) for row in snapshot.ranking] == [
        ("Sở Số 1", 1),
        ("Sở Số 2", 2),
        ("Sở Số 3", None),
    ]
    assert snapshot.ranking[2].why_not_ranked == "Rời Khối từ ngày 01/06/2026"


def test_every_line_keeps_its_arithmetic(world: World) -> None:
    snapshot = snapshot_of(adopted(world))
    row = snapshot.of(unit(world, 2).pk)
    assert row is not None

    assert row.cells["II.2"].points == Fraction("18.5")
    assert [why.rule_id for why in row.cells["II.2"].whys] == ["SCORE-LEDGER"]
    assert [why.rule_id for why in row.whys if why.rule_id.startswith("RANK")] == ["RANK-1"]
    assert {line.key for line in snapshot.scales[0].lines} == set(row.cells)
    assert SCALE.count("code: ") - 4 == len(snapshot.scales[0].lines)
    assert Stage.ADOPTED.label == "Thông qua"


def test_what_is_said_of_a_place_speaks_of_the_ranked_units_alone(world: World) -> None:
    ready(world)
    meet(world)
    mark_not_ranked(world.head, bloc_year=world.bloc_year, unit=unit(world, 2), reason="Kỷ luật")
    snapshot = snapshot_of(adopt_scores(world.head, bloc_year=world.bloc_year))

    assert [(row.name, row.rank, row.decided) for row in snapshot.ranking] == [
        ("Sở Số 1", 1, "99,5, hơn Sở Số 3 15,5"),
        ("Sở Số 3", 2, "84,0, xếp cuối trong 2 đơn vị được xếp hạng"),
        ("Sở Số 2", None, ""),
    ]
    assert snapshot.lead == Fraction("15.5")


def test_a_unit_left_out_unverified_is_not_verified_by_a_reopening(world: World) -> None:
    sheet = ready(world)[3]
    Sheet.objects.filter(pk=sheet.pk).update(state=Sheet.State.SUBMITTED, verified_at=None)
    meet(world)
    third = unit(world, 3)
    mark_not_ranked(world.head, bloc_year=world.bloc_year, unit=third, reason="Chưa thẩm định")
    adopt_scores(world.head, bloc_year=world.bloc_year)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Xếp hạng lại")
    rank_after_all(world.head, bloc_year=world.bloc_year, unit=third)

    assert Sheet.objects.get(pk=sheet.pk).state == Sheet.State.SUBMITTED
    with pytest.raises(Refused) as refused:
        adopt_again(world.head, bloc_year=world.bloc_year, reason="Xếp hạng lại")
    assert rule_ids(refused) == ["ADOPT-2"]


def test_no_sheet_is_opened_beside_an_adopted_table(world: World) -> None:
    ready(world)
    late = MemberDraft(name="Sở Số 4")
    joined = join_member(
        world.standing, bloc_year=world.bloc_year, draft=late, joined=date(2026, 11, 1)
    )
    mark_not_ranked(
        world.head, bloc_year=world.bloc_year, unit=joined.unit, reason="Mới tham gia Khối"
    )
    meet(world)
    adopt_scores(world.head, bloc_year=world.bloc_year)

    with pytest.raises(Refused) as refused:
        open_sheets(world.head, bloc_year=world.bloc_year)

    assert rule_ids(refused) == ["SHEET-2"]
    assert Sheet.objects.filter(bloc_year=world.bloc_year).count() == 3
