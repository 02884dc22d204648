"""The points a line can reach hold what the engine gives, whatever is entered."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.core.lint.build import Plain, judged, scale_of
from thidua.core.lint.reach import reach_of
from thidua.core.loading import sheets_from_plain
from thidua.core.score import score

FIGURE = st.integers(-20, 20).map(lambda tenths: Fraction(tenths, 4))
CAP = st.none() | st.integers(0, 6).map(Fraction)
LIMIT = st.none() | FIGURE


def _count(code: str) -> st.SearchStrategy[Plain]:
    return st.builds(
        lambda each, cap: {"code": code, "kind": "count", "each": str(each), "cap": _text(cap)},
        FIGURE,
        CAP,
    )


def _linear(code: str) -> st.SearchStrategy[Plain]:
    return st.builds(
        lambda each, cap, floor, whole: {
            "code": code,
            "kind": "linear",
            "from": 2,
            "each": str(each),
            "cap": _text(cap),
            "floor": _text(floor),
            "whole": whole,
        },
        FIGURE,
        LIMIT,
        LIMIT,
        st.booleans(),
    )


def _text(figure: Fraction | None) -> str | None:
    return None if figure is None else str(figure)


TREE = st.builds(
    lambda kind, one, two, cap, floor: {
        "code": "T",
        "kind": kind,
        **({"start": 1} if kind == "ledger" else {}),
        **({"mode": "max"} if kind == "pick" else {"cap": _text(cap), "floor": _text(floor)}),
        "items": [one, two, judged("X", 3)],
    },
    st.sampled_from(["sum", "ledger", "pick"]),
    _count("C"),
    _linear("N"),
    LIMIT,
    LIMIT,
)


@given(TREE, st.integers(0, 9), FIGURE, st.integers(0, 3), st.sets(st.sampled_from("CNXT")))
def test_points_of_a_tree_lie_in_its_reach(
    tree: Plain, count: int, figure: Fraction, points: int, away: set[str]
) -> None:
    scale = scale_of(tree)
    inputs = {
        "C": {"value": Fraction(count), "na": "C" in away},
        "N": {"value": figure, "na": "N" in away},
        "X": {"value": Fraction(points), "na": "X" in away},
        "T": {"na": "T" in away},
    }
    sheets = sheets_from_plain({"sheets": [{"unit": "A", "inputs": inputs}]})
    nodes = score(scale, sheets).units[0].nodes
    for node in scale.walk():
        found = nodes.get(node.code)
        if found is not None and found.points is not None:
            reach = reach_of(node, scale.header)
            assert reach.low is None or reach.low <= found.points
            assert reach.high is None or found.points <= reach.high
