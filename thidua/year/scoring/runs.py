"""Một lần chấm của một bước: the core's board of one stage, given only the cells that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from thidua.core.recompute import Board
from thidua.core.result import Result
from thidua.core.scale import Scale
from thidua.core.sheet import Input, Sheet, SheetSet

MOST_CELLS = 60  # beyond this many changed cells a fresh evaluation is quicker


class StageRun:
    """All units under one scale at one stage, scored; `update` recomputes what changed.

    `evaluated` holds the (unit, line) pairs that the newest update evaluated.
    """

    sheets: list[Sheet]
    result: Result
    evaluated: set[tuple[str, str]]
    _board: Board

    def __init__(self, scale: Scale, sheets: Sequence[Sheet]) -> None:
        self.scale = scale
        self._start(list(sheets))

    def update(self, sheets: Sequence[Sheet]) -> None:
        """Take the sheets as they are now."""
        pairs = list(zip(self.sheets, sheets, strict=False))
        if len(sheets) != len(self.sheets) or any(_is_another(*pair) for pair in pairs):
            self._start(list(sheets))
            return
        cells = [cell for pair in pairs for cell in _changed_cells(*pair)]
        facts = [fact for pair in pairs for fact in _changed_facts(*pair)]
        if len(cells) + len(facts) > MOST_CELLS:
            self._start(list(sheets))
            return
        self.evaluated = set()
        for unit, code, found in cells:
            self.evaluated |= self._board.change(unit=unit, code=code, found=found)
        for unit, name, value in facts:
            self.evaluated |= self._board.change_field(unit=unit, name=name, value=value)
        if cells or facts:
            self.result = self._board.result()
        self.sheets = list(sheets)  # last, so that a failed update is done again

    def _start(self, sheets: list[Sheet]) -> None:
        self.sheets = sheets
        self._board = Board(self.scale, SheetSet(sheets=tuple(sheets)))
        self.result = self._board.result()
        self.evaluated = {(unit.unit, key) for unit in self.result.units for key in unit.nodes}


def _is_another(one: Sheet, other: Sheet) -> bool:
    """Whether the sheet is of another unit, kind or period, so that nothing can be kept."""
    return (one.unit, one.type, one.period) != (other.unit, other.type, other.period)


def _changed_cells(one: Sheet, other: Sheet) -> Iterator[tuple[str, str, Input | None]]:
    if one is other:
        return
    for code in _differing(one.inputs, other.inputs):
        yield other.unit, code, other.inputs.get(code)


def _changed_facts(one: Sheet, other: Sheet) -> Iterator[tuple[str, str, object]]:
    if one is other:
        return
    for name in _differing(one.fields, other.fields):
        yield other.unit, name, other.fields.get(name)


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return [key for key in dict.fromkeys([*one, *other]) if one.get(key) != other.get(key)]
