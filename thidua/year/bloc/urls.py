"""Addresses of bloc."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "bloc"

urlpatterns: list[URLPattern] = []
