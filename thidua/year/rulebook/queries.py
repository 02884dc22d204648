"""Reads of the rulebook: the scale in force, its lines in words, what the lint says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.db.models import Q

from thidua.core.lint import Item, lint
from thidua.core.node import Node, Sum
from thidua.core.scale import Scale as CoreScale
from thidua.scalefile import LoadedScale, fingerprint, load_scale
from thidua.scalefile.editing.lines import Spot
from thidua.scalefile.editing.repairs import spot_on, spots_by_path
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import members
from thidua.year.rulebook.models import Revision, Scale
from thidua.year.rulebook.outline import OutlineRow, leaves, outline, slots
from thidua.year.rulebook.screen import part_of, screen_advice
from thidua.year.rulebook.words import (
    Names,
    class_words,
    gate_words,
    header_words,
    modifier_words,
    ranking_words,
    rule_words,
)

__all__ = ["OutlineRow", "leaves", "outline", "slots"]

READ_AS = "thang-diem.yaml"  # the reader tells JSON from YAML by content
MOST_IN_MEMORY = 32


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of a scale; the order of its facts is no part of the fingerprint."""

    fingerprint: str
    text: str


class Altered(RuntimeError):
    """The stored text no longer gives the fingerprint under which it was stored."""


@lru_cache(maxsize=MOST_IN_MEMORY)
def read_text(text: str) -> LoadedScale:
    """A text as the reader gives it; what an edit has just read the page need not read again."""
    return load_scale(text, name=READ_AS)


@lru_cache(maxsize=MOST_IN_MEMORY)
def _loaded(source: _Source) -> LoadedScale:
    found = read_text(source.text)
    if fingerprint(found.plain) != source.fingerprint:
        raise Altered(f"scale text does not match its fingerprint {source.fingerprint}")
    return found


def core_scale(row: Scale) -> CoreScale:
    """The scale of a row as the engine reads it; read once per fingerprint and process.

    Raises `Altered` when the stored text was changed behind the product's back.
    """
    return loaded_scale(row).scale


def loaded_scale(row: Scale) -> LoadedScale:
    """The scale of a row with its plain values and the places of its lines."""
    return _loaded(_Source(row.fingerprint, row.text))


def adopted_scales(bloc_year: BlocYear) -> dict[str, Scale]:
    """The newest adopted version for each kind of unit ("" is for every unit); one query."""
    rows = Scale.objects.filter(bloc_year=bloc_year, adopted_at__isnull=False)
    return {row.unit_kind: row for row in rows.order_by("adopted_at", "sequence")}


def choose_scale(adopted: Mapping[str, Scale], unit_kind: str) -> Scale | None:
    """The scale for a kind of unit: its own, else the one for every unit."""
    return adopted.get(unit_kind) or adopted.get("")


def current_scale(bloc_year: BlocYear, unit_kind: str = "") -> Scale | None:
    """The newest adopted version that applies to a kind of unit; one query."""
    return choose_scale(adopted_scales(bloc_year), unit_kind)


def replaced_by(row: Scale) -> Scale | None:
    """The version in force whose place a draft takes once it is adopted; None for a first one.

    A draft for one kind of unit takes the place of that kind's own scale, else of the one for every
    unit; of a scale for another kind it never does. One query.
    """
    return choose_scale(adopted_scales(row.bloc_year), row.unit_kind)


def replacing(row: Scale) -> Revision | None:
    """What a version says, or a draft would say, of the version whose place it takes; not stored.

    A draft keeps the reason it was begun with; its base is what is in force now. Two queries.
    """
    found = Revision.objects.select_related("base").filter(scale=row).first()
    if row.is_adopted:
        return found
    base = replaced_by(row)
    if base is None:
        return None
    return Revision(scale=row, base=base, reason=found.reason if found else "")


@dataclass(frozen=True, slots=True)
class Reach:
    """Units that a draft would be the scale of, and units that then still have none."""

    units: tuple[str, ...]
    lacking: tuple[str, ...]


def reach_of(row: Scale) -> Reach:
    """Whom a draft concerns once it is adopted; a unit follows the scale of its own kind first."""
    then = {**adopted_scales(row.bloc_year), row.unit_kind: row}
    chosen = [(one.name, choose_scale(then, one.kind)) for one in members(row.bloc_year)]
    return Reach(
        units=tuple(name for name, scale in chosen if scale is row),
        lacking=tuple(name for name, scale in chosen if scale is None),
    )


def may_copy(source: Scale, bloc_year: BlocYear) -> bool:
    """An adopted version of one's own bloc; of another bloc only when that year is closed."""
    if not source.is_adopted:
        return False
    return source.bloc_year.bloc_id == bloc_year.bloc_id or source.bloc_year.closed_at is not None


