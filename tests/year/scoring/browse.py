"""Opens the pages of scoring as one of the world's actors."""

from __future__ import annotations

import re
import uuid

from django.test import Client
from django.urls import reverse

from tests.build import World
from thidua.platform.accounts.models import Account
from thidua.registry.actor import Actor


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id or 0))
    session = client.session
    session["position_id"] = actor.position_id
    session.save()
    return client


def address(name: str, world: World, unit: int, *more: object) -> str:
    return reverse(f"scoring:{name}", args=[world.bloc_year.pk, world.units[unit - 1].pk, *more])


def posted(**fields: object) -> dict[str, object]:
    return {"request_id": str(uuid.uuid4()), **fields}


def text_of(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))
