"""“Vì sao?” of the adopted table: the rule, the arithmetic, the place, who changed what when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from thidua.core.number import read_number
from thidua.core.points import show, show_figure
from thidua.platform.http.parts import LogLine
from thidua.year.conference.changes import changes_of_line, changes_of_unit
from thidua.year.conference.documents.facts import Frozen
from thidua.year.conference.documents.figures import maximum_text, points_text, total_text
from thidua.year.conference.models import Adoption
from thidua.year.conference.queries import ConferenceFacts
from thidua.year.conference.showing import Place, places_of, remarks_of
from thidua.year.conference.snapshot import Deviation, Line, ScaleTable, Snapshot, UnitRow, Why
from thidua.year.rulebook.words import Names, modifier_words, ranking_words, rule_words
from thidua.year.scoring.board import View, view_of
from thidua.year.scoring.facts import ScaleFacts

FIGURES = {
    "target": "Chỉ tiêu",
    "result": "Kết quả",
    "value": "Số liệu",
    "values": "Các số liệu",
    "date": "Ngày thực hiện",
    "due": "Hạn",
    "chosen": "Phương án đã chọn",
}
SUMS = ("TOTAL-", "PERCENT-", "CAP-", "STATE-")
CONDITIONS = ("GATE-", "CLASS-")
PLACES = ("RANK-", "TIE-")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyPage:
    """Why one figure is what it is."""

    unit: UnitRow
    question: str
    line: Line | None
    maximum: str
    rule: tuple[str, ...]  # the line of the scale in words; of a total: how places are given
    arithmetic: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]  # máy, tự chấm, thẩm định, thông qua
    deviation: Deviation | None
    below: tuple[tuple[Line, str, bool], ...]  # line, points, made up
    history: tuple[LogLine, ...]
    scale: ScaleTable
    version: int
    in_force: bool
    synthetic: bool
    total: WhyTotal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyTotal:
    """What a total has beside its arithmetic: class and conditions, place, distances."""

    place: str
    class_label: str
    conditions: tuple[str, ...]
    ranking: tuple[str, ...]
    margins: str
    remarks: tuple[str, ...]
    places: tuple[Place, ...]


def why_page(facts: ConferenceFacts, frozen: Frozen, unit_id: int, key: str) -> WhyPage | None:
    """The reasons of one adopted figure; None when the table has no such figure.

    Figures and arithmetic come from the snapshot alone; the words of the rule from the scale it
    names; who changed what from the ledger, up to the moment of this adoption.
    """
    snapshot = frozen.snapshot
    row = snapshot.of(unit_id)
    if row is None or row.scale is None:
        return None
    adoption = next(one for one in facts.adoptions if one.version == snapshot.version)
    build = _Build(
        snapshot=snapshot,
        row=row,
        scale=snapshot.scales[row.scale],
        adoption=adoption,
        in_force=adoption == facts.adoption,
        view=view_of(facts.bloc_year.pk),
    )
    return build.line(key) if key else build.total()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    snapshot: Snapshot
    row: UnitRow
    scale: ScaleTable
    adoption: Adoption
    in_force: bool
    view: View

    def total(self) -> WhyPage:
        snapshot, row = self.snapshot, self.row
        rules = self._rules()
        ranking = _said(row.whys, PLACES) if row.is_ranked else ()
        return WhyPage(
            unit=row,
            question=_total_question(snapshot, row),
            line=None,
            maximum=maximum_text(self.scale.max_total),
            rule=() if rules is None else ranking_words(rules.scale.ranking, Names.of(rules.scale)),
            arithmetic=_said(row.whys, SUMS),
            figures=(),
            stages=(),
            deviation=None,
            below=self._below(""),
            history=changes_of_unit(self.view.facts, row.unit_id, until=self.adoption.at),
            scale=self.scale,
            version=snapshot.version,
            in_force=self.in_force,
            synthetic=row.synthetic,
            total=WhyTotal(
                place=f"xếp thứ {row.rank}" if row.is_ranked else "không xếp hạng",
                class_label=row.result_class,
                conditions=_said(row.whys, CONDITIONS[:1] if row.left_out else CONDITIONS),
                ranking=ranking,
                margins=_margins(snapshot, row),
                remarks=_beside(remarks_of(snapshot, row), ranking),
                places=places_of(snapshot),
            ),
        )

    def line(self, key: str) -> WhyPage | None:
        line = next((one for one in self.scale.lines if one.key == key), None)
        cell = self.row.cells.get(key)
        if line is None or cell is None:
            return None
        shown = points_text(cell.points, self.scale)
        texts = (cell.computed, cell.self_score, cell.verified)
        before = [points_text(one, self.scale) for one in texts]
        names = ("Máy tính theo thang điểm", "Tự chấm", "Thẩm định")
        place = (self.row.unit_id, key)
        return WhyPage(
            unit=self.row,
            question="Vì sao không có điểm?" if cell.points is None else f"Vì sao {shown} điểm?",
            line=line,
            maximum=maximum_text(line.max),
            rule=self._rule_of(key),
            arithmetic=tuple(why.words for why in cell.whys),
            figures=tuple(_figures(cell.whys)),
            stages=(*zip(names, before, strict=True), ("Thông qua", shown)),
            deviation=next(
                (one for one in self.snapshot.deviations if (one.unit_id, one.key) == place), None
            ),
            below=self._below(key),
            history=changes_of_line(self.view, self.row.unit_id, key, until=self.adoption.at),
            scale=self.scale,
            version=self.snapshot.version,
            in_force=self.in_force,
            synthetic=cell.synthetic,
        )

    def _rules(self) -> ScaleFacts | None:
        """The scale that the snapshot names; a name and version stand for one content (SCALE-6)."""
        wanted = (self.scale.name, self.scale.version)
        scales = self.view.facts.scales.values()
        found = (one for one in scales if (one.scale.name, one.scale.version) == wanted)
        return next(found, None)

    def _rule_of(self, key: str) -> tuple[str, ...]:
        rules = self._rules()
        line = None if rules is None else next((x for x in rules.lines if x.key == key), None)
        if rules is None or line is None or line.is_heading:
            return ()
        names = Names.of(rules.scale)
        return (rule_words(line.node, names), *modifier_words(line.node, names))

    def _below(self, parent: str) -> tuple[tuple[Line, str, bool], ...]:
        cells = self.row.cells
        return tuple(
            (line, points_text(cells[line.key].points, self.scale), cells[line.key].synthetic)
            for line in self.scale.lines
            if line.parent == parent and line.key in cells
        )


def _total_question(snapshot: Snapshot, row: UnitRow) -> str:
    if row.result_total is None:
        return "Vì sao không xếp hạng?" if row.left_out else "Vì sao chưa có tổng điểm?"
    place = f", xếp thứ {row.rank}" if row.is_ranked else ""
    return f"Vì sao {total_text(snapshot, row)} điểm{place}?"


def _beside(remarks: Iterable[str], ranking: tuple[str, ...]) -> tuple[str, ...]:
    """The remarks that the sentences on the place have not said already."""
    said = {words.rstrip(".") for words in ranking}
    return tuple(words for words in remarks if words.rstrip(".") not in said)


def _said(whys: tuple[Why, ...], prefixes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(why.words for why in whys if why.rule_id.startswith(prefixes))


def _margins(snapshot: Snapshot, row: UnitRow) -> str:
    """How far the units right ahead and right behind are, as one sentence; empty without a place.

    Only units under the same scale: figures of different scales have no distance.
    """
    placed = [one for one in snapshot.ranking if one.is_ranked and one.scale == row.scale]
    if row not in placed:
        return ""
    at = placed.index(row)
    near = [placed[other] for other in (at - 1, at + 1) if 0 <= other < len(placed)]
    said = "; ".join(_margin(snapshot, row, other) for other in near)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _margin(snapshot: Snapshot, row: UnitRow, other: UnitRow) -> str:
    own, theirs = snapshot.figure(row) or Fraction(0), snapshot.figure(other) or Fraction(0)
    scale = snapshot.scales[row.scale or 0]
    if own == theirs:
        return f"bằng {other.name}"
    unit = "điểm" if scale.key == "points" else "điểm phần trăm"
    places = scale.decimals if scale.key == "points" else scale.percent_decimals
    word = "hơn" if own > theirs else "kém"
    return f"{word} {other.name} {show(abs(own - theirs), decimals=places)} {unit}"


def _figures(whys: tuple[Why, ...]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for why in whys:
        for name, text in why.inputs:
            if name in FIGURES and name not in seen:
                seen.add(name)
                yield FIGURES[name], _readable(text)


def _readable(text: str) -> str:
    """A figure or day of the sheet as people write it; words stay."""
    if text in ("True", "False"):
        return "Có" if text == "True" else "Không"
    number = read_number(text)
    if number is not None:
        return show_figure(number)
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text
