"""Any order of save, rate, return, answer, send and end never loses a number or its reason.

A walk of some hundred deeds of any of the people, drawn by a fixed seed; most are refused, as they
would be in a year. After each of them the rows are what the ledger says, and a step that has ended
keeps what it gave.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django_scopes import scope, scopes_disabled

from tests.year.scoring.build import type_line
from tests.year.scoring.steps_build import Bloc, configured, mean, plan, sent, six_units
from thidua.core.finding import Refused
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.rebuild import compare_all
from thidua.registry.actor import Actor
from thidua.year.scoring.models import (
    MIDDLE,
    Entry,
    Explanation,
    Rating,
    Sheet,
    Stage,
    StepClosing,
)
from thidua.year.scoring.services import (
    answer_explanation,
    answer_return,
    confirm_lines,
    explain_line,
    finish_verification,
    rate_line,
    return_lines,
    submit_self_score,
)

DEEDS = 250
CODES = ("I.1", "I.2", "II.1", "II.2")
Given = dict[tuple[str, ...], tuple[object, str]]


@pytest.fixture
def bloc(db: None) -> Iterator[Bloc]:
    with scopes_disabled():
        made = six_units()
    with scope(jurisdiction=made.world.jurisdiction):
        configured(made, mean(Stage.CROSS, made, blind=True), plan(made, Stage.SECTOR),
                   plan(made, Stage.TEAM), plan(made, Stage.VERIFIED))  # fmt: skip
        sent(made)
        yield made


class Walk:
    """One person after another does something to unit 2's sheet."""

    def __init__(self, bloc: Bloc, seed: int) -> None:
        self.bloc, self.draw = bloc, random.Random(seed)  # a test's fixed walk
        self.people = [*bloc.staff.values(), bloc.world.head, bloc.world.leader]
        self.done = 0

    def step(self) -> None:
        """One deed; a refusal of a single one changes nothing."""
        often = [self.write, self.write, self.write, self.rate, self.rate, self.confirm]
        seldom = [self.send_back, self.mend, self.send, self.end, self.explain, self.answer]
        deeds: list[Callable[[Actor], object]] = [*often * 4, *seldom * 2, self.hurry]
        events, deed = Event.objects.count(), self.draw.choice(deeds)
        try:
            deed(self.somebody())
            self.done += 1
        except Refused:
            assert deed == self.hurry or Event.objects.count() == events

    def somebody(self) -> Actor:
        return self.draw.choice(self.people)

    @property
    def code(self) -> str:
        return self.draw.choice(CODES)

    @property
    def number(self) -> str:
        return f"{self.draw.randrange(0, 20000)}"

    def write(self, who: Actor) -> object:
        stage = self.draw.choice([*MIDDLE, *[self.bloc.sheet.at_stage or Stage.SELF] * 9])
        return type_line(who, self.bloc.sheet, self.code, f"{int(self.number) / 1000:.3f}",
                         reason=f"Lý do {self.number}", stage=Stage(stage))  # fmt: skip

    def rate(self, who: Actor) -> object:
        points = self.draw.choice([None, int(self.number)])
        return rate_line(who, sheet=self.bloc.sheet, code=self.code, stage=Stage.CROSS,
                         points=points, reason=f"Lý do {self.number}")  # fmt: skip

    def confirm(self, who: Actor) -> object:
        return confirm_lines(who, sheet=self.bloc.sheet)

    def send_back(self, who: Actor) -> object:
        return return_lines(who, sheet=self.bloc.sheet, reasons={self.code: f"Xem {self.number}"})

    def mend(self, who: Actor) -> object:
        del who
        return type_line(self.bloc.world.officer, self.bloc.sheet, self.code,
                         reason=f"Đã xem {self.number}")  # fmt: skip

    def send(self, who: Actor) -> object:
        del who
        return submit_self_score(self.bloc.world.officer, sheet=self.bloc.sheet)

    def end(self, who: Actor) -> object:
        reason = self.draw.choice(["", "Không chờ nữa"])
        return finish_verification(who, sheet=self.bloc.sheet, missing_reason=reason)

    def hurry(self, who: Actor) -> object:
        """The unit sends, everybody keeps the rest, and the head ends the step."""
        for code in CODES:
            with suppress(Refused):
                answer_return(self.bloc.world.officer, sheet=self.bloc.sheet, code=code, text="Rồi")
        with suppress(Refused):
            self.send(who)
        for one in self.people:
            with suppress(Refused):
                confirm_lines(one, sheet=self.bloc.sheet)
        for said in Explanation.objects.filter(answered_at=None):
            answer_explanation(self.bloc.world.head, explanation=said, answer="Đã xem")
        return finish_verification(self.bloc.world.head, sheet=self.bloc.sheet,
                                   missing_reason="Hết hạn")  # fmt: skip

    def explain(self, who: Actor) -> object:
        del who
        return explain_line(self.bloc.world.officer, sheet=self.bloc.sheet, code=self.code,
                            text=f"Giải trình {self.number}")  # fmt: skip

    def answer(self, who: Actor) -> object:
        said = Explanation.objects.filter(answered_at=None).first()
        return said and answer_explanation(who, explanation=said, answer=f"Trả lời {self.number}")


def given(sheet: Sheet, stages: set[str]) -> Given:
    """The numbers and reasons that steps gave themselves."""
    entries = Entry.objects.filter(sheet=sheet, stage__in=stages).exclude(kind="confirmed")
    ratings = Rating.objects.filter(sheet=sheet, stage__in=stages, points__isnull=False)
    found: Given = {(row.code, row.stage): ((row.points, str(row.inputs)), row.reason)
                    for row in entries}  # fmt: skip
    found |= {(row.code, row.stage, str(row.rater_id)): (row.points, row.reason)
              for row in ratings}  # fmt: skip
    return found


@pytest.mark.parametrize("seed", [1, 2, 4, 5])
def test_no_order_of_deeds_loses_a_number_or_its_reason(bloc: Bloc, seed: int) -> None:
    walk = Walk(bloc, seed)
    ended: set[str] = set()
    kept: Given = {}
    for _ in range(DEEDS):
        walk.step()
        assert {key: one for key, one in given(bloc.sheet, ended).items() if key in kept} == kept
        ended = set(StepClosing.objects.values_list("stage", flat=True))
        kept = given(bloc.sheet, ended)
        assert all(reason for _, reason in kept.values())

    assert compare_all() == []
    assert (walk.done > 10, len(ended) > 1, len(kept) > 0) == (True, True, True)


@pytest.mark.parametrize("seed", [3])
def test_everything_once_written_stands_in_the_ledger_with_its_reason(
    bloc: Bloc, seed: int
) -> None:
    walk = Walk(bloc, seed)
    seen: set[tuple[str, str]] = set()
    for _ in range(DEEDS // 2):
        walk.step()
        seen |= {(str(key), reason) for key, (_, reason) in given(bloc.sheet, set(MIDDLE)).items()}
    images = [row for event in Event.objects.all() for row in event.rows]
    told = {row["after"].get("reason") for row in images
            if row["row"] in ("scoring.entry", "scoring.rating") and row["after"]}  # fmt: skip

    assert {reason for _, reason in seen} <= told
