"""Reads of the cross-check draw: what a draw may follow from, what was drawn, whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from thidua.core.drawing import Conditions, Unsettled, draw
from thidua.core.fingerprint import fingerprint
from thidua.platform.ledger import chain
from thidua.platform.ledger.verify import root_at
from thidua.scalefile.drawing import DrawFile, draw_from_plain
from thidua.year.bloc.models import BlocYear, CheckDraw, Checker, Conflict, Window
from thidua.year.bloc.queries import Member

Pair = tuple[int, int]
"""(id of the unit whose sheet is verified, id of the unit that verifies it)"""


def keys_of(members: Sequence[Member]) -> dict[int, str]:
    """What stands for each unit in a draw, by unit id: its number in the list and its name."""
    return {one.unit_id: f"{number}. {one.name}" for number, one in enumerate(members, 1)}


def closing_of(bloc_year: BlocYear) -> datetime | None:
    """When self-scoring ends; None when the head has not set it (one query)."""
    rows = Window.objects.filter(bloc_year=bloc_year, deed=Window.Deed.SELF_SCORE)
    return rows.values_list("closes", flat=True).first()


def pairs_now(bloc_year: BlocYear) -> frozenset[Pair]:
    """The assignment in force (one query)."""
    rows = Checker.objects.filter(bloc_year=bloc_year)
    return frozenset(rows.values_list("unit_id", "checker_id"))


def pairs_last_year(bloc_year: BlocYear) -> frozenset[Pair]:
    """Who verified whom in the year of this bloc before this one (two queries).

    A unit that was renamed since is the same unit, so its pairs still count.
    """
    earlier = BlocYear.objects.filter(bloc_id=bloc_year.bloc_id, year__lt=bloc_year.year)
    last = earlier.order_by("-year").first()
    return pairs_now(last) if last else frozenset()


def conflicts_of(bloc_year: BlocYear) -> list[Conflict]:
    """The declared conflicts, oldest first (one query)."""
    rows = Conflict.objects.filter(bloc_year=bloc_year)
    return list(rows.select_related("declarer").order_by("declared_at", "id"))


def both_ways(conflicts: Iterable[Conflict]) -> frozenset[Pair]:
    """The pairs that the conflicts bar: a conflict bars both directions."""
    found = {(one.first_id, one.second_id) for one in conflicts}
    return frozenset(found | {(two, one) for one, two in found})


def conditions_of(bloc_year: BlocYear, keys: Mapping[int, str]) -> Conditions:
    """The conditions under which a draw would be made now (three queries)."""
    units = tuple(keys.values())
    return Conditions(
        units=units,
        checkers=units,
        each=bloc_year.checks_each,
        last_year=keyed(pairs_last_year(bloc_year), keys),
        conflicts=keyed(both_ways(conflicts_of(bloc_year)), keys),
    )


def keyed(pairs: Iterable[Pair], keys: Mapping[int, str]) -> frozenset[tuple[str, str]]:
    """Pairs of ids as pairs of keys; a unit that is no member now drops out."""
    return frozenset((keys[one], keys[two]) for one, two in pairs if one in keys and two in keys)


def draws_of(bloc_year: BlocYear) -> list[CheckDraw]:
    """Every draw of the year, newest first (one query)."""
    return list(CheckDraw.objects.filter(bloc_year=bloc_year).order_by("-number"))


def file_of(row: CheckDraw) -> DrawFile:
    """The draw as it stands in its file."""
    return draw_from_plain(row.plain)


def drawn_ids(row: CheckDraw) -> frozenset[Pair]:
    """The drawn pairs as ids of units."""
    file = file_of(row)
    ids = dict(zip(file.conditions.units, row.unit_ids, strict=True))
    return frozenset((ids[unit], ids[checker]) for unit, checker in file.pairs)


@dataclass(frozen=True)
class Recheck:
    """The draw made once more from what is stored: which parts are as they were recorded."""

    root: bool
    seed: bool
    pairs: bool
    content: bool
    attempt: int | None

    @property
    def holds(self) -> bool:
        """Everything is as recorded."""
        return self.root and self.seed and self.pairs and self.content


def recheck(row: CheckDraw) -> Recheck:
    """Compute root, seed and pairs anew and compare them with the record."""
    file = file_of(row)
    try:
        drawn = draw(file.conditions, file.own_seed)
    except Unsettled:
        drawn = None
    return Recheck(
        root=root_at(chain.of_year(row.bloc_year_id), row.closed_at) == row.root == file.root,
        seed=file.own_seed == file.seed == row.seed,
        pairs=drawn is not None and drawn.pairs == file.pairs,
        content=fingerprint(row.plain) == row.fingerprint,
        attempt=drawn.attempt if drawn else None,
    )


def cycles(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Rings "A verifies B verifies … A" where everybody verifies one; [] where it is not so."""
    checks = {checker: unit for unit, checker in pairs}
    if len(checks) != len(pairs) or set(checks) != {unit for unit, _ in pairs}:
        return []
    rings: list[list[str]] = []
    left = [unit for unit, _ in pairs]
    while left:
        ring = [left[0]]
        while checks[ring[-1]] != ring[0]:
            ring.append(checks[ring[-1]])
        left = [one for one in left if one not in ring]
        rings.append([*ring, ring[0]])
    return rings
