"""What to look at before a registration is sent: what blocks, what asks for a reason, hints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from thidua.core.points import MILLI, show_figure
from thidua.year.registration.models import Target
from thidua.year.registration.queries import Draft, SlotLine

USUAL_TASKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark; errors block sending, the others never do. `code` is the slot or empty."""

    level: Literal["error", "warning", "notice"]
    title: str
    words: str
    code: str = ""


def review(draft: Draft) -> tuple[Remark, ...]:
    """Every remark, in the order of the page."""
    return tuple(_all(draft))


def blocking(draft: Draft) -> tuple[Remark, ...]:
    """Only what keeps the registration from being sent."""
    return tuple(one for one in review(draft) if one.level == "error")


def _all(draft: Draft) -> Iterator[Remark]:
    for line in draft.slots:
        yield from _slot(line)
    for target in draft.targets:
        yield from _target(target)
    if not draft.titles:
        yield Remark(
            level="notice",
            title="Chưa chọn danh hiệu nào",
            words="Đơn vị chưa ghi danh hiệu, hình thức khen thưởng phấn đấu.",
        )
    if len(draft.tasks) < USUAL_TASKS:
        yield Remark(
            level="notice",
            title=f"{len(draft.tasks)} trong {USUAL_TASKS} nhiệm vụ trọng tâm",
            words="Ghi thêm nếu Khối yêu cầu đủ mười nhiệm vụ.",
        )


def _slot(line: SlotLine) -> Iterator[Remark]:
    target = line.target
    if line.slot is None:
        yield Remark(
            level="warning",
            title=f"Ô {line.code} không còn trong thang điểm",
            words="Thang điểm mới không có ô này. Chuyển chỉ tiêu sang ô khác hoặc xóa.",
            code=line.code,
        )
    elif target is None or (target.is_left_empty and not target.reason):
        yield Remark(
            level="error",
            title=f"Ô {line.code} chưa có chỉ tiêu",
            words=f"Nhập chỉ tiêu cho ô {line.code} {line.label}, hoặc ghi lý do để trống.",
            code=line.code,
        )
    elif line.is_from_above and not target.assigned and not target.is_left_empty:
        yield Remark(
            level="warning",
            title=f"Ô {line.code} do đơn vị tự ghi",
            words="Thang điểm gọi đây là chỉ tiêu được giao, nhưng chưa có văn bản giao. "
            "Đề nghị cơ quan thường trực giao chỉ tiêu này kèm số văn bản.",
            code=line.code,
        )
    elif target.is_left_empty:
        yield Remark(
            level="notice",
            title=f"Ô {line.code} để trống",
            words=f"Lý do: {target.reason}",
            code=line.code,
        )


def _target(target: Target) -> Iterator[Remark]:
    called = f"Ô {target.code}" if target.code else f"“{target.name}”"
    if target.value == 0 and target.code:
        yield Remark(
            level="warning",
            title=f"{called} ghi chỉ tiêu 0",
            words="Dòng có chỉ tiêu 0 được coi là không được giao, theo quy định của thang điểm.",
            code=target.code,
        )
    elif target.is_lower:
        figures = f"Đăng ký {_shown(target.value)}, năm trước đạt {_shown(target.last_year)}."
        why = (
            f"Lý do: {target.reason}" if target.reason else "Ghi lý do nếu giữ; Trưởng khối sẽ hỏi."
        )
        yield Remark(
            level="warning",
            title=f"{called} thấp hơn năm trước",
            words=f"{figures} {why}",
            code=target.code,
        )


def _shown(milli: int | None) -> str:
    return "chưa có" if milli is None else show_figure(Fraction(milli, MILLI))
