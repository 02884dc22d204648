"""Who issues the papers of a bloc, and who signs them."""

from __future__ import annotations

from thidua.platform.documents.model import Letterhead, Profile, Signature
from thidua.year.bloc.models import Bloc, BlocYear


def letterhead_of(bloc_year: BlocYear, *, head_name: str) -> Letterhead:
    """The head unit above, the bloc below; the profile is that of the jurisdiction."""
    profile = Profile(bloc_year.jurisdiction.letterhead)
    return Letterhead(issuer=bloc_year.bloc.name, superior=head_name, profile=profile)


def body_of(bloc_year: BlocYear) -> str:
    """The abbreviation of the issuing body in the number line."""
    return "CTĐ" if bloc_year.bloc.kind == Bloc.Kind.CLUSTER else "KTĐ"


def signature_of_head() -> Signature:
    """The head signs for the bloc; the name is written by hand."""
    return Signature(("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"), hint="Ký, ghi rõ họ tên")
