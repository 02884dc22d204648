"""Đọc một bảng điểm có sẵn: what the lines of a table seem to say, each to be confirmed.

Pure. The reader guesses; a person confirms or changes every line before anything is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from itertools import pairwise, zip_longest
from typing import Any, Literal

from thidua.core.node import Part
from thidua.core.points import result_text
from thidua.core.text import fold, one_line
from thidua.scalefile.editing.lines import Plain
from thidua.scalefile.editing.naming import roman
from thidua.year.rulebook.sentences import read_rule

Rows = Sequence[Sequence[str]]
Use = Literal["line", "skip", "total"]
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
LONGEST_LABEL = 500  # letters of a line's words (SCALE-7)
_NUMBER = re.compile(r"[0-9]+", re.ASCII)
_ROMAN = re.compile(r"[IVX]+", re.ASCII)
_FIGURE = r"([0-9]+(?:[.,][0-9]+)?)"
_POINTS = re.compile(rf"([-−+]?)\s*{_FIGURE}(?:\s*(?:điểm|đ))?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<![0-9.,])([1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?![0-9.])")
_POINTS_BESIDE = re.compile(
    r"\(\s*(?:(?:tối đa|không quá|tổng|trừ|cộng)\s+)*([-−]?\s*[0-9]+(?:[.,][0-9]+)?)\s*điểm\s*\)$",
    re.IGNORECASE,
)
_LAST_FIGURE = re.compile(r"([-−]?\s*[0-9]+(?:[.,][0-9]+)?)\s*(?:điểm|đ)?\s*\)?$", re.IGNORECASE)
_COUNTED = re.compile(r"\A(?:(?:phần|mục)\s+)?(?:[ivx]+|[a-hđ]|[0-9]+)\s*[.:)–/-]\s*")
_AROUND = r"(?:(?:phần|mục|nhóm|các|nội dung|tiêu chí|trường hợp|được|bị|tính|quy định)\s+)*"
_AFTER = r"(?:\s+(?:khác|thêm|chung|nếu có|đối với các đơn vị))?"
_PART_HEADS: Mapping[Part, re.Pattern[str]] = {
    "bonus": re.compile(
        rf"{_AROUND}(?:điểm (?:thưởng|cộng|khuyến khích)|(?:thưởng|cộng)(?: thêm)? điểm){_AFTER}"
    ),
    "deduct": re.compile(rf"{_AROUND}(?:điểm (?:trừ|phạt)|trừ điểm){_AFTER}"),
}
_TOTAL = re.compile(r"tổng(?: số)?(?: (?:cộng|điểm))*(?: (?:chuẩn|tối đa|chung|toàn bảng))*")
_OF_A_GROUP = r"(?:mục|phần|nhóm|thưởng|trừ|[ivx]+)\b.*"
_SUBTOTAL = re.compile(
    rf"cộng(?:$|:? {_OF_A_GROUP})|(?:tổng|cộng)(?: số)?(?: (?:cộng|điểm))+:? {_OF_A_GROUP}"
)
_COLUMN_NUMBER = re.compile(r"\(?(?:[0-9]{1,2}|[A-Z])\)?")
_NOT_THE_MOST = ("tu cham", "tu danh gia", "tham dinh", "dat duoc", "de nghi")


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
    sentence: str = ""  # what the rule is read from; "" keeps the rule as it was read once
    part: Literal["", "bonus", "deduct"] = ""  # set on this very line
    within: Part = "base"  # by this line or one above it

    @property
    def remark(self) -> str:
        """The note beyond the wording of the rule, which it keeps too."""
        return self.note.removeprefix(self.said).strip()

    def stored(self) -> dict[str, Any]:
        """As JSON can carry it."""
        return {**asdict(self), "rule": _as_text(self.rule)}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Proposal:
        """What was stored."""
        return cls(**{**stored, "rule": _as_figures(stored["rule"])})


def guessed_columns(rows: Rows) -> tuple[int, dict[int, str]]:
    """The last row of headings (counted from 0, -1 for none), and what each column seems to be."""
    best, found = -1, dict[int, str]()
    for number, row in enumerate(rows[:12]):
        roles = _roles(row)
        if len(roles) > len(found) and "label" in roles.values():
            best, found = number, roles
    if not found:
        return best, found
    said, label = list(rows[best]), next(at for at, role in found.items() if role == "label")
    while best + 1 < len(rows) and _goes_on(rows[best + 1], said, label):
        best += 1
        if not _COLUMN_NUMBER.fullmatch(_cell(rows[best], label)):
            cells = zip_longest(said, rows[best], fillvalue="")
            said = [one if one == more else f"{one} {more}".strip() for one, more in cells]
    return best, _roles(said) or found


def proposals(
    rows: Rows, columns: Mapping[int, str], *, first: int, numbers: Sequence[int] = ()
) -> list[Proposal]:
    """The lines of a table from row `first` on, each with what the reader understood.

    `numbers` are the rows as the file counts them, from 1; empty rows of it are not in `rows`.
    """
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
            place = numbers[number] - 1 if number < len(numbers) else number
            found.append(_proposal(place, cells, levels))
    return settled(_with_one_total(_with_codes(found)))


def settled(found: Sequence[Proposal]) -> list[Proposal]:
    """Each line in the part that it or a line above it names, its rule read for that part.

    A line whose part changed because of another has to be seen again.
    """
    made: list[Proposal] = []
    above: list[tuple[int, Part]] = []
    for one in found:
        if one.use != "line":
            made.append(one)
            continue
        while above and above[-1][0] >= one.level:
            above.pop()
        within: Part = one.part or (above[-1][1] if above else "base")
        above.append((one.level, within))
        seen = one.confirmed and (within == one.within or bool(one.part))
        rule = one.rule
        if one.sentence:
            rule = read_rule(one.sentence, figure_of(one.points), within)
        made.append(replace(one, within=within, rule=rule, confirmed=seen))
    return made


def base_of(found: Sequence[Proposal]) -> Fraction | None:
    """The base total: the figure of the line that is the table's total."""
    return next((figure_of(one.points) for one in found if one.use == "total"), None)


