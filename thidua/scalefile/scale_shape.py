"""Khuôn của cả thang điểm (FORMAT sections 3 and 7, scale.schema.json)."""

from __future__ import annotations

import re

from thidua.scalefile import shape_words
from thidua.scalefile.condition_shape import CONDITION
from thidua.scalefile.node_shape import (
    CAP_OR_NULL,
    EVIDENCE,
    NODE,
    NOT_APPLICABLE,
    NOT_ASSIGNED,
    NUMBER,
    NUMBER_OR_NULL,
)
from thidua.scalefile.problem import Report, Words
from thidua.scalefile.shape import CODE, Choice, Date, Either, Items, Text, Whole
from thidua.scalefile.shape_keys import Keys, Named
from thidua.scalefile.tree import Table, Tree

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_POINTS_OR_PERCENT = Choice(("points", "percent"))
_TIE_SUBJECTS = ("points", "percent", "field", "total")

PERIOD = Keys(
    {"from": Date(), "to": Date()},
    ("from", "to"),
    Words("Kỳ chấm điểm", "The period"),
)
_SOURCE = Keys(
    {
        "ref": Text(),
        "completeness": Choice(("full", "partial", "constructed")),
        "note": Text(),
    },
    ("ref", "completeness"),
    Words("Nguồn của thang điểm", "The source"),
)
_FIELD = Keys(
    {"type": Choice(("number", "date", "flag", "text")), "unit": Text(), "label": Text()},
    ("type",),
    Words("Số liệu", "A field"),
    "{type: number, unit: hồ sơ, label: Số hồ sơ trễ hạn}",
)
_BAD_FIELD_NAME = Words(
    "Tên số liệu chỉ gồm chữ không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ, ví dụ so_tre.",
    "A field name has only letters without accents, digits and underscores, such as so_tre.",
)
_HEADER = Keys(
    {
        "base": NUMBER_OR_NULL,
        "bonus_cap": CAP_OR_NULL,
        "deduct_cap": CAP_OR_NULL,
        "max_total": NUMBER_OR_NULL,
        "min_total": NUMBER_OR_NULL,
        "decimals": Whole(0, 3),
        "percent_decimals": Whole(0, 3),
        "rounding": Choice(("half_up", "half_even")),
        "round_at": Choice(("total", "leaf")),
        "not_applicable": NOT_APPLICABLE,
        "not_assigned_with_result": NOT_ASSIGNED,
    },
    ("base", "bonus_cap", "deduct_cap", "max_total", "decimals", "rounding", "not_applicable"),
    Words("Quy định chung", "The header"),
)
_GATE = Keys(
    {
        "code": CODE,
        "label": Text(),
        "when": CONDITION,
        "effect": Choice(("unranked", "not_considered", "demote", "block")),
        "by": Whole(1),
        "evidence": EVIDENCE,
    },
    ("code", "label", "when", "effect"),
    Words("Điều kiện loại", "A gate"),
    "{code: G1, label: Không nộp, when: {not: da_nop}, effect: unranked}",
)
_CLASS = Keys(
    {
        "code": Text(),
        "label": Text(),
        "ge": NUMBER,
        "gt": NUMBER,
        "le": NUMBER,
        "lt": NUMBER,
        "if": CONDITION,
        "floor": Keys(
            {"over": Either(Choice(("leaves", "sections")), Items(CODE)), "percent": NUMBER},
            ("over", "percent"),
            Words("Điều kiện sàn", "The floor"),
            "{over: sections, percent: 80}",
        ),
    },
    ("code", "label"),
    Words("Mức xếp loại", "A class"),
    "{code: XS, label: Xuất sắc, ge: 90}",
)
_TIE_BREAK_KEYS = Keys(
    {
        "points": CODE,
        "percent": CODE,
        "field": Text(),
        "total": _POINTS_OR_PERCENT,
        "order": Choice(("asc", "desc")),
    },
    owner=Words("Tiêu chí phụ", "A tie break"),
    example="{points: I}",
)


class _TieBreak:
    """A tie break: exactly one thing to compare, and the order."""

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note what is wrong in it."""
        _TIE_BREAK_KEYS.check(tree, key, report)
        known = tree.keys() if isinstance(tree, Table) else ["points"]
        if sum(word in known for word in _TIE_SUBJECTS) != 1:
            words = Words(
                "Mỗi tiêu chí phụ so đúng một thứ: points, percent, field hoặc total. "
                "Viết như {points: I} hoặc {field: so_tre, order: asc}.",
                "A tie break compares exactly one of points, percent, field, total. "
                "Write for example {points: I} or {field: so_tre, order: asc}.",
            )
            report.add(tree.mark, key, "one_subject", words)


SCALE = Keys(
    {
        "format": Choice(("scale/1",)),
        "name": Text(empty=False, pattern=_SLUG, why=shape_words.BAD_NAME),
        "version": Text(empty=False),
        "title": Text(empty=False),
        "source": _SOURCE,
        "period": PERIOD,
        "fields": Named(_FIELD, "{da_nop: {type: flag}}", _FIELD_NAME, _BAD_FIELD_NAME),
        "scale": _HEADER,
        "criteria": Items(NODE),
        "gates": Items(_GATE),
        "classification": Keys(
            {"key": _POINTS_OR_PERCENT, "classes": Items(_CLASS, least=1)},
            ("classes",),
            Words("Xếp loại", "The classification"),
        ),
        "ranking": Keys(
            {"key": _POINTS_OR_PERCENT, "tie_breaks": Items(_TieBreak())},
            owner=Words("Xếp hạng", "The ranking"),
        ),
    },
    ("format", "name", "version", "title", "source", "scale", "criteria"),
    Words("Thang điểm", "The scale"),
    "format: scale/1",
)
