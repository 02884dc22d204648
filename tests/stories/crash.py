"""Power cuts in the middle of the year: a process that works is killed, again and again.

    python -m tests.stories.crash FOLDER KILLS SEED

makes a SQLite installation in FOLDER with the product's settings, then KILLS times starts a child
that saves lines and adopts scores through the services, kills it with signal 9 at a random moment
of a random request, however fast the machine is, and checks what stands in the database against
what the child was told was done. The last line is one JSON object. The child tells each request
before it makes it and once its answer is there, so that the parent knows what was acknowledged and
what was under way.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.stories.small_year import Bloc
    from thidua.year.scoring.models import Sheet

Request = dict[str, Any]
MOST_ANSWERS = 4  # answers a child may hear before it is killed
TODAY = "2026-11-20"
EVE = date(2026, 11, 19)  # explanations are over then, at whatever hour the story is played


@dataclass
class Tally:
    """What happened over all kills; ``faults`` must stay empty."""

    kills: int = 0
    acknowledged: int = 0
    under_way: int = 0
    kept: int = 0  # under way when killed, and found whole
    absent: int = 0  # under way when killed, and found not begun
    adoptions: int = 0
    faults: list[str] = field(default_factory=list)


class Office:
    """The two blocs in which the children work, and how each request is carried out."""

    def __init__(self, conferring: Bloc, scoring: Bloc) -> None:
        self.conferring, self.scoring = conferring, scoring
        self.deeds: dict[str, Callable[[Request], object]] = {
            "line": self._line,
            "decided": self._decided,
            "adopt": self._adopt,
            "adopt_again": self._adopt_again,
            "reopen": self._reopen,
        }

    def draw(self, chance: random.Random) -> Request:
        """The next request somebody makes, possible in the present state."""
        own: Request = {"id": str(uuid.UUID(int=chance.getrandbits(128), version=4))}
        points = chance.randrange(0, 20_000, 250)
        if chance.random() < 0.5:
            number = chance.randint(1, len(self.scoring.units))
            code = chance.choice(("I.2", "II"))
            return {**own, "deed": "line", "unit": number, "code": code, "points": points}
        if self.is_locked():
            return {**own, "deed": "reopen"}
        if chance.random() < 0.4:
            number = chance.randint(1, len(self.conferring.units))
            return {**own, "deed": "decided", "unit": number, "points": points}
        return {**own, "deed": "adopt_again" if self.versions() else "adopt"}

    def carry_out(self, request: Request) -> None:
        """Make the request; the same id again must change nothing."""
        self.deeds[request["deed"]](request)

    def is_locked(self) -> bool:
        """Whether the adopted table is in force on every sheet; on some only is a fault."""
        states = {sheet.state for sheet in self.sheets()}
        return states == {"adopted"}

    def sheets(self) -> list[Sheet]:
        """The sheets of the bloc that confers."""
        from thidua.year.scoring.models import Sheet

        return list(Sheet.objects.filter(bloc_year=self.conferring.bloc_year))

    def versions(self) -> int:
        """How often the table was adopted."""
        from thidua.year.conference.models import Adoption

        return Adoption.objects.filter(bloc_year=self.conferring.bloc_year).count()

    def _line(self, request: Request) -> object:
        from thidua.year.scoring.models import Stage
        from thidua.year.scoring.services import LineChange, save_line

        return save_line(
            self.scoring.leaders[request["unit"] - 1],
            sheet=self.scoring.sheet(request["unit"]),
            code=request["code"],
            stage=Stage.SELF,
            change=LineChange(points=request["points"], reason="Theo báo cáo"),
            request_id=request["id"],
        )

    def _decided(self, request: Request) -> object:
        from thidua.year.scoring.services import LineChange, set_adopted_line

        return set_adopted_line(
            self.conferring.head,
            sheet=self.conferring.sheet(request["unit"]),
            code="II",
            change=LineChange(points=request["points"], reason="Hội nghị quyết định"),
            request_id=request["id"],
        )

    def _adopt(self, request: Request) -> object:
        from thidua.year.conference.services import adopt_scores

        year = self.conferring.bloc_year
        return adopt_scores(self.conferring.head, bloc_year=year, request_id=request["id"])

    def _adopt_again(self, request: Request) -> object:
        from thidua.year.conference.services import adopt_again

        return adopt_again(
            self.conferring.head,
            bloc_year=self.conferring.bloc_year,
            reason="Cộng sót",
            request_id=request["id"],
        )

    def _reopen(self, request: Request) -> object:
        from thidua.year.conference.services import reopen_scores

        return reopen_scores(
            self.conferring.head,
            bloc_year=self.conferring.bloc_year,
            reason="Cộng sót",
            request_id=request["id"],
        )


def prepare() -> Office:
    """One bloc at its conference, a neighbour that scores itself."""
    from django.core.management import call_command
    from django_scopes import scope, scopes_disabled

    from tests.build import build_world, make_actor
    from tests.stories.small_year import Bloc, Until, own_bloc, play
    from thidua.registry.models import Role, Unit
    from thidua.year.bloc.models import Membership
    from thidua.year.scoring.services import open_sheets

    call_command("migrate", verbosity=0)
    with scopes_disabled():
        world = build_world()
    with scope(jurisdiction=world.jurisdiction):
        conferring = play(own_bloc(world), until=Until.MET, day=EVE)
        rows = Membership.objects.filter(bloc_year=world.other_year)
        units = [Unit.objects.get(pk=row.unit_id) for row in rows]
        leaders = [make_actor(world.jurisdiction, Role.LEADER, unit) for unit in units]
        assert world.other_year is not None
        scoring = Bloc(world.other_year, units, leaders, world.standing)
        play(scoring, until=Until.REGISTERED)
        open_sheets(scoring.head, bloc_year=scoring.bloc_year)
    return Office(conferring, scoring)


def work(office: Office, pipe: int, seed: int) -> None:
    """What the child does until it is killed: one request after another."""
    from django_scopes import scope

    from thidua.core.finding import Refused
    from thidua.year.scoring.board import forget

    forget()
    chance = random.Random(seed)
    with scope(jurisdiction=office.conferring.bloc_year.jurisdiction):
        while True:
            request = office.draw(chance)
            tell(pipe, "begins", request)
            try:
                office.carry_out(request)
            except Refused:
                tell(pipe, "refused", request)
            else:
                tell(pipe, "done", request)


def tell(pipe: int, what: str, request: Request) -> None:
    """One line to the parent; written at once and whole."""
    os.write(pipe, json.dumps([what, request]).encode() + b"\n")


def one_kill(office: Office, chance: random.Random, seed: int) -> list[tuple[str, Request]]:
    """Let a child work, kill it, and give back what it told."""
    from django.db import connection

    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(office, writing, seed)
        finally:
            os._exit(1)
    os.close(writing)
    heard = wait(reading, chance)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    while piece := os.read(reading, 65536):
        heard += piece
    os.close(reading)
    assert os.WIFSIGNALED(status), "the child ended by itself"
    return [(what, request) for what, request in map(json.loads, heard.splitlines())]


def wait(reading: int, chance: random.Random) -> bytes:
    """Hear some answers, then let the next request get some of its way."""
    heard, started = os.read(reading, 65536), time.monotonic()  # its first words: it is at work
    answers = chance.randint(1, MOST_ANSWERS)
    while heard.count(b'["done"') + heard.count(b'["refused"') < answers:
        heard += os.read(reading, 65536)
    usual = (time.monotonic() - started) / answers
    time.sleep(chance.random() * usual)
    return heard


class Witness:
    """Remembers what was acknowledged and looks whether it is there."""

    def __init__(self, office: Office) -> None:
        self.office, self.tally = office, Tally()
        self.lines: dict[tuple[int, int, str], int] = {}  # year, unit number, code: points

    def after(self, told: list[tuple[str, Request]]) -> None:
        """Check the database after one kill, finish what was under way, check again."""
        from thidua.year.scoring.board import forget

        forget()
        self.tally.kills += 1
        for what, request in told:
            if what == "done":
                self._acknowledged(request)
        what, last = told[-1]
        if what == "begins":
            self._finish(last)
        self._state()

    def _acknowledged(self, request: Request) -> None:
        self.tally.acknowledged += 1
        if self._events(request) != 1:
            self._fault(f"acknowledged and lost: {request}")
        self._remember(request)

    def _finish(self, request: Request) -> None:
        """The same request again, twice: in the end it was made exactly once."""
        from thidua.core.finding import Refused

        self.tally.under_way += 1
        there = self._events(request)
        self.tally.kept += there == 1
        self.tally.absent += there == 0
        for _ in range(2):
            try:
                self.office.carry_out(request)
            except Refused:
                if self._events(request):
                    self._fault(f"refused though made: {request}")
                return
            if self._events(request) != 1:
                self._fault(f"not made exactly once: {request}")
        self._remember(request)

    def _remember(self, request: Request) -> None:
        bloc = self.office.scoring if request["deed"] == "line" else self.office.conferring
        if "points" in request:
            code = request.get("code", "II")
            self.lines[bloc.bloc_year.pk, request["unit"], code] = request["points"]

    def _state(self) -> None:
        """Lines say what was last acknowledged; the adopted table is whole or absent."""
        from thidua.platform.ledger.verify import verify_all

        for fault in verify_all():
            self._fault(f"ledger: {fault}")
        for key, points in self.lines.items():
            if self._written(*key) != points:
                self._fault(f"line {key}: {self._written(*key)} and not {points}")
        self._adoptions()

    def _written(self, year: int, number: int, code: str) -> int | None:
        from fractions import Fraction

        from thidua.year.scoring.models import Entry, Stage

        scoring = year == self.office.scoring.bloc_year.pk
        bloc, stage = (
            (self.office.scoring, Stage.SELF)
            if scoring
            else (self.office.conferring, Stage.ADOPTED)
        )
        sheet = bloc.sheet(number)
        entry = Entry.objects.filter(sheet=sheet, code=code, stage=stage).first()
        if entry is None:
            return None
        if entry.kind == Entry.Kind.CONFIRMED:  # the figure that stood there before
            entry = Entry.objects.get(sheet=sheet, code=code, stage=Stage.VERIFIED)
        return int(Fraction(str(entry.inputs["value"])) * 1000)

    def _adoptions(self) -> None:
        from thidua.core.fingerprint import fingerprint
        from thidua.platform.ledger import chain
        from thidua.platform.ledger.models import Event
        from thidua.year.conference.models import Adoption

        year = self.office.conferring.bloc_year
        verbs = list(
            Event.objects.filter(chain=chain.of_year(year.pk), verb__startswith="conference.")
            .filter(verb__in=("conference.adopt", "conference.adopt_again", "conference.reopen"))
            .order_by("seq")
            .values_list("verb", flat=True)
        )
        rows = list(Adoption.objects.filter(bloc_year=year).order_by("version"))
        made = [verb for verb in verbs if verb != "conference.reopen"]
        if [row.version for row in rows] != list(range(1, len(made) + 1)):
            self._fault(f"versions {[row.version for row in rows]} for {len(made)} adoptions")
        for row in rows:
            if fingerprint(row.snapshot) != row.fingerprint:
                self._fault(f"version {row.version} is not whole")
        locked = bool(verbs) and verbs[-1] != "conference.reopen"
        states = sorted({str(sheet.state) for sheet in self.office.sheets()})
        if (states == ["adopted"]) != locked or (not locked and "adopted" in states):
            self._fault(f"sheets {states} after {verbs[-1:]}")
        self.tally.adoptions = len(rows)

    def _events(self, request: Request) -> int:
        from thidua.platform.ledger.models import Event

        return Event.objects.filter(request_id=request["id"]).count()

    def _fault(self, words: str) -> None:
        self.tally.faults.append(f"kill {self.tally.kills}: {words}")


def main(folder: str, kills: int, seed: int) -> None:
    """Prepare, kill, check; print the tally."""
    os.environ.update(THIDUA_DATA=folder, THIDUA_DATABASE="")
    from thidua.cli import django_setup

    django_setup.start(today=TODAY)
    from django_scopes import scope

    office, chance = prepare(), random.Random(seed)
    witness = Witness(office)
    with scope(jurisdiction=office.conferring.bloc_year.jurisdiction):
        for number in range(kills):
            witness.after(one_kill(office, chance, seed + number))
    print(json.dumps(asdict(witness.tally)))


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).resolve()), int(sys.argv[2]), int(sys.argv[3]))
