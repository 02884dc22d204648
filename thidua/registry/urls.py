"""Addresses of registry."""

from __future__ import annotations

from django.urls import path

from thidua.registry.views import invitation, people, units

app_name = "registry"

urlpatterns = [
    path("don-vi/", units.units, name="units"),
    path("don-vi/them/", units.unit_add, name="unit_add"),
    path("don-vi/<int:unit_id>/", units.unit, name="unit"),
    path("don-vi/<int:unit_id>/doi-ten/", units.unit_rename, name="unit_rename"),
    path("don-vi/<int:unit_id>/loai/", units.unit_kind, name="unit_kind"),
    path("don-vi/<int:unit_id>/giai-the/", units.unit_dissolve, name="unit_dissolve"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/them/", people.person_add, name="person_add"),
    path("nguoi/<int:person_id>/", people.person, name="person"),
    path("nguoi/<int:person_id>/ho-ten/", people.person_name, name="person_name"),
    path("nguoi/<int:person_id>/cuong-vi/", people.position_add, name="position_add"),
    path("cuong-vi/<int:position_id>/thoi/", people.position_end, name="position_end"),
    path("cuong-vi/<int:position_id>/moi/", people.invite, name="invite"),
    path(
        "loi-moi-da-gui/<int:invitation_id>/thu-hoi/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("loi-moi/<str:token>/", invitation.invitation, name="invitation"),
    path("loi-moi/<str:token>/tra-lai/", invitation.invitation_decline, name="invitation_decline"),
]
