"""Còn thiếu gì: what keeps a sheet from being sent, verified or adopted, line by line, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thidua.core.finding import Finding
from thidua.core.result import NodeResult, UnitResult
from thidua.year.scoring.base import citations_on
from thidua.year.scoring.board import View
from thidua.year.scoring.changes import finding, line_words
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.lines import Ask, Line
from thidua.year.scoring.models import BEFORE_CONFERENCE, Stage, Step
from thidua.year.scoring.steps import StepFacts

UNSETTLED = ("missing", "undecided", "error")
ISSUE_WORDS = {
    "not_a_number": "số liệu không phải là số",
    "not_a_count": "số liệu phải là số nguyên từ 0 trở lên",
    "not_a_date": "ngày ghi không có thật",
    "not_a_truth_value": "phải chọn Có hoặc Không",
    "negative": "chỉ tiêu, kết quả không được âm",
    "out_of_range": "điểm nằm ngoài khung điểm của dòng",
    "unknown_choice": "phương án đã chọn không có trong thang điểm",
    "mixed_units": "đơn vị tính khác các đơn vị khác trong khối",
    "override_without_reason": "điểm ghi tay chưa có lý do",
    "unknown_code": "dòng không có trong thang điểm",
    "unknown_condition": "chưa đủ thông tin của đơn vị để biết dòng có được tính không",
    "in_a_gap": "thang điểm chưa quy định điểm cho số liệu này",
    "no_source": "chưa ghi nguồn của điểm",
    "no_evidence": "chưa dẫn minh chứng",
    "override_above_max": "điểm ghi tay cao hơn điểm tối đa",
    "no_class": "không thuộc mức xếp loại nào",
}


HOW_TO_FILL = {
    Ask.TRUTH: "Chọn Có hoặc Không",
    Ask.CHOICE: "Chọn một phương án",
    Ask.WORD: "Chọn một mức",
    Ask.DATE: "Ghi ngày thực hiện",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to mend before a sheet can move on; `line` is None for the sheet as a whole.

    `is_of_facts`: it is mended on the page of the unit's facts.
    """

    rule_id: str
    line: Line | None
    words: str
    is_of_facts: bool = False

    @property
    def finding(self) -> Finding:
        """As a refusal carries it."""
        return finding(self.rule_id, self.words, line=self.line)


def unsettled(view: View, sheet: SheetFacts, stage: Stage) -> list[Trouble]:
    """Lines without points: not scored, undecided or in error (SUBMIT-1)."""
    scale, unit = view.facts.scale_of(sheet), view.unit(sheet, stage)
    troubles = [
        Trouble("SUBMIT-1", line, f"{line_words(line)} {_why_open(unit, line)}.")
        for line in scale.lines
        if _is_unsettled(unit, line)
    ]
    strange = [issue.code for issue in unit.issues if issue.issue == "unknown_code"]
    troubles.extend(
        Trouble("LINE-1", None, f"Bảng có số liệu cho dòng {code} mà thang điểm không có.")
        for code in strange
    )
    return troubles


def _is_unsettled(unit: UnitResult, line: Line) -> bool:
    node = unit.nodes.get(line.key)
    if node is None:
        return False
    if any(_is_set_by_hand(unit, key) for key in line.above):
        return False
    return node.state in UNSETTLED or (node.state == "open" and line.key in unit.missing)


def _is_set_by_hand(unit: UnitResult, key: str) -> bool:
    node = unit.nodes.get(key)
    return node is not None and node.state == "override"


def _why_open(unit: UnitResult, line: Line) -> str:
    said = [issue.issue for issue in unit.issues if issue.code == line.key]
    for issue in said:
        if issue in ISSUE_WORDS and issue not in ("no_evidence", "no_source"):
            return f"chưa chấm được: {ISSUE_WORDS[issue]}"
    return f"chưa có điểm. {HOW_TO_FILL.get(line.ask, 'Nhập 0 nếu không có')}"


def unreasoned(view: View, sheet: SheetFacts) -> list[Trouble]:
    """Self-scores that differ from the machine's, or are judged, and do not say why."""
    return list(_unreasoned(view, sheet))


def _unreasoned(view: View, sheet: SheetFacts) -> Iterator[Trouble]:
    entries, unit = view.facts.entries_of(sheet.pk), view.unit(sheet, Stage.SELF)
    cited = view.facts.citations.get(sheet.unit_id, {})
    for line in view.facts.scale_of(sheet).lines:
        entry, node = entries.get((line.key, Stage.SELF)), unit.nodes.get(line.key)
        if node is None or node.points is None or (entry is not None and entry.reason):
            continue
        if entry is not None and entry.points is not None:
            words = f"{line_words(line)}: tự chấm khác máy. Ghi lý do."
            yield Trouble("SUBMIT-2", line, words)
        elif _needs_ground(line, node) and not citations_on(line, cited):
            words = f"{line_words(line)}: ghi lý do tự chấm hoặc dẫn một minh chứng."
            yield Trouble("SUBMIT-4", line, words)


