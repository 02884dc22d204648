"""Reading pages in tests: sign in as an actor of the world, see the text without its tags."""

from __future__ import annotations

import re
from typing import Protocol

from django.test import Client

from thidua.platform.accounts.models import Account

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Answer(Protocol):
    """What the test client gives back."""

    content: bytes


def sign_in(client: Client, name: str) -> Client:
    """The client as that actor of tests.build (``officer``, ``head``, ``standing``…)."""
    address = {"administrator": "admin"}.get(name, name) + "@mau.vn"
    client.force_login(Account.objects.get(email=address), backend=BACKEND)
    return client


def shown(answer: Answer) -> str:
    """The words of a page, as somebody reads them."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
