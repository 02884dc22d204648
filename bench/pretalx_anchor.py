"""Mốc so sánh của bảng khối: the review list of 67 submissions in pretalx 2025.2.2, beside ours.

    python -m bench.pretalx_anchor [--json] [--times 60] [--folder FOLDER]

pretalx (AGPL with extra terms) is no part of this project and is not delivered with it: it is
installed by pip into a virtual environment of its own in a folder outside, a temporary one unless
FOLDER is given (which is kept, and makes the second run quick). There: SQLite, an event of 67
submissions with three scored reviews each from a seed, gunicorn with two workers, compiled static
files (its schedule editor, which needs npm, is not built; the list does not use it). The organiser,
who reviews too, asks the review list over HTTP; a page counts only when it names all submissions.
After each list the bloc's table is asked as `bench.table` asks it, from the product's own server,
so that both meet the same other work. The value is the median of the list; ratio is the median of
the table divided by it (the aim is at most 0.25).
Not part of `make bench`: it downloads about 100 packages and takes some minutes. Not for Windows.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import _bloc
from bench.table import LOOKS
from bench.table import ask as ask_table

PACKAGES = ("pretalx==2025.2.2", "gunicorn==23.0.0")
WORKERS = 2
SUBMISSIONS = 67
LIST = "/orga/event/bench/reviews/"
WARM_UP = 2 * WORKERS + 2  # the first request of a worker loads its templates
SETTINGS = "[filesystem]\ndata = {0}/data\nstatic = {0}/static\n[site]\ndebug = False\nurl = {1}\n"
SEED = f"""
from datetime import timedelta
from random import Random

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.timezone import now
from django_scopes import scope, scopes_disabled
from pretalx.event.models import Event, Organiser, Team
from pretalx.person.models import SpeakerProfile, User
from pretalx.submission.models import Review, Submission, Track

chance = Random({_bloc.SEED})
words = "review list of a conference with usual titles and texts of some length".split()
some = lambda count: " ".join(chance.choice(words) for _ in range(count)).capitalize()
person = lambda name: User.objects.create_user(name=name, email=f"{{name}}@example.org")
day = (now() + timedelta(days=25)).date()
with scopes_disabled():
    organiser = Organiser.objects.create(name="Bench", slug="bench")
    team = Team.objects.create(
        organiser=organiser, name="Programme", all_events=True, is_reviewer=True,
        can_change_submissions=True,
    )
    reviewers = [person(f"reviewer{{number}}") for number in (1, 2, 3)]
    team.members.set(reviewers)
    event = Event.objects.create(
        organiser=organiser, name="Bench", slug="bench", email="bench@example.org", timezone="UTC",
        date_from=day, date_to=day + timedelta(days=2), locale="en", locale_array="en",
    )
with scope(event=event):
    event.build_initial_data()
    tracks = [Track.objects.create(event=event, name=some(2), color="#336699") for _ in range(3)]
    scores = list(event.score_categories.first().scores.all())
    for number in range(1, {SUBMISSIONS} + 1):
        speaker = person(f"speaker{{number}}")
        SpeakerProfile.objects.create(user=speaker, event=event, biography=some(40))
        submission = Submission.objects.create(
            event=event, title=f"Submission {{number}}. {{some(6)}}", track=chance.choice(tracks),
            submission_type=event.submission_types.first(), abstract=some(40),
            description=some(100), content_locale="en",
        )
        submission.speakers.add(speaker)
        for reviewer in reviewers:
            review = Review.objects.create(submission=submission, user=reviewer, text=some(20))
            review.scores.add(chance.choice(scores))
            review.save()
