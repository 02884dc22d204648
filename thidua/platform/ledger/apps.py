"""Django application: the append-only ledger."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "thidua.platform.ledger"
    label = "ledger"
    verbose_name = "Sổ cái"
