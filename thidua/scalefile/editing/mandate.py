"""Chỉ tiêu bắt buộc: the resolution that set a line, written as the first sentence of its note.

The format has no key of its own for it (FORMAT 4 gives a node a note and nothing else to cite
with), so the sentence has one fixed form, which the file, the papers and the form all carry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

LEAD = "Chỉ tiêu bắt buộc theo Nghị quyết số "
_NUMBER_SIGNS = r"[^\s,;.]+(?:\.[^\s,;.]+)*"
_DAY_OF = r"(?: ngày (?P<d>[0-9]{2})/(?P<m>[0-9]{2})/(?P<y>[0-9]{4}))?"
_SENTENCE = re.compile(
    rf"{re.escape(LEAD)}(?P<number>{_NUMBER_SIGNS}){_DAY_OF}"
    r"(?:, (?P<clause>[^.;]+))?\.(?: (?P<rest>.*))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Mandate:
    """The resolution of a People's Council: number, date, and where in it the target stands."""

    number: str
    day: date | None = None
    clause: str = ""


def mandate_of(note: str) -> tuple[Mandate | None, str]:
    """The resolution that a note cites first, and the rest of the note."""
    found = _SENTENCE.fullmatch(note)
    if found is None:
        return None, note
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"])) if found["y"] else None
    except ValueError:
        return None, note
    mandate = Mandate(found["number"], day, found["clause"] or "")
    return mandate, found["rest"] or ""


def note_with(mandate: Mandate | None, rest: str) -> str:
    """The note that says both; `mandate_of` reads it back."""
    if mandate is None:
        return rest
    day = f" ngày {mandate.day:%d/%m/%Y}" if mandate.day else ""
    clause = f", {mandate.clause}" if mandate.clause else ""
    return f"{LEAD}{mandate.number}{day}{clause}. {rest}".rstrip()
