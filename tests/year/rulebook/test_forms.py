"""Every line of every example stands in a form: what nobody touches stays as the file says it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import thidua.scalefile
from tests.year.rulebook.typing import sent_from
from thidua.scalefile import load_scale
from thidua.scalefile.editing.lines import Plain, below, own_values, spots
from thidua.scalefile.editing.whole import part_values
from thidua.year.rulebook.desk import field_names
from thidua.year.rulebook.forms.fields import read_exact
from thidua.year.rulebook.forms.general import (
    GENERAL_KEYS,
    ClassForm,
    FieldsForm,
    GateForm,
    GeneralForm,
    RankingForm,
)
from thidua.year.rulebook.forms.kinds import KINDS, Vocabulary
from thidua.year.rulebook.forms.line import LineForm
from thidua.year.rulebook.forms.plain_form import PlainForm, shown_values

EXAMPLES = sorted((Path(thidua.scalefile.__file__).parent / "examples").glob("*.yaml"))


def plain_of(path: Path) -> Plain:
    return dict(load_scale(path.read_bytes(), name=path.name).plain)


def words_of(plain: Plain, data: dict[str, str] | None = None) -> Vocabulary:
    return Vocabulary(fields=field_names(plain), data=data)


def sent(form: PlainForm) -> dict[str, str]:
    return sent_from("".join(str(form[name]) for name in form.fields))


def line_form(plain: Plain, values: Plain, **changes: str) -> LineForm:
    """The form of a line as somebody sends it after changing some inputs."""
    first = LineForm(values=values, kind=str(values["kind"]), words=words_of(plain))
    data = {**sent(first), **changes}
    shown = shown_values(data)
    assert shown is not None
    return LineForm(data, values=shown, kind=data["kind"], words=words_of(plain, data))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_line_sent_untouched_changes_nothing(path: Path) -> None:
    plain = plain_of(path)

    for spot in spots(plain):
        form = line_form(plain, own_values(spot))
        assert form.errors == {}, spot.key
        assert form.wanted() == own_values(spot), spot.key


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_parts_of_a_scale_sent_untouched_change_nothing(path: Path) -> None:
    plain = plain_of(path)
    forms: list[tuple[Any, Plain]] = [
        (GeneralForm, part_values(plain, GENERAL_KEYS)),
        (FieldsForm, part_values(plain, ("fields",))),
        (RankingForm, part_values(plain, ("ranking",))),
        *((GateForm, gate) for gate in plain.get("gates") or ()),
        *((ClassForm, one) for one in (plain.get("classification") or {}).get("classes", ())),
    ]

    for make, values in forms:
        more = {} if make in (GeneralForm, FieldsForm) else {"words": words_of(plain)}
        data = sent(make(values=values, **more))
        if more:
            more = {"words": words_of(plain, data)}
        form = make(data, values=shown_values(data), **more)
        assert form.errors == {}
        assert form.wanted() == values


def test_every_way_of_scoring_has_a_form() -> None:
    plain = plain_of(next(path for path in EXAMPLES if path.stem == "demo-moi-loai"))

    kinds = {spot.node["kind"] for spot in spots(plain)}

    assert kinds == {kind for kind, _ in KINDS}
    assert sum(1 for section in plain["criteria"] for _ in below(section)) == len(spots(plain))


def test_figures_are_read_the_vietnamese_way_and_stay_exact() -> None:
    values: Plain = {"code": "A", "kind": "judged", "max": Fraction(10)}

    for typed, exact in (
        ("12,5", Fraction(25, 2)),
        ("20/3", Fraction(20, 3)),
    ):
        assert line_form({}, values, max=typed).wanted()["max"] == exact
    assert read_exact("0,0125") == Fraction(1, 80)


def test_a_maximum_has_as_many_decimals_as_points_that_people_type() -> None:
    values: Plain = {"code": "A", "kind": "judged", "max": Fraction(10)}

    assert list(line_form({}, values, max="8,12345").errors) == ["max"]
    for typed in ("8,125", "20/3", "8,1"):
        assert line_form({}, values, max=typed).errors == {}


@pytest.mark.parametrize("typed", ["nhiều", "1.000", "1e5", "1/0", "12,5,7"])
def test_a_figure_that_could_be_misread_is_refused_at_its_input(typed: str) -> None:
    form = line_form({}, {"code": "A", "kind": "judged", "max": Fraction(10)}, max=typed)

    assert list(form.errors) == ["max"]


def test_another_way_of_scoring_says_all_it_needs_and_drops_the_rest() -> None:
    values: Plain = {"code": "A", "kind": "judged", "max": Fraction(10), "min": Fraction(-1)}
    words = Vocabulary()
    first = LineForm(values=values, kind="count", words=words)
    data = {**sent(first), "kind": "count", "each_sign": "minus", "each": "0,5", "max": "10"}
    shown = shown_values(data)
    assert shown == values

    form = LineForm(data, values=values, kind="count", words=words)

    assert form.errors == {}
    assert form.wanted() == {
        "code": "A", "kind": "count", "max": 10, "each": Fraction(-1, 2), "cap": None,
    }  # fmt: skip


def test_a_resolution_is_kept_with_number_date_and_clause() -> None:
    values: Plain = {"code": "A", "kind": "judged", "max": Fraction(10), "note": "Theo dõi quý."}

    form = line_form(
        {}, values, mandate_number="38/NQ-HĐND", mandate_day="08/12/2025",
        mandate_clause="khoản 2 Điều 1",
    )  # fmt: skip

    assert form.errors == {}
    note = form.wanted()["note"]
    assert note == (
        "Chỉ tiêu bắt buộc theo Nghị quyết số 38/NQ-HĐND ngày 08/12/2025, khoản 2 Điều 1. "
        "Theo dõi quý."
    )
    again = line_form({}, {**values, "note": note})
    assert again.initial["mandate_clause"] == "khoản 2 Điều 1"
    assert again.wanted()["note"] == note
