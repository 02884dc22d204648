"""The table as it would be adopted now: ranking, what hinders it, and what a correction moves."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.year.conference.freezing import freeze
from thidua.year.conference.hindrances import UnitHindrances, by_unit, hindrances_of
from thidua.year.conference.moves import Move, moves_between, same_figures
from thidua.year.conference.queries import ConferenceFacts, latest_adoption
from thidua.year.conference.snapshot import Snapshot, read_snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the conference would adopt at this moment."""

    draft: Snapshot
    hindrances: tuple[UnitHindrances, ...]
    moves: tuple[Move, ...] = ()
    unchanged: bool = False  # a correction in which nothing differs yet

    @property
    def ready(self) -> bool:
        """Nothing holds it up."""
        return not self.hindrances and not self.unchanged


def preview_of(facts: ConferenceFacts) -> Preview | None:
    """None before the meeting is recorded, and while an adopted table is locked."""
    if facts.conference is None or (facts.adoptions and not facts.reopened):
        return None
    draft = freeze(facts.conference, version=0, reason="", ledger_root="")
    hindrances = tuple(by_unit(hindrances_of(facts.conference)))
    in_force = latest_adoption(facts.bloc_year)
    if in_force is None:
        return Preview(draft=draft, hindrances=hindrances)
    before = read_snapshot(in_force.snapshot)
    return Preview(
        draft=draft,
        hindrances=hindrances,
        moves=moves_between(before, draft),
        unchanged=same_figures(before, draft),
    )
