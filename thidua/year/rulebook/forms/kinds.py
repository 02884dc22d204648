"""Các cách cho điểm: what each kind asks for, in the words of a bảng điểm (FORMAT 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from thidua.year.rulebook.audience import NOBODY, Audience
from thidua.year.rulebook.forms.bands import BandsPart, rows_shown
from thidua.year.rulebook.forms.conditions import ConditionPart, FieldName, is_too_long, rows_needed
from thidua.year.rulebook.forms.parts import (
    ChoicePart,
    Choices,
    Figure,
    FiguresPart,
    FloorPart,
    OtherwisePart,
    Part,
    Plain,
    SharePart,
    SignedPart,
    SourcePart,
    TruthPart,
)

KINDS: Choices = (
    ("judged", "Người chấm cho điểm"),
    ("steps", "Theo mức: mỗi mức một số điểm"),
    ("linear", "Theo tỷ lệ: cứ thêm bao nhiêu được bấy nhiêu điểm"),
    ("count", "Đếm: mỗi lần cộng hoặc trừ"),
    ("flag", "Có hoặc không"),
    ("leader", "So với đơn vị dẫn đầu"),
    ("rank_table", "Theo thứ hạng trong Khối"),
    ("imported", "Lấy điểm cơ quan khác chấm"),
    ("sum", "Mục: cộng các dòng bên dưới"),
    ("ledger", "Mục: có điểm chuẩn, cộng thưởng, trừ vi phạm"),
    ("pick", "Mục: chọn một trong các dòng bên dưới"),
    ("switch", "Mục: chọn dòng theo số liệu"),
)
NO_EXEMPTION = ("sum", "pick", "switch")


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What the forms of one draft may name: facts and sorts of units, and rows that were sent."""

    fields: tuple[FieldName, ...] = ()
    audience: Audience = NOBODY
    data: Mapping[str, Any] | None = None

    def choices(self) -> Choices:
        """The facts as choices."""
        return tuple((one.name, one.label) for one in self.fields)

    def condition(self, key: str, label: str, values: Plain, **more: Any) -> ConditionPart:
        """A condition with as many rows as it needs."""
        found = values.get(key)
        rows = rows_needed(found, self.data, key)
        long = is_too_long(found)
        return ConditionPart(
            key=key, label=label, named=self.fields, rows=rows, too_long=long, **more
        )


Make = Callable[[Plain, Vocabulary], tuple[Part, ...]]


def kind_parts(kind: str, values: Plain, words: Vocabulary) -> tuple[Part, ...]:
    """The parts of a kind's own keys, in the order of the form."""
    return _KINDS[kind](values, words)


def _source(words: Vocabulary) -> SourcePart:
    return SourcePart(key="x", label="Tính theo", named=words.choices())


def _cap(label: str = "Tối đa (điểm)", **more: Any) -> Figure:
    return Figure(key="cap", label=label, help="Để trống nếu không giới hạn.", **more)


def _sum(_values: Plain, _words: Vocabulary) -> tuple[Part, ...]:
    return (
        _cap("Mục được tối đa"),
        Figure(key="floor", label="Mục không thấp hơn", help="Để trống nếu không giới hạn."),
    )


def _ledger(_values: Plain, _words: Vocabulary) -> tuple[Part, ...]:
    unlimited = "Để trống nếu không giới hạn."
    return (
        Figure(key="start", label="Điểm chuẩn ban đầu", required=True),
        Figure(key="bonus_cap", label="Cộng tối đa", help=unlimited, negative=False),
        Figure(key="deduct_cap", label="Trừ tối đa", help=unlimited, negative=False),
        _cap("Mục được tối đa"),
        FloorPart(key="floor", label="Điểm thấp nhất của mục"),
    )


def _pick(_values: Plain, _words: Vocabulary) -> tuple[Part, ...]:
    choices = (
        ("max", "Lấy dòng được điểm cao nhất"),
        ("first", "Lấy dòng đầu tiên phù hợp"),
        ("chosen", "Người chấm chọn một dòng"),
    )
    made = ChoicePart(key="mode", label="Chọn thế nào", choices=choices, default="max", keep=True)
    return (made,)