def _needs_ground(line: Line, node: NodeResult) -> bool:
    """A judged figure rests on something; a bonus or deduction of 0 says there was nothing."""
    if not line.is_judged or node.state != "scored":
        return False
    return node.points != 0 or (line.node.part == "base" and line.maximum > 0)


def unproven(view: View, sheet: SheetFacts, stage: Stage) -> list[Trouble]:
    """Lines that must cite a document or name a source and do not."""
    index, unit = view.facts.scale_of(sheet).index, view.unit(sheet, stage)
    found: list[Trouble] = []
    for issue in unit.issues:
        line = index.get(issue.code)
        if line is None:
            continue
        if issue.issue == "no_evidence":
            if _is_explained(view, sheet, line):
                continue
            found.append(Trouble("SUBMIT-3", line, _unproven_words(view, line)))
        elif issue.issue == "no_source":
            words = f"{line_words(line)}: ghi cơ quan, văn bản cung cấp điểm."
            found.append(Trouble("SUBMIT-5", line, words))
    return found


def _unproven_words(view: View, line: Line) -> str:
    step = view.facts.roster.step(Stage.SELF)
    if step is not None and step.evidence == Step.Evidence.EXPLAIN:
        return f"{line_words(line)} thiếu minh chứng. Dẫn một tài liệu hoặc ghi lý do."
    return f"{line_words(line)} thiếu minh chứng."


def _is_explained(view: View, sheet: SheetFacts, line: Line) -> bool:
    """Whether a line may go without its document: the bloc takes a reason, and one stands."""
    step = view.facts.roster.step(Stage.SELF)
    if step is None or step.evidence != Step.Evidence.EXPLAIN:
        return False
    entry = view.facts.entries_of(sheet.pk).get((line.key, Stage.SELF))
    return entry is not None and bool(entry.reason)


def before_sending(view: View, sheet: SheetFacts) -> list[Trouble]:
    """Everything that keeps the unit from sending its self-scores."""
    found = [
        *unsettled(view, sheet, Stage.SELF),
        *unreasoned(view, sheet),
        *unproven(view, sheet, Stage.SELF),
    ]
    return in_order(view, sheet, found)


def unknown_facts(view: View, sheet: SheetFacts) -> list[str]:
    """What the scale wants to know of the unit and nobody has written; it does not stop a sheet.

    A condition that is not known is not the same as one that is not met (FORMAT section 7).
    """
    return [
        one.label or one.name
        for one in view.facts.scale_of(sheet).scale.fields
        if sheet.fields.get(one.name) is None
    ]


def to_verify(view: View, sheet: SheetFacts, step: StepFacts | None = None) -> list[Line]:
    """The lines a step has to look at: all it covers that count for the unit, and what the unit
    set aside. Without `step`, of every step."""
    unit = view.unit(sheet, Stage.SELF)
    return [
        line
        for line in view.facts.scale_of(sheet).lines
        if _is_looked_at(view, sheet, unit, line) and (step is None or step.covers(line))
    ]


def _is_looked_at(view: View, sheet: SheetFacts, unit: UnitResult, line: Line) -> bool:
    node = unit.nodes.get(line.key)
    if node is None or line.is_heading:
        return False
    if node.state == "na":
        return view.facts.entries_of(sheet.pk).get((line.key, Stage.SELF)) is not None
    return line.is_leaf and node.state != "off"


def unlooked(view: View, sheet: SheetFacts, step: StepFacts) -> list[Line]:
    """The lines nobody has yet confirmed, changed or sent back at a step; where several units
    rate, those somebody has still to rate."""
    back = view.facts.open_returns(sheet.pk)
    if step.has_raters:
        owed = unrated(view, sheet, step)
        return [line for line, _ in owed if line.key not in back]
    entries = view.facts.entries_of(sheet.pk)
    return [
        line
        for line in to_verify(view, sheet, step)
        if (line.key, step.stage) not in entries and line.key not in back
    ]


def unrated(view: View, sheet: SheetFacts, step: StepFacts) -> list[tuple[Line, tuple[int, ...]]]:
    """The lines of a step with the units that have not rated them."""
    raters = view.facts.roster.raters(step, sheet.unit_id)
    given = view.facts.ratings.get(sheet.pk, {})
    found = []
    for line in to_verify(view, sheet, step):
        done = {one.rater_id for one in given.get((line.key, step.stage), ())}
        owing = tuple(unit for unit in raters if unit not in done)
        if owing:
            found.append((line, owing))
    return found


