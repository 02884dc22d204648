"""Lời báo về số: what an official probably meant by something that is not a number."""

from __future__ import annotations

import re

from thidua.core.number import UnreadNumber, read_number
from thidua.scalefile.problem import Words, shown
from thidua.scalefile.tree import Value

_GROUPED = re.compile(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_SPACED = re.compile(r"[-+]?\d{1,3}([ _\u00a0\u202f]\d{3})+([.,]\d+)?", re.ASCII)
_LEADING = re.compile(r"([-+]?\d+([.,]\d+)?)\s*(%|điểm|đ)?", re.ASCII)
_EXPONENT = re.compile(r"([-+]?\d+)(\.\d+)?[eE]\+?(\d{1,2})", re.ASCII)


def not_a_number(value: Value, example: str) -> Words:
    """Why a value is no number, with the number that was probably meant or an example."""
    wanted = meant_number(value.text)
    written = shown(value.text)
    if wanted:
        return Words(
            f"{written} không phải là số đúng cách viết. Viết {wanted} (dấu chấm thập phân, "
            "không có dấu cách hay đơn vị).",
            f"{written} is not a number as the format writes it. Write {wanted}.",
        )
    if isinstance(value.value, UnreadNumber):
        return Words(
            f"Không dùng được số {written}. Số có nhiều nhất 15 chữ số trước và 6 chữ số sau dấu "
            f"chấm, không viết dạng mũ. Viết như {example}.",
            f"The number {written} cannot be used: at most 15 digits before and 6 after the "
            f"point, no exponent. Write for example {example}.",
        )
    return Words(
        f"Ở đây phải là một số, không phải {_found_vi(value)}. Viết như {example}.",
        f"A number is needed here, not {_found_en(value)}. Write for example {example}.",
    )


def meant_number(text: str) -> str | None:
    """The number someone meant by "961,5", "1 000", "50%", "1.234,5", "1e3", "−4"; or None."""
    plain = text.strip().replace("−", "-").replace("–", "-")
    for candidate in _candidates(plain):
        if candidate != text and read_number(candidate) is not None:
            return candidate
    return None


def _candidates(text: str) -> list[str]:
    found = [text]
    if _GROUPED.fullmatch(text):
        found.append(text.replace(".", "").replace(",", "."))
    if _SPACED.fullmatch(text):
        found.append(re.sub(r"[ _\u00a0\u202f]", "", text).replace(",", "."))
    if leading := _LEADING.fullmatch(text):
        found.append(leading[1].replace(",", "."))
    if text.startswith("."):
        found.append(f"0{text}")
    if text.endswith("."):
        found.append(text[:-1])
    if exponent := _EXPONENT.fullmatch(text):
        found.append(_spelled(exponent))
    return found


def _spelled(exponent: re.Match[str]) -> str:
    decimals = (exponent[2] or ".")[1:]
    power = int(exponent[3])
    if power > 15 or len(decimals) > power:
        return ""
    return exponent[1] + decimals + "0" * (power - len(decimals))


def _found_vi(value: Value) -> str:
    if value.value is None:
        return "chỗ trống"
    return shown(value.text)


def _found_en(value: Value) -> str:
    if value.value is None:
        return "nothing"
    return shown(value.text)
