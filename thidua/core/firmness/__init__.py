"""Thứ hạng vững đến đâu: what moves when judged points are given once more, and by how much.

The definition (issue "The score desk", item 3): each judged line of each unit moves uniformly in
steps of 0.5 within ± the line's mean difference between verified and self, at least 0.5, clipped to
0..max; the other lines stay. How it is read where it leaves room:

- a judged line is a line of kind `judged` that has points; `imported` figures are another agency's;
- every unit's line moves on its own: moved together, no order could change;
- the mean runs over the units whose line a verifier has looked at; a line nobody looked at, and one
  where nothing differs, moves by one step of 0.5;
- only whole steps inside the spread are drawn: a spread of 1.3 gives −1, −0.5, 0, 0.5, 1;
- 0 is the line's own minimum where the scale states another (a deduction is negative); points set
  by hand above the maximum stay the upper end, so that no line is dragged off its present points;
- everything above the line (caps, floors, ledgers, totals, tie-breaks, gates) follows the scale.
"""

from thidua.core.firmness.cells import Cell, cells_of
from thidua.core.firmness.spread import HALF, Spread
from thidua.core.firmness.stream import WORD_BYTES, index_of, seed_of, words_of

__all__ = [
    "HALF",
    "WORD_BYTES",
    "Cell",
    "Spread",
    "cells_of",
    "index_of",
    "seed_of",
    "words_of",
]
