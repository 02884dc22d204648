"""Lưu một ô: how long one cell of a 176-line sheet takes to save, the ledger included.

    python -m bench.cell_save [--json] [--times 100]

A cell is posted over HTTP to the product's own server (one web process) as the score table posts
it: right, window, version judged, entry and event written to the database (SQLite, synchronous
FULL), the bloc of nine units scored again where it changed, sums and filters of the sheet answered.
The value is the median of cells of three kinds in turn: judged points, a figure of a rule, a
reason; each request changes something. At the end the ledger holds one event for each.
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
from urllib.parse import urlencode
from uuid import uuid4

from bench import _bloc

LIMIT = 60.0
CELLS = (("8", "points", "{}"), ("20", "result", "{}"), ("9a", "reason", "Theo báo cáo số {}"))


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --json the last line is one object."""
    parser = argparse.ArgumentParser(prog="bench.cell_save")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--times", type=int, default=100)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        ground = _bloc.make(Path(folder), sent=False)
        with _bloc.served(ground) as address:
            found = _measure(address, ground, wanted.times)
    print(f"Lưu một ô: {found['value']} ms (trung vị {wanted.times} lần), "
          f"95 % dưới {found['p95']} ms, tính cả nhật ký")  # fmt: skip
    if wanted.json:
        print(json.dumps(found))
    return 0


def _measure(address: str, ground: _bloc.Ground, times: int) -> dict[str, object]:
    officer = Officer(address, ground)
    for _ in range(len(CELLS)):
        officer.save()
    before = officer.events()
    taken = [officer.save() for _ in range(times)]
    if officer.events() != before + times:
        sys.exit("the ledger does not hold one event for each saved cell")
    return {
        "name": "cell_save",
        "value": _bloc.median(taken),
        "unit": "ms",
        "limit": LIMIT,
        "p95": sorted(taken)[int(len(taken) * 0.95)],
        "best": min(taken),
        "load": _bloc.load(),
    }


class Officer:
    """Somebody who fills cells one after another, as the score table sends them."""

    def __init__(self, address: str, ground: _bloc.Ground) -> None:
        self.caller = _bloc.Caller(address, ground.cookies["officer"])
        self.ground, self.number = ground, 0
        self.versions = {code: 1 for code, _, _ in CELLS}

    def save(self) -> float:
        """One cell; milliseconds until its answer is there."""
        self.number += 1
        code, field, form = CELLS[self.number % len(CELLS)]
        value = form.format(self.number % 10)
        sent = {"code": code, "field": field, "value": value, "seen": self.versions[code],
                "was": "", "request_id": uuid4()}  # fmt: skip
        start = time.perf_counter()
        status, body = self.caller.post(f"{self.ground.sheet(2)}luu/", urlencode(sent))
        taken = time.perf_counter() - start
        answer = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
        if status != 200:
            sys.exit(f"a cell was refused: {answer}")
        self.versions[code] = answer["version"]
        return round(taken * 1000, 1)

    def events(self) -> int:
        """How many saved cells the ledger tells of."""
        from thidua.platform.ledger.models import Event

        return Event.objects.filter(verb="scoring.line").count()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
