"""The ledger: one event per decision, a repeat changes nothing, history is append-only."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from tests.build import World
from thidua.core.finding import Refused
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.models import Event, PersonalValue
from thidua.platform.ledger.verify import verify_all, verify_chain
from thidua.registry.actor import Actor
from thidua.registry.models import Person
from thidua.year.bloc.models import BlocYear


def retheme(actor: Actor, bloc_year: BlocYear, theme: str, request_id: str = "") -> BlocYear:
    with Act(
        actor,
        "bloc.theme",
        chain=chain.of_year(bloc_year.pk),
        subject="Đổi chủ đề",
        request_id=request_id,
        inputs={"theme": theme},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        act.change(bloc_year, theme=theme)
        return act.result(bloc_year)


def test_a_decision_writes_one_event_with_the_columns_it_changed(world: World) -> None:
    retheme(world.head, world.bloc_year, "Kỷ cương")

    event = Event.objects.get()
    assert event.seq == 1
    assert event.actor == "Lãnh đạo đơn vị, Sở Số 1"
    assert event.rows == [
        {
            "row": "bloc.blocyear",
            "pk": world.bloc_year.pk,
            "before": {"theme": ""},
            "after": {"theme": "Kỷ cương"},
        }
    ]


def test_a_repeated_request_changes_nothing_and_returns_the_first_outcome(world: World) -> None:
    first = retheme(world.head, world.bloc_year, "Kỷ cương", "r-1")
    world.bloc_year.refresh_from_db()
    again = retheme(world.head, world.bloc_year, "Kỷ cương", "r-1")

    assert again.pk == first.pk
    assert Event.objects.count() == 1


def test_a_request_id_used_for_another_thing_is_refused(world: World) -> None:
    retheme(world.head, world.bloc_year, "Kỷ cương", "r-1")

    with pytest.raises(Refused):
        retheme(world.head, world.bloc_year, "Liêm chính", "r-1")


def test_a_refused_decision_leaves_neither_row_nor_event(world: World) -> None:
    def half_way() -> None:
        with Act(world.head, "x", chain="nam/1", subject="Thử") as act:
            act.change(world.bloc_year, theme="Nửa chừng")
            raise Refused([])

    with pytest.raises(Refused):
        half_way()

    world.bloc_year.refresh_from_db()
    assert world.bloc_year.theme == ""
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET reason = 'khác'",
        "DELETE FROM ledger_event",
        "INSERT INTO ledger_event"
        " (chain, seq, at, actor, verb, subject, reason, request_id, digest, outcome, rows,"
        " previous, hash) SELECT chain, 9, at, actor, verb, subject, reason, 'r', digest, outcome,"
        " rows, previous, hash FROM ledger_event",
    ],
)
def test_the_database_refuses_to_change_history(world: World, statement: str) -> None:
    retheme(world.head, world.bloc_year, "Kỷ cương")

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="INSERT OR REPLACE is SQLite's own")
def test_sqlite_refuses_insert_or_replace(world: World) -> None:
    retheme(world.head, world.bloc_year, "Kỷ cương")

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO ledger_event SELECT * FROM ledger_event")


def test_an_edit_behind_the_triggers_is_found_by_the_chain(world: World) -> None:
    for theme in ("Kỷ cương", "Liêm chính", "Hành động"):
        retheme(world.head, world.bloc_year, theme)
    name = chain.of_year(world.bloc_year.pk)
    assert verify_chain(name) == []

    event = Event.objects.get(seq=2)
    event.reason = "sửa lén"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_event_no_update")
        else:
            cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_event SET reason = 'sửa lén' WHERE seq = 2")

    assert [fault.seq for fault in verify_all()] == [2]


def test_personal_values_enter_only_as_a_commitment_and_can_be_erased(world: World) -> None:
    with Act(world.standing, "registry.person", chain="co-quan/1", subject="Thêm người") as act:
        act.create(Person(jurisdiction=world.jurisdiction, full_name="Người Thử"))

    event = Event.objects.get()
    assert list(event.rows[0]["after"]["full_name"]) == ["commitment"]
    assert PersonalValue.objects.get().value == '"Người Thử"'
    PersonalValue.objects.all().delete()
    assert verify_chain("co-quan/1") == []


def test_a_repeat_of_something_removed_since_is_refused_in_words(world: World) -> None:
    def add(person: Person) -> Person:
        with Act(world.standing, "x", chain="co-quan/1", subject="Thêm", request_id="r-1") as act:
            if act.repeated:
                return act.first(Person)
            return act.result(act.create(person))

    made = add(Person(jurisdiction=world.jurisdiction, full_name="Người Thử"))
    with Act(world.standing, "y", chain="co-quan/1", subject="Bỏ") as act:
        act.remove(made)
    with pytest.raises(Refused) as refused:
        add(Person(jurisdiction=world.jurisdiction, full_name="Người Thử"))

    assert [one.words for one in refused.value.findings] == [
        "Việc này đã ghi rồi, sau đó đã được bỏ. Tải lại trang để xem."
    ]
    assert Event.objects.count() == 2


def test_a_repeat_is_told_what_the_first_said_beside_its_row(world: World) -> None:
    def count(found: int) -> int:
        with Act(world.standing, "x", chain="co-quan/1", subject="Đếm", request_id="r-1") as act:
            if act.repeated:
                return int(act.first_said("count"))
            act.result(world.bloc_year, count=found)
            return found

    assert [count(3), count(7)] == [3, 3]
    assert verify_chain("co-quan/1") == []
