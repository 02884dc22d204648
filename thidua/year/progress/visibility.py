"""Who sees a unit's results and evidence through the year."""

from __future__ import annotations

from thidua.year.bloc.rights import Standing


def sees_progress(standing: Standing, unit_id: int) -> bool:
    """The unit itself, the head and deputy, its checkers, whoever works on the sheets of all
    units at a step of scoring, and the standing office.

    On the score sheet the scoring stage shows citations to other members by its own rule.
    """
    own = standing.member and standing.actor.unit_id == unit_id
    runs = standing.head or standing.deputy or standing.actor.is_standing
    return own or runs or standing.sits or unit_id in standing.checks
