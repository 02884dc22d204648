"""“Vì sao?”: the rule of a line, its arithmetic, the figures with their sources, the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from thidua.core.points import show
from thidua.core.result import UnitResult
from thidua.core.score import score
from thidua.core.sheet import SheetSet
from thidua.platform import clock
from thidua.platform.http.parts import Document, LogLine
from thidua.year.rulebook.words import Names, modifier_words, rule_words
from thidua.year.scoring.base import citations_on, figure_text
from thidua.year.scoring.board import BY_HAND, BY_RULE, View, sheets_of
from thidua.year.scoring.checks import ISSUE_WORDS
from thidua.year.scoring.facts import ExplanationFacts, ReturnFacts, SheetFacts
from thidua.year.scoring.layers import STAGES
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Entry, Stage
from thidua.year.scoring.pages.cells import SELF_RUNS, STEP_RUNS, Cells, Row, document_of
from thidua.year.scoring.pages.history import line_history
from thidua.year.scoring.pages.raters import RatedStep, rated_steps
from thidua.year.scoring.wording import NAMES, value_words

RUNS = (*SELF_RUNS, *STEP_RUNS, (Stage.ADOPTED, BY_RULE))
COUNTS = {3: "Ba", 4: "Bốn", 5: "Năm", 6: "Sáu", 7: "Bảy", 8: "Tám"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A figure the arithmetic used, in words, with where it comes from."""

    name: str
    words: str
    source: str
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a stage said of the line: its number, the reason, who and when."""

    stage: str
    words: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyLine:
    """Why a line has the points it has."""

    row: Row
    shown: Fraction | None
    shown_stage: str
    rule: str
    modifiers: tuple[str, ...]
    arithmetic: tuple[str, ...]
    used: tuple[Used, ...]
    issues: tuple[str, ...]
    computed: Fraction | None
    numbers: tuple[tuple[str, Fraction | None], ...]
    rated: tuple[RatedStep, ...]
    said: tuple[Said, ...]
    documents: tuple[Document, ...]
    returns: tuple[ReturnFacts, ...]
    explanations: tuple[ExplanationFacts, ...]
    history: tuple[LogLine, ...]
    provisional: bool
    decimals: int

    @property
    def numbers_words(self) -> str:
        """How many numbers the line has: "Bốn con số"."""
        return f"{COUNTS[len(self.numbers)]} con số"


def why_line(  # the line of a sheet, its page, and who reads
    view: View,
    sheet: SheetFacts,
    line: Line,
    *,
    address: str,
    seen_by: int | None,
    with_history: bool = True,
) -> WhyLine:
    """The answer for one line, from one explaining run of the newest stage that speaks of it.

    `seen_by`: the unit of whoever reads, from whom a blind step hides the others' ratings.
    """
    scale, row = view.facts.scale_of(sheet), Cells.of(view, sheet, address=address).row(line)
    names = Names.of(scale.scale)
    stage = newest_stage(view, sheet, line)
    unit = explained(view, sheet, stage)
    node = unit.nodes.get(line.key)
    by_rule = view.node(sheet, line.key, Stage.ADOPTED, by_hand=BY_RULE)
    return WhyLine(
        row=row,
        shown=None if node is None else node.points,
        shown_stage=_stage_words(view, stage),
        rule=rule_words(line.node, names),
        modifiers=modifier_words(line.node, names),
        arithmetic=tuple(_arithmetic(view, sheet, line, unit, stage)),
        used=tuple(_used(view, sheet, line, stage)),
        issues=tuple(
            ISSUE_WORDS[one.issue]
            for one in unit.issues
            if one.code == line.key and one.issue in ISSUE_WORDS
        ),
        computed=view.computed(sheet, line, Stage.ADOPTED),
        numbers=_numbers(view, sheet, line, row),
        rated=rated_steps(view.facts, sheet, line, seen_by=seen_by),
        said=tuple(_said(view, sheet, line)),
        documents=tuple(
            document_of(one)
            for one in citations_on(line, view.facts.citations.get(sheet.unit_id, {}))
        ),
        returns=tuple(r for r in view.facts.returns.get(sheet.pk, ()) if r.code == line.key),
        explanations=tuple(
            one for one in view.facts.explanations.get(sheet.pk, ()) if one.code == line.key
        ),
        history=tuple(line_history(view, sheet, line, seen_by=seen_by)) if with_history else (),
        provisional=by_rule is not None and by_rule.provisional,
        decimals=scale.scale.header.decimals,
    )


def _stage_words(view: View, stage: Stage) -> str:
    return "Hội nghị" if stage == Stage.ADOPTED else view.facts.roster.label(stage)


def _numbers(
    view: View, sheet: SheetFacts, line: Line, row: Row
) -> tuple[tuple[str, Fraction | None], ...]:
    """The machine's number and that of every step of the year, in order."""
    roster, said = view.facts.roster, {one.step.stage: one.points for one in row.steps}
    return (
        ("Máy", view.computed(sheet, line, Stage.ADOPTED)),
        (roster.label(Stage.SELF), row.self_score),
        *((step.label, said.get(step.stage)) for step in roster.middle),
        (roster.label(Stage.ADOPTED), row.adopted),
    )


