"""Khuôn của điều kiện (FORMAT section 4, Conditions)."""

from __future__ import annotations

from thidua.scalefile import shape_words
from thidua.scalefile.problem import Report, Words
from thidua.scalefile.shape import CODE, Choice, Items, Scalar, Shape, Text, Truth
from thidua.scalefile.shape_keys import Keys
from thidua.scalefile.tree import Table, Tree, Value

_SUBJECTS = ("field", "points", "percent", "total")
_OPERATORS = ("ge", "gt", "le", "lt", "eq", "ne", "in")
_OWNER = Words("Điều kiện", "A condition")


class Condition:
    """A condition: the name of a field, a comparison, or all, any, not of conditions."""

    def check(self, tree: Tree, key: str, report: Report) -> None:
        """Note what is wrong in the condition and in its parts."""
        if isinstance(tree, Table):
            self._table(tree, key, report)
        elif not isinstance(tree, Value) or not isinstance(tree.value, str) or not tree.value:
            report.add(tree.mark, key, "not_a_condition", shape_words.NOT_A_CONDITION)

    def _table(self, tree: Table, key: str, report: Report) -> None:
        known = tree.keys()
        words = [word for word in ("all", "any", "not") if word in known]
        if words and len(known) == 1:
            _COMBINATIONS.check(tree, key, report)
        elif words:
            report.add(tree.mark, words[0], "not_a_condition", _alone(words[0]))
        else:
            _TEST.check(tree, key, report)
            self._test(tree, key, report)

    def _test(self, tree: Table, key: str, report: Report) -> None:
        known = tree.keys()
        subjects = [word for word in _SUBJECTS if word in known]
        if len(subjects) != 1:
            report.add(tree.mark, key, "not_a_condition", _one_subject(subjects))
        elif not any(word in known for word in (*_OPERATORS, "given")):
            report.add(tree.mark, key, "not_a_condition", _needs_operator(tree, subjects[0]))


def _alone(word: str) -> Words:
    return Words(
        f'Khóa "{word}" đứng một mình trong điều kiện. Đưa các phần khác vào trong {{all: [...]}}.',
        f'The key "{word}" stands alone in a condition. Put the other parts inside {{all: [...]}}.',
    )


def _one_subject(subjects: list[str]) -> Words:
    if subjects:
        first, second = subjects[:2]
        return Words(
            f'Mỗi so sánh chỉ xét một thứ, ở đây có cả "{first}" và "{second}". Tách thành '
            "{all: [{...}, {...}]}.",
            f'A comparison looks at one thing, here are "{first}" and "{second}". Split it into '
            "{all: [{...}, {...}]}.",
        )
    return Words(
        'So sánh thiếu thứ cần xét. Thêm "field", "points", "percent" hoặc "total", '
        "ví dụ {field: so_tre, le: 3}.",
        'The comparison lacks what it looks at. Add "field", "points", "percent" or "total", '
        "such as {field: so_tre, le: 3}.",
    )


def _needs_operator(tree: Table, subject: str) -> Words:
    found = tree.get(subject)
    name = found.text if isinstance(found, Value) else "..."
    return Words(
        f"So sánh thiếu vế sau. Thêm ge, gt, le, lt, eq, ne, in hoặc given, "
        f"ví dụ {{{subject}: {name}, ge: 1}}.",
        f"The comparison lacks its other side. Add ge, gt, le, lt, eq, ne, in or given, "
        f"such as {{{subject}: {name}, ge: 1}}.",
    )


CONDITION: Shape = Condition()
_COMBINATIONS = Keys(
    {"all": Items(CONDITION, least=1), "any": Items(CONDITION, least=1), "not": CONDITION},
    owner=_OWNER,
)
_TEST = Keys(
    {
        "field": Text(),
        "points": CODE,
        "percent": CODE,
        "total": Choice(("points", "percent")),
        "given": Truth(),
        **{word: Scalar() for word in _OPERATORS if word != "in"},
        "in": Items(Scalar()),
    },
    owner=_OWNER,
)
