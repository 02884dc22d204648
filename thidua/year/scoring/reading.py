"""Reads the facts of a bloc-year from the database: one query per kind of fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Subquery

from thidua.core.scale import Period
from thidua.platform import clock
from thidua.registry.queries import names_on
from thidua.year.bloc.models import BlocYear, Membership, Window
from thidua.year.progress.marks import Frame, marks_of
from thidua.year.progress.models import Citation, Result
from thidua.year.progress.placing import beyond
from thidua.year.progress.queries import counted_pages, latest_results
from thidua.year.registration.models import Target
from thidua.year.registration.queries import targets_in_force
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import core_scale
from thidua.year.scoring.base import Bound, Cited, Reached, base_of
from thidua.year.scoring.facts import (
    ClosingFacts,
    ExplanationFacts,
    ReturnFacts,
    ScaleFacts,
    SheetEntryMap,
    SheetFacts,
    SheetRatings,
    YearFacts,
)
from thidua.year.scoring.layers import EntryFacts, Inputs
from thidua.year.scoring.lines import lines_of
from thidua.year.scoring.models import (
    Entry,
    Explanation,
    LineReturn,
    Rating,
    Sheet,
    Stage,
    StepClosing,
)
from thidua.year.scoring.ratings import RatingFacts, entry_of
from thidua.year.scoring.steps import Roster, read_roster

MOST_SCALES = 64
_scales: dict[tuple[int, str], ScaleFacts] = {}


def read_year(bloc_year_id: int) -> YearFacts:
    """Everything, anew (thirteen queries, fewer while no sheet is open; sixteen, seventeen where
    several units rate, in a year with steps of its own)."""
    bloc_year = BlocYear(pk=bloc_year_id)  # only its key is asked for
    roster = read_roster(bloc_year_id)
    sheets = _sheets(bloc_year_id, roster)
    facts = YearFacts(
        bloc_year_id=bloc_year_id,
        roster=roster,
        sheets=sheets,
        scales=_scales_of({sheet.scale_id for sheet in sheets.values()}),
        entries=read_entries(sheets),
        base={},
        targets=_targets(bloc_year),
        results=_results(bloc_year),
        citations=_citations(bloc_year_id),
        returns=_returns(bloc_year_id),
        explanations=_explanations(bloc_year_id),
        closings=_closings(bloc_year_id, roster),
    )
    return _with_ratings(replace(facts, base=_bases(facts)), facts.sheets)


def read_again(facts: YearFacts, *, sheet_ids: Iterable[int]) -> YearFacts:
    """The facts with the entries of some sheets, and how far all sheets are, read anew."""
    wanted = list(sheet_ids)
    again = replace(
        facts,
        sheets=_sheets(facts.bloc_year_id, facts.roster),
        entries={**facts.entries, **read_entries(wanted)},
        returns=_returns(facts.bloc_year_id),
        explanations=_explanations(facts.bloc_year_id),
        closings=_closings(facts.bloc_year_id, facts.roster),
    )
    return _with_ratings(again, wanted)


def _with_ratings(facts: YearFacts, sheet_ids: Iterable[int]) -> YearFacts:
    """The facts with the ratings of some sheets, and the stages that say anything.

    A blind step counts nowhere until it is ended on a sheet, so that no page, paper or total can
    give away what another unit rated.
    """
    wanted = list(sheet_ids)
    ratings = _ratings(facts, wanted) if facts.roster.shares else {}
    entries = dict(facts.entries)
    for sheet_id, found in ratings.items():
        entries[sheet_id] = {**entries.get(sheet_id, {}), **_shared(facts, sheet_id, found)}
    used = {stage for found in entries.values() for _, stage in found}
    return replace(
        facts,
        entries=entries,
        ratings={**facts.ratings, **ratings},
        used=frozenset(used | {Stage.SELF}),
    )


def _shared(
    facts: YearFacts, sheet_id: int, ratings: SheetRatings
) -> dict[tuple[str, Stage], EntryFacts]:
    """What the ratings of a sheet come to, line by line."""
    index = facts.scale_of(facts.sheets[sheet_id]).index
    found: dict[tuple[str, Stage], EntryFacts] = {}
    for (code, stage), given in ratings.items():
        step, line = facts.roster.step(stage), index.get(code)
        if step is None or line is None:
            continue
        if not step.blind or facts.is_closed(sheet_id, stage):
            found[code, stage] = entry_of(given, step.combine, line)
    return found


def _ratings(facts: YearFacts, sheet_ids: Iterable[int]) -> dict[int, SheetRatings]:
    """The ratings of sheets by line and stage, in the order they were first given (one query)."""
    names = {sheet.unit_id: sheet.unit for sheet in facts.sheets.values()}
    wanted = [pk for pk in sheet_ids if pk in facts.sheets]
    found: dict[int, dict[tuple[str, Stage], list[RatingFacts]]] = {pk: {} for pk in wanted}
    rows = Rating.objects.filter(sheet_id__in=wanted).select_related("rater").order_by("pk")
    for row in rows:
        name = names.get(row.rater_id, row.rater.name)
        given = found[row.sheet_id].setdefault((row.code, Stage(row.stage)), [])
        given.append(_rating(row, name))
    return {
        sheet: {place: tuple(given) for place, given in lines.items()}
        for sheet, lines in found.items()
    }


def _rating(row: Rating, unit: str) -> RatingFacts:
    return RatingFacts(
        pk=row.pk,
        sheet_id=row.sheet_id,
        code=row.code,
        stage=Stage(row.stage),
        rater_id=row.rater_id,
        unit=unit,
        points=row.points,
        kept=row.kept,
        reason=row.reason,
        author=row.author,
        at=row.at,
        version=row.version,
        synthetic=row.synthetic,
    )


def _closings(bloc_year_id: int, roster: Roster) -> dict[int, dict[Stage, ClosingFacts]]:
    """Which steps were ended on which sheets; the usual three are told by the sheet itself."""
    if not roster.own:
        return {}
    found: dict[int, dict[Stage, ClosingFacts]] = defaultdict(dict)
    for row in StepClosing.objects.filter(sheet__bloc_year_id=bloc_year_id).order_by("pk"):
        found[row.sheet_id][Stage(row.stage)] = ClosingFacts(
            sheet_id=row.sheet_id,
            stage=Stage(row.stage),
            author=row.author,
            at=row.at,
            late=row.late,
            missing=row.missing,
            reason=row.reason,
        )
    return dict(found)


def read_entries(sheet_ids: Iterable[int]) -> dict[int, SheetEntryMap]:
    """The entries of sheets, by sheet, then by line and stage (one query)."""
    wanted = list(sheet_ids)
    found: dict[int, dict[tuple[str, Stage], EntryFacts]] = {pk: {} for pk in wanted}
    rows = Entry.objects.filter(sheet_id__in=wanted).values_list(
        "pk", "sheet_id", "code", "stage", "kind", "inputs", "points", "reason", "author", "at",
        "version", "synthetic",
    )  # fmt: skip
    for row in rows.iterator(chunk_size=5000):
        one = _entry(row)
        found[one.sheet_id][one.code, one.stage] = one
    return dict(found)


def _entry(row: tuple[Any, ...]) -> EntryFacts:
    pk, sheet_id, code, stage, kind, inputs, points, reason, author, at, version, synthetic = row
    return EntryFacts(
        pk=pk,
        sheet_id=sheet_id,
        code=code,
        stage=Stage(stage),
        kind=Entry.Kind(kind),
        inputs=inputs,
        points=points,
        reason=reason,
        author=author,
        at=at,
        version=version,
        synthetic=synthetic,
    )


def _sheets(bloc_year_id: int, roster: Roster) -> dict[int, SheetFacts]:
    members = {
        member.unit_id: member
        for member in Membership.objects.filter(bloc_year_id=bloc_year_id).select_related(
            "bloc_year"
        )
    }
    rows = Sheet.objects.filter(bloc_year_id=bloc_year_id).select_related("unit", "bloc_year")
    ordered = sorted(rows, key=lambda row: (_order(members.get(row.unit_id)), row.pk))
    names = _names(ordered)
    return {row.pk: _sheet(row, names[row.pk], members.get(row.unit_id), roster) for row in ordered}


def _names(rows: Sequence[Sheet]) -> dict[int, str]:
    """The names of the year, told apart where two units bear one: the core ranks by them."""
    if not rows:
        return {}
    day = rows[0].bloc_year.day_that_counts(clock.today())
    of_year = names_on([row.unit_id for row in rows], day=day)
    used: dict[str, int] = defaultdict(int)
    found: dict[int, str] = {}
    for row in rows:
        name = of_year.get(row.unit_id, row.unit.name)
        used[name] += 1
        found[row.pk] = name if used[name] == 1 else f"{name} ({used[name]})"
    return found


def _order(member: Membership | None) -> int:
    return member.order if member else 1_000_000


def _sheet(row: Sheet, name: str, member: Membership | None, roster: Roster) -> SheetFacts:
    return SheetFacts(
        pk=row.pk,
        unit_id=row.unit_id,
        unit=name,
        kind=member.kind if member else "",
        scale_id=row.scale_id,
        state=Sheet.State(row.state),
        at_stage=stage_of(row, roster),
        late=row.late,
        verified_late=row.verified_late,
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by,
        verified_at=row.verified_at,
        verified_by=row.verified_by,
        fields=row.fields,
        fields_version=row.fields_version,
        period=_period(member),
        synthetic=row.synthetic,
    )


def stage_of(row: Sheet, roster: Roster) -> Stage | None:
    """The step that works on a sheet now; None before it is sent and after the last."""
    if row.state not in (Sheet.State.SUBMITTED, Sheet.State.RETURNED):
        return None
    if row.at_stage:
        return Stage(row.at_stage)
    return roster.middle[0].stage if roster.middle else None


def _period(member: Membership | None) -> Period | None:
    """The part of the year a unit was a member, if it was not all of it (FORMAT 5, applies_to)."""
    if member is None:
        return None
    year = member.bloc_year
    starts, ends = max(member.joined, year.starts), min(member.left or year.ends, year.ends)
    if (starts, ends) == (year.starts, year.ends):
        return None
    return Period(starts.isoformat(), ends.isoformat())


def _scales_of(pks: set[int]) -> dict[int, ScaleFacts]:
    """Scales are frozen once adopted, so each is read by the core once per process."""
    found: dict[int, ScaleFacts] = {}
    for row in Scale.objects.filter(pk__in=pks):
        key = (row.pk, row.fingerprint)
        if key not in _scales:
            if len(_scales) >= MOST_SCALES:
                _scales.clear()
            _scales[key] = scale_facts(row)
        found[row.pk] = _scales[key]
    return found


def scale_facts(row: Scale) -> ScaleFacts:
    """A scale with its lines."""
    scale = core_scale(row)
    lines = lines_of(scale)
    return ScaleFacts(
        pk=row.pk,
        title=row.title,
        scale=scale,
        lines=lines,
        index={line.key: line for line in lines},
    )


def _targets(bloc_year: BlocYear) -> dict[int, dict[str, Bound]]:
    return {
        unit_id: {code: _bound(target) for code, target in slots.items()}
        for unit_id, slots in targets_in_force(bloc_year).items()
    }


def _bound(target: Target) -> Bound:
    return Bound(
        name=target.name,
        measure=target.measure,
        value=target.value,
        wording=target.wording,
        assigned=target.assigned,
        document_number=target.document_number,
        document_date=target.document_date,
        clause=target.clause,
        left_empty=target.reason if target.is_left_empty else "",
        synthetic=target.synthetic,
    )


def _results(bloc_year: BlocYear) -> dict[int, dict[str, Reached]]:
    return {
        unit_id: {code: _reached(result) for code, result in lines.items()}
        for unit_id, lines in latest_results(bloc_year).items()
    }


def _reached(result: Result) -> Reached:
    return Reached(
        value=result.value,
        as_of=result.as_of,
        note=result.note,
        author=result.author,
        at=result.at,
        synthetic=result.synthetic,
    )


def _citations(bloc_year_id: int) -> dict[int, dict[str, tuple[Cited, ...]]]:
    found: dict[int, dict[str, list[Cited]]] = defaultdict(lambda: defaultdict(list))
    due = Window.objects.filter(bloc_year_id=bloc_year_id, deed=Window.Deed.SELF_SCORE)
    cited = Citation.objects.filter(document__bloc_year_id=bloc_year_id)
    rows = cited.select_related("document__bloc_year", "document__file").annotate(
        due=Subquery(due.values("closes"))
    )
    lines: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        lines[row.document_id].add(row.code)
    for row in sorted(rows, key=lambda row: (row.at, row.pk)):
        document = row.document
        year = document.bloc_year
        found[document.unit_id][row.code].append(
            Cited(
                pk=row.pk,
                document_id=document.pk,
                number=document.number,
                subject=document.subject,
                issuer=document.issuer,
                signer=document.signer,
                issued_on=document.issued_on,
                page=row.page,
                has_file=document.file_id is not None,
                at=row.at,
                synthetic=document.synthetic,
                lines=len(lines[document.pk]),
                marks=marks_of(
                    frame=Frame(starts=year.starts, ends=year.ends, deadline=row.due),
                    lines=len(lines[document.pk]),
                    issued_on=document.issued_on,
                    at=document.at,
                    proposed=document.proposed,
                    beyond=beyond(row.page, counted_pages(document)),
                ),
            )
        )
    return {
        unit: {code: tuple(cited) for code, cited in lines.items()} for unit, lines in found.items()
    }


def _returns(bloc_year_id: int) -> dict[int, tuple[ReturnFacts, ...]]:
    found: dict[int, list[ReturnFacts]] = defaultdict(list)
    for row in LineReturn.objects.filter(sheet__bloc_year_id=bloc_year_id).order_by("at", "pk"):
        found[row.sheet_id].append(
            ReturnFacts(
                pk=row.pk,
                sheet_id=row.sheet_id,
                code=row.code,
                reason=row.reason,
                author=row.author,
                at=row.at,
                seen_version=row.seen_version,
                seen_citation=row.seen_citation,
                answered_at=row.answered_at,
                late=row.late,
            )
        )
    return {sheet: tuple(rows) for sheet, rows in found.items()}


def _explanations(bloc_year_id: int) -> dict[int, tuple[ExplanationFacts, ...]]:
    found: dict[int, list[ExplanationFacts]] = defaultdict(list)
    for row in Explanation.objects.filter(sheet__bloc_year_id=bloc_year_id).order_by("at", "pk"):
        found[row.sheet_id].append(
            ExplanationFacts(
                pk=row.pk,
                sheet_id=row.sheet_id,
                code=row.code,
                text=row.text,
                author=row.author,
                at=row.at,
                late=row.late,
                answer=row.answer,
                answered_by=row.answered_by,
                answered_at=row.answered_at,
                answered_late=row.answered_late,
            )
        )
    return {sheet: tuple(rows) for sheet, rows in found.items()}


def _bases(facts: YearFacts) -> Mapping[int, Mapping[str, Inputs]]:
    return {
        sheet.pk: base_of(
            facts.scales[sheet.scale_id].lines,
            targets=facts.targets.get(sheet.unit_id, {}),
            results=facts.results.get(sheet.unit_id, {}),
            citations=facts.citations.get(sheet.unit_id, {}),
        )
        for sheet in facts.sheets.values()
    }
