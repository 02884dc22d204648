"""Counts that a source reports without naming units: kept as counts, never as registrations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.points import show_figure
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.refusal import line_of, refuse, require
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import require_open_year, standing_of
from thidua.year.record.awards import Award
from thidua.year.registration.models import ReportedCount

WHO = "Trưởng khối hoặc cơ quan thường trực ghi số lượng theo nguồn. Bạn xem được, không sửa được."
MOST = Fraction(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedInput:
    """The counts of one source ("Báo … ngày …") by award; None or an absent award takes it away."""

    source: str
    counts: Mapping[Award, int | None]


def report_counts(
    actor: Actor, *, bloc_year: BlocYear, reported: ReportedInput, request_id: str = ""
) -> BlocYear:
    """Replace the reported counts of the year; refused: RIGHT-1, YEAR-1, REG-14, REG-16."""
    with Act(
        actor,
        "registration.report_counts",
        chain=chain.of_year(bloc_year.pk),
        subject="Ghi số đơn vị đăng ký theo nguồn, không nêu tên đơn vị",
        request_id=request_id,
        inputs={
            "source": reported.source,
            "counts": {str(award): count for award, count in reported.counts.items()},
        },
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        own = actor.is_standing and actor.jurisdiction_id == bloc_year.jurisdiction_id
        require(own or standing_of(actor, bloc_year).runs_year, WHO)
        require_open_year(bloc_year)
        counts = {award: _count(award, n) for award, n in reported.counts.items() if n is not None}
        source = line_of(reported.source, label="nguồn", most=300, field="source", needed=False)
        if counts and not source:
            raise refuse("REG-16", "Ghi nguồn của số lượng, ví dụ tên báo và ngày.", field="source")
        _write(act, bloc_year, counts, source)
        return act.result(bloc_year)


def _count(award: Award, count: int) -> int:
    if not 0 <= count <= MOST:
        words = f"Ghi số đơn vị đăng ký {award.label} từ 0 đến {show_figure(MOST)}."
        raise refuse("REG-14", words, field=str(award))
    return count


def _write(act: Act, bloc_year: BlocYear, counts: Mapping[Award, int], source: str) -> None:
    held = {Award(one.award): one for one in ReportedCount.objects.filter(bloc_year=bloc_year)}
    for award, count in counts.items():
        if award in held:
            act.change(held[award], count=count, source=source)
        else:
            act.create(
                ReportedCount(
                    jurisdiction_id=bloc_year.jurisdiction_id,
                    bloc_year=bloc_year,
                    award=award,
                    count=count,
                    source=source,
                )
            )
    for award, one in held.items():
        if award not in counts:
            act.remove(one)
