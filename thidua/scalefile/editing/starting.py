"""Bắt đầu một thang điểm: from nothing, or last year's carried over to this year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from thidua.core.text import fold
from thidua.scalefile.editing.lines import Plain, thawed

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DAY_KEYS = ("due", "from", "to")
_FIRST_OF_NAME = re.compile(r"[^a-z0-9]+")


def slug(words: str, *, year: int) -> str:
    """A name as the format wants it: "Khối sở, ngành" and 2026 give "khoi-so-nganh-2026"."""
    bare = _FIRST_OF_NAME.sub("-", fold(words)).strip("-")[:80].strip("-")
    return f"{bare or 'thang-diem'}-{year}"


def blank(*, name: str, title: str, base: Fraction | None, period: tuple[date, date]) -> Plain:
    """A scale without lines; its header says what most blocs say."""
    return {
        "format": "scale/1",
        "name": name,
        "version": "1",
        "title": title,
        "source": {"ref": "Dự thảo của Khối", "completeness": "full"},
        "period": {"from": period[0].isoformat(), "to": period[1].isoformat()},
        "scale": {
            "base": base,
            "bonus_cap": None,
            "deduct_cap": None,
            "max_total": None,
            "min_total": Fraction(0),
            "decimals": Fraction(1),
            "rounding": "half_up",
            "not_applicable": "drop_denominator",
        },
        "criteria": [],
    }


def carried_over(
    plain: Mapping[str, Any], *, years: int, name: str, period: tuple[date, date]
) -> Plain:
    """The same scale for another year: its days move by whole years, its title names the year.

    Days are the deadlines of lines, the spans for which lines apply, and days that conditions
    compare a date with. The version begins at 1 again.
    """
    dates = {key for key, found in (plain.get("fields") or {}).items() if found["type"] == "date"}
    made = {key: _moved(value, key, years, dates) for key, value in thawed(plain).items()}
    year = period[0].year
    title = str(made["title"])
    made["title"] = title.replace(str(year - years), str(year)) if years else title
    made |= {"name": name, "version": "1"}
    made["period"] = {"from": period[0].isoformat(), "to": period[1].isoformat()}
    return made


def next_version(version: str) -> str:
    """The version after: "2" after "1", "2026.2" after "2026.1"."""
    found = re.fullmatch(r"(.*?)([0-9]+)", version, re.DOTALL | re.ASCII)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"{version}.2"


def _moved(value: Any, key: str, years: int, dates: set[str]) -> Any:
    if isinstance(value, dict):
        compared = value.get("field") in dates
        return {
            name: _moved(inner, "due" if compared and name != "field" else name, years, dates)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_moved(inner, key, years, dates) for inner in value]
    if key in _DAY_KEYS and isinstance(value, str) and _ISO.fullmatch(value):
        return _day_moved(value, years)
    return value


def _day_moved(iso: str, years: int) -> str:
    try:
        day = date.fromisoformat(iso)
        return day.replace(year=day.year + years).isoformat()
    except ValueError:  # 29 February, or no day at all
        return f"{int(iso[:4]) + years}-02-28" if iso.endswith("-02-29") else iso
