"""Targets from above for every unit on one page; counts that a source reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from thidua.platform.http.posting import deliver, done
from thidua.year.bloc.queries import Member, members
from thidua.year.bloc.rights import YearRequest
from thidua.year.registration.forms import AssignForm, ReportedForm
from thidua.year.registration.models import ReportedCount, Target
from thidua.year.registration.queries import slot_targets, slots_by_unit
from thidua.year.registration.services import assign_targets, report_counts
from thidua.year.rulebook.queries import OutlineRow


@dataclass(frozen=True, slots=True)
class AssignCell:
    """One cell with its fields; none where the unit's scale has no such slot."""

    fields: Mapping[str, BoundField]
    is_chosen: bool  # the unit chose a target of its own here

    @property
    def errors(self) -> list[str]:
        """What is wrong in the cell."""
        return [str(words) for field in self.fields.values() for words in field.errors]


@dataclass(frozen=True, slots=True)
class AssignRow:
    """One unit with a cell per slot."""

    member: Member
    cells: tuple[AssignCell, ...]


@require_http_methods(["GET", "POST"])
def assign(request: YearRequest, **_address: int) -> HttpResponse:
    """Units by slots, with the document once."""
    bloc_year = request.bloc_year
    slots, rows, wanted = _table(request)
    present = slot_targets(bloc_year)
    held = {
        (unit, code): target
        for unit, codes in present.items()
        for code, target in codes.items()
        if target.assigned
    }
    form = AssignForm(request.POST or None, cells=wanted, held=held)
    if request.method == "POST":
        laid = deliver(
            form,
            lambda: assign_targets(
                request.actor,
                bloc_year=bloc_year,
                assignment=form.assignment,
                targets=form.targets,
                request_id=form.request_id,
            ),
        )
        if laid is not None:
            words = "Đã giao chỉ tiêu. Các đơn vị thấy chỉ tiêu bắt buộc trong bản đăng ký."
            return done(request, words, "registration:assign", year_id=bloc_year.pk)
    context = {
        "bloc_year": bloc_year,
        "form": form,
        "slots": slots,
        "rows": _filled(rows, form, present),
        "assigned": len(held),
    }
    return render(request, "registration/assign.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reported(request: YearRequest, **_address: int) -> HttpResponse:
    """Counts of a source that names no unit."""
    held = list(ReportedCount.objects.filter(bloc_year=request.bloc_year))
    form = ReportedForm(
        request.POST or None,
        counts={one.award: one.count for one in held},
        source=held[0].source if held else "",
    )
    if request.method == "POST":
        kept = deliver(
            form,
            lambda: report_counts(
                request.actor,
                bloc_year=request.bloc_year,
                reported=form.reported,
                request_id=form.request_id,
            ),
        )
        if kept is not None:
            words = "Đã ghi số lượng theo nguồn."
            return done(request, words, "registration:board", year_id=request.bloc_year.pk)
    context = {"bloc_year": request.bloc_year, "form": form}
    return render(
        request, "registration/reported.html", context, status=422 if form.errors else 200
    )


Wanted = list[tuple[int, str, str]]


def _table(request: YearRequest) -> tuple[list[OutlineRow], list[tuple[Member, list[str]]], Wanted]:
    """Every slot of any scale of the year, each unit with the slots it has, the cells in order."""
    by_unit = slots_by_unit(request.bloc_year)
    slots: dict[str, OutlineRow] = {}
    for own in by_unit.values():
        for slot in own:
            slots.setdefault(slot.code, slot)
    rows: list[tuple[Member, list[str]]] = []
    wanted: Wanted = []
    for member in members(request.bloc_year):
        codes = [slot.code for slot in by_unit.get(member.unit_id, ())]
        rows.append((member, codes))
        wanted.extend(
            (member.unit_id, code, f"{member.name}, ô {code}") for code in slots if code in codes
        )
    return list(slots.values()), rows, wanted


def _filled(
    rows: list[tuple[Member, list[str]]],
    form: AssignForm,
    present: dict[int, dict[str, Target]],
) -> list[AssignRow]:
    places = {cell: place for place, cell in form.cells.items()}
    codes = list(dict.fromkeys(code for _unit, code in form.cells.values()))
    found = []
    for member, _own in rows:
        own = present.get(member.unit_id, {})
        cells = []
        for code in codes:
            place = places.get((member.unit_id, code))
            chosen = code in own and not own[code].assigned
            cells.append(AssignCell(form.cell(place) if place else {}, chosen))
        found.append(AssignRow(member, tuple(cells)))
    return found
