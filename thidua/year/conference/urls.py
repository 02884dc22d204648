"""Addresses of conference."""

from __future__ import annotations

from django.urls import path

from thidua.year.conference.views import adoption, lines, meeting, outcomes, result

app_name = "conference"

urlpatterns = [
    path("hoi-nghi/", meeting.conference, name="conference"),
    path("hoi-nghi/thong-tin/", meeting.meeting, name="meeting"),
    path("hoi-nghi/y-kien/", meeting.remarks, name="remarks"),
    path("hoi-nghi/diem-danh/", meeting.attendance, name="attendance"),
    path("hoi-nghi/thong-qua/", adoption.adoption, name="adoption"),
    path("hoi-nghi/dong/<int:unit_id>/", lines.lines, name="lines"),
    path("hoi-nghi/dong/<int:unit_id>/<path:code>/", lines.line, name="line"),
    path("hoi-nghi/mo-lai/", adoption.reopen, name="reopen"),
    path("hoi-nghi/khoa-lai/", adoption.keep, name="keep"),
    path("hoi-nghi/khong-xep-hang/<int:unit_id>/", adoption.not_ranked, name="not_ranked"),
    path("hoi-nghi/xep-hang-lai/<int:unit_id>/", adoption.ranked_again, name="ranked_again"),
    path("hoi-nghi/ket-qua/", result.result, name="result"),
    path("hoi-nghi/ket-qua/vi-sao/<int:unit_id>/", result.why, name="why"),
    path("hoi-nghi/truong-khoi-nam-sau/", outcomes.elections, name="elections"),
    path(
        "hoi-nghi/truong-khoi-nam-sau/bo/<slug:office>/",
        outcomes.withdraw_election,
        name="withdraw_election",
    ),
    path("hoi-nghi/suy-ton/", outcomes.nominations, name="nominations"),
    path(
        "hoi-nghi/suy-ton/bo/<int:unit_id>/<slug:award>/",
        outcomes.withdraw_nomination,
        name="withdraw_nomination",
    ),
    path("hoi-nghi/van-ban/", result.papers, name="papers"),
    path("hoi-nghi/van-ban/bien-ban/<slug:kind>/", result.minutes_file, name="minutes_file"),
    path("hoi-nghi/van-ban/bang-tong-hop/<slug:kind>/", result.table_file, name="table_file"),
    path("hoi-nghi/khep-nam/", outcomes.closing, name="closing"),
]
