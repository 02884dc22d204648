"""Django application: blocs, their years, members and offices."""

from __future__ import annotations

from django.apps import AppConfig


class BlocConfig(AppConfig):
    name = "thidua.year.bloc"
    label = "bloc"
    verbose_name = "Khối và đơn vị"
