"""Tệp bốc thăm (draw/1): what a draw followed from, so that anybody can repeat it.

JSON with ``root`` and ``digits`` (together the seed), the units in their order, how many check
each, the pairs that may not come up, and the pairs that were drawn. Other keys are for readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from thidua.core.drawing import Conditions, Pair, seed_of
from thidua.scalefile.problem import Report, Words
from thidua.scalefile.reader import read_tree
from thidua.scalefile.shape import Choice, Items, Text, Whole
from thidua.scalefile.shape_keys import Keys
from thidua.scalefile.tree import Listing, Table, Tree, Value, plain_of

FORMAT = "draw/1"
MOST_UNITS = 100
_ROOT = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DIGITS = re.compile(r"[0-9]{6,}", re.ASCII)
_NAME = Text(empty=False)
_PAIR = Keys(
    {"unit": _NAME, "checker": _NAME},
    ("unit", "checker"),
    Words("Một lượt thẩm định", "A pair"),
    '{"unit": "1. Sở Y tế", "checker": "2. Sở Tài chính"}',
)
_HEX = Words(
    "Dấu là 64 chữ số và chữ cái từ a đến f. Chép lại nguyên văn.",
    "A root or seed is 64 hexadecimal digits. Copy it as it is.",
)
_DRAW = Keys(
    {
        "format": Choice((FORMAT,)),
        "root": Text(pattern=_ROOT, why=_HEX),
        "digits": Text(
            pattern=_DIGITS,
            why=Words(
                "Ghi ít nhất 6 chữ số, để trong ngoặc kép, không dấu cách.",
                "Write at least 6 digits in quotes, without spaces.",
            ),
        ),
        "seed": Text(pattern=_ROOT, why=_HEX),
        "units": Items(_NAME, least=1),
        "each": Whole(1, MOST_UNITS),
        "last_year": Items(_PAIR),
        "conflicts": Items(_PAIR),
        "pairs": Items(_PAIR),
    },
    ("format", "root", "digits", "units", "each", "last_year", "conflicts"),
    Words("Tệp bốc thăm", "The draw file"),
    '{"format": "draw/1"}',
    is_open=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawFile:
    """One draw: what it followed from and, when the file says it, what came of it.

    ``seed`` and ``pairs`` are what the file claims ("" and () when it says nothing).
    """

    root: str
    digits: str
    conditions: Conditions
    seed: str = ""
    pairs: tuple[Pair, ...] = ()

    @property
    def own_seed(self) -> str:
        """The seed that follows from root and digits."""
        return seed_of(self.root, self.digits)


def draw_plain(file: DrawFile) -> dict[str, object]:
    """The file as plain values, in the order in which a reader wants them."""
    return {
        "format": FORMAT,
        "root": file.root,
        "digits": file.digits,
        "seed": file.seed or file.own_seed,
        "units": list(file.conditions.units),
        "each": file.conditions.each,
        "last_year": _pairs_plain(sorted(file.conditions.last_year)),
        "conflicts": _pairs_plain(sorted(file.conditions.conflicts)),
        "pairs": _pairs_plain(file.pairs),
    }


def load_draw(content: bytes | str, *, name: str) -> DrawFile:
    """Read a draw file; `name` is the file name that messages show. Raises `FileError`."""
    tree = read_tree(content, name=name)
    report = Report()
    _DRAW.check(tree, "", report)
    report.stop_if_any(name)
    _check_names(tree, report)
    report.stop_if_any(name)
    return draw_from_plain(cast("dict[str, Any]", plain_of(tree)))


def draw_from_plain(plain: dict[str, Any]) -> DrawFile:
    """The draw that plain values describe; they are taken to be right."""
    units = tuple(plain["units"])
    return DrawFile(
        root=plain["root"],
        digits=plain["digits"],
        seed=plain.get("seed", ""),
        conditions=Conditions(
            units=units,
            checkers=units,
            each=int(Fraction(plain["each"])),
            last_year=frozenset(_pairs(plain["last_year"])),
            conflicts=frozenset(_pairs(plain["conflicts"])),
        ),
        pairs=_pairs(plain.get("pairs", [])),
    )


def _pairs(plain: list[dict[str, str]]) -> tuple[Pair, ...]:
    return tuple((one["unit"], one["checker"]) for one in plain)


def _pairs_plain(pairs: Iterable[Pair]) -> list[dict[str, str]]:
    return [{"unit": unit, "checker": checker} for unit, checker in pairs]


def _check_names(tree: Tree, report: Report) -> None:
    """Every unit once, pairs of units of the list only, and enough units to check one."""
    if not isinstance(tree, Table):
        return
    units = _values(tree.get("units"))
    known = {unit.text for unit in units}
    for number, unit in enumerate(units):
        if unit.text in {one.text for one in units[:number]}:
            words = Words(
                f'Đơn vị "{unit.text}" có hai lần. Bỏ một lần.',
                f'The unit "{unit.text}" stands twice. Remove one.',
            )
            report.add(unit.mark, "units", "duplicate_unit", words)
    for key in ("last_year", "conflicts", "pairs"):
        for name in _named(tree.get(key)):
            if name.text not in known:
                words = Words(
                    f'Không có đơn vị "{name.text}" trong danh sách units. Sửa tên cho khớp.',
                    f'There is no unit "{name.text}" among the units. Correct the name.',
                )
                report.add(name.mark, key, "unknown_unit", words)
    each = tree.get("each")
    if isinstance(each, Value) and int(Fraction(str(each.value))) > len(units):
        words = Words(
            f"Chỉ có {len(units)} đơn vị nên mỗi bảng không thể có nhiều đơn vị thẩm định hơn.",
            f"With {len(units)} units a sheet cannot have more checkers.",
        )
        report.add(each.mark, "each", "too_many", words)


def _values(tree: Tree | None) -> list[Value]:
    items = tree.items if isinstance(tree, Listing) else ()
    return [item for item in items if isinstance(item, Value)]


def _named(tree: Tree | None) -> list[Value]:
    """Every unit or checker named in a list of pairs."""
    items = tree.items if isinstance(tree, Listing) else ()
    tables = [item for item in items if isinstance(item, Table)]
    return [one.tree for item in tables for one in item.entries if isinstance(one.tree, Value)]
