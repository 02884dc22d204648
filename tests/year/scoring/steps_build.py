"""A bloc of six units that scores in steps of its own, built and played through the services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tests.build import World, build_world, make_actor
from tests.year.scoring.build import fill, opened
from thidua.core.points import read_points
from thidua.registry.actor import Actor
from thidua.registry.models import Role
from thidua.year.bloc.models import Checker
from thidua.year.scoring.models import Rating, Sheet, Stage, Step
from thidua.year.scoring.queries import stage_result
from thidua.year.scoring.services import StepPlan, rate_line, set_steps, submit_self_score

OWN = "Sở Số 2"  # the unit whose sheet the tests follow; unit 1 is head, unit 2 deputy
ALL = (Stage.CROSS, Stage.SECTOR, Stage.TEAM, Stage.VERIFIED, Stage.OFFICE)


@dataclass
class Bloc:
    """The world, an officer of every unit by its number, and the sheets."""

    world: World
    staff: dict[int, Actor] = field(default_factory=dict)
    sheets: dict[int, Sheet] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        """Unit 2's sheet as it stands now."""
        return Sheet.objects.get(pk=self.sheets[2].pk)

    def unit(self, number: int) -> int:
        """The key of a unit."""
        return self.world.units[number - 1].pk

    def points(self, key: str, stage: Stage, unit: str = OWN) -> Fraction | None:
        """The exact points of a line at a stage."""
        return stage_result(self.world.bloc_year, stage).of(unit).nodes[key].points

    def rate(
        self, number: int, code: str, points: str | None, reason: str = "", *, stage: Stage
    ) -> Rating:
        """One unit's rating of a line of unit 2."""
        milli = None if points is None else read_points(points)
        return rate_line(
            self.staff[number], sheet=self.sheet, code=code, stage=stage, points=milli,
            reason=reason,
        )  # fmt: skip


def six_units() -> Bloc:
    """Six units; 3, 4 and 5 check unit 2, unit 1 is head, unit 2 deputy; an officer in each."""
    world = build_world(units=6)
    bloc = Bloc(world)
    for number, unit in enumerate(world.units, 1):
        email = f"nguoi{number}@mau.vn"
        bloc.staff[number] = make_actor(world.jurisdiction, Role.OFFICER, unit, email=email)
    for number in (4, 5):
        Checker.objects.create(
            jurisdiction=world.jurisdiction, bloc_year=world.bloc_year, unit=world.units[1],
            checker=world.units[number - 1],
        )  # fmt: skip
    return bloc


def plan(bloc: Bloc, stage: Stage, **settings: object) -> StepPlan:
    """A step with what it needs: unit 3 and 4 as team, agency 5 for section II."""
    needs: dict[str, object] = {}
    if stage == Stage.TEAM:
        needs["team"] = (bloc.unit(3), bloc.unit(4))
    if stage == Stage.SECTOR:
        needs["owners"] = {"II": bloc.unit(5)}
    return StepPlan(stage=stage, **{**needs, **settings})  # type: ignore[arg-type]  # as named


def configured(bloc: Bloc, *plans: StepPlan) -> Bloc:
    """The sheets open, the steps set by the head, nothing sent."""
    bloc.sheets = bloc.sheets or opened(bloc.world)
    set_steps(bloc.world.head, bloc_year=bloc.world.bloc_year, plans=plans)
    return bloc


def sent(bloc: Bloc) -> Sheet:
    """Unit 2's sheet filled and sent."""
    fill(bloc.world.officer, bloc.sheets[2])
    return submit_self_score(bloc.world.officer, sheet=bloc.sheets[2])


def mean(stage: Stage, bloc: Bloc, *, blind: bool = False, combine: str = "mean") -> StepPlan:
    """A step at which several units rate."""
    return plan(bloc, stage, combine=Step.Combine(combine), blind=blind)


def said(rows: Mapping[str, object]) -> str:
    """All words of a mapping, to look for what must not be told."""
    return " ".join(str(value) for value in rows.values())
