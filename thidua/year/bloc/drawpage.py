"""What the page of the draw shows: where it stands, what was drawn, whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from thidua.core.drawing import Conditions
from thidua.core.finding import Finding
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.verify import root_at
from thidua.year.bloc.drawpaper import bare, condition_words, grouped
from thidua.year.bloc.draws import (
    Recheck,
    both_ways,
    closing_of,
    conditions_of,
    conflicts_of,
    cycles,
    drawn_ids,
    draws_of,
    file_of,
    keys_of,
    pairs_now,
    recheck,
)
from thidua.year.bloc.feasible import foreseen, may_repeat_last_year
from thidua.year.bloc.models import BlocYear, CheckDraw, Window
from thidua.year.bloc.queries import Member, members


@dataclass(frozen=True)
class Shown:
    """One draw as the page shows it."""

    row: CheckDraw
    rows: list[tuple[str, str]]
    rings: list[list[str]]
    conditions: list[str]
    facts: list[tuple[str, str]]
    witnesses: str
    check: Recheck | None


@dataclass(frozen=True)
class DrawPage:
    """Everything on the page; ``root`` is given once self-scores are closed and nothing drawn."""

    members: list[Member]
    closes: datetime | None
    is_closed: bool
    draws: list[CheckDraw]
    shown: Shown | None
    root: str
    trouble: Finding | None
    may_repeat: bool
    overtaken: datetime | None = None  # verification opens then, before self-scoring closes
    changed: list[str] = field(default_factory=list)
    strained: list[str] = field(default_factory=list)

    @property
    def newest(self) -> bool:
        """Whether the draw on the page is the last one."""
        return self.shown is not None and self.shown.row == self.draws[0]


def draw_page(bloc_year: BlocYear, *, number: int | None, check: bool) -> DrawPage:
    """Read the page: the draw of that number, or the newest (eleven queries, more to check)."""
    found, draws = members(bloc_year), draws_of(bloc_year)
    closes = closing_of(bloc_year)
    is_closed = closes is not None and clock.now() > closes
    keys = keys_of(found)
    conditions = conditions_of(bloc_year, keys)
    trouble = foreseen(conditions)
    wanted = [one for one in draws if number is None or one.number == number]
    shown = _shown(wanted[0], check=check) if wanted else None
    waiting = is_closed and not draws and closes is not None
    return DrawPage(
        members=found,
        closes=closes,
        is_closed=is_closed,
        draws=draws,
        shown=shown,
        root=grouped(root_at(chain.of_year(bloc_year.pk), closes)) if waiting and closes else "",
        trouble=trouble,
        may_repeat=_may_repeat(conditions, trouble),
        overtaken=_overtaken(bloc_year, closes),
        changed=_changed(bloc_year, draws, found),
        strained=_strained(bloc_year, found),
    )


def _overtaken(bloc_year: BlocYear, closes: datetime | None) -> datetime | None:
    """When verification opens, where that is before a draw can be made (one query)."""
    rows = Window.objects.filter(bloc_year=bloc_year, deed=Window.Deed.VERIFY)
    opens = rows.values_list("opens", flat=True).first()
    return opens if opens is not None and closes is not None and opens < closes else None


def _may_repeat(conditions: Conditions, trouble: Finding | None) -> bool:
    return trouble is not None and may_repeat_last_year(conditions)


def _shown(row: CheckDraw, *, check: bool) -> Shown:
    file = file_of(row)
    rows = [
        (bare(unit), "; ".join(bare(two) for one, two in file.pairs if one == unit))
        for unit in file.conditions.units
    ]
    facts = [
        ("Dấu gốc của sổ cái", grouped(row.root)),
        ("Các chữ số bốc được", row.digits),
        ("Hạt giống", grouped(row.seed)),
        ("Lần xếp", str(row.attempt) if row.attempt else "tìm lần lượt mọi cách"),
        ("Dấu của nội dung", grouped(row.fingerprint)),
    ]
    witnesses = " và ".join(f"đại diện {bare(one)}" for one in row.plain["witnesses"])
    return Shown(
        row=row,
        rows=rows,
        rings=[[bare(one) for one in ring] for ring in cycles(file.pairs)],
        conditions=condition_words(row, file),
        facts=facts,
        witnesses=witnesses,
        check=recheck(row) if check else None,
    )


def _changed(bloc_year: BlocYear, draws: list[CheckDraw], found: list[Member]) -> list[str]:
    """How the assignment in force differs from the last draw, one sentence for each unit."""
    if not draws:
        return []
    drawn, now = drawn_ids(draws[0]), pairs_now(bloc_year)
    names = {one.unit_id: one.name for one in found}
    said = []
    for unit_id, name in names.items():
        before = {two for one, two in drawn if one == unit_id}
        after = {two for one, two in now if one == unit_id}
        if before != after:
            checkers = ", ".join(names[one] for one in names if one in after)
            said.append(f"Bảng của {name} nay do {checkers or 'chưa đơn vị nào'} thẩm định.")
    return said


def _strained(bloc_year: BlocYear, found: list[Member]) -> list[str]:
    """Pairs of the assignment in force that stand against a conflict declared since."""
    names = {one.unit_id: one.name for one in found}
    barred = both_ways(conflicts_of(bloc_year)) & pairs_now(bloc_year)
    return [
        f"{names[two]} thẩm định bảng của {names[one]}, hai đơn vị đã khai quan hệ cần tránh."
        for one, two in sorted(barred)
        if one in names and two in names
    ]
