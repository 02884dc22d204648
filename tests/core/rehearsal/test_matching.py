"""Which line of last year speaks for which line of a draft."""

from __future__ import annotations

from tests.core.build import Plain, scale_of
from thidua.core.rehearsal.matching import pairs_of, proposed


def judged(code: str, label: str) -> Plain:
    return {"code": code, "label": label, "kind": "judged", "max": 10}


OLD = scale_of(
    judged("I.1", "Giải ngân"),
    judged("I.2", "Cải cách hành chính"),
    judged("I.3", "Chuyển đổi số"),
    judged("I.4", "Dân vận"),
)
NEW = scale_of(
    judged("I.1", "GIẢI NGÂN"),
    judged("I.2", "Chuyển đổi số"),
    judged("I.4", "Công tác dân vận"),
    judged("I.9", "Việc mới"),
)


def test_each_line_is_proposed_the_likeliest_old_line() -> None:
    found = [(one.new.code, one.old.code if one.old else "", one.how) for one in proposed(OLD, NEW)]

    assert found == [
        ("I.1", "I.1", "same"),
        ("I.2", "I.3", "name"),
        ("I.4", "I.4", "code"),
        ("I.9", "", "none"),
    ]


def test_a_name_under_another_code_counts_only_when_confirmed() -> None:
    matches = proposed(OLD, NEW)

    assert pairs_of(matches, {}) == {"I.1": "I.1", "I.4": "I.4"}
    assert pairs_of(matches, {"I.2": "I.3", "I.4": "", "LẠ": "I.1"}) == {"I.1": "I.1", "I.2": "I.3"}
