"""A change within the year: a new version of an adopted scale, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from thidua.core.loading import scale_from_plain
from thidua.core.maximum import share
from thidua.core.text import one_line
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.scalefile.editing.lines import CannotEdit, Plain, spot_of, thawed, with_line
from thidua.scalefile.editing.starting import next_version
from thidua.year.bloc.rights import refuse, require_unadopted
from thidua.year.rulebook.models import Revision, Scale
from thidua.year.rulebook.queries import loaded_scale
from thidua.year.rulebook.services import files
from thidua.year.rulebook.services.starting import draft_row


def new_version(actor: Actor, *, scale: Scale, reason: str, request_id: str = "") -> Scale:
    """A draft of the next version of an adopted scale; the adopted one stays in force.

    Refused without a reason (SCALE-12), and for a draft, which is edited itself.
    """
    return _revise(actor, scale, reason, None, request_id)


def add_criterion(
    actor: Actor,
    *,
    scale: Scale,
    group: str,
    line: Mapping[str, Any],
    reason: str,
    request_id: str = "",
) -> Scale:
    """The next version with one line more under a group: a criterion that came up in the year."""
    return _revise(actor, scale, reason, (group, dict(line)), request_id)


def _revise(
    actor: Actor, scale: Scale, reason: str, added: tuple[str, Plain] | None, request_id: str
) -> Scale:
    said = one_line(reason)
    inputs = {"scale": scale.pk, "reason": said}
    if added:
        inputs["added"] = files.storable({"group": added[0], "line": added[1]})
    with Act(
        actor,
        "rulebook.new_version",
        chain=chain.of_year(scale.bloc_year_id),
        subject=f"Sửa thang điểm lần {scale.sequence} thành phiên bản mới",
        request_id=request_id,
        reason=said,
        inputs=inputs,
    ) as act:
        if act.repeated:
            return act.first(Scale)
        base = Scale.objects.select_related("bloc_year__bloc").get(pk=scale.pk)
        files.require_head(actor, base.bloc_year)
        require_unadopted(base.bloc_year)
        _judge(base, said)
        row = draft_row(base.bloc_year, _content(base, added), base.unit_kind)
        act.create(row)
        act.create(Revision(jurisdiction_id=row.jurisdiction_id, scale=row, base=base, reason=said))
        return act.result(row)


def _judge(base: Scale, reason: str) -> None:
    if not reason:
        raise refuse("SCALE-12", "Ghi lý do sửa thang điểm trong năm.", field="reason")
    if not base.is_adopted:
        raise refuse("SCALE-12", "Đây là dự thảo, sửa thẳng vào dự thảo.")


def _content(base: Scale, added: tuple[str, Plain] | None) -> Plain:
    """The lines of the base under the next free version, with the added line."""
    plain: Plain = thawed(loaded_scale(base).plain)
    used = set(Scale.objects.filter(bloc_year=base.bloc_year).values_list("version", flat=True))
    version = next_version(str(plain["version"]))
    while version in used:
        version = next_version(version)
    plain["version"] = version
    if added is None:
        return plain
    try:
        plain, key = with_line(plain, added[1], under=added[0])
    except CannotEdit as problem:
        raise refuse("SCALE-9", str(problem)) from problem
    return _with_room(plain, key)


def _with_room(plain: Plain, key: str) -> Plain:
    """Where the groups above state their maximum, it grows by that of the new line."""
    spot = spot_of(plain, key)
    worth = share(scale_from_plain(plain).index()[spot.node["code"]])
    chain_up = spot.above
    for one in chain_up:
        if one.node["kind"] == "sum" and one.node.get("max") is not None:
            one.node["max"] = Fraction(one.node["max"]) + worth
    is_base = all(one.node.get("part", "base") == "base" for one in chain_up)
    if is_base and plain["scale"].get("base") is not None:
        plain["scale"]["base"] = Fraction(plain["scale"]["base"]) + worth
    return plain
