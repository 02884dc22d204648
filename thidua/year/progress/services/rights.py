"""Who changes a unit's results and evidence."""

from __future__ import annotations

from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import require
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import require_open_year, require_unadopted, standing_of

OWN_ONLY = "Bạn xem được trang này, không sửa được. Chuyên viên và lãnh đạo đơn vị sửa được."


def judge_own(actor: Actor, bloc_year: BlocYear, unit: Unit) -> None:
    """Refuse whoever is not staff of the unit (RIGHT-1)."""
    require(standing_of(actor, bloc_year).works_for(unit.pk), OWN_ONLY)


def require_changeable(bloc_year: BlocYear) -> None:
    """Results and evidence stand still once the table that rests on them is adopted."""
    require_open_year(bloc_year)
    require_unadopted(bloc_year)
