"""Addresses of the pact of the year: its text, its file, who signed it and how."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "pact"

urlpatterns: list[URLPattern] = []
