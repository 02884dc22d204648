"""Xếp hạng: order the units of a bloc, shared ranks, and what decided (FORMAT section 7.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.condition import Scalar
from thidua.core.finding import Finding
from thidua.core.number import ZERO
from thidua.core.points import result_text, show, show_figure
from thidua.core.scale import Ranking
from thidua.core.tie_break import TieKey, tie_key

Key = tuple[Fraction, tuple[TieKey, ...]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit is ranked on: the rounded figure (None: no place) and its tie-break values."""

    unit: str
    figure: Fraction | None
    ties: tuple[Scalar | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rank of a unit (None: not ranked) and what decided it."""

    rank: int | None
    finding: Finding


def rank_units(
    ranking: Ranking, standings: Sequence[Standing], *, names: Sequence[str] = ()
) -> list[Ranked]:
    """Rank units from 1, high figure first, then by the tie-breaks; equal units share (1, 1, 3).

    `names` are the tie-breaks as people call them, for the findings. The result is in the order
    of `standings`; a unit without figure has no rank and takes no place.
    """
    table = _Table(ranking, standings, names or [rule.name for rule in ranking.tie_breaks])
    return [table.place(position) for position in range(len(standings))]


class _Table:
    """The units in order, with the comparisons that made the order."""

    def __init__(
        self, ranking: Ranking, standings: Sequence[Standing], names: Sequence[str]
    ) -> None:
        self.ranking, self.standings, self.names = ranking, standings, names
        self.keys = {
            position: self._key(one, one.figure)
            for position, one in enumerate(standings)
            if one.figure is not None
        }
        self.order = sorted(self.keys, key=lambda position: self.keys[position])
        self.ranks = self._ranks()

    def place(self, position: int) -> Ranked:
        """The rank of one unit and why."""
        figure = self.standings[position].figure
        if figure is None:
            return Ranked(None, Finding(rule_id="RANK-2", outcome="none", words="Chưa xếp hạng"))
        peers = [other for other in self.order if self.standings[other].figure == figure]
        return Ranked(self.ranks[position], self._why(position, figure, peers))

    def _key(self, one: Standing, figure: Fraction) -> Key:
        pairs = zip(one.ties, self.ranking.tie_breaks, strict=True)
        return -figure, tuple(tie_key(value, order=rule.order) for value, rule in pairs)

    def _ranks(self) -> dict[int, int]:
        ranks: dict[int, int] = {}
        for place, position in enumerate(self.order):
            before = self.order[place - 1] if place else position
            shared = place > 0 and self.keys[before] == self.keys[position]
            ranks[position] = ranks[before] if shared else place + 1
        return ranks

    def _why(self, position: int, figure: Fraction, peers: Sequence[int]) -> Finding:
        equal = [other for other in peers if self.keys[other] == self.keys[position]]
        if len(peers) == 1:
            return self._finding("RANK-1", position, self._lead(position, figure))
        if len(equal) == len(peers):
            named = ", ".join(self.standings[other].unit for other in equal if other != position)
            return self._finding("RANK-3", position, f"{show(figure)}, bằng {named} ở mọi tiêu chí")
        rival = self._nearest(position, peers)
        return self._finding("TIE-1", position, self._tie(position, rival, figure))

    def _lead(self, position: int, figure: Fraction) -> str:
        place = self.order.index(position)
        if place + 1 == len(self.order):
            return f"{show(figure)}, xếp cuối trong {len(self.order)} đơn vị được xếp hạng"
        following = self.standings[self.order[place + 1]]
        lead = figure - (following.figure or ZERO)
        return f"{show(figure)}, hơn {following.unit} {show(lead)}"

    def _nearest(self, position: int, peers: Sequence[int]) -> int:
        mine = self.keys[position]
        below = [other for other in peers if self.keys[other] > mine]
        return below[0] if below else [o for o in peers if self.keys[o] < mine][-1]

    def _tie(self, position: int, rival: int, figure: Fraction) -> str:
        mine, theirs = self.keys[position][1], self.keys[rival][1]
        decided = next(i for i, key in enumerate(mine) if key != theirs[i])
        one, other = self.standings[position].ties[decided], self.standings[rival].ties[decided]
        place = "xếp trên" if mine < theirs else "xếp dưới"
        return (
            f"Bằng {show(figure)} với {self.standings[rival].unit}; {self.names[decided]}: "
            f"{_shown(one)} so với {_shown(other)} nên {place}"
        )

    def _finding(self, rule_id: str, position: int, words: str) -> Finding:
        figure = self.standings[position].figure or ZERO
        return Finding(
            rule_id=rule_id,
            outcome=str(self.ranks[position]),
            inputs={self.ranking.key: result_text(figure)},
            words=words,
        )


def _shown(value: Scalar | None) -> str:
    if value is None:
        return "chưa có"
    if isinstance(value, bool):
        return "có" if value else "không"
    return value if isinstance(value, str) else show_figure(value)
