"""How points are given: one sentence per rule kind, as a bảng điểm says it (FORMAT section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import singledispatch

from thidua.core.kinds.steps import bounds_in_words
from thidua.core.maximum import copy_maximum
from thidua.core.node import (
    UNDECIDED,
    Count,
    Else,
    Flag,
    Imported,
    Judged,
    Leader,
    Ledger,
    Linear,
    Node,
    Pick,
    RankTable,
    Steps,
    Sum,
    Switch,
    X,
)
from thidua.core.number import ZERO
from thidua.core.points import show, show_figure
from thidua.year.rulebook.words.condition import Names, condition_words, day_words

NOT_SAID = "thang điểm chưa quy định, người chấm quyết định"
PLACES = ("nhất", "nhì", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


@singledispatch
def rule_words(node: Node, names: Names) -> str:
    """The sentence that says how the line is scored; the modifiers say the rest."""
    raise TypeError(f"no sentence for kind {node.kind} ({names.line(node.code)})")


@rule_words.register
def _(node: Sum, _names: Names) -> str:
    return _sentence("Cộng điểm các dòng bên dưới", *_limits(node.cap, node.floor))


@rule_words.register
def _(node: Ledger, _names: Names) -> str:
    added = _up_to("cộng điểm ở các dòng thưởng bên dưới", "cộng tối đa", node.bonus_cap)
    taken = _up_to("trừ điểm ở các dòng vi phạm bên dưới", "trừ tối đa", node.deduct_cap)
    return _sentence(
        f"Lấy {show(node.start)} điểm làm chuẩn, {added}, {taken}", *_limits(node.cap, node.floor)
    )


@rule_words.register
def _(node: Pick, _names: Names) -> str:
    said = {
        "max": "Chấm từng phương án bên dưới và lấy điểm của phương án cao nhất.",
        "first": "Xét lần lượt các phương án bên dưới, phương án đầu tiên phù hợp được tính điểm.",
        "chosen": "Chọn một phương án bên dưới, chỉ phương án đó được tính điểm.",
    }
    return said[node.mode]


@rule_words.register
def _(node: Switch, names: Names) -> str:
    cases = [
        f"{bounds_in_words(case.bounds)} thì chấm theo {names.line(case.item.code)}"
        for case in node.cases
    ]
    return _sentence(
        f"Tùy {x_words(node.x, node, names)}: {cases[0]}", *cases[1:], _other(node.otherwise)
    )


@rule_words.register
def _(node: Count, names: Names) -> str:
    limit = "không giới hạn số điểm" if node.cap is None else f"tối đa {show(node.cap)} điểm"
    if node.each < 0:
        limit = "không giới hạn" if node.cap is None else f"tối đa {show(node.cap)} điểm"
        return f"Mỗi {_one(node, names)} bị trừ {show(-node.each)} điểm, trừ {limit}."
    return f"Mỗi {_one(node, names)} được {show(node.each)} điểm, {limit}."


@rule_words.register
def _(node: Flag, names: Names) -> str:
    miss = "không bị trừ" if node.hit < 0 and node.miss == 0 else _gives(node.miss)
    if node.condition is not None:
        case = f"Khi {condition_words(node.condition, names)}"
        return f"{case} thì {_gives(node.hit)}; còn lại {miss}."
    return f"Có thì {_gives(node.hit)}; không có thì {miss}."


@rule_words.register
def _(node: Steps, names: Names) -> str:
    bands = [f"{bounds_in_words(band.bounds)} {_gives(band.points)}" for band in node.bands]
    whole = ("chỉ nhận số nguyên",) if node.whole else ()
    return _sentence(
        f"Theo {x_words(node.x, node, names)}: {bands[0]}",
        *bands[1:],
        _other(node.otherwise),
        *whole,
    )


@rule_words.register
def _(node: Linear, names: Names) -> str:
    step = f"cứ {'đủ ' if node.whole else ''}{_measured(node.per, node)}"
    verb = "được" if node.each >= 0 else "bị trừ"
    rate = f"{show(abs(node.each))} điểm"
    x = x_words(node.x, node, names)
    if node.origin == 0 and node.at == 0:
        said = [f"Theo {x}: {step} {verb} {rate}"]
    else:
        more = "được thêm" if node.each >= 0 else "bị trừ"
        less = "bớt" if node.each >= 0 else "được thêm"
        start = f"Theo {x}: ở mức {_measured(node.origin, node)} {_gives(node.at)}"
        said = [start, f"{step} cao hơn {more} {rate}", f"thấp hơn thì {less} theo cùng tỷ lệ"]
    if node.whole:
        said.append("phần lẻ không tính")
    return _sentence(*said, *_limits(node.cap, node.floor))


@rule_words.register
def _(node: Leader, _names: Names) -> str:
    maximum = copy_maximum(node)
    return _sentence(
        f"Đạt đúng chỉ tiêu được {show(maximum * node.at_target)} điểm",
        "chưa đạt thì tính theo tỷ lệ đạt",
        f"vượt chỉ tiêu được thêm theo mức vượt, đơn vị vượt cao nhất được tối đa "
        f"{show(maximum)} điểm",
    )


@rule_words.register
def _(node: RankTable, _names: Names) -> str:
    first = "cao nhất" if node.order == "desc" else "thấp nhất"
    places = [
        f"{_place(number)} {show(points)} điểm" for number, points in enumerate(node.table, 1)
    ]
    ties = (
        "bằng nhau thì cùng thứ hạng và cùng điểm"
        if node.ties == "shared"
        else "bằng nhau thì lấy trung bình điểm của các thứ hạng đó"
    )
    return _sentence(
        f"Xếp các đơn vị theo số liệu, {first} đứng đầu: {places[0]}",
        *places[1:],
        f"các thứ hạng sau {amount(node.otherwise)} điểm",
        ties,
    )


@rule_words.register
def _(node: Judged, _names: Names) -> str:
    return f"Người chấm cho điểm {_range(node.minimum, node.stated_max)}."


@rule_words.register
def _(node: Imported, _names: Names) -> str:
    return f"Lấy điểm do cơ quan khác chấm {_range(node.minimum, node.stated_max)}, ghi rõ nguồn."


def amount(points: Fraction) -> str:
    """Points in a sentence; plain 0, since "0,0" reads like a measured figure."""
    return "0" if points == ZERO else show(points)


def x_words(x: X, node: Node, names: Names) -> str:
    """What the figure of a line is called: a value, a share of the target, days late, a field."""
    match x.kind:
        case "value":
            return f"số liệu ({node.unit})" if node.unit else "số liệu"
        case "percent":
            return "tỷ lệ phần trăm đạt chỉ tiêu"
        case "days_late":
            due = f" so với hạn {day_words(node.due)}" if node.due else " so với hạn"
            return f"số ngày chậm{due}"
        case "field":
            return f"“{names.field(x.field)}”"


def _one(node: Count, names: Names) -> str:
    if node.x.kind == "days_late":
        return f"ngày chậm{f' so với hạn {day_words(node.due)}' if node.due else ''}"
    if node.x.kind == "field":
        return f"đơn vị đếm của “{names.field(node.x.field)}”"
    return node.unit or "trường hợp"


def _measured(figure: Fraction, node: Linear) -> str:
    shown = show_figure(figure)
    if node.x.kind == "percent":
        return f"{shown}%"
    if node.x.kind == "days_late":
        return f"{shown} ngày"
    if node.x.kind == "value" and node.unit:
        return f"{shown}%" if node.unit == "%" else f"{shown} {node.unit}"
    return shown


def _gives(points: Fraction) -> str:
    return f"bị trừ {show(-points)} điểm" if points < 0 else f"được {amount(points)} điểm"


def _other(otherwise: Else) -> str:
    if otherwise == UNDECIDED:
        return f"ngoài các mức đó {NOT_SAID}"
    return f"ngoài các mức đó {_gives(Fraction(otherwise))}"


def _place(number: int) -> str:
    return f"thứ {PLACES[number - 1]}" if number <= len(PLACES) else f"thứ {number}"


def _range(minimum: Fraction | None, maximum: Fraction | None) -> str:
    if minimum is not None and maximum is not None:
        return f"từ {amount(minimum)} đến {amount(maximum)}"
    if maximum is not None:
        return f"không quá {amount(maximum)}"
    return "không giới hạn" if minimum is None else f"từ {amount(minimum)} trở lên"


def _up_to(words: str, limit: str, cap: Fraction | None) -> str:
    return words if cap is None else f"{words} ({limit} {show(cap)})"


def _limits(cap: Fraction | None, floor: Fraction | None) -> Iterable[str]:
    if cap is not None:
        yield f"tối đa {amount(cap)} điểm"
    if floor is not None:
        yield f"không thấp hơn {amount(floor)} điểm"


def _sentence(*parts: str) -> str:
    return "; ".join(parts) + "."
