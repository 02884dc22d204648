"""Biểu mẫu của cả thang điểm: caps and rounding, facts of units, gates, classes, ranking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from thidua.year.rulebook.forms.bands import BoundsPart
from thidua.year.rulebook.forms.kinds import Vocabulary
from thidua.year.rulebook.forms.line import NOT_APPLICABLE, NOT_ASSIGNED
from thidua.year.rulebook.forms.modifiers import EvidencePart
from thidua.year.rulebook.forms.parts import (
    ChoicePart,
    Choices,
    Figure,
    FloorPart,
    Part,
    Plain,
    WholePart,
    WordsPart,
)
from thidua.year.rulebook.forms.plain_form import Group, PlainForm
from thidua.year.rulebook.forms.whole_parts import (
    FIGURES,
    SPARE_ROWS,
    ClassFloorPart,
    FieldsPart,
    PeriodPart,
    SourceRefPart,
    TieBreaksPart,
)

GENERAL_KEYS = (
    "title", "name", "version", "source", "period", "scale.base", "scale.bonus_cap",
    "scale.deduct_cap", "scale.max_total", "scale.min_total", "scale.decimals",
    "scale.percent_decimals", "scale.rounding", "scale.round_at", "scale.not_applicable",
    "scale.not_assigned_with_result",
)  # fmt: skip
EFFECTS: Choices = (
    ("unranked", "Không xếp hạng"),
    ("not_considered", "Vẫn xếp hạng, không xét khen thưởng"),
    ("demote", "Hạ mức xếp loại"),
    ("block", "Không xếp hạng, không xếp loại, không xét khen thưởng"),
)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)


class GeneralForm(PlainForm):
    """Title, source, period, caps, rounding, what happens to lines that do not apply."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, values: Plain) -> None:
        super().__init__(data, values=values, groups=_general())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = str(cleaned.get("name") or "")
        if name and not _SLUG.fullmatch(name):
            words = "Chỉ dùng chữ thường không dấu, chữ số và gạch nối, ví dụ so-nganh-2026."
            self.add_error("name", words)
        return cleaned


class FieldsForm(PlainForm):
    """Facts of units."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, values: Plain) -> None:
        rows = _rows(len(values.get("fields") or {}), data, "s", "_label")
        super().__init__(data, values=values, groups=(Group("", (FieldsPart(rows=rows),)),))


class RankingForm(PlainForm):
    """What units are ordered by, and what decides between equals."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Plain, words: Vocabulary
    ) -> None:
        shown = len((values.get("ranking") or {}).get("tie_breaks") or [])
        rows = _rows(shown, data, "t", "_what")
        part = TieBreaksPart(named=words.fields, rows=rows)
        super().__init__(data, values=values, groups=(Group("", (part,)),))


class GateForm(PlainForm):
    """One gate."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Plain, words: Vocabulary
    ) -> None:
        when = words.condition("when", "Khi", values, totals=True, required=True)
        parts = (
            WordsPart(key="code", label="Mã", required=True, most=50),
            WordsPart(key="label", label="Tên điều kiện", required=True, wide=True, keep=True),
            when,
            ChoicePart(
                key="effect", label="Thì đơn vị", choices=EFFECTS, default="unranked", keep=True
            ),
            WholePart(
                key="by",
                label="Hạ mấy mức",
                least=1,
                most=20,
                help="Chỉ dùng khi hạ mức xếp loại; để trống là một mức.",
            ),
            EvidencePart(key="evidence"),
        )
        super().__init__(data, values=values, groups=(Group("", parts),))


class ClassForm(PlainForm):
    """One class."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Plain, words: Vocabulary
    ) -> None:
        parts = (
            WordsPart(key="code", label="Mã", required=True, most=50),
            WordsPart(key="label", label="Tên mức", required=True, keep=True),
            BoundsPart(label="Khi tổng điểm hoặc tỷ lệ", equal=False, flat=True),
            ClassFloorPart(key="floor"),
            words.condition("if", "Và khi", values, totals=True),
        )
        super().__init__(data, values=values, groups=(Group("", parts),))


class ClassKeyForm(PlainForm):
    """What classes look at."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, values: Plain) -> None:
        part = ChoicePart(
            key="classification.key", label="Xếp loại theo", choices=FIGURES, default="points"
        )
        super().__init__(data, values=values, groups=(Group("", (part,)),))


def _general() -> tuple[Group, ...]:
    unlimited = "Để trống nếu không giới hạn."
    return (
        Group(
            "Tổng điểm, điểm thưởng, điểm trừ",
            (
                Figure(
                    key="scale.base",
                    label="Tổng điểm chuẩn",
                    stated=True,
                    help="Để trống nếu tổng tùy theo các dòng áp dụng cho đơn vị.",
                ),
                Figure(
                    key="scale.bonus_cap",
                    label="Điểm thưởng tối đa",
                    stated=True,
                    negative=False,
                    help=unlimited,
                ),
                Figure(
                    key="scale.deduct_cap",
                    label="Điểm trừ tối đa",
                    stated=True,
                    negative=False,
                    help=unlimited,
                ),
                Figure(
                    key="scale.max_total",
                    label="Tổng điểm sau cùng không quá",
                    stated=True,
                    help=unlimited,
                ),
                FloorPart(key="scale.min_total", label="Tổng điểm sau cùng thấp nhất"),
            ),
        ),
        Group("Tên, nguồn, kỳ chấm điểm", _identity()),
        Group("Làm tròn, dòng không áp dụng", _rounding()),
    )


def _identity() -> tuple[Part, ...]:
    slug = "Chữ thường không dấu, nối bằng gạch ngang."
    return (
        WordsPart(key="title", label="Tên thang điểm", required=True, wide=True),
        WordsPart(key="name", label="Ký hiệu", required=True, most=120, help=slug),
        WordsPart(key="version", label="Số của bản, ghi trong tệp", required=True, most=40),
        SourceRefPart(key="source"),
        PeriodPart(key="period"),
    )


def _rounding() -> tuple[Part, ...]:
    halves = (("half_up", "Phần nửa làm tròn lên"), ("half_even", "Phần nửa về số chẵn gần nhất"))
    places = (("total", "Chỉ làm tròn tổng"), ("leaf", "Làm tròn cả điểm từng dòng"))
    return (
        WholePart(
            key="scale.decimals",
            label="Số chữ số thập phân của tổng",
            least=0,
            most=3,
            required=True,
        ),
        WholePart(
            key="scale.percent_decimals",
            label="Số chữ số thập phân của tỷ lệ",
            least=0,
            most=3,
            default=2,
        ),
        ChoicePart(
            key="scale.rounding",
            label="Cách làm tròn",
            choices=halves,
            default="half_up",
            keep=True,
        ),
        ChoicePart(key="scale.round_at", label="Làm tròn ở đâu", choices=places, default="total"),
        ChoicePart(
            key="scale.not_applicable",
            label="Khi một dòng không áp dụng cho đơn vị",
            choices=NOT_APPLICABLE,
            default="drop_denominator",
            keep=True,
        ),
        ChoicePart(
            key="scale.not_assigned_with_result",
            label="Khi không được giao chỉ tiêu mà có kết quả",
            choices=NOT_ASSIGNED,
            default="ignore",
        ),
    )


def _rows(shown: int, data: Mapping[str, Any] | None, lead: str, end: str) -> int:
    if data is None:
        return shown + SPARE_ROWS
    found = 0
    while f"{lead}{found + 1}{end}" in data and found < 200:
        found += 1
    return max(found, 1)
