"""Django application: stored files."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "thidua.platform.files"
    label = "files"
    verbose_name = "Kho tệp"
