"""Django application: titles, targets and key tasks that units register."""

from __future__ import annotations

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "thidua.year.registration"
    label = "registration"
    verbose_name = "Đăng ký thi đua"
