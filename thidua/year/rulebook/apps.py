"""Django application: scales of criteria and their adoption."""

from __future__ import annotations

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "thidua.year.rulebook"
    label = "rulebook"
    verbose_name = "Quy chế, thang điểm"
