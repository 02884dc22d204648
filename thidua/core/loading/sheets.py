"""The sheets of a bloc from plain values."""

from __future__ import annotations

from thidua.core.loading.plain import Plain, mapping, sequence, text_or_none
from thidua.core.loading.scale import period_from_plain
from thidua.core.sheet import Sheet, SheetSet


def sheets_from_plain(plain: Plain) -> SheetSet:
    """Build the sheets of a file (appendix shape): `unit` is stated, all else optional."""
    sheets = tuple(sheet_from_plain(mapping(one)) for one in sequence(plain["sheets"]))
    return SheetSet(sheets=sheets, period=period_from_plain(plain.get("period")))


def sheet_from_plain(plain: Plain) -> Sheet:
    """Build one sheet."""
    inputs = {code: mapping(found) for code, found in mapping(plain.get("inputs")).items()}
    return Sheet(
        unit=str(plain["unit"]),
        type=text_or_none(plain, "type"),
        period=period_from_plain(plain.get("period")),
        fields=dict(mapping(plain.get("fields"))),
        inputs=inputs,
    )
