"""Scratch installations shared by the tests of operations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.platform.installation import SEAT, Installation, copied, filled


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with a played year; tests only read it or copy it."""
    return filled(tmp_path_factory.mktemp("source") / "data")


@pytest.fixture(scope="session")
def backup(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    file = tmp_path_factory.mktemp("backup") / "thi-dua.tar"
    ended = source.thidua("backup", file)
    assert ended == (0, f"Đã sao lưu vào {file}: cơ sở dữ liệu và 3 tệp.\n", "")
    return file


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The structure is there, nobody yet."""
    made = Installation(tmp_path_factory.mktemp("migrated") / "data")
    assert made.thidua("migrate").code == 0
    return made


@pytest.fixture(scope="session")
def founded(
    migrated: Installation, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Installation, str]:
    """A jurisdiction with its administrator, and what the command printed."""
    made = copied(migrated, tmp_path_factory.mktemp("founded") / "data")
    ended = made.thidua("first-administrator", "qt@mau.vn", *SEAT)
    assert (ended.code, ended.err) == (0, "")
    return made, ended.out


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """A place where nothing is."""
    return Installation(tmp_path / "empty")


@pytest.fixture
def healthy(founded: tuple[Installation, str], tmp_path: Path) -> Installation:
    """An installation in which everything came through the services."""
    return copied(founded[0], tmp_path / "healthy")
