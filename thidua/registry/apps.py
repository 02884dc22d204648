"""Django application: who exists."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "thidua.registry"
    label = "registry"
    verbose_name = "Danh bạ đơn vị, con người"
