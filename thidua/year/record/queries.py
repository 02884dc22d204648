"""Reading the record: results and titles of a jurisdiction by year, and one unit's history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.text import fold
from thidua.registry.models import Unit
from thidua.year.record.models import Title, YearResult


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleMark:
    """A title in words; ``decided`` is the decision, or the sentence that there is none yet."""

    label: str
    decided: str
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One unit in one year of one bloc."""

    unit_id: int
    unit_name: str
    bloc_name: str
    year: int
    rank: int | None
    total: Fraction | None
    total_text: str
    class_label: str
    note: str
    fingerprint: str
    synthetic: bool
    titles: tuple[TitleMark, ...]

    @property
    def decimals(self) -> int:
        """How many decimals the total was printed with."""
        return len(self.total_text.partition(",")[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordGroup:
    """One bloc's results of one year, by place."""

    year: int
    bloc_name: str
    rows: tuple[RecordRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """What the record shows: the years on record, the chosen one, the words sought, the groups."""

    years: tuple[int, ...]
    year: int | None
    words: str
    groups: tuple[RecordGroup, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing was ever written to this record."""
        return not self.years

    @property
    def rows(self) -> tuple[RecordRow, ...]:
        """All rows shown, in order."""
        return tuple(row for group in self.groups for row in group.rows)


def record_page(*, words: str = "", year: int | None = None) -> RecordPage:
    """The record of the jurisdiction in scope (three queries).

    Without words and year the newest year is shown; words are sought without marks, in every year,
    among the names of units and blocs and the titles.
    """
    years = tuple(YearResult.objects.order_by("-year").values_list("year", flat=True).distinct())
    wanted = fold(words)
    chosen = year if year in years else None
    if chosen is None and not wanted and years:
        chosen = years[0]
    rows = _rows(chosen)
    found = [row for row in rows if not wanted or _speaks_of(row, wanted)]
    return RecordPage(years=years, year=chosen, words=words, groups=_groups(found))


def unit_history(unit: Unit) -> tuple[RecordRow, ...]:
    """Every year of one unit, newest first, under the names of those days (two queries)."""
    results = YearResult.objects.filter(unit=unit)
    titles = Title.objects.filter(unit=unit)
    return tuple(_joined(results, titles))


def _rows(year: int | None) -> list[RecordRow]:
    results, titles = YearResult.objects.all(), Title.objects.all()
    if year is not None:
        results, titles = results.filter(year=year), titles.filter(year=year)
    return _joined(results, titles)


def _joined(results: Iterable[YearResult], titles: Iterable[Title]) -> list[RecordRow]:
    marks: defaultdict[tuple[int, str, int], list[TitleMark]] = defaultdict(list)
    for title in titles:
        marks[title.unit_id, title.bloc_name, title.year].append(_mark(title))
    return [_row(one, tuple(marks[one.unit_id, one.bloc_name, one.year])) for one in results]


def _mark(title: Title) -> TitleMark:
    decided = "Khối suy tôn, chưa có quyết định"
    if title.decision_number:
        decided = f"Quyết định số {title.decision_number}"
        if title.decision_date:
            decided += f" ngày {title.decision_date:%d/%m/%Y}"
    return TitleMark(label=title.get_award_display(), decided=decided, synthetic=title.synthetic)


def _row(one: YearResult, titles: tuple[TitleMark, ...]) -> RecordRow:
    return RecordRow(
        unit_id=one.unit_id,
        unit_name=one.unit_name,
        bloc_name=one.bloc_name,
        year=one.year,
        rank=one.rank,
        total=Fraction(one.total) if one.total else None,
        total_text=one.total_text,
        class_label=one.class_label,
        note=one.note,
        fingerprint=one.fingerprint,
        synthetic=one.synthetic,
        titles=titles,
    )


def _speaks_of(row: RecordRow, wanted: str) -> bool:
    said = [row.unit_name, row.bloc_name, *(title.label for title in row.titles)]
    return any(wanted in fold(text) for text in said)


def _groups(rows: list[RecordRow]) -> tuple[RecordGroup, ...]:
    gathered: dict[tuple[int, str], list[RecordRow]] = {}
    for row in rows:
        gathered.setdefault((row.year, row.bloc_name), []).append(row)
    return tuple(
        RecordGroup(year=year, bloc_name=bloc, rows=tuple(found))
        for (year, bloc), found in gathered.items()
    )
