"""Reads of the registry: units under the names of a day, people and positions, invitations.

Pages of lists take a constant number of queries whatever the number of units and people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from thidua.core.text import fold, one_line, person_key, sort_key
from thidua.platform import clock
from thidua.platform.http.parts import MarkName
from thidua.registry.models import Invitation, Person, Position, Role, Unit, UnitName


@dataclass(frozen=True)
class UnitRow:
    """One agency in the list; `namesakes` counts the other living units of that name."""

    unit: Unit
    people: int
    namesakes: int


@dataclass(frozen=True)
class State:
    """Whether somebody can act in a position yet: mark and words."""

    mark: MarkName
    words: str


@dataclass(frozen=True)
class PositionRow:
    """A position with the state of its holder's account and the invitation that is open."""

    position: Position
    state: State
    invitation: Invitation | None
    in_force: bool

    @property
    def can_invite(self) -> bool:
        """The holder has no account and the position is not over."""
        return self.in_force and self.position.person.account_id is None


@dataclass(frozen=True)
class Group:
    """The positions of one unit; `unit` is None for the standing office."""

    name: str
    unit: Unit | None
    rows: list[PositionRow]


def names_on(unit_ids: Collection[int], *, day: date) -> dict[int, str]:
    """The name each unit bore on that day (one query); units without a record then are left out."""
    rows = UnitName.objects.filter(unit_id__in=unit_ids).order_by("unit_id", "id")
    return {row.unit_id: row.name for row in rows if row.borne_on(day)}


def find_units(search: str = "") -> list[UnitRow]:
    """Units whose present or past name holds every word, marks or not (two queries)."""
    words = fold(search).split()
    rows = Unit.objects.annotate(
        people=Count("positions__person", filter=_holding(), distinct=True)
    )
    found = [
        unit
        for unit in rows.prefetch_related("names")
        if all(word in _searchable(unit) for word in words)
    ]
    living = [unit.name for unit in found if unit.dissolved_on is None]
    ordered = sorted(found, key=lambda one: (one.dissolved_on is not None, sort_key(one.name)))
    return [UnitRow(unit, unit.people, max(0, living.count(unit.name) - 1)) for unit in ordered]


@dataclass(frozen=True)
class Staff:
    """How many people act for a unit today, and how many of them cannot log in yet."""

    people: int
    waiting: int


def staff_of(unit_ids: Collection[int]) -> dict[int, Staff]:
    """The people of each of these units (one query)."""
    today = clock.today()
    rows = Position.objects.filter(Q(ends=None) | Q(ends__gte=today), unit_id__in=unit_ids)
    people: dict[int, set[int]] = {unit_id: set() for unit_id in unit_ids}
    waiting: dict[int, set[int]] = {unit_id: set() for unit_id in unit_ids}
    for row in rows.select_related("person"):
        if row.unit_id is not None:
            people[row.unit_id].add(row.person_id)
            if row.person.account_id is None:
                waiting[row.unit_id].add(row.person_id)
    return {one: Staff(len(people[one]), len(waiting[one])) for one in unit_ids}


def addresses_of(unit_ids: Collection[int], roles: Collection[Role]) -> list[str]:
    """The mail addresses of whoever can act today in one of the roles for one of the units."""
    found = addresses_by_unit(unit_ids, roles)
    return sorted({address for of_unit in found.values() for address in of_unit})


def addresses_by_unit(unit_ids: Collection[int], roles: Collection[Role]) -> dict[int, list[str]]:
    """The same for each unit (one query)."""
    held = _able(Position.objects.filter(unit_id__in=unit_ids, role__in=list(roles)))
    found: dict[int, list[str]] = {unit_id: [] for unit_id in unit_ids}
    for unit_id, address in sorted(set(held.values_list("unit_id", "person__account__email"))):
        found[unit_id].append(address)
    return found


def office_addresses(jurisdiction_id: int) -> list[str]:
    """The mail addresses of whoever can act today for the standing office of a jurisdiction."""
    held = _able(Position.objects.filter(role=Role.STANDING, jurisdiction_id=jurisdiction_id))
    return sorted(set(held.values_list("person__account__email", flat=True)))


def _able(positions: QuerySet[Position]) -> QuerySet[Position]:
    """Those held today by somebody who can log in."""
    today = clock.today()
    held = positions.filter(starts__lte=today, person__account__is_active=True)
    return held.exclude(ends__lt=today)


