"""The document on which a change of the registry rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Basis:
    """`number`: số, ký hiệu as written on the document; `day`: its date; `since`: in force from."""

    number: str = ""
    day: date | None = None
    since: date | None = None

    @property
    def words(self) -> str:
        """ "Quyết định số 05/QĐ-UBND ngày 05/01/2018"; a number is never made up."""
        if self.day is None:
            return self.number
        return f"{self.number or 'chưa có số,'} ngày {self.day:%d/%m/%Y}"


NO_DOCUMENT = Basis()
