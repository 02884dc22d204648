"""One spelling of the address wherever failed log-ins are counted."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from thidua.platform.accounts.models import clean_email

FIELD = "username"  # of Django's log-in form


def counted_name(request: HttpRequest | None, credentials: Mapping[str, str] | None) -> str:
    """The address whose failures are counted: capitals and letter forms give no further tries."""
    sent = (credentials or {}).get(FIELD)
    if sent is None and request is not None:
        sent = request.POST.get(FIELD)
    return clean_email(sent or "")[:254]
