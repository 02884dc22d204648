"""A bloc whose sheets are verified: rows as the services would leave them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.build import World
from tests.year.scoring.build import opened
from tests.year.scoring.scales import judged_lines
from thidua.platform import clock
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Entry, Sheet, Stage


def entry(sheet: Sheet, code: str, stage: Stage, value: str) -> Entry:
    """What a stage says of a line."""
    return Entry.objects.create(
        jurisdiction=sheet.jurisdiction,
        sheet=sheet,
        code=code,
        stage=stage,
        inputs={"value": value},
        reason="Theo báo cáo năm",
        author="Cán bộ",
        at=clock.now(),
    )


def verified(
    world: World, *values: Sequence[tuple[str, str]], state: Sheet.State = Sheet.State.VERIFIED
) -> dict[int, Sheet]:
    """Every unit's sheet of judged lines, (self, verified) each."""
    sheets = opened(world, judged_lines(max(len(one) for one in values)))
    for number, lines in enumerate(values, 1):
        sheet = sheets[number]
        for line, (own, seen) in enumerate(lines, 1):
            entry(sheet, f"L.{line}", Stage.SELF, own)
            if seen != own:
                entry(sheet, f"L.{line}", Stage.VERIFIED, seen)
        Sheet.objects.filter(pk=sheet.pk).update(state=state, submitted_at=clock.now())
    forget()
    return sheets
