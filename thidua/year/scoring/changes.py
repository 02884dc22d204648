"""A change to one line as a person asks for it, checked against what the line can take.

Figures are exact: numbers are kept in the inputs as text ("12.5", "20/3"), never as floats. What
people type with a comma is read by the forms; here a number is an int, a Fraction or such a text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from fractions import Fraction

from thidua.core.finding import Finding, Refused
from thidua.core.node import Flag
from thidua.core.number import as_number
from thidua.core.points import MILLI, result_text, show, show_figure
from thidua.core.text import tidy
from thidua.year.scoring.lines import Ask, Line

REASON_LIMIT = 4000
WORDS_LIMIT = 300
FIGURES: Mapping[Ask, tuple[str, ...]] = {
    Ask.POINTS: ("value", "values"),
    Ask.PAIR: ("target", "result"),
    Ask.NUMBER: ("value", "values"),
    Ask.WORD: ("value",),
    Ask.TRUTH: ("value",),
    Ask.DATE: ("date", "due"),
    Ask.CHOICE: ("chosen",),
    Ask.NOTHING: (),
}
BESIDE = ("na", "reviewed", "substitute", "source", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """What one stage wants to say of a line.

    `inputs`: figures by their key in the sheet (None takes a figure back); `points`: thousandths
    set by hand; `clear_points`: the rule decides again; `reason`: why (None leaves it as it is);
    `confirmed`: keeps the number of the stage before.
    """

    inputs: Mapping[str, object] = field(default_factory=dict)
    points: int | None = None
    clear_points: bool = False
    reason: str | None = None
    confirmed: bool = False


def plain_change(change: LineChange) -> dict[str, object]:
    """A change as a decision names what was typed, so that another one is not taken for it."""
    return {key: str(value) for key, value in asdict(change).items()}


def finding(
    rule_id: str, words: str, *, line: Line | None = None, outcome: str = "refused"
) -> Finding:
    """A finding of this stage; `source` is the line it is about."""
    source = "" if line is None else f"{line.code} {line.label}"
    inputs = {} if line is None else {"line": line.key, "field": line.key}
    return Finding(rule_id=rule_id, outcome=outcome, inputs=inputs, source=source, words=words)


def refusal(rule_id: str, words: str, *, line: Line | None = None) -> Refused:
    """A refusal with one finding."""
    return Refused([finding(rule_id, words, line=line)])


def line_words(line: Line) -> str:
    """How a sentence names a line: by its code and, for a copy, its period."""
    _, at, copy = line.key.partition("@")
    return f"Dòng {line.code}, kỳ {copy}" if at else f"Dòng {line.code}"


def clean_words(words: str, *, limit: int = REASON_LIMIT) -> str:
    """Free text in its stored spelling, without NUL, spaces around it, or more than the limit."""
    return tidy(words).replace("\0", "").strip()[:limit]


def clean_inputs(line: Line, inputs: Mapping[str, object]) -> dict[str, object]:
    """The figures of a change as the sheet keeps them; refuses what the line cannot take."""
    cleaned: dict[str, object] = {}
    for key, value in inputs.items():
        if key not in FIGURES[line.ask] and key not in BESIDE:
            raise refusal("LINE-2", f"{line_words(line)} không nhận số liệu này.", line=line)
        cleaned[key] = None if value is None else _clean(line, key, value)
    return cleaned


def check_points(line: Line, points: int) -> None:
    """Refuse points by hand outside what the line can give."""
    if not within(line, Fraction(points, MILLI)):
        raise refusal("LINE-3", f"{line_words(line)}: {span_words(line)}", line=line)


def within(line: Line, points: Fraction) -> bool:
    """Whether points lie in the span of the line."""
    low, high = line.span
    return (low is None or points >= low) and (high is None or points <= high)


def span_words(line: Line) -> str:
    """What may be typed: "Nhập từ 0 đến 60,0."."""
    low, high = line.span
    if low is None and high is None:
        return "Nhập điểm bằng số."
    if high is None:
        return f"Nhập từ {_end(low)} trở lên."
    if low is None:
        return f"Nhập nhiều nhất {_end(high)}."
    return f"Nhập từ {_end(low)} đến {_end(high)}."


def _end(figure: Fraction | None) -> str:
    return "0" if not figure else show(figure)


def _clean(line: Line, key: str, value: object) -> object:
    if key in ("na", "reviewed"):
        return _truth(line, value)
    if key in ("source", "unit"):
        return clean_words(str(value), limit=WORDS_LIMIT) or None
    if key == "substitute":
        return _substitute(line, value)
    if key in ("date", "due"):
        return _day(line, value)
    if key == "values":
        return [_figure(line, one) for one in _several(line, value)]
    if line.ask in (Ask.WORD, Ask.CHOICE):
        return _chosen(line, value)
    return _truth(line, value) if isinstance(line.node, Flag) else _figure(line, value)


def _truth(line: Line, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise refusal("LINE-2", f"{line_words(line)}: chọn Có hoặc Không.", line=line)


def _day(line: Line, value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        words = f"{line_words(line)}: không đọc được ngày. Nhập theo mẫu 22/12/2026."
        raise refusal("LINE-5", words, line=line) from None


def _chosen(line: Line, value: object) -> str:
    # Words of a scale may be spelt either way; what is kept is the scale's own spelling.
    wanted = unicodedata.normalize("NFC", str(value)).strip()
    for option in line.options:
        if wanted == unicodedata.normalize("NFC", option.value):
            return option.value
    labels = "; ".join(option.label for option in line.options)
    raise refusal("LINE-2", f"{line_words(line)}: chọn một trong các mức: {labels}.", line=line)


def _several(line: Line, value: object) -> Iterable[object]:
    if isinstance(value, (list, tuple)) and len(value) <= 400:
        return value
    raise refusal("LINE-2", f"{line_words(line)}: nhập nhiều nhất 400 số.", line=line)


def _figure(line: Line, value: object) -> str:
    number = None if isinstance(value, float) else as_number(value)
    if number is None:
        words = f"{line_words(line)}: không đọc được số “{str(value)[:40]}”. Nhập ví dụ 961,5."
        raise refusal("FIGURE-1", words, line=line)
    if line.least is not None and number < line.least:
        words = f"{line_words(line)}: số liệu nhập từ {show_figure(line.least)} trở lên."
        raise refusal("LINE-4", words, line=line)
    if line.whole and number.denominator != 1 and line.ask is Ask.NUMBER:
        raise refusal("LINE-4", f"{line_words(line)}: số liệu phải là số nguyên.", line=line)
    if line.ask is Ask.POINTS and not within(line, number):
        raise refusal("LINE-3", f"{line_words(line)}: {span_words(line)}", line=line)
    return result_text(number)


def _substitute(line: Line, value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise refusal("LINE-2", f"{line_words(line)}: nhập số liệu thay thế.", line=line)
    known = FIGURES[line.ask] or ("value",)
    found = {key: one for key, one in value.items() if key in known and one is not None}
    return {key: _clean(line, key, one) for key, one in found.items()}
