"""The fixed words of an official document, as the decree prints them."""

from __future__ import annotations

from datetime import date

from thidua.platform.documents.model import (
    DateBlank,
    Document,
    NumberLine,
    Profile,
    Signature,
)
from thidua.platform.documents.text import SYNTHETIC_MARK, clean, plain

STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
STATE_MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY_NAME = "ĐẢNG CỘNG SẢN VIỆT NAM"
PARTY_STAR = "*"
PARTY_DASHES = "-----"
ADDRESSED = "Kính gửi:"
RECIPIENTS = "Nơi nhận:"
TRIAL = "Bản thử"
SYNTHETIC_NOTE = f"{SYNTHETIC_MARK} Giá trị minh họa, không phải số liệu thật."
NUMBER_ROOM = "\u00a0" * 7  # where văn thư writes the number
DAY_ROOM = "\u00a0" * 6


def capitals(text: str) -> str:
    """The text as the decree prints names of bodies, types and positions: in capitals."""
    return clean(text).upper()


def number_text(line: NumberLine, profile: Profile) -> str:
    """Cell 3: "Số: 05/BB-SYT" or, for the Party, "Số 05-BB/SYT"; room is left without a number.

    A number under 10 gets a leading zero (Nghị định 30/2020/NĐ-CP, Appendix I).
    """
    number = clean(line.number).strip()
    if number.isascii() and number.isdigit():
        number = number.zfill(2)
    kind, body = clean(line.kind), clean(line.body)
    if profile is Profile.PARTY:
        return f"Số {number or NUMBER_ROOM}-{kind}/{body}"
    return f"Số: {number or NUMBER_ROOM}/{kind}-{body}"


def place_and_date(place: str, day: date, blank: DateBlank) -> str:
    """Cell 4: "Huế, ngày 05 tháng 01 năm 2027"; a zero before days under 10 and months 1, 2."""
    days = DAY_ROOM if blank is not DateBlank.NOTHING else f"{day.day:02d}"
    months = f"{day.month:02d}" if day.month < 3 else str(day.month)
    if blank is DateBlank.DAY_AND_MONTH:
        months = DAY_ROOM
    return f"{clean(place)}, ngày {days} tháng {months} năm {day.year}"


def closed(parts: tuple[str, ...], *, dash: str = "") -> tuple[str, ...]:
    """Lines of a list in a sentence: each ends in ";", the last in "."."""
    bare = [dash + clean(part).rstrip(" ;.") for part in parts]
    return (*(part + ";" for part in bare[:-1]), *(part + "." for part in bare[-1:]))


def addressee_lines(addressees: tuple[str, ...]) -> tuple[str, ...]:
    """Cell 9a: one addressee follows "Kính gửi:" bare, several become a list."""
    if len(addressees) == 1:
        return (clean(addressees[0]),)
    return closed(addressees, dash="- ")


def signer_name(signature: Signature) -> str:
    """Cell 7b: the full name, with ° when it is made up; empty when the place is left open."""
    return plain(signature.name, synthetic=signature.synthetic and bool(signature.name))


def title(document: Document) -> str:
    """Type and subject on one line, for the properties of the file."""
    return " ".join(clean(f"{document.kind_name} {document.subject}").split())
