"""What is worth knowing of a document wherever it is shown: cited often, dated outside, late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

UNCONFIRMED = "chưa xác nhận thông tin"
OUTSIDE = "ngày ngoài năm thi đua"
LATE = "nạp sau hạn"


@dataclass(frozen=True, slots=True)
class Mark:
    """One remark in words; `tone` warn asks for a look, empty only tells."""

    words: str
    tone: Literal["", "warn"] = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The bloc-year's days and the instant until which evidence is in time, if the bloc set one."""

    starts: date
    ends: date
    deadline: datetime | None


def marks_of(
    *,
    frame: Frame,
    lines: int,
    issued_on: date | None,
    at: datetime,
    proposed: bool,
    beyond: str = "",
) -> tuple[Mark, ...]:
    """The marks of a document: `lines` cite it, it was loaded `at`, `proposed` by its file name,
    cited `beyond` its last page."""
    found = []
    if lines > 1:
        found.append(Mark(f"dẫn ở {lines} dòng", ""))
    if issued_on is not None and not frame.starts <= issued_on <= frame.ends:
        found.append(Mark(OUTSIDE))
    if frame.deadline is not None and at > frame.deadline:
        found.append(Mark(LATE))
    if beyond:
        found.append(Mark(beyond))
    if proposed:
        found.append(Mark(UNCONFIRMED))
    return tuple(found)
