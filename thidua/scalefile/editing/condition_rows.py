"""Điều kiện thành dòng: any condition as rows in groups, and rows as a condition (FORMAT 4).

A form can show two levels: rows, and groups of rows. Kleene logic is distributive and obeys De
Morgan, so every condition has an equal form of two levels; deeper ones are rewritten into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal, cast

Mode = Literal["all", "any", "all_groups", "any_groups"]
OPERATORS = ("ge", "gt", "le", "lt", "eq", "ne", "in", "given")
SUBJECTS = ("field", "points", "percent", "total")
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: `subject` field, points, percent or total; `name` of what; `negated` not."""

    subject: str
    name: str
    operator: str
    value: Any
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Groups of rows; with mode all or any there is one group.

    `all_groups`: every group holds, in a group one row is enough. `any_groups`: one group is
    enough, in it every row holds.
    """

    mode: Mode
    groups: tuple[tuple[Row, ...], ...]


class TooLong(ValueError):
    """A condition with more rows than a form can show."""


@dataclass(frozen=True, slots=True)
class _Tree:
    word: Literal["all", "any"]
    parts: tuple[_Tree | Row, ...]


def rows_of(condition: Any) -> Rows:
    """A plain condition as rows; raises `TooLong` beyond `MOST_ROWS` of them."""
    tree = _flat(_pushed(condition, negated=False))
    if isinstance(tree, Row):
        return Rows("all", ((tree,),))
    if all(isinstance(part, Row) for part in tree.parts):
        return Rows(tree.word, (_rows(tree.parts),))
    if all(isinstance(part, Row) or _holds_rows(part) for part in tree.parts):
        groups = tuple(_rows(_parts(part)) for part in tree.parts)
        return _limited(Rows("all_groups" if tree.word == "all" else "any_groups", groups))
    return _limited(Rows("any_groups", tuple(_alternatives(tree))))


def condition_of(rows: Rows) -> Any:
    """The plain condition that the rows say; None when there are none."""
    groups = [[_plain(row) for row in group] for group in rows.groups if group]
    if not groups:
        return None
    if rows.mode in ("all", "any"):
        return _joined(rows.mode, [part for group in groups for part in group])
    outer, inner = ("all", "any") if rows.mode == "all_groups" else ("any", "all")
    return _joined(outer, [_joined(inner, group) for group in groups])


def _joined(word: str, parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else {word: parts}


def _plain(row: Row) -> Any:
    test: Any = {row.subject: row.name, row.operator: row.value}
    if row.subject == "field" and row.operator == "eq" and row.value is True:
        test = row.name
    return {"not": test} if row.negated else test


def _pushed(plain: Any, *, negated: bool) -> _Tree | Row:
    """The condition with every `not` carried down to single comparisons."""
    if isinstance(plain, str):
        return Row("field", plain, "eq", value=True, negated=negated)
    found = cast("Mapping[str, Any]", plain)
    if "not" in found:
        return _pushed(found["not"], negated=not negated)
    for word in ("all", "any"):
        if word in found:
            parts = tuple(_pushed(part, negated=negated) for part in found[word])
            return _Tree(_turned(word, negated=negated), parts)
    subject = next(word for word in SUBJECTS if word in found)
    rows = tuple(
        Row(subject, str(found[subject]), operator, found[operator], negated)
        for operator in OPERATORS
        if operator in found
    )
    return rows[0] if len(rows) == 1 else _Tree(_turned("all", negated=negated), rows)


def _turned(word: str, *, negated: bool) -> Literal["all", "any"]:
    return "all" if (word == "all") != negated else "any"


def _flat(tree: _Tree | Row) -> _Tree | Row:
    """Groups inside a group of the same word are one group; a group of one is its part."""
    if isinstance(tree, Row):
        return tree
    parts: list[_Tree | Row] = []
    for part in map(_flat, tree.parts):
        if isinstance(part, _Tree) and part.word == tree.word:
            parts.extend(part.parts)
        else:
            parts.append(part)
    return parts[0] if len(parts) == 1 else _Tree(tree.word, tuple(parts))


def _holds_rows(tree: _Tree | Row) -> bool:
    return isinstance(tree, _Tree) and all(isinstance(part, Row) for part in tree.parts)


def _parts(tree: _Tree | Row) -> Sequence[_Tree | Row]:
    return (tree,) if isinstance(tree, Row) else tree.parts


def _rows(parts: Iterable[_Tree | Row]) -> tuple[Row, ...]:
    return tuple(part for part in parts if isinstance(part, Row))


def _alternatives(tree: _Tree | Row) -> list[tuple[Row, ...]]:
    """Every way to fulfil the tree, as rows that hold together."""
    if isinstance(tree, Row):
        return [(tree,)]
    below = [_alternatives(part) for part in tree.parts]
    if tree.word == "any":
        return [rows for ways in below for rows in ways]
    count = 1
    for ways in below:
        count *= len(ways)
        if count > MOST_ROWS:
            raise TooLong
    return [tuple(row for rows in chosen for row in rows) for chosen in product(*below)]


def _limited(rows: Rows) -> Rows:
    if sum(map(len, rows.groups)) > MOST_ROWS:
        raise TooLong
    return rows
