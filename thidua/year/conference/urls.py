"""Addresses of conference."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "conference"

urlpatterns: list[URLPattern] = []
