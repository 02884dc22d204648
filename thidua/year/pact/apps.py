"""Django application: the pact of the year: its text, its file, who signed it and how."""

from __future__ import annotations

from django.apps import AppConfig


class PactConfig(AppConfig):
    name = "thidua.year.pact"
    label = "pact"
    verbose_name = "Giao ước"
