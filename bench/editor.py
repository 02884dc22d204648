"""Bàn soạn thang điểm: another line opened, a line saved, on the draft of the 176-leaf example.

    python -m bench.editor [--json] [--times 12]

The draft (cong-an-quang-tri-2025) in a fresh SQLite folder; its lines are opened and saved in turn
through the product's own gate, views and templates, asked as a browser with scripts asks: the
form that the page held is sent back with another name of the line, and the answer is the form, the
tree with its sums and the lint, compressed. Medians of whole requests, on the clock and of the
processor, which other work on the machine does not lengthen. At the end the ledger must hold one
event for each saved line. Not timed: loading the draft, a first request of each kind.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench._bloc import load, median
from bench._inside import Took, example, must, signed_in, took, world_of

if TYPE_CHECKING:
    from django.test import Client

    from thidua.year.rulebook.desk import Desk

HEADERS = {"HX-Request": "true", "Accept-Encoding": "gzip"}


@dataclass
class Editor:
    """Somebody at the desk: opens a line, changes its name, saves it, goes on to the next."""

    client: Client
    address: str
    keys: Sequence[str]
    opened: list[Took] = field(default_factory=list)
    saved: list[Took] = field(default_factory=list)
    sizes: list[tuple[int, int]] = field(default_factory=list)  # as sent, and unpacked

    def turn(self, number: int) -> None:
        """Open a line and save it under another name."""
        from tests.year.rulebook.typing import sent_from

        query = {"dong": self.keys[number % len(self.keys)]}
        gc.collect()
        seconds, answer = took(lambda: self.client.get(self.address, query, headers=HEADERS))
        page = self._page(answer)
        self.opened.append(seconds)
        begin = page.index('class="stack edit-form"')
        form = sent_from(page[begin : page.index("</form>", begin)])
        form |= {"label": f"{form['label']}, lần {number}", "act": "save"}
        to = f"{self.address}dong/?dong={query['dong']}"
        seconds, answer = took(lambda: self.client.post(to, form, headers=HEADERS))
        must("Đã lưu lúc" in self._page(answer), "a line was not saved")
        self.saved.append(seconds)
        self.sizes.append((len(answer.content), len(gzip.decompress(answer.content))))

    def _page(self, answer: Any) -> str:
        must(answer.status_code == 200, f"{self.address} answered {answer.status_code}")
        return gzip.decompress(answer.content).decode()


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --json the last line is one object."""
    parser = argparse.ArgumentParser(prog="bench.editor")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--times", type=int, default=12)
    wanted = parser.parse_args(arguments)
    editor, desk = _measured(wanted.times)
    found = _summary(editor, desk)
    print(f"{found['lines']} dòng của cây, {found['leaves']} dòng chấm điểm, "
          f"{found['findings']} điều cần xem")  # fmt: skip
    print(f"mở dòng khác: {found['open_processor']} ms của bộ xử lý, {found['open']} ms")
    print(f"lưu một dòng: {found['save_processor']} ms của bộ xử lý, {found['value']} ms")
    print(f"trả lời khi lưu: {found['raw']:,} byte, nén còn {found['bytes']:,} byte")
    if wanted.json:
        print(json.dumps(found))
    return 0


def _measured(times: int) -> tuple[Editor, Desk]:
    with world_of(3) as world:
        from django.urls import reverse
        from django_scopes import scope

        from thidua.platform.ledger.models import Event
        from thidua.year.rulebook.audience import audience_of
        from thidua.year.rulebook.desk import desk_of
        from thidua.year.rulebook.services import import_scale

        with scope(jurisdiction=world.jurisdiction):
            row = import_scale(world.head, bloc_year=world.bloc_year, content=example())
            desk = desk_of(row, audience_of(world.bloc_year))
            client = signed_in(world.head)
        leaves = [line.key for line in desk.lines if line.row.is_leaf]
        address = reverse("rulebook:edit", args=[world.bloc_year.pk, row.pk])
        editor = Editor(client, address, leaves[:: max(1, len(leaves) // (times + 1))])
        before = Event.objects.count()
        for number in range(times + 1):
            editor.turn(number)
        must(Event.objects.count() == before + times + 1, "not one event for each saved line")
    return editor, desk


def _summary(editor: Editor, desk: Desk) -> dict[str, object]:
    opened, saved = editor.opened[1:], editor.saved[1:]
    packed, raw = max(editor.sizes)
    return {
        "name": "editor",
        "value": _middle([one.clock for one in saved]),
        "unit": "ms",
        "save_processor": _middle([one.processor for one in saved]),
        "open": _middle([one.clock for one in opened]),
        "open_processor": _middle([one.processor for one in opened]),
        "raw": raw,
        "bytes": packed,
        "lines": len(desk.lines),
        "leaves": desk.leaf_count,
        "findings": len(desk.findings),
        "load": load(),
    }


def _middle(seconds: Sequence[float]) -> float:
    return round(median(seconds) * 1000, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
