"""Dấu vân tay: equal content, equal fingerprint."""

from __future__ import annotations

from fractions import Fraction

import pytest

from thidua.core.fingerprint import canonical_json, fingerprint


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"b": 1, "a": [None, True]}, '{"a":[null,true],"b":1}'),
        (Fraction(25, 4), '"6.25"'),
        (Fraction(20, 3), '"20/3"'),
        ("Sở Y tế", '"Sở Y tế"'),
        ("So\u031b\u0309", '"Sở"'),
        ((1, 2), "[1,2]"),
        ({}, "{}"),
    ],
)
def test_the_canonical_form(content: object, text: str) -> None:
    assert canonical_json(content) == text


def test_the_order_of_keys_does_not_matter() -> None:
    assert fingerprint({"a": 1, "b": Fraction(1, 2)}) == fingerprint({"b": Fraction(2, 4), "a": 1})


def test_a_known_fingerprint() -> None:
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_null_is_not_zero() -> None:
    assert fingerprint({"points": None}) != fingerprint({"points": 0})


@pytest.mark.parametrize(
    "content", [float("1.5"), {1: "a"}, {"a": {1}}, b"a", {"é": 1, "e\u0301": 2}]
)
def test_what_has_no_single_form_is_refused(content: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(content)
