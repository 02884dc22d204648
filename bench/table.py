"""Bảng của khối: how long the bloc's table of 176 lines and 9 units takes, rendered and served.

    python -m bench.table [--json] [--times 60]

Asked over HTTP from the product's own server (one web process, compression on, as it is delivered),
one request after another on one connection, by the head of the bloc. The value is the median of all
looks in turn while nothing changes; beside it the first request of a process, which compiles the
scale and reads everything, and the requests that follow a saved cell. A page counts only when it
holds every unit and every line.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import _bloc
from bench.cell_save import Officer

LOOKS = ("may", "tu-cham", "tham-dinh", "thong-qua")
LIMIT = 130.0


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --json the last line is one object."""
    parser = argparse.ArgumentParser(prog="bench.table")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--times", type=int, default=60)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        ground = _bloc.make(Path(folder), sent=False)
        with _bloc.served(ground) as address:
            found = _measure(address, ground, wanted.times)
    print(f"Bảng 176 dòng × 9 đơn vị: {found['value']} ms (trung vị {wanted.times} lần)")
    print(f"95 % dưới {found['p95']} ms, sau khi có ô vừa lưu {found['after_save']} ms")
    print(f"Lần đầu của tiến trình {found['first']} ms; trang nặng {found['bytes']:,} byte nén")
    if wanted.json:
        print(json.dumps(found))
    return 0


def _measure(address: str, ground: _bloc.Ground, times: int) -> dict[str, object]:
    head = _bloc.Caller(address, ground.cookies["head"])
    officer = Officer(address, ground)
    first, _ = ask(head, ground.table)
    for look in LOOKS:
        ask(head, f"{ground.table}?buoc={look}")
    taken, sizes = [], []
    for number in range(times):
        seconds, body = ask(head, f"{ground.table}?buoc={LOOKS[number % len(LOOKS)]}")
        taken.append(seconds)
        sizes.append(len(body))
    after = []
    for _ in range(times // 3):
        officer.save()
        after.append(ask(head, ground.table)[0])
    return {
        "name": "table",
        "value": _bloc.median(taken),
        "unit": "ms",
        "limit": LIMIT,
        "p95": sorted(taken)[int(len(taken) * 0.95)],
        "first": first,
        "after_save": _bloc.median(after),
        "bytes": max(sizes),
        "load": _bloc.load(),
        "best": min(taken),
    }


def ask(caller: _bloc.Caller, path: str) -> tuple[float, bytes]:
    """Milliseconds and body of one look at the table; ends the benchmark when it is not whole."""
    start = time.perf_counter()
    status, body = caller.get(path)
    taken = time.perf_counter() - start
    page = gzip.decompress(body).decode()
    if status != 200 or page.count("Sở Số") < _bloc.UNITS or page.count("Tiêu chí số") < 176:
        sys.exit(f"{path} answered {status} without the whole table")
    return round(taken * 1000, 1), body


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
