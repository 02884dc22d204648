"""What a file's name plainly says of the document in it; a proposal for a person to confirm.

"312-BC-SKHCN 12.12.2017 Báo cáo kết quả.pdf" proposes number 312/BC-SKHCN, the day and the subject.
Where the name is not plain nothing is proposed: a wrong number is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua.core.text import fold, one_line

# Kinds of documents as numbers abbreviate them (Nghị định 30/2020/NĐ-CP, phụ lục III), by the
# letters a file name may carry without marks.
KINDS = {
    "NQ": ("NQ", "Nghị quyết"), "QĐ": ("QĐ", "Quyết định"), "QD": ("QĐ", "Quyết định"),
    "CT": ("CT", "Chỉ thị"), "QC": ("QC", "Quy chế"), "TB": ("TB", "Thông báo"),
    "HD": ("HD", "Hướng dẫn"), "CTR": ("CTr", "Chương trình"), "KH": ("KH", "Kế hoạch"),
    "PA": ("PA", "Phương án"), "ĐA": ("ĐA", "Đề án"), "BB": ("BB", "Biên bản"),
    "BC": ("BC", "Báo cáo"), "TTR": ("TTr", "Tờ trình"), "GM": ("GM", "Giấy mời"),
    "CĐ": ("CĐ", "Công điện"), "GCN": ("GCN", "Giấy chứng nhận"), "GXN": ("GXN", "Giấy xác nhận"),
}  # fmt: skip
_CAPITALS = r"[A-ZĐ][A-ZĐa-z]{0,2}[A-ZĐ&]{0,9}[0-9]{0,2}"
_NUMBER = re.compile(
    rf"(?:(?<=^)|(?<=[ _.\-(]))(?:[Ss]ố|[Ss]o)?[ _.]*(?P<no>[0-9]{{1,5}})[ _.\-]+"
    rf"(?P<kind>{_CAPITALS})(?:[_.\-]+(?P<issuer>{_CAPITALS}(?:-{_CAPITALS})?))?"
    r"(?=$|[ _.\-()])"
)
_GAP, _YEAR = r"[._\- ]", r"(?P<y>(?:19|20)[0-9]{2})"
_COMPACT = re.compile(r"(?<![0-9])(?P<y>20[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9])")
_DAYS = (
    re.compile(rf"(?<![0-9])(?P<d>[0-3]?[0-9]){_GAP}(?P<m>[01]?[0-9]){_GAP}{_YEAR}(?![0-9])"),
    re.compile(rf"(?<![0-9]){_YEAR}{_GAP}(?P<m>[01][0-9]){_GAP}(?P<d>[0-3][0-9])(?![0-9])"),
    _COMPACT,
)  # fmt: skip
_LONG_DAY = re.compile(r"(?i)ngày[ _]+(\d{1,2})[ _]+tháng[ _]+(\d{1,2})[ _]+năm[ _]+(\d{4})")
_BEFORE_DAY = re.compile(r"(?i)[ _.\-]*(?<![^\W_])(ngày|ngay|ng)[ _.\-]*$")
_LITTLE = ("va", "cac", "cua", "ve")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What the name says; empty where it does not say it plainly."""

    subject: str
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""


def propose(file_name: str, *, units: Sequence[str] = ()) -> Proposed:
    """Read a file's name. `units`: full names of offices that an abbreviation may stand for."""
    stem = _EXTENSION.sub("", unicodedata.normalize("NFC", file_name))
    name, number, kind, abbreviation = _take_number(_take_day(stem, compact=True)[0])
    # Eight digits alone are as often a camera's as a document's.
    name, day = _take_day(stem, compact=bool(number))
    name = _take_number(name)[0]
    rest = one_line(re.sub(r"^[\W_]+|[\W_]+$", "", name.replace("_", " ")))
    plain = re.sub(r"(?<=\w)[.\-](?=\w)", " ", rest) if " " not in rest else rest
    return Proposed(
        subject=_subject(plain, kind) or one_line(stem.replace("_", " ")) or one_line(file_name),
        number=number,
        issued_on=day,
        issuer=_issuer(abbreviation, units),
    )


def _take_day(name: str, *, compact: bool) -> tuple[str, date | None]:
    for pattern in (_LONG_DAY, *_DAYS):
        found = pattern.search(name)
        if found is None or (pattern is _COMPACT and not compact):
            continue
        groups = found.groupdict()
        parts = [groups[key] for key in "ymd"] if groups else list(found.groups())[::-1]
        try:
            day = date(*(int(part) for part in parts))
        except ValueError:  # the 31st of February: not a day, so nothing is proposed
            continue
        before = _BEFORE_DAY.sub("", name[: found.start()])
        return f"{before} {name[found.end() :]}", day
    return name, None


def _take_number(name: str) -> tuple[str, str, str, str]:
    """The name without its number, the number, the kind in words, the issuer's abbreviation."""
    found = _NUMBER.search(name)
    if found is None:
        return name, "", "", ""
    kind, issuer = found["kind"], re.sub(r"[_.]", "-", found["issuer"] or "")
    sign, words = KINDS.get(kind.upper(), ("", ""))
    if not sign and not issuer:  # "5 KPI" is no number of a document
        return name, "", "", ""
    if not sign and (not kind.isupper() or len(kind) < 2):
        return name, "", "", ""
    sign = sign or kind
    number = f"{found['no']}/{sign}-{issuer}" if issuer else f"{found['no']}/{sign}"
    body = issuer.partition("-")[0] if words else kind  # a letter: 312/SYT-NVY is of SYT
    return f"{name[: found.start()]} {name[found.end() :]}", number, words, body


def _subject(rest: str, kind: str) -> str:
    if len(fold(rest)) < 4:
        return kind
    return f"{rest[0].upper()}{rest[1:]}"


def _issuer(abbreviation: str, units: Sequence[str]) -> str:
    """The one office whose initials these are; none when two fit."""
    if len(abbreviation) < 2:
        return ""
    wanted = fold(abbreviation).replace(" ", "")
    fitting = [unit for unit in units if wanted in _initials(unit)]
    return fitting[0] if len(fitting) == 1 else ""


def _initials(unit: str) -> tuple[str, str]:
    """The first letters of a name, with and without its little words: SKHVCN, SKHCN."""
    words = fold(unit).split()
    whole = "".join(word[0] for word in words)
    return whole, "".join(word[0] for word in words if word not in _LITTLE)
