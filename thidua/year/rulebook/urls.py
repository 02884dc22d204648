"""Addresses of rulebook."""

from __future__ import annotations

from django.urls import path

from thidua.year.rulebook.views import editor, revise, scale, start

app_name = "rulebook"

urlpatterns = [
    path("thang-diem/", scale.rulebook, name="rulebook"),
    path("thang-diem/nap/", scale.import_file, name="import"),
    path("thang-diem/bat-dau/", start.start, name="start"),
    path("thang-diem/bat-dau/trong/", start.blank, name="blank"),
    path("thang-diem/bat-dau/chep/", start.copy, name="copy"),
    path("thang-diem/bat-dau/bang/", start.table, name="table"),
    path("thang-diem/bang/<int:reading_id>/", start.columns, name="columns"),
    path("thang-diem/bang/<int:reading_id>/dong/", start.lines, name="lines"),
    path("thang-diem/bang/<int:reading_id>/bo/", start.drop_table, name="drop_table"),
    path("thang-diem/<int:scale_id>/", scale.scale, name="scale"),
    path("thang-diem/<int:scale_id>/thong-qua/", scale.adopt, name="adopt"),
    path("thang-diem/<int:scale_id>/bo/", scale.discard, name="discard"),
    path("thang-diem/<int:scale_id>/tep/", scale.source_file, name="file"),
    path("thang-diem/<int:scale_id>/word/", scale.word, name="word"),
    path("thang-diem/<int:scale_id>/pdf/", scale.pdf, name="pdf"),
    path("thang-diem/<int:scale_id>/excel/", revise.excel, name="excel"),
    path("thang-diem/<int:scale_id>/ban-moi/", revise.new_version, name="new_version"),
    path("thang-diem/<int:scale_id>/phat-sinh/", revise.criterion, name="criterion"),
    path("thang-diem/<int:scale_id>/doi-chieu/", revise.compare, name="difference"),
    path(
        "thang-diem/<int:scale_id>/doi-chieu/<str:form>/",
        revise.compare_file,
        name="difference_file",
    ),
    path("thang-diem/<int:scale_id>/soan/", editor.edit, name="edit"),
    path("thang-diem/<int:scale_id>/soan/dong/", editor.edit_line, name="edit_line"),
    path("thang-diem/<int:scale_id>/soan/viec/", editor.edit_act, name="edit_act"),
    path("thang-diem/<int:scale_id>/soan/phan/", editor.edit_part, name="edit_part"),
    path("thang-diem/<int:scale_id>/soan/sua-nhanh/", editor.repair, name="repair"),
]
