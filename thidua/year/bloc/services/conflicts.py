"""Quan hệ cần tránh: two units that shall not verify each other, declared before a draw."""

from __future__ import annotations

from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.refusal import line_of
from thidua.year.bloc.models import BlocYear, Conflict
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import (
    Standing,
    refuse,
    require,
    require_open_year,
    require_unadopted,
    standing_of,
)

OWN_ONLY = "Đơn vị khai quan hệ của mình; Trưởng khối khai được cho mọi đơn vị."
REASON_MOST = 500


def declare_conflict(
    actor: Actor, *, bloc_year: BlocYear, units: tuple[int, int], reason: str, request_id: str = ""
) -> Conflict:
    """Bar two member units from verifying each other, in both directions.

    The staff of one of the two may, or the head. Refused: RIGHT-1, YEAR-1, YEAR-2, CONFLICT-1 to
    CONFLICT-3, TEXT-*.
    """
    own = actor.unit_id
    if own is None or not _may_declare(standing_of(actor, bloc_year), units):
        raise refuse("RIGHT-1", OWN_ONLY)
    why = line_of(reason, label="lý do", most=REASON_MOST, field="reason", needed=False)
    with Act(
        actor,
        "bloc.declare_conflict",
        chain=chain.of_year(bloc_year.pk),
        subject="Khai quan hệ cần tránh khi thẩm định",
        request_id=request_id,
        inputs={"units": sorted(units), "reason": why},
    ) as act:
        if act.repeated:
            return act.first(Conflict)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        names = _judged(bloc_year, units)
        if not why:
            raise refuse("CONFLICT-3", "Ghi lý do, ví dụ: hai đơn vị cùng thực hiện một chỉ tiêu.",
                         field="reason")  # fmt: skip
        act.subject = f"Khai quan hệ cần tránh khi thẩm định: {names}"
        first, second = sorted(units)
        return act.result(
            act.create(
                Conflict(
                    jurisdiction_id=bloc_year.jurisdiction_id,
                    bloc_year=bloc_year,
                    first_id=first,
                    second_id=second,
                    reason=why,
                    declarer_id=own,
                    declared_by=actor.label,
                    declared_at=clock.now(),
                )
            )
        )


def withdraw_conflict(actor: Actor, *, conflict: Conflict, request_id: str = "") -> BlocYear:
    """Take back what one's own unit declared; draws made meanwhile keep it among their conditions.

    Refused: RIGHT-1, YEAR-1, YEAR-2.
    """
    bloc_year = conflict.bloc_year
    standing = standing_of(actor, bloc_year)
    words = f"{conflict.declarer} khai quan hệ này nên {conflict.declarer} rút."
    require(standing.works_for(conflict.declarer_id), words)
    with Act(
        actor,
        "bloc.withdraw_conflict",
        chain=chain.of_year(bloc_year.pk),
        subject="Rút lời khai quan hệ cần tránh khi thẩm định",
        request_id=request_id,
        inputs={"units": [conflict.first_id, conflict.second_id]},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        act.remove(conflict)
        return act.result(bloc_year)


def _may_declare(standing: Standing, units: tuple[int, int]) -> bool:
    return standing.head or any(standing.works_for(unit_id) for unit_id in units)


def _judged(bloc_year: BlocYear, units: tuple[int, int]) -> str:
    """The names of the two, or a refusal."""
    names = {one.unit_id: one.name for one in members(bloc_year)}
    if units[0] == units[1] or not set(units) <= set(names):
        words = "Chọn hai đơn vị khác nhau, đều là thành viên của khối."
        raise refuse("CONFLICT-1", words, field="second")
    first, second = sorted(units)
    said = f"{names[first]} và {names[second]}"
    if Conflict.objects.filter(bloc_year=bloc_year, first_id=first, second_id=second).exists():
        raise refuse("CONFLICT-2", f"Đã khai quan hệ giữa {said}.", field="second")
    return said
