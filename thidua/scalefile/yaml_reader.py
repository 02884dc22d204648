"""Đọc YAML nghiêm: YAML 1.2 without aliases, tags or merge keys, as a tree that knows lines.

Works on the parser's events, so that nothing is resolved, expanded or built on our behalf.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml import events

from thidua.scalefile import reading_words, yaml_words
from thidua.scalefile.problem import START, FileError, Mark, Report
from thidua.scalefile.scalar import bare_scalar, normal
from thidua.scalefile.tree import MAX_DEPTH, Entry, Listing, Table, Tree, Value

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, *, name: str) -> Tree:
    """The tree of a YAML text; raises `FileError` with every offence against strict reading."""
    report = Report()
    try:
        tree = _Builder(report, name).build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        raise FileError([yaml_words.syntax_problem(error, text)], name=name) from error
    except yaml.reader.ReaderError as error:
        raise FileError([yaml_words.character_problem(error, text)], name=name) from error
    report.stop_if_any(name)
    return tree


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    mark: Mark
    is_table: bool
    items: list[Tree] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    pending: tuple[str, Mark] | None = None

    def close(self) -> Tree:
        if self.is_table:
            return Table(self.mark, tuple(self.entries))
        return Listing(self.mark, tuple(self.items))


class _Builder:
    def __init__(self, report: Report, name: str) -> None:
        self.report = report
        self.name = name
        self.stack: list[_Open] = []
        self.root: Tree = Value(Mark(1, 1), None, "")
        self.documents = 0

    def build(self, stream: Iterator[events.Event]) -> Tree:
        for event in stream:
            self._take(event)
        return self.root

    def _take(self, event: events.Event) -> None:
        if isinstance(event, events.DocumentStartEvent):
            self._document(event)
        elif isinstance(event, events.NodeEvent):
            self._refuse_anchor_and_tag(event)
            self._node(event)
        elif isinstance(event, events.CollectionEndEvent):
            self._place(self.stack.pop().close())

    def _document(self, event: events.Event) -> None:
        self.documents += 1
        if self.documents == 2:
            self.report.add(_mark(event), "", "many_documents", yaml_words.MANY_DOCUMENTS)

    def _refuse_anchor_and_tag(self, event: events.NodeEvent) -> None:
        if isinstance(event, events.AliasEvent):
            self.report.add(_mark(event), "", "alias", yaml_words.alias(str(event.anchor)))
        elif event.anchor is not None:
            self.report.add(_mark(event), "", "anchor", yaml_words.anchor(str(event.anchor)))
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.report.add(
                _mark(event),
                "",
                "tag",
                yaml_words.tag(str(tag).replace("tag:yaml.org,2002:", "!!")),
            )

    def _node(self, event: events.NodeEvent) -> None:
        mark = _mark(event)
        if isinstance(event, events.CollectionStartEvent):
            self._open(event, mark)
        elif isinstance(event, events.ScalarEvent):
            is_bare = bool(event.implicit[0])
            text = str(event.value)
            composed = normal(text)
            value = bare_scalar(text) if is_bare else composed
            self._place(Value(mark, value, composed), is_bare=is_bare)
        else:
            self._place(Value(mark, None, ""))

    def _open(self, event: events.NodeEvent, mark: Mark) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.report.add(mark, "", "too_deep", reading_words.too_deep(MAX_DEPTH))
            self.report.stop_if_any(self.name)
        self.stack.append(_Open(mark, isinstance(event, events.MappingStartEvent)))

    def _place(self, tree: Tree, *, is_bare: bool = False) -> None:
        if not self.stack:
            self.root = tree if self.documents == 1 else self.root
            return
        above = self.stack[-1]
        if not above.is_table:
            above.items.append(tree)
        elif above.pending is None:
            above.pending = self._key(tree, is_bare=is_bare)
        else:
            self._entry(above, *above.pending, tree)

    def _key(self, tree: Tree, *, is_bare: bool) -> tuple[str, Mark]:
        if not isinstance(tree, Value):
            self.report.add(tree.mark, "", "complex_key", yaml_words.COMPLEX_KEY)
            return "", tree.mark
        if is_bare and tree.text == "<<":
            self.report.add(tree.mark, "<<", "merge_key", yaml_words.MERGE_KEY)
        return tree.text, tree.mark

    def _entry(self, above: _Open, key: str, mark: Mark, tree: Tree) -> None:
        above.pending = None
        if key in above.seen:
            words = reading_words.duplicate_key(key, above.seen[key])
            self.report.add(mark, key, "duplicate_key", words)
            return
        above.seen[key] = mark.line
        above.entries.append(Entry(key, mark, tree))


def _mark(event: events.Event) -> Mark:
    place = event.start_mark
    return Mark(place.line + 1, place.column + 1) if place else START
