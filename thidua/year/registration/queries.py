"""Reads of registration: one unit's draft, the bloc's table, targets by slot; constant queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from thidua.core.text import one_line
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear, Membership
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import Standing
from thidua.year.record.awards import Award
from thidua.year.record.queries import RecordRow, unit_history
from thidua.year.registration.models import (
    KeyTask,
    Registration,
    ReportedCount,
    Target,
    TitleAim,
)
from thidua.year.rulebook.queries import (
    OutlineRow,
    adopted_scales,
    choose_scale,
    core_scale,
    slots,
)

Row = TypeVar("Row", Target, TitleAim)
SENT = (Registration.State.APPROVED, Registration.State.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotLine:
    """A slot with the target bound to it; `slot` is None for one of an older version."""

    code: str
    label: str
    slot: OutlineRow | None
    target: Target | None

    @property
    def is_from_above(self) -> bool:
        """Its target is assigned, not chosen by the unit."""
        return is_from_above(self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One unit's registration with everything in it; `registration` is None before it is begun."""

    bloc_year: BlocYear
    unit_id: int
    registration: Registration | None
    slots: tuple[SlotLine, ...]
    free: tuple[Target, ...]
    titles: Mapping[Award, int | None]
    tasks: tuple[KeyTask, ...]
    made_up_titles: frozenset[Award] = frozenset()

    @property
    def state(self) -> Registration.State:
        """Where it stands."""
        row = self.registration
        return Registration.State(row.state) if row else Registration.State.DRAFT

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every target, slots first."""
        return (*(line.target for line in self.slots if line.target), *self.free)

    @property
    def assigned(self) -> tuple[Target, ...]:
        """Targets from above."""
        return tuple(one for one in self.targets if one.assigned)

    @property
    def chosen(self) -> tuple[Target, ...]:
        """The unit's own targets, slots left empty on purpose apart."""
        return tuple(one for one in self.targets if not one.assigned and not one.is_left_empty)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLine:
    """A title a unit aims for; `count` of collectives or people, None for the unit itself."""

    award: Award
    count: int | None
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One member in the bloc's table of registrations."""

    unit_id: int
    name: str
    name_synthetic: bool
    is_head: bool
    synthetic: bool  # what is registered is made up
    state: Registration.State | None
    late: bool
    sent_at: datetime | None
    assigned: int
    chosen: int
    lower: int
    key_tasks: int
    titles: tuple[TitleLine, ...]
    is_readable: bool = True  # the registration itself, to this reader

    @property
    def is_hidden(self) -> bool:
        """There is something that is not announced to this reader yet."""
        return self.state is not None and not self.is_readable

    @property
    def is_sent(self) -> bool:
        """The leader sent it to the bloc."""
        return self.state in SENT

    @property
    def state_words(self) -> str:
        """Where it stands, in words."""
        if self.state is None:
            return "Chưa đăng ký"
        return str(self.state.label) + (", gửi chậm" if self.late else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The table of the bloc: members in order, how many registered each title, reported counts."""

    rows: tuple[BoardRow, ...]
    counts: Mapping[Award, int]
    reported: tuple[ReportedCount, ...] = field(default=())

    @property
    def sent(self) -> int:
        """How many registrations were sent to the bloc."""
        return sum(1 for row in self.rows if row.is_sent)

    @property
    def accepted(self) -> int:
        """How many the head has taken."""
        return sum(1 for row in self.rows if row.state == Registration.State.ACCEPTED)

    @property
    def all_accepted(self) -> bool:
        """Whether nothing is open any more, so that the deadline presses nobody."""
        return bool(self.rows) and self.accepted == len(self.rows)


def is_from_above(label: str) -> bool:
    """Whether a slot's label says that its target is assigned: "Chỉ tiêu 1, HĐND tỉnh giao".

    The format only marks a line as a slot (FORMAT section 5, slot); who fills it, the label says.
    """
    words = one_line(label).casefold()
    if not words.startswith("chỉ tiêu") or "không được giao" in words:
        return False
    return "được giao" in words or words.endswith(" giao")


def may_read(standing: Standing, unit_id: int, state: Registration.State | None) -> bool:
    """Own unit, head, deputy, assigned checkers, standing office; every member once accepted."""
    if standing.actor.is_standing or standing.head or standing.deputy:
        return standing.insider
    own = standing.member and standing.actor.unit_id == unit_id
    if own or unit_id in standing.checks:
        return True
    return standing.member and state == Registration.State.ACCEPTED


def announced(board: Board, standing: Standing) -> Board:
    """The table as this reader may see it: what is not announced yet keeps only its state."""
    return replace(board, rows=tuple(_announced(row, standing) for row in board.rows))


def _announced(row: BoardRow, standing: Standing) -> BoardRow:
    if may_read(standing, row.unit_id, row.state):
        return row
    return replace(row, is_readable=False, titles=(), assigned=0, chosen=0, lower=0, key_tasks=0)


def unregistered(bloc_year: BlocYear) -> tuple[str, ...]:
    """The members whose leader has sent no registration to the bloc, in order (four queries)."""
    sent = Registration.objects.filter(bloc_year=bloc_year, state__in=SENT)
    known = set(sent.values_list("unit_id", flat=True))
    return tuple(one.name for one in members(bloc_year) if one.unit_id not in known)


def slots_by_unit(bloc_year: BlocYear) -> dict[int, tuple[OutlineRow, ...]]:
    """The slots of each member's scale (two queries)."""
    adopted = adopted_scales(bloc_year)
    made: dict[int, tuple[OutlineRow, ...]] = {}
    found: dict[int, tuple[OutlineRow, ...]] = {}
    kinds = Membership.objects.filter(bloc_year=bloc_year).values_list("unit_id", "kind")
    for unit_id, kind in kinds:
        scale = choose_scale(adopted, kind)
        if scale is not None and scale.pk not in made:
            made[scale.pk] = slots(core_scale(scale))
        found[unit_id] = made[scale.pk] if scale is not None else ()
    return found


def slots_for(bloc_year: BlocYear, unit_id: int) -> tuple[OutlineRow, ...]:
    """The slots that a unit fills."""
    return slots_by_unit(bloc_year).get(unit_id, ())


def draft(bloc_year: BlocYear, unit_id: int) -> Draft:
    """One unit's registration (six queries)."""
    row = Registration.objects.filter(bloc_year=bloc_year, unit_id=unit_id).first()
    if row is None:
        return _draft(bloc_year, unit_id, None)
    row.bloc_year = bloc_year
    return draft_of(row)


def draft_of(row: Registration) -> Draft:
    """Everything in a registration (five queries)."""
    return _draft(row.bloc_year, row.unit_id, row)


def _draft(bloc_year: BlocYear, unit_id: int, row: Registration | None) -> Draft:
    targets: Sequence[Target] = ()
    aims: Sequence[TitleAim] = ()
    tasks: Sequence[KeyTask] = ()
    if row is not None:
        targets = list(Target.objects.filter(registration=row).order_by("order", "id"))
        aims = list(TitleAim.objects.filter(registration=row))
        tasks = list(KeyTask.objects.filter(registration=row).order_by("order"))
    return Draft(
        bloc_year=bloc_year,
        unit_id=unit_id,
        registration=row,
        slots=_slot_lines(slots_for(bloc_year, unit_id), targets),
        free=tuple(one for one in targets if not one.code),
        titles=_in_order({Award(one.award): one.count for one in aims}),
        tasks=tuple(tasks),
        made_up_titles=frozenset(Award(one.award) for one in aims if one.synthetic),
    )


def _slot_lines(rows: Sequence[OutlineRow], targets: Sequence[Target]) -> tuple[SlotLine, ...]:
    held = {one.code: one for one in targets if one.code}
    lines = [
        SlotLine(code=row.code, label=row.label, slot=row, target=held.pop(row.code, None))
        for row in rows
    ]
    gone = "Ô không còn trong thang điểm đang áp dụng"
    return (
        *lines,
        *(SlotLine(code=code, label=gone, slot=None, target=one) for code, one in held.items()),
    )


def _in_order(titles: Mapping[Award, int | None]) -> dict[Award, int | None]:
    return {award: titles[award] for award in Award if award in titles}


def last_year_of(bloc_year: BlocYear, unit: Unit) -> RecordRow | None:
    """What the record keeps of the unit for the year before (two queries)."""
    before = bloc_year.year - 1
    return next((row for row in unit_history(unit) if row.year == before), None)


def slot_targets(bloc_year: BlocYear) -> dict[int, dict[str, Target]]:
    """The target of each unit in each slot, whatever the state of the registration (one query)."""
    found: dict[int, dict[str, Target]] = defaultdict(dict)
    rows = Target.objects.filter(registration__bloc_year=bloc_year).exclude(code="")
    for row in rows.select_related("registration"):
        found[row.registration.unit_id][row.code] = row
    return dict(found)


def targets_in_force(bloc_year: BlocYear) -> dict[int, dict[str, Target]]:
    """The targets a unit is scored against, by slot (one query).

    What was assigned from above holds at once; what the unit chose holds when its leader has
    approved it. A draft scores nobody.
    """
    sent = (Registration.State.APPROVED, Registration.State.ACCEPTED)
    return {
        unit_id: kept
        for unit_id, slots in slot_targets(bloc_year).items()
        if (
            kept := {
                code: target
                for code, target in slots.items()
                if target.assigned or target.registration.state in sent
            }
        )
    }


def registration_board(bloc_year: BlocYear) -> Board:
    """Every member's registration and the counts per title (eight queries).

    Counts speak of registrations sent to the bloc; reported counts stand beside them, never added.
    """
    rows = {one.unit_id: one for one in Registration.objects.filter(bloc_year=bloc_year)}
    within = {"registration__bloc_year": bloc_year}
    targets = _by_registration(Target.objects.filter(**within))
    aims = _by_registration(TitleAim.objects.filter(**within))
    tasks = Counter(KeyTask.objects.filter(**within).values_list("registration_id", flat=True))
    board_rows = []
    for member in members(bloc_year):
        one = rows.get(member.unit_id)
        key = one.pk if one else 0
        own = targets.get(key, [])
        board_rows.append(
            BoardRow(
                unit_id=member.unit_id,
                name=member.name,
                is_head=member.is_head,
                name_synthetic=member.synthetic,
                synthetic=bool(one and one.synthetic),
                state=Registration.State(one.state) if one else None,
                late=bool(one and one.late),
                sent_at=one.approved_at if one else None,
                assigned=sum(1 for target in own if target.assigned),
                chosen=sum(1 for t in own if not t.assigned and not t.is_left_empty),
                lower=sum(1 for target in own if target.is_lower),
                key_tasks=tasks.get(key, 0),
                titles=_titles(aims.get(key, [])),
            )
        )
    return Board(
        rows=tuple(board_rows),
        counts=_counts(board_rows),
        reported=tuple(ReportedCount.objects.filter(bloc_year=bloc_year)),
    )


def _by_registration(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.registration_id].append(row)
    return found


def _titles(aims: Sequence[TitleAim]) -> tuple[TitleLine, ...]:
    found = _in_order({Award(one.award): one.count for one in aims})
    made_up = {Award(one.award) for one in aims if one.synthetic}
    return tuple(
        TitleLine(award=award, count=count, synthetic=award in made_up)
        for award, count in found.items()
    )


def _counts(rows: Sequence[BoardRow]) -> dict[Award, int]:
    found = Counter(title.award for row in rows if row.is_sent for title in row.titles)
    return {award: found[award] for award in Award if award in found}
