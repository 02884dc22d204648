"""Why a unit has its total and its rank: sections, caps, tie-breaks, neighbours, how firm it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.finding import Finding
from thidua.core.points import show
from thidua.core.result import UnitResult
from thidua.year.rulebook.words import Names, ranking_words
from thidua.year.scoring.board import BY_HAND, View
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Stage
from thidua.year.scoring.pages.firmness import Swing, swings
from thidua.year.scoring.pages.marks import made_up_keys, rests_on_samples
from thidua.year.scoring.pages.places import places
from thidua.year.scoring.pages.table import class_label
from thidua.year.scoring.pages.why import explained


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the total; while lines of it are open, what it has by now (`running`)."""

    line: Line
    points: Fraction | None
    running: bool
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A unit of the table with its total and place."""

    unit: str
    total: Fraction | None
    rank: int | None
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyTotal:
    """Why a unit has its total, its class and its rank, and how firm the rank is."""

    sheet: SheetFacts
    total: Fraction | None
    so_far: Fraction
    rank: int | None
    class_label: str
    synthetic: bool
    sections: tuple[Section, ...]
    totals: tuple[Finding, ...]
    gates: tuple[Finding, ...]
    ranking: tuple[Finding, ...]
    rule: tuple[str, ...]
    others: tuple[Other, ...]
    margin_words: str
    swings: tuple[Swing, ...]
    decimals: int


def why_total(view: View, sheet: SheetFacts, stage: Stage) -> WhyTotal:
    """The answer for a total and a rank at a stage."""
    scale = view.facts.scale_of(sheet)
    unit = explained(view, sheet, stage)
    bloc = view.result(scale.pk, stage)
    placed = places(view, scale, (stage, BY_HAND))
    at = {view.facts.sheets[key].unit: place for key, place in placed.items()}
    ranked = sorted(bloc.units, key=lambda one: at.get(one.unit, len(bloc.units)))
    rivals = _rivals([one for one in ranked if one.unit in at], sheet.unit)
    return WhyTotal(
        sheet=sheet,
        total=unit.total,
        so_far=unit.so_far,
        rank=at.get(sheet.unit),
        class_label=class_label(scale, unit.class_code),
        synthetic=rests_on_samples(view.facts, sheet),
        sections=_sections(view, sheet, unit),
        totals=_pick(unit.findings, ("TOTAL", "PERCENT", "CAP", "STATE")),
        gates=_pick(unit.findings, ("GATE", "CLASS")),
        ranking=_pick(unit.findings, ("RANK", "TIE")) if sheet.unit in at else (),
        rule=ranking_words(scale.scale.ranking, Names.of(scale.scale)),
        others=_others(view, ranked, at),
        margin_words=_margin_words(unit, rivals, at, scale.scale.header.decimals),
        swings=tuple(swings(view, sheet, rivals)) if stage != Stage.SELF else (),
        decimals=scale.scale.header.decimals,
    )


def _sections(view: View, sheet: SheetFacts, unit: UnitResult) -> tuple[Section, ...]:
    made_up = made_up_keys(view.facts, sheet)
    found = []
    for line in view.facts.scale_of(sheet).lines:
        if line.above:
            continue
        node = unit.nodes[line.key]
        running = node.points is None and node.so_far is not None
        found.append(
            Section(
                line=line,
                points=node.so_far if running else node.points,
                running=running,
                synthetic=line.key in made_up,
            )
        )
    return tuple(found)


def _others(view: View, ranked: Iterable[UnitResult], at: Mapping[str, int]) -> tuple[Other, ...]:
    sample = {
        sheet.unit: rests_on_samples(view.facts, sheet) for sheet in view.facts.sheets.values()
    }
    return tuple(
        Other(unit=one.unit, total=one.total, rank=at.get(one.unit), synthetic=sample[one.unit])
        for one in ranked
    )


def _pick(findings: Iterable[Finding], prefixes: tuple[str, ...]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.rule_id.startswith(prefixes))


def _rivals(placed: list[UnitResult], unit: str) -> list[UnitResult]:
    """The units right ahead and right behind."""
    at = next((place for place, one in enumerate(placed) if one.unit == unit), None)
    if at is None:
        return []
    return [placed[other] for other in (at - 1, at + 1) if 0 <= other < len(placed)]


def _margin_words(
    unit: UnitResult, rivals: list[UnitResult], at: Mapping[str, int], decimals: int
) -> str:
    said = []
    for other in rivals:
        if unit.total is None or other.total is None:
            continue
        if unit.total == other.total:
            said.append(_level_words(other.unit, at[unit.unit] - at[other.unit]))
            continue
        margin = show(abs(unit.total - other.total), decimals=decimals)
        word = "kém" if other.total > unit.total else "hơn"
        said.append(f"{word} {other.unit} {margin} điểm")
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _level_words(other: str, places_below: int) -> str:
    """Two units with the same total: who stands above by the tie-break, or that neither does."""
    if not places_below:
        return f"bằng điểm {other}, cùng thứ hạng"
    return f"bằng điểm {other}, xếp {'dưới' if places_below > 0 else 'trên'} theo tiêu chí phụ"
