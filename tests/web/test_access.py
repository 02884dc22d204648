"""Who may open what: every address, every role, own bloc, other bloc, other province, both methods.

What is expected is said here once more, in other words than the gate's: for each role the audiences
it belongs to in each place. The addresses and their rules come from the product.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse
from pytest_django.plugin import DjangoDbBlocker

from tests.web.full_world import CANARIES, FullWorld, build_full_world, conference_day
from thidua.config import urls as product_urls
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.web.rules import RULES, Who
from thidua.web.shell import Shell
from thidua.year.scoring.board import forget

pytestmark = pytest.mark.slow

PUBLIC, SIGNED_IN = Who.PUBLIC, Who.SIGNED_IN
MEMBER = frozenset({Who.INSIDER, Who.MEMBER})
OFFICE = frozenset({Who.INSIDER, Who.STANDING_OFFICE})
# Unit 2 of each bloc stands in the addresses; unit 3 of the first bloc verifies it, the head may.
AUDIENCES: Mapping[str, Mapping[str, frozenset[Who]]] = {
    "anonymous": {},
    "ended": {},
    "officer": {"own": MEMBER | {Who.UNIT}},
    "leader": {"own": MEMBER | {Who.UNIT}},
    "head": {"own": MEMBER | {Who.HEAD, Who.CHECKER}},
    "verifier": {"own": MEMBER | {Who.CHECKER}},
    "standing": {"own": OFFICE, "other": OFFICE},
    "administrator": {},
    "neighbour": {"other": MEMBER | {Who.HEAD, Who.CHECKER}},
    "stranger": {"away": MEMBER | {Who.HEAD, Who.CHECKER}},
}
EVERYWHERE = {
    "standing": frozenset({Who.STANDING_OFFICE}),
    "administrator": frozenset({Who.ADMINISTRATOR}),
}
NOBODY = ("anonymous", "ended")
HIDDEN: Mapping[str, tuple[str, ...]] = {  # words that must not reach a role anywhere
    **dict.fromkeys(
        ("officer", "leader", "head", "verifier", "ended"),
        (*CANARIES["away"], *CANARIES["other"]),
    ),
    "neighbour": (*CANARIES["away"], *CANARIES["own"]),
    "stranger": CANARIES["province"],
    "standing": CANARIES["away"],
    "administrator": (*CANARIES["away"], *CANARIES["other"], *CANARIES["own"]),
    "anonymous": (*CANARIES["away"], *CANARIES["province"]),
}
PLACES = ("own", "other", "away", "smuggled", "smuggled_away")
SMUGGLERS = ("officer", "head", "verifier", "standing")  # whoever is inside one's own year
BY_TOKEN = ("registry:invitation", "registry:invitation_decline")  # whoever holds the link may read
METHODS = ("get", "post")
Asked = tuple[str, str, str, set[str], str]  # role, place, name and parts of the address, method


@dataclass(frozen=True)
class Visit:
    """One request and what came of it."""

    role: str
    place: str
    name: str
    method: str
    status: int
    where: str  # Location
    leaks: tuple[str, ...]
    events: int

    def __str__(self) -> str:
        return f"{self.role} {self.place} {self.method} {self.name}: {self.status} {self.where}"


def routes(
    patterns: list[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, set[str]]]:
    """The name of every address and the parts it is filled with."""
    for one in patterns:
        parts = set(one.pattern.converters)
        if isinstance(one, URLResolver):
            space = f"{one.app_name}:" if one.app_name else ""
            for name, below in routes(one.url_patterns, prefix + space):
                yield name, below | parts
        else:
            yield f"{prefix}{one.name}", parts


ROUTES = sorted(routes(get_resolver().url_patterns))


def filled(full: FullWorld, place: str, parts: set[str]) -> dict[str, object] | None:
    """The parts of an address in a place; smuggled: one's own year with rows of elsewhere."""
    if not place.startswith("smuggled"):
        return {part: full.parts[place][part] for part in parts}
    origin = "away" if place == "smuggled_away" else "other"
    foreign = parts & {name for name in full.parts["own"] if name.endswith("_id")} - {"year_id"}
    if "year_id" not in parts or not foreign:
        return None
    own = {part: full.parts["own"][part] for part in parts}
    return own | {part: full.parts[origin][part] for part in foreign}


