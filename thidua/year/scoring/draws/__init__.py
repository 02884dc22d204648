"""Phép thử thứ hạng: thousands of draws of a ranking at once, in exact whole numbers.

NumPy stands here and nowhere else. Points are whole multiples of 1/denominator, in int64 where they
fit and in whole numbers of any size where they do not; nothing is ever a float. What moves and how
is defined in `thidua.core.firmness`; a property test holds every draw against the engine.
"""

from thidua.year.scoring.draws.draw import DRAWS, DRAWS_BY_ENGINE, Table, draw_table
from thidua.year.scoring.draws.tally import Tally

__all__ = ["DRAWS", "DRAWS_BY_ENGINE", "Table", "Tally", "draw_table"]
