"""Every address of the product. Each name needs its rule in thidua/web/rules.py."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("thidua.web.urls")),
    path("", include("thidua.registry.urls")),
    path("", include("thidua.year.bloc.urls")),
    path("", include("thidua.year.papers.urls")),
    path("nam/<int:year_id>/", include("thidua.year.rulebook.urls")),
    path("nam/<int:year_id>/", include("thidua.year.drafting.urls")),
    path("nam/<int:year_id>/", include("thidua.year.registration.urls")),
    path("", include("thidua.year.pact.urls")),
    path("nam/<int:year_id>/", include("thidua.year.progress.urls")),
    path("nam/<int:year_id>/", include("thidua.year.scoring.urls")),
    path("nam/<int:year_id>/", include("thidua.year.conference.urls")),
    path("nam/<int:year_id>/", include("thidua.year.record.urls")),
]

handler400 = "thidua.web.errors.bad_request"
handler403 = "thidua.web.errors.forbidden"
handler404 = "thidua.web.errors.not_found"
handler500 = "thidua.web.errors.server_error"
