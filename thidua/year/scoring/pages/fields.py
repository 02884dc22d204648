"""Facts of a unit that conditions of its scale look at, as a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thidua.core.number import read_number
from thidua.year.scoring.board import View
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.typed import read_fact
from thidua.year.scoring.wording import day_words, number_text


@dataclass(frozen=True, slots=True, kw_only=True)
class FactField:
    """One fact: its type decides the input; `text` is what stands there."""

    name: str
    label: str
    type: str
    unit: str
    text: str
    used_by: str = ""


def fact_fields(view: View, desk: Desk) -> list[FactField]:
    """The declared facts with what is known of them."""
    sheet = view.facts.sheets[desk.sheet.pk]
    return [
        FactField(
            name=one.name,
            label=one.label or one.name,
            type=one.type,
            unit=one.unit or "",
            text=fact_text(one.type, sheet.fields.get(one.name)),
        )
        for one in view.facts.scale_of(sheet).scale.fields
    ]


def fact_text(kind: str, value: object) -> str:
    """A fact as it stands in its input."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "co" if value else "khong"
    if kind == "date":
        return day_words(str(value))
    if kind == "number":
        number = read_number(str(value))
        return str(value) if number is None else number_text(number)
    return str(value)


def facts_sent(desk: Desk, sent: Mapping[str, str]) -> dict[str, object]:
    """The facts that the form holds and that differ from what is known."""
    present = desk.own.fields
    found: dict[str, object] = {}
    for one in desk.scale.scale.fields:
        name = f"fact_{one.name}"
        if name not in sent or sent[name].strip() == fact_text(one.type, present.get(one.name)):
            continue
        found[one.name] = read_fact(one.type, one.label or one.name, sent[name])
    return found
