"""unknown_reference, forward_reference: điều kiện nhắc tới thứ không có hoặc chưa có điểm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.condition import Condition, Test, tests_of
from thidua.core.lint.item import Item, Path, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.node import Count, Flag, Linear, Node, Steps, Switch
from thidua.core.scale import ClassDef, Scale


def references(scale: Scale) -> Iterator[Item]:
    """Fields and codes that are not declared; conditions of nodes that look ahead or upwards."""
    known = _Known(scale)
    for found in placed_nodes(scale):
        yield from _node(found, known)
    for number, gate in enumerate(scale.gates):
        path: Path = ("gates", number, "when")
        yield from known.undeclared(gate.when, gate.code, path)
    for number, rule in enumerate(scale.ranking.tie_breaks):
        test = Test(rule.subject, rule.name)
        yield from known.undeclared(test, "ranking", ("ranking", "tie_breaks", number))
    for number, one in enumerate(scale.classification.classes if scale.classification else ()):
        yield from _class(one, known, ("classification", "classes", number))


class _Known:
    """Names a condition may use, and where each node stands."""

    def __init__(self, scale: Scale) -> None:
        self.fields = frozenset(scale.field_index())
        self.order: dict[str, int] = {}
        for number, node in enumerate(scale.walk()):
            self.order.setdefault(node.code, number)

    def undeclared(self, condition: Condition | None, code: str, path: Path) -> Iterator[Item]:
        """One item for each undeclared name of a condition."""
        for test in _distinct(condition):
            if not self.declares(test):
                yield _unknown(test, code, path)

    def declares(self, test: Test) -> bool:
        """Whether what a test looks at is declared."""
        if test.subject == "field":
            return test.name in self.fields
        return test.subject == "total" or test.name in self.order


@dataclass(frozen=True, slots=True)
class _Use:
    key: str
    condition: Condition | None


def _node(found: Placed, known: _Known) -> Iterator[Item]:
    node = found.node
    for use in _uses(node):
        path = (*found.path, use.key)
        for test in _distinct(use.condition):
            if not known.declares(test):
                yield _unknown(test, node.code, path)
            elif use.key != "x" and _looks_ahead(test, found, known):
                yield _forward(test, node.code, path)


def _uses(node: Node) -> Iterator[_Use]:
    yield _Use("when", node.when)
    yield _Use("exempt_when", node.exempt_when)
    if isinstance(node, Flag):
        yield _Use("if", node.condition)
    if isinstance(node, (Count, Steps, Switch, Linear)) and node.x.kind == "field":
        yield _Use("x", Test("field", node.x.field))


def _looks_ahead(test: Test, found: Placed, known: _Known) -> bool:
    if test.subject == "field":
        return False
    if test.subject == "total" or test.name in {node.code for node in found.above}:
        return True
    return known.order[test.name] >= known.order[found.node.code]


def _class(one: ClassDef, known: _Known, path: Path) -> Iterator[Item]:
    yield from known.undeclared(one.condition, one.code, (*path, "if"))
    over = one.floor.over if one.floor else ()
    for code in dict.fromkeys(over) if isinstance(over, tuple) else ():
        yield from known.undeclared(Test("points", code), one.code, (*path, "floor"))


def _distinct(condition: Condition | None) -> list[Test]:
    """The tests of a condition, one for each thing they look at."""
    tests = tests_of(condition) if condition is not None else ()
    return list({(test.subject == "field", test.name): test for test in tests}.values())


def _unknown(test: Test, code: str, path: Path) -> Item:
    if test.subject == "field":
        words = Words(
            f'Số liệu "{test.name}" chưa khai báo.', f'The field "{test.name}" is not declared.'
        )
        advice = Words(
            'Khai báo số liệu này ở khóa "fields", hoặc sửa lại tên.',
            'Declare it under "fields", or correct the name.',
        )
    else:
        words = Words(
            f'Không có tiêu chí nào mang mã "{test.name}".',
            f'No node has the code "{test.name}".',
        )
        advice = Words(
            "Sửa thành mã của một tiêu chí trong thang điểm.",
            "Write the code of a node of this scale.",
        )
    return Item(
        level="error", lint="unknown_reference", code=code, path=path, words=words, advice=advice
    )


def _forward(test: Test, code: str, path: Path) -> Item:
    if test.subject == "total":
        words = Words(
            "Điều kiện của tiêu chí xét tổng điểm, nhưng tổng điểm chỉ có sau khi chấm xong mọi "
            "tiêu chí.",
            "The condition of a node looks at the total, which is known only after every node.",
        )
        advice = Words(
            'Chuyển điều kiện này sang "gates" hoặc sang mức xếp loại.',
            'Move the condition to "gates" or to a class.',
        )
    else:
        words = Words(
            f'Điều kiện xét điểm của "{test.name}", nhưng tiêu chí đó đứng sau hoặc chứa tiêu chí '
            "này nên chưa có điểm.",
            f'The condition looks at "{test.name}", which comes later or contains this node.',
        )
        advice = Words(
            "Chỉ xét tiêu chí đứng trước trong tệp; đổi thứ tự các tiêu chí nếu cần.",
            "Look only at nodes that stand earlier in the file; reorder them if needed.",
        )
    return Item(
        level="error", lint="forward_reference", code=code, path=path, words=words, advice=advice
    )
