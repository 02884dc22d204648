"""Biểu mẫu của một dòng: what every line has, what its way of scoring asks for, who it is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from thidua.core.points import TYPED_DECIMALS
from thidua.scalefile.editing.lines import CONTAINERS
from thidua.scalefile.node_shape import keys_of
from thidua.year.rulebook.forms.bands import BoundsPart
from thidua.year.rulebook.forms.kinds import KINDS, NO_EXEMPTION, Vocabulary, kind_parts
from thidua.year.rulebook.forms.modifiers import AppliesPart, EvidencePart, NotePart, RecursPart
from thidua.year.rulebook.forms.parts import (
    ChoicePart,
    Choices,
    DayPart,
    Figure,
    ListPart,
    Part,
    Plain,
    TruthPart,
    WordsPart,
)
from thidua.year.rulebook.forms.plain_form import Group, PlainForm
from thidua.year.rulebook.proposals import LONGEST_LABEL

PARTS: Choices = (("base", "Điểm chính"), ("bonus", "Điểm thưởng"), ("deduct", "Điểm trừ"))
NOT_APPLICABLE: Choices = (
    ("drop_denominator", "Bớt điểm tối đa của dòng khỏi tổng"),
    ("full_marks", "Tính đủ điểm tối đa"),
    ("zero", "Tính 0 điểm, tổng giữ nguyên"),
    ("substitute", "Chấm theo nội dung thay thế đơn vị đăng ký"),
)
NOT_ASSIGNED: Choices = (
    ("ignore", "Coi như dòng không áp dụng"),
    ("leader", "Chấm theo tỷ lệ so với kết quả cao nhất của Khối"),
    ("own_group", "Chấm theo tỷ lệ trong các đơn vị không được giao"),
)
AS_GENERAL = ("", "Theo quy định chung")
MUST_STATE_MAX = ("judged", "leader")
DROP_BELOW = "drop_below"


class LineForm(PlainForm):
    """One line with its kind; `below` is how many lines stand under it now."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        values: Plain,
        kind: str,
        words: Vocabulary,
        below: int = 0,
    ) -> None:
        self.kind, self.below = kind, below
        self.states_all = values.get("kind") != kind
        super().__init__(data, values=values, groups=_groups(kind, values, words))
        if below and kind not in CONTAINERS:
            self.fields[DROP_BELOW] = forms.BooleanField(
                label=f"Bỏ {below} dòng bên dưới, vì dòng chấm điểm không chứa dòng khác",
                required=False,
            )

    @property
    def drops_below(self) -> bool:
        """The person agreed to lose the lines below."""
        return bool(self.cleaned_data.get(DROP_BELOW))

    def wanted(self) -> Plain:
        """The values with the person's changes, without keys of another way of scoring."""
        allowed = keys_of(self.kind) | {"case"}
        return {key: value for key, value in super().wanted().items() if key in allowed}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = str(cleaned.get("code") or "")
        if code and ("@" in code or any(sign.isspace() for sign in code)):
            self.add_error("code", "Mã viết liền, không có khoảng trắng và dấu @, ví dụ I.2.")
        if self.kind == "linear" and cleaned.get("per") == 0:
            self.add_error("per", "Bước tính phải khác 0.")
        if self.kind == "rank_table" and not cleaned.get("table") and "table" not in self.errors:
            self.add_error("table", "Ghi điểm của ít nhất một thứ hạng.")
        return cleaned


def _groups(kind: str, values: Plain, words: Vocabulary) -> tuple[Group, ...]:
    case = (BoundsPart(label="Chấm theo dòng này khi số liệu"),) if "case" in values else ()
    return (
        Group("", (*_head(kind),)),
        Group("Cách cho điểm", (*case, *kind_parts(kind, values, words))),
        Group("Minh chứng, thẩm định, thời hạn", _proof(), is_open=False),
        Group("Nguồn và ghi chú", (NotePart(key="note"),), is_open=False),
        Group("Khi nào tính, cho đơn vị nào", _scope(kind, values, words), is_open=False),
    )


def _head(kind: str) -> tuple[Part, ...]:
    derived = "Trống: máy cộng các dòng." if kind == "sum" else "Trống: máy tự suy ra."
    return (
        WordsPart(key="label", label="Nội dung", rows=2, most=LONGEST_LABEL, wide=True),
        ChoicePart(key="kind", label="Cách cho điểm", choices=KINDS, keep=True, wide=True),
        WordsPart(key="code", label="Mã", required=True, most=50),
        Figure(
            key="max",
            label="Điểm tối đa",
            required=kind in MUST_STATE_MAX,
            decimals=TYPED_DECIMALS,
            help="" if kind in MUST_STATE_MAX else derived,
        ),
        ChoicePart(key="part", label="Thuộc phần", choices=PARTS, default="base"),
        WordsPart(key="unit", label="Đơn vị tính", most=60, help="Ví dụ %, hồ sơ."),
    )


def _proof() -> tuple[Part, ...]:
    return (
        EvidencePart(key="evidence"),
        ListPart(key="verifier", label="Nơi thẩm định", help="Mỗi dòng một cơ quan, bộ phận."),
        DayPart(key="due", label="Hạn thực hiện"),
        TruthPart(key="slot", label="Ô gắn chỉ tiêu: mỗi đơn vị đăng ký một chỉ tiêu của mình"),
    )


def _scope(kind: str, values: Plain, words: Vocabulary) -> tuple[Part, ...]:
    exempt = () if kind in NO_EXEMPTION else (
        words.condition("exempt_when", "Không bị trừ điểm khi", values),
    )  # fmt: skip
    return (
        words.condition("when", "Chỉ tính dòng này khi", values),
        *exempt,
        AppliesPart(key="applies_to", audience=words.audience, values=values),
        RecursPart(key="recurs"),
        ChoicePart(
            key="not_applicable",
            label="Khi dòng không áp dụng cho đơn vị",
            choices=(AS_GENERAL, *NOT_APPLICABLE),
        ),
        ChoicePart(
            key="not_assigned_with_result",
            label="Khi không được giao chỉ tiêu mà có kết quả",
            choices=(AS_GENERAL, *NOT_ASSIGNED),
        ),
    )
