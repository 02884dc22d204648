"""Thứ tự tạm: the places of the units that have sent their sheets, before the conference."""

from __future__ import annotations

from thidua.year.scoring.board import RunKey, View
from thidua.year.scoring.facts import ScaleFacts
from thidua.year.scoring.models import Sheet


def all_adopted(view: View) -> bool:
    """Whether the conference has adopted every sheet of the bloc."""
    return {sheet.state for sheet in view.facts.sheets.values()} == {Sheet.State.ADOPTED}


def places(view: View, scale: ScaleFacts, run: RunKey) -> dict[int, int]:
    """Sheet key -> place among the units of a scale that have sent; half a sheet takes no place.

    Nothing once the table is adopted: beside the conference's places no other may stand.
    """
    if all_adopted(view):
        return {}
    stage, by_hand = run
    ranks = {
        sheet.pk: view.unit(sheet, stage, by_hand=by_hand).rank
        for sheet in view.facts.sheets.values()
        if sheet.scale_id == scale.pk and sheet.state != Sheet.State.SELF
    }
    placed = {key: rank for key, rank in ranks.items() if rank is not None}
    return {key: 1 + sum(other < rank for other in placed.values()) for key, rank in placed.items()}
