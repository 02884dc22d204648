"""Pages of people and positions, for the standing office and the administrator."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.platform import clock
from thidua.platform.http.posting import OfficialForm, deliver, done, request_id_of
from thidua.registry import queries, services
from thidua.registry.actor import ActorRequest, label_of
from thidua.registry.forms import EndForm, InviteForm, NameForm, PersonForm, PositionForm
from thidua.registry.models import Invitation, Person, Position, Role

form_methods = require_http_methods(["GET", "POST"])


@require_GET
def people(request: ActorRequest) -> HttpResponse:
    """Who acts for which unit, and who still has to be invited."""
    search = request.GET.get("tim", "")[:200]
    groups = queries.people(services.appoints(request.actor), search=search)
    rows = [row for group in groups for row in group.rows]
    context = {
        "groups": groups,
        "search": search,
        "positions": len(rows),
        "waiting": sum(1 for row in rows if row.can_invite),
    }
    return render(request, "registry/people.html", context)


@form_methods
def person_add(request: ActorRequest) -> HttpResponse:
    """Record a person with the first position."""
    roles = services.appoints(request.actor)
    chosen = request.GET.get("don-vi", "")
    initial = {"unit": int(chosen)} if chosen.isdecimal() and len(chosen) < 18 else {}
    form = PersonForm(request.POST or None, roles=roles, initial=initial)
    if request.method == "POST":
        person = deliver(
            form,
            lambda: services.add_person(
                request.actor,
                full_name=form.cleaned_data["full_name"],
                post=form.post(),
                request_id=form.request_id,
            ),
        )
        if person is not None:
            words = f"Đã ghi {person.full_name}. Mời người này để họ đăng nhập được."
            return done(request, words, "registry:person", person_id=person.pk)
    back = reverse("registry:people")
    return _form(request, form, title="Thêm người", verb="Thêm người", back=back, crumb="Con người")


@require_GET
def person(request: ActorRequest, person_id: int) -> HttpResponse:
    """One person: positions and invitations."""
    found = _person(request, person_id)
    rows = queries.positions_held(found, services.appoints(request.actor))
    return render(request, "registry/person.html", {"person": found, "rows": rows})


@form_methods
def person_name(request: ActorRequest, person_id: int) -> HttpResponse:
    """Correct a name."""
    found = _person(request, person_id)
    form = NameForm(request.POST or None, initial={"full_name": found.full_name})
    if request.method == "POST":
        saved = deliver(
            form,
            lambda: services.correct_person_name(
                request.actor,
                person=found,
                full_name=form.cleaned_data["full_name"],
                request_id=form.request_id,
            ),
        )
        if saved is not None:
            return done(request, "Đã sửa họ tên.", "registry:person", person_id=person_id)
    return _person_form(request, form, found, title="Sửa họ tên", verb="Lưu họ tên")


@form_methods
def position_add(request: ActorRequest, person_id: int) -> HttpResponse:
    """One more position."""
    found = _person(request, person_id)
    form = PositionForm(request.POST or None, roles=services.appoints(request.actor))
    if request.method == "POST":
        given = deliver(
            form,
            lambda: services.add_position(
                request.actor, person=found, post=form.post(), request_id=form.request_id
            ),
        )
        if given is not None:
            words = f"Đã giao cương vị {label_of(given)}."
            return done(request, words, "registry:person", person_id=person_id)
    return _person_form(request, form, found, title="Giao thêm cương vị", verb="Giao cương vị")


@form_methods
def position_end(request: ActorRequest, position_id: int) -> HttpResponse:
    """The end of a position."""
    found = _position(request, position_id)
    form = EndForm(request.POST or None, initial={"since": clock.today()})
    if request.method == "POST":
        ended = deliver(
            form,
            lambda: services.end_position(
                request.actor,
                position=found,
                last_day=form.cleaned_data["since"] - timedelta(days=1),
                reason=form.cleaned_data["reason"],
                request_id=form.request_id,
            ),
        )
        if ended is not None:
            words = f"Đã ghi thôi cương vị {label_of(found)} từ ngày {_day(form)}."
            return done(request, words, "registry:person", person_id=found.person_id)
    return _person_form(
        request,
        form,
        found.person,
        title=f"Thôi cương vị: {label_of(found)}",
        verb="Ghi thôi cương vị",
    )


@form_methods
def invite(request: ActorRequest, position_id: int) -> HttpResponse:
    """Send an invitation; the answer shows its link once and is not kept."""
    found = _position(request, position_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        invited = deliver(
            form,
            lambda: services.invite(
                request.actor,
                position=found,
                email=form.cleaned_data["email"],
                request_id=form.request_id,
            ),
        )
        if invited is not None:
            context = {
                "invited": invited,
                "position": found,
                "label": label_of(found),
                "mails": bool(settings.EMAIL_HOST),
            }
            return render(request, "registry/invited.html", context)
    facts = f"Cương vị: {label_of(found)}. Lời mời dùng một lần, trong 7 ngày."
    return _person_form(
        request,
        form,
        found.person,
        title=f"Mời {found.person.full_name}",
        verb="Gửi lời mời",
        facts=facts,
    )


@require_POST
def invitation_withdraw(request: ActorRequest, invitation_id: int) -> HttpResponse:
    """Make an open link useless."""
    found = get_object_or_404(
        Invitation.objects.select_related("position__person", "position__unit"), pk=invitation_id
    )
    _position(request, found.position_id)
    services.withdraw_invitation(request.actor, invitation=found, request_id=request_id_of(request))
    words = "Đã thu hồi lời mời. Liên kết đã gửi không dùng được nữa."
    return done(request, words, "registry:person", person_id=found.position.person_id)


def _day(form: EndForm) -> str:
    return f"{form.cleaned_data['since']:%d/%m/%Y}"


def _person(request: ActorRequest, person_id: int) -> Person:
    """A person whom this actor may manage: with a position in reach, or with none at all."""
    found = get_object_or_404(Person, pk=person_id)
    held = [Role(role) for role in found.positions.values_list("role", flat=True)]
    if held and not set(held) & set(services.appoints(request.actor)):
        raise Http404("Không có người này.")
    return found


def _position(request: ActorRequest, position_id: int) -> Position:
    found = get_object_or_404(
        Position.objects.select_related("person", "unit", "jurisdiction"), pk=position_id
    )
    if Role(found.role) not in services.appoints(request.actor):
        raise Http404("Không có cương vị này.")
    return found


def _person_form(
    request: ActorRequest,
    form: OfficialForm,
    person: Person,
    *,
    title: str,
    verb: str,
    facts: str = "",
) -> HttpResponse:
    back = reverse("registry:person", args=[person.pk])
    context = {
        "form": form, "title": title, "verb": verb, "back": back,
        "crumb": person.full_name, "facts": facts or person.full_name,
    }  # fmt: skip
    return render(request, "registry/form.html", context)


def _form(
    request: ActorRequest, form: OfficialForm, *, title: str, verb: str, back: str, crumb: str
) -> HttpResponse:
    context = {"form": form, "title": title, "verb": verb, "back": back, "crumb": crumb}
    return render(request, "registry/form.html", context)
