"""How figures of an adopted table are written in papers and on pages."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.points import show, show_figure
from thidua.year.conference.snapshot import ScaleTable, Snapshot, UnitRow

NOTHING = "–"
GROUP = 4


def points_text(points: Fraction | None, scale: ScaleTable) -> str:
    """Points with at least the decimals of the scale; a dash where there are none."""
    return NOTHING if points is None else show(points, decimals=scale.decimals)


def maximum_text(figure: Fraction) -> str:
    """A maximum without needless decimals."""
    return show_figure(figure)


def total_text(snapshot: Snapshot, row: UnitRow) -> str:
    """The total of a unit as adopted."""
    return (
        NOTHING if row.scale is None else points_text(row.result_total, snapshot.scales[row.scale])
    )


def percent_text(snapshot: Snapshot, row: UnitRow) -> str:
    """The percent of a unit as adopted."""
    if row.scale is None or row.result_percent is None:
        return NOTHING
    return show(row.result_percent, decimals=snapshot.scales[row.scale].percent_decimals) + "%"


def rank_text(row: UnitRow) -> str:
    """The place, or that there is none."""
    return "Không xếp hạng" if row.rank is None else str(row.rank)


def lead_text(snapshot: Snapshot) -> str:
    """How firm the first place is: "Sở A dẫn đầu, hơn Sở B 0,5 điểm", as the bloc's table says it.

    Empty with fewer than two ranked units.
    """
    lead = snapshot.lead
    if lead is None:
        return ""
    ranked = [row for row in snapshot.ranking if row.is_ranked]
    scale = snapshot.scales[ranked[0].scale or 0]
    first, second = ranked[0].name, ranked[1].name
    if lead == 0:
        firsts = [row.name for row in ranked if row.rank == 1]
        if len(firsts) > 1:
            return f"{len(firsts)} đơn vị cùng đứng thứ nhất"
        return f"{first} bằng điểm {second}, đứng trên nhờ tiêu chí phụ"
    by_points = scale.key == "points"
    unit = "điểm" if by_points else "điểm phần trăm"
    ahead = show(lead, decimals=scale.decimals if by_points else scale.percent_decimals)
    return f"{first} dẫn đầu, hơn {second} {ahead} {unit}"


def lead_synthetic(snapshot: Snapshot) -> bool:
    """Whether the distance at the top rests on a made-up total."""
    ranked = [row for row in snapshot.ranking if row.is_ranked]
    return any(row.synthetic for row in ranked[:2])


def in_groups(fingerprint: str) -> str:
    """A fingerprint in groups of four, easier to compare by eye."""
    return " ".join(fingerprint[at : at + GROUP] for at in range(0, len(fingerprint), GROUP))
