"""Đọc một bảng điểm có sẵn: what the lines of a table seem to say, each to be confirmed.

Pure. The reader guesses; a person confirms or changes every line before anything is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from thidua.core.points import result_text
from thidua.core.text import fold, one_line
from thidua.scalefile.editing.lines import Plain
from thidua.scalefile.editing.naming import roman

Rows = Sequence[Sequence[str]]
Use = Literal["line", "skip"]
ROLES: tuple[tuple[str, str], ...] = (
    ("", "Không dùng"),
    ("number", "Số thứ tự, mã"),
    ("label", "Nội dung"),
    ("points", "Điểm tối đa"),
    ("rule", "Cách chấm"),
    ("evidence", "Tài liệu kiểm chứng"),
    ("unit", "Đơn vị tính"),
    ("note", "Ghi chú"),
)
_HEADS: Mapping[str, tuple[str, ...]] = {
    "number": ("stt", "tt", "so thu tu", "ma", "muc"),
    "label": ("noi dung", "tieu chi", "chi tieu", "nhiem vu", "ten"),
    "points": ("diem toi da", "diem chuan", "thang diem", "diem"),
    "rule": ("cach cham", "cach tinh", "phuong phap", "huong dan", "quy dinh", "tieu chuan"),
    "evidence": ("kiem chung", "minh chung", "tai lieu", "ho so"),
    "unit": ("don vi tinh", "dvt"),
    "note": ("ghi chu",),
}
_FIGURE = r"([0-9]+(?:[.,][0-9]+)?)"
_EACH = re.compile(
    rf"(?:mỗi|cứ)\s+(?P<unit>[^,.;:\d]{{1,60}}?)\s*(?:thì\s+)?(?:bị\s+|được\s+)?"
    rf"(?P<verb>trừ|cộng|thưởng|được|tính)\s*(?P<each>{_FIGURE})\s*điểm",
    re.IGNORECASE,
)
_PER = re.compile(
    rf"(?P<verb>trừ|cộng|thưởng)\s*(?P<each>{_FIGURE})\s*điểm\s*(?:/|cho mỗi|mỗi|cho một)\s*"
    r"(?P<unit>[^,.;:\d]{1,60})",
    re.IGNORECASE,
)
_LIMIT = re.compile(rf"(?:tối đa|không quá|nhiều nhất)\s*{_FIGURE}\s*điểm", re.IGNORECASE)
_LOW, _HIGH, _PTS = (_FIGURE.replace("(", f"(?P<{name}>", 1) for name in ("low", "high", "pts"))
_BAND = re.compile(
    rf"(?:từ\s+|trên\s+|đạt\s+)*(?P<low_word>từ|trên|đạt|dưới)\s*{_LOW}\s*%"
    rf"(?:\s*(?:(?P<high_word>đến dưới|đến|-|–)\s*{_HIGH}\s*%)"
    r"|\s*(?P<up>trở lên))?"
    rf"[^;.\d%]*?{_PTS}\s*điểm",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]+", re.ASCII)
_ROMAN = re.compile(r"[IVX]+", re.ASCII)
_POINTS = re.compile(rf"([-−+]?)\s*{_FIGURE}(?:\s*(?:điểm|đ))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One row of the table as the reader understands it; `confirmed` by a person."""

    row: int
    use: Use
    level: int
    code: str
    label: str
    points: str
    kind: str  # "understood" or "judged"
    rule: Plain
    said: str  # the text of the table from which the rule was read
    unit: str
    evidence: str
    note: str
    confirmed: bool = False

    def stored(self) -> dict[str, Any]:
        """As JSON can carry it."""
        return {**asdict(self), "rule": _as_text(self.rule)}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Proposal:
        """What was stored."""
        return cls(**{**stored, "rule": _as_figures(stored["rule"])})


def guessed_columns(rows: Rows) -> tuple[int, dict[int, str]]:
    """The row of headings (counted from 0, -1 for none) and what each column seems to be."""
    best, found = -1, dict[int, str]()
    for number, row in enumerate(rows[:12]):
        roles = _roles(row)
        if len(roles) > len(found) and "label" in roles.values():
            best, found = number, roles
    return best, found


def proposals(rows: Rows, columns: Mapping[int, str], *, first: int) -> list[Proposal]:
    """The lines of a table from row `first` on, each with what the reader understood."""
    found: list[Proposal] = []
    levels = _Levels()
    for number, row in enumerate(rows[first:], first):
        cells = {
            role: " ".join(
                filter(None, (_cell(row, at) for at, one in columns.items() if one == role))
            )
            for role in dict(ROLES)
            if role
        }
        if any(cells.values()):
            found.append(_proposal(number, cells, levels))
    return _with_codes(found)


