"""Builds the world that database tests play in, directly with models, without services.

Actors (tests/README of names): ``officer``, ``leader``, ``head``, ``verifier``, ``standing``,
``administrator`` of the first bloc; ``neighbour`` of another bloc; ``stranger`` of elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.registry.actor import Actor, actor_of
from thidua.registry.models import Jurisdiction, Person, Position, Role, Unit, UnitName
from thidua.year.bloc.models import Bloc, BlocYear, Checker, Membership, Office, Window

PASSWORD = "mot cau ngan de nho"
START = date(2000, 1, 1)


@dataclass
class World:
    """What the tests need at hand."""

    jurisdiction: Jurisdiction
    bloc_year: BlocYear
    units: list[Unit]
    actors: dict[str, Actor] = field(default_factory=dict)
    other_year: BlocYear | None = None  # another bloc of the same province
    foreign_year: BlocYear | None = None  # a bloc of another province

    def __getattr__(self, name: str) -> Actor:
        try:
            actor: Actor = self.__dict__["actors"][name]
        except KeyError:
            raise AttributeError(name) from None
        return actor


def make_jurisdiction(name: str) -> Jurisdiction:
    """A province of the tests."""
    return Jurisdiction.objects.create(
        name=name, place=name.removeprefix("Tỉnh "), standing_office=f"Phòng Thi đua, {name}"
    )


def make_unit(jurisdiction: Jurisdiction, name: str) -> Unit:
    """A unit with its one name."""
    unit = Unit.objects.create(jurisdiction=jurisdiction, name=name, search=name.lower())
    UnitName.objects.create(jurisdiction=jurisdiction, unit=unit, name=name)
    return unit


def make_actor(
    jurisdiction: Jurisdiction, role: Role, unit: Unit | None, *, email: str = ""
) -> Actor:
    """A person in one position; with an address they can also log in."""
    account = Account.objects.create_user(email, PASSWORD) if email else None
    person = Person.objects.create(
        jurisdiction=jurisdiction, full_name=f"{role.label} {unit or ''}", account=account
    )
    position = Position.objects.create(
        jurisdiction=jurisdiction, person=person, unit=unit, role=role, starts=START
    )
    return actor_of(position)


def make_bloc_year(
    jurisdiction: Jurisdiction, name: str, unit_names: list[str], *, year: int = 2026
) -> tuple[BlocYear, list[Unit]]:
    """A bloc-year whose windows are all open; the first unit is head, the second deputy."""
    bloc = Bloc.objects.create(jurisdiction=jurisdiction, name=name)
    bloc_year = BlocYear.objects.create(
        jurisdiction=jurisdiction,
        bloc=bloc,
        year=year,
        starts=date(year, 1, 1),
        ends=date(year, 12, 31),
    )
    units = [make_unit(jurisdiction, unit_name) for unit_name in unit_names]
    for order, unit in enumerate(units, 1):
        Membership.objects.create(
            jurisdiction=jurisdiction,
            bloc_year=bloc_year,
            unit=unit,
            order=order,
            joined=date(year, 1, 1),
        )
    for kind, unit in zip((Office.Kind.HEAD, Office.Kind.DEPUTY), units, strict=False):
        Office.objects.create(
            jurisdiction=jurisdiction, bloc_year=bloc_year, kind=kind, unit=unit, starts=START
        )
    now = clock.now()
    for deed in Window.Deed:
        Window.objects.create(
            jurisdiction=jurisdiction,
            bloc_year=bloc_year,
            deed=deed,
            opens=now.replace(year=now.year - 1, day=1),
            closes=now.replace(year=now.year + 1, day=1),
        )
    return bloc_year, units


def build_world(*, units: int = 3) -> World:
    """The standard world; unit 3 verifies unit 2."""
    province = make_jurisdiction("Tỉnh Mẫu Một")
    names = [f"Sở Số {number}" for number in range(1, units + 1)]
    bloc_year, members = make_bloc_year(province, "Khối thi đua số 1", names)
    world = World(province, bloc_year, members)
    head, own = members[0], members[1]
    world.actors = {
        "officer": make_actor(province, Role.OFFICER, own, email="officer@mau.vn"),
        "leader": make_actor(province, Role.LEADER, own, email="leader@mau.vn"),
        "head": make_actor(province, Role.LEADER, head, email="head@mau.vn"),
        "standing": make_actor(province, Role.STANDING, None, email="standing@mau.vn"),
        "administrator": make_actor(province, Role.ADMINISTRATOR, None, email="admin@mau.vn"),
    }
    if units > 2:
        world.actors["verifier"] = make_actor(
            province, Role.VERIFIER, members[2], email="verifier@mau.vn"
        )
        world.actors["third"] = make_actor(province, Role.OFFICER, members[2], email="third@mau.vn")
        Checker.objects.create(
            jurisdiction=province, bloc_year=bloc_year, unit=own, checker=members[2]
        )
    world.other_year, other_units = make_bloc_year(
        province, "Khối thi đua số 2", ["Sở Láng Giềng A", "Sở Láng Giềng B"]
    )
    world.actors["neighbour"] = make_actor(
        province, Role.LEADER, other_units[0], email="neighbour@mau.vn"
    )
    elsewhere = make_jurisdiction("Tỉnh Mẫu Hai")
    world.foreign_year, foreign_units = make_bloc_year(
        elsewhere, "Khối thi đua số 1", ["Sở Ở Xa A", "Sở Ở Xa B"]
    )
    world.actors["stranger"] = make_actor(
        elsewhere, Role.LEADER, foreign_units[0], email="stranger@mau.vn"
    )
    return world
