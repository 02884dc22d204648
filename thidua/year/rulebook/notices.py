"""Letters of the rulebook: every member hears that the scale changed within the year."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from thidua.platform import clock
from thidua.platform.mail.services import queue
from thidua.registry.models import Position, Role
from thidua.year.bloc.queries import members
from thidua.year.rulebook.models import Revision

STAFF = (Role.OFFICER, Role.LEADER, Role.SECRETARY)


def tell_members(request_id: str, revision: Revision) -> None:
    """A letter to the staff of every member unit: what changed, why, what becomes of scores."""
    row = revision.scale
    page = reverse("rulebook:difference", args=[row.bloc_year_id, row.pk])
    body = (
        f"Thang điểm “{row.title}” đã có phiên bản mới (lần {row.sequence}), thay lần "
        f"{revision.base.sequence}.\nLý do: {revision.reason}\nVới điểm đã chấm: "
        f"{revision.get_carry_display()}.\n\nXem các dòng thay đổi: "
        f"{settings.THIDUA_ADDRESS}{page}\n"
    )
    for email in _emails(revision):
        queue(
            key=f"{request_id}:{email}",
            to=email,
            subject=f"Thang điểm năm {row.bloc_year.year} có phiên bản mới",
            body=body,
        )


def _emails(revision: Revision) -> list[str]:
    today = clock.today()
    units = {member.unit_id for member in members(revision.scale.bloc_year)}
    held = Position.objects.filter(
        unit_id__in=units,
        role__in=STAFF,
        starts__lte=today,
        person__account__is_active=True,
    ).exclude(ends__lt=today)
    return sorted(set(held.values_list("person__account__email", flat=True)))
