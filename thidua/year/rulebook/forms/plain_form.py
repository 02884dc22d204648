"""Biểu mẫu trên giá trị của thang điểm: made of parts, remembers what was shown when it was drawn.

What the person did not touch keeps the exact spelling of the file: only keys whose reading differs
from what was shown count as changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer

from thidua.platform.http.posting import OfficialForm
from thidua.scalefile import FileError, plain_json
from thidua.scalefile.editing.merging import same
from thidua.scalefile.reader import read_tree
from thidua.scalefile.tree import plain_of
from thidua.year.rulebook.forms.parts import Part, Plain

MOST_SHOWN = 200_000
SHOWN = "shown"
_SIGNER = Signer(salt="rulebook.shown")


@dataclass(frozen=True, slots=True)
class Group:
    """Parts under one heading; closed groups are opened where something stands in them."""

    title: str
    parts: tuple[Part, ...]
    is_open: bool = True
    help: str = ""


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A part with its bound inputs, for its template."""

    part: Part
    inputs: dict[str, forms.BoundField]

    @property
    def template(self) -> str:
        """The template that draws it."""
        return self.part.template


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    """A heading with its parts as a template draws them."""

    title: str
    help: str
    is_open: bool
    parts: list[DrawnPart]


class PlainForm(OfficialForm):
    """A form over some keys of a scale; `values` are those of the page that was drawn."""

    states_all = False  # a new thing: what is untouched is said too

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Plain, groups: Sequence[Group]
    ) -> None:
        self.values, self.groups = values, tuple(groups)
        self.parts = [part for group in self.groups for part in group.parts]
        # named here, before the base speaks Vietnamese to every input
        shown = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
        self.base_fields = {SHOWN: shown, **_inputs(self.parts)}  # type: ignore[misc]  # read by Form
        super().__init__(data)
        self.initial = {SHOWN: _signed(values)}
        for part in self.parts:
            self.initial |= part.typed(values)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for part in self.parts:
            for name, words in part.check(cleaned).items():
                if name not in self.errors:
                    self.add_error(name, words)
        return cleaned

    def wanted(self) -> Plain:
        """The values with the person's changes."""
        typed = {name: self.initial.get(name) for name in self.fields}
        self.is_valid()  # cleans; what could not be read is missing from the cleaned data
        before, after = self._plain(typed), self._plain(self.cleaned_data)
        made = dict(self.values)
        for key in dict.fromkeys((*before, *after)):
            untouched = key in after and key in before and same(before[key], after[key])
            if untouched and (key in self.values or not self.states_all):
                continue
            if key in after:
                made[key] = after[key]
            else:
                made.pop(key, None)
        return made

    def drawn(self) -> list[DrawnGroup]:
        """The groups with their inputs, for the template."""
        return [
            DrawnGroup(
                group.title,
                group.help,
                group.is_open or self._says_something(group),
                [
                    DrawnPart(part, {name: self[name] for name in part.fields()})
                    for part in group.parts
                ],
            )
            for group in self.groups
        ]

    def rebase(self, values: Plain) -> None:
        """Count from now on as drawn over these values: the person has seen them."""
        self.data[self.add_prefix(SHOWN)] = _signed(values)  # type: ignore[index]  # our copy

    def _plain(self, typed: Mapping[str, Any]) -> Plain:
        made: Plain = {}
        for part in self.parts:
            made |= part.plain(typed)
        return made

    def _says_something(self, group: Group) -> bool:
        names = {name for part in group.parts for name in part.fields()}
        said = any(part.plain(part.typed(self.values)) for part in group.parts)
        return said or bool(names & set(self.errors))


def _signed(values: Plain) -> str:
    """The values for the hidden input: whoever changes them there is not believed."""
    return _SIGNER.sign(plain_json(values))


def _inputs(parts: Sequence[Part]) -> dict[str, forms.Field]:
    """The inputs of all parts, by name."""
    made: dict[str, forms.Field] = {}
    for part in parts:
        made |= part.fields()
    return made


def shown_values(data: Mapping[str, Any]) -> Plain | None:
    """The values of the page from which a form was sent; None when we did not write them."""
    sent = str(data.get(SHOWN, ""))
    if not sent or len(sent) > MOST_SHOWN:
        return None
    try:
        found = plain_of(read_tree(_SIGNER.unsign(sent), name="shown.json"))
    except (FileError, BadSignature):
        return None
    return found if isinstance(found, dict) else None
