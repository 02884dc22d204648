"""Khuôn của tiêu chí: the keys of a node, common ones and those of its kind (FORMAT 4 and 5)."""

from __future__ import annotations

from collections.abc import Mapping

from thidua.scalefile import shape_words
from thidua.scalefile.condition_shape import CONDITION
from thidua.scalefile.problem import Report, Words, shown
from thidua.scalefile.shape import (
    CODE,
    TEXTS,
    Choice,
    Date,
    Either,
    Items,
    Lazy,
    Number,
    Scalar,
    Shape,
    Text,
    Truth,
    Whole,
)
from thidua.scalefile.shape_keys import Keys
from thidua.scalefile.tree import Entry, Listing, Table, Tree, Value

NUMBER = Number()
NUMBER_OR_NULL = Number(null=True)
CAP_OR_NULL = Number(null=True, negative=False)
NOT_APPLICABLE = Choice(("drop_denominator", "full_marks", "zero", "substitute"))
NOT_ASSIGNED = Choice(("ignore", "leader", "own_group"))
EVIDENCE = Keys({"required": Truth(), "list": TEXTS}, owner=Words("Mục minh chứng", "The evidence"))
PAIR = (("ge", "gt"), ("le", "lt"))
_EXEMPTS_NOTHING = ("sum", "pick", "switch")
_BOUNDS: Mapping[str, Shape] = {"ge": NUMBER, "gt": NUMBER, "le": NUMBER, "lt": NUMBER}


class Node:
    """A criterion: its kind decides which keys belong to it."""

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note what is wrong in the node and in everything below it."""
        kind = _kind_of(tree)
        if kind in KINDS and isinstance(tree, Table):
            _NODES[kind].check(_without_strangers(tree, kind, report), key, report)
            _check_modifiers(tree, kind, report)
        else:
            _UNKNOWN_KIND.check(tree, key, report)


def _kind_of(tree: Tree) -> str:
    kind = tree.get("kind") if isinstance(tree, Table) else None
    return kind.value if isinstance(kind, Value) and isinstance(kind.value, str) else ""


def _without_strangers(tree: Table, kind: str, report: Report) -> Table:
    """The node without keys that belong to another kind, which are reported as such."""
    kept: list[Entry] = []
    for entry in tree.entries:
        others = [other for other in KINDS if entry.key in KINDS[other].shapes]
        if entry.key in _NODES[kind].shapes or not others:
            kept.append(entry)
        else:
            words = _other_kind(entry.key, kind, others)
            report.add(entry.mark, entry.key, "key_of_other_kind", words)
    return Table(tree.mark, tuple(kept))


def _other_kind(key: str, kind: str, others: list[str]) -> Words:
    allowed = ", ".join(sorted(set(KINDS[kind].shapes) - {"max"})) or "max"
    return Words(
        f'Khóa "{key}" không dùng cho loại "{kind}", chỉ dùng cho {", ".join(others)}. Xóa khóa '
        f'này hoặc đổi "kind". Loại "{kind}" có các khóa riêng: {allowed}.',
        f'The key "{key}" does not belong to kind "{kind}" but to {", ".join(others)}. Delete it '
        f'or change "kind". Keys of "{kind}": {allowed}.',
    )


def _check_modifiers(tree: Table, kind: str, report: Report) -> None:
    for entry in tree.entries:
        if entry.key == "exempt_when" and kind in _EXEMPTS_NOTHING:
            report.add(entry.mark, entry.key, "misplaced_exemption", _MISPLACED_EXEMPTION)
        if entry.key == "recurs":
            _refuse_nested(tree, report)


def _refuse_nested(tree: Table, report: Report) -> None:
    for below in _nodes_below(tree):
        for entry in below.entries:
            if entry.key == "recurs":
                report.add(entry.mark, entry.key, "nested_recurrence", _nested(tree))


def _nodes_below(tree: Table) -> list[Table]:
    found: list[Table] = []
    for key in ("items", "cases"):
        listing = tree.get(key)
        parts = listing.items if isinstance(listing, Listing) else ()
        for part in parts:
            item = part.get("item") if key == "cases" and isinstance(part, Table) else part
            if isinstance(item, Table):
                found += [item, *_nodes_below(item)]
    return found


def _nested(tree: Table) -> Words:
    code = tree.get("code")
    name = shown(code.text) if isinstance(code, Value) else "..."
    return Words(
        f"Tiêu chí {name} ở trên đã lặp theo kỳ, tiêu chí bên trong không lặp thêm được. "
        'Xóa khóa "recurs" ở một trong hai chỗ.',
        f"The node {name} above already recurs; nodes below cannot recur again. Delete one of the "
        'two "recurs".',
    )


_MISPLACED_EXEMPTION = Words(
    "Miễn trừ điểm chỉ ghi ở sổ cộng trừ (ledger) hoặc ở từng dòng chấm điểm. "
    "Chuyển khóa này xuống các tiêu chí con.",
    "exempt_when stands on a ledger or on single lines only. Move it to the nodes below.",
)
NODE: Shape = Node()
_NODE_LATER = Lazy(lambda: NODE)
_ITEMS = Items(_NODE_LATER, least=1)
_X = Either(
    Choice(("value", "percent", "days_late")),
    Keys({"field": Text()}, ("field",), Words("Nguồn số liệu", "The source x"), "{field: so_tre}"),
)
_ELSE_NUMBER = Number(text=False)
_EQ = Scalar(truth=False)


class _Else:
    """`else` of steps and switch: a number without quotes, or the word undecided."""

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note anything else."""
        if isinstance(tree, Value) and tree.value == "undecided":
            return
        if isinstance(tree, Value) and not isinstance(tree.value, str):
            _ELSE_NUMBER.check(tree, key, report)
            return
        found = shape_words.found_words(tree)
        words = Words(
            f"Không dùng được {found.vi}. Viết một số không có ngoặc kép, ví dụ 0, hoặc viết "
            "undecided nếu phải có người quyết định.",
            f"{found.en} is not allowed. Write a number without quotes, such as 0, or undecided.",
        )
        report.add(tree.mark, key, "not_a_number", words)