def read_rule(text: str, points: Fraction | None) -> Plain:
    """How points are given, as far as a sentence says it; empty where a person must judge.

    Understood: so much for each, so much off for each, bands of per cent.
    """
    each = _EACH.search(text) or _PER.search(text)
    if each:
        return _counted(each, text, points)
    bands = [band for band in map(_band, _BAND.finditer(text)) if band]
    if len(bands) > 1:
        return {"kind": "steps", "unit": "%", "bands": bands, "else": Fraction(0)}
    return {}


def scale_lines(found: Sequence[Proposal]) -> list[Plain]:
    """The confirmed lines as sections of a scale."""
    kept = [one for one in found if one.use == "line"]
    sections: list[Plain] = []
    above: list[tuple[int, Plain]] = []
    for at, one in enumerate(kept):
        is_group = at + 1 < len(kept) and kept[at + 1].level > one.level
        node = _node(one, is_group=is_group)
        while above and above[-1][0] >= one.level:
            above.pop()
        (above[-1][1]["items"] if above else sections).append(node)
        if is_group:
            above.append((one.level, node))
    return sections


def figure_of(text: str) -> Fraction | None:
    """The figure in a cell of points: "20", "20 điểm", "−2,5"; None where there is none."""
    found = _POINTS.fullmatch(one_line(text).casefold())
    if not found:
        return None
    figure = Fraction(found[2].replace(",", "."))
    return -figure if found[1] in ("-", "−") else figure


