"""Two provinces whose three blocs have all played their year; each bloc's texts carry its own word.

``CANARIES`` are the words by which a page that shows too much gives itself away.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models
from django.test import Client
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world, make_actor
from tests.stories.small_year import Bloc, Until, own_bloc, play
from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.platform.files.services import store
from thidua.platform.workbook.xlsx import to_xlsx
from thidua.registry.actor import Actor
from thidua.registry.models import Invitation, Jurisdiction, Person, Position, Role, Unit
from thidua.registry.services import invite
from thidua.year.bloc.models import BlocYear, Membership
from thidua.year.bloc.rights import standing_of
from thidua.year.progress.models import Citation, EvidenceDocument
from thidua.year.record.models import Title
from thidua.year.rulebook.models import Scale, TableReading
from thidua.year.scoring.board import facts_of, view_of
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.models import Explanation, Sheet, SheetUpload
from thidua.year.scoring.pages.cells import SELF_RUNS
from thidua.year.scoring.workbook.out import unit_workbook

DAY = date(2026, 11, 20)
MARKS = {"own": "CHIM-NHA", "other": "CHIM-LANG-GIENG", "away": "CHIM-HOANG-YEN"}
CANARIES = {
    "own": ("CHIM-NHA",),
    "other": ("CHIM-LANG-GIENG",),
    "away": ("CHIM-HOANG-YEN", "Sở Ở Xa", "Tỉnh Mẫu Hai"),
    "province": ("CHIM-NHA", "CHIM-LANG-GIENG", "Sở Số", "Sở Láng Giềng", "Tỉnh Mẫu Một"),
}


@dataclass
class FullWorld:
    """The world, its blocs by place, and what each address part may be filled with."""

    world: World
    blocs: dict[str, Bloc]
    parts: dict[str, dict[str, object]] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser in which that role is signed in; nobody for ``anonymous``."""
        client = Client(raise_request_exception=False)
        if role != "anonymous":
            account_id = self.world.actors[role].account_id
            client.force_login(Account.objects.get(pk=account_id))
        return client


def build_full_world(**until: Until) -> FullWorld:
    """Everything a page can show, three times; ``ended`` is somebody whose position is over.

    The bloc of each place is played up to its point, as far as the adopted table if none is given.
    """
    with scopes_disabled():
        world = build_world()
        blocs = _blocs(world)
        world.actors["ended"] = _ended(world)
        _name(blocs)
    for place, bloc in blocs.items():
        bloc.mark = MARKS[place]
        with scope(jurisdiction=bloc.bloc_year.jurisdiction):
            play(bloc, until=until.get(place, Until.ADOPTED), day=DAY)
    full = FullWorld(world, blocs)
    for place, bloc in blocs.items():
        with scope(jurisdiction=bloc.bloc_year.jurisdiction):
            full.parts[place] = _parts(bloc)
    return full


def _blocs(world: World) -> dict[str, Bloc]:
    assert world.other_year is not None
    assert world.foreign_year is not None
    elsewhere = world.foreign_year.jurisdiction
    standing = make_actor(elsewhere, Role.STANDING, None, email="far@mau.vn")
    world.actors["far_standing"] = standing
    return {
        "own": own_bloc(world),
        "other": _bloc(world.other_year, world.neighbour, world.standing),
        "away": _bloc(world.foreign_year, world.stranger, standing),
    }


def _bloc(bloc_year: BlocYear, head: Actor, standing: Actor) -> Bloc:
    rows = Membership.objects.filter(bloc_year=bloc_year).select_related("unit", "jurisdiction")
    units = [row.unit for row in rows]
    others = [make_actor(bloc_year.jurisdiction, Role.LEADER, unit) for unit in units[1:]]
    return Bloc(bloc_year, units, [head, *others], standing)


def _ended(world: World) -> Actor:
    """The officer of yesterday."""
    actor = make_actor(world.jurisdiction, Role.OFFICER, world.units[1], email="ended@mau.vn")
    Position.objects.filter(pk=actor.position_id).update(ends=DAY - timedelta(days=1))
    return actor


