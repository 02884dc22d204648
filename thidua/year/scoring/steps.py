"""Các bước chấm điểm: which stages a bloc-year uses, who works at each of them, which lines it has.

Pure apart from `read_steps`: made from the `Step` rows of a bloc-year, or the usual three steps
where there are none. `Roster` says who works on a sheet; a decision asks it anew every time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from thidua.platform import clock
from thidua.registry.models import Role
from thidua.year.bloc.models import Checker, Office, Window
from thidua.year.bloc.rights import UNIT_STAFF, Standing
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import MIDDLE, Stage, Step

STAGES = tuple(Stage)
WORKERS = (*UNIT_STAFF, Role.VERIFIER)
SHARED = (Stage.CROSS, Stage.TEAM)  # where several units may each rate a line
USUAL = {Stage.SELF: "Tự chấm", Stage.VERIFIED: "Thẩm định", Stage.ADOPTED: "Thông qua"}
SHORT = {"Cơ quan phụ trách tiêu chí": "Cơ quan phụ trách", "Cơ quan thường trực": "Thường trực"}
LOOKS = {
    Stage.SELF: "tu-cham",
    Stage.CROSS: "cheo",
    Stage.SECTOR: "phu-trach",
    Stage.TEAM: "to",
    Stage.VERIFIED: "tham-dinh",
    Stage.OFFICE: "thuong-truc",
    Stage.ADOPTED: "thong-qua",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """One step of a bloc-year; see `models.Step` for what each setting means."""

    stage: Stage
    label: str
    opens: datetime | None = None
    closes: datetime | None = None
    lines: frozenset[str] = frozenset()
    blind: bool = False
    combine: Step.Combine = Step.Combine.ONE
    team: tuple[int, ...] = ()
    owners: Mapping[str, int] = field(default_factory=dict)
    evidence: Step.Evidence = Step.Evidence.MANDATORY

    @property
    def column(self) -> str:
        """Its words over a narrow column."""
        return SHORT.get(self.label, self.label)

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return LOOKS[self.stage]

    @property
    def number_words(self) -> str:
        """How a sentence calls its number: "số tự chấm", "số của Tổ thẩm định"."""
        if self.label in (USUAL[Stage.SELF], USUAL[Stage.VERIFIED]):
            return f"số {self.label.lower()}"
        return f"số của bước {self.label}"

    @property
    def points_words(self) -> str:
        """As `number_words`, of points: "điểm tự chấm", "điểm của bước Tổ thẩm định"."""
        if self.label in (USUAL[Stage.SELF], USUAL[Stage.VERIFIED]):
            return f"điểm {self.label.lower()}"
        return f"điểm của bước {self.label}"

    @property
    def in_sentence(self) -> str:
        """Its words in the middle of a sentence."""
        return self.label[:1].lower() + self.label[1:]

    @property
    def has_raters(self) -> bool:
        """Whether several units each give a number of their own."""
        return self.combine != Step.Combine.ONE

    def covers(self, line: Line) -> bool:
        """Whether the step looks at a line; others pass through it."""
        if self.stage == Stage.SECTOR:
            return self.owner_of(line) is not None
        return not self.lines or any(code in self.lines for code in _codes(line))

    def owner_of(self, line: Line) -> int | None:
        """The unit that owns a line: named for the line itself, or for the nearest group."""
        return next((self.owners[code] for code in _codes(line) if code in self.owners), None)


def _codes(line: Line) -> list[str]:
    """The codes by which a setting may name a line: its key, its code, and its groups outward."""
    around = [key.partition("@")[0] for key in reversed(line.above)]
    return [line.key, line.code, *around]


DEFAULT = (
    StepFacts(stage=Stage.SELF, label=USUAL[Stage.SELF]),
    StepFacts(stage=Stage.VERIFIED, label=USUAL[Stage.VERIFIED]),
    StepFacts(stage=Stage.ADOPTED, label=USUAL[Stage.ADOPTED]),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long a unit is head or deputy of the bloc."""

    unit_id: int
    is_head: bool
    starts: date
    ends: date | None

    def holds(self, day: date) -> bool:
        """Whether it holds the office on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The steps of a bloc-year and who works on whose sheet at them.

    `checkers`: the units assigned to check a unit. `terms`: heads and deputies. Both are read only
    for a year that has steps of its own; the usual three ask `Standing.verifies` alone.
    """

    steps: tuple[StepFacts, ...] = DEFAULT
    own: bool = False
    checkers: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()

    @property
    def middle(self) -> tuple[StepFacts, ...]:
        """The steps between the self-scores and the conference."""
        return tuple(step for step in self.steps if step.stage in MIDDLE)

    @property
    def shares(self) -> bool:
        """Whether several units rate one line at any step."""
        return any(step.has_raters for step in self.steps)

    def step(self, stage: Stage) -> StepFacts | None:
        """A step the year uses."""
        return next((step for step in self.steps if step.stage == stage), None)

    def label(self, stage: Stage) -> str:
        """The words of a stage in this year."""
        found = self.step(stage)
        return found.label if found else stage.label

    def before(self, stage: Stage) -> StepFacts:
        """The step before a stage."""
        earlier = [one for one in self.steps if STAGES.index(one.stage) < STAGES.index(stage)]
        return earlier[-1] if earlier else self.steps[0]

    def after(self, stage: Stage) -> StepFacts | None:
        """The next step between self-scores and conference; None after the last."""
        place = STAGES.index(stage)
        return next((one for one in self.middle if STAGES.index(one.stage) > place), None)

    def last_middle(self) -> StepFacts:
        """The last step before the conference; the self-scores where there is none between."""
        return self.before(Stage.ADOPTED)

    def raters(self, step: StepFacts, unit_id: int) -> tuple[int, ...]:
        """The units that each rate a unit's sheet at a step; never that unit itself.

        Where nobody is assigned, or the team has no other unit, the head rates (the deputy on the
        head's own sheet), so that no sheet is without anybody.
        """
        units = self.checkers.get(unit_id, ()) if step.stage == Stage.CROSS else step.team
        others = tuple(one for one in units if one != unit_id)
        return others or self._leads(unit_id)

    def acts(
        self, step: StepFacts, standing: Standing, unit_id: int, line: Line | None = None
    ) -> bool:
        """Whether somebody works at a step on a unit's sheet; with `line`, on that line."""
        actor = standing.actor
        if step.stage == Stage.OFFICE:
            return actor.is_standing
        if actor.unit_id is None or actor.unit_id == unit_id or not standing.member:
            return False
        if step.stage == Stage.VERIFIED:
            return self._verifies(standing, unit_id)
        others = self._units(step, unit_id, line) - {unit_id}
        nobody = not others or (line is None and unit_id in step.owners.values())
        if nobody and self._stands_in(standing, unit_id):
            return True
        return actor.unit_id in others and actor.role in WORKERS

    def ends(self, step: StepFacts, standing: Standing, unit_id: int) -> bool:
        """Whether somebody may end a step on a sheet: whoever works at it, and the head."""
        if self.acts(step, standing, unit_id):
            return True
        return step.stage != Stage.OFFICE and self._stands_in(standing, unit_id)

    def leads_ending(self, standing: Standing, unit_id: int) -> bool:
        """Whether somebody may end a step without the ratings of some units."""
        return standing.member and self._stands_in(standing, unit_id)

    def examines(self, standing: Standing, unit_id: int) -> bool:
        """Whether somebody works on a unit's sheet at any step."""
        return any(self.acts(step, standing, unit_id) for step in self.middle)

    def sits(self, standing: Standing) -> bool:
        """Whether a position has work on the sheets of the others beside checking and heading."""
        actor = standing.actor
        if actor.is_standing:
            return self.step(Stage.OFFICE) is not None
        if not self.own or not standing.member or actor.role not in WORKERS:
            return False
        named = {one for step in self.steps for one in (*step.team, *step.owners.values())}
        return standing.deputy or actor.unit_id in named

    def letters_to(self, step: StepFacts, unit_id: int) -> tuple[int, ...]:
        """The units whose staff is told that a sheet waits for them at a step."""
        if step.stage == Stage.SECTOR:
            own = {one for one in step.owners.values() if one != unit_id}
            return tuple(sorted(own)) or self._leads(unit_id)
        if step.stage != Stage.VERIFIED:
            return self.raters(step, unit_id) if step.stage != Stage.OFFICE else ()
        if not self.own:
            return ()
        assigned = () if self.step(Stage.CROSS) else self.checkers.get(unit_id, ())
        return assigned or self._leads(unit_id)

    def _units(self, step: StepFacts, unit_id: int, line: Line | None) -> set[int]:
        """The units named for a step on a unit's sheet, that unit itself perhaps among them."""
        if step.stage == Stage.CROSS:
            return set(self.checkers.get(unit_id, ()))
        if step.stage == Stage.TEAM:
            return set(step.team)
        if line is None:
            return set(step.owners.values())
        owner = step.owner_of(line)
        return set() if owner is None else {owner}

    def _verifies(self, standing: Standing, unit_id: int) -> bool:
        if not self.own:
            return standing.verifies(unit_id)
        if self.step(Stage.CROSS) is None and standing.verifies(unit_id):
            return True
        return self._stands_in(standing, unit_id)

    def _stands_in(self, standing: Standing, unit_id: int) -> bool:
        """The head; on the head's own sheet the deputy."""
        if standing.actor.unit_id == unit_id:
            return False
        return standing.head or (standing.deputy and unit_id in self._holders(is_head=True))

    def _leads(self, unit_id: int) -> tuple[int, ...]:
        heads = self._holders(is_head=True)
        others = tuple(one for one in heads if one != unit_id)
        return others or tuple(o for o in self._holders(is_head=False) if o != unit_id)

    def _holders(self, *, is_head: bool) -> tuple[int, ...]:
        day = clock.today()
        return tuple(t.unit_id for t in self.terms if t.is_head == is_head and t.holds(day))


