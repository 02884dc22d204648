"""Chấm một đơn vị: one sheet evaluated in file order, depth first (FORMAT section 8).

Per place: n/a → recurs → when → children → rule → exempt → rounding → override.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thidua.core.applicability import set_not_applicable
from thidua.core.bloc import Bloc
from thidua.core.cohort import Cohort
from thidua.core.condition import Condition, Scalar, Test
from thidua.core.container import combine_copies, score_container
from thidua.core.figure import MISSING, NOT_APPLICABLE
from thidua.core.finding import Finding
from thidua.core.leaf import score_leaf
from thidua.core.logic import Truth, holds
from thidua.core.number import HUNDRED, ZERO, UnreadNumber
from thidua.core.outcome import Outcome
from thidua.core.outline import Place, own_maximum, place_of
from thidua.core.override import apply_override
from thidua.core.points import result_text, show
from thidua.core.rounding import round_to
from thidua.core.scope import Words
from thidua.core.sheet import Input

_FIGURES = ("value", "values", "target", "result", "date", "due", "chosen")


class Run:
    """One evaluation of one sheet. `outcomes` holds every place evaluated, by key."""

    def __init__(self, bloc: Bloc, position: int, *, explain: bool = False) -> None:
        self.bloc = bloc
        self.position = position
        self.sheet = bloc.sheets[position]
        self.explains = explain
        self.outcomes: dict[str, Outcome] = {}

    def evaluate(self) -> list[Outcome]:
        """Evaluate every section and give their outcomes in file order."""
        return [self.outcome(place_of(section, None)) for section in self.bloc.scale.sections]

    def outcome(self, place: Place) -> Outcome:
        """The outcome of a place, evaluated when it is first asked for."""
        found = self.outcomes.get(place.key)
        if found is None:
            found = self.judge(place)
            self.outcomes[place.key] = found
        return found

    def judge(self, place: Place) -> Outcome:
        """Evaluate one place; what stands below is asked for through `outcome`."""
        node = place.node
        made = Outcome(place=place, max=own_maximum(place))
        if not self._is_set_aside(made):
            if place.is_recurrence and node.recurs is not None:
                combine_copies(self, made, node.recurs)
            elif self._is_on(made):
                self._apply_rule(made)
        apply_override(self, made)
        if not node.children and not place.is_recurrence:
            self._ask_for_evidence(made)
        return made

    def truth(self, condition: Condition, made: Outcome) -> Truth:
        """Whether a condition of the place holds; what it looks at is noted on the outcome."""

        def look(test: Test) -> Scalar | None:
            value = self.look(test, made.place.copy)
            made.seen.append((test.subject, test.name, value))
            return value

        return holds(condition, look)

    def look(self, test: Test, copy: int | None = None) -> Scalar | None:
        """The fact a test is about: a field, or points or percent of an evaluated place."""
        return self.fact(test.subject, test.name, copy)

    def fact(self, subject: str, name: str, copy: int | None = None) -> Scalar | None:
        """A field, or the points or percent of a node (its own copy first); None when not known."""
        if subject == "field":
            return self.bloc.fact(self.position, name)
        found = self.outcomes.get(f"{name}@{copy}") or self.outcomes.get(name)
        if found is None or found.points is None or subject == "points":
            return None if found is None else found.points
        return HUNDRED * found.points / found.shown_max if found.shown_max else None

    def input_of(self, place: Place) -> Input:
        """The input of the sheet under the key of the place."""
        return self.bloc.input_of(self.position, place)

    def cohort(self, place: Place) -> Cohort:
        """The cohort of a leader or rank_table place."""
        return self.bloc.cohort(place)

    def explain(self, made: Outcome, rule_id: str, words: Words) -> None:
        """Add a finding to the outcome, if findings are wanted; words are made only then."""
        if not self.explains:
            return
        node, found = made.place.node, self.input_of(made.place)
        outcome = made.state if made.points is None else result_text(made.points)
        made.findings.append(
            Finding(
                rule_id=rule_id,
                outcome=outcome,
                inputs={key: plain_text(found[key]) for key in _FIGURES if key in found},
                source=f"{made.place.key} {node.label}".strip(),
                words=words if isinstance(words, str) else words(),
            )
        )

    def reached(self) -> Iterator[Outcome]:
        """Every evaluated place, children before their group, in order of discovery."""
        for section in self.bloc.scale.sections:
            yield from self._reached(section.code)

    def missing(self) -> list[str]:
        """Keys still to be scored, sorted; what stands below a hand-set figure is settled."""
        found: list[str] = []
        for section in self.bloc.scale.sections:
            self._collect_missing(self.outcomes[section.code], found)
        return sorted(found)

    def _reached(self, key: str) -> Iterator[Outcome]:
        made = self.outcomes[key]
        for child in made.children:
            yield from self._reached(child)
        yield made

    def _collect_missing(self, made: Outcome, found: list[str]) -> None:
        if made.state == "override":
            return
        if made.awaits_itself:
            found.append(made.place.key)
        for child in made.children:
            self._collect_missing(self.outcomes[child], found)

    def _is_set_aside(self, made: Outcome) -> bool:
        place = made.place
        if place.is_recurrence:
            closed = self.bloc.is_closed(self.position, place)
        else:
            made.figure = self.bloc.figure(self.position, place)
            closed = made.figure is NOT_APPLICABLE
        if closed:
            set_not_applicable(self, made)
        elif self.explains and not place.is_recurrence:
            self._explain_substitute(made)
        return closed

    def _explain_substitute(self, made: Outcome) -> None:
        own = self.bloc.own_figure(self.position, made.place)
        if own is NOT_APPLICABLE and made.figure is not MISSING:
            self.explain(made, "NA-4", "Không áp dụng, chấm theo nội dung thay thế")

    def _is_on(self, made: Outcome) -> bool:
        if made.place.node.when is None:
            return True
        truth = self.truth(made.place.node.when, made)
        if truth is None:
            made.leave("missing")
            made.warn("unknown_condition")
            self.explain(made, "WHEN-2", "Chưa đủ thông tin về điều kiện của dòng")
        elif not truth:
            made.points, made.state = ZERO, "off"
            self.explain(made, "WHEN-1", "Điều kiện không thỏa: 0,0")
        return truth is True

    def _apply_rule(self, made: Outcome) -> None:
        if made.place.node.children:
            score_container(self, made)
            return
        score_leaf(self, made)
        if made.points is not None:
            self._exempt(made)
        if made.points is not None and self.bloc.scale.header.round_at == "leaf":
            self._round(made, made.points)

    def _exempt(self, made: Outcome) -> None:
        condition = made.place.node.exempt_when
        if condition is None:
            return
        truth = self.truth(condition, made)
        if truth is None:
            made.leave("missing")
            made.warn("unknown_condition")
            self.explain(made, "EXEMPT-2", "Chưa biết có được miễn trừ điểm hay không")
        elif truth and made.counted < 0:
            made.settle(ZERO)
            self.explain(made, "EXEMPT-1", "Được miễn trừ điểm: 0,0")

    def _round(self, made: Outcome, points: Fraction) -> None:
        header = self.bloc.scale.header
        rounded = round_to(points, decimals=header.decimals, rounding=header.rounding)
        if rounded != points:
            made.points = rounded
            self.explain(made, "ROUND-1", f"{show(points)} làm tròn thành {show(rounded)}")

    def _ask_for_evidence(self, made: Outcome) -> None:
        wanted = made.place.node.evidence
        if wanted is None or not wanted.required or made.state not in ("scored", "override"):
            return
        if made.counted > 0 and not self.input_of(made.place).get("evidence"):
            made.warn("no_evidence")


def plain_text(value: object) -> str:
    """A plain input value as text for a finding."""
    if isinstance(value, Fraction):
        return result_text(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(plain_text(item) for item in value)
    return str(value.text if isinstance(value, UnreadNumber) else value)
