"""What is written is read back: YAML for people, JSON for programs."""

from __future__ import annotations

import json
import random
import unicodedata
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scalefile.corpus import Json, documents, mutations
from tests.scalefile.test_against_schema import ORACLE
from thidua.scalefile import (
    FileError,
    fingerprint,
    load_scale,
    plain_json,
    write_scale,
)

EXAMPLES = sorted((Path(__file__).parents[2] / "thidua/scalefile/examples").glob("*.yaml"))
DOCUMENTS = dict(documents())
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBER = st.integers(-(10**15) + 1, 10**15 - 1).flatmap(
    lambda whole: st.sampled_from([1, 2, 5, 1000, 10**6]).map(lambda part: Fraction(whole, part))
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_is_read_back_from_what_is_written(path: Path) -> None:
    loaded = load_scale(path.read_bytes(), name=path.name)
    written = write_scale(loaded.plain)
    again = load_scale(written, name="ghi.yaml")
    assert (again.plain, again.scale) == (loaded.plain, loaded.scale)
    assert write_scale(again.plain) == written


@pytest.mark.parametrize("name", DOCUMENTS)
def test_any_accepted_scale_is_read_back(name: str) -> None:
    count = 0
    for changed in mutations(name, DOCUMENTS[name]):
        try:
            loaded = load_scale(json.dumps(changed), name="t.json")
        except FileError:
            continue
        again = load_scale(write_scale(loaded.plain), name="t.yaml")
        assert (again.plain, again.scale) == (loaded.plain, loaded.scale)
        count += 1
    assert count > 20


@given(TEXT, TEXT, NUMBER)
def test_any_text_and_number_is_read_back(label: str, choice: str, number: Fraction) -> None:
    band = {"eq": unicodedata.normalize("NFC", choice), "pts": number}
    node = {
        "code": "A",
        "kind": "steps",
        "label": unicodedata.normalize("NFC", label),
        "bands": [band],
        "else": number,
    }
    plain = {**DOCUMENTS["judged"], "criteria": [node]}
    assert load_scale(write_scale(plain), name="t.yaml").plain == plain
    assert load_scale(plain_json(plain), name="t.json").plain == plain


def test_keys_stand_in_the_same_order_whatever_the_order_of_the_file() -> None:
    node: Json = {"max": 10, "kind": "judged", "label": "Tên", "code": "A"}
    assert write_scale({"criteria": [node], "name": "x", "format": "scale/1"}) == (
        "format: scale/1\nname: x\ncriteria: [{code: A, label: Tên, kind: judged, max: 10}]\n"
    )


def test_line_that_would_be_too_long_is_spread_over_lines() -> None:
    node: Json = {"code": "A", "kind": "sum", "items": [{"code": "A.1", "label": "x" * 75}]}
    assert write_scale({"criteria": [node]}) == (
        f"criteria:\n- code: A\n  kind: sum\n  items:\n  - {{code: A.1, label: {'x' * 75}}}\n"
    )


def test_text_that_looks_like_something_else_is_quoted() -> None:
    texts = ["true", "~", "12", "1e5", "", " a", "a: b", "#", "có", 'nói "x"', "a\nb"]
    assert write_scale({"list": texts}) == (
        'list: ["true", "~", "12", "1e5", "", " a", "a: b", "#", có, "nói \\"x\\"", "a\\nb"]\n'
    )


def test_fingerprint_ignores_layout_but_not_content() -> None:
    one = load_scale(EXAMPLES[0].read_bytes(), name="t.yaml").plain
    rewritten = load_scale(write_scale(one), name="t.yaml").plain
    shuffled = dict(random.Random(1).sample(sorted(one.items()), len(one)))
    assert fingerprint(one) == fingerprint(rewritten) == fingerprint(shuffled)
    assert fingerprint({**one, "version": "khác"}) != fingerprint(one)


def test_numbers_of_json_are_exact() -> None:
    plain = {"b": [Fraction("0.50"), Fraction(20, 3), 7], "a": None, "c": "1/2"}
    assert plain_json(plain) == '{"b":[0.5,"20/3",7],"a":null,"c":"1/2"}'


def test_json_of_an_example_fits_the_schema_and_is_read_back() -> None:
    for path in EXAMPLES:
        loaded = load_scale(path.read_bytes(), name=path.name)
        text = plain_json(loaded.plain)
        again = load_scale(text, name="t.json")
        ORACLE.validate(json.loads(text))
        assert (again.plain, again.scale) == (loaded.plain, loaded.scale)
    with pytest.raises(jsonschema.ValidationError):
        ORACLE.validate({})


def test_value_that_is_not_plain_is_refused() -> None:
    with pytest.raises(TypeError):
        plain_json({"a": 0.5})
