"""The lines of the year's scale that take a figure through the year, or evidence."""

from __future__ import annotations

from thidua.core.node import Count, Leader, Linear, Node, RankTable, Steps
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import members
from thidua.year.rulebook.queries import OutlineRow, core_scale, current_scale, leaves

MEASURED = ("value", "percent")


def lines_for(bloc_year: BlocYear, unit_id: int) -> tuple[OutlineRow, ...]:
    """The leaves of the scale in force for a unit; empty while none is adopted."""
    kind = next((one.kind for one in members(bloc_year) if one.unit_id == unit_id), "")
    scale = current_scale(bloc_year, kind)
    return () if scale is None else leaves(core_scale(scale))


def takes_figure(node: Node) -> bool:
    """Whether a result recorded through the year fills the line's figure on the score sheet."""
    if isinstance(node, Leader | RankTable):
        return True
    return isinstance(node, Count | Linear | Steps) and node.x.kind in MEASURED
