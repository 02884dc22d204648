"""``thidua first-administrator``: the first jurisdiction, its administrator and standing office.

For an address that is an administrator's already it prints a new one-time link instead.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from thidua.cli import django_setup

if TYPE_CHECKING:
    from thidua.core.finding import Refused
    from thidua.registry.services import Founded

USAGE_EXIT = 2
NEEDED = ("jurisdiction", "place", "standing_office")
RESETS = "Thư này đã là của người quản trị. Mở liên kết này để đặt lại mật khẩu, dùng được một lần:"
INVITES = "Người quản trị chưa nhận việc. Liên kết cũ đã thu hồi; mở liên kết này để đặt mật khẩu:"
LOST = "Nếu mất mật khẩu hoặc liên kết, chạy lại lệnh với đúng thư của người quản trị."


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("email", help="thư công vụ của người quản trị")
    parser.add_argument("--name", default="Quản trị hệ thống", help="họ và tên người quản trị")
    parser.add_argument("--jurisdiction", default="", help="tên tỉnh, bộ hoặc cấp ủy")
    parser.add_argument("--place", default="", help="địa danh ghi trên văn bản")
    parser.add_argument("--standing-office", default="", help="tên cơ quan thường trực")
    parser.add_argument("--standing-email", default="", help="thư của người cơ quan thường trực")
    parser.add_argument("--party", action="store_true", help="văn bản theo thể thức của Đảng")


def run(options: argparse.Namespace) -> int:
    """Found the jurisdiction and print the one-time links, or a new link for its administrator."""
    django_setup.start()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import DatabaseError

    from thidua.core.finding import Refused

    try:
        validate_email(options.email)
        return _recover_or_found(options)
    except ValidationError:
        return _fail("Thư ghi chưa đúng dạng ten@coquan.gov.vn.", USAGE_EXIT)
    except Refused as refused:
        return _fail(f"{refused} {_advice(refused)}".strip())
    except DatabaseError:
        return _fail("Không đọc được cơ sở dữ liệu. Chạy lệnh: thidua migrate")


def _recover_or_found(options: argparse.Namespace) -> int:
    from thidua.registry.services import recover_administrator

    recovered = recover_administrator(email=options.email)
    if recovered is not None:
        print(RESETS if recovered.resets else INVITES, recovered.link, sep="\n")
        return 0
    missing = [name for name in NEEDED if not getattr(options, name).strip()]
    if missing:
        wanted = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
        return _fail(f"Thư này chưa là của người quản trị nào. Muốn lập mới, ghi: {wanted}.", 2)
    _found(options)
    return 0


def _found(options: argparse.Namespace) -> None:
    from django.db import transaction

    from thidua.registry.models import Letterhead
    from thidua.registry.services import Seat, found_jurisdiction

    seat = Seat(
        name=options.jurisdiction,
        place=options.place,
        standing_office=options.standing_office,
        letterhead=Letterhead.PARTY if options.party else Letterhead.STATE,
    )
    with transaction.atomic():
        founded = found_jurisdiction(seat=seat, email=options.email, full_name=options.name)
        standing = _invite_standing(founded, options) if options.standing_email else ""
    print(f"Đã lập {seat.name}. Người quản trị mở liên kết này để đặt mật khẩu:\n{founded.link}")
    if standing:
        print(f"Cơ quan thường trực mở liên kết này:\n{standing}")


def _invite_standing(founded: Founded, options: argparse.Namespace) -> str:
    """The link for somebody of the standing office."""
    from django.core.validators import validate_email
    from django_scopes import scope

    from thidua.platform import clock
    from thidua.registry.actor import actor_of
    from thidua.registry.models import Role
    from thidua.registry.services import Post, add_person, invite

    validate_email(options.standing_email)
    with scope(jurisdiction=founded.jurisdiction):
        admin = actor_of(founded.position)
        post = Post(role=Role.STANDING, starts=clock.today())
        person = add_person(admin, full_name=options.standing_office, post=post)
        position = person.positions.get()
        return invite(admin, position=position, email=options.standing_email).link


def _advice(refused: Refused) -> str:
    rules = {finding.rule_id for finding in refused.findings}
    return LOST if "FOUND-1" in rules else ""


def _fail(words: str, code: int = 1) -> int:
    print(words, file=sys.stderr)
    return code
