"""Bảng điểm của khối: every stage's run over all units, kept in memory and brought up to date.

One board per bloc-year and process. Each reading first asks the ledger for the newest event of the
bloc-year and of the registry, which names the units: the same events mean the same state of
affairs, also when another process wrote it. New events that only touch entries lead to reading
those sheets again; whatever else happened, all facts are read again. Either way only the cells that
differ are given to the runs, and a run recomputes what depends on them.

Facts are read after the event, so they are never older than it; a board is never refreshed inside a
decision that has already changed rows.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.db.models import CharField, Subquery, Value
from django.db.models.functions import Cast, Concat

from thidua.core.node import Imported, Judged
from thidua.core.result import NodeResult, Result, UnitResult
from thidua.core.scale import walk
from thidua.core.sheet import Sheet as CoreSheet
from thidua.platform.ledger.chain import REGISTRY, of_year
from thidua.platform.ledger.models import Event
from thidua.year.bloc.models import BlocYear
from thidua.year.scoring.facts import ScaleFacts, SheetFacts, YearFacts
from thidua.year.scoring.layers import STAGES, LineState, core_inputs, state_at, states_at
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Stage
from thidua.year.scoring.reading import read_again, read_year
from thidua.year.scoring.runs import StageRun

MOST_YEARS = 48
OF_A_SHEET = frozenset({"scoring.entry", "scoring.rating", "scoring.stepclosing"})
ENTRY_ROWS = OF_A_SHEET | {
    "scoring.sheet",
    "scoring.linereturn",
    "scoring.explanation",
    "scoring.sheetupload",
}
Mark = tuple[int, str, str | None]  # newest event of the year, and hash of the registry's newest
RunKey = tuple[Stage, bool]
BY_HAND, BY_RULE = True, False


@dataclass(frozen=True, slots=True)
class View:
    """One state of affairs: the facts, and the results of the runs that were asked for."""

    facts: YearFacts
    results: Mapping[tuple[int, Stage, bool], Result]

    def result(self, scale_id: int, stage: Stage, *, by_hand: bool = BY_HAND) -> Result:
        """The run of one scale's sheets at a stage."""
        return self.results[scale_id, stage, by_hand]

    def unit(self, sheet: SheetFacts, stage: Stage, *, by_hand: bool = BY_HAND) -> UnitResult:
        """One unit at a stage."""
        return self.results[sheet.scale_id, stage, by_hand].of(sheet.unit)

    def node(
        self, sheet: SheetFacts, key: str, stage: Stage, *, by_hand: bool = BY_HAND
    ) -> NodeResult | None:
        """One line of one unit at a stage; None where the rule never came to it."""
        return self.unit(sheet, stage, by_hand=by_hand).nodes.get(key)

    def points(self, sheet: SheetFacts, line: Line, stage: Stage) -> Fraction | None:
        """The points of a line at a stage, hand-set ones included."""
        found = self.node(sheet, line.key, stage)
        return None if found is None else found.points

    def computed(self, sheet: SheetFacts, line: Line, stage: Stage) -> Fraction | None:
        """What the rule gives from the figures of a stage; None where people give the points."""
        if judged_within(line):
            return None
        found = self.node(sheet, line.key, stage, by_hand=BY_RULE)
        return None if found is None else found.points

    def state(self, sheet: SheetFacts, key: str, stage: Stage) -> LineState:
        """The figures and hand-set points of a line at a stage."""
        base = self.facts.base.get(sheet.pk, {}).get(key)
        return state_at(base, self.facts.entries_of(sheet.pk), key, stage)


def judged_within(line: Line) -> bool:
    """Whether people give points on the line or below it."""
    return any(isinstance(node, (Judged, Imported)) for node in walk(line.node))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A sheet as the core reads it, with the facts it was made from."""

    origin: tuple[object, ...]
    sheet: CoreSheet


@dataclass(slots=True)
class _Board:
    """What one process remembers of a bloc-year."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    mark: Mark | None = None
    facts: YearFacts | None = None
    sheets: dict[tuple[int, Stage, bool], _Kept] = field(default_factory=dict)
    runs: dict[tuple[int, Stage, bool], StageRun] = field(default_factory=dict)


