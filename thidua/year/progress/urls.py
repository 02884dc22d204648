"""Addresses of progress and evidence."""

from __future__ import annotations

from django.urls import path

from thidua.year.progress.views import document, library, loading, progress

app_name = "progress"
UNIT = "tien-do/<int:unit_id>/"
KEPT = f"{UNIT}minh-chung/"
ONE = f"{KEPT}<int:document_id>/"

urlpatterns = [
    path("tien-do/", progress.overview, name="overview"),
    path(UNIT, progress.unit, name="unit"),
    path(f"{UNIT}ket-qua/", progress.record, name="record"),
    path(KEPT, library.library, name="library"),
    path(f"{KEPT}nap/", loading.load, name="load"),
    path(f"{KEPT}nap/phan/", loading.piece, name="piece"),
    path(f"{KEPT}them/", loading.add, name="add"),
    path(f"{KEPT}ghi/", library.describe, name="describe"),
    path(f"{KEPT}excel/", library.workbook, name="workbook"),
    path(ONE, document.document, name="document"),
    path(f"{ONE}trang/<int:number>/", document.page, name="page"),
    path(f"{ONE}nap-tep/", document.attach, name="attach"),
    path(f"{ONE}bo/", document.remove, name="remove"),
    path(f"{ONE}thoi-dan/<int:citation_id>/", document.uncite, name="uncite"),
    path(f"{ONE}tep/", document.download, name="download"),
]
