"""Đọc một câu nói cách chấm: the rule a sentence says, or nothing where a part of it is left over.

Pure. A sentence half understood is worse than one that people judge: every word needs its place in
the pattern, and a figure, a sign of per cent or a condition without one refuses the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final

from thidua.core.node import UNDECIDED, Else, Part
from thidua.core.number import ZERO
from thidua.core.text import fold, one_line
from thidua.scalefile.editing.lines import Plain

LONGEST: Final = 800  # letters; more is a page of rules for people to read
_FIGURE = r"[0-9]{1,6}(?:[.,][0-9]{1,6})?(?![0-9]|[.,][0-9])"
_COULD_BE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_POINTS = r"(?:điểm|đ)(?![\w/])"
_SMALL = r"(?:(?:thì|được|tính|chấm|cho|đạt|hưởng|ghi|sẽ|là)\s+)*"
_VERB = r"(?:bị\s+)?(?P<verb>trừ|cộng|thưởng)(?:\s+(?:đi|thêm))?\s*"
_GIVES = (
    r"\s*(?:(?P<is>[:=])|,|\(|→|(?<=\s)[-–—](?=\s))?\s*"
    rf"(?:(?P<none>không\s+{_SMALL}(?:có\s+)?điểm(?![\w/]))"
    rf"|{_SMALL}(?:{_VERB})?(?P<pts>{_FIGURE})"
    rf"(?:\s*{_POINTS}|(?(is)(?=\s*(?:[;,.]|$))|(?!))))\s*\)?"
)


def _sign(name: str) -> str:
    return rf"\s*(?P<{name}>%|phần\s+trăm)?"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _any(words: str) -> re.Pattern[str]:
    return _compiled(rf"\b(?:{words})\b")


_RANGE = (
    rf"(?:(?P<from>từ\s+trên|từ|trên|>=|≥|>)?\s*(?P<low>{_FIGURE}){_sign('low_sign')}"
    r"\s*(?:(?P<to>(?:đến|tới)\s+(?:dưới|hết)|đến|tới|[-–—]\s*dưới|[-–—])"
    rf"\s*(?P<high>{_FIGURE}){_sign('high_sign')}"
    r"|(?P<up>trở\s+lên)|(?P<down>trở\s+xuống))?"
    rf"|(?:từ\s+)?(?P<under>dưới|thấp\s+hơn|nhỏ\s+hơn|<=|≤|<)\s*(?P<top>{_FIGURE})"
    rf"{_sign('top_sign')}"
    rf"(?:\s*(?:đến|tới)\s+(?P<above>trên\s+)?(?P<bottom>{_FIGURE}){_sign('bottom_sign')})?)"
)
_BAND = _compiled(
    rf"(?P<lead>[^0-9%≥≤<>;.]{{0,120}}?){_RANGE}(?P<mid>[^0-9%≥≤<>;.]{{0,80}}?){_GIVES}"
)
_REST = _compiled(r"(?:các\s+)?(?:(?:trường\s+hợp|mức|đơn\s+vị)\s+)?(?:còn\s+lại|khác)" + _GIVES)
_BETWEEN = re.compile(r"[\s;.,•+*–—-]*")
_CHANGES_A_BAND = _any(
    "không|chưa|từ|trên|dưới|đến|tới|trở|hơn|quá|ít|nhiều|tối|trong|ngoài|vượt|tăng|giảm|gấp|"
    "nửa|mỗi|cứ|trừ|cộng|thưởng|điểm|và|hoặc|nhưng|nếu|khi|mà|riêng|chỉ"
)
_SAYS_NOTHING = _compiled(
    r"\b(?:dat|ty le|muc|ket qua|hoan thanh|thuc hien|co|duoc|don vi|ke hoach|chi tieu|thi)\b"
)

_ASIDE = r"(?P<aside>[^0-9%]{0,200}?[:;,.(]\s*)??"
_HEAD = r"(?:(?:(?:cứ|với|cho|có|đối\s+với)\s+)*mỗi\s+|cứ\s+(?:có\s+)?)"
_ONE = r"(?:0?1\s+|một\s+)?"
_UNIT = r"(?P<unit>[^\W0-9_][^,.;:0-9%/()]{0,79}?)"
_MOST = (
    r"(?:[\s,;.(]*(?:(?:nhưng|và|song)\s+)?(?:tổng\s+)?(?:số\s+)?(?:điểm\s+)?(?:được\s+|bị\s+)?"
    r"(?:(?:trừ|cộng|thưởng)\s+)?(?:điểm\s+)?"
    r"(?:(?:tối\s+đa|nhiều\s+nhất|cao\s+nhất)(?:\s+không\s+(?:vượt\s+)?quá)?"
    r"|không\s+(?:vượt\s+|trừ\s+|cộng\s+|thưởng\s+)?quá)\s+(?:là\s+|bằng\s+)?"
    rf"(?P<most>{_FIGURE})\s*{_POINTS})?"
)
_UNTIL = (
    r"(?P<until>[\s,;.(]*(?:trừ\s+)?(?:cho\s+)?(?:đến\s+)?(?:khi\s+)?hết\s+(?:số\s+)?điểm"
    r"(?:\s+(?:của\s+)?(?:mục|tiêu\s+chí|nội\s+dung|phần|chỉ\s+tiêu)(?:\s+này)?)?"
    r"(?:\s+thì\s+thôi)?)?"
)
_COUNTS = tuple(
    _compiled(rf"{_ASIDE}{pattern}{_MOST}{_UNTIL}[\s.;)]*")
    for pattern in (
        rf"{_HEAD}{_ONE}{_UNIT}[,:]?\s+{_SMALL}{_VERB}(?P<each>{_FIGURE})(?:\s*{_POINTS})?",
        rf"{_HEAD}{_ONE}{_UNIT}[,:]?\s+{_SMALL}(?P<each>{_FIGURE})\s*{_POINTS}",
        rf"{_SMALL}(?:{_VERB})?(?P<each>{_FIGURE})\s*(?:điểm|đ)\s*"
        rf"(?:/|(?:cho\s+|với\s+|đối\s+với\s+)?mỗi\s+|cho\s+(?=một)){_ONE}{_UNIT}",
    )
)
_MORE_THAN_ONE = _compiled(r"(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|nửa)\s")
_CHANGES_A_COUNT = _any("mỗi|cứ|trừ|cộng|điểm|tối đa|quá|nếu|chỉ|riêng|ngoài|nửa|rưỡi|thứ|bị")
_FAULT = _any("chậm|muộn|trễ|vi phạm|sai|thiếu|lỗi|không|chưa|kỷ luật|khiếu nại|tố cáo")


def read_rule(text: str, points: Fraction | None, part: Part = "base") -> Plain:
    """How points are given, as far as a sentence says all of it; empty where a person must judge.

    Understood: so much for each, so much off for each, bands of per cent. `points` is the figure
    of the line, `part` says whether it stands among what adds or what deducts. What no band holds
    stays undecided, unless the sentence says what the rest gives or the bands hold everything.
    """
    said = one_line(text)
    strange = any(sign.isnumeric() and sign not in "0123456789" for sign in said)
    if len(said) > LONGEST or strange:
        return {}
    for pattern in _COUNTS:
        found = pattern.fullmatch(said)
        if found:
            return _count(found.groupdict(), points, part)
    return _steps(said, part)


def _figure(text: str | None) -> Fraction | None:
    """The figure of a text like "12,5"; None where a dot may part thousands: "1.000"."""
    if text is None or _COULD_BE_THOUSANDS.fullmatch(text):
        return None
    return Fraction(text.replace(",", "."))


def _count(found: dict[str, str | None], points: Fraction | None, part: Part) -> Plain:
    unit, verb = one_line(found["unit"] or ""), (found.get("verb") or "").casefold()
    each, most = _figure(found["each"]), _figure(found["most"])
    unread = each is None or (found["most"] is not None and most is None)
    loaded = _CHANGES_A_COUNT.search(f"{found['aside'] or ''} {unit}") or _MORE_THAN_ONE.match(unit)
    if each is None or unread or loaded or not _fits(verb, unit, part):
        return {}
    if part != "deduct" and verb != "trừ":
        count = {"kind": "count", "each": each, "cap": points if most is None else most}
        return {} if found["until"] else {**count, "unit": unit}
    takes = part == "deduct" or (points is not None and points < 0)
    if takes and most is None and points is not None:
        most = abs(points)
    off: Plain = {"kind": "count", "each": -each, "cap": most, "unit": unit}
    if takes or not points:
        return off
    line = {"code": "1", "label": f"Mỗi {unit}", **off}
    return {"kind": "ledger", "start": points, "floor": ZERO, "items": [line]}


def _fits(verb: str, unit: str, part: Part) -> bool:
    """The verb goes the way of the part; without one, a fault is not taken for a merit."""
    if part == "deduct":
        return verb not in ("cộng", "thưởng")
    if part == "bonus" and verb == "trừ":
        return False
    return bool(verb) or _FAULT.search(unit) is None


def _steps(said: str, part: Part) -> Plain:
    bands: list[Plain] = []
    texts: list[tuple[str, str]] = []
    otherwise: Else | None = None
    at = _after(said, 0)
    while at < len(said):
        found = _BAND.match(said, at)
        rest = _REST.match(said, at) if bands and found is None else None
        taken = found or rest
        points = _points_in(taken, part) if taken else None
        band = _band(found) if found else {}
        if taken is None or points is None or otherwise is not None or band is None:
            return {}
        if found:
            bands.append({**band, "pts": points})
            texts.append((found["lead"], found["mid"]))
        else:
            otherwise = points
        at = _after(said, taken.end())
    if not bands or not _one_thing(texts) or _overlap(bands):
        return {}
    if otherwise is None:
        otherwise = ZERO if _hold_everything(bands) else UNDECIDED
    return {"kind": "steps", "unit": "%", "bands": bands, "else": otherwise}


def _after(said: str, at: int) -> int:
    found = _BETWEEN.match(said, at)
    return found.end() if found else at


def _points_in(found: re.Match[str], part: Part) -> Fraction | None:
    if found["none"]:
        return ZERO
    points, verb = _figure(found["pts"]), (found["verb"] or "").casefold()
    if points is None or (part == "bonus" and verb == "trừ"):
        return None
    if part == "deduct":
        return None if verb in ("cộng", "thưởng") else -points
    return -points if verb == "trừ" else points


def _band(found: re.Match[str]) -> Plain | None:
    """The limits as the words set them; None where they are none or not in per cent."""
    if not any(found[f"{name}_sign"] for name in ("low", "high", "top", "bottom")):
        return None
    named = [name for name in ("low", "high", "top", "bottom") if found[name]]
    limits = {name: _figure(found[name]) for name in named}
    if None in limits.values():
        return None
    made = _below(found, limits) if found["under"] else _above(found, limits)
    low, high = (next((made[key] for key in keys if key in made), None) for keys in _ENDS)
    return None if low is not None and high is not None and low >= high else made or None


_ENDS = (("ge", "gt"), ("le", "lt"))


def _below(found: re.Match[str], limits: dict[str, Fraction | None]) -> Plain:
    made: Plain = {"le" if found["under"] in ("<=", "≤") else "lt": limits["top"]}
    if "bottom" in limits:
        made["gt" if found["above"] else "ge"] = limits["bottom"]
    return made


def _above(found: re.Match[str], limits: dict[str, Fraction | None]) -> Plain:
    word = " ".join((found["from"] or "").casefold().split())
    key = "gt" if word in ("trên", "từ trên", ">") else "ge"
    if found["down"]:
        return {"le": limits["low"]} if word in ("", "từ") else {}
    if found["to"]:
        closed = "dưới" not in found["to"].casefold()
        return {key: limits["low"], "le" if closed else "lt": limits["high"]}
    if found["up"]:
        return {"ge": limits["low"]} if key == "ge" else {}
    return {key: limits["low"]} if word not in ("", "từ") else {}


def _one_thing(texts: Sequence[tuple[str, str]]) -> bool:
    """The words around the figures speak of one thing, without a condition of their own."""
    if any(_CHANGES_A_BAND.search(text) for pair in texts for text in pair):
        return False
    for said in zip(*texts, strict=True):
        things = [" ".join(_SAYS_NOTHING.sub(" ", fold(text)).split()) for text in said]
        if any(thing not in ("", things[0]) for thing in things):
            return False
    return True


def _limits(bands: Sequence[Plain]) -> Iterator[tuple[Fraction | None, Fraction | None]]:
    for band in bands:
        low, high = (next((band[key] for key in keys if key in band), None) for keys in _ENDS)
        yield low, high


def _overlap(bands: Sequence[Plain]) -> bool:
    """Two bands share more than a limit, so that their order would decide."""
    for one, other in combinations(_limits(bands), 2):
        low = max((end for end in (one[0], other[0]) if end is not None), default=None)
        high = min((end for end in (one[1], other[1]) if end is not None), default=None)
        if low is None or high is None or low < high:
            return True
    return False


def _hold_everything(bands: Sequence[Plain]) -> bool:
    """From below everything to above it, each band meeting the next; none overlap here."""
    ends = list(_limits(bands))
    if sum(low is None for low, _ in ends) != 1 or sum(high is None for _, high in ends) != 1:
        return False
    held = {band["ge"] for band in bands if "ge" in band}
    held |= {band["le"] for band in bands if "le" in band}
    lows = {low for low, _ in ends if low is not None}
    return lows == {high for _, high in ends if high is not None} and lows <= held
