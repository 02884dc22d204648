"""Whatever people do on a sheet, in any order: no number and no reason is ever lost.

A rule-based state machine through HTTP. Two people of the unit and their verifier type, paste, type
over each other, send, take back, return, take a return back, send again and end the verification;
the conference decides lines, adopts, reopens and adopts again, also when the sheet is not in a
state for it. After every step the database holds exactly what was acknowledged.

5,000 steps by default; THIDUA_STEPS=100000 for a long run (CONTRIBUTING).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from typing import Any, Protocol

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.build import World
from tests.web.test_access import without_shell
from tests.year.conference.build import end_explanations, meet
from tests.year.scoring.browse import address, posted, signed_in
from tests.year.scoring.build import fill
from thidua.core.points import read_points
from thidua.platform import clock
from thidua.platform.ledger.chain import of_year
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.verify import verify_chain
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Entry, LineReturn, Sheet, Stage

STEPS = int(os.environ.get("THIDUA_STEPS", "5000"))
STEPS_EACH, ENOUGH = 50, 5000
CODES = ("I.1", "I.2", "II.1", "II.2", "III", "IV")
FIGURE_CELLS = (
    ("I.1", "result"), ("I.2", "target"), ("I.2", "result"), ("II.1", "points"),
    ("III", "value"), ("IV", "value"),
)  # fmt: skip
CELLS = (
    *FIGURE_CELLS, ("II.2", "value"), ("I.1", "points"), ("I.2", "points"), ("II.2", "points"),
    *((code, "reason") for code in CODES),
)  # fmt: skip
COLUMNS = ("kind", "inputs", "points", "reason", "author", "version")
BEGINNINGS = ("self", "sent", "ended", "ended")
OVER = (Sheet.State.VERIFIED, Sheet.State.ADOPTED)
VERIFIED_IN = (Sheet.State.SUBMITTED, Sheet.State.RETURNED)
EMPTY: dict[str, Any] = {"inputs": {}, "points": None, "reason": "", "version": 0}
FIGURES = st.sampled_from(["", "0", "1", "2,5", "7.25", "12", "18", "19,5"])
FITS = st.sampled_from([True, True, True, False])  # mostly what can be done, now and then not
WORDS = st.sampled_from(["Theo báo cáo năm", "Đã đối chiếu", "Kho bạc xác nhận", "Hội đồng <b>&"])
Key = tuple[str, str]
Kept = dict[str, Any]
TALLY: dict[str, int] = {}


class Answer(Protocol):
    """What the test client gives back."""

    status_code: int
    content: bytes


class ScoreDesk(RuleBasedStateMachine):
    """One sheet; everything it does is undone after the example."""

    world: World
    sheet: Sheet
    reached = "self"  # where the sheet stands when people begin

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(transaction.atomic())
        forget()
        world = self.world
        self.officer, self.leader, self.verifier, self.head = (
            signed_in(actor) for actor in (world.officer, world.leader, world.verifier, world.head)
        )
        self.model = self.stored()
        self.done: list[tuple[Client, dict[str, object]]] = []
        self.turn, self.state = 0, Sheet.State.SELF

    def teardown(self) -> None:
        chain = of_year(self.world.bloc_year.pk)
        ids = list(Event.objects.filter(chain=chain).values_list("request_id", flat=True))
        assert [sent for _, sent in self.done if ids.count(str(sent["request_id"])) != 1] == []
        assert verify_chain(chain) == []
        self._the_page_shows_every_reason()
        transaction.set_rollback(True)
        self.undone.close()
        forget()

    @initialize()
    def begin(self) -> None:
        if self.reached != "ended":  # once all are sent the units read each other: no taking back
            self._others().update(state=Sheet.State.SELF, submitted_at=None, verified_at=None)
        if self.reached != "self":
            self._sent_or_taken_back("send")
        if self.reached == "ended":
            self.keep_the_rest(ends=True)

    # --- what people do

    @rule(cell=st.sampled_from(CELLS), text=FIGURES, words=WORDS)
    def type_a_cell(self, cell: Key, text: str, words: str) -> None:
        answer = self._type(self.officer, cell, text, words, seen=self._version(cell[0]))
        assert answer.status_code in (200, 403, 422), answer.content

    @rule(cell=st.sampled_from(CELLS), text=FIGURES, words=WORDS)
    def type_a_cell_as_the_leader(self, cell: Key, text: str, words: str) -> None:
        answer = self._type(self.leader, cell, text, words, seen=self._version(cell[0]))
        assert answer.status_code in (200, 403, 422), answer.content

    @precondition(lambda self: any(self._version(code) for code in CODES))
    @rule(data=st.data(), text=FIGURES, words=WORDS)
    def type_over_what_another_wrote(self, data: st.DataObject, text: str, words: str) -> None:
        cell = data.draw(st.sampled_from([one for one in CELLS if self._version(one[0])]))
        stands, version = self.model[cell[0], Stage.SELF], self._version(cell[0])
        answer = self._type(self.leader, cell, text, words, seen=version - 1, was="khác hẳn")
        assert self.model[cell[0], Stage.SELF] == stands  # whatever the answer was
        if answer.status_code == 409:
            said = json.loads(answer.content)
            assert (said["version"], said["conflict"]["who"]) == (version, stands["author"])

    @precondition(lambda self: any(self._version(code) for code in CODES))
    @rule(data=st.data(), words=WORDS)
    def type_another_cell_of_a_line(self, data: st.DataObject, words: str) -> None:
        code = data.draw(st.sampled_from([one for one in CODES if self._version(one)]))
        was, version = self.model[code, Stage.SELF]["reason"], self._version(code)
        cell = (code, "reason")
        answer = self._type(self.leader, cell, "", words, seen=version - 1, was=was)
        assert answer.status_code in (200, 403), answer.content

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def send_a_request_again(self, data: st.DataObject) -> None:
        client, sent = data.draw(st.sampled_from(self.done))
        assert client.post(self._at("save"), sent).status_code == 200

    @rule(cells=st.lists(st.sampled_from(FIGURE_CELLS), min_size=2, max_size=5, unique=True),
          text=FIGURES)  # fmt: skip
    def paste_without_javascript(self, cells: list[Key], text: str) -> None:
        fields, pasted = {}, cells
        if self.state != Sheet.State.SELF:  # then only some lines can be written: look which
            fields = dict(_fields(self.officer.get(self._at("sheet")).content.decode()))
            pasted = [(code, field) for code, field in cells if f"{field}:{code}" in fields]
        fields |= {f"{field}:{code}": text for code, field in pasted}
        answer = self.officer.post(self._at("sheet"), posted(**fields))
        self._only_these_changed({(code, str(Stage.SELF)) for code, _ in pasted}, reasons=False)
        if answer.status_code == 303:
            assert [one for one in pasted if not self._holds(*one, text)] == []
            _count("pasted", len(pasted))

    @rule(fits=FITS)
    def send_or_take_back(self, *, fits: bool) -> None:
        sent = self.state == Sheet.State.SUBMITTED
        self._sent_or_taken_back("take_back" if sent == fits else "send")

    @precondition(lambda self: self.is_likely())
    @rule(code=st.sampled_from(CODES), words=WORDS)
    def return_a_line(self, code: str, words: str) -> None:
        sent = posted(deed="return", reason=words)
        answer = self.verifier.post(self._at("verify_line", code), sent)
        if answer.status_code == 303:  # what the verifier wrote there is taken off; it stays told
            self._is_told(self.model.pop((code, str(Stage.VERIFIED)), None))
        assert self.stored() == self.model
        self._moved(answer, "returned")

    @precondition(lambda self: self.is_likely())
    @rule(data=st.data(), by_head=st.booleans(), words=WORDS)
    def withdraw_a_return(self, data: st.DataObject, *, by_head: bool, words: str) -> None:
        back = LineReturn.objects.filter(sheet=self.sheet, answered_at=None)
        given = dict(back.values_list("code", "reason"))
        code = data.draw(st.sampled_from(sorted(given) or list(CODES)))
        client = self.head if by_head else self.verifier
        sent = posted(code=code, confirmed="1", reason=words)
        answer = client.post(self._at("withdraw"), sent)
        self._settled()  # what the unit wrote since the return stands
        if answer.status_code == 303:
            self._both_reasons_are_told(code, given[code], words)
        self._moved(answer, "withdrawn")

    @precondition(lambda self: self.is_likely())
    @rule(code=st.sampled_from(CODES), text=FIGURES, words=WORDS)
    def verify_a_line(self, code: str, text: str, words: str) -> None:
        seen = self.model.get((code, Stage.VERIFIED), EMPTY)["version"]
        sent = posted(deed="save", points=text, reason=words, seen=seen, shown="")
        answer = self.verifier.post(self._at("verify_line", code), sent)
        self._only_these_changed({(code, str(Stage.VERIFIED))}, reasons=True)
        if answer.status_code == 303:
            assert self.model[code, Stage.VERIFIED]["reason"] == words
            _count("verified", 1)

    @precondition(lambda self: self.is_likely())
    @rule(ends=st.sampled_from([False, False, False, True]))
    def keep_the_rest(self, *, ends: bool) -> None:
        self.verifier.post(self._at("confirm_rest"), posted(confirmed="1"))
        before, self.model = self.model, self.stored()
        assert {key: self.model.get(key) for key in before} == before
        if ends:
            answer = self.verifier.post(self._at("finish"), posted(confirmed="1"))
            self._moved(answer, "ended")

    @precondition(lambda self: self.is_over())
    @rule(code=st.sampled_from(CODES), points=st.sampled_from(["0", "0,5", "2"]), words=WORDS)
    def decide_a_line_at_the_conference(self, code: str, points: str, words: str) -> None:
        sent = posted(how="points", points=points, proposer="Sở Số 3", reason=words)
        unit = self.world.units[1].pk
        answer = self.head.post(self._conference("line", unit, code), sent)
        key = (code, str(Stage.ADOPTED))
        self._only_these_changed({key}, reasons=True)
        if answer.status_code == 303:
            same = self.model[key]["kind"] == "confirmed"  # it agrees with what stood there
            assert same or _points_of(code, self.model[key]) == read_points(points)
            assert self.model[key]["reason"] == f"Sở Số 3 đề nghị: {words}"
            _count("decided", 1)

    @precondition(lambda self: self.is_over())
    @rule(fits=FITS, keeps=st.booleans(), words=WORDS)
    def adopt_or_open_again(self, *, fits: bool, keeps: bool, words: str) -> None:
        adopted = self.state == Sheet.State.ADOPTED
        deed = ("reopen" if adopted else "adoption") if fits else "keep" if keeps else "reopen"
        self._at_the_conference(deed, words)

    # --- what must hold

    @invariant()
    def the_database_holds_what_was_acknowledged(self) -> None:
        assert self.stored() == self.model
        self.turn += 1

    def is_likely(self) -> bool:
        """Whether a verifier has something to do; now and then they try without."""
        return self.state in VERIFIED_IN or self.turn % 16 == 0

    def is_over(self) -> bool:
        """Whether the conference has something to do; now and then it tries without."""
        return self.state in OVER or self.turn % 16 == 8

    def _moved(self, answer: Answer, deed: str) -> None:
        """Counts what was done, and looks where the sheet stands then."""
        _count(deed, answer.status_code == 303)
        if answer.status_code == 303:
            self.state = Sheet.State(Sheet.objects.get(pk=self.sheet.pk).state)

    def stored(self) -> dict[Key, Kept]:
        """Every entry of the sheet by line and stage."""
        rows = Entry.objects.filter(sheet=self.sheet).values("code", "stage", *COLUMNS)
        return {(row["code"], row["stage"]): {one: row[one] for one in COLUMNS} for row in rows}

    def _type(
        self, client: Client, cell: Key, text: str, words: str, *, seen: int, was: str | None = None
    ) -> Answer:
        code, field = cell
        value = words if field == "reason" else _choice(text) if cell == ("II.2", "value") else text
        sent = posted(code=code, field=field, value=value, seen=seen)
        if was is not None:
            sent["was"] = was
        answer = client.post(self._at("save"), sent)
        _count(str(answer.status_code), 1)
        if answer.status_code != 200:
            return answer
        before, key = self.model.get((code, str(Stage.SELF)), EMPTY), (code, str(Stage.SELF))
        self.model = {**self.model, key: self.stored()[key]}
        self.done.append((client, sent))
        said = json.loads(answer.content)
        assert said["version"] == self._version(code)
        assert self._holds(code, field, value) or _by_rule(said, code, value)
        assert _besides(self.model[key], field) == _besides(before, field) or _by_rule(
            said, code, before["points"]
        )
        return answer

    def _holds(self, code: str, field: str, text: str) -> bool:
        """Whether the entry says what was typed; an empty cell says nothing."""
        kept = self.model.get((code, str(Stage.SELF)), EMPTY)
        if field == "reason":
            return bool(kept["reason"] == text)
        if (code, field) == ("II.2", "value"):
            expected = {"co": True, "khong": False, "": None}[text]
            return bool(kept["inputs"].get("value") is expected)
        if field == "points":
            return _points_of(code, kept) == read_points(text)
        figure = kept["inputs"].get(field)
        return read_points(text) == (None if figure is None else read_points(str(figure)))

    def _is_told(self, gone: Kept | None) -> None:
        """What no longer stands on the sheet stands whole in the newest event of the ledger."""
        event = Event.objects.filter(chain=of_year(self.world.bloc_year.pk)).latest("seq")
        told = [row["before"] for row in event.rows if row["row"] == "scoring.entry"]
        assert [{name: one[name] for name in COLUMNS} for one in told] == ([gone] if gone else [])

    def _both_reasons_are_told(self, code: str, given: str, withdrawn: str) -> None:
        """Why a line was sent back and why no longer: on the sheet or in the newest event."""
        event = Event.objects.filter(chain=of_year(self.world.bloc_year.pk)).latest("seq")
        rows = [row for row in event.rows if row["row"] == "scoring.linereturn"]
        kept = LineReturn.objects.filter(pk=rows[0]["pk"]).values_list("reason", flat=True)
        told = list(kept) or [rows[0]["before"]["reason"]]
        assert (told, event.reason) == ([given], withdrawn)
        assert not LineReturn.objects.filter(sheet=self.sheet, code=code, answered_at=None).exists()

    def _only_these_changed(self, keys: set[Key], *, reasons: bool) -> None:
        before, self.model = self.model, self.stored()
        for key, one in before.items():
            assert key in self.model
            if key not in keys:
                assert self.model[key] == one
            elif not reasons:
                assert self.model[key]["reason"] == one["reason"]

    def _settled(self) -> None:
        """Sending writes down the figures a line rests on; it takes none away and no reason."""
        before, self.model = self.model, self.stored()
        for key, one in before.items():
            now = self.model[key]
            assert (now["points"], now["reason"]) == (one["points"], one["reason"])
            assert {**now["inputs"], **one["inputs"]} == now["inputs"]

    def _the_page_shows_every_reason(self) -> None:
        page = unescape(self.officer.get(self._at("sheet")).content.decode())
        said = [one["reason"] for one in self.model.values() if one["kind"] != "confirmed"]
        rows = LineReturn.objects.filter(sheet=self.sheet, answered_at=None)
        assert [one for one in [*said, *(row.reason for row in rows)] if one not in page] == []

    def _version(self, code: str) -> int:
        return int(self.model.get((code, str(Stage.SELF)), EMPTY)["version"])

    def _at(self, name: str, *more: object) -> str:
        return address(name, self.world, 2, *more)

    def _sent_or_taken_back(self, deed: str) -> None:
        answer = self.officer.post(self._at(deed), posted(confirmed="1"))
        self._settled()
        self._moved(answer, deed)

    def _others(self) -> QuerySet[Sheet]:
        return Sheet.objects.filter(bloc_year=self.world.bloc_year).exclude(pk=self.sheet.pk)

    def _at_the_conference(self, deed: str, words: str) -> None:
        """The head adopts, reopens or locks again; none of it writes a figure anew."""
        sent = posted(confirmed="1", word="thông qua", reason=words)
        answer = self.head.post(self._conference(deed), sent)
        assert self.stored() == self.model
        self._moved(answer, deed)

    def _conference(self, name: str, *more: object) -> str:
        return reverse(f"conference:{name}", args=[self.world.bloc_year.pk, *more])


def _points_of(code: str, kept: Kept) -> int | None:
    """The points set by hand; those of a judged line are its figure."""
    if code != "II.1":
        return None if kept["points"] is None else int(kept["points"])
    figure = kept["inputs"].get("value")
    return None if figure is None else read_points(str(figure))


def _choice(text: str) -> str:
    return {"": "", "0": "khong", "1": "co"}.get(text, "co")


def _fields(page: str) -> Iterator[tuple[str, str]]:
    """The form's fields as a browser without JavaScript would send them."""
    for found in re.finditer(r'<input [^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page):
        if ":" in found[1] or found[1] == "shown":
            yield unescape(found[1]), unescape(found[2])
    for found in re.finditer(r'<select name="([^"]+:[^"]+)".*?</select>', page):
        chosen = re.search(r'value="([^"]*)" selected', found[0])
        yield unescape(found[1]), chosen[1] if chosen else ""


def _besides(kept: Kept, field: str) -> Kept:
    """An entry without what the cell of that field holds."""
    mine = {field, "value"} if field == "points" else {field}
    inputs = {name: value for name, value in kept["inputs"].items() if name not in mine}
    reason = "" if field == "reason" else kept["reason"]
    points = None if field == "points" else kept["points"]
    return {"inputs": inputs, "points": points, "reason": reason}


def _by_rule(said: dict[str, Any], code: str, points: str | int | None) -> bool:
    """Points that only repeat what the rule gives are not kept as set by hand; the cell shows them
    all the same."""
    milli = read_points(points) if isinstance(points, str) else points
    return milli is not None and read_points(said["cells"][code]["points"]) == milli


def _count(what: str, times: int) -> None:
    TALLY[what] = TALLY.get(what, 0) + int(times)


@pytest.mark.slow
def test_no_order_of_deeds_loses_a_number_or_its_reason(
    world: World, sheets: dict[int, Sheet], settings: Any
) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    settings.TEMPLATES = without_shell()
    TALLY.clear()
    fill(world.officer, sheets[2])
    others_are_verified(world, sheets)
    for reached in BEGINNINGS:
        told = {"world": world, "sheet": sheets[2], "reached": reached}
        examples = max(1, STEPS // STEPS_EACH // len(BEGINNINGS))
        run_state_machine_as_test(
            type("Desk", (ScoreDesk,), told), settings=_settings(max_examples=examples)
        )

    # it would prove nothing if the sheet never moved; a short walk may miss some of it
    wanted = ("200", "409", "403", "pasted", "send", "take_back", "returned", "withdrawn",
              "verified", "ended", "decided", "adoption", "reopen", "keep")  # fmt: skip
    assert STEPS < ENOUGH or [one for one in wanted if not TALLY.get(one)] == []


def others_are_verified(world: World, sheets: dict[int, Sheet]) -> None:
    """The conference has met, and nothing but the sheet of the test holds up the adoption."""
    fill(world.head, sheets[1])
    fill(world.actors["third"], sheets[3])
    now = clock.now()
    Sheet.objects.filter(pk__in=[sheets[1].pk, sheets[3].pk]).update(
        state=Sheet.State.VERIFIED, submitted_at=now, verified_at=now
    )
    end_explanations(world)
    meet(world)


def _settings(*, max_examples: int) -> settings:
    return settings(
        max_examples=max_examples,
        stateful_step_count=STEPS_EACH,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],  # shrinking 50 requests takes minutes
    )
