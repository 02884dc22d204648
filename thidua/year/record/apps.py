"""Django application: the record of results, titles and awards."""

from __future__ import annotations

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "thidua.year.record"
    label = "record"
    verbose_name = "Sổ khen thưởng"