session = SessionStore()
session[SESSION_KEY] = str(reviewers[0].pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = reviewers[0].get_session_auth_hash()
session.create()
print("session", session.session_key)
"""


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --json the last line is one object."""
    parser = argparse.ArgumentParser(prog="bench.pretalx_anchor")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args(arguments)
    if os.name != "posix":
        sys.exit("gunicorn does not run here")
    with tempfile.TemporaryDirectory(prefix="pretalx-") as temporary:
        folder = (wanted.folder or Path(temporary)).resolve()
        if folder.is_relative_to(_bloc.ROOT):
            sys.exit("the folder has to be outside the project")
        found = _measure(Outside(folder), wanted.times)
    print(f"pretalx 2025.2.2, danh sách {SUBMISSIONS} bài có nhận xét: {found['value']} ms "
          f"(trung vị {wanted.times} lần)")  # fmt: skip
    print(f"bảng của khối: {found['table']} ms, bằng {found['ratio']} lần")
    if wanted.json:
        print(json.dumps(found))
    return 0


@dataclass(frozen=True)
class Outside:
    """A folder outside the project with pretalx's own environment, settings, data and files."""

    folder: Path

    def installed(self) -> None:
        """The environment, once."""
        if not (self.folder / "venv" / "done").exists():
            subprocess.run([sys.executable, "-m", "venv", self.folder / "venv"], check=True)
            self.run("pip", "install", "--quiet", *PACKAGES)
            (self.folder / "venv" / "done").touch()

    def seeded(self, address: str) -> str:
        """Settings for this address, an event of its own; gives the organiser's cookie."""
        (self.folder / "settings.cfg").write_text(SETTINGS.format(self.folder, address), "utf-8")
        (self.folder / "data" / "db.sqlite3").unlink(missing_ok=True)
        self.run("pretalx", "migrate", "--verbosity", "0")
        self.run("pretalx", "collectstatic", "--noinput", "--verbosity", "0")
        told = self.run("pretalx", "shell", "--unsafe-disable-scopes", given=SEED)
        return told.rsplit("session ", 1)[1].strip()

    def run(self, module: str, *words: str, given: str = "") -> str:
        """A module by that environment's Python; ends the benchmark with its words if it fails."""
        done = subprocess.run(
            [self.python, "-m", module, *words], cwd=self.folder, env=self.environment,
            input=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{module} {words[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    @contextmanager
    def served(self, port: int) -> Iterator[None]:
        """pretalx behind gunicorn, at this machine only."""
        words = ["pretalx.wsgi", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"]
        with (self.folder / "server.log").open("w") as log:
            running = subprocess.Popen(
                [self.python, "-m", "gunicorn", *words], cwd=self.folder, env=self.environment,
                stdout=log, stderr=log,
            )  # fmt: skip
            try:
                _bloc.wait_for(port, running)
                yield
            finally:
                running.terminate()
                running.wait(timeout=30)

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "venv" / "bin" / "python"

    @property
    def environment(self) -> dict[str, str]:
        """This process's surroundings without anything of ours or of another pretalx."""
        ours = ("PRETALX_", "THIDUA_", "DJANGO_", "PYTHON", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {**kept, "PRETALX_CONFIG_FILE": str(self.folder / "settings.cfg")}


def _measure(outside: Outside, times: int) -> dict[str, object]:
    port = _bloc.free_port()
    address = f"http://127.0.0.1:{port}"
    outside.installed()
    cookie = outside.seeded(address)
    with tempfile.TemporaryDirectory() as folder:
        ground = _bloc.make(Path(folder), sent=False)
        with outside.served(port), _bloc.served(ground) as ours:
            organiser = _bloc.Caller(address, "")
            organiser.headers["Cookie"] = f"pretalx_session={cookie}"
            head = _bloc.Caller(ours, ground.cookies["head"])
            lists, tables = _in_turn(organiser, head, ground.table, times)
    anchor, table = _bloc.median(lists), _bloc.median(tables)
    return {
        "name": "pretalx_anchor",
        "value": anchor,
        "unit": "ms",
        "best": min(lists),
        "table": table,
        "table_best": min(tables),
        "ratio": round(table / anchor, 3),
        "submissions": SUBMISSIONS,
        "workers": WORKERS,
        "load": _bloc.load(),
    }


def _in_turn(
    organiser: _bloc.Caller, head: _bloc.Caller, table: str, times: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of the list and of the table, one after the other, first requests left out."""
    lists, tables = [], []
    for number in range(WARM_UP + times):
        lists.append(_ask(organiser))
        tables.append(ask_table(head, f"{table}?buoc={LOOKS[number % len(LOOKS)]}")[0])
    return lists[WARM_UP:], tables[WARM_UP:]


def _ask(caller: _bloc.Caller) -> float:
    start = time.perf_counter()
    status, body = caller.get(LIST)
    taken = time.perf_counter() - start
    page = (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
    if status != 200 or any(f"Submission {one}. " not in page for one in range(1, SUBMISSIONS + 1)):
        sys.exit(f"the review list answered {status} without all submissions")
    return round(taken * 1000, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
