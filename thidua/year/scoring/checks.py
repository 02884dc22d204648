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
from thidua.year.scoring.models import Stage

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
            found.append(Trouble("SUBMIT-3", line, f"{line_words(line)} thiếu minh chứng."))
        elif issue.issue == "no_source":
            words = f"{line_words(line)}: ghi cơ quan, văn bản cung cấp điểm."
            found.append(Trouble("SUBMIT-5", line, words))
    return found


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


def to_verify(view: View, sheet: SheetFacts) -> list[Line]:
    """The lines a verifier has to look at: all that count for the unit, and what it set aside."""
    unit = view.unit(sheet, Stage.SELF)
    return [
        line for line in view.facts.scale_of(sheet).lines if _is_looked_at(view, sheet, unit, line)
    ]


def _is_looked_at(view: View, sheet: SheetFacts, unit: UnitResult, line: Line) -> bool:
    node = unit.nodes.get(line.key)
    if node is None or line.is_heading:
        return False
    if node.state == "na":
        return view.facts.entries_of(sheet.pk).get((line.key, Stage.SELF)) is not None
    return line.is_leaf and node.state != "off"


def unlooked(view: View, sheet: SheetFacts) -> list[Line]:
    """The lines the verifier has not yet confirmed, changed or sent back."""
    entries = view.facts.entries_of(sheet.pk)
    back = view.facts.open_returns(sheet.pk)
    return [
        line
        for line in to_verify(view, sheet)
        if (line.key, Stage.VERIFIED) not in entries and line.key not in back
    ]


def before_finishing(view: View, sheet: SheetFacts) -> list[Trouble]:
    """Everything that keeps a verification from being finished."""
    found = [
        Trouble("VERIFY-2", line, f"{line_words(line)} chưa xem.") for line in unlooked(view, sheet)
    ]
    index = view.facts.scale_of(sheet).index
    found.extend(
        Trouble("VERIFY-2", index.get(code), f"Dòng {code} đang chờ đơn vị trả lời.")
        for code in view.facts.open_returns(sheet.pk)
    )
    if view.facts.returned_facts(sheet.pk) is not None:
        words = "Thông tin đơn vị đang chờ đơn vị trả lời."
        found.append(Trouble("VERIFY-2", None, words, is_of_facts=True))
    found.extend(unsettled(view, sheet, Stage.VERIFIED))
    found.extend(unproven_now(view, sheet, Stage.VERIFIED))
    found.extend(unexplained(view, sheet))
    return in_order(view, sheet, found)


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
