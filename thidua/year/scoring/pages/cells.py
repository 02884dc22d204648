"""Cells of the score table: what stands in each field of a line, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from urllib.parse import quote

from thidua.core.result import NodeResult
from thidua.platform.http.parts import Document
from thidua.year.scoring.base import Cited, citations_on
from thidua.year.scoring.board import BY_HAND, BY_RULE, View
from thidua.year.scoring.checks import ISSUE_WORDS, UNSETTLED
from thidua.year.scoring.facts import ExplanationFacts, ReturnFacts, SheetFacts
from thidua.year.scoring.layers import EntryFacts
from thidua.year.scoring.lines import Ask, Line, Option
from thidua.year.scoring.models import BEFORE_CONFERENCE, MIDDLE, Entry, Sheet, Stage
from thidua.year.scoring.pages.marks import made_up_keys
from thidua.year.scoring.steps import StepFacts
from thidua.year.scoring.wording import (
    doubt_words,
    field_text,
    number_text,
    points_words,
    value_words,
)

MOST_LETTERS = 30
SELF_RUNS = ((Stage.SELF, BY_HAND), (Stage.SELF, BY_RULE))
STEP_RUNS = (*((stage, BY_HAND) for stage in MIDDLE), (Stage.ADOPTED, BY_HAND))
FIGURE_FIELD = {
    Ask.PAIR: "result",
    Ask.NUMBER: "value",
    Ask.WORD: "value",
    Ask.TRUTH: "value",
    Ask.DATE: "date",
    Ask.CHOICE: "chosen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input of a line: `name` as the save contract calls it, `text` as it reads back."""

    name: str
    text: str
    label: str
    options: tuple[Option, ...] = ()
    numeric: bool = True
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCell:
    """What one step between self-scores and conference says of a line; `before` is the number that
    stood before it, `reason` why it gave another."""

    step: StepFacts
    points: Fraction | None
    before: Fraction | None
    reason: str

    @property
    def change(self) -> Fraction | None:
        """How far its number lies from the one before."""
        if self.points is None or self.before is None:
            return None
        return self.points - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a unit's score table; figures are exact, None where there are none."""

    line: Line
    slot_name: str
    target: str
    target_note: str
    target_field: Field | None
    figure: Field | None
    figure_words: str
    points_field: Field | None
    maximum: Fraction
    computed: Fraction | None
    self_score: Fraction | None
    so_far: Fraction | None
    verified: Fraction | None
    adopted: Fraction | None
    reason: str
    adopted_reason: str
    steps: tuple[StepCell, ...]
    explanations: tuple[ExplanationFacts, ...]
    version: int
    documents: tuple[Document, ...]
    missing_evidence: int
    returned: ReturnFacts | None
    remark: str
    state: str
    is_open: bool
    is_set_aside: bool
    is_reviewed: bool
    offers_review: bool
    synthetic: bool
    editable: bool
    line_url: str
    why_url: str
    doubt: str = ""
    trouble: str = ""

    @property
    def evidence_url(self) -> str:
        """Where a document is cited, or its absence is told; nothing else for people who read."""
        if self.editable:
            return f"{self.line_url}#minh-chung"
        return self.why_url if self.missing_evidence else ""

    @property
    def chips(self) -> tuple[Document, ...]:
        """The documents where only a number has room; one without a number goes by its subject."""
        return tuple(
            one if one.number else replace(one, number=shortened(one.subject))
            for one in self.documents
        )

    @property
    def key(self) -> str:
        """The key of the line in the sheet."""
        return self.line.key

    @property
    def difference(self) -> Fraction | None:
        """How far the self-score lies from what the rule gives."""
        if self.computed is None or self.self_score is None:
            return None
        return self.self_score - self.computed

    @property
    def change(self) -> Fraction | None:
        """How far the verified number lies from the self-score."""
        if self.verified is None or self.self_score is None:
            return None
        return self.verified - self.self_score

    @property
    def differs(self) -> bool:
        """Whether people and rule, or two stages, disagree."""
        return bool(self.difference) or bool(self.change)


