"""Ô giữa của bàn soạn: the form of the chosen line or part, drawn or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

from thidua.platform.http.parts import Confirm
from thidua.scalefile.editing.lines import CONTAINERS, CannotEdit, Plain, Spot, below, own_values
from thidua.scalefile.editing.lines import spot_of as find_spot
from thidua.scalefile.editing.lines import spots as all_spots
from thidua.scalefile.editing.whole import CLASS, CLASS_KEY, GATE, entries, part_values
from thidua.year.rulebook.audience import audience_of
from thidua.year.rulebook.desk import PARTS, field_names, groups_for, line_words
from thidua.year.rulebook.forms.general import (
    GENERAL_KEYS,
    ClassForm,
    ClassKeyForm,
    FieldsForm,
    GateForm,
    GeneralForm,
    RankingForm,
)
from thidua.year.rulebook.forms.kinds import KINDS, Vocabulary
from thidua.year.rulebook.forms.line import LineForm
from thidua.year.rulebook.forms.plain_form import PlainForm, shown_values
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import loaded_scale, scale_page

NEW = "moi"


@dataclass(frozen=True, slots=True)
class Place:
    """What is chosen: a line by its key, or a part (and in it one gate or class).

    `gone` is the key of a line that the draft does not have: nothing is chosen then.
    """

    line: str = ""
    part: str = ""
    entry: str = ""
    gone: str = ""

    @property
    def query(self) -> str:
        """The address of the place behind the question mark."""
        named = {"dong": self.line, "phan": self.part, "so": self.entry}
        return urlencode({name: value for name, value in named.items() if value})


@dataclass(slots=True)
class Panel:
    """The form in the middle with what stands around it."""

    place: Place
    title: str
    form: PlainForm | None = None
    words: tuple[str, ...] = ()
    notice: str = ""
    trouble: list[str] = field(default_factory=list)
    spot: Spot | None = None
    groups: tuple[tuple[str, str], ...] = ()
    listed: list[tuple[str, str, str]] = field(default_factory=list)  # code, label, words
    remove: Confirm | None = None
    focus: Literal["", "head", "label"] = ""

    @property
    def is_group(self) -> bool:
        """The line holds other lines."""
        return self.spot is not None and self.spot.node["kind"] in CONTAINERS

    @property
    def is_first(self) -> bool:
        """Nothing stands before the line in its group."""
        return self.spot is not None and self.spot.index == 0

    @property
    def is_last(self) -> bool:
        """Nothing stands after it."""
        return self.spot is not None and self.spot.index == len(self.spot.siblings) - 1


def place_of(row: Scale, query: Mapping[str, str]) -> Place:
    """What the address chooses; without a choice the first line, or else the general rules.

    A line that is not there chooses nothing: another line in its place would be saved over.
    """
    part = query.get("phan", "")
    if part in PARTS:
        return Place(part=part, entry=query.get("so", "")[:60])
    key = query.get("dong", "")[:80]
    known = [spot.key for spot in all_spots(loaded_scale(row).plain)]
    if key in known:
        return Place(line=key)
    if key:
        return Place(gone=key)
    return Place(line=known[0]) if known else Place(part="chung")


def vocabulary(row: Scale, data: Mapping[str, Any] | None = None) -> Vocabulary:
    """What forms of this draft may name (three queries)."""
    fields = field_names(loaded_scale(row).plain)
    return Vocabulary(fields=fields, audience=audience_of(row.bloc_year), data=data)


def draw(row: Scale, place: Place) -> Panel:
    """The panel of a place as it stands."""
    if place.gone:
        return gone_panel(place)
    return line_panel(row, place) if place.line else part_panel(row, place)


def gone_panel(place: Place) -> Panel:
    """No form: the line was removed, or bears another code now."""
    code = place.gone.partition("@")[0]
    words = (
        f"Dự thảo không có dòng mã {code}: dòng đã bị xóa hoặc đã đổi mã. Chọn dòng cần sửa ở cây "
        "tiêu chí."
    )
    return Panel(place=place, title="Không có dòng này", trouble=[words])


def line_panel(row: Scale, place: Place) -> Panel:
    """The form of a line."""
    plain = loaded_scale(row).plain
    spot = find_spot(plain, place.line)
    values = own_values(spot)
    form = LineForm(values=values, kind=values["kind"], words=vocabulary(row))
    return around_line(row, spot, form)


def around_line(row: Scale, spot: Spot, form: LineForm) -> Panel:
    """A form of a line with its sentences and buttons."""
    return Panel(
        place=Place(line=spot.key),
        title=f"{'Mục' if spot.node['kind'] in CONTAINERS else 'Dòng'} {spot.node['code']}",
        form=form,
        words=line_words(row, spot.key),
        spot=spot,
        groups=groups_for(row, spot),
    )


def sent_line(row: Scale, place: Place, data: Mapping[str, Any]) -> tuple[LineForm, Spot]:
    """The form of a line as it was sent. Raises `CannotEdit` when the line is gone."""
    plain = loaded_scale(row).plain
    spot = find_spot(plain, place.line)
    values = shown_values(data) or own_values(spot)
    kind = str(data.get("kind", values.get("kind")))
    if kind not in dict(KINDS):
        raise CannotEdit("Chọn lại cách cho điểm trong danh sách.")
    under = sum(1 for _ in below(spot.node)) - 1
    words = vocabulary(row, data)
    return LineForm(data, values=values, kind=kind, words=words, below=under), spot


def other_kind(row: Scale, form: LineForm) -> LineForm:
    """The form of another way of scoring, with what both have in common as it was typed."""
    form.is_valid()
    values = {**form.wanted(), "kind": form.kind}
    made = LineForm(values=values, kind=form.kind, words=vocabulary(row), below=form.below)
    made.initial["shown"] = form.data.get("shown")
    return made


def part_panel(row: Scale, place: Place, data: Mapping[str, Any] | None = None) -> Panel:
    """The form of a part; for gates and classes their list, or one of them."""
    plain = loaded_scale(row).plain
    panel = Panel(place=place, title=PARTS[place.part])
    if place.part == "dieu-kien":
        panel.listed = _gates(row)
    elif place.part == "xep-loai":
        panel.listed = _classes(row)
    panel.form = _part_form(plain, place, data)
    if place.entry:
        panel.title = "Điều kiện" if place.part == "dieu-kien" else "Mức xếp loại"
        panel.title += " mới" if place.entry == NEW else f" {place.entry}"
    return panel


def part_keys(place: Place, wanted: Plain) -> tuple[str, ...]:
    """The name of an entry's part, as `scalefile.editing.whole` says; empty for other parts."""
    if not place.entry:
        return ()
    lead = GATE if place.part == "dieu-kien" else CLASS
    code = wanted.get("code") if place.entry == NEW else place.entry
    return (f"{lead}{code}",)