def groups_in(found: Sequence[Proposal]) -> list[bool]:
    """For each line whether other lines stand below it."""
    kept = [at for at, one in enumerate(found) if one.use == "line"]
    groups = {
        at for at, after in pairwise(kept) if found[after].level > found[at].level
    }  # fmt: skip
    return [at in groups for at in range(len(found))]


def scale_lines(found: Sequence[Proposal]) -> list[Plain]:
    """The confirmed lines as sections of a scale."""
    sections: list[Plain] = []
    above: list[tuple[Proposal, Plain]] = []
    for one, is_group in zip(found, groups_in(found), strict=True):
        if one.use != "line":
            continue
        while above and above[-1][0].level >= one.level:
            above.pop()
        node = _group(one) if is_group else _line(one)
        if one.within != (above[-1][0].within if above else "base"):
            node["part"] = one.within
        (above[-1][1]["items"] if above else sections).append(node)
        if is_group:
            above.append((one, node))
    return sections


def figure_of(text: str) -> Fraction | None:
    """The figure in a cell of points: "20", "20 điểm", "−2,5"; None where there is none.

    "1.000" may be one or a thousand: no figure.
    """
    found = _POINTS.fullmatch(one_line(text).casefold())
    if not found or _THOUSANDS.fullmatch(found[2]):
        return None
    figure = Fraction(found[2].replace(",", "."))
    return -figure if found[1] in ("-", "−") else figure


