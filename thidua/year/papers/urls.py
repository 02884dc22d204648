"""Addresses of letterheads, number registers, templates of the office and papers of meetings."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "papers"

urlpatterns: list[URLPattern] = []
