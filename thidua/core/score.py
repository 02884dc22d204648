"""Chấm điểm cả khối: from a scale and all sheets to the result (FORMAT sections 7, 8)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from thidua.core.bloc import Bloc
from thidua.core.classify import Classed, Line, classify, counts_as_leaf
from thidua.core.condition import Scalar, Test
from thidua.core.finding import Finding
from thidua.core.gates import Gated, pass_gates
from thidua.core.outcome import Outcome
from thidua.core.ranking import Ranked, Standing, rank_units
from thidua.core.result import Issue, NodeResult, Result, UnitResult
from thidua.core.run import Run
from thidua.core.scale import ClassFloor, Scale
from thidua.core.sheet import SheetSet
from thidua.core.totals import Totals, explain_totals, totals_of


def score(
    scale: Scale, sheets: SheetSet, *, explain: bool = False, aside: Collection[str] = ()
) -> Result:
    """Score every unit of a bloc under a scale.

    Units named in `aside` are scored like the others and take no place.

    The scale must be free of the lint errors that forbid scoring (duplicate codes, unknown or
    forward references). Bad inputs never raise: they become issues and leave their line without
    points. `explain` adds findings to lines and units. The order of entries within a sheet changes
    nothing but the order of `unknown_code` issues.
    """
    bloc = Bloc(scale, sheets)
    scored = [
        score_unit(Run(bloc, position, explain=explain)) for position in range(len(bloc.sheets))
    ]
    return conclude(scale, scored, aside=aside)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredUnit:
    """One unit after its own tree, gates and class; only its rank needs the others."""

    run: Run
    totals: Totals
    gated: Gated
    classed: Classed
    nodes: Mapping[str, NodeResult]

    def fact(self, subject: str, name: str) -> Scalar | None:
        """A fact for gates, classes and tie-breaks: the rounded total too."""
        return self.totals.figure(name) if subject == "total" else self.run.fact(subject, name)


def score_unit(run: Run) -> ScoredUnit:
    """Evaluate one sheet and everything that follows from it alone."""
    scale = run.bloc.scale
    totals = totals_of(scale.header, run.evaluate())

    def look(test: Test) -> Scalar | None:
        return totals.figure(test.name) if test.subject == "total" else run.look(test)

    gated = pass_gates(scale.gates, look)
    classed = Classed(None)
    if scale.classification is not None and not gated.blocked:
        figure = totals.figure(scale.classification.key)
        if figure is not None:
            classed = classify(
                scale.classification,
                figure,
                look=look,
                lines=lambda floor: floor_lines(run, floor),
                demoted_by=gated.demoted_by,
            )
    nodes = {made.place.key: made.to_result() for made in run.reached()}
    return ScoredUnit(run=run, totals=totals, gated=gated, classed=classed, nodes=nodes)


def conclude(scale: Scale, scored: Sequence[ScoredUnit], *, aside: Collection[str] = ()) -> Result:
    """Rank the scored units but those set aside, and put the result together."""
    standings = [
        _standing(scale, one, takes_part=one.run.sheet.unit not in aside) for one in scored
    ]
    ranked = rank_units(scale.ranking, standings, names=_tie_break_names(scale))
    units = tuple(_unit_result(one, place) for one, place in zip(scored, ranked, strict=True))
    provisional = any(
        unit.total is None or any(node.provisional for node in unit.nodes.values())
        for unit in units
    )
    return Result(scale=scale.name, version=scale.version, provisional=provisional, units=units)


def floor_lines(run: Run, floor: ClassFloor) -> Iterator[Line]:
    """Points and maximum of the evaluated base lines a class floor looks at."""
    for made in _floor_outcomes(run, floor):
        if made.state != "na" and made.place.node.part == "base":
            yield made.points, made.max


def _floor_outcomes(run: Run, floor: ClassFloor) -> Iterator[Outcome]:
    if isinstance(floor.over, tuple):
        outline = run.bloc.outline
        keys = [place.key for code in floor.over for place in outline.places(code)]
        yield from (run.outcomes[key] for key in keys if key in run.outcomes)
        return
    for section in run.bloc.scale.sections:
        if floor.over == "sections":
            yield run.outcomes[section.code]
        elif section.part == "base":
            yield from _leaves(run, run.outcomes[section.code])


def _leaves(run: Run, made: Outcome) -> Iterator[Outcome]:
    if made.place.node.part != "base":
        return
    if counts_as_leaf(made.place.node) or not made.children:
        yield made
        return
    for key in made.children:
        yield from _leaves(run, run.outcomes[key])


def _standing(scale: Scale, one: ScoredUnit, *, takes_part: bool) -> Standing:
    figure = one.totals.figure(scale.ranking.key)
    is_ranked = takes_part and one.gated.ranked and one.totals.total is not None
    ties = tuple(one.fact(rule.subject, rule.name) for rule in scale.ranking.tie_breaks)
    return Standing(one.run.sheet.unit, figure if is_ranked else None, ties)


def _tie_break_names(scale: Scale) -> list[str]:
    labels: dict[str, str] = {"points": "tổng điểm", "percent": "tỷ lệ điểm"}
    labels |= {name: field.label or name for name, field in scale.field_index().items()}
    tops = {section.code for section in scale.sections}
    for code, node in scale.index().items():
        labels[code] = f"{'Phần' if code in tops else 'dòng'} {code}. {node.label}".strip(" .")
    return [labels.get(rule.name, rule.name) for rule in scale.ranking.tie_breaks]


def _unit_result(one: ScoredUnit, ranked: Ranked) -> UnitResult:
    run, totals, gated = one.run, one.totals, one.gated
    reached = list(run.reached())
    return UnitResult(
        unit=run.sheet.unit,
        total=totals.total,
        so_far=totals.so_far,
        percent=totals.percent,
        denominator=totals.denominator,
        base=totals.base,
        bonus=totals.bonus,
        deduct=totals.deduct,
        rank=ranked.rank,
        class_code=one.classed.code,
        considered=gated.considered,
        blocked=gated.blocked,
        gates=gated.results,
        missing=tuple(run.missing()),
        issues=tuple(_issues(one, reached)),
        nodes=one.nodes,
        findings=tuple(_findings(one, ranked)) if run.explains else (),
    )


def _issues(one: ScoredUnit, reached: Sequence[Outcome]) -> Iterator[Issue]:
    for key in one.run.sheet.inputs:
        if not one.run.bloc.outline.knows(key):
            yield Issue("error", key, "unknown_code")
    for made in reached:
        yield from made.issues
    yield from one.gated.issues
    if one.classed.issue is not None:
        code, issue = one.classed.issue
        yield Issue("warning", code, issue)


def _findings(one: ScoredUnit, ranked: Ranked) -> Iterator[Finding]:
    yield from explain_totals(one.run.bloc.scale.header, one.totals)
    yield from one.gated.findings
    if one.classed.finding is not None:
        yield one.classed.finding
    yield ranked.finding
