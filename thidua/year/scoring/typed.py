"""What people type into the cells of a sheet, read once: comma or dot, 31/12/2026, Có, "80; 90"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction

from thidua.core.points import MILLI, read_points, result_text
from thidua.core.text import tidy
from thidua.year.scoring.changes import LineChange, line_words, refusal
from thidua.year.scoring.lines import Ask, Line

DAY_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
FIELDS = (
    "target", "result", "value", "chosen", "date", "due", "source", "unit", "na", "reviewed",
    "points", "reason", "substitute_value", "substitute_target", "substitute_result",
)  # fmt: skip
BOXES = ("na", "reviewed")


def read_field(line: Line, field: str, text: str) -> LineChange:
    """The change one cell asks for; raises `Refused` (FIGURE-1 to -4, LINE-2, LINE-5)."""
    typed = tidy(text).strip()
    if field == "points":
        if not typed:
            return LineChange(clear_points=True)
        _require_no_percent(line, typed)
        return LineChange(points=read_points(typed))
    if field == "reason":
        return LineChange(reason=typed)
    if field in BOXES:
        return LineChange(inputs={field: True if typed == "1" else None})
    if field == "value" and line.ask in (Ask.NUMBER, Ask.POINTS):
        if line.ask is Ask.POINTS:
            _require_no_percent(line, typed)
        return LineChange(inputs=_one_or_several(typed))
    if field not in FIELDS or field.startswith("substitute"):
        raise refusal("LINE-2", f"{line_words(line)} không nhận số liệu này.", line=line)
    return LineChange(inputs={field: _value(line, field, typed)})


def read_line(line: Line, sent: Mapping[str, str]) -> LineChange:
    """The change a form of one line asks for; fields that were not sent stay as they are."""
    parts = [
        read_field(line, field, sent[field])
        for field in FIELDS
        if field in sent and not field.startswith("substitute")
    ]
    substitute = _substitute(line, sent)
    if substitute is not None:
        parts.append(LineChange(inputs={"substitute": substitute or None}))
    return joined(parts)


def joined(parts: Iterable[LineChange]) -> LineChange:
    """Several cells of one line as one change."""
    inputs: dict[str, object] = {}
    points: int | None = None
    clear, reason = False, None
    for part in parts:
        inputs.update(part.inputs)
        points = part.points if part.points is not None else points
        clear = clear or part.clear_points
        reason = part.reason if part.reason is not None else reason
    return LineChange(inputs=inputs, points=points, clear_points=clear, reason=reason)


def read_fact(kind: str, label: str, text: str) -> object:
    """A fact of a unit as typed: by the type the scale declares; None when empty."""
    typed = tidy(text).strip()
    if not typed:
        return None
    if kind == "flag":
        return typed == "co"
    if kind == "number":
        return _number(typed)
    if kind == "date":
        day = day_typed(typed)
        if day is None:
            raise refusal("FACT-1", f"{label}: nhập ngày theo mẫu 22/12/2026.")
        return day
    return typed


def _substitute(line: Line, sent: Mapping[str, str]) -> dict[str, object] | None:
    """Figures that stand in when a line is not applicable; None when the form has none."""
    names = [name for name in sent if name.startswith("substitute_")]
    if not names:
        return None
    found = {
        name.removeprefix("substitute_"): _value(line, name.removeprefix("substitute_"), typed)
        for name in names
        if (typed := tidy(sent[name]).strip())
    }
    return {key: value for key, value in found.items() if value is not None}


def _value(line: Line, field: str, typed: str) -> object:
    if not typed:
        return None
    if field in ("date", "due"):
        day = day_typed(typed)
        if day is None:
            words = f"{line_words(line)}: không đọc được ngày. Nhập theo mẫu 22/12/2026."
            raise refusal("LINE-5", words, line=line)
        return day
    if field in ("source", "unit", "chosen") or line.ask is Ask.WORD:
        return typed
    if field == "value" and line.ask is Ask.TRUTH:
        return {"co": True, "khong": False}.get(typed, typed)
    return _number(typed)


def _require_no_percent(line: Line, typed: str) -> None:
    """Points are no share of anything: "3%" could mean 3 points or 3 of a hundred of the most."""
    if "%" in typed:
        words = f"{line_words(line)}: không đọc được “{typed[:40]}”. Điểm không có dấu %."
        raise refusal("FIGURE-1", f"{words} Nhập bằng số, ví dụ 3,5.", line=line)


def _one_or_several(typed: str) -> dict[str, object]:
    if ";" not in typed:
        return {"value": _number(typed) if typed else None, "values": None}
    several = [_number(one.strip()) for one in typed.split(";") if one.strip()]
    return {"value": None, "values": several}


def _number(typed: str) -> str | None:
    milli = read_points(_plain(typed))
    return None if milli is None else result_text(Fraction(milli, MILLI))


def _plain(typed: str) -> str:
    return typed.removesuffix("%").strip()


def day_typed(typed: str) -> str | None:
    """A day as people write it, in ISO form; None when it is none."""
    for form in DAY_FORMS:
        try:
            found: date = datetime.strptime(typed, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        return found.isoformat()
    return None
