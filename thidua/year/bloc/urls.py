"""Addresses of bloc."""

from __future__ import annotations

from django.urls import path

from thidua.year.bloc.views import draw, office, year

app_name = "bloc"

YEAR = "nam/<int:year_id>/khoi/"

urlpatterns = [
    path("khoi/", office.blocs, name="blocs"),
    path("khoi/moi/", office.found, name="found"),
    path(YEAR, year.bloc, name="bloc"),
    path(f"{YEAR}thong-tin/", office.details, name="details"),
    path(f"{YEAR}thanh-vien/", office.members, name="members"),
    path(f"{YEAR}thanh-vien/<int:unit_id>/roi-khoi/", office.leave, name="leave"),
    path(f"{YEAR}loai-don-vi/", year.kinds, name="kinds"),
    path(f"{YEAR}truong-khoi/", office.offices, name="offices"),
    path(f"{YEAR}moc-thoi-gian/", year.windows, name="windows"),
    path(f"{YEAR}quy-dinh/", year.settings, name="settings"),
    path(f"{YEAR}chu-de/", year.theme, name="theme"),
    path(f"{YEAR}tham-dinh/", year.checkers, name="checkers"),
    path(f"{YEAR}boc-tham/", draw.draw, name="draw"),
    path(f"{YEAR}boc-tham/word/", draw.word, name="draw_word"),
    path(f"{YEAR}boc-tham/pdf/", draw.pdf, name="draw_pdf"),
    path(f"{YEAR}boc-tham/tep/", draw.conditions, name="draw_file"),
    path(f"{YEAR}boc-tham/quan-he/", draw.conflicts, name="conflicts"),
]
