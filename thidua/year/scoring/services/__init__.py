"""Decisions of scoring, one function each."""

from __future__ import annotations

from thidua.year.scoring.changes import LineChange
from thidua.year.scoring.services.adopting import lock_adopted, unlock_adopted
from thidua.year.scoring.services.configuring import StepPlan, set_steps
from thidua.year.scoring.services.explaining import answer_explanation, explain_line
from thidua.year.scoring.services.lines import (
    Saved,
    Wanted,
    mark_not_applicable,
    save_line,
    save_lines,
    set_adopted_line,
)
from thidua.year.scoring.services.opening import open_sheets, set_fields
from thidua.year.scoring.services.rating import RatingConflict, rate_line
from thidua.year.scoring.services.sending import (
    answer_return,
    resubmit,
    submit_self_score,
    take_back,
)
from thidua.year.scoring.services.verifying import (
    confirm_lines,
    finish_verification,
    return_lines,
)
from thidua.year.scoring.services.versions import (
    count_waiting_moves,
    move_to_new_version,
    waiting_moves,
)
from thidua.year.scoring.services.withdrawing import withdraw_return
from thidua.year.scoring.services.writing import Conflict

__all__ = [
    "Conflict",
    "LineChange",
    "RatingConflict",
    "Saved",
    "StepPlan",
    "Wanted",
    "answer_explanation",
    "answer_return",
    "confirm_lines",
    "count_waiting_moves",
    "explain_line",
    "finish_verification",
    "lock_adopted",
    "mark_not_applicable",
    "move_to_new_version",
    "open_sheets",
    "rate_line",
    "resubmit",
    "return_lines",
    "save_line",
    "save_lines",
    "set_adopted_line",
    "set_fields",
    "set_steps",
    "submit_self_score",
    "take_back",
    "unlock_adopted",
    "waiting_moves",
    "withdraw_return",
]
