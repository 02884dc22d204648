"""What the tasks of one bloc-year are derived from, read in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from thidua.platform import clock
from thidua.registry.actor import Actor
from thidua.registry.queries import units_without_login
from thidua.year.bloc.models import BlocYear, Checker, Membership, Office, Window
from thidua.year.bloc.queries import in_force
from thidua.year.bloc.rights import Standing, judge_standing
from thidua.year.conference.models import Adoption
from thidua.year.registration.models import Registration, Target
from thidua.year.rulebook.models import Scale
from thidua.year.scoring.models import (
    MIDDLE,
    UNIT_FACTS,
    Entry,
    Explanation,
    LineReturn,
    Rating,
    Sheet,
    Step,
)
from thidua.year.scoring.reading import stage_of
from thidua.year.scoring.steps import Roster, StepFacts, roster_of


@dataclass(frozen=True)
class YearState:
    """Facts of one bloc-year at this moment, keyed by unit or sheet."""

    bloc_year: BlocYear
    names: Mapping[int, str]
    offices: list[Office]
    windows: Mapping[str, Window]
    checkers: list[Checker]
    registrations: Mapping[int, Registration]
    sheets: Mapping[int, Sheet]
    unstaffed: list[str]
    returned_lines: Mapping[int, int]
    returned_facts: frozenset[int]
    open_explanations: Mapping[int, int]
    changed_lines: Mapping[int, int]
    has_scale: bool
    has_slots: bool
    has_assigned_targets: bool
    adopted: bool
    roster: Roster

    def step_of(self, sheet: Sheet) -> StepFacts | None:
        """The step that works on a sheet now; None before it is sent and after the last."""
        stage = stage_of(sheet, self.roster)
        return None if stage is None else self.roster.step(stage)

    @property
    def checked(self) -> frozenset[int]:
        """Units that have an assigned checker."""
        return frozenset(checker.unit_id for checker in self.checkers)

    @property
    def has_head(self) -> bool:
        """Whether somebody holds the office of head."""
        return any(office.kind == Office.Kind.HEAD for office in self.offices)

    def is_open(self, deed: str) -> bool:
        """Whether the window of a deed is open now."""
        window = self.windows.get(deed)
        return window is not None and window.is_open(clock.now())

    def standing_of(self, actor: Actor) -> Standing:
        """The actor's standing, from what is already read."""
        return judge_standing(
            actor,
            self.bloc_year.pk,
            member=actor.unit_id in self.names,
            offices=[one for one in self.offices if one.unit_id == actor.unit_id],
            checks=[one.unit_id for one in self.checkers if one.checker_id == actor.unit_id],
        )


def _unstaffed(names: Mapping[int, str]) -> list[str]:
    """Names of the member units in which nobody can log in (one query)."""
    silent = units_without_login(names)
    return [name for unit_id, name in names.items() if unit_id in silent]


def _has_slot(plain: object) -> bool:
    """Whether any line of the scale file is a slot."""
    if isinstance(plain, dict):
        return plain.get("slot") is True or any(_has_slot(value) for value in plain.values())
    return isinstance(plain, list) and any(_has_slot(item) for item in plain)


def _changed_lines(bloc_year: BlocYear, roster: Roster) -> dict[int, int]:
    """How many lines of each sheet the steps changed that nobody has explained yet."""
    said = Explanation.objects.filter(sheet=OuterRef("sheet"), code=OuterRef("code"))
    own = {"sheet__bloc_year": bloc_year, "stage__in": MIDDLE}
    entries = Entry.objects.filter(**own).exclude(kind=Entry.Kind.CONFIRMED).exclude(Exists(said))
    changed = set(entries.values_list("sheet", "code"))
    if roster.shares:
        ratings = Rating.objects.filter(**own).exclude(points=None).exclude(Exists(said))
        changed |= set(ratings.values_list("sheet", "code"))
    return dict(Counter(sheet for sheet, _ in changed))


def state_of(bloc_year: BlocYear) -> YearState:
    """Read everything the tasks of a bloc-year need."""
    year = {"bloc_year": bloc_year}
    members = Membership.objects.filter(in_force(bloc_year)).select_related("unit")
    names = {one.unit_id: one.unit.name for one in members}
    returns = LineReturn.objects.filter(sheet__bloc_year=bloc_year, answered_at=None)
    explained = Explanation.objects.filter(sheet__bloc_year=bloc_year, answered_at=None)
    adopted_scale = Scale.objects.filter(**year, adopted_at__isnull=False)
    newest = adopted_scale.order_by("-sequence").only("plain").first()
    assigned = Target.objects.filter(registration__bloc_year=bloc_year, assigned=True)
    offices = list(Office.objects.filter(**year))
    checkers = list(Checker.objects.filter(**year))
    roster = roster_of(list(Step.objects.filter(**year)), checkers=checkers, offices=offices)
    back = list(returns.values_list("sheet", "code"))
    return YearState(
        bloc_year=bloc_year,
        names=names,
        offices=offices,
        windows={window.deed: window for window in Window.objects.filter(**year)},
        checkers=checkers,
        registrations={one.unit_id: one for one in Registration.objects.filter(**year)},
        sheets={sheet.unit_id: sheet for sheet in Sheet.objects.filter(**year)},
        unstaffed=_unstaffed(names),
        returned_lines=Counter(sheet for sheet, code in back if code != UNIT_FACTS),
        returned_facts=frozenset(sheet for sheet, code in back if code == UNIT_FACTS),
        open_explanations=dict(
            explained.values_list("sheet").annotate(count=Count("id")).order_by("sheet")
        ),
        changed_lines=_changed_lines(bloc_year, roster),
        has_scale=newest is not None,
        has_slots=newest is not None and _has_slot(newest.plain),
        has_assigned_targets=assigned.exists(),
        adopted=Adoption.objects.filter(**year).exists(),
        roster=roster,
    )
