"""``thidua backup``, ``restore``, ``doctor``, ``migrate``: keeping the installation alive."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from thidua.cli import django_setup

SIGNS = {"ok": "đạt", "warn": "lưu ý", "bad": "HỎNG"}


def configure_backup(parser: argparse.ArgumentParser) -> None:
    """Options of ``backup``."""
    parser.add_argument("file", type=Path, help="tệp sao lưu sẽ ghi (chưa có sẵn)")


def run_backup(options: argparse.Namespace) -> int:
    """Write everything to one file."""
    django_setup.start()
    from thidua.platform.operations.backup import back_up
    from thidua.platform.operations.database import OperationError

    try:
        manifest = back_up(options.file)
    except OperationError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Đã sao lưu vào {options.file}: cơ sở dữ liệu và {len(manifest.files)} tệp.")
    return 0


def configure_restore(parser: argparse.ArgumentParser) -> None:
    """Options of ``restore``."""
    parser.add_argument("file", type=Path, help="tệp sao lưu")


def run_restore(options: argparse.Namespace) -> int:
    """Restore into an empty installation and check it."""
    django_setup.start()
    from thidua.platform.operations.database import OperationError
    from thidua.platform.operations.restore import restore

    try:
        manifest = restore(options.file)
    except OperationError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(
        f"Đã phục hồi bản sao lưu lúc {manifest.made_at}: {len(manifest.files)} tệp, "
        f"{len(manifest.heads)} chuỗi sổ cái, mọi dấu đều khớp."
    )
    return 0


def configure_doctor(_parser: argparse.ArgumentParser) -> None:
    """``doctor`` has no options."""


def run_doctor(_options: argparse.Namespace) -> int:
    """Print every check; 1 when something is broken."""
    django_setup.start()
    from thidua.platform.operations.doctor import examine

    checks = examine()
    for check in checks:
        print(f"{SIGNS[check.state]:6} {check.name}: {check.words}")
    return 1 if any(check.state == "bad" for check in checks) else 0


def configure_migrate(_parser: argparse.ArgumentParser) -> None:
    """``migrate`` has no options."""


def run_migrate(_options: argparse.Namespace) -> int:
    """Bring database and static files to this version."""
    django_setup.start()
    django_setup.prepare()
    print("Cơ sở dữ liệu đã ở cấu trúc mới nhất.")
    return 0
