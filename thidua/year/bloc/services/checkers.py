"""Who verifies whom: pairs of member units; nobody verifies its own sheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear, Checker
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import (
    refuse,
    require,
    require_open_year,
    require_unadopted,
    standing_of,
)

HEAD_ONLY = "Bạn xem được phân công thẩm định, không sửa được. Trưởng khối sửa được."

Pair = tuple[int, int]
"""(id of the unit whose sheet is verified, id of the unit that verifies it)"""


def propose_cycle(unit_ids: Sequence[int]) -> list[Pair]:
    """Each unit is verified by the next one, the last by the first.

    With three units or more no two verify each other; one unit alone gives no pair.
    """
    if len(unit_ids) < 2:
        return []
    return list(zip(unit_ids, [*unit_ids[1:], unit_ids[0]], strict=True))


def assign_checkers(
    actor: Actor, *, bloc_year: BlocYear, pairs: Collection[Pair], request_id: str = ""
) -> BlocYear:
    """Replace the assignment by these pairs; pairs that stay are not touched.

    Refused: RIGHT-1, YEAR-1, YEAR-2, CHECK-1, CHECK-2.
    """
    require(standing_of(actor, bloc_year).head, HEAD_ONLY)
    wanted = set(pairs)
    with Act(
        actor,
        "bloc.assign_checkers",
        chain=chain.of_year(bloc_year.pk),
        subject=f"Phân công thẩm định: {len(wanted)} lượt",
        request_id=request_id,
        inputs={"pairs": sorted(wanted)},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        _judge(bloc_year, wanted)
        present = {(row.unit_id, row.checker_id): row for row in _rows(bloc_year)}
        for pair in sorted(present.keys() - wanted):
            act.remove(present[pair])
        for unit_id, checker_id in sorted(wanted - present.keys()):
            act.create(
                Checker(
                    jurisdiction_id=bloc_year.jurisdiction_id,
                    bloc_year=bloc_year,
                    unit_id=unit_id,
                    checker_id=checker_id,
                )
            )
        return act.result(bloc_year)


def _rows(bloc_year: BlocYear) -> list[Checker]:
    return list(Checker.objects.filter(bloc_year=bloc_year))


def _judge(bloc_year: BlocYear, wanted: set[Pair]) -> None:
    names = {member.unit_id: member.name for member in members(bloc_year)}
    for unit_id, checker_id in sorted(wanted):
        if unit_id not in names or checker_id not in names:
            raise refuse("CHECK-2", "Chỉ phân công giữa các đơn vị thành viên của khối.")
        if unit_id == checker_id:
            words = f"{names[unit_id]} không thẩm định bảng điểm của chính mình. Bỏ ô đó."
            raise refuse("CHECK-1", words)
