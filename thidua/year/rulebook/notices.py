"""Letters of the rulebook: every member hears that the scale changed within the year."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from thidua.platform.mail.services import queue
from thidua.registry.models import Role
from thidua.registry.queries import addresses_of
from thidua.year.bloc.queries import members
from thidua.year.rulebook.models import Revision

STAFF = (Role.OFFICER, Role.LEADER, Role.SECRETARY, Role.VERIFIER)


def tell_members(request_id: str, revision: Revision) -> None:
    """A letter to the staff of every member unit: what changed, why, what becomes of scores."""
    row = revision.scale
    page = reverse("rulebook:difference", args=[row.bloc_year_id, row.pk])
    kind = f" cho đơn vị loại {row.unit_kind}" if row.unit_kind else ""
    body = (
        f"Thang điểm “{row.title}”{kind} đã có bản mới (lần {row.sequence}), thay lần "
        f"{revision.base.sequence}.\nLý do: {revision.reason}\nVới điểm đã chấm: "
        f"{revision.get_carry_display()}.\n\nXem các dòng thay đổi: "
        f"{settings.THIDUA_ADDRESS}{page}\n"
    )
    units = {member.unit_id for member in members(row.bloc_year)}
    for email in addresses_of(units, STAFF):
        queue(
            key=f"{request_id}:{email}",
            to=email,
            subject=f"Thang điểm năm {row.bloc_year.year} có bản mới",
            body=body,
        )
