"""The first administrator gets a link, and a new one when it is lost."""

from __future__ import annotations

import re

import pytest

from tests.platform.installation import SEAT, Installation

pytestmark = [pytest.mark.slow, pytest.mark.once]


def link_of(out: str) -> str:
    found = re.findall(r"http://127\.0\.0\.1:8000(/\S+)", out)
    assert len(found) == 1
    return str(found[0])


TAKE_UP = """
from thidua.cli import django_setup
django_setup.start(quiet_static=True)
from django.test import Client
client = Client(headers={{"host": "127.0.0.1"}})
page = client.get({link!r}, follow=True)
sent = dict.fromkeys(("password", "new_password1", "new_password2"), {password!r})
done = client.post(page.request["PATH_INFO"], {{"full_name": "Người Quản Trị", **sent}})
assert done.status_code in (302, 303), done.content.decode()
sign_in = {{"username": "qt@mau.vn", "password": {password!r}}}
done = Client(headers={{"host": "127.0.0.1"}}).post("/dang-nhap/", sign_in)
assert done.status_code == 302, done.content.decode()
"""


def test_a_lost_invitation_is_printed_anew_and_the_old_one_ends(
    founded: tuple[Installation, str], healthy: Installation
) -> None:
    again = healthy.thidua("first-administrator", "QT@mau.vn")

    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("Người quản trị chưa nhận việc. Liên kết cũ đã thu hồi;")
    assert link_of(again.out) != link_of(founded[1])
    healthy.python(TAKE_UP.format(link=link_of(again.out), password="mot cau ngan de nho"))


def test_the_link_works_and_a_lost_password_is_set_again_by_the_same_address(
    founded: tuple[Installation, str], healthy: Installation
) -> None:
    words = "Đã lập Tỉnh Mẫu. Người quản trị mở liên kết này để đặt mật khẩu:"
    assert founded[1].splitlines()[0] == words
    link = link_of(founded[1])
    healthy.python(TAKE_UP.format(link=link, password="mot cau ngan de nho"))
    again = healthy.thidua("first-administrator", "qt@mau.vn", *SEAT)

    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("Thư này đã là của người quản trị. Mở liên kết này để đặt lại")
    healthy.python(TAKE_UP.format(link=link_of(again.out), password="mot cau khac de nho"))
    assert healthy.thidua("doctor").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ("khac@mau.vn", *SEAT),
            1,
            "Đã có “Tỉnh Mẫu” trong bản cài đặt này. "
            "Nếu mất mật khẩu hoặc liên kết, chạy lại lệnh với đúng thư của người quản trị.",
        ),
        (
            ("khac@mau.vn",),
            2,
            "Thư này chưa là của người quản trị nào. "
            "Muốn lập mới, ghi: --jurisdiction, --place, --standing-office.",
        ),
        (("khong-phai-thu", *SEAT), 2, "Thư ghi chưa đúng dạng ten@coquan.gov.vn."),
    ],
)
def test_the_first_administrator_again_says_what_to_do(
    healthy: Installation, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended = healthy.thidua("first-administrator", *arguments)

    assert (ended.code, ended.out, ended.err) == (code, "", words)


def test_without_a_database_the_first_administrator_is_told_to_make_one(
    empty: Installation,
) -> None:
    ended = empty.thidua("first-administrator", "qt@mau.vn", *SEAT)

    assert (ended.code, ended.err) == (
        1, "Không đọc được cơ sở dữ liệu. Chạy lệnh: thidua migrate"
    )  # fmt: skip
