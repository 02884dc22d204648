"""Django application: adoption, ranking, elections, nominations, minutes."""

from __future__ import annotations

from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "thidua.year.conference"
    label = "conference"
    verbose_name = "Hội nghị"
