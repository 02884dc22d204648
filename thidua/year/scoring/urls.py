"""Addresses of scoring."""

from __future__ import annotations

from django.urls import path

from thidua.year.scoring.views import (
    acts,
    explain,
    files,
    firm,
    line,
    rehearse,
    sheet,
    steps,
    table,
    verify,
    workbook,
)

app_name = "scoring"
UNIT = "cham-diem/<int:unit_id>/"

DRAFT = "thang-diem/<int:scale_id>/chay-thu/"

urlpatterns = [
    path(DRAFT, rehearse.rehearsal, name="rehearsal"),
    path(f"{DRAFT}ghep-dong/", rehearse.matching, name="matching"),
    path(f"{DRAFT}tai/<str:form>/", rehearse.rehearsal_file, name="rehearsal_file"),
    path("cham-diem/", table.table, name="table"),
    path("cham-diem/mo/", table.open_all, name="open"),
    path("cham-diem/ban-moi/", table.move_all, name="new_version"),
    path("cham-diem/cac-buoc/", steps.steps, name="steps"),
    path("cham-diem/tai/<str:form>/", files.table_file, name="table_file"),
    path("cham-diem/do-vung/", firm.firmness, name="firmness"),
    path("cham-diem/do-vung/cau/", firm.sentence, name="firm_sentence"),
    path("cham-diem/do-vung/tai/", firm.firmness_file, name="firmness_file"),
    path(UNIT, sheet.sheet, name="sheet"),
    path(f"{UNIT}luu/", sheet.save, name="save"),
    path(f"{UNIT}gui/", acts.send, name="send"),
    path(f"{UNIT}rut-lai/", acts.take_back, name="take_back"),
    path(f"{UNIT}thong-tin/", acts.fields, name="fields"),
    path(f"{UNIT}tai/<str:form>/", files.sheet_file, name="sheet_file"),
    path(f"{UNIT}excel/", workbook.workbook, name="workbook"),
    path(f"{UNIT}excel/tai/", workbook.download, name="workbook_file"),
    path(f"{UNIT}excel/<int:upload_id>/", workbook.compare, name="workbook_compare"),
    path(f"{UNIT}dong/<path:code>/dan/", line.cite, name="cite"),
    path(f"{UNIT}dong/<path:code>/", line.line, name="line"),
    path(f"{UNIT}vi-sao/", line.total, name="why_total"),
    path(f"{UNIT}vi-sao/<path:code>/", line.why, name="why"),
    path(f"{UNIT}tham-dinh/", verify.verify, name="verify"),
    path(f"{UNIT}tham-dinh/giu-nguyen/", verify.confirm_rest, name="confirm_rest"),
    path(f"{UNIT}tham-dinh/ket-thuc/", verify.finish, name="finish"),
    path(f"{UNIT}tham-dinh/rut-tra-lai/", verify.withdraw, name="withdraw"),
    path(f"{UNIT}tham-dinh/dong/<path:code>/", verify.verify_line, name="verify_line"),
    path(f"{UNIT}giai-trinh/", explain.explanations, name="explanations"),
    path(f"{UNIT}giai-trinh/<int:explanation_id>/tra-loi/", explain.answer, name="answer"),
    path(f"{UNIT}giai-trinh/dong/<path:code>/", explain.explain, name="explain"),
]
