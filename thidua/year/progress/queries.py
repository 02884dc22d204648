"""Reads of results and evidence, each in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thidua.core.text import fold, sort_key
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.queries import members
from thidua.year.progress.lines import lines_for, takes_figure
from thidua.year.progress.marks import LATE, OUTSIDE, Frame, Mark, marks_of
from thidua.year.progress.models import Citation, EvidenceDocument, Result
from thidua.year.progress.placing import beyond
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
    """A document of the library with the lines that cite it and what is worth knowing of it."""

    document: EvidenceDocument
    citations: Sequence[Citation]
    marks: Sequence[Mark] = ()

    @property
    def lines(self) -> int:
        """How many lines cite it; two pages for one line count once."""
        return len({citation.code for citation in self.citations})

    @property
    def sent(self) -> bool:
        """Whether it went out with a score sheet, and so stays as it is."""
        return any(citation.sent_at is not None for citation in self.citations)


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the library: words, one filter, an order."""

    words: str = ""
    only: str = ""
    order: str = ""


@dataclass(frozen=True)
class Filter:
    """A filter of the library with how many documents it leaves."""

    name: str
    label: str
    count: int
    current: bool


FILTERS: tuple[tuple[str, str, Callable[[LibraryEntry], bool]], ...] = (
    ("chua-xac-nhan", "chưa xác nhận thông tin", lambda one: one.document.proposed),
    ("chua-dan", "chưa dẫn ở dòng nào", lambda one: not one.citations),
    ("nhieu-dong", "dẫn ở nhiều dòng", lambda one: one.lines > 1),
    ("ngoai-nam", OUTSIDE, lambda one: Mark(OUTSIDE) in one.marks),
    ("sau-han", LATE, lambda one: Mark(LATE) in one.marks),
    ("chua-tep", "chưa có tệp", lambda one: one.document.file_id is None),
)
ORDERS: tuple[tuple[str, str], ...] = (
    ("", "Ngày ban hành, cũ trước"),
    ("so", "Số, ký hiệu"),
    ("trich-yeu", "Trích yếu"),
    ("moi", "Mới nạp trước"),
    ("dan", "Dẫn nhiều trước"),
)


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


def frame_of(bloc_year: BlocYear) -> Frame:
    """The days of the year and the deadline of the self-scores, until which evidence is in time."""
    window = Window.objects.filter(bloc_year=bloc_year, deed=Window.Deed.SELF_SCORE).first()
    return Frame(
        starts=bloc_year.starts, ends=bloc_year.ends, deadline=window.closes if window else None
    )


def library(bloc_year: BlocYear, unit_id: int) -> list[LibraryEntry]:
    """The unit's evidence of the year, oldest document first (three queries)."""
    documents = EvidenceDocument.objects.filter(bloc_year=bloc_year, unit_id=unit_id)
    cited: dict[int, list[Citation]] = defaultdict(list)
    for citation in Citation.objects.filter(document__in=documents).order_by("code", "id"):
        cited[citation.document_id].append(citation)
    rows = sorted(
        documents.select_related("file", "bloc_year", "unit"),
        key=lambda one: (one.issued_on is None, one.issued_on or date.min, one.pk),
    )  # the two databases disagree on where a missing day stands
    frame = frame_of(bloc_year)
    return [entry_of(document, cited[document.pk], frame) for document in rows]


def entry_of(document: EvidenceDocument, cited: Sequence[Citation], frame: Frame) -> LibraryEntry:
    """A document with its citations and marks."""
    marks = marks_of(
        frame=frame,
        lines=len({citation.code for citation in cited}),
        issued_on=document.issued_on,
        at=document.at,
        proposed=document.proposed,
        beyond=next(filter(None, (beyond(one.page, counted_pages(document)) for one in cited)), ""),
    )
    return LibraryEntry(document, cited, marks)


def counted_pages(document: EvidenceDocument) -> int | None:
    """How many pages the file of a document has, where they could be counted (a PDF)."""
    return document.file.pages if document.file else None


def chosen(entries: Sequence[LibraryEntry], asked: Asked) -> list[LibraryEntry]:
    """The entries that a reader asked for, in the order asked for."""
    holds = next((test for name, _, test in FILTERS if name == asked.only), None)
    wanted = fold(asked.words).split()
    found = [
        entry
        for entry in entries
        if (holds is None or holds(entry)) and all(word in _searched(entry) for word in wanted)
    ]
    if asked.order == "so":
        return sorted(found, key=lambda one: (not one.document.number,
                                              sort_key(one.document.number)))  # fmt: skip
    if asked.order == "trich-yeu":
        return sorted(found, key=lambda one: sort_key(one.document.subject))
    if asked.order == "moi":
        return sorted(found, key=lambda one: (one.document.at, one.document.pk), reverse=True)
    if asked.order == "dan":
        return sorted(found, key=lambda one: -one.lines)
    return found


def filters_of(entries: Sequence[LibraryEntry], asked: Asked) -> list[Filter]:
    """Every filter with its count; one that leaves nothing is not offered unless it is chosen."""
    found = [
        Filter(name, label, sum(map(holds, entries)), name == asked.only)
        for name, label, holds in FILTERS
    ]
    return [one for one in found if one.count or one.current]


def _searched(entry: LibraryEntry) -> str:
    document = entry.document
    places = " ".join(f"{one.code} {one.page}" for one in entry.citations)
    parts = (document.number, document.subject, document.issuer, document.signer,
             document.file_name, places)  # fmt: skip
    return fold(" ".join(parts))


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
