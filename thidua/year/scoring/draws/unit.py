"""Cây tiêu chí của một đơn vị trong mọi phép thử: from its moving lines up to its total.

Only the groups above a moving line are computed; everything else stands as the engine found it.
Rules: FORMAT sections 4 (sum, ledger, pick, switch), 5 (recurs, exempt_when) and 7.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from thidua.core.bloc import Bloc
from thidua.core.condition import Scalar, Test
from thidua.core.firmness import Cell, words_of
from thidua.core.firmness.stream import WORD_BITS
from thidua.core.logic import holds
from thidua.core.node import Ledger, Node, Pick, Sum
from thidua.core.number import HUNDRED, ZERO
from thidua.core.outline import Place, place_of
from thidua.core.result import NodeResult, UnitResult
from thidua.year.scoring.draws.moving import Moving, added, highest

Points = Moving | Fraction


class UnitDraws:
    """One unit in every draw; `total` and `percent` are rounded, points of lines are not."""

    def __init__(
        self,
        bloc: Bloc,
        position: int,
        found: UnitResult,
        cells: Sequence[Cell],
        *,
        seed: str,
        draws: int,
    ) -> None:
        self.bloc, self.position, self.found = bloc, position, found
        self._seed, self._draws = seed, draws
        self._cells = {cell.key: cell for cell in cells}
        self._moves = {cell.key for cell in cells}
        for cell in cells:
            self._moves.update(_above(bloc, cell.key))
        self._points: dict[str, Points] = {}
        self.exact = self._exact_total()

    @property
    def total(self) -> Points | None:
        """The rounded total (FORMAT 7.1); None while the unit has none."""
        header = self.bloc.scale.header
        if self.found.total is None or not isinstance(self.exact, Moving):
            return self.found.total
        return self.exact.rounded(decimals=header.decimals, rounding=header.rounding)

    @property
    def percent(self) -> Points | None:
        """The rounded percent of the denominator; None where there is none."""
        header = self.bloc.scale.header
        if self.found.percent is None or not isinstance(self.exact, Moving):
            return self.found.percent
        share = self.exact.multiplied(HUNDRED / self.found.denominator)
        return share.rounded(decimals=header.percent_decimals, rounding=header.rounding)

    def fact(self, subject: str, name: str) -> Scalar | Moving | None:
        """What a gate or a tie-break looks at (FORMAT 7.3, 7.5)."""
        if subject == "total":
            return self.total if name == "points" else self.percent
        points = self._points.get(name)
        if subject == "field" or not isinstance(points, Moving):
            return self._look(Test(subject, name))  # type: ignore[arg-type]  # a Subject by now
        if subject == "points":
            return points
        most = self.found.nodes[name].max
        return points.multiplied(HUNDRED / most) if most else None

    def _exact_total(self) -> Points:
        header, found = self.bloc.scale.header, self.found
        parts = {part: self._part(part) for part in ("base", "bonus", "deduct")}
        if not any(isinstance(one, Moving) for one in parts.values()):
            return ZERO if found.total is None else found.total
        bonus = _limited(parts["bonus"], cap=header.bonus_cap, floor=None)
        taken = None if header.deduct_cap is None else -header.deduct_cap
        deduct = _limited(parts["deduct"], cap=None, floor=taken)
        whole = _sum([parts["base"], bonus, deduct])
        return _limited(whole, cap=header.max_total, floor=header.min_total)

    def _part(self, part: str) -> Points:
        sections = [one for one in self.bloc.scale.sections if one.part == part]
        return _sum([self._of(place_of(section, None)) for section in sections])

    def _of(self, place: Place) -> Points:
        """The points of a place: as the engine found them, or in every draw where they move."""
        if place.key not in self._moves:
            return _counted(self.found.nodes.get(place.key))
        made = self._points.get(place.key)
        if made is None:
            cell = self._cells.get(place.key)
            made = self._group(place) if cell is None else self._drawn(cell)
            self._points[place.key] = made
        return made

    def _drawn(self, cell: Cell) -> Moving:
        raw = words_of(self._seed, unit=cell.unit, key=cell.key, draws=self._draws)
        words = np.frombuffer(raw, dtype="<u4").astype(np.int64)
        return Moving.chosen(cell.counted(self.bloc.scale.header), words * cell.places >> WORD_BITS)

    def _group(self, place: Place) -> Points:
        node = place.node
        if place.is_recurrence and node.recurs is not None:
            copies = [place_of(node, copy) for copy in range(1, node.recurs.times + 1)]
            live = [one for one in copies if not _is_dropped(self.found.nodes.get(one.key))]
            whole = _sum([self._of(one) for one in live])
            if node.recurs.combine == "sum":
                return whole
            return whole.divided(len(live)) if isinstance(whole, Moving) else whole / len(live)
        below = [place_of(child, place.copy) for child in node.children]
        match node:
            case Sum():
                whole = _sum([self._of(one) for one in below])
                return _limited(whole, cap=node.cap, floor=node.floor)
            case Ledger():
                return self._ledger(node, below, place.copy)
            case Pick():
                return self._best([one for one in below if self._competes(node, one)])
            case _:
                return self._followed(node, below)

    def _ledger(self, node: Ledger, below: Sequence[Place], copy: int | None) -> Points:
        items = [one for one in below if not self._is_na(one)]
        gains = _sum([_above_zero(self._of(one)) for one in items])
        losses = _sum([_above_zero(_negated(self._of(one))) for one in items])
        if self._is_exempt(node, copy):
            losses = ZERO
        gains = _limited(gains, cap=node.bonus_cap, floor=None)
        losses = _limited(losses, cap=node.deduct_cap, floor=None)
        whole = _sum([node.start, gains, _negated(losses)])
        return _limited(whole, cap=node.cap, floor=node.floor)

    def _best(self, competing: Sequence[Place]) -> Points:
        found = [self._of(one) for one in competing]
        moving = [one for one in found if isinstance(one, Moving)]
        still = [one for one in found if isinstance(one, Fraction)]
        return highest(moving, max(still) if still else None) if moving else max(still)

    def _competes(self, node: Pick, place: Place) -> bool:
        made = self.found.nodes.get(place.key)
        if made is None or made.state == "na":
            return False
        return node.mode == "chosen" or made.state != "off"

    def _followed(self, node: Node, below: Sequence[Place]) -> Points:
        del node
        return next(self._of(one) for one in below if one.key in self.found.nodes)

    def _is_na(self, place: Place) -> bool:
        made = self.found.nodes.get(place.key)
        return made is not None and made.state == "na"

    def _is_exempt(self, node: Ledger, copy: int | None) -> bool:
        if node.exempt_when is None:
            return False
        return holds(node.exempt_when, lambda test: self._look(test, copy)) is True

    def _look(self, test: Test, copy: int | None = None) -> Scalar | None:
        if test.subject == "field":
            return self.bloc.fact(self.position, test.name)
        nodes = self.found.nodes
        made = nodes.get(f"{test.name}@{copy}") or nodes.get(test.name)
        if made is None or made.points is None or test.subject == "points":
            return None if made is None else made.points
        return HUNDRED * made.points / made.max if made.max else None


def _above(bloc: Bloc, key: str) -> list[str]:
    from thidua.core.firmness.cells import groups_above

    code, at, copy = key.partition("@")
    place = place_of(bloc.outline.nodes[code], int(copy) if at else None)
    return list(groups_above(bloc.outline, place))


def _counted(made: NodeResult | None) -> Fraction:
    return ZERO if made is None or made.points is None else made.points


def _is_dropped(made: NodeResult | None) -> bool:
    return made is not None and made.state == "na" and made.points is None


def _sum(terms: Sequence[Points]) -> Points:
    moving = [one for one in terms if isinstance(one, Moving)]
    still = sum((one for one in terms if isinstance(one, Fraction)), ZERO)
    return added(moving, still) if moving else still


def _limited(points: Points, *, cap: Fraction | None, floor: Fraction | None) -> Points:
    if isinstance(points, Moving):
        return points.clamped(cap=cap, floor=floor)
    capped = points if cap is None else min(cap, points)
    return capped if floor is None else max(floor, capped)


def _negated(points: Points) -> Points:
    return points.multiplied(Fraction(-1)) if isinstance(points, Moving) else -points


def _above_zero(points: Points) -> Points:
    return points.above_zero() if isinstance(points, Moving) else max(points, ZERO)
