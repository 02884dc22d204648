"""Bảng tự chấm ra Excel và về lại: seconds for a unit's workbook of 176 lines, out and back.

    python -m bench.workbook [--json] [--rounds 7]

Nine units under the 176-leaf example (cong-an-quang-tri-2025), every line of every unit scored with
a reason, in a fresh SQLite folder. Timed through the product's own gate and views, the best of the
rounds: out is the request that writes the workbook; back is the upload of the workbook with every
line changed, and the page that shows all differences. Beside them the processor's seconds, which
other work on the machine does not lengthen. Not timed: filling the file in (openpyxl), starting up,
and a first round of each, in which libraries and templates are loaded.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import sys
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from bench._inside import Took, example, must, signed_in, took, world_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.build import World
    from thidua.year.scoring.lines import Line

UNITS = 9
REASON = "Theo báo cáo tổng kết năm, mục 2"


@dataclass(frozen=True, slots=True)
class Seconds:
    """The best of the rounds, and how many lines went out and differed on coming back."""

    out: Took
    back: Took
    lines: int
    differing: int
    size: int


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --json the last line is one object."""
    parser = argparse.ArgumentParser(prog="bench.workbook")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=7)
    wanted = parser.parse_args(arguments)
    with world_of(UNITS) as world:
        found = _scored_and_measured(world, wanted.rounds)
    print(f"ra: {_words(found.out)}; {found.lines} dòng, tệp {found.size / 1000:.0f} kB")
    print(f"về: {_words(found.back)}; {found.differing} dòng khác nhau")
    if wanted.json:
        print(json.dumps(_summary(found, wanted.rounds)))
    return 0


def _words(seconds: Took) -> str:
    return f"{seconds.clock:.3f} giây, bộ xử lý {seconds.processor:.3f} giây"


def _summary(found: Seconds, rounds: int) -> dict[str, object]:
    return {
        "name": "workbook",
        "value": round(found.out.clock + found.back.clock, 3),
        "unit": "s",
        "out": round(found.out.clock, 3),
        "back": round(found.back.clock, 3),
        "out_processor": round(found.out.processor, 3),
        "back_processor": round(found.back.processor, 3),
        "lines": found.lines,
        "differing": found.differing,
        "units": UNITS,
        "rounds": rounds,
    }


def _scored_and_measured(world: World, rounds: int) -> Seconds:
    from django_scopes import scope

    with scope(jurisdiction=world.jurisdiction):
        lines = _score(world)
        client = signed_in(world.officer)
    return _measure(world, client, lines, rounds)


def _score(world: World) -> int:
    """Open and fill every sheet; gives how many lines are scored."""
    from tests.build import make_actor
    from tests.year.scoring.build import opened
    from thidua.registry.models import Role
    from thidua.year.scoring.judging import desk_of
    from thidua.year.scoring.models import Stage
    from thidua.year.scoring.services import save_lines

    sheets = opened(world, example())
    leaves: list[Line] = []
    for number, sheet in sheets.items():
        actor = make_actor(world.jurisdiction, Role.OFFICER, world.units[number - 1])
        rnd = Random(number)
        leaves = [line for line in desk_of(actor, sheet).scale.lines if line.is_leaf]
        wanted = {line.key: _typed(line, rnd) for line in leaves}
        save_lines(actor, sheet=sheet, stage=Stage.SELF, wanted=wanted, whole=True)
    return len(leaves)


def _typed(line: Line, rnd: Random) -> Any:
    from thidua.year.scoring.lines import Ask
    from thidua.year.scoring.services import LineChange, Wanted

    if line.ask is Ask.PAIR:
        inputs: dict[str, object] = {
            "target": rnd.choice((10, 20, 35)),
            "result": rnd.randrange(60),
        }
    elif line.ask is Ask.TRUTH:
        inputs = {"value": rnd.randrange(5) > 0}
    else:
        inputs = {"value": str(rnd.randrange(int(4 * line.maximum) + 1) / 4)}
    return Wanted(change=LineChange(inputs=inputs, reason=REASON))


def _measure(world: World, client: Client, lines: int, rounds: int) -> Seconds:
    where = f"/nam/{world.bloc_year.pk}/cham-diem/{world.units[1].pk}/excel/"
    data = bytes(client.get(f"{where}tai/").content)
    filled = _every_line_changed(data)
    differing = 0
    out: list[Took] = []
    back: list[Took] = []
    for number in range(rounds + 1):
        gc.collect()
        out_took, response = took(lambda: client.get(f"{where}tai/"))
        must(response.status_code == 200, "the workbook was not given")
        back_took, page = took(lambda: _bring_back(client, where, filled))
        must(page.status_code == 200, "the workbook was not taken back")
        differing = page.content.count(b'name="line"')
        must(differing == lines, f"{differing} of {lines} lines differ")
        if number:
            out.append(out_took)
            back.append(back_took)
    return Seconds(min(out), min(back), lines, differing, len(data))


def _bring_back(client: Client, where: str, data: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = {"request_id": str(uuid.uuid4()), "file": SimpleUploadedFile("tu-cham.xlsx", data)}
    answer = client.post(where, form)
    must(answer.status_code == 303, "the upload was refused")
    return client.get(answer.headers["Location"])


def _every_line_changed(data: bytes) -> bytes:
    """Another reason on each line, as a person would type it."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    page: Any = book["Bảng tự chấm"]
    reason = next(cell.column for cell in page[3] if cell.value == "Lý do")
    for row in range(4, page.max_row + 1):
        cell = page.cell(row, reason)
        if not cell.protection.locked:
            cell.value = f"{cell.value or ''}, bổ sung số liệu quý IV"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
