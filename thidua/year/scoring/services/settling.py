"""Chốt số liệu lúc gửi: what the sheet took from registration and progress becomes its own.

Until a unit sends, targets and the newest results flow into its sheet. From the moment it sends, a
result recorded later or a target assigned anew must not change a number that people are verifying.
"""

from __future__ import annotations

from collections.abc import Mapping

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.models import Entry, Stage

FIGURES = ("target", "result", "value", "unit")


def settle(act: Act, desk: Desk) -> None:
    """Write the figures that stood on the sheet into its entries; typed figures stay."""
    sheet = desk.sheet
    entries = {row.code: row for row in Entry.objects.filter(sheet=sheet, stage=Stage.SELF)}
    for code, base in desk.facts.base.get(sheet.pk, {}).items():
        figures = {name: base[name] for name in FIGURES if name in base}
        if figures:
            _settle_line(act, desk, code, figures, entries.get(code))


def _settle_line(
    act: Act, desk: Desk, code: str, figures: Mapping[str, object], entry: Entry | None
) -> None:
    if entry is not None:
        settled = {**figures, **entry.inputs}
        if settled != entry.inputs:
            act.change(entry, inputs=settled, version=entry.version + 1)
        return
    act.create(
        Entry(
            jurisdiction_id=desk.sheet.jurisdiction_id,
            sheet=desk.sheet,
            code=code,
            stage=Stage.SELF,
            kind=Entry.Kind.INPUT,
            inputs=dict(figures),
            author=desk.actor.label,
            at=clock.now(),
        )
    )
