"""Tính lại khi sửa một ô: after a change, what depends on it is evaluated again and nothing else.

A line is kept when nothing was entered for it, everything below it was kept, and every fact its
conditions looked at is still the same. A changed figure of a leader or rank_table line evaluates
that line for every unit. The result is that of a fresh evaluation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from thidua.core.bloc import Bloc
from thidua.core.node import Count, Flag, Leader, Linear, Node, RankTable, Steps, Switch, X
from thidua.core.outcome import Outcome
from thidua.core.outline import Place
from thidua.core.result import Result
from thidua.core.run import Run
from thidua.core.scale import Scale
from thidua.core.score import ScoredUnit, conclude, score_unit
from thidua.core.sheet import NO_INPUT, Input, SheetSet

Touched = set[tuple[str, str]]


class Board:
    """The score table of a bloc, kept up to date cell by cell."""

    def __init__(self, scale: Scale, sheets: SheetSet, *, explain: bool = False) -> None:
        self._bloc = Bloc(scale, sheets)
        self._positions = {sheet.unit: place for place, sheet in enumerate(sheets.sheets)}
        self._scored: list[ScoredUnit] = [
            score_unit(Run(self._bloc, position, explain=explain))
            for position in range(len(sheets.sheets))
        ]

    def result(self) -> Result:
        """The whole result as it stands; ranks are drawn up anew."""
        return conclude(self._bloc.scale, self._scored)

    def change(self, *, unit: str, code: str, found: Input | None) -> Touched:
        """Put an input under a code (None takes it away); give the (unit, key) evaluated again.

        `code` is CODE or CODE@n. Raises KeyError for a unit without sheet.
        """
        position = self._positions[unit]
        sheet = self._bloc.sheets[position]
        before = sheet.inputs.get(code) or NO_INPUT
        inputs = {key: value for key, value in sheet.inputs.items() if key != code}
        if found is not None:
            inputs[code] = found
        self._bloc.sheets[position] = replace(sheet, inputs=inputs)
        if not self._bloc.outline.knows(code):
            return self._refresh(position, set())
        spoken = self._bloc.outline.addressed(code)
        columns = self._columns(spoken, before, found or NO_INPUT)
        touched = self._refresh(position, columns | self._own(spoken, before, found or NO_INPUT))
        return touched | self._refresh_others(position, columns)

    def change_field(self, *, unit: str, name: str, value: object) -> Touched:
        """Set a fact of a unit; give the (unit, key) evaluated again."""
        position = self._positions[unit]
        sheet = self._bloc.sheets[position]
        self._bloc.sheets[position] = replace(sheet, fields={**sheet.fields, name: value})
        outline = self._bloc.outline
        readers = (code for code, node in outline.nodes.items() if _reads(node, name))
        keys = {place.key for code in readers for place in outline.places(code)}
        return self._refresh(position, keys)

    def _own(self, spoken: Iterable[Place], before: Input, after: Input) -> set[str]:
        keys = {place.key for place in spoken}
        if _differs("reviewed", before, after):
            below = (place for top in spoken for place in self._bloc.outline.below(top))
            keys |= {place.key for place in below if isinstance(place.node, (Count, Flag))}
        return keys

    def _columns(self, spoken: Iterable[Place], before: Input, after: Input) -> set[str]:
        places = list(spoken)
        if _differs("na", before, after):
            places = [place for top in places for place in self._bloc.outline.below(top)]
        return {
            place.key
            for place in places
            if isinstance(place.node, (Leader, RankTable)) and not place.is_recurrence
        }

    def _refresh_others(self, position: int, columns: set[str]) -> Touched:
        if not columns:
            return set()
        others = (place for place in range(len(self._scored)) if place != position)
        return set().union(*(self._refresh(place, columns) for place in others))

    def _refresh(self, position: int, dirty: set[str]) -> Touched:
        for key in dirty:
            self._bloc.forget_cohort(key)
        run = _Refresh(self._bloc, position, kept=self._scored[position].run, dirty=dirty)
        self._scored[position] = score_unit(run)
        return {(run.sheet.unit, key) for key in run.judged}


class _Refresh(Run):
    """A run that keeps the outcomes of the run before wherever nothing they rest on has changed."""

    def __init__(self, bloc: Bloc, position: int, *, kept: Run, dirty: set[str]) -> None:
        super().__init__(bloc, position, explain=kept.explains)
        self._before: Mapping[str, Outcome] = kept.outcomes
        self._dirty = dirty
        self.judged: set[str] = set()

    def outcome(self, place: Place) -> Outcome:
        """The outcome of a place: kept if it still holds, evaluated again if not."""
        if place.key not in self.outcomes and self._still_holds(place):
            self.outcomes[place.key] = self._before[place.key]
        return super().outcome(place)

    def judge(self, place: Place) -> Outcome:
        """Evaluate one place and note that it was."""
        self.judged.add(place.key)
        return super().judge(place)

    def _still_holds(self, place: Place) -> bool:
        before = self._before.get(place.key)
        if before is None or place.key in self._dirty:
            return False
        if any(self.fact(*seen[:2], place.copy) != seen[2] for seen in before.seen):
            return False
        below = (self._before[key].place for key in before.children)
        return all(self.outcome(child) is self._before[child.key] for child in below)


def _differs(key: str, before: Input, after: Input) -> bool:
    return (before.get(key) is True) != (after.get(key) is True)


def _reads(node: Node, field: str) -> bool:
    return isinstance(node, (Count, Steps, Switch, Linear)) and node.x == X("field", field)
