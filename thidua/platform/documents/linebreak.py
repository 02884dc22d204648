"""Where long names break: as few lines as fit, then as even as possible, not after small words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from thidua.platform.documents.measure import width_mm

_SMALL = {"VÀ", "CỦA", "CÁC", "-", "VỀ", "TẠI"}  # a line does not end in these
_SMALL_WORD_COST = 400.0  # square millimetres of raggedness


def balanced_lines(text: str, room_mm: float, *, size: float, bold: bool = False) -> list[str]:
    """The text in lines no longer than the room; a word longer than the room keeps its own line."""

    def length(part: str) -> float:
        return width_mm(part, size, bold=bold)

    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_even(paragraph.split(), room_mm, length) if paragraph.strip() else [])
    return lines


def _even(words: list[str], room: float, length: Callable[[str], float]) -> list[str]:
    """Shortest number of lines first, then least raggedness, by trying every last line."""
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(words) + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            spare = room - length(" ".join(words[start:end]))
            if spare < 0 and start < end - 1:
                break
            count, cost, _ = best[start]
            choices.append((count + 1, cost + spare * spare + _penalty(words, end), start))
        best.append(min(choices))
    ends = [len(words)]
    while ends[0] > 0:
        ends.insert(0, best[ends[0]][2])
    return [" ".join(words[start:end]) for start, end in pairwise(ends)]


def _penalty(words: list[str], end: int) -> float:
    last = end < len(words) and words[end - 1].upper() in _SMALL
    return _SMALL_WORD_COST if last else 0.0
