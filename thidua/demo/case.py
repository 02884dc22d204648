"""The case files: facts of a source, and made-up values that carry the mark."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
CASES = ("hue-2017", "bac-ninh-2018", "ha-nam-2018", "vinh-phuc-2021", "bac-kan-2023")


def read_case(name: str) -> dict[str, Any]:
    """One case file as plain values; days are dates."""
    text = (FOLDER / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    values: dict[str, Any] = yaml.safe_load(text)
    return values


def scale_text(name: str) -> str:
    """The text of a scale file of the demo."""
    return (FOLDER / "scales" / name).read_text(encoding="utf-8")


def member_names(case: dict[str, Any]) -> list[tuple[str, bool]]:
    """Units in order with whether the name is made up (units a source counts but does not name)."""
    named = [(name, False) for name in case["units"]]
    first = len(named) + 1
    unnamed = range(first, first + case.get("unnamed_units", 0))
    return named + [(f"Đơn vị {number} (bài báo không nêu tên)", True) for number in unnamed]


def day_of(case: dict[str, Any], *keys: str) -> date:
    """A date inside a case."""
    value: Any = case
    for key in keys:
        value = value[key]
    if not isinstance(value, date):
        raise TypeError(f"{'.'.join(keys)} is not a date")
    return value
