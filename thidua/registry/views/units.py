"""Pages of units, for the standing office."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from thidua.platform.http.posting import OfficialForm, deliver, done
from thidua.registry import queries, services
from thidua.registry.actor import ActorRequest
from thidua.registry.basis import Basis
from thidua.registry.forms import DissolveForm, KindForm, RenameForm, UnitForm
from thidua.registry.models import Unit

form_methods = require_http_methods(["GET", "POST"])


@require_GET
def units(request: ActorRequest) -> HttpResponse:
    """The agencies of the jurisdiction, found by present or past name."""
    search = request.GET.get("tim", "")[:200]
    rows = queries.find_units(search)
    living = [row for row in rows if row.unit.dissolved_on is None]
    context = {"rows": rows, "search": search, "living": len(living)}
    return render(request, "registry/units.html", context)


@form_methods
def unit_add(request: ActorRequest) -> HttpResponse:
    """Record an agency."""
    count = queries.namesakes(request.POST.get("name", "")) if request.POST else 0
    form = UnitForm(request.POST or None, namesakes=count)
    if request.method == "POST":
        unit = deliver(
            form,
            lambda: services.add_unit(
                request.actor,
                name=form.cleaned_data["name"],
                kind=form.cleaned_data["kind"],
                basis=form.basis(),
                request_id=form.request_id,
            ),
        )
        if unit is not None:
            words = f"Đã ghi {unit.name} vào danh bạ."
            return done(request, words, "registry:unit", unit_id=unit.pk)
    return _form(request, form, title="Thêm đơn vị", verb="Thêm đơn vị")


@require_GET
def unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """One agency: names through time, people."""
    found = get_object_or_404(Unit, pk=unit_id)
    context = {
        "unit": found,
        "names": list(found.names.all()),
        "positions": queries.positions_in(found),
        "namesakes": queries.namesakes(found.name) - 1,
    }
    return render(request, "registry/unit.html", context)


@form_methods
def unit_rename(request: ActorRequest, unit_id: int) -> HttpResponse:
    """A new name by a decision."""
    found = get_object_or_404(Unit, pk=unit_id)
    old, form = found.name, RenameForm(request.POST or None)
    if request.method == "POST":
        renamed = deliver(
            form,
            lambda: services.rename_unit(
                request.actor,
                unit=found,
                name=form.cleaned_data["name"],
                basis=form.basis(),
                request_id=form.request_id,
            ),
        )
        if renamed is not None:
            words = f"Đã đổi tên {old} thành {renamed.name}. Bảng của các năm trước giữ tên cũ."
            return done(request, words, "registry:unit", unit_id=unit_id)
    facts = f"Tên đang dùng: {old}. Các năm đã qua vẫn hiện tên cũ."
    return _form(request, form, title="Đổi tên đơn vị", verb="Đổi tên", unit=found, facts=facts)


@form_methods
def unit_kind(request: ActorRequest, unit_id: int) -> HttpResponse:
    """The sort of agency."""
    found = get_object_or_404(Unit, pk=unit_id)
    form = KindForm(request.POST or None, initial={"kind": found.kind})
    if request.method == "POST":
        changed = deliver(
            form,
            lambda: services.set_unit_kind(
                request.actor,
                unit=found,
                kind=form.cleaned_data["kind"],
                request_id=form.request_id,
            ),
        )
        if changed is not None:
            return done(request, "Đã ghi loại đơn vị.", "registry:unit", unit_id=unit_id)
    return _form(request, form, title="Loại đơn vị", verb="Lưu loại", unit=found, facts=found.name)


@form_methods
def unit_dissolve(request: ActorRequest, unit_id: int) -> HttpResponse:
    """The end of an agency."""
    found = get_object_or_404(Unit, pk=unit_id)
    form = DissolveForm(request.POST or None)
    if request.method == "POST":
        gone = deliver(form, lambda: _dissolve(request, found, form))
        if gone is not None:
            words = f"Đã ghi {gone.name} giải thể. Các năm đã qua vẫn giữ đơn vị này."
            return done(request, words, "registry:unit", unit_id=unit_id)
    facts = f"{found.name}. Đơn vị đã giải thể không nhận thêm người; việc đã làm vẫn giữ nguyên."
    return _form(
        request, form, title="Ghi đơn vị giải thể", verb="Ghi giải thể", unit=found, facts=facts
    )


def _dissolve(request: ActorRequest, unit: Unit, form: DissolveForm) -> Unit:
    given = form.cleaned_data
    return services.dissolve_unit(
        request.actor,
        unit=unit,
        on=given["on"],
        basis=Basis(number=given["decision"], day=given["decision_day"]),
        request_id=form.request_id,
    )


def _form(
    request: ActorRequest,
    form: OfficialForm,
    *,
    title: str,
    verb: str,
    unit: Unit | None = None,
    facts: str = "",
) -> HttpResponse:
    back = reverse("registry:unit", args=[unit.pk]) if unit else reverse("registry:units")
    crumb = unit.name if unit else "Đơn vị"
    context = {
        "form": form, "title": title, "verb": verb, "facts": facts, "back": back, "crumb": crumb,
    }  # fmt: skip
    return render(request, "registry/form.html", context)
