"""What the unit changed on a line since it was sent back: figures before and after, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thidua.platform.ledger.chain import of_year
from thidua.platform.ledger.models import Event
from thidua.year.scoring.board import View
from thidua.year.scoring.facts import ReturnFacts, SheetFacts
from thidua.year.scoring.layers import EntryFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Stage
from thidua.year.scoring.pages.history import figures_of_image

Image = Mapping[str, Any]
NOTHING = "chưa ghi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The unit's figures as they stood when the line was sent back, and as they stand now."""

    before: str
    after: str

    @property
    def words(self) -> str:
        """As the verifier reads it: "Đơn vị sửa 3,6 điểm thành 4,0 điểm."."""
        if self.before == self.after:
            return f"Đơn vị giữ nguyên {self.after}."
        return f"Đơn vị sửa {self.before} thành {self.after}."


def since_return(view: View, sheet: SheetFacts, line: Line, back: ReturnFacts) -> Since | None:
    """The figures of the unit before and after a return of the line; None where it has none.

    Read back from the ledger: every event since the line was sent back holds what its columns said
    before. One query, and none where the entry was not touched.
    """
    entry = view.facts.entries_of(sheet.pk).get((line.key, Stage.SELF))
    if entry is None:
        return None
    now: dict[str, Any] = {"points": entry.points, "inputs": entry.inputs}
    then = now if entry.version <= back.seen_version else _then(view, entry, back, now)
    return Since(
        before=figures_of_image(then, line) or NOTHING,
        after=figures_of_image(now, line) or NOTHING,
    )


def _then(view: View, entry: EntryFacts, back: ReturnFacts, now: Image) -> Image:
    """The entry as it stood when the line was sent back; an empty image where there was none."""
    then = dict(now)
    events = Event.objects.filter(
        chain=of_year(view.facts.bloc_year_id), verb__startswith="scoring."
    ).order_by("-seq")
    for images in events.values_list("rows", flat=True).iterator():
        for image in reversed(images):
            if image["row"] == "scoring.linereturn" and image["pk"] == back.pk:
                if image["before"] is None:  # the very event that sent the line back
                    return then
            elif image["row"] == "scoring.entry" and image["pk"] == entry.pk:
                then = {**then, **image["before"]} if image["before"] else {}
    return then
