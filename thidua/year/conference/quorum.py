"""Whether enough units came: exact integers, both figures in words."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.core.finding import Finding
from thidua.year.bloc.quorum import least


@dataclass(frozen=True, slots=True)
class Quorum:
    """``present`` of ``members`` units came; the bloc asks for num/den of them."""

    present: int
    members: int
    num: int
    den: int

    @property
    def least(self) -> int:
        """The smallest number of units that is enough."""
        return least(self.num, self.den, self.members)

    @property
    def is_met(self) -> bool:
        """present/members ≥ num/den; a bloc without members never meets it."""
        return self.members > 0 and self.present >= self.least

    @property
    def finding(self) -> Finding:
        """The judgement in words (QUORUM-1); source: the setting of the bloc-year."""
        return Finding(
            rule_id="QUORUM-1",
            outcome="met" if self.is_met else "refused",
            inputs={"present": self.present, "members": self.members, "least": self.least},
            source=f"Quy định của Khối: có mặt từ {self.num}/{self.den} số đơn vị trở lên",
            words=self.words,
        )

    @property
    def words(self) -> str:
        """One sentence: how many came, how many were needed."""
        came = f"Có mặt {self.present} trong {self.members} đơn vị"
        asked = f"cần ít nhất {self.least} ({self.num}/{self.den} số đơn vị)"
        if self.is_met:
            return f"{came}, {asked}: đủ điều kiện họp."
        return f"{came}, {asked}: chưa đủ điều kiện họp."


def is_minority(votes_for: int | None, voters: int | None) -> bool:
    """Whether votes were counted and not more than half of them are for it."""
    return votes_for is not None and voters is not None and 2 * votes_for <= voters
