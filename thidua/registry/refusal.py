"""How services refuse: one finding with the sentence that says what to do."""

from __future__ import annotations

from thidua.core.finding import Finding, Refused
from thidua.core.text import one_line, tidy


def refuse(rule_id: str, words: str, **inputs: object) -> Refused:
    """A refusal with one finding, to be raised by a service.

    The input ``field`` names the form field beside which the sentence stands.
    """
    return Refused([Finding(rule_id=rule_id, outcome="refused", inputs=inputs, words=words)])


def require(allowed: bool, words: str) -> None:  # noqa: FBT001  # reads as a sentence
    """Refuse unless the right is there; the sentence says who has it."""
    if not allowed:
        raise refuse("RIGHT-1", words)


def line_of(typed: str, *, label: str, most: int, field: str, needed: bool = True) -> str:
    """A typed name in its one stored spelling, or a refusal: empty, too long, unreadable signs.

    `label` is the thing in the middle of a sentence ("tên đơn vị"), `most` its length in letters.
    """
    text = one_line(typed)
    if needed and not text:
        raise refuse("TEXT-1", f"Chưa ghi {label}.", field=field)
    return _fitting(text, label=label, most=most, field=field)


def text_of(typed: str, *, label: str, most: int, field: str) -> str:
    """Typed text of several lines in its one stored spelling; may be empty."""
    return _fitting(tidy(typed).strip(), label=label, most=most, field=field)


def _fitting(text: str, *, label: str, most: int, field: str) -> str:
    if "\x00" in text:
        raise refuse("TEXT-3", "Có ký tự không đọc được. Xóa rồi gõ lại.", field=field)
    if len(text) > most:
        words = f"Ghi {label} dài nhất {most} ký tự, đang có {len(text)}."
        raise refuse("TEXT-2", words, field=field)
    return text
