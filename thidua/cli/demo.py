"""``thidua demo``: load the founding cases and the practice bloc once, then serve them.

Loading happens in a folder beside the data folder, which takes its place only when it is whole: a
load that was interrupted leaves nothing behind.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from thidua.cli import django_setup

ROOT = Path(__file__).resolve().parents[2]
WHOLE = "loaded-whole"  # written last; a folder without it is not taken over


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--serve", action="store_true", help="nạp xong thì mở trang web")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe")
    parser.add_argument("--port", type=int, default=8000, help="cổng")
    parser.add_argument("--workers", type=int, default=1, help="số tiến trình web")
    parser.add_argument("--today", default="", help="cố định ngày, dạng yyyy-mm-dd (để thử)")
    parser.add_argument("--load-here", action="store_true", help="nạp thẳng vào cơ sở dữ liệu này")


def run(options: argparse.Namespace) -> int:
    """Load if nothing is loaded yet; print the log-ins; serve when asked."""
    if options.load_here:
        return _load_here(options.today)
    folder = Path(os.environ.get("THIDUA_DATA") or ROOT / "var").resolve()
    if not os.environ.get("THIDUA_DATABASE") and not (folder / "thidua.sqlite3").exists():
        failed = _load_aside(folder, options.today)
        if failed:
            return failed
    os.environ["THIDUA_ADDRESS"] = f"http://{options.host}:{options.port}"
    _greet(os.environ["THIDUA_ADDRESS"])
    if not options.serve:
        return 0
    from thidua.cli import serve

    return serve.run(options)


def _load_aside(folder: Path, today: str) -> int:
    """Load in a process of its own, in a folder of its own, then move it into place."""
    draft = folder / "loading"
    shutil.rmtree(draft, ignore_errors=True)
    command = [sys.executable, "-m", "thidua", "demo", "--load-here", "--today", today]
    environment = {**os.environ, "THIDUA_DATA": str(draft)}
    code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  # ours
    if code == 0 and not (draft / WHOLE).exists():
        code = 1  # the load ended early, say because nobody read its output any more
    if code == 0:
        (draft / WHOLE).unlink()
        for part in sorted(draft.iterdir(), key=lambda part: part.name == "thidua.sqlite3"):
            target = folder / part.name
            if not target.exists():  # fonts may be there already; the database comes last
                part.rename(target)
    shutil.rmtree(draft, ignore_errors=True)
    return code


def _load_here(today: str) -> int:
    django_setup.start(today=today, quiet_static=True)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from thidua.demo.load import is_loaded, load_all

    if is_loaded():
        return 0
    print("Nạp các khối mẫu, lần đầu mất khoảng nửa phút:", flush=True)
    load_all(say=lambda words: print(f"  {words}", flush=True))
    _seal()
    return 0


def _seal() -> None:
    """Write everything into the one database file before it is moved."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    (settings.THIDUA_DATA / WHOLE).touch()


def _greet(address: str) -> None:
    from thidua.demo.log_ins import LOG_INS, PASSWORD

    width = max(len(one.email) for one in LOG_INS.values())
    print(f"\nThi Đua: {address}\nMật khẩu của mọi tài khoản mẫu: {PASSWORD}\n")
    for one in LOG_INS.values():
        print(f"  {one.email:<{width}}  {one.words}")
    print(
        "\nDữ liệu mẫu có dấu °. Dừng: Ctrl+C. Nạp lại từ đầu: dừng, xóa thư mục var, chạy lại.\n"
    )
    sys.stdout.flush()
