"""Who changed a line, what and when: the events of the ledger that touched it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from thidua.core.points import MILLI, show
from thidua.platform.http.parts import LogLine
from thidua.platform.ledger.chain import of_year
from thidua.platform.ledger.models import Event
from thidua.year.scoring.board import View
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.wording import NAMES, value_words

MOST_EVENTS = 30
Image = Mapping[str, Any]


def line_history(view: View, sheet: SheetFacts, line: Line) -> Iterable[LogLine]:
    """Who changed what, when: the events of the ledger that touched this line, newest first."""
    keys = _row_keys(view, sheet, line)
    events = Event.objects.filter(
        chain=of_year(view.facts.bloc_year_id), verb__startswith="scoring."
    ).order_by("-seq")
    shown = 0
    for event in events.values("subject", "actor", "reason", "at", "rows", "verb").iterator():
        images = [one for one in event["rows"] if _touches(one, keys, sheet, line)]
        if not images:
            continue
        yield LogLine(words=_event_words(event, images, line), at=event["at"])
        shown += 1
        if shown >= MOST_EVENTS:
            return


def _row_keys(view: View, sheet: SheetFacts, line: Line) -> set[tuple[str, int]]:
    entries = view.facts.entries_of(sheet.pk)
    rows = {("scoring.entry", one.pk) for (code, _), one in entries.items() if code == line.key}
    rows |= {
        ("scoring.linereturn", one.pk)
        for one in view.facts.returns.get(sheet.pk, ())
        if one.code == line.key
    }
    return rows | {
        ("scoring.explanation", one.pk)
        for one in view.facts.explanations.get(sheet.pk, ())
        if one.code == line.key
    }


def _touches(image: Image, keys: set[tuple[str, int]], sheet: SheetFacts, line: Line) -> bool:
    if (image["row"], image["pk"]) in keys:
        return True
    whole = image["after"] or image["before"]
    return (
        isinstance(whole, dict) and whole.get("sheet") == sheet.pk and whole.get("code") == line.key
    )


def _event_words(event: Image, images: list[Image], line: Line) -> str:
    words = f"{event['subject']}. {event['actor']}"
    changes = [_image_words(one, line) for one in images if one["row"] == "scoring.entry"]
    said = "; ".join(change for change in changes if change)
    reason = f" Lý do: {event['reason']}" if event["reason"] else ""
    return f"{words}{': ' + said if said else ''}.{reason}"


def _image_words(image: Image, line: Line) -> str:
    before, after = _figures(image["before"], line), _figures(image["after"], line)
    if image["after"] is None:
        return "bỏ số thẩm định để đơn vị chấm lại"
    if before and after and before != after:
        return f"{before} thành {after}"
    return after


def _figures(image: object, line: Line) -> str:
    if not isinstance(image, dict):
        return ""
    points = image.get("points")
    if isinstance(points, int):
        return f"{show(Fraction(points, MILLI))} điểm"
    inputs = image.get("inputs")
    if not isinstance(inputs, dict):
        return ""
    return ", ".join(
        f"{NAMES[key].lower()} {value_words(line, key, value)}"
        for key, value in inputs.items()
        if value is not None and key in NAMES
    )
