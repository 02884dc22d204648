"""Parts of pages as plain frozen data: tasks, steps, document heads, confirmations.

Stages build them, the components in thidua/web/templates/thidua/components draw them. No query,
no clock.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

MarkName = Literal["done", "open", "none", "late", "wait", "back", "lock", "bad", "info"]
Tone = Literal["", "act", "ok", "warn", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row of Việc cần làm.

    `title`: verb phrase; `reason`: one sentence why, at most two lines; `url` and `verb`: the
    button; `due`: last day or moment, None when there is none; `mark`: picture before the title;
    `urgent`: only the most urgent row of the page has the primary button.
    """

    title: str
    reason: str
    url: str
    verb: str
    due: date | datetime | None = None
    mark: MarkName = "open"
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a stage: `label`, `mark`, `current` (at most one)."""

    label: str
    mark: MarkName = "none"
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The head of a record that stands for a document.

    `subject`: trích yếu; `number`: số, ký hiệu, empty reads "chưa có số"; `day`: date of issue;
    `issuer`: body that issued it; `signer`: who signed; `url`: the file; `page`: cited page or
    place; `synthetic`: carries °; `lines`: how many lines cite it, 0 when nobody counted; `remark`:
    what to look at, as "ngày ngoài năm thi đua".
    """

    subject: str
    number: str = ""
    day: date | None = None
    issuer: str = ""
    signer: str = ""
    url: str = ""
    page: str = ""
    synthetic: bool = False
    lines: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line of the readable history: `words` (a sentence), `at` (moment or day), `url`."""

    words: str
    at: date | datetime
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """An act that asks once before it is done: with JavaScript in a dialog, else on its own page.

    `name`: unique on the page, plain letters; `question`: "Thông qua kết quả chấm điểm năm 2017?";
    `lead`: "Sau khi thông qua:"; `consequences`: two or three sentences with names and counts;
    `verb`: on the opening button and on the confirming one unless `sure` says it longer; `action`:
    address that receives the POST; `fields`: hidden fields (name, value) that go with it; `word`:
    to be typed, only for adopting, publishing and opening a ballot; `back`: leaves without doing
    it; `back_url`: where that leads on the page without JavaScript; `cut`: the act destroys
    something; `reason_label`: asks for a reason (field `reason`, required) when not empty.
    """

    name: str
    question: str
    verb: str
    action: str
    lead: str = ""
    consequences: tuple[str, ...] = ()
    sure: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    word: str = ""
    back: str = "Chưa, quay lại"
    back_url: str = ""
    cut: bool = False
    reason_label: str = ""
    reason_hint: str = ""
    primary: bool = field(default=True)

    def holds(self, sent: Mapping[str, str]) -> bool:
        """Whether the sent form confirms the act, with its word and reason where asked."""
        if sent.get("confirmed") != "1":
            return False
        if self.reason_label and not sent.get("reason", "").strip():
            return False
        return not self.word or _plain(sent.get("word", "")) == _plain(self.word)

    def trouble(self, sent: Mapping[str, str]) -> str:
        """What is still missing from a form that tried to confirm; empty on the first showing."""
        if sent.get("confirmed") != "1" or self.holds(sent):
            return ""
        if self.reason_label and not sent.get("reason", "").strip():
            return "Chưa ghi lý do. Ghi lý do rồi bấm lại."
        return f"Từ xác nhận chưa đúng. Gõ “{self.word}” rồi bấm lại."


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()
