"""Everything that can be entered on one line, as the fields of its own page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thidua.core.node import Leader
from thidua.year.scoring.board import View
from thidua.year.scoring.changes import FIGURES, span_words
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.lines import Ask, Line, Option
from thidua.year.scoring.models import Stage
from thidua.year.scoring.pages.plain import shown_line
from thidua.year.scoring.wording import NAMES, field_text, number_text


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field: `kind` is text, number, choice, box or words."""

    name: str
    label: str
    text: str
    kind: str = "number"
    hint: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineForm:
    """The fields of a line in three groups, and the version they were read from."""

    line: Line
    figures: tuple[FormField, ...]
    aside: tuple[FormField, ...]
    points: FormField | None
    reason: FormField
    version: int
    wants_evidence: bool
    documents: tuple[str, ...]

    @property
    def texts(self) -> dict[str, str]:
        """How each field reads, by its name."""
        points = [self.points] if self.points else []
        fields = (*self.figures, *self.aside, self.reason, *points)
        return {field.name: field.text for field in fields}

    @property
    def shown(self) -> str:
        """What the form is drawn from, when nothing was retyped in it."""
        return shown_line(self.line.key, self.version, self.texts)


def line_form(view: View, sheet: SheetFacts, line: Line, typed: Mapping[str, str]) -> LineForm:
    """The form of a line; `typed` is what a refused form held, so that nothing is lost."""
    entry = view.facts.entries_of(sheet.pk).get((line.key, Stage.SELF))
    inputs = dict(view.state(sheet, line.key, Stage.SELF).inputs)
    bound = view.facts.targets.get(sheet.unit_id, {}).get(line.key)
    fields = _Fields(line, inputs, typed, is_assigned=bool(bound and bound.assigned))
    policy = line.node.not_applicable or view.facts.scale_of(sheet).scale.header.not_applicable
    return LineForm(
        line=line,
        figures=tuple(fields.figures()),
        aside=tuple(fields.aside(substitutes=policy == "substitute")),
        points=_points(view, sheet, line, typed),
        reason=FormField(
            name="reason",
            label="Căn cứ, lý do",
            text=typed.get("reason", entry.reason if entry else ""),
            kind="words",
            hint="Bắt buộc khi tự chấm khác máy, khi chấm theo nhận định mà không dẫn minh chứng, "
            "và khi đề nghị không áp dụng.",
        ),
        version=entry.version if entry else 0,
        wants_evidence=line.wants_evidence,
        documents=line.node.evidence.documents if line.node.evidence else (),
    )


def _points(
    view: View, sheet: SheetFacts, line: Line, typed: Mapping[str, str]
) -> FormField | None:
    """Points by hand; on a judged line they are its figure already."""
    if not line.is_leaf or line.is_judged:
        return None
    state = view.state(sheet, line.key, Stage.SELF)
    node = view.node(sheet, line.key, Stage.SELF)
    points = None if node is None or state.points is None else node.points
    text = "" if points is None else number_text(points, points=True)
    return FormField(
        name="points",
        label="Điểm tự chấm, nếu khác máy",
        text=typed.get("points", text),
        hint=f"Để trống thì lấy điểm máy. {span_words(line)}",
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    line: Line
    inputs: Mapping[str, object]
    typed: Mapping[str, str]
    is_assigned: bool = False  # the target comes from above and is not the unit's to write

    def figures(self) -> list[FormField]:
        """The figures its rule asks for."""
        kept = ("values", "target") if self.is_assigned else ("values",)
        asked = [name for name in FIGURES[self.line.ask] if name not in kept]
        found = [self._field(name) for name in asked]
        if self.line.wants_source or self.line.ask is Ask.POINTS:
            found.append(self._words("source", "Cơ quan, văn bản cung cấp điểm"))
        if isinstance(self.line.node, Leader) and self.line.node.unit is None:
            found.append(self._words("unit", NAMES["unit"]))
        if self.line.takes_review:
            found.append(self._box("reviewed", "Đã rà soát, không có vi phạm nào khác"))
        return found

    def aside(self, *, substitutes: bool) -> list[FormField]:
        """Setting the line aside, and what stands in for it where the scale wants that."""
        found = [self._box("na", "Đề nghị không áp dụng dòng này cho đơn vị")]
        if not substitutes:
            return found
        given = self.inputs.get("substitute")
        kept = given if isinstance(given, Mapping) else {}
        names = ("target", "result") if self.line.ask is Ask.PAIR else ("value",)
        for name in names:
            text = field_text(self.line, name, kept.get(name))
            found.append(
                FormField(
                    name=f"substitute_{name}",
                    label=f"{NAMES[name]} thay thế",
                    text=self.typed.get(f"substitute_{name}", text),
                    hint="Khi không được giao chỉ tiêu này, dòng được chấm theo nội dung thay thế.",
                )
            )
        return found

    def _field(self, name: str) -> FormField:
        value = self.inputs.get(name)
        if name == "value" and value is None:
            value = self.inputs.get("values")
        text = self.typed.get(name, field_text(self.line, name, value))
        if self.line.options:
            return FormField(
                name=name, label=NAMES[name], text=text, kind="choice", options=self.line.options
            )
        if name in ("date", "due"):
            return FormField(
                name=name, label=NAMES[name], text=text, kind="text", hint="Ví dụ 22/12/2026."
            )
        label = "Điểm tự chấm" if self.line.ask is Ask.POINTS else NAMES[name]
        return FormField(name=name, label=label, text=text, kind="text", hint=self._hint(name))

    def _hint(self, name: str) -> str:
        hint = span_words(self.line) if self.line.ask is Ask.POINTS else ""
        if name == "value" and not self.line.whole:
            hint = f"{hint} Nhiều số thì cách nhau bằng dấu chấm phẩy, máy lấy trung bình.".strip()
        measure = self.line.node.unit
        return f"{hint} Đơn vị tính: {measure}.".strip() if measure else hint

    def _words(self, name: str, label: str) -> FormField:
        text = self.typed.get(name, str(self.inputs.get(name) or ""))
        return FormField(name=name, label=label, text=text, kind="text")

    def _box(self, name: str, label: str) -> FormField:
        text = self.typed.get(name, "1" if self.inputs.get(name) is True else "")
        return FormField(name=name, label=label, text="1" if text == "1" else "", kind="box")