@dataclass(frozen=True, slots=True)
class Cells:
    """Makes the rows of one sheet; `address` is that of its page, `editable` whether the unit may
    write on it now, `query` the place its links lead back to."""

    view: View
    sheet: SheetFacts
    made_up: frozenset[str]
    address: str = ""
    editable: bool = False
    query: str = ""
    library: str = ""
    columns: tuple[StepFacts, ...] = ()

    @classmethod
    def of(  # a view, its sheet, and what this reader may do and open
        cls,
        view: View,
        sheet: SheetFacts,
        *,
        address: str = "",
        editable: bool = False,
        query: str = "",
        library: str = "",
    ) -> Cells:
        """The maker of a sheet's rows; `library` is the address of its documents, if they open."""
        return cls(
            view,
            sheet,
            made_up_keys(view.facts, sheet),
            address,
            editable,
            query,
            library,
            columns_of(view, sheet),
        )

    def row(self, line: Line) -> Row:
        """One line with everything the table shows of it."""
        entries = self.view.facts.entries_of(self.sheet.pk)
        own = entries.get((line.key, Stage.SELF))
        node = self.view.node(self.sheet, line.key, Stage.SELF)
        state = self.view.state(self.sheet, line.key, Stage.SELF)
        returned = self.view.facts.open_returns(self.sheet.pk).get(line.key)
        cited = citations_on(line, self.view.facts.citations.get(self.sheet.unit_id, {}))
        why_url = f"{self.address}vi-sao/{quote(line.key)}/{self.query}"
        target, note, target_field = self._target(line, dict(state.inputs))
        verified = self._last_word(line)
        adopted = entries.get((line.key, Stage.ADOPTED))
        return Row(
            line=line,
            slot_name=self._slot_name(line),
            target=target,
            target_note=note,
            target_field=target_field,
            figure=self._figure(line, dict(state.inputs)),
            figure_words=figure_words(line, dict(state.inputs)),
            points_field=self._points(line, node),
            maximum=line.maximum,
            computed=self.view.computed(self.sheet, line, Stage.SELF),
            self_score=None if node is None else node.points,
            so_far=None if node is None or line.is_leaf else node.so_far,
            verified=self._later(line, BEFORE_CONFERENCE, verified),
            adopted=self._later(line, Stage.ADOPTED, adopted),
            reason=own.reason if own else "",
            adopted_reason=adopted.reason if adopted else "",
            steps=tuple(self._step(line, step) for step in self.columns),
            explanations=self._explanations(line),
            version=own.version if own else 0,
            documents=tuple(document_of(one, url=self._opened(one, why_url)) for one in cited),
            missing_evidence=int(lacks_evidence(line, node, cited)),
            returned=returned,
            remark=self._remark(line, node),
            state="returned" if returned else "",
            is_open=node is not None and node.state in UNSETTLED,
            is_set_aside=state.inputs.get("na") is True,
            is_reviewed=state.inputs.get("reviewed") is True,
            offers_review=self._offers_review(line),
            synthetic=line.key in self.made_up,
            editable=self.editable and self._is_writable(line, returned),
            line_url=f"{self.address}dong/{quote(line.key)}/{self.query}",
            why_url=why_url,
            doubt=doubt_words(line, dict(state.inputs)),
        )

    def _last_word(self, line: Line) -> EntryFacts | None:
        """The newest entry of the steps between, one that gives another number before one that
        only confirms."""
        entries = self.view.facts.entries_of(self.sheet.pk)
        found = [entries.get((line.key, step.stage)) for step in self.view.facts.roster.middle]
        said = [one for one in found if one is not None]
        changed = [one for one in said if one.kind != Entry.Kind.CONFIRMED]
        newest = changed or said
        return newest[-1] if newest else None

    def _step(self, line: Line, step: StepFacts) -> StepCell:
        """One step's number of a line, with the one that stood before it."""
        entry = self.view.facts.entries_of(self.sheet.pk).get((line.key, step.stage))
        points = self._later(line, step.stage, entry)
        before = self.view.facts.roster.before(step.stage).stage
        known = points is not None and (self.sheet.scale_id, before, BY_HAND) in self.view.results
        return StepCell(
            step=step,
            points=points,
            before=self.view.points(self.sheet, line, before) if known else None,
            reason=entry.reason if entry else "",
        )

    def _explanations(self, line: Line) -> tuple[ExplanationFacts, ...]:
        said = self.view.facts.explanations.get(self.sheet.pk, ())
        return tuple(one for one in said if one.code == line.key)

    def _later(self, line: Line, stage: Stage, entry: EntryFacts | None) -> Fraction | None:
        """A later stage's number: of a line once somebody wrote on it there, of a group once
        somebody began, of everything once the stage is over."""
        if (self.sheet.scale_id, stage, BY_HAND) not in self.view.results:
            return None
        over = self.sheet.state == Sheet.State.ADOPTED
        last = self.view.facts.roster.last_middle().stage
        if stage in (last, BEFORE_CONFERENCE):  # a unit without a place is adopted unverified
            over = is_verified(self.sheet)
        elif stage != Stage.ADOPTED:
            over = False  # a line outside a step passes through it without a number of its own
        begun = entry is not None if line.is_leaf else self._has_begun(stage)
        if not over and not begun:
            return None
        return self.view.points(self.sheet, line, stage)

    def _offers_review(self, line: Line) -> bool:
        """A review speaks for everything below it, so only the outermost group asks."""
        index = self.view.facts.scale_of(self.sheet).index
        return line.takes_review and not any(index[key].takes_review for key in line.above)

    def _has_begun(self, stage: Stage) -> bool:
        stages = MIDDLE if stage == BEFORE_CONFERENCE else (stage,)
        return any(one in stages for _, one in self.view.facts.entries_of(self.sheet.pk))

    def _opened(self, cited: Cited, why_url: str) -> str:
        """Where a chip leads: the document at the cited page, or why for who may not open it."""
        if not self.library:
            return why_url
        return f"{self.library}{cited.document_id}/?trang={cited.first_page}"

    def _is_writable(self, line: Line, returned: ReturnFacts | None) -> bool:
        return not line.is_heading and (
            returned is not None or self.sheet.state != Sheet.State.RETURNED
        )

    def _slot_name(self, line: Line) -> str:
        bound = self.view.facts.targets.get(self.sheet.unit_id, {}).get(line.key)
        return bound.name if bound else ""

    def _target(self, line: Line, inputs: dict[str, object]) -> tuple[str, str, Field | None]:
        if line.ask is Ask.DATE:
            due = str(inputs.get("due") or line.node.due or "")
            return (f"Hạn {field_text(line, 'due', due)}" if due else "", "", None)
        if line.ask is not Ask.PAIR:
            return ("", "", None)
        bound = self.view.facts.targets.get(self.sheet.unit_id, {}).get(line.key)
        text = field_text(line, "target", inputs.get("target"))
        if bound is None:
            label = f"Chỉ tiêu dòng {self._named(line)}"
            return ("", line.node.unit or "", Field(name="target", text=text, label=label))
        if bound.left_empty:
            return ("", "không đăng ký", None)
        how = "được giao" if bound.assigned else "tự đăng ký"
        measure = bound.measure or line.node.unit or ""
        note = measure or how
        shown = value_words(line, "target", inputs["target"]) if inputs.get("target") else ""
        return (shown or bound.wording, note, None)

    def _figure(self, line: Line, inputs: dict[str, object]) -> Field | None:
        name = FIGURE_FIELD.get(line.ask)
        if name is None:
            return None
        several = inputs.get(name) is None and bool(inputs.get("values"))
        value = inputs.get("values") if several else inputs.get(name)
        what = {"result": "Kết quả", "date": "Ngày thực hiện", "chosen": "Phương án"}
        return Field(
            name=name,
            text=field_text(line, name, value),
            label=f"{what.get(name, 'Số liệu')} dòng {self._named(line)}",
            options=line.options,
            numeric=line.ask in (Ask.PAIR, Ask.NUMBER),
            several=several,
        )

    def _points(self, line: Line, node: NodeResult | None) -> Field | None:
        if not line.is_leaf or (node is not None and node.state in ("off", "na")):
            return None
        text = "" if node is None or node.points is None else number_text(node.points, points=True)
        limit = f", tối đa {points_words(line.maximum)}" if line.maximum else ""
        label = f"Điểm tự chấm dòng {self._named(line)}{limit}"
        return Field(name="points", text=text, label=label)

    def _named(self, line: Line) -> str:
        """How a cell names its line to who hears it: the code and what the row says."""
        return f"{spoken(line)}, {self._slot_name(line) or line.label}"

    def _remark(self, line: Line, node: NodeResult | None) -> str:
        if node is None:
            return "không tính cho đơn vị"
        if node.state == "off":
            return "không tính, điều kiện của dòng không thỏa"
        if node.state == "na":
            return "không áp dụng"
        if node.state not in ("error", "undecided", "missing"):
            return ""
        said = self.view.unit(self.sheet, Stage.SELF).issues
        return next(
            (ISSUE_WORDS[one.issue] for one in said
             if one.code == line.key and one.issue in ISSUE_WORDS),
            "",
        )  # fmt: skip


