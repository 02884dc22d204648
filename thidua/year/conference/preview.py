"""The table as it would be adopted now: ranking, what hinders it, and what a correction moves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from thidua.year.conference.explaining import StillExplaining
from thidua.year.conference.freezing import freeze
from thidua.year.conference.hindrances import (
    UnitHindrances,
    by_unit,
    explaining_of,
    hindrances_of,
)
from thidua.year.conference.moves import Move, moves_between, same_figures
from thidua.year.conference.queries import ConferenceFacts, latest_adoption
from thidua.year.conference.showing import Place, places_of
from thidua.year.conference.snapshot import Snapshot, read_snapshot
from thidua.year.scoring.models import Sheet

SELF_SCORING = "Đang tự chấm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the conference would adopt at this moment."""

    draft: Snapshot
    hindrances: tuple[UnitHindrances, ...]
    waiting: frozenset[int] = frozenset()  # units that are still scoring themselves
    moves: tuple[Move, ...] = ()
    explaining: StillExplaining | None = None  # units may still explain what was changed
    unchanged: bool = False  # a correction in which nothing differs yet

    @property
    def places(self) -> tuple[Place, ...]:
        """The ranking of the draft; whoever still scores itself is not ranked yet."""
        return tuple(
            replace(one, rank="Chưa xếp", remarks=(f"{SELF_SCORING}, chưa gửi.",))
            if one.unit_id in self.waiting
            else one
            for one in places_of(self.draft)
        )

    @property
    def ready(self) -> bool:
        """Nothing holds it up."""
        return not self.hindrances and not self.unchanged and self.explaining is None


def preview_of(facts: ConferenceFacts) -> Preview | None:
    """None before the meeting is recorded, and while an adopted table is locked."""
    if facts.conference is None or (facts.adoptions and not facts.reopened):
        return None
    waiting = _self_scoring(facts)
    draft = freeze(
        facts.conference,
        version=0,
        reason="",
        ledger_root="",
        waiting=dict.fromkeys(waiting, SELF_SCORING),
    )
    hindrances = tuple(by_unit(hindrances_of(facts.conference)))
    explaining = explaining_of(facts.conference)
    in_force = latest_adoption(facts.bloc_year)
    if in_force is None:
        return Preview(draft=draft, hindrances=hindrances, waiting=waiting, explaining=explaining)
    before = read_snapshot(in_force.snapshot)
    return Preview(
        draft=draft,
        hindrances=hindrances,
        waiting=waiting,
        moves=moves_between(before, draft),
        explaining=explaining,
        unchanged=same_figures(before, draft),
    )


def _self_scoring(facts: ConferenceFacts) -> frozenset[int]:
    """Units that have not sent their sheet, unless recorded as taking no place (one query)."""
    aside = {row.unit_id for row in facts.not_ranked}
    found = Sheet.objects.filter(bloc_year=facts.bloc_year, state=Sheet.State.SELF)
    return frozenset(found.values_list("unit_id", flat=True)) - aside
