"""What every answer carries, errors included: nothing from elsewhere, nothing framed, no copies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.build import World
from thidua.platform.accounts.models import Account

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
EVERY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cache-Control": "no-store, private",
}
STATIC = Path(__file__).resolve().parents[2] / "thidua/web/static/thidua"


def carried(response: HttpResponse) -> dict[str, str]:
    found = {name: response.headers.get(name, "") for name in EVERY}
    kept = {part.strip() for part in found["Cache-Control"].split(",")}
    if kept >= {"no-store", "private"}:  # Django says the same of its log-in page in more words
        found["Cache-Control"] = "no-store, private"
    return found


@pytest.fixture
def strict(world: World) -> Client:
    """The officer's browser, with forgery checked as in the real thing."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(Account.objects.get(email="officer@mau.vn"))
    return client


def year(world: World, end: str = "") -> str:
    return f"/nam/{world.bloc_year.pk}/{end}"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/dang-nhap/", 200),
        ("/tro-giup/", 200),
        ("/song/", 200),
        ("/khong-co/", 404),
        ("/nam/999999/", 404),
        ("/he-thong/", 403),
        ("/nam/1/%00/", 400),
        ("/cuong-vi/", 405),
        ("/tro-giup", 301),
    ],
)
def test_every_answer_carries_the_headers(strict: Client, address: str, status: int) -> None:
    response = strict.get(address)

    assert (response.status_code, carried(response)) == (status, EVERY)


def test_pages_of_the_year_carry_the_headers(strict: Client, world: World) -> None:
    for end in ("", "khoi/", "lich-su/", "cham-diem/", "dang-ky/", "tien-do/", "hoi-nghi/"):
        response = strict.get(year(world, end))
        assert (end, response.status_code, carried(response)) == (end, 200, EVERY)


def test_a_page_asked_without_logging_in_carries_the_headers(world: World) -> None:
    response = Client().get(year(world))

    assert (response.status_code, carried(response)) == (302, EVERY)


def test_a_false_host_is_refused_in_words(strict: Client) -> None:
    response = strict.get("/", headers={"host": "ke-gian.example"})

    assert (response.status_code, carried(response)) == (400, EVERY)
    assert "<h1>" in response.content.decode()
    assert "ke-gian" not in response.content.decode()


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000@ke-gian.example", "a b", "127.0.0.1/", "[::1", ""]
)
def test_a_broken_host_is_no_fault(strict: Client, host: str) -> None:
    assert strict.get("/dang-nhap/", headers={"host": host}).status_code in (200, 400)


def test_the_forwarded_host_is_never_believed(strict: Client) -> None:
    response = strict.get("/dang-nhap/", headers={"x-forwarded-host": "ke-gian.example"})

    assert response.status_code == 200
    assert "ke-gian" not in response.content.decode()


@pytest.mark.parametrize("token", ["", "x" * 64, "ạ"])
def test_a_form_without_its_token_is_refused_in_words(strict: Client, token: str) -> None:
    strict.get("/doi-mat-khau/")
    response = strict.post("/doi-mat-khau/", {"csrfmiddlewaretoken": token})

    assert (response.status_code, carried(response)) == (403, EVERY)
    page = response.content.decode()
    assert "CSRF" not in page
    assert 'lang="vi"' in page


def test_a_form_from_another_site_is_refused(strict: Client) -> None:
    strict.get("/doi-mat-khau/")
    token = strict.cookies["csrftoken"].value
    response = strict.post(
        "/doi-mat-khau/",
        {"csrfmiddlewaretoken": token},
        headers={"origin": "https://ke-gian.example"},
    )

    assert response.status_code == 403


def test_a_fault_of_the_product_says_so_and_carries_the_headers(
    strict: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: Any, **_named: Any) -> HttpResponse:
        raise RuntimeError("bí mật bên trong")

    monkeypatch.setattr("thidua.web.tasks.tasks_for", broken)
    response = strict.get("/")

    assert (response.status_code, carried(response)) == (500, EVERY)
    assert "bí mật bên trong" not in response.content.decode()
    assert 'lang="vi"' in response.content.decode()


def test_static_files_may_be_kept_and_carry_the_policy(client: Client, settings: Any) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    response = client.get("/static/thidua/app.css")

    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" not in response.headers["Cache-Control"]
    assert b"".join(response.streaming_content) == (STATIC / "app.css").read_bytes()  # type: ignore[attr-defined]


def test_no_page_holds_script_or_style_that_the_policy_forbids(
    strict: Client, world: World
) -> None:
    for end in ("", "cham-diem/", "khoi/", "hoi-nghi/"):
        page = strict.get(year(world, end)).content.decode()
        assert (end, " style=" in page, "<style" in page, " onclick=" in page) == (
            end, False, False, False,
        )  # fmt: skip
        assert page.count("<script") == page.count("<script src=")
