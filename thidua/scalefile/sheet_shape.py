"""Khuôn của tệp phiếu điểm (FORMAT appendix).

Keys of an input that scoring does not know (explanation, author) are allowed. Wrong figures are not
the file's fault: scoring reports them on their line.
"""

from __future__ import annotations

from thidua.scalefile.problem import Report, Words
from thidua.scalefile.scale_shape import PERIOD
from thidua.scalefile.shape import Anything, Either, Items, Scalar, Shape, Text, Truth
from thidua.scalefile.shape_keys import Keys, Named
from thidua.scalefile.tree import Listing, Table, Tree, Value


class Figure:
    """A figure as typed: text, number (even one that cannot be read), truth value, null."""

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note lists and mappings; what is typed is judged when the line is scored."""
        if not isinstance(tree, Value):
            words = Words(
                "Ở đây chỉ ghi một giá trị: số, chữ, true, false hoặc để trống. Nhiều số của một "
                'dòng ghi ở khóa "values".',
                'A single value belongs here. Several figures go under "values".',
            )
            report.add(tree.mark, key, "not_a_value", words)


class _OrNull:
    """Nothing, or the shape."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Check unless the place is empty."""
        if not isinstance(tree, Value) or tree.value is not None:
            self.shape.check(tree, key, report)


_FIGURE = Figure()
_FIGURES = Either(_FIGURE, Items(_FIGURE))
_OVERRIDE = Keys(
    {"points": _FIGURE, "reason": _OrNull(Text()), "by": _OrNull(Text())},
    owner=Words("Điểm chấm tay", "An override"),
    example="{points: 5, reason: Theo biên bản họp}",
    is_open=True,
)
_SUBSTITUTE = Keys(
    {"value": _FIGURE, "values": _FIGURES, "target": _FIGURE, "result": _FIGURE},
    owner=Words("Chỉ tiêu thay thế", "A substitute"),
    example="{target: 10, result: 8}",
    is_open=True,
)
_INPUT = Keys(
    {
        "value": _FIGURE,
        "values": _FIGURES,
        "target": _FIGURE,
        "result": _FIGURE,
        "date": _FIGURE,
        "due": _FIGURE,
        "chosen": _FIGURE,
        "unit": _OrNull(Text()),
        "na": Truth(null=True),
        "reviewed": Truth(null=True),
        "override": _OrNull(_OVERRIDE),
        "substitute": _OrNull(_SUBSTITUTE),
        "evidence": Anything(),
    },
    owner=Words("Số liệu của tiêu chí", "The input"),
    example="{value: 5}",
    is_open=True,
)
_SHEET = Keys(
    {
        "unit": Text(empty=False),
        "type": _OrNull(Text()),
        "period": _OrNull(PERIOD),
        "fields": _OrNull(Named(_FIGURE, "{da_nop: true}")),
        "inputs": _OrNull(Named(_OrNull(_INPUT), '{"I.1": {target: 10, result: 15}}')),
    },
    ("unit",),
    Words("Phiếu điểm", "A sheet"),
    "{unit: Sở Y tế, inputs: {}}",
)
_SHEETS = Keys(
    {
        "format": Scalar(),
        "scale": _OrNull(Text()),
        "version": _OrNull(Text()),
        "period": _OrNull(PERIOD),
        "sheets": Items(_SHEET),
    },
    ("sheets",),
    Words("Tệp phiếu điểm", "The sheet file"),
    "{sheets: [{unit: Sở Y tế, inputs: {}}]}",
)


def check_sheets(tree: Tree, report: Report) -> None:
    """Note what is wrong in a sheet file, a unit that stands twice included."""
    _SHEETS.check(tree, "", report)
    sheets = tree.get("sheets") if isinstance(tree, Table) else None
    seen: dict[str, int] = {}
    for sheet in sheets.items if isinstance(sheets, Listing) else ():
        unit = sheet.get("unit") if isinstance(sheet, Table) else None
        if not isinstance(unit, Value):
            continue
        if unit.text in seen:
            report.add(unit.mark, "unit", "duplicate_unit", _twice(unit.text, seen[unit.text]))
        seen.setdefault(unit.text, unit.mark.line)


def _twice(unit: str, line: int) -> Words:
    return Words(
        f'Đơn vị "{unit}" đã có phiếu ở dòng {line}. Gộp hai phiếu làm một, hoặc sửa tên đơn vị.',
        f'The unit "{unit}" already has a sheet in line {line}. Merge the two or correct the name.',
    )
