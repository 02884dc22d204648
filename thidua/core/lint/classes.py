"""unreachable_class, class_needs_bonus, class_gap: mức xếp loại không ai đạt hoặc bị bỏ trống."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thidua.core.lint.interval import holes, interval_of
from thidua.core.lint.item import Item, Path, Words
from thidua.core.lint.reach import Limit, highest_percent, highest_total
from thidua.core.points import result_text, show_figure
from thidua.core.rounding import round_to
from thidua.core.scale import ClassDef, Classification, Scale


def class_thresholds(scale: Scale) -> Iterator[Item]:
    """Thresholds above the highest total, or above what can be had without bonus points."""
    if scale.classification is None:
        return
    with_bonus = _highest(scale, scale.classification, with_bonus=True)
    without = _highest(scale, scale.classification, with_bonus=False)
    for number, one in enumerate(scale.classification.classes):
        path: Path = ("classification", "classes", number)
        if with_bonus is not None and not _reaches(one, with_bonus):
            yield _unreachable(one, path, with_bonus)
        elif without is not None and not _reaches(one, without):
            yield _needs_bonus(one, path, without)


def class_gap(scale: Scale) -> Iterator[Item]:
    """Totals between two classes that belong to none; floors and conditions are left aside."""
    if scale.classification is None:
        return
    step = Fraction(1, 10 ** _decimals(scale, scale.classification))
    known = (interval_of(one.bounds, step=step) for one in scale.classification.classes)
    found = holes([interval for interval in known if interval is not None], step=step)
    if not found:
        return
    vi = "; ".join(hole.shown("vi") for hole in found)
    en = "; ".join(hole.shown("en") for hole in found)
    yield Item(
        level="warning",
        lint="class_gap",
        code="classification",
        path=("classification", "classes"),
        words=Words(f"Không mức xếp loại nào nhận tổng điểm {vi}.", f"No class takes {en}."),
        advice=Words(
            "Nối mốc của các mức liền nhau, ví dụ chỉ ghi mốc dưới (ge) cho từng mức.",
            "Make neighbouring classes meet, for example by stating only the lower limit (ge).",
        ),
    )


def _highest(scale: Scale, classification: Classification, *, with_bonus: bool) -> Limit:
    if classification.key == "percent":
        figure = highest_percent(scale, with_bonus=with_bonus)
    else:
        figure = highest_total(scale, with_bonus=with_bonus)
    if figure is None:
        return None
    decimals = _decimals(scale, classification)
    return round_to(figure, decimals=decimals, rounding=scale.header.rounding)


def _decimals(scale: Scale, classification: Classification) -> int:
    header = scale.header
    return header.percent_decimals if classification.key == "percent" else header.decimals


def _reaches(one: ClassDef, highest: Fraction) -> bool:
    enough = one.bounds.ge is None or highest >= one.bounds.ge
    return enough and (one.bounds.gt is None or highest > one.bounds.gt)


def _threshold(one: ClassDef) -> Fraction:
    return max(limit for limit in (one.bounds.ge, one.bounds.gt) if limit is not None)


def _unreachable(one: ClassDef, path: Path, highest: Fraction) -> Item:
    limit = _threshold(one)
    return Item(
        level="error",
        lint="unreachable_class",
        code=one.code,
        path=path,
        words=Words(
            f'Mức "{one.label}" cần {show_figure(limit)}, nhưng cao nhất chỉ có thể đạt '
            f"{show_figure(highest)}.",
            f'The class "{one.label}" needs {result_text(limit)}, but at most '
            f"{result_text(highest)} can be reached.",
        ),
        advice=Words(
            "Hạ mốc của mức này, hoặc nâng điểm tối đa hay mức trần điểm thưởng.",
            "Lower the threshold, or raise a maximum or the bonus cap.",
        ),
    )


def _needs_bonus(one: ClassDef, path: Path, without: Fraction) -> Item:
    limit = _threshold(one)
    return Item(
        level="notice",
        lint="class_needs_bonus",
        code=one.code,
        path=path,
        words=Words(
            f'Mức "{one.label}" cần {show_figure(limit)}, không có điểm thưởng chỉ đạt được '
            f"{show_figure(without)}.",
            f'The class "{one.label}" needs {result_text(limit)}; without bonus points only '
            f"{result_text(without)} can be reached.",
        ),
        advice=Words(
            "Giữ nguyên nếu khối muốn như vậy; nếu không, hạ mốc của mức này.",
            "Leave it if that is intended; otherwise lower the threshold.",
        ),
    )
