"""Addresses of record."""

from __future__ import annotations

from django.urls import path

from thidua.year.record import views

app_name = "record"

urlpatterns = [
    path("so-khen-thuong/", views.page, name="record"),
    path("so-khen-thuong/excel/", views.workbook, name="workbook"),
    path("so-khen-thuong/don-vi/<int:unit_id>/", views.unit, name="unit"),
]