def units_without_login(unit_ids: Collection[int]) -> frozenset[int]:
    """Those of the units in which nobody who holds a position today can log in (one query)."""
    today = clock.today()
    held = Position.objects.filter(Q(ends=None) | Q(ends__gte=today), starts__lte=today)
    able = held.filter(unit_id__in=unit_ids, person__account__isnull=False)
    return frozenset(unit_ids) - set(able.values_list("unit_id", flat=True))


def namesakes(name: str) -> int:
    """How many living units bear that name (one query); the form refuses a NUL byte by itself."""
    called = one_line(name).replace("\0", "")
    return Unit.objects.filter(name=called, dissolved_on=None).count()


def living_units() -> QuerySet[Unit]:
    """Units that are not dissolved as of today."""
    return Unit.objects.exclude(dissolved_on__lte=clock.today()).order_by("search", "id")


def people(roles: Iterable[Role], *, search: str = "") -> list[Group]:
    """Positions of these roles that are not over, by unit, people by given name (two queries)."""
    rows = _positions(Q(role__in=list(roles)) & (Q(ends=None) | Q(ends__gte=clock.today())))
    words = fold(search).split()
    if words:
        rows = [row for row in rows if all(word in _haystack(row.position) for word in words)]
    groups: dict[int | None, list[PositionRow]] = {}
    for row in rows:
        groups.setdefault(row.position.unit_id, []).append(row)
    made = [_group(rows) for rows in groups.values()]
    return sorted(made, key=lambda one: (one.unit is not None, sort_key(one.name)))


def positions_in(unit: Unit) -> list[PositionRow]:
    """Every position in a unit, those in force first (two queries)."""
    return _positions(Q(unit=unit))


def positions_held(person: Person, roles: Iterable[Role]) -> list[PositionRow]:
    """Every position of a person in these roles, those in force first (two queries)."""
    return _positions(Q(person=person, role__in=list(roles)))


def latest_invitations(position: Position) -> list[Invitation]:
    """The invitations to a position, newest first (one query)."""
    return list(Invitation.objects.filter(position=position))


def _holding() -> Q:
    today = clock.today()
    lasting = Q(positions__ends=None) | Q(positions__ends__gte=today)
    return Q(positions__starts__lte=today) & lasting


def _searchable(unit: Unit) -> str:
    return " ".join([unit.search, *(fold(one.name) for one in unit.names.all())])


def _haystack(position: Position) -> str:
    where = position.unit.search if position.unit else fold(position.jurisdiction.standing_office)
    return f"{fold(position.person.full_name)} {where} {fold(position.get_role_display())}"


def _positions(which: Q) -> list[PositionRow]:
    found = list(Position.objects.filter(which).select_related("person", "unit", "jurisdiction"))
    newest: dict[int, Invitation] = {}
    for invitation in Invitation.objects.filter(position__in=found).order_by("created_at", "id"):
        newest[invitation.position_id] = invitation
    today = clock.today()
    rows = [_row(position, newest.get(position.pk), today) for position in found]
    return sorted(
        rows, key=lambda row: (not row.in_force, person_key(row.position.person.full_name))
    )


def _row(position: Position, invitation: Invitation | None, today: date) -> PositionRow:
    in_force = position.ends is None or position.ends >= today
    is_open = (
        invitation is not None and not invitation.answered and clock.now() <= invitation.expires_at
    )
    return PositionRow(
        position=position,
        state=_state(position, invitation, today),
        invitation=invitation if is_open else None,
        in_force=in_force,
    )


def _state(position: Position, invitation: Invitation | None, today: date) -> State:
    if position.ends is not None and position.ends < today:
        return State("none", "Đã kết thúc")
    if position.person.account_id is not None:
        begun = position.starts <= today
        return State("done", "Đang làm việc") if begun else State("wait", "Chưa tới ngày bắt đầu")
    if invitation is None or invitation.withdrawn_at:
        return State("none", "Chưa mời")
    if invitation.declined_at:
        return State("back", "Đã trả lại lời mời")
    until = f"{invitation.expires_at.astimezone(clock.LOCAL):%d/%m/%Y}"
    if clock.now() > invitation.expires_at:
        return State("late", f"Lời mời hết hạn ngày {until}")
    return State("wait", f"Đã mời, chờ nhận tới ngày {until}")


def _group(rows: list[PositionRow]) -> Group:
    position = rows[0].position
    name = position.unit.name if position.unit else position.jurisdiction.standing_office
    return Group(name=name, unit=position.unit, rows=rows)