def _roles(row: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for role, words in _HEADS.items():
        for at, cell in enumerate(row):
            said = fold(cell)
            if at not in found and said and any(_says(said, word) for word in words):
                if role not in found.values():
                    found[at] = role
                break
    return found


def _says(said: str, word: str) -> bool:
    return said == word if len(word) < 4 else word in said and len(said) < 60


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _proposal(number: int, cells: Mapping[str, str], levels: _Levels) -> Proposal:
    points = figure_of(cells["points"])
    label = one_line(cells["label"])
    text = one_line(f"{cells['rule']} {cells['note']}") or label
    is_total = fold(label).startswith(("tong cong", "tong diem", "cong "))
    rule = read_rule(one_line(cells["rule"]) or label, points)
    return Proposal(
        row=number,
        use="skip" if is_total or not label else "line",
        level=levels.of(one_line(cells["number"])),
        code=one_line(cells["number"]).strip(" .)(:"),
        label=label,
        points="" if points is None else result_text(points).replace(".", ","),
        kind="understood" if rule else "judged",
        rule=rule,
        said=text,
        unit=one_line(cells["unit"])[:60],
        evidence=cells["evidence"],
        note=one_line(cells["rule"] if not rule else "")
        + (f" {one_line(cells['note'])}" if cells["note"] else ""),
    )


class _Levels:
    """How deep a line stands, by the shape of its number: I, A, 1, 1.1, a), a dash."""

    def __init__(self) -> None:
        self.shapes: list[tuple[str, ...]] = []
        self.last_letter = ""

    def of(self, number: str) -> int:
        """The level of a number, from 1; a line without number stands below the last one."""
        bare = number.strip(" .)(:")
        shape = self._shape(bare)
        if shape == ():
            if () not in self.shapes:
                self.shapes.append(())
            else:
                del self.shapes[self.shapes.index(()) + 1 :]
            return max(len(self.shapes), 1)
        if shape in self.shapes:
            del self.shapes[self.shapes.index(shape) + 1 :]
        else:
            while self.shapes and self.shapes[-1] == ():
                self.shapes.pop()
            self.shapes.append(shape)
        return len(self.shapes)

    def _shape(self, bare: str) -> tuple[str, ...]:
        if not bare:
            return ()
        return tuple(self._sign(part) for part in bare.split(".") if part) or ("dash",)

    def _sign(self, part: str) -> str:
        if _NUMBER.fullmatch(part):
            return "1"
        if _ROMAN.fullmatch(part) and not self._counts_on(part):
            return "I"
        if len(part) == 1 and part.isalpha():
            self.last_letter = part
            return "A" if part.isupper() else "a"
        return "dash" if not part.isalnum() else "word"

    def _counts_on(self, part: str) -> bool:
        """C after B is a letter, not a hundred; I after H too."""
        return len(part) == 1 and bool(self.last_letter) and ord(part) == ord(self.last_letter) + 1


def _with_codes(found: list[Proposal]) -> list[Proposal]:
    """Codes that are unique and tell the group: the number of the table where it serves."""
    used: set[str] = set()
    above: list[tuple[int, str]] = []
    made: list[Proposal] = []
    counts: dict[str, int] = {}
    for one in found:
        if one.use == "skip":
            made.append(one)
            continue
        while above and above[-1][0] >= one.level:
            above.pop()
        parent = above[-1][1] if above else ""
        counts[parent] = counts.get(parent, 0) + 1
        code = _code(one.code, parent, counts[parent])
        while code in used:
            counts[parent] += 1
            code = _code("", parent, counts[parent])
        used.add(code)
        above.append((one.level, code))
        made.append(replace(one, code=code))
    return made


def _code(number: str, parent: str, count: int) -> str:
    bare = "".join(number.split()).replace("@", "")
    if not bare or not bare[0].isalnum() or len(bare) > 12:
        bare = str(count) if parent else roman(count)
    if not parent or bare.startswith(f"{parent}."):
        return bare
    return f"{parent}.{bare}"[:50]


def _node(one: Proposal, *, is_group: bool) -> Plain:
    points = figure_of(one.points)
    node: Plain = {"code": one.code, "label": one.label}
    if is_group:
        return node | {"kind": "sum", "items": []} | ({"max": points} if points else {})
    if one.kind == "understood" and one.rule:
        node |= _placed(one.rule, one.code)
    elif points is not None and points < 0:
        node |= {"kind": "judged", "min": points, "max": Fraction(0)}
    else:
        node |= {"kind": "judged", "max": points or Fraction(0)}
    if points is not None and points > 0:
        node["max"] = points
    if one.unit:
        node.setdefault("unit", one.unit)
    documents = [one_line(part) for part in re.split(r"[;\n]", one.evidence) if one_line(part)]
    if documents:
        node["evidence"] = {"list": documents}
    if one.note.strip():
        node["note"] = one.note.strip()[:3000]
    return node


def _placed(rule: Plain, code: str) -> Plain:
    """A rule with the codes of its own lines below the code of the line."""
    if "items" not in rule:
        return dict(rule)
    items = [{**item, "code": f"{code}.{item['code']}"} for item in rule["items"]]
    return {**rule, "items": items}


def _counted(found: re.Match[str], text: str, points: Fraction | None) -> Plain:
    each = Fraction(found["each"].replace(",", "."))
    limit = _LIMIT.search(text)
    cap = Fraction(limit[1].replace(",", ".")) if limit else None
    unit = one_line(found["unit"]).removeprefix("một ").strip()
    if found["verb"].casefold() != "trừ":
        return {"kind": "count", "each": each, "cap": cap if cap is not None else points,
                "unit": unit}  # fmt: skip
    off = {"code": "1", "label": f"Mỗi {unit}", "kind": "count", "each": -each, "cap": cap,
           "unit": unit}  # fmt: skip
    if points is None or points <= 0:
        return {key: value for key, value in off.items() if key not in ("code", "label")}
    return {"kind": "ledger", "start": points, "floor": Fraction(0), "items": [off]}


def _band(found: re.Match[str]) -> Plain:
    low, word = Fraction(found["low"].replace(",", ".")), found["low_word"].casefold()
    points = Fraction(found["pts"].replace(",", "."))
    if word == "dưới":
        return {"lt": low, "pts": points}
    made: Plain = {"gt" if word == "trên" else "ge": low}
    if found["high"]:
        closed = (found["high_word"] or "").casefold() == "đến dưới"
        made["lt" if closed else "le"] = Fraction(found["high"].replace(",", "."))
    return {**made, "pts": points}


def _as_text(value: Any) -> Any:
    if isinstance(value, Fraction):
        return {"#": result_text(value)}
    if isinstance(value, Mapping):
        return {key: _as_text(inner) for key, inner in value.items()}
    return [_as_text(inner) for inner in value] if isinstance(value, list) else value


def _as_figures(value: Any) -> Any:
    if isinstance(value, Mapping):
        if set(value) == {"#"}:
            return Fraction(value["#"])
        return {key: _as_figures(inner) for key, inner in value.items()}
    return [_as_figures(inner) for inner in value] if isinstance(value, list) else value


def all_nodes(sections: Sequence[Plain]) -> Iterator[Plain]:
    """Every node that would be made."""
    for node in sections:
        yield node
        yield from all_nodes(node.get("items", []))
