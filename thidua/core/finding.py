"""A judgement that explains itself: rule id, outcome, inputs, source and the words people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule concluded and from which inputs.

    ``rule_id`` is a row of docs/rules.md; ``outcome`` is a short state (scored, refused, tie, …);
    ``words`` is the sentence or the arithmetic in Vietnamese, shown by "vì sao?".
    """

    rule_id: str
    outcome: str
    inputs: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    words: str = ""


class Refused(Exception):
    """A decision that the rules do not allow; nothing was changed. Carries the reasons."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(" ".join(finding.words for finding in self.findings))
