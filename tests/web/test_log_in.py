"""Logging in: guesses are stopped, nobody learns who has an account, letters name no false host."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client

from tests.build import PASSWORD, World
from thidua.platform.mail.models import Letter

LOGIN, FORGOTTEN = "/dang-nhap/", "/quen-mat-khau/"
LIMIT = 10


def log_in(client: Client, email: str = "officer@mau.vn", password: str = "sai") -> HttpResponse:
    response: HttpResponse = client.post(LOGIN, {"username": email, "password": password})
    return response


def page(response: HttpResponse) -> str:
    """The page without what differs from one drawing to the next, and without what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r'value="[^"]*@mau\.vn"', "", text)


@pytest.fixture
def forgotten(world: World, client: Client) -> Letter:
    client.post(FORGOTTEN, {"email": "officer@mau.vn"})
    return Letter.objects.get()


def test_the_tenth_failure_stops_further_tries_even_with_the_right_password(
    world: World, client: Client
) -> None:
    codes = [log_in(client).status_code for _ in range(LIMIT)]

    assert codes == [200] * (LIMIT - 1) + [429]
    locked = log_in(client, password=PASSWORD)
    assert locked.status_code == 429
    assert "<h1>Tạm dừng đăng nhập 5 phút</h1>" in locked.content.decode()


def test_after_five_minutes_the_right_password_opens_again(world: World, client: Client) -> None:
    for _ in range(LIMIT):
        log_in(client)
    attempt = AccessAttempt.objects.get()
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=4))
    assert log_in(client, password=PASSWORD).status_code == 429

    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=6))
    assert log_in(client, password=PASSWORD).status_code == 302


def test_other_capitals_give_no_further_tries(world: World, client: Client) -> None:
    spellings = [f"{'officer'[:cut].upper()}{'officer'[cut:]}@mau.vn" for cut in range(8)]
    for spelling in [*spellings, *spellings[:2]]:
        log_in(client, spelling)

    assert log_in(client, password=PASSWORD).status_code == 429


def test_failures_of_one_address_do_not_stop_another(world: World, client: Client) -> None:
    for _ in range(LIMIT):
        log_in(client)

    assert log_in(client, "leader@mau.vn", PASSWORD).status_code == 302


def test_a_log_in_in_between_starts_the_count_anew(world: World, client: Client) -> None:
    for _ in range(LIMIT - 1):
        log_in(client)
    assert log_in(client, password=PASSWORD).status_code == 302
    client.post("/dang-xuat/")

    assert [log_in(client).status_code for _ in range(LIMIT - 1)] == [200] * (LIMIT - 1)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    world: World, client: Client
) -> None:
    known, unknown = log_in(client), log_in(client, "khong-co@mau.vn")

    assert (known.status_code, page(known)) == (unknown.status_code, page(unknown))
    for email in ("officer@mau.vn", "khong-co@mau.vn"):
        for _ in range(LIMIT):
            last = log_in(client, email)
        assert last.status_code == 429


def test_asking_for_a_new_password_gets_the_same_answer_for_any_address(
    world: World, client: Client
) -> None:
    known = client.post(FORGOTTEN, {"email": "officer@mau.vn"})
    unknown = client.post(FORGOTTEN, {"email": "khong-co@mau.vn"})

    assert (known.status_code, known["Location"]) == (302, "/quen-mat-khau/da-gui/")
    assert (unknown.status_code, unknown["Location"]) == (302, "/quen-mat-khau/da-gui/")
    assert [letter.to for letter in Letter.objects.all()] == ["officer@mau.vn"]


def test_the_letter_for_a_new_password_waits_in_the_outbox(forgotten: Letter) -> None:
    assert forgotten.subject == "Đặt lại mật khẩu vào hệ thống Thi đua"
    assert forgotten.sent_at is None
    assert forgotten.body.startswith("Có người xin đặt lại mật khẩu cho tài khoản này.")


def test_asking_twice_at_once_writes_one_letter(world: World, client: Client) -> None:
    for _ in range(2):
        client.post(FORGOTTEN, {"email": "Officer@mau.vn"})

    assert Letter.objects.count() == 1


def test_the_link_for_a_new_password_never_names_the_host_of_the_request(
    world: World, client: Client, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.THIDUA_ADDRESS = "https://thidua.tinh.gov.vn"
    client.post(FORGOTTEN, {"email": "officer@mau.vn"}, HTTP_HOST="ke-gian.example")

    body = Letter.objects.get().body
    assert re.findall(r"https?://[^/\s]+", body) == ["https://thidua.tinh.gov.vn"]


def test_the_link_sets_a_new_password_once_and_ends_the_waiting(
    forgotten: Letter, client: Client, settings: Any
) -> None:
    for _ in range(LIMIT):
        log_in(client)
    found = re.search(rf"{settings.THIDUA_ADDRESS}(\S+)", forgotten.body)
    assert found is not None
    form = client.get(found[1], follow=True)
    new = "mot cau khac de nho hon"
    done = client.post(
        form.request["PATH_INFO"], {"new_password1": new, "new_password2": new}, follow=True
    )

    assert done.request["PATH_INFO"] == "/quen-mat-khau/xong/"
    assert log_in(client, password=PASSWORD).status_code == 200
    assert log_in(client, password=new).status_code == 302
    used = Client().get(found[1], follow=True)
    assert used.request["PATH_INFO"] == found[1]
    assert "new_password1" not in used.content.decode()


def test_logging_in_never_leads_to_another_site(world: World, client: Client) -> None:
    for target in ("https://ke-gian.example/", "//ke-gian.example/", "javascript:alert(1)"):
        response = client.post(
            LOGIN, {"username": "officer@mau.vn", "password": PASSWORD, "next": target}
        )
        assert (response.status_code, response["Location"]) == (302, "/")


def test_logging_in_gives_a_new_session(world: World, client: Client) -> None:
    client.get(LOGIN)
    session = client.session
    session["truoc"] = "1"
    session.save()
    before = session.session_key

    client.cookies["sessionid"] = str(before)
    log_in(client, password=PASSWORD)
    assert client.cookies["sessionid"].value != before


SHOW = """
import json, django
django.setup()
from django.conf import settings as s
from django.test import Client
answer = Client().get("/dang-nhap/", HTTP_HOST="127.0.0.1", HTTP_X_FORWARDED_PROTO={scheme!r})
csrf = answer.cookies.get("csrftoken")
print(json.dumps([
    answer.status_code,
    bool(csrf and csrf["secure"]),
    answer.headers.get("Strict-Transport-Security", ""),
    s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,
]))
"""


@pytest.mark.parametrize(
    ("https", "scheme", "seen"),
    [
        ("1", "https", [200, True, "max-age=31536000", True, True, "Lax"]),
        ("1", "http", [301, False, "", True, True, "Lax"]),
        ("", "http", [200, False, "", False, True, "Lax"]),
    ],
)
def test_cookies_are_safe_behind_https(
    https: str, scheme: str, seen: list[object], tmp_path: Any
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHOW.format(scheme=scheme)],
        env={
            **os.environ,
            "THIDUA_HTTPS": https,
            "THIDUA_DATA": str(tmp_path),
            "THIDUA_STATIC": "plain",
            "THIDUA_DATABASE": "",
            "DJANGO_SETTINGS_MODULE": "thidua.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert json.loads(done.stdout or done.stderr) == seen