def words_of(response: HttpResponseBase) -> str:
    """What a person could read in the answer, inside Word and Excel files too."""
    if isinstance(response, StreamingHttpResponse):
        content = b"".join(response)  # type: ignore[arg-type]  # synchronous answers only
    else:
        assert isinstance(response, HttpResponse)
        content = response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return content.decode("utf-8", errors="ignore")


def visit(full: FullWorld, client: Client, role: str, place: str, name: str, parts: set[str],
          method: str) -> Visit | None:  # fmt: skip
    """One request; whatever it did is taken back."""
    given = filled(full, place, parts)
    if given is None:
        return None
    address = reverse(name, kwargs=given)
    before, cookies = Event.objects.count(), client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(address)
        words = words_of(response)
        events = Event.objects.count() - before
        transaction.set_rollback(True)
    client.cookies = cookies
    if events:
        forget()
    hidden = () if name in BY_TOKEN else HIDDEN[role]
    leaks = tuple(word for word in hidden if word in words)
    where = response.headers.get("Location", "")
    return Visit(role, place, name, method, response.status_code, where, leaks, events)


@pytest.fixture(scope="module")
def visits(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[Visit]]:
    """The whole matrix, walked once; then every page that opened once more in its full dress."""
    folder = tmp_path_factory.mktemp("access")
    with django_db_blocker.unblock(), transaction.atomic(), quick(folder):
        full = build_full_world()
        clients = {role: full.client(role) for role in AUDIENCES}
        with conference_day():
            with override_settings(TEMPLATES=without_shell()):
                asked = [
                    (role, place, name, parts, method)
                    for name, parts in ROUTES
                    for place in (PLACES if parts else ("own",))
                    for role in (SMUGGLERS if place.startswith("smuggled") else AUDIENCES)
                    for method in METHODS
                ]
                found = walked(full, clients, asked)
            opened = {(one.role, one.place, one.name) for one in found if one.status == 200}
            dressed = [one for one in asked if one[:3] in opened and one[4] == "get"]
            refused = [(role, "own", "bloc:found", set[str](), "get") for role in AUDIENCES]
            yield found + walked(full, clients, [*dressed, *refused])
        transaction.set_rollback(True)
    forget()


def walked(full: FullWorld, clients: Mapping[str, Client], asked: list[Asked]) -> list[Visit]:
    """Every request that can be made, one after another."""
    made = (visit(full, clients[one[0]], *one) for one in asked)
    return [one for one in made if one is not None]


def without_shell() -> list[dict[str, Any]]:
    """The product's templates with an empty frame around the page, which would take most time."""
    [engine] = settings.TEMPLATES
    kept = [
        f"{__name__}.empty_shell" if name.endswith(".shell") else name
        for name in engine["OPTIONS"]["context_processors"]
    ]
    return [{**engine, "OPTIONS": {**engine["OPTIONS"], "context_processors": kept}}]


def empty_shell(_request: HttpRequest) -> dict[str, Any]:
    """As on a public page."""
    return {"today": clock.today(), "shell": Shell(help_url="/tro-giup/")}


def quick(folder: Path) -> override_settings:
    """What the suite sets for every test, for a fixture of a whole module."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return override_settings(
        STORAGES={"default": {}, "staticfiles": plain},
        WHITENOISE_AUTOREFRESH=True,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        THIDUA_DATA=folder,
    )


def admitted(one: Visit) -> bool:
    """Whether the rule of the address names an audience of this role in this place."""
    who = RULES[one.name].who
    if PUBLIC in who:
        return True
    if one.role in NOBODY:
        return False
    place = "own" if one.place.startswith("smuggled") else one.place
    given = set(AUDIENCES[one.role].get(place, ())) | {SIGNED_IN}
    given |= (
        EVERYWHERE.get(one.role, set()) if not in_year(one.name) or given > {SIGNED_IN} else set()
    )
    if one.place.startswith("smuggled"):
        given -= {Who.UNIT}  # the unit in the address is not one's own, nor one that is verified
        given -= set() if one.role == "head" else {Who.CHECKER}
    return bool(who & given)


def in_year(name: str) -> bool:
    """Whether the address lies inside one bloc-year."""
    return "year_id" in dict(ROUTES)[name]


def show(found: list[Visit]) -> list[str]:
    return [str(one) for one in found][:40]


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    names = [name for name, _parts in ROUTES]

    assert sorted(set(names)) == sorted(names)
    assert sorted(RULES) == names


def planted() -> ModuleType:
    """The product's addresses and one that nobody gave a rule."""
    module = ModuleType("planted_urls")
    module.urlpatterns = [  # type: ignore[attr-defined]
        path("moi/", lambda _request: HttpResponse("lộ"), name="planted"),
        path("", include(product_urls)),
    ]
    return module


