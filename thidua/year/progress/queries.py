"""Reads of results and evidence, each in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import members
from thidua.year.progress.lines import lines_for, takes_figure
from thidua.year.progress.models import Citation, EvidenceDocument, Result
from thidua.year.registration.models import Target
from thidua.year.rulebook.queries import OutlineRow


@dataclass(frozen=True)
class FigureLine:
    """A line that takes a figure: the unit's own wording, its target and what it reached."""

    row: OutlineRow
    target: Target | None
    latest: Result | None
    earlier: Sequence[Result]

    @property
    def label(self) -> str:
        """The unit's wording of a slot, else the scale's."""
        return self.target.name if self.target else self.row.label

    @property
    def measure(self) -> str:
        """Unit of measure."""
        return self.target.measure if self.target else self.row.unit


@dataclass(frozen=True)
class LibraryEntry:
    """A document of the library with the lines that cite it."""

    document: EvidenceDocument
    citations: Sequence[Citation]


@dataclass(frozen=True)
class UnitProgress:
    """One unit on the overview: how many lines have a result, how many documents."""

    unit_id: int
    name: str
    synthetic: bool
    reported: int
    wanted: int
    documents: int
    last: date | None


def latest_results(bloc_year: BlocYear) -> dict[int, dict[str, Result]]:
    """The newest result of every unit and line (one query)."""
    found: dict[int, dict[str, Result]] = defaultdict(dict)
    for result in Result.objects.filter(bloc_year=bloc_year).order_by("as_of", "id"):
        found[result.unit_id][result.code] = result
    return dict(found)


def figure_lines(bloc_year: BlocYear, unit_id: int) -> list[FigureLine]:
    """The lines of a unit that take a figure, with targets and results."""
    targets = _targets(bloc_year, unit_id)
    results: dict[str, list[Result]] = defaultdict(list)
    for result in Result.objects.filter(bloc_year=bloc_year, unit_id=unit_id).order_by(
        "-as_of", "-id"
    ):
        results[result.code].append(result)
    return [
        FigureLine(
            row=row,
            target=targets.get(row.code),
            latest=results[row.code][0] if results[row.code] else None,
            earlier=results[row.code][1:],
        )
        for row in lines_for(bloc_year, unit_id)
        if takes_figure(row.node)
    ]


def cite_choices(bloc_year: BlocYear, unit_id: int) -> list[tuple[str, str]]:
    """The lines on which a document may be cited; a slot with the unit's own wording beside it."""
    targets = _targets(bloc_year, unit_id)
    return [
        (row.code, _with_target(row.name, targets.get(row.code)))
        for row in lines_for(bloc_year, unit_id)
    ]


def _with_target(name: str, target: Target | None) -> str:
    own = target.name if target else ""
    return f"{name}: {own}" if own and own not in name else name


def _targets(bloc_year: BlocYear, unit_id: int) -> Mapping[str, Target]:
    rows = Target.objects.filter(registration__bloc_year=bloc_year, registration__unit_id=unit_id)
    return {target.code: target for target in rows.exclude(code="")}


def library(bloc_year: BlocYear, unit_id: int) -> list[LibraryEntry]:
    """The unit's evidence of the year, oldest document first (two queries)."""
    documents = EvidenceDocument.objects.filter(bloc_year=bloc_year, unit_id=unit_id)
    cited: dict[int, list[Citation]] = defaultdict(list)
    for citation in Citation.objects.filter(document__in=documents).order_by("code", "id"):
        cited[citation.document_id].append(citation)
    rows = documents.select_related("file").order_by("issued_on", "id")
    return [LibraryEntry(document, cited[document.pk]) for document in rows]


def citations(bloc_year: BlocYear, unit_id: int) -> dict[str, list[Citation]]:
    """Citations of a unit by line, in the order in which they were made (one query)."""
    rows = Citation.objects.filter(document__bloc_year=bloc_year, document__unit_id=unit_id)
    found: dict[str, list[Citation]] = defaultdict(list)
    for citation in rows.select_related("document").order_by("at", "id"):
        found[citation.code].append(citation)
    return dict(found)


def overview(bloc_year: BlocYear) -> list[UnitProgress]:
    """Every unit in the founding order (a fixed number of queries)."""
    results = latest_results(bloc_year)
    documents: dict[int, int] = defaultdict(int)
    for unit_id in EvidenceDocument.objects.filter(bloc_year=bloc_year).values_list(
        "unit_id", flat=True
    ):
        documents[unit_id] += 1
    targets: dict[int, set[str]] = defaultdict(set)
    rows = Target.objects.filter(registration__bloc_year=bloc_year).exclude(code="")
    for unit_id, code in rows.values_list("registration__unit_id", "code"):
        targets[unit_id].add(code)
    return [
        UnitProgress(
            unit_id=member.unit_id,
            name=member.name,
            synthetic=member.synthetic,
            reported=len(results.get(member.unit_id, {})),
            wanted=len(targets[member.unit_id]),
            documents=documents[member.unit_id],
            last=max((one.as_of for one in results.get(member.unit_id, {}).values()), default=None),
        )
        for member in members(bloc_year)
    ]