def newest_stage(view: View, sheet: SheetFacts, line: Line) -> Stage:
    """The latest stage that wrote on the line, or the self-score."""
    entries = view.facts.entries_of(sheet.pk)
    return next((one for one in reversed(STAGES) if (line.key, one) in entries), Stage.SELF)


def explained(view: View, sheet: SheetFacts, stage: Stage) -> UnitResult:
    """One unit with its findings: the whole bloc is scored once more, with reasons."""
    scale = view.facts.scale_of(sheet)
    sheets = sheets_of(view.facts, scale, stage, BY_HAND)
    return score(scale.scale, SheetSet(sheets=tuple(sheets)), explain=True).of(sheet.unit)


def _arithmetic(
    view: View, sheet: SheetFacts, line: Line, unit: UnitResult, stage: Stage
) -> Iterable[str]:
    node = unit.nodes.get(line.key)
    found = () if node is None else node.findings
    yield from (one.words for one in found if one.rule_id != "OVERRIDE-1")
    if node is not None and node.state == "override" and not line.is_judged:
        state = view.state(sheet, line.key, stage)
        yield f"Điểm ghi tay {show(node.points or Fraction(0))}: {state.reason or 'chưa ghi lý do'}"


def _used(view: View, sheet: SheetFacts, line: Line, stage: Stage) -> Iterable[Used]:
    facts, inputs = view.facts, view.state(sheet, line.key, stage).inputs
    for key, value in inputs.items():
        if value is None or key not in NAMES or (value is False and key in ("na", "reviewed")):
            continue
        source, synthetic = _source(view, sheet, line, key, stage)
        yield Used(
            name=NAMES[key],
            words=value_words(line, key, value),
            source=source,
            synthetic=synthetic,
        )
    bound = facts.targets.get(sheet.unit_id, {}).get(line.key)
    if bound is not None and bound.clause:
        place = ", ".join(part for part in (bound.document_number, bound.clause) if part)
        yield Used(name="Căn cứ giao", words=place, source="", synthetic=bound.synthetic)


def _source(view: View, sheet: SheetFacts, line: Line, key: str, stage: Stage) -> tuple[str, bool]:
    """Where the figure that stands comes from: the latest stage that names it. A figure that the
    unit sent as registration or progress had it names these, not whoever pressed send."""
    entries = view.facts.entries_of(sheet.pk)
    origin = _origin(view, sheet, line, key)
    for one in reversed(STAGES[: STAGES.index(stage) + 1]):
        entry = entries.get((line.key, one))
        said = None if entry is None else entry.inputs.get(key)
        if entry is None or said is None:
            continue
        if one == Stage.SELF and origin is not None and said == origin.figure:
            break
        at = entry.at.astimezone(clock.LOCAL)
        return f"{entry.author} ghi ngày {at:%d/%m/%Y}", entry.synthetic
    return ("", False) if origin is None else (origin.words, origin.synthetic)


@dataclass(frozen=True, slots=True)
class Origin:
    """What registration or progress says of a figure, and how to name it as the source."""

    figure: str
    words: str
    synthetic: bool


def _origin(view: View, sheet: SheetFacts, line: Line, key: str) -> Origin | None:
    bound = view.facts.targets.get(sheet.unit_id, {}).get(line.key)
    if key in ("target", "unit"):
        if bound is None:
            return None
        figure = bound.measure if key == "unit" else figure_text(bound.value or 0)
        words = _bound_words(bound.assigned, bound.document_number)
        return Origin(figure, words, bound.synthetic)
    reached = view.facts.results.get(sheet.unit_id, {}).get(line.key)
    if reached is None:
        return None
    words = f"số liệu đến {reached.as_of:%d/%m/%Y}, {reached.author} nhập"
    return Origin(figure_text(reached.value), words, reached.synthetic)


def _bound_words(assigned: bool, number: str) -> str:  # noqa: FBT001  # one row of a registration
    if not assigned:
        return "đơn vị tự đăng ký"
    return f"được giao theo {number}" if number else "được giao"


def _said(view: View, sheet: SheetFacts, line: Line) -> Iterable[Said]:
    entries = view.facts.entries_of(sheet.pk)
    for stage in STAGES:
        entry = entries.get((line.key, stage))
        if entry is None:
            continue
        points = view.points(sheet, line, stage)
        kept = entry.kind == Entry.Kind.CONFIRMED
        yield Said(
            stage=_stage_words(view, stage),
            words="giữ nguyên" if kept else "" if points is None else show(points),
            reason=entry.reason,
            author=entry.author,
            at=entry.at,
        )
