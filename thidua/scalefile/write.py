"""Ghi thang điểm ra YAML: the same keys in the same order, short lines where they fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from thidua.core.number import UnreadNumber
from thidua.scalefile.plain_json import number_text
from thidua.scalefile.scalar import is_bare_text

WIDTH = 100
_ORDER = """
    format name version title ref completeness source period fields scale criteria gates
    classification ranking type code label kind mode key part unit base bonus_cap deduct_cap
    max_total min_total decimals percent_decimals rounding round_at all any not field points
    percent total given x from at per each start whole eq ge gt le lt ne in pts item over max min
    at_target table hit miss if cap floor ties order when exempt_when applies_to recurs times
    combine effect by evidence required list verifier slot due to types units except_units
    not_applicable not_assigned_with_result note classes tie_breaks bands cases items else
"""
_RANK = {key: rank for rank, key in enumerate(_ORDER.split())}
_NAMED_BY_USER = ("fields",)
_SAFE = re.compile(r"[^\W_][\w .%/+()-]*[\w.%)]|[^\W_]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_scale(plain: Mapping[str, object]) -> str:
    """A scale as scale/1 YAML; loading it gives the same plain values and the same scale."""
    return _block(plain, 0)


def _block(table: Mapping[str, object], indent: int) -> str:
    return "".join(_entry(key, value, indent) for key, value in _ordered(table))


def _entry(key: str, value: object, indent: int, *, by_user: bool = False) -> str:
    lead = " " * indent + _text(key)
    flow = _flow(value, by_user=by_user or key in _NAMED_BY_USER)
    if not _is_long(value) or len(lead) + len(flow) + 2 <= WIDTH:
        return f"{lead}: {flow}\n"
    if isinstance(value, Mapping):
        if key in _NAMED_BY_USER:
            parts = [_entry(name, item, indent + 2) for name, item in value.items()]
            return f"{lead}:\n{''.join(parts)}"
        return f"{lead}:\n{_block(value, indent + 2)}"
    items = value if isinstance(value, Sequence) else ()
    return f"{lead}:\n{''.join(_item(item, indent) for item in items)}"


def _item(item: object, indent: int) -> str:
    flow = _flow(item)
    if not _is_long(item) or indent + len(flow) + 2 <= WIDTH:
        return f"{' ' * indent}- {flow}\n"
    if isinstance(item, Mapping):
        body = _block(item, indent + 2)
        return f"{' ' * indent}- {body[indent + 2 :]}"
    return f"{' ' * indent}- {flow}\n"


def _is_long(value: object) -> bool:
    """Whether the value may be spread over lines."""
    return isinstance(value, (Mapping, list, tuple)) and bool(value)


def _flow(value: object, *, by_user: bool = False) -> str:
    if isinstance(value, Mapping):
        pairs = list(value.items()) if by_user else _ordered(value)
        return "{" + ", ".join(f"{_text(key)}: {_flow(item)}" for key, item in pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Fraction)):
        return number_text(Fraction(value))
    if isinstance(value, UnreadNumber):
        return value.text
    return _text(str(value))


def _text(text: str) -> str:
    """Bare where that reads back the same, else in double quotes."""
    if _SAFE.fullmatch(text) and is_bare_text(text) and "  " not in text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNPRINTABLE.sub(_escape, escaped) + '"'


def _escape(found: re.Match[str]) -> str:
    letter = found.group()
    return _ESCAPES.get(letter, f"\\u{ord(letter):04x}")


def _ordered(table: Mapping[str, object]) -> list[tuple[str, object]]:
    return sorted(table.items(), key=lambda pair: (_RANK.get(pair[0], len(_RANK)), pair[0]))
