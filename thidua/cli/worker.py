"""``thidua worker``: delivers letters, tidies uploads; ``serve`` starts it beside the web."""

from __future__ import annotations

import argparse
import logging
import signal
import threading

from thidua.cli import django_setup

log = logging.getLogger("thidua.worker")


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--once", action="store_true", help="làm một lượt rồi dừng")
    parser.add_argument("--every", type=float, default=5.0, help="số giây giữa hai lượt")


def run(options: argparse.Namespace) -> int:
    """Deliver letters and clear unfinished uploads, again and again, until told to stop."""
    django_setup.start()
    from django.db import DatabaseError, close_old_connections

    from thidua.platform.files import incoming
    from thidua.platform.mail.services import deliver_waiting

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stop.set())
    signal.signal(signal.SIGINT, lambda _signal, _frame: stop.set())
    while not stop.is_set():
        try:
            deliver_waiting()
        except DatabaseError as problem:  # the database may be restarting; letters wait for it
            log.warning("chưa đọc được hộp thư đi: %s", problem)
        close_old_connections()
        try:
            incoming.clean()
        except OSError as problem:  # the data folder may be on a disk that is away
            log.warning("chưa dọn được tệp nạp dở: %s", problem)
        if options.once:
            break
        stop.wait(options.every)
    return 0
