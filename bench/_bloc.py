"""A large bloc in a folder of its own, behind the product's own server: what page benchmarks ask.

Nine units, the 176-leaf example scale with labels of a usual length, every line of every unit
scored with a reason, all by the services. The calendar stands on one day and figures come from one
seed, so that two runs measure the same pages.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.build import World
    from thidua.registry.actor import Actor
    from thidua.year.bloc.models import BlocYear
    from thidua.year.scoring.changes import LineChange
    from thidua.year.scoring.lines import Line
    from thidua.year.scoring.models import Sheet

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "cong-an-quang-tri-2025.yaml"
TODAY = "2026-11-20"
UNITS = 9
SEED = 2026
PHRASES = (
    "Thực hiện các chỉ tiêu, nhiệm vụ được giao",
    "Tham mưu ban hành văn bản đúng tiến độ",
    "Giải quyết hồ sơ, thủ tục hành chính đúng hạn",
    "Chấp hành chế độ thông tin, báo cáo định kỳ",
    "Xây dựng tổ chức Đảng, đoàn thể trong sạch, vững mạnh",
    "Phối hợp với các đơn vị trong Khối",
)


@dataclass(frozen=True)
class Ground:
    """The installation: where its data is, the bloc-year, its units, who is logged in as whom."""

    folder: str
    year_id: int
    units: tuple[int, ...]
    cookies: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The address of the bloc's table."""
        return f"/nam/{self.year_id}/cham-diem/"

    def sheet(self, number: int) -> str:
        """The address of a unit's sheet, by its number from 1."""
        return f"{self.table}{self.units[number - 1]}/"


def make(folder: Path, *, sent: bool) -> Ground:
    """Fill a fresh installation; with `sent` every sheet has gone to verification."""
    os.environ.update(THIDUA_DATA=str(folder), THIDUA_DATABASE="", THIDUA_LOG="ERROR")
    from thidua.cli import django_setup

    django_setup.start(today=TODAY)
    django_setup.prepare()
    from django_scopes import scope, scopes_disabled

    from tests.build import build_world

    with scopes_disabled():
        world = build_world(units=UNITS)
    with scope(jurisdiction=world.jurisdiction):
        _open(world)
        sheets = _fill(world, sent=sent)
    return Ground(
        str(folder),
        world.bloc_year.pk,
        tuple(sheet.unit_id for sheet in sheets),
        {name: log_in(actor) for name, actor in world.actors.items()},
    )


@contextmanager
def served(ground: Ground) -> Iterator[str]:
    """The product's server on that folder, one web process; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "thidua", "serve", "--port", str(port), "--today", TODAY]
    environment = {**os.environ, "THIDUA_DATA": ground.folder}
    running = subprocess.Popen(
        [*command, "--workers", "1"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port, running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=30)


class Caller:
    """One browser's worth of HTTP: one connection kept open, one session."""

    def __init__(self, address: str, cookie: str) -> None:
        self.connection = HTTPConnection(address.removeprefix("http://"), timeout=60)
        self.token = "t" * 32
        self.headers = {
            "Cookie": f"sessionid={cookie}; csrftoken={self.token}",
            "Accept-Encoding": "gzip",
        }

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body as it came over the wire."""
        self.connection.request("GET", path, headers=self.headers)
        return _read(self.connection.getresponse())

    def post(self, path: str, body: str) -> tuple[int, bytes]:
        """A form, sent as the score table sends a cell."""
        headers = {
            **self.headers,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.token,
        }
        self.connection.request("POST", path, body=body.encode(), headers=headers)
        return _read(self.connection.getresponse())


def load() -> float:
    """How busy the machine was over the last minute; under other work figures say little."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0


def median(figures: Sequence[float]) -> float:
    """The middle one."""
    return sorted(figures)[len(figures) // 2]


def _read(answer: HTTPResponse) -> tuple[int, bytes]:
    return answer.status, answer.read()


def _open(world: World) -> None:
    from thidua.year.scoring.services import open_sheets

    _adopt(world.head, world.bloc_year)
    open_sheets(world.head, bloc_year=world.bloc_year)


def _adopt(head: Actor, bloc_year: BlocYear) -> None:
    from datetime import date

    import thidua.scalefile
    from thidua.year.rulebook.services import adopt_scale, import_scale

    path = Path(thidua.scalefile.__file__).parent / "examples" / EXAMPLE
    scale = import_scale(head, bloc_year=bloc_year, content=worded(path.read_text("utf-8")))
    adopt_scale(head, scale=scale, adopted_on=date(2026, 1, 2))


def worded(content: str) -> str:
    """The example's redacted labels ("Tiêu chí số 7") made as long as those of real tables."""
    chance = Random(SEED)
    return re.sub(
        r"label: (Tiêu chí số \w+)",
        lambda found: f'label: "{found[1]}. {chance.choice(PHRASES)}, {chance.choice(PHRASES)}"',
        content,
    )


def _fill(world: World, *, sent: bool) -> list[Sheet]:
    from thidua.year.scoring.board import facts_of
    from thidua.year.scoring.models import Sheet, Stage
    from thidua.year.scoring.services import Wanted, save_lines

    found = []
    for number, unit in enumerate(world.units):
        sheet = Sheet.objects.get(bloc_year=world.bloc_year, unit=unit)
        actor = world.officer if number == 1 else _officer(world, number)
        chance = Random(SEED + number)
        facts = facts_of(world.bloc_year.pk)
        lines = facts.scale_of(facts.sheets[sheet.pk]).lines
        wanted = {line.key: Wanted(change=_change(line, chance)) for line in lines if line.is_leaf}
        saved = save_lines(actor, sheet=sheet, stage=Stage.SELF, wanted=wanted)
        assert not saved.refused, next(iter(saved.refused.items()))
        if sent:
            _send(actor, sheet)
        found.append(sheet)
    return found


def _send(actor: Actor, sheet: Sheet) -> None:
    from thidua.year.scoring.services import submit_self_score

    submit_self_score(actor, sheet=sheet)


def _officer(world: World, number: int) -> Actor:
    from tests.build import make_actor
    from thidua.registry.models import Role

    name, unit = f"officer{number + 1}", world.units[number]
    actor = make_actor(world.jurisdiction, Role.OFFICER, unit, email=f"{name}@mau.vn")
    world.actors[name] = actor
    return actor


def _change(line: Line, chance: Random) -> LineChange:
    from thidua.year.scoring.changes import LineChange
    from thidua.year.scoring.lines import Ask

    if line.ask is Ask.TRUTH:
        return LineChange(inputs={"value": chance.random() < 0.8})
    if line.ask is Ask.PAIR:
        target = chance.choice((10, 20, 35))
        inputs: dict[str, object] = {"target": target, "result": chance.randrange(60)}
        return LineChange(inputs=inputs)
    quarters = chance.randrange(int(line.maximum * 2), int(line.maximum * 4) + 1)
    return LineChange(points=quarters * 250, reason=f"{chance.choice(PHRASES)}, theo báo cáo năm")


def log_in(actor: Actor) -> str:
    """A session as the log-in page leaves it; gives its cookie."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from thidua.platform.accounts.models import Account
    from thidua.web.gate import POSITION_KEY

    account = Account.objects.get(pk=actor.account_id or 0)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[POSITION_KEY] = actor.position_id
    session.create()
    return str(session.session_key)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    """Until somebody answers there; ends the benchmark when nobody does for a minute."""
    deadline = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server does not answer")


if __name__ == "__main__":  # python -m bench._bloc FOLDER: for tests that need the same ground
    print(json.dumps(asdict(make(Path(sys.argv[1]).resolve(), sent=False))))
