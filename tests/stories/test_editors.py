"""Fifty parallel editors on one bloc: no silent overwrite, no lost cell, each save told once."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from psycopg import sql

from dev import postgres
from tests.live import ROOT, environment, free_port, wait_for
from tests.stories.editors import LINES, PEOPLE, TODAY, UNITS

EACH = 6  # cells a person types
TOKEN = "t" * 32


@dataclass
class Editor:
    """One person with a browser: types cells, meets others, chooses, tries again."""

    where: str
    address: str
    cookie: str
    number: int
    acknowledged: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def work(self) -> None:
        """Type every cell without having looked again: whoever comes second must be told."""
        chance = random.Random(self.number)
        for turn in range(EACH):
            code = f"L.{chance.randint(1, LINES)}"
            thousandths = self.number * 100 + turn + 1  # nobody else types this number
            value = f"{thousandths // 1000},{thousandths % 1000:03}"
            self.save(code, value, seen=0, twice=chance.random() < 0.3)

    def save(self, code: str, value: str, *, seen: int, twice: bool) -> None:
        """Send one cell; on a conflict keep one's own, over what was shown; a retry changes
        nothing."""
        sent = {"code": code, "field": "points", "value": value, "seen": seen,
                "request_id": str(uuid.uuid4())}  # fmt: skip
        status, answer = self.post(sent)
        if status == 409:
            self.refused.append(str(sent["request_id"]))
            if not answer["conflict"]["who"] or not answer["conflict"]["value"]:
                self.faults.append(f"nobody is named: {answer}")
            return self.save(code, value, seen=answer["version"], twice=twice)
        if status != 200:
            self.faults.append(f"{status}: {answer}")
            return None
        self.acknowledged.append({**sent, "version": answer["version"]})
        if twice and self.post(sent)[0] != 200:
            self.faults.append("a repeated request was not answered like the first")
        return None

    def post(self, sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """A cell as the score table sends it, on a connection of its own."""
        connection = HTTPConnection(self.where, timeout=120)
        headers = {
            "Cookie": f"sessionid={self.cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", self.address, urlencode(sent).encode(), headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return answer.status, json.loads(body) if is_json else {"body": body[:200].decode()}


Surroundings = dict[str, str]


@pytest.fixture(params=["sqlite", "postgresql"])
def surroundings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Surroundings]:
    """An installation of its own on one of the two databases."""
    own = environment(tmp_path / "data")
    if request.param == "sqlite":
        yield own
        return
    with ExitStack() as stack:
        try:
            address = stack.enter_context(postgres.server())
        except RuntimeError as problem:
            pytest.skip(str(problem))
        yield {**own, "THIDUA_DATABASE": own_database(address)}


def own_database(address: str) -> str:
    """A fresh database on that server; gives its address."""
    name = f"bien_tap_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlsplit(address)._replace(path=f"/{name}").geturl()


@pytest.fixture
def bloc(surroundings: Surroundings) -> dict[str, Any]:
    """Made by another process, which this one's settings know nothing of."""
    return told("make", surroundings)


@pytest.fixture
def where(bloc: dict[str, Any], surroundings: Surroundings) -> Iterator[str]:
    """The product's server on it, with two web processes."""
    port = free_port()
    command = [sys.executable, "-m", "thidua", "serve", "--port", str(port), "--today", TODAY]
    running = subprocess.Popen([*command, "--workers", "2"], cwd=ROOT, env=surroundings)
    try:
        wait_for(f"http://127.0.0.1:{port}/song/", running)
        yield f"127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=30)


def told(deed: str, surroundings: Surroundings) -> dict[str, Any]:
    """What ``tests.stories.editors`` prints."""
    command = [sys.executable, "-m", "tests.stories.editors", deed]
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.slow
@pytest.mark.once
def test_fifty_editors_overwrite_nobody_and_lose_nothing(
    bloc: dict[str, Any], where: str, surroundings: Surroundings
) -> None:
    people = bloc["people"]
    editors = [
        Editor(where, one["address"], one["cookie"], number) for number, one in enumerate(people)
    ]
    threads = [threading.Thread(target=one.work) for one in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = told("look", surroundings)

    assert len(editors) == UNITS * PEOPLE == 50
    assert [fault for one in editors for fault in one.faults] == []
    saved = [(int(one.address.split("/")[4]), deed) for one in editors for deed in one.acknowledged]
    assert len(saved) == 50 * EACH
    # every acknowledged save is in the ledger once, and nothing else is
    assert Counter(found["events"]) == Counter(deed["request_id"] for _, deed in saved)
    assert found["faults"] == []
    # each save of a line rests on the one before it: nobody wrote over what they had not seen
    versions: dict[tuple[int, str], list[tuple[int, int, str]]] = defaultdict(list)
    for unit, deed in saved:
        versions[unit, deed["code"]].append((deed["version"], deed["seen"], deed["value"]))
    for told_of in versions.values():
        assert [one[:2] for one in sorted(told_of)] == [(n + 1, n) for n in range(len(told_of))]
    # the last acknowledged value of each line is the one that stands
    assert {(unit, code): (version, _milli(value)) for unit, code, version, value in
            found["entries"]} == {
        key: (max(told_of)[0], _milli(max(told_of)[2])) for key, told_of in versions.items()
    }  # fmt: skip
    # it would prove nothing if nobody had met
    assert sum(len(one.refused) for one in editors) > 50


def _milli(text: str) -> int:
    whole, _, part = text.replace(",", ".").partition(".")
    return int(whole) * 1000 + int(part.ljust(3, "0") or 0)
