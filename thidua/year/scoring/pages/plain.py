"""Forms without JavaScript: what they were drawn from, what was typed over, what to say.

A person may look at a page for an hour before it is sent. So the page carries what stood in each
field; only fields that read otherwise when they come back were typed over.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from thidua.year.scoring.lines import Ask, Line
from thidua.year.scoring.pages.cells import Field, Row
from thidua.year.scoring.typed import BOXES

ASKING = (" Chọn một.", " Tải lại trang rồi nhập lại.")
COLUMNS = {
    "target": "Chỉ tiêu",
    "points": "Tự chấm",
    "reason": "Lý do",
    "reviewed": "Đã rà soát",
    "na": "Không áp dụng",
    "source": "Nguồn điểm",
    "unit": "Đơn vị tính",
    "due": "Hạn",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a form was drawn from on one line: the version, and each text's print by its field."""

    version: int
    prints: Mapping[str, str]

    def held(self, field: str, text: str) -> bool:
        """Whether the field read so when the form was drawn."""
        return self.prints.get(field, "") == _print(text)


def shown_text(rows: Iterable[Row]) -> str:
    """The hidden field that says what the form of a sheet is drawn from."""
    return ";".join(shown_line(row.key, row.version, texts_of(row)) for row in rows if row.editable)


def shown_line(key: str, version: int, texts: Mapping[str, str]) -> str:
    """What a form is drawn from on one line: its version, and a print of each text by its field."""
    prints = {field: _print(text) for field, text in texts.items()}
    return f"{key}|{version}|{','.join(f'{name}={one}' for name, one in prints.items() if one)}"


def read_shown(text: str) -> dict[str, Shown]:
    """What the hidden field says, by line; parts nobody can read are left out."""
    found: dict[str, Shown] = {}
    for part in text.split(";"):
        pieces = part.split("|")
        if len(pieces) == 3 and pieces[1].isdecimal() and len(pieces[1]) < 10:
            prints = (one.partition("=") for one in pieces[2].split(","))
            named = {name: value for name, equals, value in prints if equals}
            found[pieces[0]] = Shown(int(pieces[1]), named)
    return found


def texts_of(row: Row) -> dict[str, str]:
    """How each cell of a line that can be typed in reads now, by its field."""
    found = {"reason": row.reason}
    fields = (row.target_field, row.figure, row.points_field)
    found.update({field.name: field.text for field in fields if field})
    if row.offers_review:
        found["reviewed"] = "1" if row.is_reviewed else ""
    return found


def typed_over(row: Row, sent: Mapping[str, str], shown: Shown | None) -> dict[str, str]:
    """The cells of a line that were typed over; a box that was not sent is not ticked."""
    now = texts_of(row)
    boxes = {field: "" for field in now if field in BOXES}
    typed = {field: sent[f"{field}:{row.key}"] for field in now if f"{field}:{row.key}" in sent}
    return changed_texts(now, {**boxes, **typed}, shown)


def changed_texts(
    now: Mapping[str, str], sent: Mapping[str, str], shown: Shown | None
) -> dict[str, str]:
    """What was sent that reads otherwise than it stands `now`, and than the form was drawn."""
    return {
        field: text
        for field, text in sent.items()
        if field in now
        and _bare(text) != _bare(now[field])
        and (shown is None or not shown.held(field, text))
    }


def version_seen(
    version: int, now: Mapping[str, str], typed: Mapping[str, str], shown: Shown | None
) -> int:
    """The version a change rests on: the present one, unless somebody has written one of its texts
    since the form was drawn. A line that was written elsewhere is no conflict."""
    if shown is None or all(shown.held(field, now[field]) for field in typed):
        return version
    return shown.version


def retyped(row: Row, typed: Mapping[str, str], trouble: str) -> Row:
    """The line with what was typed in it and not saved: nothing typed is lost."""
    return replace(
        row,
        target_field=_retyped(row.target_field, typed),
        figure=_retyped(row.figure, typed),
        points_field=_retyped(row.points_field, typed),
        reason=typed.get("reason", row.reason),
        is_reviewed=typed.get("reviewed", "1" if row.is_reviewed else "") == "1",
        state="conflict" if trouble else row.state,
        trouble=trouble,
    )


def conflict_words(said: str, line: Line, now: Mapping[str, str], typed: Mapping[str, str]) -> str:
    """What somebody else wrote (`said`), and how to keep the one or the other; `now`: the texts of
    the line. Without scripts there are no two buttons: pressing Lưu again is the choice."""
    for ending in ASKING:
        said = said.removesuffix(ending)
    theirs = [field for field in typed if _bare(typed[field]) != _bare(now[field])]
    if not theirs:
        return said
    mine = ", ".join(_read(line, field, typed[field]) for field in theirs)
    back = ", ".join(
        f"ô {_column(line, field)} về {_read(line, field, now[field])}" for field in theirs
    )
    return f"{said} Bấm Lưu lần nữa để thay bằng {mine}, hoặc sửa {back}."


def _column(line: Line, field: str) -> str:
    """The column of the table a field stands in."""
    return COLUMNS.get(field, "Tự chấm" if line.ask is Ask.POINTS else "Kết quả")


def _read(line: Line, field: str, text: str) -> str:
    """A text as people read it."""
    if field in BOXES:
        return "có đánh dấu" if text == "1" else "không đánh dấu"
    label = next((one.label for one in line.options if one.value == text), _bare(text))
    quoted = f"“{label}”" if field == "reason" else label
    return quoted if label else "để trống"


def _retyped(field: Field | None, typed: Mapping[str, str]) -> Field | None:
    return field and replace(field, text=typed.get(field.name, field.text))


def _print(text: str) -> str:
    """A short print of a text: enough to tell whether it was touched, nothing for an empty one."""
    bare = _bare(text)
    return f"{zlib.crc32(bare.encode()):x}" if bare else ""


def _bare(text: str) -> str:
    """As a browser sends it back from a field of one line: without the breaks between lines."""
    return text.replace("\r", "").replace("\n", "").strip()