def _switch(_values: Plain, words: Vocabulary) -> tuple[Part, ...]:
    return (_source(words), OtherwisePart(key="else"))


def _count(_values: Plain, words: Vocabulary) -> tuple[Part, ...]:
    return (
        SignedPart(key="each", label="Mỗi lần"),
        _cap("Tổng cộng hoặc trừ tối đa", stated=True, negative=False),
        _source(words),
    )


def _flag(values: Plain, words: Vocabulary) -> tuple[Part, ...]:
    return (
        SignedPart(key="hit", label="Nếu có thì"),
        Figure(
            key="miss",
            label="Nếu không thì được",
            help="Thường là 0; ghi số âm nếu bị trừ.",
            default=Fraction(0),
        ),
        words.condition("if", "Máy tự xét khi", values),
    )


def _steps(values: Plain, words: Vocabulary) -> tuple[Part, ...]:
    return (
        _source(words),
        TruthPart(key="whole", label="Chỉ nhận số nguyên"),
        BandsPart(key="bands", label="Các mức", rows=rows_shown(values, words.data)),
        OtherwisePart(key="else"),
    )


def _linear(_values: Plain, words: Vocabulary) -> tuple[Part, ...]:
    return (
        _source(words),
        Figure(key="from", label="Ở mốc", required=True),
        Figure(key="at", label="Được (điểm)", default=Fraction(0), help="Điểm tại mốc."),
        Figure(key="per", label="Cứ thêm", default=Fraction(1), help="Bước tính, khác 0."),
        SignedPart(key="each", label="Mỗi bước"),
        TruthPart(key="whole", label="Chỉ tính bước tròn, bỏ phần lẻ"),
        _cap("Được nhiều nhất", stated=True),
        Figure(
            key="floor",
            label="Không thấp hơn",
            stated=True,
            help="Để trống nếu không giới hạn.",
        ),
    )


def _leader(_values: Plain, _words: Vocabulary) -> tuple[Part, ...]:
    return (
        SharePart(
            key="at_target",
            label="Đạt đúng chỉ tiêu được bao nhiêu % điểm tối đa",
            help="Thường là 50; phần còn lại dành cho mức vượt.",
        ),
    )


def _rank_table(_values: Plain, _words: Vocabulary) -> tuple[Part, ...]:
    return (
        FiguresPart(
            key="table",
            label="Điểm của thứ nhất; thứ nhì; thứ ba…",
            help="Cách nhau bằng dấu chấm phẩy, ví dụ 10; 8; 6.",
            wide=True,
        ),
        Figure(key="else", label="Các thứ hạng sau", default=Fraction(0)),
        ChoicePart(
            key="order",
            label="Đứng đầu là đơn vị có số liệu",
            choices=(("desc", "cao nhất"), ("asc", "thấp nhất")),
            default="desc",
        ),
        ChoicePart(
            key="ties",
            label="Khi bằng nhau",
            choices=(("shared", "cùng hạng, cùng điểm"), ("mean", "lấy trung bình các hạng đó")),
            default="shared",
        ),
    )


def _least(label: str) -> FloorPart:
    return FloorPart(
        key="min",
        label=label,
        unsaid="Chưa ghi: từ 0 điểm",
        zero="Từ 0 điểm",
        none="Không giới hạn",
    )


def _judged(_values: Plain, _words: Vocabulary) -> tuple[Part, ...]:
    return (_least("Điểm thấp nhất"),)


_KINDS: Mapping[str, Make] = {
    "sum": _sum,
    "ledger": _ledger,
    "pick": _pick,
    "switch": _switch,
    "count": _count,
    "flag": _flag,
    "steps": _steps,
    "linear": _linear,
    "leader": _leader,
    "rank_table": _rank_table,
    "judged": _judged,
    "imported": _judged,
}
