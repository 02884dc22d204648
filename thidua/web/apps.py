"""Django application: pages that cross stages."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "thidua.web"
    label = "web"
    verbose_name = "Trang chung"
