"""When a line counts, for whom, how often; what happens when it does not apply (FORMAT 5, 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thidua.core.node import (
    AppliesTo,
    Ledger,
    Node,
    NotApplicable,
    NotAssignedWithResult,
    Pick,
    Recurs,
    Switch,
)
from thidua.year.rulebook.words.condition import Names, condition_words, day_words

NOT_APPLICABLE: Mapping[NotApplicable, str] = {
    "drop_denominator": "không tính điểm dòng đó và bớt điểm tối đa của dòng khỏi tổng điểm tối đa",
    "full_marks": "tính đủ điểm tối đa của dòng đó",
    "zero": "tính 0 điểm, tổng điểm tối đa giữ nguyên",
    "substitute": "chấm theo nội dung thay thế mà đơn vị đăng ký, cùng cách tính",
}
NOT_ASSIGNED: Mapping[NotAssignedWithResult, str] = {
    "ignore": "coi như dòng không áp dụng",
    "leader": "chấm theo tỷ lệ so với kết quả cao nhất của Khối",
    "own_group": "chấm theo tỷ lệ so với kết quả cao nhất trong các đơn vị không được giao",
}


def modifier_words(node: Node, names: Names) -> tuple[str, ...]:
    """Sentences for every modifier of the line except evidence, verifier and slot (own columns)."""
    return tuple(_all(node, names))


def _all(node: Node, names: Names) -> Iterator[str]:
    if node.when is not None:
        yield f"Chỉ tính khi {condition_words(node.when, names)}; nếu không thì được 0 điểm."
    if node.exempt_when is not None:
        what = "các khoản trừ của nhóm này" if isinstance(node, Ledger) else "điểm ở dòng này"
        yield f"Không bị trừ {what} khi {condition_words(node.exempt_when, names)}."
    if node.applies_to is not None:
        yield from _applies(node.applies_to)
    if node.recurs is not None:
        yield _recurs(node.recurs, is_group=bool(node.children))
    if node.not_applicable is not None:
        yield f"Khi dòng không áp dụng cho đơn vị: {NOT_APPLICABLE[node.not_applicable]}."
    if node.not_assigned_with_result is not None:
        said = NOT_ASSIGNED[node.not_assigned_with_result]
        yield f"Khi không được giao chỉ tiêu mà vẫn có kết quả: {said}."
    if node.due is not None and not _says_due(node):
        yield f"Hạn thực hiện: {day_words(node.due)}."
    if node.part != "base" and not isinstance(node, Pick | Switch):
        yield "Là điểm thưởng." if node.part == "bonus" else "Là điểm trừ."
    if node.note:
        yield node.note if node.note.endswith((".", "?", "…")) else f"{node.note}."


def _says_due(node: Node) -> bool:
    """The rule's own sentence already names the deadline."""
    x = getattr(node, "x", None)
    return x is not None and x.kind == "days_late"


def _applies(applies: AppliesTo) -> Iterator[str]:
    if applies.types is not None:
        yield f"Chỉ áp dụng cho đơn vị loại {', '.join(applies.types)}."
    if applies.units is not None:
        yield f"Chỉ áp dụng cho {', '.join(applies.units)}."
    if applies.except_units:
        yield f"Không áp dụng cho {', '.join(applies.except_units)}."
    starts = f"từ ngày {day_words(applies.start)}" if applies.start else ""
    ends = f"đến hết ngày {day_words(applies.end)}" if applies.end else ""
    period = " ".join(filter(None, (starts, ends)))
    if period:
        yield f"Chỉ áp dụng {period}."


def _recurs(recurs: Recurs, *, is_group: bool) -> str:
    what = "nhóm này" if is_group else "dòng này"
    how = "cộng điểm các lần" if recurs.combine == "sum" else "lấy điểm trung bình các lần"
    return f"Chấm {what} {recurs.times} lần trong năm, {how}."
