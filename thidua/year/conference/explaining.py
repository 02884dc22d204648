"""Whether units may still explain what the verification changed; the adoption waits for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from thidua.platform import clock
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.scoring.board import BY_HAND, View, view_of
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.models import Stage

RUNS = ((Stage.SELF, BY_HAND), (Stage.VERIFIED, BY_HAND))


@dataclass(frozen=True, slots=True, kw_only=True)
class StillExplaining:
    """The time for explanations is not over, and these units have lines to explain."""

    opens: datetime
    closes: datetime
    units: tuple[str, ...]

    @property
    def words(self) -> str:
        """Until when, for whom, and what the head can do (ADOPT-6)."""
        until = f"{self.closes.astimezone(clock.LOCAL):%H:%M ngày %d/%m/%Y}"
        when = f"Thời gian giải trình còn mở tới {until}"
        if clock.now() < self.opens:
            day = self.opens.astimezone(clock.LOCAL)
            when = f"Thời gian giải trình chưa mở, mở từ {day:%d/%m/%Y} tới {until}"
        return (
            f"{when}, mà thẩm định đã đổi điểm tự chấm của {', '.join(self.units)}. "
            "Chờ hết hạn rồi thông qua, hoặc Trưởng khối đổi mốc Giải trình, ghi lý do."
        )


def still_explaining(
    bloc_year: BlocYear, *, names: dict[int, str], aside: Collection[int]
) -> StillExplaining | None:
    """None when no window is set, when it is over, or when no ranked unit has a changed line."""
    window = Window.objects.filter(bloc_year=bloc_year, deed=Window.Deed.EXPLAIN).first()
    if window is None or clock.now() > window.closes:
        return None
    view = view_of(bloc_year.pk, *RUNS)
    units = tuple(
        names.get(sheet.unit_id, sheet.unit)
        for sheet in view.facts.sheets.values()
        if sheet.unit_id not in aside and _is_changed(view, sheet)
    )
    if not units:
        return None
    return StillExplaining(opens=window.opens, closes=window.closes, units=units)


def _is_changed(view: View, sheet: SheetFacts) -> bool:
    """Whether the verification gave another figure on any line than the unit itself."""
    return any(
        view.points(sheet, line, Stage.SELF) != view.points(sheet, line, Stage.VERIFIED)
        for line in view.facts.scale_of(sheet).lines
        if (line.key, Stage.VERIFIED) in view.facts.entries_of(sheet.pk)
    )
