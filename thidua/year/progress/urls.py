"""Addresses of progress and evidence."""

from __future__ import annotations

from django.urls import path

from thidua.year.progress import views

app_name = "progress"

urlpatterns = [
    path("tien-do/", views.overview, name="overview"),
    path("tien-do/<int:unit_id>/", views.unit, name="unit"),
    path("tien-do/<int:unit_id>/ket-qua/", views.record, name="record"),
    path("tien-do/<int:unit_id>/minh-chung/", views.add, name="add"),
    path("tien-do/<int:unit_id>/minh-chung/<int:document_id>/", views.document, name="document"),
    path("tien-do/<int:unit_id>/minh-chung/<int:document_id>/bo/", views.remove, name="remove"),
    path(
        "tien-do/<int:unit_id>/minh-chung/<int:document_id>/thoi-dan/<int:citation_id>/",
        views.uncite,
        name="uncite",
    ),
    path(
        "tien-do/<int:unit_id>/minh-chung/<int:document_id>/tep/", views.download, name="download"
    ),
]
