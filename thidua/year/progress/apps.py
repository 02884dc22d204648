"""Django application: results through the year and evidence."""

from __future__ import annotations

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "thidua.year.progress"
    label = "progress"
    verbose_name = "Phong trào, tiến độ"
