"""Where somebody stood before a detour: the filter of a sheet, or the bloc's table at one look.

It travels in the addresses (``?buoc=…&loc=…``), so it works without JavaScript, in two windows at
once, and every page of a line leads back to the same row under the same filter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

LOOK, FILTER, ROW = "buoc", "loc", "dong"
LONGEST = 40  # letters of a name in an address; longer ones are nobody's


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """`look` is that of the bloc's table, empty on a unit's sheet; `only` the filter, if any."""

    look: str = ""
    only: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> Origin:
        """The place an address names."""
        return cls(look=sent.get(LOOK, "")[:LONGEST], only=sent.get(FILTER, "")[:LONGEST])

    @property
    def in_table(self) -> bool:
        """Whether the person came from the bloc's table."""
        return bool(self.look)

    @property
    def query(self) -> str:
        """What addresses of a detour carry: "?buoc=tu-cham&loc=lech", or nothing."""
        kept = {LOOK: self.look, FILTER: self.only}
        found = urlencode({name: value for name, value in kept.items() if value})
        return f"?{found}" if found else ""

    def row(self, address: str, key: str) -> str:
        """The row of a line on the page at `address`; shown there even if the filter drops it now.
        Without a key the page itself."""
        if not key:
            return f"{address}{self.query}"
        asked = f"{self.query}&{urlencode({ROW: key})}" if self.only else self.query
        return f"{address}{asked}#d-{quote(key)}"
