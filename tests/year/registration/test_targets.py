"""Targets: the unit's own in slots and outside, those from above; all or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import World
from tests.year.rulebook.samples import adopt
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.year.bloc.models import BlocYear
from thidua.year.registration.models import Registration, Target
from thidua.year.registration.queries import draft, slot_targets, targets_in_force
from thidua.year.registration.services import (
    AssignedTarget,
    Assignment,
    TargetInput,
    assign_targets,
    save_targets,
    submit_registration,
)

BY = Assignment(document_number="20/NQ-HĐND", document_date=date(2025, 12, 9), clause="mục 4.2")
OWN = TargetInput(code="I.2", name="Đơn đăng ký bảo hộ", measure="đơn", value=100_000)


@pytest.fixture(autouse=True)
def scale(world: World) -> None:
    adopt(world)


def save(world: World, *targets: TargetInput, version: int | None = None) -> Registration:
    return save_targets(
        world.officer,
        bloc_year=world.bloc_year,
        unit=world.units[1],
        targets=targets,
        version=version,
    )


def assign(world: World, *, code: str = "I.1", value: int | None = 80_000, unit: int = 1) -> None:
    target = AssignedTarget(
        unit_id=world.units[unit].pk, code=code, name="Nghiệm thu", measure="%", value=value
    )
    assign_targets(world.standing, bloc_year=world.bloc_year, assignment=BY, targets=[target])


def refusals(world: World, *targets: TargetInput) -> list[tuple[str, str]]:
    before = (Registration.objects.count(), Target.objects.count(), Event.objects.count())
    with pytest.raises(Refused) as caught:
        save(world, *targets)
    assert (Registration.objects.count(), Target.objects.count(), Event.objects.count()) == before
    return [(one.rule_id, one.words) for one in caught.value.findings]


def test_a_unit_binds_its_targets_to_the_slots_of_the_scale(world: World) -> None:
    save(world, OWN, TargetInput(name="Giới thiệu điển hình", wording="ít nhất mỗi quý một"))

    found = draft(world.bloc_year, world.units[1].pk)
    assert [(line.code, line.target and line.target.name) for line in found.slots] == [
        ("I.1", None),
        ("I.2", "Đơn đăng ký bảo hộ"),
    ]
    assert [(one.name, one.wording) for one in found.free] == [
        ("Giới thiệu điển hình", "ít nhất mỗi quý một")
    ]


def test_saving_again_replaces_the_list_and_keeps_unchanged_rows(world: World) -> None:
    save(world, OWN, TargetInput(name="Bỏ sau", value=1000))
    kept = Target.objects.get(code="I.2").pk

    save(world, OWN)

    assert list(Target.objects.values_list("pk", flat=True)) == [kept]


def test_what_is_assigned_is_mandatory_and_cites_its_document(world: World) -> None:
    assign(world)

    target = slot_targets(world.bloc_year)[world.units[1].pk]["I.1"]
    assert (target.assigned, target.value, target.document_number, target.clause) == (
        True,
        80_000,
        "20/NQ-HĐND",
        "mục 4.2",
    )
    assert refusals(world, TargetInput(code="I.1", name="Khác", value=1000)) == [
        ("REG-6", "Ô I.1 do cấp trên giao, đơn vị không sửa. Cơ quan thường trực sửa được.")
    ]


def test_the_unit_writes_last_year_beside_an_assigned_target(world: World) -> None:
    assign(world)

    save(world, TargetInput(code="I.1", last_year=75_000))

    target = Target.objects.get()
    assert (target.value, target.last_year, target.assigned) == (80_000, 75_000, True)


def test_assigning_over_a_chosen_target_moves_it_outside_the_slots(world: World) -> None:
    save(world, OWN)

    assign(world, code="I.2")

    found = draft(world.bloc_year, world.units[1].pk)
    assert [one.name for one in found.free] == ["Đơn đăng ký bảo hộ"]
    assert [line.target and line.target.assigned for line in found.slots] == [None, True]


def test_an_assignment_can_be_taken_back(world: World) -> None:
    assign(world)
    assign(world, value=None)

    assert Target.objects.count() == 0


def test_only_the_standing_office_of_the_jurisdiction_assigns(world: World) -> None:
    target = AssignedTarget(unit_id=world.units[1].pk, code="I.1", value=1000)
    for actor in (world.head, world.leader, world.officer, world.neighbour, world.stranger):
        with pytest.raises(Refused) as caught:
            assign_targets(actor, bloc_year=world.bloc_year, assignment=BY, targets=[target])
        assert caught.value.findings[0].rule_id == "RIGHT-1"


@pytest.mark.parametrize(
    ("target", "rule"),
    [
        (AssignedTarget(unit_id=0, code="I.1", value=1000), "REG-13"),
        (AssignedTarget(unit_id=-1, code="X.9", value=1000), "REG-3"),
        (AssignedTarget(unit_id=-1, code="I.1", value=-1), "REG-5"),
        (AssignedTarget(unit_id=-1, code="I.1", value=10**30), "REG-5"),
        (AssignedTarget(unit_id=-1, code="I.1", value=1000, name="d" * 401), "TEXT-2"),
    ],
)
def test_a_wrong_place_assigns_nothing_at_all(
    world: World, target: AssignedTarget, rule: str
) -> None:
    from dataclasses import replace

    unit = world.units[1].pk
    wrong = replace(target, unit_id=unit) if target.unit_id < 0 else target
    good = AssignedTarget(unit_id=unit, code="I.2", value=1000)

    with pytest.raises(Refused) as caught:
        assign_targets(
            world.standing, bloc_year=world.bloc_year, assignment=BY, targets=[good, wrong]
        )

    assert [finding.rule_id for finding in caught.value.findings] == [rule]
    assert Target.objects.count() == 0


def test_an_assignment_names_its_document_or_clause(world: World) -> None:
    target = AssignedTarget(unit_id=world.units[1].pk, code="I.1", value=1000)

    with pytest.raises(Refused) as caught:
        assign_targets(
            world.standing,
            bloc_year=world.bloc_year,
            assignment=Assignment(),
            targets=[target],
        )

    assert caught.value.findings[0].rule_id == "REG-17"


def test_a_target_for_an_unknown_slot_is_refused(world: World) -> None:
    assert refusals(world, TargetInput(code="X.9", name="Lạ", value=1000)) == [
        ("REG-3", "Thang điểm đang áp dụng không có ô X.9.")
    ]


def test_two_targets_for_one_slot_are_refused(world: World) -> None:
    assert refusals(world, OWN, OWN) == [("REG-4", "Ô I.2 có hai chỉ tiêu. Giữ một.")]


def test_negative_and_endless_figures_are_refused_together(world: World) -> None:
    wrong = (
        TargetInput(code="I.1", name="Âm", value=-1),
        TargetInput(code="I.2", name="Lớn", value=10**30),
        TargetInput(name="Năm trước", value=1, last_year=-5),
    )
    assert refusals(world, *wrong) == [
        ("REG-5", "Chỉ tiêu không được âm. Nhập từ 0 trở lên."),
        ("REG-5", "Chỉ tiêu lớn quá. Phần nguyên nhiều nhất 15 chữ số."),
        ("REG-5", "Kết quả năm trước không được âm. Nhập từ 0 trở lên."),
    ]


def test_a_target_has_a_name_and_a_figure_or_words(world: World) -> None:
    assert refusals(world, TargetInput(code="I.1", value=1000), TargetInput(name="Chỉ có tên")) == [
        ("REG-7", "Ghi tên chỉ tiêu ở ô I.1."),
        ("REG-7", "Ghi số hoặc lời của chỉ tiêu “Chỉ có tên”."),
    ]


def test_a_registration_has_sixty_targets_at_most(world: World) -> None:
    many = [TargetInput(name=f"Chỉ tiêu {number}", value=1000) for number in range(1, 62)]
    assert refusals(world, *many) == [("REG-15", "Ghi nhiều nhất 60 chỉ tiêu.")]

    save(world, *many[:60])
    assert Target.objects.count() == 60


def test_texts_beyond_their_column_and_nul_are_refused(world: World) -> None:
    assert [rule for rule, _words in refusals(world, TargetInput(name="d" * 401, value=1))] == [
        "TEXT-2"
    ]
    assert [rule for rule, _words in refusals(world, TargetInput(name="a\x00", value=1))] == [
        "TEXT-3"
    ]


def test_the_second_of_two_editors_is_told_before_replacing(world: World) -> None:
    first = save(world, OWN, version=0)

    with pytest.raises(Refused) as caught:
        save(world, version=0)

    assert caught.value.findings[0].rule_id == "REG-2"
    assert Target.objects.count() == 1
    assert save(world, version=first.version).version == first.version + 1


def test_a_repeated_request_saves_once(world: World) -> None:
    for _ in range(2):
        save_targets(
            world.officer,
            bloc_year=world.bloc_year,
            unit=world.units[1],
            targets=[OWN],
            request_id="r-1",
        )

    assert Registration.objects.get().version == 1


def test_only_staff_of_the_unit_write_its_targets(world: World) -> None:
    for actor in (
        world.head,
        world.third,
        world.verifier,
        world.standing,
        world.neighbour,
        world.stranger,
    ):
        with pytest.raises(Refused) as caught:
            save_targets(actor, bloc_year=world.bloc_year, unit=world.units[1], targets=[OWN])
        assert caught.value.findings[0].rule_id == "RIGHT-1"
    assert Registration.objects.count() == 0


def test_a_submitted_registration_no_longer_changes(world: World) -> None:
    row = save(world, OWN, TargetInput(code="I.1", reason="Không được giao chỉ tiêu"))
    submit_registration(world.officer, registration=row)

    assert refusals(world, OWN) == [
        (
            "REG-1",
            "Bản đăng ký đang chờ lãnh đạo đơn vị duyệt. Lãnh đạo trả lại thì sửa được.",
        )
    ]


def test_a_closed_year_changes_no_more(world: World) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=clock.now())

    assert [rule for rule, _words in refusals(world, OWN)] == ["YEAR-1"]


def test_without_a_scale_targets_stand_outside_the_slots(world: World) -> None:
    assert world.other_year is not None
    unit = world.other_year.memberships.order_by("order")[0].unit

    row = save_targets(
        world.neighbour,
        bloc_year=world.other_year,
        unit=unit,
        targets=[
            TargetInput(name="Tập thể lao động tiên tiến trở lên", measure="%", value=100_000)
        ],
    )

    assert [one.name for one in draft(world.other_year, unit.pk).free] == [
        "Tập thể lao động tiên tiến trở lên"
    ]
    assert row.unit_id == unit.pk


def test_a_target_chosen_in_a_draft_scores_nobody_until_the_leader_approved_it(
    world: World,
) -> None:
    unit = world.units[1]
    row = Registration.objects.create(
        jurisdiction=world.jurisdiction, bloc_year=world.bloc_year, unit=unit
    )
    for code, is_assigned in (("I.1", True), ("I.3", False)):
        Target.objects.create(
            jurisdiction=world.jurisdiction,
            registration=row,
            code=code,
            name="Chỉ tiêu",
            value=1000,
            assigned=is_assigned,
        )
    assert set(targets_in_force(world.bloc_year)[unit.pk]) == {"I.1"}

    Registration.objects.filter(pk=row.pk).update(state=Registration.State.APPROVED)
    assert set(targets_in_force(world.bloc_year)[unit.pk]) == {"I.1", "I.3"}