_boards: OrderedDict[int, _Board] = OrderedDict()
_boards_lock = threading.Lock()


def view_of(bloc_year_id: int, *runs: RunKey) -> View:
    """The present state of affairs with the runs asked for (one query when nothing happened)."""
    board = _board_of(bloc_year_id)
    with board.lock:
        facts = _refresh(board, bloc_year_id)
        results = {
            (scale_id, stage, by_hand): _run(
                board, facts, scale_id, (spoken(facts, stage), by_hand)
            ).result
            for stage, by_hand in runs
            for scale_id in facts.scales
        }
    return View(facts, results)


def spoken(facts: YearFacts, stage: Stage) -> Stage:
    """The newest stage up to this one that says anything: a silent stage needs no run."""
    reached = STAGES[: STAGES.index(stage) + 1]
    return next((one for one in reversed(reached) if one in facts.used), Stage.SELF)


def facts_of(bloc_year_id: int) -> YearFacts:
    """The present facts alone."""
    return view_of(bloc_year_id).facts


def forget(bloc_year_id: int | None = None) -> None:
    """Drop what is remembered; the next reading starts from the database."""
    with _boards_lock:
        if bloc_year_id is None:
            _boards.clear()
        else:
            _boards.pop(bloc_year_id, None)


def last_evaluated(
    bloc_year_id: int, stage: Stage, *, by_hand: bool = BY_HAND
) -> set[tuple[str, str]]:
    """The (unit, line) pairs that the newest update of a stage's runs evaluated (for measuring)."""
    board = _board_of(bloc_year_id)
    return {
        pair
        for (_scale, one, hand), run in board.runs.items()
        if (one, hand) == (stage, by_hand)
        for pair in run.evaluated
    }


def sheets_of(
    facts: YearFacts,
    scale: ScaleFacts,
    stage: Stage,
    by_hand: bool = BY_HAND,  # noqa: FBT001  # together they are a RunKey
) -> list[CoreSheet]:
    """The sheets under a scale as a stage sees them, in the order of the bloc."""
    return _sheets(_Board(), facts, scale, (stage, by_hand))


def _board_of(bloc_year_id: int) -> _Board:
    with _boards_lock:
        board = _boards.setdefault(bloc_year_id, _Board())
        _boards.move_to_end(bloc_year_id)
        while len(_boards) > MOST_YEARS:
            _boards.popitem(last=False)
    return board


def _refresh(board: _Board, bloc_year_id: int) -> YearFacts:
    mark = _newest(bloc_year_id)
    if board.facts is not None and mark is not None and board.mark == mark:
        return board.facts
    touched = _touched(board, bloc_year_id, mark)
    if touched is None or board.facts is None:
        facts = read_year(bloc_year_id)
    else:
        facts = read_again(board.facts, sheet_ids=touched)
    _bring_up_to_date(board, facts)
    board.facts, board.mark = facts, mark  # last, so that a failed refresh is done again
    return facts


def _newest(bloc_year_id: int) -> Mark | None:
    owner = Subquery(BlocYear.objects.filter(pk=bloc_year_id).values("jurisdiction_id"))
    chain = Concat(Value(REGISTRY), Cast(owner, CharField()))
    registry = Event.objects.filter(chain=chain).order_by("-seq").values("hash")[:1]
    return (
        Event.objects.filter(chain=of_year(bloc_year_id))
        .order_by("-seq")
        .annotate(registry=Subquery(registry))
        .values_list("seq", "hash", "registry")
        .first()
    )


