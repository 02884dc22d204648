"""A bloc-year opens from its decision: 2 to 20 members in order, head, deputy, period."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.build import World
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.verify import verify_all
from thidua.registry.models import Unit
from thidua.registry.services import add_unit
from thidua.year.bloc.models import Bloc, BlocYear, Membership, Office
from thidua.year.bloc.queries import members, offices
from thidua.year.bloc.services import (
    Details,
    Founding,
    MemberDraft,
    correct_founding,
    found_bloc_year,
)

TODAY = datetime(2026, 3, 10, 9, 0, tzinfo=clock.LOCAL)
DETAILS = Details(
    starts=date(2026, 1, 1),
    ends=date(2026, 12, 31),
    number="Quyết định số 05/QĐ-UBND",
    day=date(2025, 12, 20),
    council_member="Phó Chủ tịch Hội đồng",
)


def founding(*names: str, **changes: object) -> Founding:
    plain = Founding(
        name="Khối thi đua Văn hóa - Xã hội",
        year=2026,
        details=DETAILS,
        members=[MemberDraft(name=name) for name in names],
        head=1,
        deputy=2,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a shorthand of the tests


def found(world: World, plain: Founding, **more: str) -> BlocYear:
    with clock.at(TODAY):
        return found_bloc_year(world.standing, founding=plain, **more)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.rule_id for finding in refused.value.findings]


def test_one_decision_opens_the_whole_year(world: World) -> None:
    year = found(world, founding("Sở Y tế", "Sở Tài chính", "Ban Dân tộc"))

    with clock.at(TODAY):
        seated = [(one.name, one.order, one.is_head, one.is_deputy) for one in members(year)]
    assert seated == [
        ("Sở Y tế", 1, True, False),
        ("Sở Tài chính", 2, False, True),
        ("Ban Dân tộc", 3, False, False),
    ]
    assert (year.founding_number, year.council_member) == (DETAILS.number, DETAILS.council_member)
    assert [(one.kind, one.starts, one.basis) for one in offices(year)] == [
        ("head", date(2025, 12, 20), DETAILS.number),
        ("deputy", date(2025, 12, 20), DETAILS.number),
    ]
    assert [event.subject for event in Event.objects.filter(chain=chain.of_year(year.pk))] == [
        "Lập Khối thi đua Văn hóa - Xã hội, năm 2026 với 3 đơn vị theo Quyết định số 05/QĐ-UBND"
    ]
    assert verify_all() == []


def test_a_double_click_founds_one_year(world: World) -> None:
    plain = founding("Sở Y tế", "Sở Tài chính")
    first = found(world, plain, request_id="r-1")
    assert found(world, plain, request_id="r-1").pk == first.pk
    assert Bloc.objects.filter(name=plain.name).count() == 1


def test_known_units_are_used_and_new_ones_recorded(world: World) -> None:
    typed = unicodedata.normalize("NFD", "sở số 1")
    year = found(world, founding(typed, "Ban Dân tộc"))
    units = [row.unit for row in Membership.objects.filter(bloc_year=year).order_by("order")]
    assert units[0] == world.units[0]
    assert units[1].name == "Ban Dân tộc"
    assert Unit.objects.filter(name="Sở Số 1").count() == 1


def test_a_name_that_two_units_bear_must_be_chosen(world: World) -> None:
    first = add_unit(world.standing, name="Ban Dân tộc")
    add_unit(world.standing, name="Ban Dân tộc")
    with pytest.raises(Refused) as refused:
        found(world, founding("Ban Dân tộc", "Sở Y tế"))
    assert rules(refused) == ["BLOC-6"]

    chosen = [MemberDraft(unit=first), MemberDraft(name="Sở Y tế")]
    year = found(world, founding(members=chosen))
    assert year.memberships.get(order=1).unit == first


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Khối cần ít nhất 2 đơn vị, đang có 0."),
        (1, "Khối cần ít nhất 2 đơn vị, đang có 1."),
        (21, "Khối có nhiều nhất 20 đơn vị, đang có 21."),
    ],
)
def test_a_bloc_outside_two_to_twenty_units_is_refused(
    world: World, count: int, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        found(world, founding(*[f"Xã {n}" for n in range(count)], head=None, deputy=None))
    assert [(finding.rule_id, finding.words) for finding in refused.value.findings] == [
        ("BLOC-1", words)
    ]


@pytest.mark.parametrize("count", [2, 20])
def test_two_and_twenty_units_are_a_bloc(world: World, count: int) -> None:
    year = found(world, founding(*[f"Xã {n}" for n in range(count)]))
    assert len(members(year)) == count


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"head": 1, "deputy": 1}, "OFFICE-2"),
        ({"head": 3}, "OFFICE-1"),
        ({"head": 0}, "OFFICE-1"),
        ({"year": 1900}, "BLOC-5"),
        ({"year": 2030}, "BLOC-5"),
        ({"name": " "}, "TEXT-1"),
        ({"details": replace(DETAILS, day=date(2026, 3, 11))}, "BLOC-4"),
        ({"details": replace(DETAILS, ends=date(2026, 1, 1))}, "BLOC-5"),
        ({"details": replace(DETAILS, ends=date(2029, 1, 1))}, "BLOC-5"),
        ({"members": [MemberDraft(name="Sở Y tế"), MemberDraft(name="Sở  Y tế")]}, "BLOC-2"),
        ({"members": [MemberDraft(name="Sở Y tế"), MemberDraft(name=" ")]}, "TEXT-1"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_whole(
    world: World, changes: dict[str, object], rule: str
) -> None:
    units = Unit.objects.count()
    with pytest.raises(Refused) as refused:
        found(world, founding("Sở Y tế", "Sở Tài chính", **changes))
    assert rules(refused) == [rule]
    assert (Unit.objects.count(), Event.objects.count()) == (units, 0)


def test_a_bloc_has_each_year_once_and_takes_another_year(world: World) -> None:
    first = found(world, founding("Sở Y tế", "Sở Tài chính"))
    with pytest.raises(Refused) as refused:
        found(world, founding("Sở Y tế", "Sở Tài chính"))
    assert rules(refused) == ["BLOC-3"]

    details = replace(DETAILS, starts=date(2027, 1, 1), ends=date(2027, 12, 31))
    second = found(world, founding("Sở Y tế", "Sở Tài chính", year=2027, details=details))
    assert second.bloc_id == first.bloc_id


@pytest.mark.parametrize("role", ["officer", "leader", "head", "administrator"])
def test_only_the_standing_office_founds(world: World, role: str) -> None:
    with pytest.raises(Refused) as refused:
        found_bloc_year(world.actors[role], founding=founding("Sở Y tế", "Sở Tài chính"))
    assert rules(refused) == ["RIGHT-1"]


def test_the_head_can_prepare_a_year_that_has_not_begun(world: World) -> None:
    details = replace(DETAILS, starts=date(2027, 1, 1), ends=date(2027, 12, 31))
    year = found(world, founding("Sở Y tế", "Sở Tài chính", year=2027, details=details))
    assert Office.objects.get(bloc_year=year, kind="head").held_on(date(2026, 3, 10))


def test_made_up_values_stay_marked(world: World) -> None:
    chosen = [MemberDraft(name="Sở Mẫu A", synthetic=True), MemberDraft(name="Sở Y tế")]
    year = found(world, founding(members=chosen, synthetic=True))
    assert (year.synthetic, year.bloc.synthetic) == (True, True)
    assert [one.synthetic for one in members(year)] == [True, False]
    assert Unit.objects.get(name="Sở Mẫu A").synthetic


def test_the_standing_office_corrects_the_document(world: World) -> None:
    details = replace(DETAILS, number="Quyết định số 06/QĐ-UBND")
    with clock.at(TODAY):
        year = correct_founding(world.standing, bloc_year=world.bloc_year, details=details)
    assert year.founding_number == "Quyết định số 06/QĐ-UBND"


def test_a_closed_year_stays_as_it_is(world: World) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=TODAY)
    with pytest.raises(Refused) as refused:
        correct_founding(world.standing, bloc_year=world.bloc_year, details=DETAILS)
    assert rules(refused) == ["YEAR-1"]
