"""Bad input through every form and address: words, never a fault, nothing half saved."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django_scopes import scope
from pytest_django.plugin import DjangoDbBlocker

from tests.build import make_actor
from tests.stories.small_year import Until
from tests.web.forms import Form, forms_of
from tests.web.full_world import FullWorld, build_full_world, conference_day
from tests.web.test_access import ROUTES, quick, without_shell
from thidua.platform.ledger.models import Event
from thidua.registry.models import Role
from thidua.year.scoring.board import forget
from thidua.year.scoring.services import return_lines

pytestmark = pytest.mark.slow

# The first bloc scores itself, one unit with lines sent back; the second has only its scale.
ROLES = {
    "officer": "own",
    "head": "own",
    "standing": "own",
    "administrator": "own",
    "neighbour": "other",
    "writer": "other",
}
ENGLISH = re.compile(
    r"This field|Enter a |Ensure this|Select a valid|Please|Traceback|Exception|Error\b|must be|"
    r"too long|not valid|invalid literal"
)
HUGE = (2**63, 2**63 - 1, 0)


@dataclass(frozen=True)
class Bad:
    """One kind of bad input: what is typed, and what stands in controls that only choose."""

    name: str
    typed: str | None = None
    hidden: str | None = None
    drop: bool = False  # nothing at all is sent but the token


KINDS = (
    Bad("nothing", drop=True),
    Bad("empty", typed=""),
    Bad("nul", typed="a\x00b", hidden="1\x001"),
    Bad("too large", typed="1e308", hidden="1e308"),
    Bad("comma", typed="961,5"),
    Bad("point", typed="961.5"),
    Bad("negative", typed="-1", hidden="-1"),
    Bad("no number", typed="NaN", hidden="Infinity"),
    Bad("other digits", typed="١٢", hidden="１２"),
    Bad("decomposed", typed=unicodedata.normalize("NFD", "Đạt chỉ tiêu, vượt kế hoạch")),
    Bad("no such day", typed="31/02/2026"),
    Bad("script", typed="<script>alert(1)</script>", hidden="<script>alert(1)</script>"),
    Bad("long", typed="dài " * 5_000),
    Bad("many digits", typed="9" * 5_000, hidden="9" * 5_000),
    Bad("unknown key", hidden=str(2**63)),
    Bad("other words", hidden="khong-co"),
)


@dataclass(frozen=True)
class Answer:
    """What came of one sending."""

    role: str
    address: str
    kind: str
    status: int
    page: str
    events: int
    rows: int
    kept_nul: bool

    def __str__(self) -> str:
        return f"{self.role} {self.address} {self.kind}: {self.status}, {self.rows} rows"


def count_rows() -> int:
    """All rows of the product but events, letters and the salts that belong to events."""
    beside = {"ledger.event", "ledger.personalvalue", "mail.letter"}
    return sum(
        model._base_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("thidua.") and model._meta.label_lower not in beside
    )


@pytest.fixture(scope="module")
def full(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[FullWorld]:
    """The blocs with their forms open; gone after the module."""
    folder = tmp_path_factory.mktemp("hostile")
    with django_db_blocker.unblock(), transaction.atomic(), quick(folder), conference_day():
        made = build_full_world(own=Until.SCORING, other=Until.FOUNDED, away=Until.REGISTERED)
        own = made.blocs["own"]
        with scope(jurisdiction=own.bloc_year.jurisdiction):
            back = dict.fromkeys(("I.2", "II", "III"), "Chưa rõ")
            return_lines(own.leaders[2], sheet=own.sheet(2), reasons=back)
        other = made.blocs["other"]
        made.world.actors["writer"] = make_actor(
            other.bloc_year.jurisdiction, Role.LEADER, other.units[1], email="writer@mau.vn"
        )
        forget()
        yield made
        transaction.set_rollback(True)
    forget()


def addresses(full: FullWorld, place: str) -> list[str]:
    """Every address of the place, filled with real values."""
    parts = full.parts[place]
    return [reverse(name, kwargs={one: parts[one] for one in names}) for name, names in ROUTES]


@pytest.fixture(scope="module")
def answers(full: FullWorld) -> list[Answer]:
    """Every form of every page of every role, sent with every kind of bad input."""
    found: list[Answer] = []
    seen: set[tuple[str, tuple[str, ...]]] = set()  # one form of a shape is enough
    with override_settings(TEMPLATES=without_shell()):
        for role, place in ROLES.items():
            client = full.client(role)
            for address in addresses(full, place):
                for form in forms_on(client, address):
                    names = sorted({re.sub(r"\d+", "#", one.name) for one in form.fields})
                    key = (re.sub(r"\d+", "#", form.action), tuple(names))
                    if key not in seen and "/dang-xuat/" not in form.action:
                        seen.add(key)
                        found += [send(client, role, form, kind) for kind in KINDS]
    return found


def forms_on(client: Client, address: str) -> list[Form]:
    with transaction.atomic():
        response = client.get(address)
        transaction.set_rollback(True)
    page = body_of(response)
    if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
        return []
    return forms_of(page, address)


def body_of(response: Any) -> str:
    """The whole answer as text; reading a file to its end closes it."""
    content = b"".join(response) if response.streaming else response.content
    return str(content.decode("utf-8", errors="ignore"))


def send(client: Client, role: str, form: Form, kind: Bad) -> Answer:
    """Send a form once; whatever it did is taken back."""
    sent = {} if kind.drop else form.sent(typed=kind.typed, hidden=kind.hidden)
    for button in form.buttons[:1]:
        sent.setdefault(button.name, [button.value])
    return answer(client, role, form.action, kind.name, lambda: client.post(form.action, sent))


def answer(client: Client, role: str, address: str, kind: str, ask: Callable[[], Any]) -> Answer:
    events, rows, cookies = Event.objects.count(), count_rows(), client.cookies.copy()
    with transaction.atomic():
        response = ask()
        made = Event.objects.count() - events
        changed = count_rows() - rows
        written = [
            [one.rows, one.reason, one.subject] for one in Event.objects.order_by("-id")[:made]
        ]
        transaction.set_rollback(True)
    client.cookies = cookies
    if made:
        forget()
    words = body_of(response)
    nul = "\\u0000" in json.dumps(written)
    return Answer(role, address, kind, response.status_code, words, made, changed, nul)


def show(found: list[Answer]) -> list[str]:
    return [str(one) for one in found][:40]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/%00", "/nam/1/%00/", "/dang-nhap/?next=%00"])
def test_an_address_with_bytes_that_are_no_text_is_refused(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 400
    assert 'lang="vi"' in response.content.decode()


def test_the_forms_of_every_stage_were_sent(answers: list[Answer]) -> None:
    stages = ("chi-tieu", "minh-chung", "cham-diem", "hoi-nghi", "thang-diem", "khoi", "don-vi")
    tried = {stage for stage in stages for one in answers if f"/{stage}/" in one.address}

    assert tried == set(stages)
    assert len(answers) > 20 * len(KINDS)


def test_no_bad_input_is_a_fault(answers: list[Answer]) -> None:
    known = {200, 302, 303, 400, 403, 404, 405, 409, 413, 422}

    assert show([one for one in answers if one.status not in known]) == []


def test_nothing_is_half_saved(answers: list[Answer]) -> None:
    """Rows change only together with an event that tells of them, and then the page goes on."""
    silent = [one for one in answers if one.rows and not one.events]
    refused = [one for one in answers if one.events and one.status >= 400]

    assert (show(silent), show(refused)) == ([], [])


def test_bytes_that_are_no_text_are_never_saved(answers: list[Answer]) -> None:
    assert show([one for one in answers if one.kept_nul]) == []


def test_a_refused_form_says_why_in_vietnamese(answers: list[Answer]) -> None:
    shown = [one for one in answers if one.status == 200 and "<html" in one.page]
    text = [(one, re.sub(r"<[^>]+>", " ", one.page)) for one in shown]

    assert shown
    assert [
        f"{one}: {ENGLISH.findall(words)}" for one, words in text if ENGLISH.search(words)
    ] == []


def test_what_was_typed_never_becomes_part_of_the_page(answers: list[Answer]) -> None:
    assert show([one for one in answers if "<script>alert(1)" in one.page]) == []


@pytest.mark.parametrize("role", ["head", "standing"])
def test_a_key_that_cannot_exist_is_not_found(full: FullWorld, role: str) -> None:
    client, faults = full.client(role), list[str]()
    with override_settings(TEMPLATES=without_shell()):
        for name, parts in ROUTES:
            for part in sorted(one for one in parts if one.endswith("_id")):
                for huge in HUGE:
                    given = {one: full.parts["own"][one] for one in parts} | {part: huge}
                    for method in ("get", "post"):
                        address = reverse(name, kwargs=given)
                        ask = getattr(client, method)
                        got = answer(client, role, address, method, partial(ask, address))
                        if got.status not in (302, 303, 403, 404, 405, 409) or got.events:
                            faults.append(f"{method} {got}")
    assert faults == []


def test_a_file_that_is_gone_from_the_disk_is_told_in_words(full: FullWorld) -> None:
    names = ("year_id", "unit_id", "document_id")
    address = reverse("progress:download", kwargs={one: full.parts["own"][one] for one in names})
    client = full.client("officer")  # the disk of this test is not that of the module
    got = answer(client, "officer", address, "gone", lambda: client.get(address))

    assert got.status == 404
    assert "Tệp này không còn trong kho. Báo người quản trị lấy lại từ bản sao lưu." in got.page


def test_odd_words_after_the_address_are_no_fault(full: FullWorld) -> None:
    odd = "9" * 5000
    asked = "&".join(
        f"{name}={quote(value)}"
        for name in ("q", "nam", "dong", "xem", "trang", "loai", "page", "cot", "khoi")
        for value in ("<script>alert(1)</script>", odd, "-1", "１")
    )
    faults = []
    for role, place in (("officer", "own"), ("head", "own"), ("standing", "own")):
        client = full.client(role)
        with override_settings(TEMPLATES=without_shell()):
            for address in addresses(full, place):
                ask = f"{address}?{asked}"
                got = answer(client, role, address, "query", partial(client.get, ask))
                if got.status >= 500 or "<script>alert(1)" in got.page:
                    faults.append(str(got))
    assert faults == []


def test_an_unknown_line_is_not_found(full: FullWorld) -> None:
    client, faults = full.client("officer"), []
    for code in ("KHONG.CO", "I.1@9", "@", "…", "a" * 500, "I.1/../../he-thong", "%2500"):
        for name, parts in ROUTES:
            if "code" in parts:
                given = {one: full.parts["own"][one] for one in parts} | {"code": code}
                address = reverse(name, kwargs=given)
                for ask in (client.get, client.post):
                    got = answer(client, "officer", address, code, partial(ask, address))
                    if got.status not in (302, 303, 403, 404, 405, 409):
                        faults.append(str(got))
    assert faults == []


@pytest.mark.parametrize("count", [10_000, 20_001])
def test_ten_thousand_fields_are_read_and_more_are_refused(full: FullWorld, count: int) -> None:
    client = full.client("officer")
    parts = {one: full.parts["own"][one] for one in ("year_id", "unit_id")}
    address = reverse("scoring:save", kwargs=parts)
    fields = {f"o-{number}": "961,5" for number in range(count)}
    got = answer(client, "officer", address, str(count), lambda: client.post(address, fields))

    assert (got.status < 500, got.rows) == (True, 0)
    if count > 20_000:
        assert got.status == 413
        assert "Chưa có gì được lưu." in got.page


def test_a_body_that_is_no_text_is_no_fault(full: FullWorld) -> None:
    client = full.client("officer")
    parts = {one: full.parts["own"][one] for one in ("year_id", "unit_id")}
    broken = (
        (b"name=%ff%fe&text=%c3%28&request_id=%00", "application/x-www-form-urlencoded"),
        (b"{", "application/json"),
        (b"--x\r\nrac", "multipart/form-data; boundary=x"),
        (b"rac", "multipart/form-data"),
        (b"\xff" * 100, "text/plain; charset=utf-7"),
        (b"a=1", "application/x-www-form-urlencoded; charset=khong-co"),
    )
    for name in ("registration:targets", "progress:add", "scoring:save", "progress:record"):
        for body, kind in broken:
            address = reverse(name, kwargs=parts)
            ask = partial(client.generic, "POST", address, body, kind)
            got = answer(client, "officer", address, kind, ask)
            assert (str(got), got.status < 500, got.rows, got.events) == (str(got), True, 0, 0)


# --- files


class Endless(io.RawIOBase):
    """A body of any length that is made while it is read; knows how much was read."""

    def __init__(self, head: bytes, size: int) -> None:
        self.head, self.left, self.taken = head, size, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        wanted = min(self.left, 65536 if size < 0 else size)
        piece, self.head = self.head[:wanted], self.head[wanted:]
        piece += b"0" * (wanted - len(piece))
        self.left -= wanted
        self.taken += wanted
        return piece


def upload(full: FullWorld, size: int) -> tuple[Answer, Endless]:
    parts = {one: full.parts["own"][one] for one in ("year_id", "unit_id")}
    address = reverse("progress:add", kwargs=parts)
    head = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="bao-cao.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF-1.7\n"
    )
    body = Endless(head, size)
    given = {
        "wsgi.input": body,
        "CONTENT_LENGTH": str(size),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }
    client = full.client("officer")
    return answer(
        client, "officer", address, str(size), lambda: client.post(address, **given)
    ), body


def test_an_upload_of_200_megabytes_is_refused_before_it_is_read(full: FullWorld) -> None:
    got, body = upload(full, 200 * 1024 * 1024)

    assert (got.status, got.rows, got.events) == (413, 0, 0)
    assert "<h1>Tệp lớn hơn 20 MB</h1>" in got.page
    assert "Chưa có gì được lưu." in got.page
    assert body.taken == 0


def test_an_upload_just_over_the_limit_is_refused_while_it_is_read(full: FullWorld) -> None:
    limit = 20 * 1024 * 1024
    got, body = upload(full, limit + 500_000)

    assert (got.status, got.rows, got.events) == (413, 0, 0)
    assert "<h1>Tệp lớn hơn 20 MB</h1>" in got.page
    assert body.taken <= limit + 500_000


FILES = (
    ("bao-cao.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 200),
    ("bao-cao.docx", b"%PDF-1.7\n" + b"0" * 200),
    ("anh.png", b"MZ" + b"\x00" * 300),
    ("bao-cao.pdf", b"<html><script>alert(1)</script></html>"),
    ("bao-cao.exe", b"MZ" + b"\x00" * 300),
    ("bao-cao.xlsx", b"PK\x03\x04" + b"\x00" * 60),
    ("bao-cao", b"khong co duoi"),
    ("../../he-thong.pdf", b"MZ" + b"\x00" * 300),
    ("bao-cao.pdf", b""),
)


@pytest.mark.parametrize(("name", "content"), FILES)
def test_a_file_that_is_not_what_its_name_says_is_refused_in_words(
    full: FullWorld, name: str, content: bytes
) -> None:
    client = full.client("officer")
    parts = {one: full.parts["own"][one] for one in ("year_id", "unit_id")}
    address = reverse("progress:add", kwargs=parts)
    file = io.BytesIO(content)
    file.name = name
    given = {"subject": "Báo cáo năm", "file": file}
    got = answer(client, "officer", address, name, lambda: client.post(address, given))

    assert (got.status, got.rows, got.events) == (200, 0, 0)
    assert "Báo cáo năm" in got.page
    assert 'role="alert"' in got.page


SCALES = (
    b"",
    b"\x00\x01\x02",
    b"\xff\xfe\x00a",
    b"khong phai thang diem",
    b"a: &a [*a, *a]",
    b"[" * 20_000,
    b"{" * 20_000,
    b"a: " * 20_000,
    b"&a [x, x, x]: *a",
    b"format: scale/1\nname: x\nversion: 1e308\ncriteria: []\n",
    b"format: scale/1\nname: x\nversion: '1'\ntitle: t\nsource: {ref: r, completeness: full}\n"
    b"scale: {base: 1e308}\ncriteria: [{code: I, label: x, kind: judged, max: 1e999}]\n",
    b"PK\x03\x04" + b"\x00" * 100,
    b"!!python/object/apply:os.system ['true']",
    b"a: 1\n" * 60_000,
)


@pytest.mark.parametrize("content", SCALES)
def test_a_broken_scale_file_is_refused_in_words(full: FullWorld, content: bytes) -> None:
    client = full.client("head")
    address = reverse("rulebook:import", kwargs={"year_id": full.parts["own"]["year_id"]})
    file = io.BytesIO(content)
    file.name = "thang-diem.yaml"
    got = answer(client, "head", address, "scale", lambda: client.post(address, {"file": file}))

    assert (got.status, got.rows, got.events) == (422, 0, 0)
    assert 'role="alert"' in got.page
