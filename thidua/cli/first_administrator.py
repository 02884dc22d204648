"""``thidua first-administrator``: the first jurisdiction, its administrator and standing office."""

from __future__ import annotations

import argparse
import sys

from thidua.cli import django_setup


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("email", help="thư công vụ của người quản trị")
    parser.add_argument("--name", default="Quản trị hệ thống", help="họ và tên người quản trị")
    parser.add_argument("--jurisdiction", required=True, help="tên tỉnh, bộ hoặc cấp ủy")
    parser.add_argument("--place", required=True, help="địa danh ghi trên văn bản")
    parser.add_argument("--standing-office", required=True, help="tên cơ quan thường trực")
    parser.add_argument("--standing-email", default="", help="thư của người cơ quan thường trực")
    parser.add_argument("--party", action="store_true", help="văn bản theo thể thức của Đảng")


def run(options: argparse.Namespace) -> int:
    """Found the jurisdiction and print the one-time links."""
    django_setup.start()
    from django_scopes import scope

    from thidua.core.finding import Refused
    from thidua.registry.actor import actor_of
    from thidua.registry.models import Letterhead, Role
    from thidua.registry.services import Post, Seat, add_person, found_jurisdiction, invite

    seat = Seat(
        name=options.jurisdiction,
        place=options.place,
        standing_office=options.standing_office,
        letterhead=Letterhead.PARTY if options.party else Letterhead.STATE,
    )
    try:
        founded = found_jurisdiction(seat=seat, email=options.email, full_name=options.name)
        print(
            f"Đã lập {seat.name}. Người quản trị mở liên kết này để đặt mật khẩu:\n{founded.link}"
        )
        if options.standing_email:
            from thidua.platform import clock

            with scope(jurisdiction=founded.jurisdiction):
                admin = actor_of(founded.position)
                post = Post(role=Role.STANDING, starts=clock.today())
                person = add_person(admin, full_name=seat.standing_office, post=post)
                position = person.positions.get()
                link = invite(admin, position=position, email=options.standing_email).link
            print(f"Cơ quan thường trực mở liên kết này:\n{link}")
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0
