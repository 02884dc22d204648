"""Who issues the minutes of a draw."""

from __future__ import annotations

from thidua.platform.documents.model import Letterhead, Profile
from thidua.year.bloc.models import Bloc, BlocYear


def letterhead_of(bloc_year: BlocYear) -> Letterhead:
    """The province or branch above, the bloc below (Nghị định 30/2020/NĐ-CP, Appendix I)."""
    return Letterhead(
        issuer=bloc_year.bloc.name,
        superior=bloc_year.jurisdiction.name,
        profile=Profile(bloc_year.jurisdiction.letterhead),
    )


def body_of(bloc_year: BlocYear) -> str:
    """The abbreviation of the issuing body in the number line."""
    return "CTĐ" if bloc_year.bloc.kind == Bloc.Kind.CLUSTER else "KTĐ"
