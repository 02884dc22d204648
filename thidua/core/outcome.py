"""Kết quả của một dòng trong lúc chấm: what the evaluation of one place gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from thidua.core.condition import Scalar, Subject
from thidua.core.figure import MISSING, Figure
from thidua.core.finding import Finding
from thidua.core.number import ZERO
from thidua.core.outline import Place, own_maximum
from thidua.core.result import Issue, NodeResult, State

Sighting = tuple[Subject, str, Scalar | None]


@dataclass(slots=True, kw_only=True)
class Outcome:
    """One evaluated place; filled in by the evaluation and left alone afterwards.

    `max` is its own effective maximum (what a base line shows); `children` are the keys evaluated
    below it, in order; `seen` what its conditions looked at; `awaits_itself` says
    that it stands in the unit's list of missing lines.
    """

    place: Place
    max: Fraction
    figure: Figure = MISSING
    points: Fraction | None = None
    state: State = "scored"
    so_far: Fraction = ZERO
    computed: Fraction | None = None
    provisional: bool = False
    awaits_itself: bool = False
    issues: list[Issue] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    seen: list[Sighting] = field(default_factory=list)

    @property
    def is_dropped(self) -> bool:
        """Not applicable, and out of the denominator."""
        return self.state == "na" and self.points is None

    @property
    def is_unsettled(self) -> bool:
        """Something is still missing, undecided or wrong here or below."""
        return self.points is None and self.state != "na"

    @property
    def counted(self) -> Fraction:
        """The points, or what there is so far."""
        return self.so_far if self.points is None else self.points

    @property
    def shown_max(self) -> Fraction:
        """The share of the denominator: 0 for bonus and deduct lines."""
        return self.max if self.place.node.part == "base" else ZERO

    @property
    def lost_share(self) -> Fraction:
        """How much of the line's share of the denominator is not applicable."""
        return self.lost_maximum if self.place.node.part == "base" else ZERO

    @property
    def lost_maximum(self) -> Fraction:
        """How much of the line's own maximum is not applicable."""
        return own_maximum(self.place) - self.max

    def settle(self, points: Fraction) -> None:
        """Give the points the rule finds."""
        self.points, self.state = points, "scored"

    def leave(self, state: State, *, so_far: Fraction = ZERO) -> None:
        """Leave the place without points."""
        self.points, self.state, self.so_far = None, state, so_far
        self.provisional = False
        self.awaits_itself = state == "missing"

    def warn(self, issue: str) -> None:
        """Note a warning on this place."""
        self.issues.append(Issue("warning", self.place.key, issue))

    def fail(self, issue: str) -> None:
        """Note an error on this place."""
        self.issues.append(Issue("error", self.place.key, issue))

    def to_result(self) -> NodeResult:
        """The line as result/1 shows it."""
        return NodeResult(
            key=self.place.key,
            points=self.points,
            max=self.shown_max,
            state=self.state,
            so_far=self.so_far if self.state == "open" else None,
            computed=self.computed,
            provisional=self.provisional,
            findings=tuple(self.findings),
        )
