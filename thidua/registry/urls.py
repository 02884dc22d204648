"""Addresses of registry."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import URLPattern, path

app_name = "registry"

urlpatterns: list[URLPattern] = [
    path("loi-moi/<str:token>/", lambda r, token: HttpResponse("x"), name="invitation")
]
