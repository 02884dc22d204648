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
from thidua.year.scoring.lines import Ask, Line
from thidua.year.scoring.wording import NAMES, value_words

MOST_EVENTS = 30
Image = Mapping[str, Any]


def line_history(
    view: View, sheet: SheetFacts, line: Line, *, seen_by: int | None
) -> Iterable[LogLine]:
    """Who changed what, when: the events of the ledger that touched this line, newest first.

    A rating of another unit at a blind step is told without its number until the step is ended.
    """
    keys = _row_keys(view, sheet, line)
    events = Event.objects.filter(
        chain=of_year(view.facts.bloc_year_id), verb__startswith="scoring."
    ).order_by("-seq")
    shown = 0
    for event in events.values("subject", "actor", "reason", "at", "rows", "verb").iterator():
        images = [one for one in event["rows"] if _touches(one, keys, sheet, line)]
        if not images:
            continue
        seen = _without_hidden(view, sheet, images, seen_by)
        yield LogLine(words=_event_words(event, seen, line), at=event["at"])
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
    rows |= {
        ("scoring.rating", one.pk)
        for (code, _), given in view.facts.ratings.get(sheet.pk, {}).items()
        if code == line.key
        for one in given
    }
    return rows | {
        ("scoring.explanation", one.pk)
        for one in view.facts.explanations.get(sheet.pk, ())
        if one.code == line.key
    }


def _without_hidden(
    view: View, sheet: SheetFacts, images: list[Image], seen_by: int | None
) -> list[Image]:
    """The images without ratings that the reader may not see yet.

    A rating that was taken off or changed names its step and unit in its first image alone; what is
    not known to be shown stays hidden while any blind step is open on the sheet.
    """
    open_blind = {
        step.stage
        for step in view.facts.roster.middle
        if step.blind and not view.facts.is_closed(sheet.pk, step.stage)
    }
    if not open_blind:
        return images
    shown = {
        one.pk
        for (_, stage), given in view.facts.ratings.get(sheet.pk, {}).items()
        for one in given
        if stage not in open_blind or (seen_by is not None and one.rater_id == seen_by)
    }
    return [one for one in images if one["row"] != "scoring.rating" or one["pk"] in shown]


def _touches(image: Image, keys: set[tuple[str, int]], sheet: SheetFacts, line: Line) -> bool:
    if (image["row"], image["pk"]) in keys:
        return True
    whole = image["after"] or image["before"]
    return (
        isinstance(whole, dict) and whole.get("sheet") == sheet.pk and whole.get("code") == line.key
    )


def _event_words(event: Image, images: list[Image], line: Line) -> str:
    words = f"{event['subject']}. {event['actor']}"
    numbers = ("scoring.entry", "scoring.rating")
    changes = [_image_words(one, line) for one in images if one["row"] in numbers]
    said = "; ".join(change for change in changes if change)
    reason = f" Lý do: {event['reason']}" if event["reason"] else ""
    return f"{words}{': ' + said if said else ''}.{reason}"


def _image_words(image: Image, line: Line) -> str:
    before, after = figures_of_image(image["before"], line), figures_of_image(image["after"], line)
    if image["after"] is None:
        what = "số thẩm định" if image["row"] == "scoring.entry" else "điểm của một đơn vị"
        return f"bỏ {what} để đơn vị chấm lại"
    if image["row"] == "scoring.rating":
        return _rating_words(image, before, after)
    if before and after and before != after:
        return f"{before} thành {after}"
    return after


def _rating_words(image: Image, before: str, after: str) -> str:
    said = image["after"]
    kept = isinstance(said, dict) and said.get("kept")
    words = "giữ nguyên" if kept else f"{before} thành {after}" if before and after else after
    reason = said.get("reason") if isinstance(said, dict) else ""
    return f"{words} ({reason})" if reason else words


def figures_of_image(image: object, line: Line) -> str:
    """The points or figures that an image of an entry or a rating says; empty where none."""
    if not isinstance(image, dict):
        return ""
    points = image.get("points")
    if isinstance(points, int):
        return f"{show(Fraction(points, MILLI))} điểm"
    inputs = image.get("inputs")
    if not isinstance(inputs, dict):
        return ""
    return ", ".join(
        _input_words(line, key, value)
        for key, value in inputs.items()
        if value is not None and key in NAMES
    )


def _input_words(line: Line, key: str, value: object) -> str:
    said = value_words(line, key, value)
    if key == "value" and line.ask is Ask.POINTS:  # of a judged line the figure is its points
        return f"{said} điểm"
    return f"{NAMES[key].lower()} {said}"
