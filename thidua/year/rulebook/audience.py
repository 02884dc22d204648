"""Dòng dành cho ai: the kinds and units a line may name, and names that fit nobody of the bloc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from thidua.core.text import fold
from thidua.scalefile.editing.lines import spots
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import members


@dataclass(frozen=True, slots=True)
class Audience:
    """What stands in the bloc: the engine compares exactly these words."""

    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def names(self, key: str) -> tuple[str, ...]:
        """The names that a list of `applies_to` may hold."""
        return self.kinds if key == "types" else self.units


NOBODY = Audience()


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name on a line that fits nobody; `meant` is how the bloc spells it, where it does."""

    key: str  # of the line
    line: str
    name: str
    is_kind: bool
    meant: str

    @property
    def words(self) -> str:
        """What is wrong, in one sentence."""
        what = "loại đơn vị" if self.is_kind else "đơn vị"
        return f"Dòng {self.line} nêu {what} “{self.name}”, Khối không có {what} nào ghi như vậy."

    @property
    def advice(self) -> str:
        """What to do about it."""
        place = "ở phần “Khi nào tính, cho đơn vị nào” của dòng"
        if self.meant:
            return f"Khối ghi là “{self.meant}”. Chọn lại {place}."
        if self.is_kind:
            return f"Bỏ chọn {place}, hoặc ghi loại đơn vị ở trang Khối và đơn vị."
        return f"Bỏ chọn {place}, hoặc thêm đơn vị vào Khối."


def audience_of(bloc_year: BlocYear) -> Audience:
    """The kinds and the units of a bloc-year, in its order (three queries)."""
    found = members(bloc_year)
    kinds = dict.fromkeys(one.kind for one in found if one.kind)
    return Audience(tuple(kinds), tuple(one.name for one in found))


def offered_kinds(bloc_year: BlocYear) -> list[str]:
    """The kinds of unit a scale may be for: those of the bloc, where it has several."""
    kinds = sorted({member.kind for member in members(bloc_year)} - {""})
    return kinds if len(kinds) > 1 else []


def meant_name(name: str, known: Iterable[str]) -> str:
    """How the bloc spells a name; empty where it has none like it."""
    return next((one for one in known if fold(one) == fold(name)), "")


def strangers(plain: Mapping[str, Any], audience: Audience) -> Iterator[Stranger]:
    """Every name of a scale that the engine would never find among the units."""
    for spot in spots(plain):
        limits = spot.node.get("applies_to") or {}
        for key in ("types", "units", "except_units"):
            known = audience.names(key)
            for name in limits.get(key) or ():
                if name not in known:
                    meant = meant_name(str(name), known)
                    yield Stranger(spot.key, spot.name, str(name), key == "types", meant)
