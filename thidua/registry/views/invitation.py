"""The page behind an invitation link: public, the same for everybody who holds the link.

It never says whether the address already has an account: both ways in are always offered.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from thidua.platform.accounts.models import Account, clean_email
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import deliver, done, request_id_of, see_other
from thidua.registry.actor import label_of
from thidua.registry.duties import DUTIES
from thidua.registry.forms import AcceptForm
from thidua.registry.models import Invitation, Role
from thidua.registry.services import (
    accept_invitation,
    decline_invitation,
    find_invitation,
    why_closed,
)

Page = Callable[[HttpRequest, str], HttpResponse]


def guarded(page: Page) -> Page:
    """No other host learns the link, no search engine lists it, no cache keeps it."""

    @wraps(page)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        response = page(request, token)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return shown


@guarded
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation is about, and taking it up."""
    found = find_invitation(token)
    closed = why_closed(found) if found else "Liên kết này không đúng."
    if found is None or (closed and request.method == "GET"):
        return _closed(request, closed, status=404 if found is None else 410)
    account = request.user if isinstance(request.user, Account) else None
    if account is not None:
        return _signed_in(request, found, token, account)
    named = {"full_name": found.position.person.full_name}
    form = AcceptForm(request.POST or None, initial=named)
    if request.method == "POST":
        position = deliver(
            form,
            lambda: accept_invitation(
                invitation=found,
                full_name=form.cleaned_data["full_name"],
                password=form.cleaned_data["password"],
                request_id=form.request_id,
            ),
        )
        if position is not None:
            return _enter(request, found, form.cleaned_data["password"])
    return _page(request, found, token, form=form)


@guarded
@require_POST
def invitation_decline(request: HttpRequest, token: str) -> HttpResponse:
    """ "Không phải tôi": asked once, then the link ends; nothing else happens."""
    found = find_invitation(token)
    closed = why_closed(found) if found else "Liên kết này không đúng."
    if found is None:
        return _closed(request, closed, status=404)
    confirm = giving_back(token)
    if not closed and not confirm.holds(request.POST):
        return render(request, "registry/invitation_giving_back.html", {"confirm": confirm})
    if not closed:
        decline_invitation(invitation=found, request_id=request_id_of(request))
    elif not found.declined_at:
        return _closed(request, closed, status=410)
    return render(request, "registry/declined.html")


def giving_back(token: str) -> Confirm:
    """What is asked before an invitation ends: one wrong press costs the person the post."""
    return Confirm(
        name="tra-loi-moi",
        question="Trả lại lời mời này?",
        verb="Không phải tôi, trả lại lời mời",
        sure="Trả lại lời mời",
        action=reverse("registry:invitation_decline", args=[token]),
        lead="Sau khi trả lại:",
        consequences=(
            "Liên kết này không dùng được nữa.",
            "Người mời thấy bạn đã trả lại. Muốn nhận việc phải nhờ gửi lời mời mới.",
        ),
        back_url=reverse("registry:invitation", args=[token]),
        primary=False,
    )


def _signed_in(
    request: HttpRequest, found: Invitation, token: str, account: Account
) -> HttpResponse:
    mine = clean_email(account.email) == clean_email(found.email)
    if request.method != "POST":
        return _page(request, found, token, account=account, mine=mine)
    position = accept_invitation(
        invitation=found, account=account, request_id=request_id_of(request)
    )
    words = f"Bạn đã nhận cương vị {label_of(position)}."
    return done(request, words, "home")


def _enter(request: HttpRequest, found: Invitation, password: str) -> HttpResponse:
    """Sign the new account in; the password is asked again where that does not work."""
    account = auth.authenticate(request, username=found.email, password=password)
    if account is None:
        return redirect("login")
    auth.login(request, account)
    return see_other("home")


def _page(
    request: HttpRequest,
    found: Invitation,
    token: str,
    **more: object,
) -> HttpResponse:
    duty = DUTIES[Role(found.position.role)]
    here = reverse("registry:invitation", args=[token])
    context = {
        "invitation": found,
        "position": found.position,
        "label": found.position.title or found.position.get_role_display(),
        "duty": duty,
        "token": token,
        "here": here,
        "give_back": giving_back(token),
        **more,
    }
    return render(request, "registry/invitation.html", context)


def _closed(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    return render(request, "registry/invitation_closed.html", {"words": words}, status=status)
