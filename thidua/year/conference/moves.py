"""What differs between two adopted versions: whose figure and whose place moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.points import show
from thidua.year.conference.snapshot import Snapshot, UnitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One unit before and after a correction."""

    name: str
    rank_before: int | None
    rank_after: int | None
    total_before: Fraction | None
    total_after: Fraction | None
    decimals: int
    synthetic: bool = False  # a figure of it is made up

    @property
    def words(self) -> str:
        """One sentence: the figure, then the place."""
        return f"{self.name}: {self._figure()}; {self._place()}."

    def _figure(self) -> str:
        before, after = (
            _shown(self.total_before, self.decimals),
            _shown(self.total_after, self.decimals),
        )
        if self.total_before == self.total_after:
            return f"tổng điểm giữ nguyên {after}"
        return f"tổng điểm từ {before} thành {after}"

    def _place(self) -> str:
        before, after = _placed(self.rank_before), _placed(self.rank_after)
        return f"giữ {after}" if before == after else f"từ {before} thành {after}"


def moves_between(before: Snapshot, after: Snapshot) -> tuple[Move, ...]:
    """The units whose total or place differs, by their place after the correction."""
    return tuple(_moves(before, after))


def same_figures(before: Snapshot, after: Snapshot) -> bool:
    """Whether units, lines and deviations are the same in both, whatever the meeting says."""
    return (before.units, before.scales, before.deviations) == (
        after.units,
        after.scales,
        after.deviations,
    )


def _moves(before: Snapshot, after: Snapshot) -> Iterator[Move]:
    for row in after.ranking:
        old = before.of(row.unit_id)
        if old is None or (old.total, old.rank) != (row.total, row.rank):
            yield _move(old, row, after)


def _move(old: UnitRow | None, row: UnitRow, after: Snapshot) -> Move:
    return Move(
        name=row.name,
        rank_before=old.rank if old else None,
        rank_after=row.rank,
        total_before=old.total if old else None,
        total_after=row.total,
        decimals=1 if row.scale is None else after.scales[row.scale].decimals,
        synthetic=row.synthetic or (old is not None and old.synthetic),
    )


def _shown(total: Fraction | None, decimals: int) -> str:
    return "chưa có" if total is None else show(total, decimals=decimals)


def _placed(rank: int | None) -> str:
    return "không xếp hạng" if rank is None else f"thứ {rank}"