def step_facts(rows: Iterable[Step]) -> tuple[StepFacts, ...]:
    """The steps in their order; the usual three where a year has no rows."""
    found = [_facts(row) for row in rows]
    return tuple(sorted(found, key=lambda one: STAGES.index(one.stage))) or DEFAULT


def _facts(row: Step) -> StepFacts:
    stage = Stage(row.stage)
    usual = USUAL.get(stage, stage.label) if stage != Stage.VERIFIED else stage.label
    return StepFacts(
        stage=stage,
        label=row.name or usual,
        opens=row.opens,
        closes=row.closes,
        lines=frozenset(row.lines),
        blind=row.blind,
        combine=Step.Combine(row.combine),
        team=tuple(row.team),
        owners=dict(row.owners),
        evidence=Step.Evidence(row.evidence),
    )


def roster_of(
    rows: Sequence[Step], *, checkers: Iterable[Checker] = (), offices: Iterable[Office] = ()
) -> Roster:
    """The roster from rows already read."""
    by_unit: dict[int, list[int]] = defaultdict(list)
    for one in checkers:
        by_unit[one.unit_id].append(one.checker_id)
    return Roster(
        steps=step_facts(rows),
        own=bool(rows),
        checkers={unit: tuple(found) for unit, found in by_unit.items()},
        terms=tuple(
            Term(
                unit_id=one.unit_id,
                is_head=one.kind == Office.Kind.HEAD,
                starts=one.starts,
                ends=one.ends,
            )
            for one in offices
        ),
    )


def read_roster(bloc_year_id: int) -> Roster:
    """The roster of a bloc-year (one query for the usual three steps, else three)."""
    rows = list(Step.objects.filter(bloc_year_id=bloc_year_id))
    if not rows:
        return Roster()
    return roster_of(
        rows,
        checkers=Checker.objects.filter(bloc_year_id=bloc_year_id).order_by("pk"),
        offices=Office.objects.filter(bloc_year_id=bloc_year_id),
    )


@dataclass(frozen=True, slots=True)
class StepWindow:
    """When a step may be done: its own dates, else the bloc's window of verification."""

    label: str
    opens: datetime
    closes: datetime

    def is_open(self, moment: datetime) -> bool:
        """Whether work may be done at that instant, the deadline itself included."""
        return self.opens <= moment <= self.closes


def window_of_step(step: StepFacts, windows: Mapping[str, Window]) -> StepWindow | None:
    """The window of a step between self-scores and conference; None has no limit."""
    if step.opens is not None and step.closes is not None:
        return StepWindow(step.label, step.opens, step.closes)
    verify = windows.get(Window.Deed.VERIFY)
    return None if verify is None else StepWindow(step.label, verify.opens, verify.closes)
