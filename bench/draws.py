"""Phép thử thứ hạng: 10,000 draws of the ranking of one bloc, on one core.

    python -m bench.draws [--json] [--draws 10000]

The table is the 176-leaf example (cong-an-quang-tri-2025) with 9 units, every input drawn from a
seed; its judged lines (113 as the file stands) move by up to 2 points. A second figure is the worst
case: the same table with all 176 lines judged. Timed: from a scored table to counts of ranks and of
pairs, its seed included. Before anything is timed, the first 50 draws are scored one by one by the
engine and compared, figure by figure and rank by rank. Beside them: one draw by the engine, as
scales are drawn whose tree looks at moving points (the mean of 1,000 draws of the first table), and
importing NumPy in a fresh process, once per process and in no other figure here. Best of five each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from bench.engine import UNITS, bloc_of, example
from thidua.core.firmness import Spread, cells_of, seed_of
from thidua.core.maximum import copy_maximum
from thidua.core.node import Judged, Node, Sum
from thidua.core.scale import Scale
from thidua.core.score import score
from thidua.year.scoring.draws import DRAWS, DRAWS_BY_ENGINE, Table, draw_table
from thidua.year.scoring.draws.draw import drawn_at_once, drawn_by_engine

SAMPLE = 50
REPEATS = 5
IMPORT = "from time import perf_counter as t; start = t(); import numpy; print(t() - start)"


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --json the last line is one object."""
    wanted = _arguments(arguments)
    as_filed, all_judged = _table(example()), _table(_all_judged(example()))
    _compare(as_filed)
    _compare(all_judged)
    lines = {name: _moving(table) for name, table in (("filed", as_filed), ("all", all_judged))}
    filed, _ = _best(lambda: draw_table(as_filed, draws=wanted.draws))
    most, cpu = _best(lambda: draw_table(all_judged, draws=wanted.draws))
    by_engine, numpy = _one_by_engine(as_filed), _import_of_numpy()
    leaves = sum(1 for _ in as_filed.scale.leaves())
    print(f"{leaves} dòng × {UNITS} đơn vị, {wanted.draws} phép thử")
    print(f"{lines['filed']} ô chấm theo nhận định: {filed:.3f} giây")
    print(f"mọi dòng đều chấm theo nhận định, {lines['all']} ô: {most:.3f} giây (CPU {cpu:.3f})")
    print(f"một phép thử chấm lại cả khối: {by_engine:.2f} ms; nạp NumPy: {numpy:.3f} giây")
    if wanted.json:
        found = {"name": "draws", "value": round(most, 3), "unit": "s", "draws": wanted.draws}
        more = {"cpu": round(cpu, 3), "as_filed": round(filed, 3), "cells": lines["all"]}
        beside = {"engine_ms": round(by_engine, 2), "import_numpy": round(numpy, 3)}
        print(json.dumps({**found, **more, **beside}))
    return 0


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.draws")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--draws", type=int, default=DRAWS)
    return parser.parse_args(arguments)


def _table(scale: Scale) -> Table:
    rnd = Random(1)
    sheets = bloc_of(scale, rnd)
    spreads = {leaf.code: Spread(Fraction(rnd.randrange(9), 4), UNITS) for leaf in scale.leaves()}
    return Table(scale=scale, sheets=sheets, result=score(scale, sheets), spreads=spreads)


def _all_judged(scale: Scale) -> Scale:
    return replace(scale, sections=tuple(_judged(section) for section in scale.sections))


def _judged(node: Node) -> Node:
    if isinstance(node, Sum):
        return replace(node, items=tuple(_judged(item) for item in node.items))
    if node.children:
        return node
    return Judged(
        code=node.code, label=node.label, part=node.part, stated_max=copy_maximum(node) or None
    )


def _compare(table: Table) -> None:
    seed = seed_of(table.result, table.spreads)
    cells = cells_of(table.scale, table.sheets, table.result.units, table.spreads)
    quick = drawn_at_once(table, cells, seed=seed, draws=SAMPLE)
    exact = drawn_by_engine(table, cells, seed=seed, draws=SAMPLE)
    if (quick.figures != exact.figures).any() or (quick.ranks != exact.ranks).any():
        sys.exit("the columns and the engine differ")


def _one_by_engine(table: Table) -> float:
    """Milliseconds of one draw when every draw is a scoring of the whole bloc."""
    seed = seed_of(table.result, table.spreads)
    cells = cells_of(table.scale, table.sheets, table.result.units, table.spreads)
    seconds, _ = _best(lambda: drawn_by_engine(table, cells, seed=seed, draws=DRAWS_BY_ENGINE))
    return seconds / DRAWS_BY_ENGINE * 1000


def _import_of_numpy() -> float:
    """Seconds, in a process that has not loaded it yet."""
    command = [sys.executable, "-c", IMPORT]
    return min(
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(REPEATS)
    )


def _moving(table: Table) -> int:
    return len(cells_of(table.scale, table.sheets, table.result.units, table.spreads))


def _best(work: Callable[[], object]) -> tuple[float, float]:
    """Wall-clock and processor seconds of the quickest of several runs."""
    return min(_seconds(work) for _ in range(REPEATS))


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    start, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - used


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
