"""What a saved cell changes on the screen: its line, what depends on it, sums and what is left."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.points import show
from thidua.platform import clock
from thidua.year.scoring.board import BY_HAND, BY_RULE, View, last_evaluated
from thidua.year.scoring.checks import UNSETTLED
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.pages.cells import Cells, Row
from thidua.year.scoring.pages.sheet import filters_of
from thidua.year.scoring.wording import left_words, number_text, points_words


def saved_answer(
    view: View, desk: Desk, line: Line, field: str, *, version: int
) -> dict[str, object]:
    """The answer of a saved cell (contract at the top of score-table.js)."""
    sheet = view.facts.sheets[desk.sheet.pk]
    cells = Cells.of(view, sheet)
    every = {one.key: cells.row(one) for one in view.facts.scale_of(sheet).lines}
    touched = [key for key in _evaluated(view, sheet) if key in every and every[key].line.is_leaf]
    rows = {key: every[key] for key in dict.fromkeys([line.key, *touched])}
    unit = view.unit(sheet, Stage.SELF)
    decimals = view.facts.scale_of(sheet).scale.header.decimals
    groups = [one for one in view.facts.scale_of(sheet).lines if not one.is_leaf]
    return {
        "ok": True,
        "version": version,
        "value": cell_text(rows[line.key], field),
        "cells": {key: _cell(row, decimals, sheet) for key, row in rows.items()},
        "sections": {one.key: section_text(every[one.key], decimals) for one in groups},
        "filters": {one.name: str(one.count) for one in filters_of(list(every.values()))},
        "total": show(unit.so_far, decimals=decimals),
        "left": left_words(sum(1 for node in unit.nodes.values() if node.state in UNSETTLED)),
        "saved_at": f"{clock.now():%H:%M}",
    }


def _evaluated(view: View, sheet: SheetFacts) -> list[str]:
    year = view.facts.bloc_year_id
    pairs = last_evaluated(year, Stage.SELF, by_hand=BY_HAND) | last_evaluated(
        year, Stage.SELF, by_hand=BY_RULE
    )
    return sorted(key for unit, key in pairs if unit == sheet.unit)


def _cell(row: Row, decimals: int, sheet: SheetFacts) -> dict[str, str]:
    difference = row.difference
    return {
        "computed": points_words(row.computed, decimals=decimals),
        "points": row.points_field.text if row.points_field else "",
        "delta": "" if difference is None else _delta(difference, decimals),
        "doubt": row.doubt,
        "state": "returned" if row.returned and sheet.state == Sheet.State.RETURNED else "",
    }


def _delta(difference: Fraction, decimals: int) -> str:
    if not difference:
        return "khớp"
    words = show(difference, decimals=decimals)
    return f"+{words}" if difference > 0 else words


def section_text(row: Row, decimals: int) -> str:
    """The running total of a group: its points, or what its scored lines add up to so far."""
    if row.self_score is not None:
        return show(row.self_score, decimals=decimals)
    return "–" if row.so_far is None else f"{show(row.so_far, decimals=decimals)}\nchưa đủ"


def cell_text(row: Row, field: str) -> str:
    """How a cell reads now."""
    if field == "reason":
        return row.reason
    if field == "na":
        return "1" if row.is_set_aside else ""
    if field == "reviewed":
        return "1" if row.is_reviewed else ""
    if field == "points":
        if row.points_field:
            return row.points_field.text
        return "" if row.self_score is None else number_text(row.self_score, points=True)
    if field == "target" and row.target_field:
        return row.target_field.text
    return row.figure.text if row.figure and row.figure.name == field else ""
