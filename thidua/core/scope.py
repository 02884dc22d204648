"""Phạm vi chấm một đơn vị: what a rule may ask for while one sheet is evaluated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from thidua.core.bloc import Bloc
from thidua.core.cohort import Cohort
from thidua.core.condition import Condition
from thidua.core.logic import Truth
from thidua.core.outcome import Outcome
from thidua.core.outline import Place
from thidua.core.sheet import Input

Words = str | Callable[[], str]


class Scope(Protocol):
    """One sheet of a bloc under evaluation."""

    bloc: Bloc
    position: int

    def outcome(self, place: Place) -> Outcome:
        """The outcome of a place, evaluated when it is first asked for."""

    def truth(self, condition: Condition, made: Outcome) -> Truth:
        """Whether a condition of the place holds; what it looks at is noted on the outcome."""

    def input_of(self, place: Place) -> Input:
        """The input of the sheet under the key of the place."""

    def cohort(self, place: Place) -> Cohort:
        """The cohort of a leader or rank_table place."""

    def explain(self, made: Outcome, rule_id: str, words: Words) -> None:
        """Add a finding to the outcome, if findings are wanted; words are made only then."""