def _roles(row: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for role, words in _HEADS.items():
        free = [(at, fold(cell)) for at, cell in enumerate(row) if at not in found]
        if role == "points":
            free = [
                (at, said)
                for word in words
                for at, said in free
                if _says(said, word) and not any(other in said for other in _NOT_THE_MOST)
            ]
        at = next((at for at, said in free if any(_says(said, word) for word in words)), None)
        if at is not None:
            found[at] = role
    return found


def _goes_on(row: Sequence[str], said: Sequence[str], label: int) -> bool:
    """A second row of headings, or one that numbers the columns: (1), (2), A, B."""
    if _COLUMN_NUMBER.fullmatch(_cell(row, label)):
        return True
    if _cell(row, label) not in ("", said[label].strip()):
        return False
    cells = [cell for cell in row if cell.strip()]
    return bool(_roles(row)) and all(figure_of(cell) is None for cell in cells)


def _says(said: str, word: str) -> bool:
    return said == word if len(word) < 4 else word in said and len(said) < 60


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _proposal(place: int, cells: Mapping[str, str], levels: _Levels) -> Proposal:
    label, number = one_line(cells["label"]), one_line(cells["number"])
    rule, note = one_line(cells["rule"]), one_line(cells["note"])
    points = _points_in(cells["points"], label)
    total, part = _total_of(label), _part_of(label)
    if not part and points is not None and points < 0 and levels.stands_first(number):
        part = "deduct"
    level = 1 if total else levels.of(number, begins=bool(part))
    wording = [rule, note] if len(label) <= LONGEST_LABEL else [label, rule, note]
    return Proposal(
        row=place,
        use=total or ("line" if label else "skip"),
        level=level,
        code=number.strip(" .)(:"),
        label=label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…",
        points="" if points is None else result_text(points).replace(".", ","),
        kind="understood",
        rule={},
        said=rule or label,
        unit=one_line(cells["unit"])[:60],
        evidence=cells["evidence"],
        note="\n".join(filter(None, wording)),
        sentence=rule or label,
        part=part,
    )


def _points_in(cell: str, label: str) -> Fraction | None:
    """The figure of the cell of points, else the one that the words close with in brackets."""
    text = cell.strip()
    if not text:
        pattern = _LAST_FIGURE if _total_of(label) or _part_of(label) else _POINTS_BESIDE
        found = pattern.search(_without_thousands(label))
        text = found[1] if found else ""
    return figure_of(_without_thousands(text))


def _without_thousands(text: str) -> str:
    """A table writes "1.000" for a thousand; the person who confirms it sees 1000."""
    return _THOUSANDS.sub(lambda found: found[1].replace(".", ""), text)


def _bare(label: str) -> str:
    """A heading without its number, what stands in brackets, its figures and marks."""
    said = _COUNTED.sub("", one_line(label).casefold(), count=1)
    said = re.sub(r"\([^)]*\)?|[-−+]?[0-9][0-9.,]*(?:\s*điểm)?", " ", said)
    return " ".join(said.strip(" .:;,–-").split())


def _part_of(label: str) -> Literal["", "bonus", "deduct"]:
    said = _bare(label)
    if _PART_HEADS["bonus"].fullmatch(said):
        return "bonus"
    return "deduct" if _PART_HEADS["deduct"].fullmatch(said) else ""


def _total_of(label: str) -> Literal["", "total", "skip"]:
    """Whether a row is the total of the table, or of one group only."""
    if _TOTAL.fullmatch(_bare(label)):
        return "total"
    return "skip" if _SUBTOTAL.fullmatch(_bare(label)) else ""


def _with_one_total(found: Sequence[Proposal]) -> list[Proposal]:
    """Of several totals the one that the sections add up to, else the first with a figure."""
    first = [one for one in found if one.use == "line" and one.level == 1 and not one.part]
    added = sum((figure_of(one.points) or Fraction(0) for one in first), Fraction(0))
    totals = [one for one in found if one.use == "total" and one.points]
    right = next((one for one in totals if figure_of(one.points) == added), None)
    kept = right or next(iter(totals), None)
    return [
        replace(one, use="skip") if one.use == "total" and one is not kept else one
        for one in found
    ]  # fmt: skip


class _Levels:
    """How deep a line stands, by the shape of its number: I, A, 1, 1.1, a), a dash."""

    def __init__(self) -> None:
        self.shapes: list[tuple[str, ...]] = []
        self.last_letter = ""

    def stands_first(self, number: str) -> bool:
        """Whether a line of this number begins a section."""
        shape = self._shape(number.strip(" .)(:"))
        return not self.shapes or (shape != () and shape == self.shapes[0])

    def of(self, number: str, *, begins: bool = False) -> int:
        """The level of a number, from 1; a line without number stands below the last one.

        `begins`: without a number the line still begins a section.
        """
        bare = number.strip(" .)(:")
        shape = self._shape(bare)
        if begins and shape == ():
            self.shapes = self.shapes[:1] or [("I",)]
            return 1
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
        if one.use != "line":
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


def _group(one: Proposal) -> Plain:
    points = figure_of(one.points)
    node: Plain = {"code": one.code, "label": one.label, "kind": "sum", "items": []}
    if points and one.within == "bonus":
        node["cap"] = abs(points)
    elif points and (one.within == "deduct" or points < 0):
        node["floor"] = -abs(points)
    elif points:
        node["max"] = points
    return node | _said(one)


def _line(one: Proposal) -> Plain:
    points = figure_of(one.points)
    takes = one.within == "deduct" or (points is not None and points < 0)
    node: Plain = {"code": one.code, "label": one.label}
    if one.kind == "understood" and one.rule:
        node |= _placed(one.rule, one.code)
    elif takes:
        least = None if points is None else -abs(points)
        node |= {"kind": "judged", "min": least, "max": Fraction(0)}
    else:
        node |= {"kind": "judged", "max": points or Fraction(0)}
    if points is not None and points > 0 and not takes:
        node["max"] = points
    if one.unit:
        node.setdefault("unit", one.unit)
    documents = [one_line(part) for part in re.split(r"[;\n]", one.evidence) if one_line(part)]
    if documents:
        node["evidence"] = {"list": documents}
    return node | _said(one)


def _said(one: Proposal) -> Plain:
    """The wording of the table, kept beside what the reader made of it."""
    return {"note": one.note.strip()[:3000]} if one.note.strip() else {}


def _placed(rule: Plain, code: str) -> Plain:
    """A rule with the codes of its own lines below the code of the line."""
    if "items" not in rule:
        return dict(rule)
    items = [{**item, "code": f"{code}.{item['code']}"} for item in rule["items"]]
    return {**rule, "items": items}


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
