"""``thidua serve``: the web process and one worker, started and stopped together."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from thidua.cli import django_setup


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe")
    parser.add_argument("--port", type=int, default=8000, help="cổng")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình web")
    parser.add_argument("--today", default="", help="cố định ngày, dạng yyyy-mm-dd (để thử)")


def run(options: argparse.Namespace) -> int:
    """Prepare the database, then serve until told to stop."""
    open_to_all = options.host in ("0.0.0.0", "::")  # noqa: S104  # compared, not bound
    host = "127.0.0.1" if open_to_all else options.host
    os.environ.setdefault("THIDUA_ADDRESS", f"http://{host}:{options.port}")
    django_setup.start(today=options.today)
    django_setup.prepare()
    return supervise(commands(options.host, options.port, options.workers))


def commands(host: str, port: int, workers: int) -> list[list[str]]:
    """The two processes of an installation."""
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        "thidua.config.wsgi:application",
    ]
    worker = [sys.executable, "-m", "thidua", "worker"]
    return [web, worker]


def supervise(wanted: list[list[str]]) -> int:
    """Run the processes; when one ends or a signal comes, end them all."""
    running = [subprocess.Popen(command, env=os.environ) for command in wanted]  # noqa: S603  # ours

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for process in running:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while all(process.poll() is None for process in running):
        time.sleep(0.2)
    stop(signal.SIGTERM, None)
    codes = [process.wait(timeout=30) for process in running]
    return max((code for code in codes if code > 0), default=0)
