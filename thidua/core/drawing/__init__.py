"""Bốc thăm phân công thẩm định chéo: who checks whom, drawn so that anybody can repeat it.

The draw depends on nothing but the names of the units, the conditions and the seed. The attempts
are described in `draw`, the conditions in `conditions`; `draw` says which attempt was the first
that met them all, or which condition stands in the way.
"""

from thidua.core.drawing.conditions import Conditions, Pair, broken
from thidua.core.drawing.draw import Drawn, draw
from thidua.core.drawing.obstacles import obstacles
from thidua.core.drawing.search import Unsettled
from thidua.core.drawing.seed import seed_of

__all__ = [
    "Conditions",
    "Drawn",
    "Pair",
    "Unsettled",
    "broken",
    "draw",
    "obstacles",
    "seed_of",
]
