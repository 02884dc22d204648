"""Tốc độ chấm: leaves scored per second by the compiled engine, on one core.

    python -m bench.engine [--json] [--blocs 1000]

The scale is the 176-leaf example (cong-an-quang-tri-2025), a bloc has 9 units, every input is drawn
from a seed. Timed: from checked inputs in memory to points per leaf, totals, classes and ranks as
exact numbers. Not timed: reading files, checking inputs, compiling the scale, writing results. The
anchor is the explaining path without findings, a plain interpreter in fractions, on the same blocs.
A sample is compared figure by figure before anything is timed.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random

from thidua.core.compiled import BlocInputs, CompiledScale, compile_scale
from thidua.core.node import Flag, Leader, Node
from thidua.core.scale import Scale
from thidua.core.score import score
from thidua.core.sheet import Input, Sheet, SheetSet
from thidua.scalefile import load_scale

EXAMPLE = "cong-an-quang-tri-2025.yaml"
UNITS = 9
SAMPLE = 10
REPEATS = 20


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --json the last line is one object."""
    wanted = _arguments(arguments)
    scale = example()
    leaves = sum(1 for _ in scale.leaves()) * UNITS
    compiled = compile_scale(scale)
    blocs = [bloc_of(scale, Random(seed)) for seed in range(wanted.blocs)]
    _compare(compiled, blocs[:SAMPLE])
    inputs = [compiled.read(bloc) for bloc in blocs]
    gc.collect()
    gc.freeze()
    one = _rate(leaves, REPEATS, lambda: compiled.evaluate(inputs[0]))
    many = leaves * len(inputs) / _seconds(lambda: _evaluate_all(compiled, inputs))
    sample = blocs[:SAMPLE]
    anchor = leaves * len(sample) / _seconds(lambda: [score(scale, bloc) for bloc in sample])
    print(f"{leaves // UNITS} dòng × {UNITS} đơn vị, một khối: {one:,.0f} dòng/giây")
    print(f"{len(inputs)} khối: {many:,.0f} dòng/giây")
    print(f"đường phân số có giải thích (mốc so sánh): {anchor:,.0f} dòng/giây")
    if wanted.json:
        print(json.dumps(_summary(one, many, anchor, blocs=len(inputs), leaves=leaves)))
    return 0


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.engine")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--blocs", type=int, default=1000)
    return parser.parse_args(arguments)


def _summary(
    one: float, many: float, anchor: float, *, blocs: int, leaves: int
) -> dict[str, object]:
    return {
        "name": "engine",
        "value": round(many),
        "unit": "leaves/s",
        "anchor": round(anchor),
        "ratio": round(many / anchor, 1),
        "one_bloc": round(one),
        "blocs": blocs,
        "leaves_per_bloc": leaves,
    }


def example() -> Scale:
    """The 176-leaf example."""
    import thidua.scalefile

    path = Path(thidua.scalefile.__file__).parent / "examples" / EXAMPLE
    return load_scale(path.read_bytes(), name=EXAMPLE).scale


def bloc_of(scale: Scale, rnd: Random) -> SheetSet:
    """Nine sheets with every input drawn."""
    units = (f"Đơn vị {number}" for number in range(1, UNITS + 1))
    return SheetSet(sheets=tuple(_sheet(scale, unit, rnd) for unit in units))


def _sheet(scale: Scale, unit: str, rnd: Random) -> Sheet:
    return Sheet(unit=unit, inputs={leaf.code: _input(leaf, rnd) for leaf in scale.leaves()})


def _input(leaf: Node, rnd: Random) -> Input:
    if isinstance(leaf, Flag):
        return {"value": rnd.randrange(5) > 0}
    if isinstance(leaf, Leader):
        return {"target": rnd.choice((10, 20, 35, 0)), "result": rnd.randrange(60)}
    quarters = int((leaf.stated_max or Fraction(0)) * 4)
    return {"value": Fraction(rnd.randrange(quarters + 1), 4)}


def _compare(compiled: CompiledScale, blocs: Sequence[SheetSet]) -> None:
    for bloc in blocs:
        expected = score(compiled.scale, bloc)
        for unit, fast in zip(expected.units, compiled.evaluate(compiled.read(bloc)), strict=True):
            points = {key: fast.points(key) for key in unit.nodes}
            if points != {key: node.points for key, node in unit.nodes.items()}:
                sys.exit(f"two paths differ on {unit.unit}")
            if (fast.total, fast.percent, fast.rank) != (unit.total, unit.percent, unit.rank):
                sys.exit(f"two totals differ on {unit.unit}")


def _evaluate_all(compiled: CompiledScale, inputs: Sequence[BlocInputs]) -> None:
    for bloc in inputs:
        compiled.evaluate(bloc)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _rate(leaves: int, repeats: int, work: Callable[[], object]) -> float:
    return leaves / min(_seconds(work) for _ in range(repeats))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