def copyable(bloc_year: BlocYear) -> list[Scale]:
    """Versions a draft may begin from, one's own bloc first, the newest first (one query)."""
    found = (
        Scale.objects.filter(adopted_at__isnull=False)
        .filter(Q(bloc_year__bloc_id=bloc_year.bloc_id) | Q(bloc_year__closed_at__isnull=False))
        .select_related("bloc_year__bloc")
        .defer("text", "plain")
        .order_by("-bloc_year__year", "-sequence")
    )
    return sorted(found, key=lambda row: row.bloc_year.bloc_id != bloc_year.bloc_id)


def versions(bloc_year: BlocYear) -> list[Scale]:
    """Every version of the year, newest first, without the long columns (one query)."""
    rows = Scale.objects.filter(bloc_year=bloc_year).defer("text", "plain")
    return list(rows.order_by("-sequence"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LintLine:
    """One finding of the lint: `line` in the file, `anchor` of its row ("" for none).

    `screen` is the advice in words of the editor, `place` the address of the line or part in it.
    """

    level: str
    title: str
    advice: str
    screen: str
    line: int
    anchor: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LintGroups:
    """Errors block adoption; warnings and notices never do."""

    errors: tuple[LintLine, ...]
    warnings: tuple[LintLine, ...]
    notices: tuple[LintLine, ...]

    @property
    def is_clean(self) -> bool:
        """Nothing was found."""
        return not (self.errors or self.warnings or self.notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleLine:
    """A line of the scale as people read it: sentences for the rule and for its modifiers."""

    row: OutlineRow
    anchor: str
    rule: str
    more: tuple[str, ...]
    mark: str  # "bad" or "warn" where the lint found something

    @property
    def is_section(self) -> bool:
        """A top-level node."""
        return self.row.depth == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalePage:
    """A whole scale as a bảng điểm: lines, general rules, conditions, classes, ranking, lint."""

    lines: tuple[ScaleLine, ...]
    general: tuple[str, ...]
    gates: tuple[tuple[str, str], ...]
    classes: tuple[tuple[str, str], ...]
    ranking: tuple[str, ...]
    lint: LintGroups
    leaf_count: int
    slot_count: int
    source: str


def scale_page(row: Scale) -> ScalePage:
    """Everything the page, the Word and the PDF of a version show; no query."""
    loaded = loaded_scale(row)
    scale, names = loaded.scale, Names.of(loaded.scale)
    rows = outline(scale)
    anchors = {found.code: f"d{number}" for number, found in enumerate(rows, 1)}
    items = lint(scale)
    marks = _marks(items)
    return ScalePage(
        lines=tuple(_line(found, anchors, marks, names) for found in rows),
        general=header_words(scale.header),
        gates=tuple((gate.label, gate_words(gate, names)) for gate in scale.gates),
        classes=_classes(scale, names),
        ranking=ranking_words(scale.ranking, names),
        lint=_groups(items, loaded, anchors),
        leaf_count=sum(1 for found in rows if found.is_leaf),
        slot_count=sum(1 for found in rows if found.slot),
        source=scale.source.ref,
    )


def lint_errors(row: Scale) -> list[Item]:
    """What blocks adoption."""
    return [item for item in lint(core_scale(row)) if item.level == "error"]


def _line(
    row: OutlineRow, anchors: Mapping[str, str], marks: Mapping[str, str], names: Names
) -> ScaleLine:
    return ScaleLine(
        row=row,
        anchor=anchors[row.code],
        rule="" if _is_plain_group(row.node) else rule_words(row.node, names),
        more=modifier_words(row.node, names),
        mark=marks.get(row.code, ""),
    )


def _is_plain_group(node: Node) -> bool:
    """A sum without limits needs no sentence: everybody adds up the lines of a group."""
    return isinstance(node, Sum) and node.cap is None and node.floor is None


def _marks(items: Sequence[Item]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in items:
        if item.level == "error":
            found[item.code] = "bad"
        elif item.level == "warning":
            found.setdefault(item.code, "warn")
    return found


def _classes(scale: CoreScale, names: Names) -> tuple[tuple[str, str], ...]:
    if scale.classification is None:
        return ()
    kept = scale.classification
    return tuple((one.label or one.code, class_words(one, kept, names)) for one in kept.classes)


def _groups(items: Sequence[Item], loaded: LoadedScale, anchors: Mapping[str, str]) -> LintGroups:
    placed = spots_by_path(loaded.plain) if items else {}
    lines = [
        LintLine(
            level=item.level,
            title=item.words.vi,
            advice=item.advice.vi,
            screen=screen_advice(item),
            line=loaded.mark(item.path).line,
            anchor=anchors.get(item.code, ""),
            place=_editor_place(item, spot_on(item.path, placed)),
        )
        for item in items
    ]
    return LintGroups(
        errors=tuple(line for line in lines if line.level == "error"),
        warnings=tuple(line for line in lines if line.level == "warning"),
        notices=tuple(line for line in lines if line.level == "notice"),
    )


def _editor_place(item: Item, spot: Spot | None) -> str:
    return urlencode({"dong": spot.key} if spot else {"phan": part_of(item)})