@pytest.mark.django_db
def test_an_address_without_a_rule_is_found_and_never_served(client: Client) -> None:
    module = planted()
    names = {name for name, _parts in routes(module.urlpatterns)}
    assert names - set(RULES) == {"planted"}

    with override_settings(ROOT_URLCONF=module), pytest.raises(ImproperlyConfigured):
        client.get("/moi/")


def test_no_request_of_the_matrix_ends_in_a_fault(visits: list[Visit]) -> None:
    assert show([one for one in visits if one.status >= 500]) == []


def test_whoever_is_not_named_by_the_rule_is_refused(visits: list[Visit]) -> None:
    wrong = [
        one
        for one in visits
        if not admitted(one) and one.role not in NOBODY and one.status not in (403, 404)
    ]

    assert show(wrong) == []


def test_whoever_is_not_named_by_the_rule_changes_nothing(visits: list[Visit]) -> None:
    assert show([one for one in visits if not admitted(one) and one.events]) == []


def test_nobody_signed_in_is_asked_to_log_in(visits: list[Visit]) -> None:
    asked = [one for one in visits if one.role == "anonymous" and not admitted(one)]

    assert asked
    assert (
        show([one for one in asked if (one.status, one.where[:17]) != (302, "/dang-nhap/?next=")])
        == []
    )


def test_an_ended_position_opens_nothing(visits: list[Visit]) -> None:
    shut = [one for one in visits if one.role == "ended" and not admitted(one)]

    assert shut
    assert show([one for one in shut if one.status != 403]) == []


def test_whoever_is_named_by_the_rule_gets_the_page(visits: list[Visit]) -> None:
    """Every page opens for somebody; whose sheets are seen may be narrowed by the stage."""
    opened: dict[str, set[int]] = defaultdict(set)
    for one in visits:
        if admitted(one) and one.method == "get" and not one.place.startswith("smuggled"):
            opened[one.name].add(one.status)

    shut = {name for name, codes in opened.items() if not codes & {200, 302, 303, 405, 409}}
    assert (sorted(shut), sorted(opened)) == ([], [name for name, _ in ROUTES])


def test_a_row_of_elsewhere_inside_ones_own_year_is_not_found(visits: list[Visit]) -> None:
    smuggled = [one for one in visits if one.place.startswith("smuggled") and admitted(one)]
    refused = (302, 303, 403, 404, 405, 409)

    assert smuggled
    assert show([one for one in smuggled if one.events]) == []
    assert {(one.place, one.name, one.status) for one in smuggled if one.status not in refused} == {
        ("smuggled", "record:unit", 200)
    }  # the register of awards is the province's


def test_no_answer_carries_words_of_another_province_or_bloc(visits: list[Visit]) -> None:
    assert [f"{one}: {one.leaks}" for one in visits if one.leaks] == []


def test_the_words_would_be_seen_where_they_may_be(visits: list[Visit]) -> None:
    """The stranger's own pages carry the stranger's words, so that the check above can fail."""
    far = [one for one in visits if one.role == "stranger" and one.place == "away"]

    assert {one.status for one in far if one.name == "scoring:table" and one.method == "get"} == {
        200
    }


def test_the_matrix_ran_on_a_database_of_its_own(visits: list[Visit]) -> None:
    assert len(visits) > 40 * len(AUDIENCES)
    assert connection.settings_dict["NAME"] != "thidua.sqlite3"
