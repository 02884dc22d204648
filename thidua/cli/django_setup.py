"""Start Django for the commands that need the database; the fixed day comes before the settings."""

from __future__ import annotations

import os


def start(*, today: str = "", quiet_static: bool = False) -> None:
    """Load the settings once; ``today`` (yyyy-mm-dd) fixes the calendar for demo and tests."""
    if today:
        os.environ["THIDUA_TODAY"] = today
    if quiet_static:
        os.environ.setdefault("THIDUA_STATIC", "plain")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    import django

    django.setup()


def prepare() -> None:
    """Bring the database to the newest structure and gather static files; safe to repeat."""
    from django.conf import settings
    from django.core.management import call_command

    settings.THIDUA_DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
