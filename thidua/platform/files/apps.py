"""Django application: stored files."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class FilesConfig(AppConfig):
    name = "thidua.platform.files"
    label = "files"
    verbose_name = "Kho tệp"

    def ready(self) -> None:
        """Tell the PDF renderer, which knows no settings, where the product keeps its font."""
        from thidua.platform.documents import fonts

        fonts.look_in(Path(settings.THIDUA_DATA) / "fonts" / "tinos")
