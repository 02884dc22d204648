"""Addresses of texts of the bloc from draft through comments to adoption."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "drafting"

urlpatterns: list[URLPattern] = []
