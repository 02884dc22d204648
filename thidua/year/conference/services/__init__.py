"""Decisions of the conference, one function each."""

from __future__ import annotations

from thidua.year.conference.services.adoption import (
    adopt_again,
    adopt_scores,
    keep_scores,
    reopen_scores,
)
from thidua.year.conference.services.closing import close_year
from thidua.year.conference.services.lines import decide_line
from thidua.year.conference.services.meeting import (
    MeetingFacts,
    Seat,
    hold_conference,
    record_attendance,
    record_remarks,
)
from thidua.year.conference.services.outcomes import (
    Outcome,
    elect_office,
    nominate,
    withdraw_election,
    withdraw_nomination,
)
from thidua.year.conference.services.ranking import mark_not_ranked, rank_after_all

__all__ = [
    "MeetingFacts",
    "Outcome",
    "Seat",
    "adopt_again",
    "adopt_scores",
    "close_year",
    "decide_line",
    "elect_office",
    "hold_conference",
    "keep_scores",
    "mark_not_ranked",
    "nominate",
    "rank_after_all",
    "record_attendance",
    "record_remarks",
    "reopen_scores",
    "withdraw_election",
    "withdraw_nomination",
]
