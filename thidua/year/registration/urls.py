"""Addresses of registration."""

from __future__ import annotations

from django.urls import path

from thidua.year.registration import views

app_name = "registration"

urlpatterns = [
    path("dang-ky/", views.board, name="board"),
    path("dang-ky/excel/", views.workbook, name="workbook"),
    path("dang-ky/word/", views.word, name="word"),
    path("dang-ky/pdf/", views.pdf, name="pdf"),
    path("dang-ky/giao-chi-tieu/", views.assign, name="assign"),
    path("dang-ky/so-luong-theo-nguon/", views.reported, name="reported"),
    path("dang-ky/<int:unit_id>/", views.unit, name="unit"),
    path("dang-ky/<int:unit_id>/chi-tieu/", views.targets, name="targets"),
    path("dang-ky/<int:unit_id>/danh-hieu/", views.titles, name="titles"),
    path("dang-ky/<int:unit_id>/nhiem-vu/", views.key_tasks, name="key_tasks"),
    path("dang-ky/<int:unit_id>/trinh/", views.submit, name="submit"),
    path("dang-ky/<int:unit_id>/duyet/", views.approve, name="approve"),
    path("dang-ky/<int:unit_id>/nhan/", views.accept, name="accept"),
    path("dang-ky/<int:unit_id>/tra-lai/", views.send_back, name="return"),
]
