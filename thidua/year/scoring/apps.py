"""Django application: self-scores, verification, explanation."""

from __future__ import annotations

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "thidua.year.scoring"
    label = "scoring"
    verbose_name = "Chấm điểm"