_BAND = Keys(
    {**_BOUNDS, "eq": _EQ, "pts": NUMBER},
    ("pts",),
    Words("Bậc điểm", "A band"),
    "{ge: 90, lt: 100, pts: 20}",
    PAIR,
)
_CASE = Keys(
    {**_BOUNDS, "eq": _EQ, "item": _NODE_LATER},
    ("item",),
    Words("Trường hợp", "A case"),
    "{ge: 10, item: {code: A1, kind: flag, hit: 1}}",
    PAIR,
)
_LIMITS: Mapping[str, Shape] = {"cap": NUMBER_OR_NULL, "floor": NUMBER_OR_NULL}


def _kind(shapes: Mapping[str, Shape], *required: str) -> Keys:
    return Keys(shapes, required)


KINDS: dict[str, Keys] = {
    "sum": _kind({"items": _ITEMS, **_LIMITS}, "items"),
    "ledger": _kind(
        {
            "start": NUMBER,
            "items": _ITEMS,
            "bonus_cap": CAP_OR_NULL,
            "deduct_cap": CAP_OR_NULL,
            **_LIMITS,
        },
        "items",
        "start",
    ),
    "pick": _kind({"mode": Choice(("max", "first", "chosen")), "items": _ITEMS}, "items", "mode"),
    "count": _kind({"each": NUMBER, "cap": CAP_OR_NULL, "x": _X}, "each", "cap"),
    "flag": _kind({"hit": NUMBER, "miss": NUMBER, "if": CONDITION}, "hit"),
    "steps": _kind(
        {"x": _X, "whole": Truth(), "bands": Items(_BAND, least=1), "else": _Else()},
        "bands",
        "else",
    ),
    "switch": _kind({"x": _X, "else": _Else(), "cases": Items(_CASE, least=1)}, "cases", "else"),
    "linear": _kind(
        {
            "x": _X,
            "from": NUMBER,
            "at": NUMBER,
            "per": Number(zero=False),
            "each": NUMBER,
            "whole": Truth(),
            **_LIMITS,
        },
        "from",
        "each",
        "cap",
        "floor",
    ),
    "leader": _kind({"at_target": NUMBER}, "max"),
    "rank_table": _kind(
        {
            "table": Items(NUMBER, least=1),
            "else": _ELSE_NUMBER,
            "order": Choice(("asc", "desc")),
            "ties": Choice(("shared", "mean")),
        },
        "table",
    ),
    "judged": _kind({"min": NUMBER_OR_NULL}, "max"),
    "imported": _kind({"min": NUMBER_OR_NULL}),
}
_COMMON: Mapping[str, Shape] = {
    "code": CODE,
    "label": Text(),
    "kind": Choice(tuple(KINDS)),
    "max": NUMBER_OR_NULL,
    "part": Choice(("base", "bonus", "deduct")),
    "unit": Text(),
    "note": Text(),
    "when": CONDITION,
    "exempt_when": CONDITION,
    "applies_to": Keys(
        {"types": TEXTS, "units": TEXTS, "except_units": TEXTS, "from": Date(), "to": Date()},
        owner=Words("Phạm vi áp dụng", "The scope"),
    ),
    "recurs": Keys(
        {"times": Whole(2, 366), "combine": Choice(("sum", "mean"))},
        ("times",),
        Words("Số kỳ lặp", "The recurrence"),
    ),
    "evidence": EVIDENCE,
    "verifier": Either(Text(), TEXTS),
    "slot": Truth(),
    "due": Date(),
    "not_applicable": NOT_APPLICABLE,
    "not_assigned_with_result": NOT_ASSIGNED,
}


def keys_of(kind: str) -> frozenset[str]:
    """Every key that a node of this kind may have."""
    return frozenset({**_COMMON, **KINDS[kind].shapes})


_OWNER = Words("Tiêu chí", "The node")
_EXAMPLE = "{code: I.1, label: Chất lượng tham mưu, kind: judged, max: 10}"
_NODES = {
    kind: Keys({**_COMMON, **own.shapes}, ("code", "kind", *own.required), _OWNER, _EXAMPLE)
    for kind, own in KINDS.items()
}
_UNKNOWN_KIND = Keys(
    {**{key: shape for own in KINDS.values() for key, shape in own.shapes.items()}, **_COMMON},
    ("code", "kind"),
    _OWNER,
    _EXAMPLE,
)
