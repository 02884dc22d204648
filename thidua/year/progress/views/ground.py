"""What every page of progress and evidence needs: the unit, the document, where to go on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from thidua.core.text import whole
from thidua.registry.models import Unit
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import YearRequest
from thidua.year.progress import services
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.visibility import sees_progress

POSTED = ("GET", "POST")
LINE = "dong"  # names a line of the scale in an address: ?dong=I.1
BACK = "ve"  # the page that one came from and goes back to
CHOSEN = "van-ban"  # names a document in an address
LONGEST_BACK = 500


def unit_of(request: YearRequest, unit_id: int) -> Unit:
    """The member unit of the address, if this position may look at its progress."""
    if unit_id not in {member.unit_id for member in members(request.bloc_year)}:
        raise Http404("Đơn vị này không ở khối trong năm.")
    if not sees_progress(request.standing, unit_id):
        raise PermissionDenied("Đơn vị, Trưởng khối và người thẩm định xem được minh chứng này.")
    return get_object_or_404(Unit, pk=unit_id)


def own_unit_of(request: YearRequest, unit_id: int) -> Unit:
    """The unit of the address, for its own staff only."""
    one = unit_of(request, unit_id)
    if not request.standing.works_for(unit_id):
        raise PermissionDenied(services.OWN_ONLY)
    return one


def document_of(request: YearRequest, unit_id: int, document_id: int) -> EvidenceDocument:
    """The document of the address; 404 when it is another unit's or another year's."""
    unit_of(request, unit_id)
    rows = EvidenceDocument.objects.select_related("bloc_year", "unit", "file")
    return get_object_or_404(rows, pk=document_id, unit_id=unit_id, bloc_year=request.bloc_year)


def may_edit(request: YearRequest, unit_id: int) -> bool:
    """Whether this position changes the unit's library now."""
    return request.standing.works_for(unit_id) and request.bloc_year.is_changeable


def back_of(request: YearRequest) -> str:
    """The page to go back to: an address of this product, or nothing."""
    wanted = request.GET.get(BACK, "")
    inside = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    plain = wanted.isprintable() and wanted.startswith("/") and len(wanted) <= LONGEST_BACK
    return wanted if inside and plain else ""


def keys_of(request: YearRequest) -> list[int]:
    """The documents named in the address."""
    named = map(whole, request.GET.getlist(CHOSEN))
    return [key for key in named if key is not None]


def going_on(request: YearRequest, *, keys: list[int] | None = None) -> str:
    """The part of an address after "?" that takes lines, the way back and documents along."""
    lines = [(LINE, one) for one in request.GET.getlist(LINE)[:50]]
    back = [(BACK, one) for one in [back_of(request)] if one]
    return urlencode([*lines, *back, *((CHOSEN, key) for key in keys or [])])