def left_for(view: View, sheet: SheetFacts, step: StepFacts, unit_id: int | None) -> list[Line]:
    """The lines one unit still has to look at: all that are left, its own ratings, or its own
    criteria."""
    back = view.facts.open_returns(sheet.pk)
    if step.has_raters:
        owed = unrated(view, sheet, step)
        return [line for line, units in owed if unit_id in units and line.key not in back]
    left = unlooked(view, sheet, step)
    if step.owners and unit_id in step.owners.values():
        return [line for line in left if step.owner_of(line) in (unit_id, sheet.unit_id)]
    return left


def before_finishing(view: View, sheet: SheetFacts, step: StepFacts) -> list[Trouble]:
    """Everything that keeps a step from being ended on a sheet."""
    found = [
        Trouble("VERIFY-2", line, f"{line_words(line)} chưa xem.")
        for line in ([] if step.has_raters else unlooked(view, sheet, step))
    ]
    found.extend(not_rated(view, sheet, step))
    return in_order(view, sheet, [*found, *waiting(view, sheet)])


def not_rated(view: View, sheet: SheetFacts, step: StepFacts) -> list[Trouble]:
    """Lines that some unit has not rated (RATE-3); the head may end the step without them."""
    if not step.has_raters:
        return []
    back = view.facts.open_returns(sheet.pk)
    names = {one.unit_id: one.unit for one in view.facts.sheets.values()}
    return [
        Trouble(
            "RATE-3",
            line,
            f"{line_words(line)}: {', '.join(names.get(unit, '') for unit in units)} chưa chấm.",
        )
        for line, units in unrated(view, sheet, step)
        if line.key not in back
    ]


def missing_words(view: View, sheet: SheetFacts, step: StepFacts) -> str:
    """Which units have not rated how many lines: "Sở A (12 dòng), Sở B (3 dòng)"."""
    counts: dict[int, int] = {}
    for _, units in unrated(view, sheet, step):
        for unit in units:
            counts[unit] = counts.get(unit, 0) + 1
    names = {one.unit_id: one.unit for one in view.facts.sheets.values()}
    return ", ".join(f"{names.get(unit, '')} ({count} dòng)" for unit, count in counts.items())


def waiting(view: View, sheet: SheetFacts) -> list[Trouble]:
    """What nobody can end a step over: returns, lines without points or evidence, explanations."""
    index = view.facts.scale_of(sheet).index
    found = [
        Trouble("VERIFY-2", index.get(code), f"Dòng {code} đang chờ đơn vị trả lời.")
        for code in view.facts.open_returns(sheet.pk)
    ]
    if view.facts.returned_facts(sheet.pk) is not None:
        words = "Thông tin đơn vị đang chờ đơn vị trả lời."
        found.append(Trouble("VERIFY-2", None, words, is_of_facts=True))
    found.extend(unsettled(view, sheet, BEFORE_CONFERENCE))
    found.extend(unproven_now(view, sheet, BEFORE_CONFERENCE))
    found.extend(unexplained(view, sheet))
    return found


def unproven_now(view: View, sheet: SheetFacts, stage: Stage) -> list[Trouble]:
    """Lines that must cite a document and do not at a later stage (SUBMIT-3)."""
    return [one for one in unproven(view, sheet, stage) if one.rule_id == "SUBMIT-3"]


def unexplained(view: View, sheet: SheetFacts) -> list[Trouble]:
    """Lines the unit has explained without an answer so far (EXPLAIN-3)."""
    index = view.facts.scale_of(sheet).index
    return [
        Trouble("EXPLAIN-3", line, f"{line_words(line)}: giải trình của đơn vị chưa được trả lời.")
        for code in sorted(view.facts.open_explanations(sheet.pk))
        if (line := index.get(code)) is not None
    ]


def before_adopting(view: View, sheet: SheetFacts) -> list[Trouble]:
    """What keeps the table from being adopted, line by line.

    Lines without points; and, where the conference has not decided the line itself, lines that
    wait for the unit or for an answer to it, and lines without the evidence they must have.
    """
    index = view.facts.scale_of(sheet).index
    waiting = [
        Trouble("VERIFY-2", line, f"{line_words(line)} đang chờ đơn vị trả lời.")
        for code in view.facts.open_returns(sheet.pk)
        if (line := index.get(code)) is not None
    ]
    waiting += unexplained(view, sheet) + unproven_now(view, sheet, Stage.ADOPTED)
    entries = view.facts.entries_of(sheet.pk)
    undecided = [
        one for one in waiting if one.line and (one.line.key, Stage.ADOPTED) not in entries
    ]
    return in_order(view, sheet, [*unsettled(view, sheet, Stage.ADOPTED), *undecided])


def in_order(view: View, sheet: SheetFacts, troubles: Iterable[Trouble]) -> list[Trouble]:
    """Troubles in the order of the lines, those of the sheet as a whole first."""
    place = {line.key: number for number, line in enumerate(view.facts.scale_of(sheet).lines)}
    return sorted(troubles, key=lambda one: place[one.line.key] if one.line else -1)
