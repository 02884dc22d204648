"""Django application: letters wait in the outbox until they are delivered."""

from __future__ import annotations

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "thidua.platform.mail"
    label = "mail"
    verbose_name = "Hộp thư đi"