def columns_of(view: View, sheet: SheetFacts) -> tuple[StepFacts, ...]:
    """The steps between self-scores and conference that have something to show of a sheet."""
    begun = {stage for _, stage in view.facts.entries_of(sheet.pk)}
    middle = view.facts.roster.middle
    return tuple(
        step
        for step in middle
        if step.stage in begun or (step is middle[-1] and is_verified(sheet))
    )


def lacks_evidence(line: Line, node: NodeResult | None, cited: tuple[Cited, ...]) -> bool:
    """Whether a line that must cite a document has points without one."""
    scored = node is not None and node.points is not None and node.points > 0
    return line.wants_evidence and scored and not cited


def is_verified(sheet: SheetFacts) -> bool:
    """Whether the verification was really ended, not only passed over by the adoption."""
    over = (Sheet.State.VERIFIED, Sheet.State.ADOPTED)
    return sheet.state in over and sheet.verified_at is not None


def shortened(words: str) -> str:
    """The words, cut where they run over some 30 letters."""
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1].rstrip()}…"


def document_of(cited: Cited, *, url: str = "") -> Document:
    """A cited document as the components show it."""
    return Document(
        subject=cited.subject,
        number=cited.number,
        day=cited.issued_on,
        issuer=cited.issuer,
        signer=cited.signer,
        page=cited.page,
        url=url,
        synthetic=cited.synthetic,
        lines=cited.lines,
        remark="; ".join(mark.words for mark in cited.marks if mark.tone),
    )


def spoken(line: Line) -> str:
    """How a label names a line: "I.3", "A7, kỳ 2"."""
    _, at, copy = line.key.partition("@")
    return f"{line.code}, kỳ {copy}" if at else line.code


def figure_words(line: Line, inputs: dict[str, object]) -> str:
    """The figure of a line where it is only read."""
    name = FIGURE_FIELD.get(line.ask)
    if name is None:
        return ""
    value = inputs.get(name)
    value = inputs.get("values") if value is None else value
    return "" if value is None else value_words(line, name, value)
