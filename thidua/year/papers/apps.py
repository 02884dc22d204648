"""Django application: letterheads, number registers, own templates, papers of meetings."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "thidua.year.papers"
    label = "papers"
    verbose_name = "Văn bản của Khối"
