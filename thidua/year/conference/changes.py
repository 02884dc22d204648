"""Who changed an adopted figure, what and when: the ledger up to the adoption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from thidua.platform.http.parts import LogLine
from thidua.platform.ledger.chain import of_year
from thidua.platform.ledger.models import Event
from thidua.year.scoring.board import View
from thidua.year.scoring.facts import SheetFacts, YearFacts
from thidua.year.scoring.pages.history import line_history

MOST = 30
OF_SHEET = ("scoring.entry", "scoring.linereturn", "scoring.explanation")
OF_TABLE = ("conference.adopt", "conference.reopen", "conference.adopt_again", "conference.keep")
Image = Mapping[str, Any]


def changes_of_line(view: View, unit_id: int, key: str, *, until: datetime) -> tuple[LogLine, ...]:
    """The decisions that touched one line of a unit, newest first (one query)."""
    sheet = view.facts.sheet_of(unit_id)
    lines = () if sheet is None else view.facts.scale_of(sheet).lines
    line = next((one for one in lines if one.key == key), None)
    if sheet is None or line is None:
        return ()
    return tuple(one for one in line_history(view, sheet, line) if one.at <= until)


def changes_of_unit(facts: YearFacts, unit_id: int, *, until: datetime) -> tuple[LogLine, ...]:
    """The decisions that touched a unit's sheet or its place, newest first (one query).

    Adopting and opening again are decisions on every unit.
    """
    sheet = facts.sheet_of(unit_id)
    keys = set() if sheet is None else _rows_of(facts, sheet)
    found: list[LogLine] = []
    for event in _events(facts.bloc_year_id, until):
        if event["verb"] in OF_TABLE or any(_is_of(row, keys, unit_id) for row in event["rows"]):
            found.append(LogLine(words=_words(event), at=event["at"]))
        if len(found) == MOST:
            break
    return tuple(found)


def _events(bloc_year_id: int, until: datetime) -> Iterator[Image]:
    events = Event.objects.filter(
        chain=of_year(bloc_year_id), verb__regex=r"^(scoring|conference)\.", at__lte=until
    )
    wanted = events.order_by("-seq").values("subject", "actor", "reason", "at", "rows", "verb")
    yield from wanted.iterator()


def _rows_of(facts: YearFacts, sheet: SheetFacts) -> set[tuple[str, int]]:
    """The rows that make up a sheet; a change of one says only its key."""
    return {
        ("scoring.sheet", sheet.pk),
        *(("scoring.entry", one.pk) for one in facts.entries_of(sheet.pk).values()),
        *(("scoring.linereturn", one.pk) for one in facts.returns.get(sheet.pk, ())),
        *(("scoring.explanation", one.pk) for one in facts.explanations.get(sheet.pk, ())),
    }


def _is_of(row: Image, keys: set[tuple[str, int]], unit_id: int) -> bool:
    if (row["row"], row["pk"]) in keys:
        return True
    image = row["after"] or row["before"] or {}
    if row["row"] == "conference.notranked":
        return bool(image.get("unit") == unit_id)
    return row["row"] in OF_SHEET and ("scoring.sheet", image.get("sheet")) in keys


def _words(event: Image) -> str:
    reason = f" Lý do: {event['reason'].rstrip('.')}." if event["reason"] else ""
    return f"{event['subject']}. {event['actor']}.{reason}"
