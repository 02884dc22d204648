"""The checker and scale.schema.json agree on what a scale is, over thousands of small changes."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from tests.scalefile.corpus import Json, documents, mutations
from thidua.scalefile import FileError, load_scale

SCHEMA = json.loads((files("thidua.scalefile") / "scale.schema.json").read_text(encoding="utf-8"))
ORACLE = jsonschema.Draft202012Validator(SCHEMA)
BEYOND_THE_SCHEMA = {"zero", "nested_recurrence", "misplaced_exemption"}
DOCUMENTS = dict(documents())


def _codes(document: Json) -> set[str]:
    try:
        load_scale(json.dumps(document), name="thang.json")
    except FileError as error:
        return {problem.code for problem in error.problems} - BEYOND_THE_SCHEMA
    return set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_valid_document_is_accepted_by_checker_and_schema(name: str) -> None:
    assert (_codes(DOCUMENTS[name]), ORACLE.is_valid(DOCUMENTS[name])) == (set(), True)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_changed_document_is_refused_exactly_when_the_schema_refuses_it(name: str) -> None:
    disagreements = []
    accepted = refused = 0
    for changed in mutations(name, DOCUMENTS[name]):
        codes, is_valid = _codes(changed), ORACLE.is_valid(changed)
        accepted, refused = accepted + is_valid, refused + (not is_valid)
        if bool(codes) == is_valid:
            disagreements.append((changed, codes))
    assert disagreements == []
    assert (accepted > 20, refused > 100) == (True, True)


@pytest.mark.parametrize(
    ("node", "code"),
    [
        ({"code": "A", "kind": "judged", "max": 1, "due": "2026-02-30"}, "not_a_date"),
        ({"code": "A", "kind": "judged", "max": "12.5/3"}, "not_a_number"),
        ({"code": "A", "kind": "judged", "max": 1234567890123456}, "not_a_number"),
        ({"code": "A", "kind": "judged", "max": 1e308}, "not_a_number"),
        ({"code": "A", "kind": "judged", "max": 0.1234567}, "not_a_number"),
    ],
)
def test_number_or_day_the_schema_cannot_see_through_is_refused(node: Json, code: str) -> None:
    document = {**DOCUMENTS["judged"], "criteria": [node]}
    assert (_codes(document), ORACLE.is_valid(document)) == ({code}, True)


def test_step_of_zero_is_refused_because_it_cannot_be_divided_by() -> None:
    linear = {"code": "A", "kind": "linear", "from": 0, "per": 0, "each": 1, "cap": 1, "floor": 0}
    with pytest.raises(FileError) as caught:
        load_scale(json.dumps({**DOCUMENTS["judged"], "criteria": [linear]}), name="t.json")
    assert [problem.code for problem in caught.value.problems] == ["zero"]


def test_recurring_node_inside_a_recurring_node_is_refused() -> None:
    inner = {"code": "A.1", "kind": "judged", "max": 1, "recurs": {"times": 2}}
    outer = {"code": "A", "kind": "sum", "recurs": {"times": 4}, "items": [inner]}
    with pytest.raises(FileError) as caught:
        load_scale(json.dumps({**DOCUMENTS["judged"], "criteria": [outer]}), name="t.json")
    assert [problem.code for problem in caught.value.problems] == ["nested_recurrence"]


@pytest.mark.parametrize("kind", ["sum", "pick", "switch"])
def test_exemption_on_a_container_that_takes_none_is_refused(kind: str) -> None:
    node = {**DOCUMENTS[kind]["criteria"][0], "exempt_when": "da_nop"}  # type: ignore[index]  # built above
    with pytest.raises(FileError) as caught:
        load_scale(json.dumps({**DOCUMENTS[kind], "criteria": [node]}), name="t.json")
    assert [problem.code for problem in caught.value.problems] == ["misplaced_exemption"]
