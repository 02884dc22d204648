"""Editing a scale: any change leaves a scale that a file can carry and that reads back equal."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import thidua.scalefile
from thidua.core.condition import Condition
from thidua.core.lint import lint
from thidua.core.loading import scale_from_plain
from thidua.core.loading.condition import condition_from_plain
from thidua.core.logic import holds
from thidua.scalefile import FileError, LoadedScale, load_scale, write_scale
from thidua.scalefile.editing import lines, naming, references, whole
from thidua.scalefile.editing.condition_rows import condition_of, rows_of
from thidua.scalefile.editing.lines import CannotEdit, Plain
from thidua.scalefile.editing.mandate import Mandate, mandate_of, note_with
from thidua.scalefile.editing.merging import merged
from thidua.scalefile.editing.repairs import repair_of

EXAMPLES = Path(thidua.scalefile.__file__).parent / "examples"


def example(name: str = "demo-moi-loai") -> Plain:
    path = EXAMPLES / f"{name}.yaml"
    return dict(load_scale(path.read_bytes(), name=path.name).plain)


def keys(plain: Mapping[str, Any]) -> list[str]:
    return [spot.key for spot in lines.spots(plain)]


def small(sections: str) -> Plain:
    head = (
        "format: scale/1\nname: a\nversion: '1'\ntitle: T\nsource: {ref: r, completeness: full}\n"
        "scale: {base: 10, bonus_cap: null, deduct_cap: null, max_total: null, decimals: 1, "
        "rounding: half_up, not_applicable: zero}\ncriteria:\n"
    )
    return dict(load_scale(head + sections, name="a.yaml").plain)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "under", "change", "up", "down", "in", "out", "copy", "remove", "to", "number"]
        ),
        st.integers(0, 400),
        st.integers(0, 400),
    ),
    max_size=12,
)


def changed(plain: Plain, step: tuple[str, int, int]) -> Plain:
    """One random change; what cannot be done is not done."""
    act, at, other = step
    known = keys(plain)
    key = known[at % len(known)] if known else ""
    line = {"label": "Mới", "kind": "judged", "max": Fraction(at, 4)}
    try:
        if act == "number":
            names = {
                spot.key: spot.parent.key if spot.parent else "" for spot in lines.spots(plain)
            }
            return references.rename_codes(plain, naming.renumbered(list(names.items())))
        if act == "to":
            return lines.moved_under(plain, key, known[other % len(known)])[0]
        if act == "change":
            values = {**lines.own_values(lines.spot_of(plain, key)), "code": f"Z{other}"}
            return lines.with_values(plain, key, values)[0]
        made = {
            "add": lambda: lines.with_line(plain, line, after=key),
            "under": lambda: lines.with_line(plain, line, under=key),
            "copy": lambda: lines.copied(plain, key),
            "remove": lambda: lines.without_line(plain, key),
        }.get(act, lambda: lines.moved(plain, key, cast("lines.Direction", act)))()
    except CannotEdit:
        return plain
    return made[0]


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_whatever_is_edited_reads_back_equal_from_its_file(
    steps: list[tuple[str, int, int]],
) -> None:
    plain = example()
    for step in steps:
        before = lines.thawed(plain)
        after = changed(plain, step)
        assert plain == before  # the argument was left alone
        plain = after
    found = read_back(plain)
    if isinstance(found, set):
        # moved into a group that recurs: said in words, and the service keeps the former text
        assert found == {"nested_recurrence"}
        return
    assert found.scale == scale_from_plain(plain)
    assert write_scale(found.plain) == write_scale(plain)


def read_back(plain: Plain) -> LoadedScale | set[str]:
    """The scale as its file reads, or the names of what a reader refuses in it."""
    try:
        return load_scale(write_scale(plain), name="a.yaml")
    except FileError as error:
        return {problem.code for problem in error.problems}


def test_a_new_code_counts_on_from_the_last_of_its_place() -> None:
    assert naming.next_code(["I", "II"], ["I", "II"], None) == "III"
    assert naming.next_code([], [], None) == "I"
    assert naming.next_code(["II"], [], {"code": "II"}) == "II.1"
    assert naming.next_code(["A", "A1", "A2"], ["A1", "A2"], {"code": "A"}) == "A3"
    assert naming.next_code(["B3.1a", "B3.1b"], ["B3.1a", "B3.1b"], None) == "B3.1c"
    assert naming.next_code(["1", "2", "3"], ["1", "2"], None) == "4"


def test_a_renamed_line_is_followed_by_everything_that_names_it() -> None:
    plain = example()
    values = {**lines.own_values(lines.spot_of(plain, "A")), "code": "Phần-A"}

    made, key = lines.with_values(plain, "A", values)

    assert key == "Phần-A"
    assert made["ranking"]["tie_breaks"][1] == {"points": "Phần-A"}
    assert made["classification"]["classes"][1]["floor"]["over"] == ["Phần-A", "B"]


def test_a_copied_group_has_codes_of_its_own_and_its_conditions_look_inside_it() -> None:
    made, key = lines.copied(example(), "B4")

    copy = lines.spot_of(made, key)
    assert key == "B9"
    assert [one["code"] for one in copy.node["items"]] == ["B9.1", "B9.2"]
    assert copy.node["items"][1]["when"] == {"points": "B9.1", "ge": 2}
    assert lines.spot_of(made, "B4.2").node["when"] == {"points": "B4.1", "ge": 2}


def test_the_last_line_of_a_group_stays_and_the_sentence_says_what_to_do() -> None:
    plain = small("- {code: I, kind: sum, items: [{code: I.1, kind: judged, max: 10}]}\n")

    with pytest.raises(CannotEdit) as caught:
        lines.without_line(plain, "I.1")

    assert str(caught.value) == ("Mục I chỉ còn dòng này. Xóa cả mục, hoặc thêm dòng khác trước.")


def test_a_group_never_moves_into_itself() -> None:
    with pytest.raises(CannotEdit):
        lines.moved_under(example(), "B", "B1")


def test_a_line_becomes_a_group_with_a_first_line_worth_the_same() -> None:
    plain = small("- {code: I, kind: judged, max: 10}\n")

    made, _ = lines.with_values(plain, "I", {"code": "I", "kind": "sum"})

    assert made["criteria"][0]["items"] == [
        {"code": "I.1", "label": "Dòng thứ nhất", "kind": "judged", "max": 10}
    ]


def test_a_group_keeps_its_lines_unless_somebody_agrees_to_lose_them() -> None:
    values: Plain = {"code": "B4", "kind": "judged", "max": Fraction(5)}

    with pytest.raises(CannotEdit):
        lines.with_values(example(), "B4", values)

    made, _ = lines.with_values(example(), "B4", values, drop_below=True)
    assert "B4.1" not in lines.codes(made)


def test_lines_of_one_code_are_told_apart() -> None:
    plain = small("- {code: I, kind: judged, max: 5}\n- {code: I, kind: judged, max: 5}\n")

    assert keys(plain) == ["I", "I@2"]
    made, key = lines.with_values(plain, "I@2", {"code": "II", "kind": "judged", "max": 5})
    assert key == "II"
    assert keys(made) == ["I", "II"]


def test_changes_of_two_people_to_different_keys_are_both_kept() -> None:
    base = {"label": "A", "max": Fraction(10), "unit": "%"}

    found = merged(base, {**base, "max": Fraction(12)}, {"label": "B", "max": Fraction(10)})

    assert found.values == {"label": "B", "max": 12}
    assert (found.clashes, sorted(found.theirs)) == ((), ["label", "unit"])


def test_a_key_that_two_people_changed_keeps_the_first_ones_value_and_is_named() -> None:
    found = merged({"max": 10}, {"max": 12}, {"max": 15})

    assert (found.values, found.clashes) == ({"max": 15}, ("max",))


NUMBERS = st.integers(0, 3).map(Fraction)
TESTS = st.one_of(
    st.sampled_from(["p", "q"]),
    st.builds(lambda op, v: {"field": "x", op: v}, st.sampled_from(["ge", "lt", "ne"]), NUMBERS),
    st.builds(lambda v, w: {"field": "y", "ge": v, "le": w}, NUMBERS, NUMBERS),
    st.builds(lambda given: {"field": "y", "given": given}, st.booleans()),
)
CONDITIONS = st.recursive(
    TESTS,
    lambda below: st.one_of(
        st.builds(lambda part: {"not": part}, below),
        st.builds(lambda parts: {"all": parts}, st.lists(below, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(below, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)
FACTS = st.fixed_dictionaries(
    {
        "p": st.sampled_from([True, False, None]),
        "q": st.sampled_from([True, False, None]),
        "x": st.one_of(st.none(), NUMBERS),
        "y": st.one_of(st.none(), NUMBERS),
    }
)


def read(plain: Any) -> Condition:
    return condition_from_plain(plain, {"p": "flag", "q": "flag", "x": "number", "y": "number"})


@settings(max_examples=300, deadline=None)
@given(CONDITIONS, FACTS)
def test_a_condition_in_rows_is_true_false_or_unknown_as_the_condition_is(
    plain: Any, facts: dict[str, Any]
) -> None:
    again = condition_of(rows_of(plain))

    assert holds(read(again), lambda test: facts[test.name]) == holds(
        read(plain), lambda test: facts[test.name]
    )


def test_a_condition_of_one_level_keeps_its_shape() -> None:
    for plain in ("p", {"not": "p"}, {"all": ["p", "q"]}, {"any": ["p", {"field": "x", "ge": 1}]}):
        assert condition_of(rows_of(plain)) == plain


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        (
            "- {code: I, kind: sum, max: 10, items: [{code: I.1, kind: judged, max: 8}]}\n",
            "Ghi điểm tối đa của mục là 8",
        ),
        ("- {code: I, kind: judged, max: 8}\n", "Ghi tổng điểm chuẩn là 8"),
        (
            "- {code: I, kind: judged, max: 5}\n- {code: I, kind: judged, max: 5}\n",
            "Đặt mã II cho dòng sau",
        ),
        (
            "- {code: I, kind: steps, max: 10, else: undecided, "
            "bands: [{ge: 95, pts: 10}, {ge: 50, lt: 93, pts: 5}]}\n",
            "Nối mức trên xuống 93",
        ),
        (
            "- {code: I, kind: steps, max: 10, else: 0, "
            "bands: [{ge: 95, pts: 10}, {ge: 50, le: 95, pts: 5}]}\n",
            "Để mốc 95 chỉ thuộc mức trên",
        ),
        (
            "- {code: I, kind: ledger, start: 10, "
            "items: [{code: I.1, kind: count, each: -1, cap: null}]}\n",
            "Ghi rõ: không thấp hơn 0 điểm",
        ),
        (
            "- {code: I, kind: judged, max: 10}\n- {code: II, kind: judged, max: -7}\n",
            "Ghi là dòng trừ điểm, từ −7 đến 0",
        ),
    ],
)
def test_a_sound_repair_removes_its_finding_and_adds_no_error(sections: str, words: str) -> None:
    plain = small(sections)
    scale = scale_from_plain(plain)
    found = [(item, repair_of(item, scale, plain)) for item in lint(scale)]
    item, repair = next((item, one) for item, one in found if one and one.words == words)

    mended = load_scale(write_scale(repair.mend(plain)), name="a.yaml")

    left = {(one.lint, one.code) for one in lint(mended.scale)}
    assert (item.lint, item.code) not in left


def test_a_sum_with_a_maximum_below_zero_is_not_repaired_by_its_wrong_sum() -> None:
    plain = small(
        "- {code: I, kind: sum, max: 33, items: [{code: I.1, kind: judged, max: 33}, "
        "{code: I.2, kind: judged, max: -7}]}\n"
    )
    scale = scale_from_plain(plain)
    offered = {item.lint: repair_of(item, scale, plain) for item in lint(scale)}

    assert offered["sum_mismatch"] is None
    assert offered["negative_max"] is not None


def test_every_repair_of_the_published_lint_cases_leaves_a_scale() -> None:
    for path in EXAMPLES.glob("*.yaml"):
        plain = example(path.stem)
        scale = scale_from_plain(plain)
        for item in lint(scale):
            repair = repair_of(item, scale, plain)
            if repair:
                load_scale(write_scale(repair.mend(plain)), name="a.yaml")


def test_gates_and_classes_change_one_by_one() -> None:
    plain = example()
    gate = {**whole.part_values(plain, ["gate.G2"])["gate.G2"], "by": Fraction(2)}

    made = whole.with_parts(plain, {"gate.G2": gate}, ["gate.G2", "class.K"])

    assert [one.get("by") for one in made["gates"]] == [None, 2, None, None]
    assert [one["code"] for one in made["classification"]["classes"]] == ["XS", "T", "TB"]
    moved = whole.entry_moved(made, "gate.G2", "up")
    assert [one["code"] for one in moved["gates"]] == ["G2", "G1", "G3", "G4"]


@given(
    st.from_regex(r"[0-9]{1,3}/[A-Z]{2}-HĐND", fullmatch=True),
    st.one_of(st.none(), st.dates()),
    st.sampled_from(["", "khoản 2 Điều 1", "Phụ lục 3"]),
    st.text(max_size=40).map(str.strip),
)
def test_a_resolution_in_a_note_reads_back(number: str, day: Any, clause: str, rest: str) -> None:
    if day is not None and day.year < 1000:
        return
    mandate = Mandate(number, day, clause)

    assert mandate_of(note_with(mandate, rest)) == (mandate, rest)


def test_what_names_a_line_does_not_go_over_to_another_that_bears_its_new_code() -> None:
    plain = {
        "criteria": [
            {"code": "A", "kind": "judged", "max": 1},
            {"code": "B", "kind": "judged", "max": 1},
            {"code": "C", "kind": "judged", "max": 1, "when": {"points": "B", "ge": 1}},
        ]
    }

    made, key = lines.with_values(plain, "B", {"code": "A", "kind": "judged", "max": 1})

    assert key == "A@2"
    assert made["criteria"][2]["when"] == {"points": "B", "ge": 1}
