"""How a draft begins: from nothing, or from a version that was adopted before."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from thidua.core.text import one_line
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.scalefile.editing import starting
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import refuse, require_unadopted
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import loaded_scale, may_copy
from thidua.year.rulebook.services import files
from thidua.year.rulebook.services.editing import Deed, draft_values


def start_blank(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    title: str,
    base: Fraction | None,
    unit_kind: str = "",
    request_id: str = "",
) -> Scale:
    """A draft without lines; its name is made of the bloc and the year."""
    plain = starting.blank(
        name=starting.slug(bloc_year.bloc.name, year=bloc_year.year),
        title=one_line(title),
        base=base,
        period=(bloc_year.starts, bloc_year.ends),
    )
    deed = Deed(
        verb="start",
        said=f"Bắt đầu dự thảo thang điểm “{one_line(title)}”",
        inputs={"title": title, "base": str(base), "unit_kind": unit_kind},
    )
    return make_draft(
        actor,
        bloc_year=bloc_year,
        plain=plain,
        deed=deed,
        unit_kind=unit_kind,
        request_id=request_id,
    )


def copy_scale(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    source: Scale,
    unit_kind: str = "",
    request_id: str = "",
) -> Scale:
    """A draft with the lines of an adopted version; days move with the year.

    `source`: an adopted version of this bloc, or of another bloc of the same jurisdiction whose
    year is closed (SCALE-10).
    """
    if not may_copy(source, bloc_year):
        raise refuse(
            "SCALE-10",
            "Chỉ chép được thang điểm đã thông qua của Khối mình, hoặc của Khối khác khi năm đó đã "
            "khép.",
        )
    plain = starting.carried_over(
        loaded_scale(source).plain,
        years=bloc_year.year - source.bloc_year.year,
        name=starting.slug(bloc_year.bloc.name, year=bloc_year.year),
        period=(bloc_year.starts, bloc_year.ends),
    )
    deed = Deed(
        verb="copy",
        said=f"Chép thang điểm “{source.title}” năm {source.bloc_year.year} thành dự thảo",
        inputs={"source": source.pk, "unit_kind": unit_kind},
    )
    return make_draft(
        actor,
        bloc_year=bloc_year,
        plain=plain,
        deed=deed,
        unit_kind=unit_kind,
        request_id=request_id,
    )


def make_draft(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    plain: Mapping[str, Any],
    deed: Deed,
    unit_kind: str = "",
    request_id: str = "",
) -> Scale:
    """A new draft with this content; `deed.said` is the whole sentence of the event."""
    with Act(
        actor,
        f"rulebook.{deed.verb}",
        chain=chain.of_year(bloc_year.pk),
        subject=deed.said,
        request_id=request_id,
        inputs=deed.inputs,
    ) as act:
        if act.repeated:
            return act.first(Scale)
        files.require_head(actor, bloc_year)
        require_unadopted(bloc_year)
        row = draft_row(bloc_year, _with_free_version(bloc_year, plain), unit_kind)
        return act.result(act.create(row))


def _with_free_version(bloc_year: BlocYear, plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """Under the next version where an adopted one of the year bears name and version (SCALE-6)."""
    adopted = Scale.objects.filter(
        bloc_year=bloc_year, name=plain["name"], adopted_at__isnull=False
    )
    used, version = set(adopted.values_list("version", flat=True)), str(plain["version"])
    while version in used:
        version = starting.next_version(version)
    return {**plain, "version": version}


def draft_row(bloc_year: BlocYear, plain: Mapping[str, Any], unit_kind: str) -> Scale:
    """The row of a new draft; refused where the year has the same content already (SCALE-2)."""
    values = draft_values(plain)
    files.refuse_same_again(bloc_year, values["fingerprint"], unit_kind)
    return Scale(
        jurisdiction_id=bloc_year.jurisdiction_id,
        bloc_year=bloc_year,
        sequence=files.next_sequence(bloc_year),
        unit_kind=unit_kind,
        created_at=clock.now(),
        **values,
    )
