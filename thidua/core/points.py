"""Điểm và số liệu trên màn hình: figures typed by people and figures shown to people.

Typed figures are whole thousandths (milli). How a typed figure is read:

- a comma is the decimal mark: "961,5", "12,125";
- a lone dot is a decimal mark too ("961.5"), but before exactly three digits it could part
  thousands ("1.000", "961.500"): that is refused, not guessed; "0.125", "1234.567" are clear;
- with both marks the last is the decimal mark, the other parts thousands: "1.000,5", "1,000.5";
- the same mark twice parts thousands: "1.000.000"; so do spaces: "1 000";
- minus is U+2212 or a hyphen; at most 15 digits before and 3 after the mark.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from thidua.core.finding import Finding, Refused
from thidua.core.number import WHOLE_DIGITS
from thidua.core.rounding import round_whole

MILLI = 1000
TYPED_DECIMALS = 3
MINUS = "\u2212"
_SHOWN_EXACTLY = 6
_SIGNS = ("-", "+", MINUS)
_SPACES = re.compile("[ \u00a0\u2009\u202f]")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?", re.ASCII)
_PLAIN = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?", re.ASCII)
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,]([0-9]+))?", re.ASCII
)
_COULD_BE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)


def read_points(typed: str) -> int | None:
    """Read a figure typed by a person as whole thousandths; None when nothing was typed.

    Raises `Refused` (FIGURE-1 to FIGURE-4) with a sentence that says what to type instead.
    """
    text = unicodedata.normalize("NFC", typed).strip()
    if not text:
        return None
    digits = text[1:].lstrip() if text[0] in _SIGNS else text
    milli = _milli(_without_spaces(digits), typed=text)
    return milli if text[0] not in _SIGNS or text[0] == "+" else -milli


def show_milli(milli: int, *, decimals: int = 1) -> str:
    """Show whole thousandths the Vietnamese way: "961,5", "1.000,0", "−0,125"."""
    return show(Fraction(milli, MILLI), decimals=decimals)


def typing_text(milli: int) -> str:
    """Write whole thousandths for an input field, which reads back the same: "1000,5"."""
    return show(Fraction(milli, MILLI)).replace(".", "")


def show(number: Fraction, *, decimals: int = 1) -> str:
    """Show exact points: at least `decimals` places (and one), all that are there up to six.

    A figure that does not end in six places is rounded, half up, and marked "≈".
    """
    least = max(1, decimals)
    for places in range(least, _SHOWN_EXACTLY + 1):
        if 10**places % number.denominator == 0:
            return _comma(number, places)
    return "≈ " + _comma(number, max(2, least))


def show_figure(number: Fraction) -> str:
    """Show a figure that is not points (a target, a count) as short as it is: "8", "92,5"."""
    return _comma(number, 0) if number.denominator == 1 else show(number)


def result_text(number: Fraction) -> str:
    """Write a number as result/1 does: the shortest decimal if it ends ("6.25"), else "20/3"."""
    twos, fives, rest = _powers(number.denominator)
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    places = max(twos, fives)
    digits = str(abs(number.numerator) * 10**places // number.denominator).zfill(places + 1)
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _milli(digits: str, *, typed: str) -> int:
    if _COULD_BE_THOUSANDS.fullmatch(digits):
        raise _refuse("FIGURE-2", typed, _two_readings(digits))
    plain, grouped = _PLAIN.fullmatch(digits), _GROUPED.fullmatch(digits)
    if plain:
        whole, parts = plain.group(1), plain.group(2) or ""
    elif grouped:
        parts = grouped.group(2) or ""
        whole = re.sub("[.,]", "", digits[: len(digits) - len(parts)])
    else:
        raise _refuse("FIGURE-1", typed, "Hãy nhập bằng chữ số, ví dụ 961,5.")
    if len(whole.lstrip("0")) > WHOLE_DIGITS:
        raise _refuse("FIGURE-3", typed, f"Phần nguyên có nhiều nhất {WHOLE_DIGITS} chữ số.")
    if len(parts) > TYPED_DECIMALS:
        raise _refuse(
            "FIGURE-4", typed, f"Hãy nhập nhiều nhất {TYPED_DECIMALS} chữ số sau dấu phẩy."
        )
    return int(whole) * MILLI + int(parts.ljust(TYPED_DECIMALS, "0"))


def _without_spaces(digits: str) -> str:
    spaced = _SPACES.sub(" ", digits)
    return spaced.replace(" ", "") if _SPACED.fullmatch(spaced) else digits


def _two_readings(digits: str) -> str:
    whole, _, parts = digits.partition(".")
    decimal = parts.rstrip("0") or "0"
    return (
        f"Số này có thể hiểu là {whole},{decimal} hoặc {whole}{parts}. Hãy nhập một trong hai cách."
    )


def _refuse(rule_id: str, typed: str, advice: str) -> Refused:
    shown = typed if len(typed) <= 40 else typed[:40] + "…"
    words = f"Không đọc được số “{shown}”. {advice}"
    return Refused(
        [Finding(rule_id=rule_id, outcome="refused", inputs={"typed": shown}, words=words)]
    )


def _comma(number: Fraction, places: int) -> str:
    steps = round_whole(number.numerator * 10**places, number.denominator, "half_up")
    digits = str(abs(steps)).zfill(places + 1)
    whole, parts = (digits[:-places], digits[-places:]) if places else (digits, "")
    grouped = f"{int(whole):,}".replace(",", ".")
    return (MINUS if steps < 0 else "") + (f"{grouped},{parts}" if parts else grouped)


def _powers(denominator: int) -> tuple[int, int, int]:
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return twos, fives, denominator
