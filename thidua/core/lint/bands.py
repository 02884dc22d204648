"""band_overlap, band_gap: các bậc điểm chồng lên nhau hoặc bỏ trống một khoảng."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.lint.interval import Interval, first_shared, holes, interval_of
from thidua.core.lint.item import Item, Path, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.node import UNDECIDED, Bounds, Else, Steps, Switch, XKind
from thidua.core.number import ONE
from thidua.core.scale import Scale


@dataclass(frozen=True, slots=True)
class Banded:
    """A steps or switch node seen as a list of bands."""

    found: Placed
    path: Path
    bounds: tuple[Bounds, ...]
    step: Fraction | None
    otherwise: Else
    x: XKind

    def numbers(self) -> tuple[list[int], list[Interval]]:
        """The bands that hold numbers: their positions and intervals."""
        known = [(at, interval_of(one, step=self.step)) for at, one in enumerate(self.bounds)]
        kept = [(at, interval) for at, interval in known if interval is not None]
        return [at for at, _ in kept], [interval for _, interval in kept]


def band_overlap(scale: Scale) -> Iterator[Item]:
    """Two bands that share a value: which of them counts would depend on their order."""
    for one in banded(scale):
        positions, intervals = one.numbers()
        pair = first_shared(intervals)
        if pair is not None:
            first, second = pair
            yield _overlap(one, positions[second], intervals[first], intervals[second])
        elif (text := _repeated_text(one.bounds)) is not None:
            yield _repeated(one, *text)


def band_gap(scale: Scale) -> Iterator[Item]:
    """A hole between bands whose `else` leaves the points undecided."""
    for one in banded(scale):
        found = holes(one.numbers()[1], step=one.step) if one.otherwise == UNDECIDED else []
        if found:
            yield _gap(one, found)


def banded(scale: Scale) -> Iterator[Banded]:
    """Every steps and switch node of a scale."""
    for found in placed_nodes(scale):
        node = found.node
        if isinstance(node, Steps):
            bounds = tuple(band.bounds for band in node.bands)
            whole, path = node.whole, (*found.path, "bands")
        elif isinstance(node, Switch):
            bounds = tuple(case.bounds for case in node.cases)
            whole, path = False, (*found.path, "cases")
        else:
            continue
        step = ONE if whole or node.x.kind == "days_late" else None
        yield Banded(found, path, bounds, step, node.otherwise, node.x.kind)


def _repeated_text(bounds: Sequence[Bounds]) -> tuple[int, str] | None:
    seen: set[str] = set()
    for number, one in enumerate(bounds):
        if isinstance(one.eq, str):
            if one.eq in seen:
                return number, one.eq
            seen.add(one.eq)
    return None


def _overlap(one: Banded, position: int, first: Interval, second: Interval) -> Item:
    return Item(
        level="error",
        lint="band_overlap",
        code=one.found.node.code,
        path=(*one.path, position),
        words=Words(
            f"{one.found.title} có hai bậc chồng lên nhau: {first.shown('vi')}; "
            f"{second.shown('vi')}.",
            f"{one.found.title} has two bands that overlap: {first.shown('en')}; "
            f"{second.shown('en')}.",
        ),
        advice=Words(
            "Sửa mốc để mỗi giá trị chỉ thuộc một bậc, ví dụ một bên dùng ge, bên kia dùng lt.",
            "Change a limit so that each value lies in one band, such as ge on one side and lt on "
            "the other.",
        ),
    )


def _repeated(one: Banded, position: int, text: str) -> Item:
    return Item(
        level="error",
        lint="band_overlap",
        code=one.found.node.code,
        path=(*one.path, position),
        words=Words(
            f'{one.found.title} có hai bậc cho cùng giá trị "{text}".',
            f'{one.found.title} has two bands for the value "{text}".',
        ),
        advice=Words("Xóa một bậc hoặc sửa giá trị.", "Delete one band or change its value."),
    )


def _gap(one: Banded, found: Sequence[Interval]) -> Item:
    vi = "; ".join(hole.shown("vi") for hole in found)
    en = "; ".join(hole.shown("en") for hole in found)
    return Item(
        level="warning",
        lint="band_gap",
        code=one.found.node.code,
        path=one.path,
        words=Words(
            f"{one.found.title} không có bậc nào cho giá trị: {vi}.",
            f"{one.found.title} has no band for: {en}.",
        ),
        advice=Words(
            "Nối các bậc cho kín; nếu chỉ có số nguyên thì thêm whole: true; nếu cố ý để người "
            "chấm quyết định thì giữ nguyên.",
            "Close the hole; if only whole numbers occur add whole: true; leave it if people are "
            "to decide.",
        ),
    )