def _touched(board: _Board, bloc_year_id: int, mark: Mark | None) -> set[int] | None:
    """The sheets whose entries changed since the board's mark; None when all must be read."""
    if board.facts is None or board.mark is None or mark is None or mark[0] <= board.mark[0]:
        return None
    if mark[2] != board.mark[2]:
        return None
    events = list(
        Event.objects.filter(chain=of_year(bloc_year_id), seq__gt=board.mark[0])
        .order_by("seq")
        .values_list("previous", "rows")[:200]
    )
    if not events or len(events) >= 200 or events[0][0] != board.mark[1]:
        return None
    rows = [row for _, images in events for row in images]
    if not all(row["row"] in ENTRY_ROWS for row in rows):
        return None
    return _sheets_of(board.facts, rows)


def _sheets_of(facts: YearFacts, rows: list[dict[str, object]]) -> set[int] | None:
    known = {
        ("scoring.entry", entry.pk): sheet
        for sheet, found in facts.entries.items()
        for entry in found.values()
    } | {
        ("scoring.rating", one.pk): sheet
        for sheet, given in facts.ratings.items()
        for ratings in given.values()
        for one in ratings
    }
    touched: set[int] = set()
    for row in rows:
        if row["row"] == "scoring.sheet" and row["pk"] not in facts.sheets:
            return None
        if row["row"] == "scoring.sheet" and _moves(row):
            return None
        if row["row"] not in OF_A_SHEET:
            continue
        image = row["after"] or row["before"]
        sheet = image.get("sheet") if isinstance(image, dict) else None
        found = sheet if isinstance(sheet, int) else known.get((row["row"], row["pk"]))  # type: ignore[arg-type]  # keys of JSON
        if found is None:
            return None
        touched.add(found)
    return touched


def _moves(row: dict[str, object]) -> bool:
    """Whether a sheet was opened, or changed its scale."""
    after = row["after"]
    return row["before"] is None or (isinstance(after, dict) and "scale" in after)


def _run(board: _Board, facts: YearFacts, scale_id: int, key: RunKey) -> StageRun:
    found = board.runs.get((scale_id, *key))
    if found is None:
        scale = facts.scales[scale_id]
        found = StageRun(scale.scale, _sheets(board, facts, scale, key))
        board.runs[scale_id, *key] = found
    return found


def _bring_up_to_date(board: _Board, facts: YearFacts) -> None:
    for (scale_id, stage, by_hand), run in list(board.runs.items()):
        scale = facts.scales.get(scale_id)
        if scale is None or scale.scale is not run.scale:
            del board.runs[scale_id, stage, by_hand]
        else:
            run.update(_sheets(board, facts, scale, (stage, by_hand)))


def _sheets(board: _Board, facts: YearFacts, scale: ScaleFacts, key: RunKey) -> list[CoreSheet]:
    """The sheets under a scale as a stage sees them; those without news are the same objects."""
    return [
        _core_sheet(board, facts, sheet, key)
        for sheet in facts.sheets.values()
        if sheet.scale_id == scale.pk
    ]


def _core_sheet(board: _Board, facts: YearFacts, sheet: SheetFacts, key: RunKey) -> CoreSheet:
    base, entries = facts.base.get(sheet.pk, {}), facts.entries_of(sheet.pk)
    place = (sheet.pk, *key)
    kept = board.sheets.get(place)
    origin = (base, entries, sheet.unit, sheet.kind, sheet.period, sheet.fields)
    if kept is not None and _same(kept.origin, origin):
        return kept.sheet
    stage, by_hand = key
    made = CoreSheet(
        unit=sheet.unit,
        type=sheet.kind or None,
        period=sheet.period,
        fields=sheet.fields,
        inputs=core_inputs(states_at(base, entries, stage), by_hand=by_hand),
    )
    board.sheets[place] = _Kept(origin, made)
    return made


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """The large maps by identity, the small facts by value."""
    return one[0] is other[0] and one[1] is other[1] and one[2:] == other[2:]
