"""Shared fixtures: a small bloc of one province, a neighbour bloc, another province."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope, scopes_disabled
from hypothesis import settings

from tests.build import World, build_world

pytest_plugins = ["tests.live"]

# a slow machine is no failure: figures of time belong to bench/, never to a test
settings.register_profile("thidua", deadline=None)
settings.load_profile("thidua")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests begin first, so that no worker waits for the last of them."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def fast_settings(settings: Any, tmp_path: Path) -> None:
    """Plain static files, quick passwords, letters in memory, files in the test's own folder."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True  # else it wants the gathered files of an installation
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.THIDUA_DATA = tmp_path / "data"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Two provinces, three blocs, four actors per unit; queries scoped to the first province."""
    with scopes_disabled():
        made = build_world()
    with scope(jurisdiction=made.jurisdiction):
        yield made
