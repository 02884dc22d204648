"""Django application: texts of the bloc from draft through comments to adoption."""

from __future__ import annotations

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "thidua.year.drafting"
    label = "drafting"
    verbose_name = "Dự thảo, góp ý"