def _name(blocs: dict[str, Bloc]) -> None:
    """The people of each bloc bear its word too."""
    for place, bloc in blocs.items():
        people = Person.objects.filter(positions__unit__in=bloc.units)
        for person in people.distinct():
            Person.objects.filter(pk=person.pk).update(full_name=f"Người {MARKS[place]}")


def _parts(bloc: Bloc) -> dict[str, object]:
    """A real value of this bloc for every part an address may have."""
    unit = bloc.units[1]
    jurisdiction = bloc.bloc_year.jurisdiction
    position = _waiting(jurisdiction, unit)
    with clock.at(clock.local(DAY, 11)):
        invited = invite(bloc.standing, position=position, email=f"moi{unit.pk}@mau.vn")
    person = Position.objects.get(pk=bloc.leaders[1].position_id).person_id
    return {
        "year_id": bloc.bloc_year.pk,
        "unit_id": unit.pk,
        "reading_id": _reading(bloc).pk,
        "scale_id": _first(Scale.objects.filter(bloc_year=bloc.bloc_year)),
        "document_id": _first(EvidenceDocument.objects.filter(unit=unit)),
        "citation_id": _first(Citation.objects.filter(document__unit=unit)),
        "upload_id": _uploaded(bloc, unit),
        "explanation_id": _first(Explanation.objects.filter(sheet__unit=unit)),
        "person_id": person,
        "position_id": bloc.leaders[1].position_id,
        "invitation_id": _first(Invitation.objects.filter(position=position)),
        "title_id": _first(Title.objects.all()),
        "token": re.sub(r".*/loi-moi/([^/]+)/", r"\1", invited.link),
        "uidb64": "MQ",
        "code": "I.1",
        "number": 1,
        "kind": "word",
        "form": "docx",
        "office": "head",
        "award": "province_flag",
        "topic": "bang-tu-cham",
    }


def _uploaded(bloc: Bloc, unit: Unit) -> int:
    """A workbook of the unit as it came back, once its sheet is open."""
    sheet = Sheet.objects.filter(bloc_year=bloc.bloc_year, unit=unit).first()
    if sheet is None:
        return 0
    actor, facts = bloc.leaders[1], facts_of(bloc.bloc_year.pk)
    desk = Desk(actor, sheet, bloc.bloc_year, standing_of(actor, bloc.bloc_year), facts)
    with clock.at(clock.local(DAY, 11)):
        book = unit_workbook(view_of(bloc.bloc_year.pk, *SELF_RUNS), desk, bloc.bloc_year)
        upload = SheetUpload.objects.create(
            jurisdiction=bloc.bloc_year.jurisdiction,
            sheet=sheet,
            file=store(io.BytesIO(to_xlsx(book)), name="tu-cham.xlsx"),
            file_name="tu-cham.xlsx",
            author=actor.label,
            at=clock.now(),
        )
    return upload.pk


def _reading(bloc: Bloc) -> TableReading:
    """A table on its way to a draft, with the bloc's own word in it."""
    rows = [["STT", "Nội dung", "Điểm"], ["1", f"Chuyên môn {bloc.mark}", "10"]]
    return TableReading.objects.create(
        jurisdiction=bloc.bloc_year.jurisdiction,
        bloc_year=bloc.bloc_year,
        title=f"Bảng {bloc.mark}",
        file_name="bang.xlsx",
        tables=[{"name": "Bảng 1", "rows": rows}],
        first=1,
        columns={"1": "label", "2": "points"},
        created_at=clock.now(),
    )


def _waiting(jurisdiction: Jurisdiction, unit: Unit) -> Position:
    """A position that somebody was invited to and has not taken up."""
    person = Person.objects.create(jurisdiction=jurisdiction, full_name=f"Người mới, {unit}")
    return Position.objects.create(
        jurisdiction=jurisdiction, person=person, unit=unit, role=Role.OFFICER, starts=DAY
    )


def _first(rows: models.QuerySet[models.Model]) -> object:
    return rows.order_by("pk").values_list("pk", flat=True).first() or 0


@contextmanager
def conference_day() -> Iterator[None]:
    """Noon on the day of the conference."""
    with clock.at(clock.local(DAY, 12)):
        yield
