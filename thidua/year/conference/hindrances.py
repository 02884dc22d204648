"""What still stands between the table and its adoption, unit by unit, each with a way on."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.year.conference.conditions import unjudged
from thidua.year.conference.explaining import StillExplaining, still_explaining
from thidua.year.conference.freezing import reasons_not_ranked
from thidua.year.conference.models import Conference
from thidua.year.conference.queries import members_of, names_of
from thidua.year.scoring.board import BY_HAND, view_of
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.queries import OpenLine, open_lines

READY = (Sheet.State.VERIFIED, Sheet.State.ADOPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """One thing to settle; ``key`` names the line, empty when it is about the whole sheet."""

    rule_id: str
    unit_id: int
    unit_name: str
    words: str  # a sentence under the unit's name
    key: str = ""
    has_sheet: bool = True
    is_of_facts: bool = False  # mended on the page of the unit's facts

    @property
    def sentence(self) -> str:
        """The same, naming the unit."""
        return f"{self.unit_name}: {self.words[:1].lower()}{self.words[1:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHindrances:
    """The hindrances of one unit."""

    unit_id: int
    unit_name: str
    has_sheet: bool
    hindrances: tuple[Hindrance, ...]


def hindrances_of(conference: Conference) -> list[Hindrance]:
    """Everything that holds up the adoption, in founding order; an empty list means none.

    Units recorded as not ranked, or gone from the bloc, hold up nothing.
    """
    bloc_year = conference.bloc_year
    aside = reasons_not_ranked(conference)
    memberships = [row for row in members_of(conference) if row.unit_id not in aside]
    names = names_of(conference, (row.unit for row in memberships))
    sheets = {row.unit_id: row for row in Sheet.objects.filter(bloc_year=bloc_year)}
    lines: dict[int, list[OpenLine]] = {}
    for line in open_lines(bloc_year, Stage.ADOPTED):
        lines.setdefault(line.unit_id, []).append(line)
    facts = _of_facts(bloc_year.pk, names)
    found: list[Hindrance] = []
    for row in memberships:
        name = names[row.unit_id]
        found.extend(_of_sheet(row.unit_id, name, sheets.get(row.unit_id)))
        found.extend(_of_line(name, line) for line in lines.get(row.unit_id, ()))
        found.extend(facts.get(row.unit_id, ()))
    return found


def explaining_of(conference: Conference) -> StillExplaining | None:
    """The time for explanations, while it holds up the whole table (ADOPT-6); else None."""
    names = names_of(conference, (row.unit for row in members_of(conference)))
    aside = reasons_not_ranked(conference)
    return still_explaining(conference.bloc_year, names=names, aside=aside)


def by_unit(hindrances: list[Hindrance]) -> list[UnitHindrances]:
    """The same, gathered per unit in order."""
    gathered: dict[int, list[Hindrance]] = {}
    for one in hindrances:
        gathered.setdefault(one.unit_id, []).append(one)
    return [
        UnitHindrances(
            unit_id=unit_id,
            unit_name=found[0].unit_name,
            has_sheet=found[0].has_sheet,
            hindrances=tuple(found),
        )
        for unit_id, found in gathered.items()
    ]


def _of_sheet(unit_id: int, name: str, sheet: Sheet | None) -> list[Hindrance]:
    if sheet is None:
        words = "Chưa có bảng điểm."
        return [
            Hindrance(
                rule_id="ADOPT-4", unit_id=unit_id, unit_name=name, words=words, has_sheet=False
            )
        ]
    if sheet.state in READY:
        return []
    words = f"Bảng điểm chưa thẩm định xong ({sheet.get_state_display().lower()})."
    return [Hindrance(rule_id="ADOPT-2", unit_id=unit_id, unit_name=name, words=words)]


def _of_line(name: str, line: OpenLine) -> Hindrance:
    return Hindrance(
        rule_id="ADOPT-1",
        unit_id=line.unit_id,
        unit_name=name,
        key=line.key,
        words=line.words,
    )


def _of_facts(bloc_year_id: int, names: dict[int, str]) -> dict[int, list[Hindrance]]:
    """Per unit the conditions that nobody can judge (ADOPT-5)."""
    view = view_of(bloc_year_id, (Stage.ADOPTED, BY_HAND))
    return {
        sheet.unit_id: [
            Hindrance(
                rule_id="ADOPT-5",
                unit_id=sheet.unit_id,
                unit_name=names.get(sheet.unit_id, sheet.unit),
                words=one.words,
                is_of_facts=True,
            )
            for one in unjudged(view, sheet)
        ]
        for sheet in view.facts.sheets.values()
    }
