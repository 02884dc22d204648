"""Django application: log-in accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "thidua.platform.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
