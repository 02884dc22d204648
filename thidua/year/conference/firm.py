"""How firm the adopted ranking is: the draws of the adopted table, without units not ranked."""

from __future__ import annotations

from thidua.year.bloc.models import BlocYear
from thidua.year.conference.snapshot import Snapshot
from thidua.year.scoring.board import View, view_of
from thidua.year.scoring.firm import RUNS, draws_of
from thidua.year.scoring.models import Stage
from thidua.year.scoring.pages.firm import FirmGroup, firm_groups
from thidua.year.scoring.pages.firm_words import lead_sentence


def adopted_sentences(bloc_year: BlocYear, snapshot: Snapshot) -> tuple[str, ...]:
    """One sentence per scale; none where fewer than two units are ranked."""
    view = view_of(bloc_year.pk, *RUNS)
    aside = _aside(view, snapshot)
    found = [draws_of(view, one, Stage.ADOPTED, aside=aside) for one in view.facts.scales.values()]
    return tuple(lead_sentence(tally) for tally in found if tally is not None)


def adopted_groups(bloc_year: BlocYear, snapshot: Snapshot) -> tuple[FirmGroup, ...]:
    """Every scale's adopted ranking with what its draws say."""
    view = view_of(bloc_year.pk, *RUNS)
    sample = {row.unit_id for row in snapshot.units if row.synthetic}
    names = (one.unit for one in view.facts.sheets.values() if one.unit_id in sample)
    return firm_groups(
        view, Stage.ADOPTED, aside=_aside(view, snapshot), made_up_totals=frozenset(names)
    )


def _aside(view: View, snapshot: Snapshot) -> frozenset[str]:
    left_out = {row.unit_id for row in snapshot.units if row.left_out}
    return frozenset(one.unit for one in view.facts.sheets.values() if one.unit_id in left_out)