def _part_form(
    plain: Mapping[str, Any], place: Place, data: Mapping[str, Any] | None
) -> PlainForm | None:
    words = Vocabulary(fields=field_names(plain), data=data)
    shown = shown_values(data) if data is not None else None
    if place.entry:
        lead = GATE if place.part == "dieu-kien" else CLASS
        now = next((one for one in entries(plain, lead) if one["code"] == place.entry), {})
        values = now if shown is None else shown
        make = GateForm if lead == GATE else ClassForm
        form: PlainForm = make(data, values=values, words=words)
        form.states_all = place.entry == NEW
        return form
    if place.part == "chung":
        return GeneralForm(data, values=shown or part_values(plain, GENERAL_KEYS))
    if place.part == "so-lieu":
        now = part_values(plain, ("fields",))
        return FieldsForm(data, values=now if shown is None else shown)
    if place.part == "xep-hang":
        now = part_values(plain, ("ranking",))
        return RankingForm(data, values=now if shown is None else shown, words=words)
    if place.part == "xep-loai" and plain.get("classification"):
        now = part_values(plain, (CLASS_KEY,))
        return ClassKeyForm(data, values=now if shown is None else shown)
    return None


def _gates(row: Scale) -> list[tuple[str, str, str]]:
    found = entries(loaded_scale(row).plain, GATE)
    said = scale_page(row).gates
    return [(one["code"], label, words) for one, (label, words) in zip(found, said, strict=True)]


def _classes(row: Scale) -> list[tuple[str, str, str]]:
    found = entries(loaded_scale(row).plain, CLASS)
    said = scale_page(row).classes
    return [(one["code"], label, words) for one, (label, words) in zip(found, said, strict=True)]
