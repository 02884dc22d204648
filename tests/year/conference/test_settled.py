"""Adopted means settled: what the table rests on changes only after it is opened again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.build import World
from tests.year.conference.build import SCALE, adopted, meet, ready, unit, year_of
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.platform.http.posting import new_request_id
from thidua.year.bloc.models import BlocYear, Office, Window
from thidua.year.bloc.services import (
    Appointment,
    Details,
    MemberDraft,
    Settings,
    Span,
    appoint_office,
    assign_checkers,
    correct_founding,
    join_member,
    leave_member,
    set_member_kinds,
    set_settings,
    set_theme,
    set_windows,
)
from thidua.year.conference.models import Adoption
from thidua.year.conference.services import adopt_again, adopt_scores, keep_scores, reopen_scores
from thidua.year.progress.services import Figure, Paper, add_evidence, record_results
from thidua.year.registration.services import AssignedTarget, Assignment, assign_targets
from thidua.year.registration.services.targets import save_targets
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.services import adopt_scale, import_scale
from thidua.year.scoring.models import Sheet

REOPEN = (
    "Bảng điểm đã được thông qua ngày 20/11/2026. Trưởng khối bấm Mở lại để sửa ở trang kết quả "
    "chấm điểm, ghi lý do, rồi mới sửa được."
)
RULES = Settings(
    quorum_num=3,
    quorum_den=4,
    visibility=BlocYear.Visibility.OWN,
    late=BlocYear.Late.REFUSE,
)
NEWER = SCALE.replace('version: "1"', 'version: "2"')
LATER = datetime(2027, 3, 1, 17, tzinfo=clock.LOCAL)


def join(world: World) -> object:
    draft = MemberDraft(name="Ban Dân tộc")
    return join_member(
        world.standing, bloc_year=world.bloc_year, draft=draft, joined=date(2026, 11, 1)
    )


def leave(world: World) -> object:
    return leave_member(
        world.standing, bloc_year=world.bloc_year, unit=unit(world, 3), left=date(2026, 11, 1)
    )


def kinds(world: World) -> object:
    said = {unit(world, 2).pk: "dia-phuong"}
    return set_member_kinds(world.head, bloc_year=world.bloc_year, kinds=said)


def settings(world: World) -> object:
    return set_settings(world.head, bloc_year=world.bloc_year, settings=RULES)


def checkers(world: World) -> object:
    pairs = [(unit(world, 1).pk, unit(world, 2).pk)]
    return assign_checkers(world.head, bloc_year=world.bloc_year, pairs=pairs)


def move(world: World, deed: Window.Deed) -> object:
    span = Span(datetime(2026, 9, 1, tzinfo=clock.LOCAL), LATER)
    return set_windows(
        world.head, bloc_year=world.bloc_year, spans={deed.value: span}, reason="Gia hạn"
    )


def self_scoring(world: World) -> object:
    return move(world, Window.Deed.SELF_SCORE)


def verifying(world: World) -> object:
    return move(world, Window.Deed.VERIFY)


def explaining(world: World) -> object:
    return move(world, Window.Deed.EXPLAIN)


def details(world: World, **changed: object) -> object:
    said = {"starts": world.bloc_year.starts, "ends": world.bloc_year.ends, **changed}
    return correct_founding(
        world.standing,
        bloc_year=world.bloc_year,
        details=Details(**said),  # type: ignore[arg-type]  # days and texts by their names
    )


def period(world: World) -> object:
    return details(world, ends=date(2026, 11, 30))


def load_scale(world: World) -> object:
    return import_scale(world.head, bloc_year=world.bloc_year, content=NEWER)


def replace_scale(world: World) -> object:
    draft = Scale.objects.get(bloc_year=world.bloc_year, adopted_at=None)
    return adopt_scale(world.head, scale=draft, adopted_on=date(2026, 11, 1))


def assign(world: World) -> object:
    return assign_targets(
        world.standing,
        bloc_year=world.bloc_year,
        assignment=Assignment(document_number="Nghị quyết số 05/NQ-HĐND"),
        targets=[AssignedTarget(unit_id=unit(world, 2).pk, code="I.1", value=90_000)],
    )


def register(world: World) -> object:
    return save_targets(world.officer, bloc_year=world.bloc_year, unit=unit(world, 2), targets=[])


def report(world: World) -> object:
    figure = Figure(code="I.1", value=95_000)
    return record_results(
        world.officer, bloc_year=world.bloc_year, unit=unit(world, 2), as_of=date(2026, 10, 31),
        figures=[figure],
    )  # fmt: skip


def prove(world: World) -> object:
    paper = Paper(subject="Báo cáo kết quả năm")
    return add_evidence(
        world.officer, bloc_year=world.bloc_year, unit=unit(world, 2), paper=paper
    )  # fmt: skip


DECISIONS: list[Callable[[World], object]] = [
    join,
    leave,
    kinds,
    settings,
    checkers,
    self_scoring,
    verifying,
    explaining,
    period,
    load_scale,
    replace_scale,
    assign,
    register,
    report,
    prove,
]


@pytest.fixture
def with_draft(world: World) -> World:
    """The table adopted while a newer draft of the scale lies in the drawer."""
    ready(world)
    import_scale(
        world.head, bloc_year=world.bloc_year, content=NEWER.replace("Thang điểm", "Dự thảo")
    )
    meet(world)
    adopt_scores(world.head, bloc_year=world.bloc_year)
    return world


@pytest.mark.parametrize("decide", DECISIONS, ids=lambda one: one.__name__)
def test_what_the_adopted_table_rests_on_stands_still_year_2(
    with_draft: World, decide: Callable[[World], object]
) -> None:
    with pytest.raises(Refused) as refused:
        decide(with_draft)
    assert [(one.rule_id, one.words) for one in refused.value.findings] == [("YEAR-2", REOPEN)]


@pytest.mark.parametrize("decide", [join, leave, kinds, settings, checkers, period, load_scale])
def test_it_changes_again_once_the_table_is_opened_for_a_correction(
    world: World, decide: Callable[[World], object]
) -> None:
    adopted(world)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Sót một đơn vị")
    decide(world)
    assert year_of(world).is_changeable


def test_adopting_says_since_when_the_table_stands(world: World) -> None:
    adoption = adopted(world)
    assert year_of(world).adopted_at == adoption.at
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Sót một đơn vị")
    assert year_of(world).adopted_at is None
    leave(world)
    again = adopt_again(world.head, bloc_year=world.bloc_year, reason="Một đơn vị đã rời Khối")
    assert year_of(world).adopted_at == again.at


def test_rules_changed_after_reopening_are_locked_again_without_a_new_version(
    world: World,
) -> None:
    adoption = adopted(world)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Sai quy định của khối")
    settings(world)
    kept = keep_scores(world.head, bloc_year=world.bloc_year, request_id="khoa-lai")
    again = keep_scores(world.head, bloc_year=world.bloc_year, request_id="khoa-lai")

    assert (kept, again, Adoption.objects.count()) == (adoption, adoption, 1)
    assert year_of(world).adopted_at == adoption.at
    states = Sheet.objects.filter(bloc_year=world.bloc_year).values_list("state", flat=True)
    assert set(states) == {"adopted"}


def test_a_table_that_differs_is_adopted_again_not_kept_correct_4(world: World) -> None:
    adopted(world)
    with pytest.raises(Refused) as locked:
        keep_scores(world.head, bloc_year=world.bloc_year)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Sót một đơn vị")
    leave(world)
    with pytest.raises(Refused) as differs:
        keep_scores(world.head, bloc_year=world.bloc_year)
    with pytest.raises(Refused) as stranger:
        keep_scores(world.officer, bloc_year=world.bloc_year)

    found = [one.value.findings[0].rule_id for one in (locked, differs, stranger)]
    assert found == ["CORRECT-1", "CORRECT-4", "RIGHT-1"]


def test_the_page_locks_again_what_was_opened_for_nothing(client: Client, world: World) -> None:
    adopted(world)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Mở nhầm")
    client.force_login(Account.objects.get(email="head@mau.vn"))
    page = client.get(reverse("conference:adoption", args=[world.bloc_year.pk])).content.decode()
    keep = reverse("conference:keep", args=[world.bloc_year.pk])
    assert ("Khóa lại như lần 1" in page, f'action="{keep}"' in page) == (True, True)

    assert client.post(keep, {"request_id": new_request_id()}).status_code == 303
    assert year_of(world).is_settled


def test_what_is_no_part_of_the_table_is_still_decided(world: World) -> None:
    adopted(world)
    year = world.bloc_year
    given = Appointment(kind=Office.Kind.HEAD, unit=unit(world, 3), starts=date(2027, 1, 1))
    appoint_office(world.standing, bloc_year=year, appointment=given)
    set_theme(world.head, bloc_year=year, theme="Kỷ cương, sáng tạo")
    details(world, number="Quyết định số 05/QĐ-UBND")
    move(world, Window.Deed.CONFERENCE)
    found = year_of(world)
    assert (found.theme, found.founding_number) == (
        "Kỷ cương, sáng tạo",
        "Quyết định số 05/QĐ-UBND",
    )


PAGES = [
    ("head", "bloc:settings"),
    ("head", "bloc:checkers"),
    ("head", "bloc:kinds"),
    ("head", "rulebook:import"),
    ("standing", "bloc:members"),
    ("standing", "registration:assign"),
    ("officer", "progress:unit"),
    ("officer", "progress:add"),
]


@pytest.mark.parametrize(("role", "name"), PAGES)
def test_a_page_without_a_decision_left_says_why_and_has_no_form(
    client: Client, world: World, role: str, name: str
) -> None:
    adopted(world)
    client.force_login(Account.objects.get(email=f"{role}@mau.vn"))
    place = [world.bloc_year.pk, *([unit(world, 2).pk] if name.startswith("progress:") else [])]
    said = client.get(reverse(name, args=place)).content.decode()
    page = said[said.index("<main") : said.index("</main>")]
    assert (REOPEN in page, page.count('method="post"')) == (True, 0)


@pytest.mark.parametrize(
    ("role", "name", "fixed", "free"),
    [
        ("head", "bloc:windows", "self_score_closes_day", "conference_closes_day"),
        ("standing", "bloc:details", "ends", "decision"),
    ],
)
def test_a_form_that_may_change_in_part_locks_what_stands_still(
    client: Client, world: World, role: str, name: str, fixed: str, free: str
) -> None:
    adopted(world)
    client.force_login(Account.objects.get(email=f"{role}@mau.vn"))
    page = client.get(reverse(name, args=[world.bloc_year.pk]))
    form = page.context["form"]
    assert (form.fields[fixed].disabled, form.fields[free].disabled) == (True, False)
    assert REOPEN in page.content.decode()
