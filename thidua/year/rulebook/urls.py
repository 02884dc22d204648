"""Addresses of rulebook."""

from __future__ import annotations

from django.urls import path

from thidua.year.rulebook import views

app_name = "rulebook"

urlpatterns = [
    path("thang-diem/", views.rulebook, name="rulebook"),
    path("thang-diem/nap/", views.import_file, name="import"),
    path("thang-diem/<int:scale_id>/", views.scale, name="scale"),
    path("thang-diem/<int:scale_id>/thong-qua/", views.adopt, name="adopt"),
    path("thang-diem/<int:scale_id>/bo/", views.discard, name="discard"),
    path("thang-diem/<int:scale_id>/tep/", views.source_file, name="file"),
    path("thang-diem/<int:scale_id>/word/", views.word, name="word"),
    path("thang-diem/<int:scale_id>/pdf/", views.pdf, name="pdf"),
]
