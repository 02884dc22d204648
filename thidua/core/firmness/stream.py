"""Số ngẫu nhiên lặp lại được: the draws of a line from a seed that anybody can repeat.

Draw number n of a line (from 0) is the n-th word of 32 bits, least byte first, of
SHAKE-128 (FIPS 202) of the text "seed, line feed, unit, line feed, line" in UTF-8, NFC. A word w
gives one of k equally likely places as floor(w × k / 2^32); no place is favoured by more than
k / 2^32. Nothing depends on the order of units or lines, on a machine or on a library's version.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping

from thidua.core.fingerprint import fingerprint
from thidua.core.firmness.spread import Spread
from thidua.core.result import Result

WORD_BYTES = 4
WORD_BITS = 8 * WORD_BYTES
SEED_DIGITS = 16


def words_of(seed: str, *, unit: str, key: str, draws: int) -> bytes:
    """The words of a line, one per draw, one after another."""
    text = unicodedata.normalize("NFC", f"{seed}\n{unit}\n{key}")
    return hashlib.shake_128(text.encode("utf-8")).digest(draws * WORD_BYTES)


def index_of(words: bytes, draw: int, *, places: int) -> int:
    """Which of the places a draw takes, from 0."""
    start = draw * WORD_BYTES
    return int.from_bytes(words[start : start + WORD_BYTES], "little") * places >> WORD_BITS


def seed_of(result: Result, spreads: Mapping[str, Spread]) -> str:
    """The seed of a table: the first 16 digits of the fingerprint of its figures and spreads.

    The same table gives the same seed in whatever order its units stand; another figure gives
    another seed.
    """
    units = {
        unit.unit: {key: node.points for key, node in unit.nodes.items()} for unit in result.units
    }
    content = {
        "scale": result.scale,
        "version": result.version,
        "units": units,
        "spreads": {key: spread.width for key, spread in spreads.items()},
    }
    return fingerprint(content)[:SEED_DIGITS]
