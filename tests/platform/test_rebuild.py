"""The ledger tells the whole year: events played again are the rows, and no edit goes unnoticed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from tests.build import World
from tests.stories.small_year import Bloc, Until, own_bloc, play
from thidua.platform.ledger import chain
from thidua.platform.ledger.models import Event, PersonalValue
from thidua.platform.ledger.rebuild import compare, compare_all, rebuild, unexplained
from thidua.platform.ledger.verify import verify_all
from thidua.registry.models import Person
from thidua.registry.services import add_person, correct_person_name
from thidua.year.scoring.models import Entry

STAGES = ("rulebook", "registration", "progress", "scoring", "conference", "record")
EDITS = 1000
SEED = 20261120
TEXT = ("actor", "verb", "subject", "reason", "request_id", "digest", "previous", "hash", "chain")
NUMBERS = ("seq", "account_id", "position_id")


@pytest.fixture
def year(world: World) -> Bloc:
    """A year played to its end."""
    return play(own_bloc(world))


def rows_of_stages() -> set[tuple[str, Any]]:
    """Every row that the stages of the year hold, whatever the model."""
    found: set[tuple[str, Any]] = set()
    for stage in STAGES:
        for model in apps.get_app_config(stage).get_models():
            keys = model._base_manager.values_list("pk", flat=True)
            found |= {(model._meta.label_lower, key) for key in keys}
    return found


def test_every_row_of_a_year_can_be_rebuilt_from_its_events(year: Bloc) -> None:
    rebuilt = rebuild(chain.of_year(year.bloc_year.pk))

    stages = {key for key in rebuilt if key[0].split(".")[0] in STAGES}
    assert stages == rows_of_stages()
    assert compare(chain.of_year(year.bloc_year.pk)) == []
    assert compare_all() == []
    assert [stray for stray in unexplained() if stray.row.split(".")[0] in STAGES] == []


def test_a_rebuilt_row_holds_every_column(year: Bloc) -> None:
    rebuilt = rebuild(chain.of_year(year.bloc_year.pk))

    for (row, _pk), columns in rebuilt.items():
        if row.split(".")[0] in STAGES:
            fields = apps.get_model(row)._meta.concrete_fields
            assert set(columns) == {field.name for field in fields if not field.primary_key}


def test_a_row_edited_past_the_services_is_found(year: Bloc) -> None:
    entry = Entry.objects.filter(code="I.2").order_by("pk").first()
    assert entry is not None
    Entry.objects.filter(pk=entry.pk).update(inputs={"value": "30"})

    assert [(stray.pk, stray.words) for stray in compare_all()] == [
        (entry.pk, f"bản ghi scoring.entry số {entry.pk} khác ở cột inputs.")
    ]


def test_a_row_taken_away_past_the_services_is_found(year: Bloc) -> None:
    entry = Entry.objects.order_by("pk").last()
    assert entry is not None
    Entry.objects.filter(pk=entry.pk).delete()

    assert [stray.words for stray in compare_all()] == [
        f"bản ghi scoring.entry số {entry.pk} không còn."
    ]


def test_the_last_event_cut_off_leaves_rows_that_no_event_explains(year: Bloc) -> None:
    with without_triggers():
        last = Event.objects.filter(chain=chain.of_year(year.bloc_year.pk)).order_by("-seq")[0]
        run("DELETE FROM ledger_event WHERE id = %s", last.pk)

    assert verify_all() == []
    added = [stray.row for stray in unexplained() if stray.row.startswith("record.")]
    assert added == ["record.title", "record.yearresult", "record.yearresult", "record.yearresult"]


def test_a_row_put_in_past_the_services_is_found(year: Bloc) -> None:
    before = {stray.pk for stray in unexplained() if stray.row == "scoring.entry"}
    entry = Entry.objects.order_by("pk")[0]
    entry.pk, entry.code = None, "IV"
    entry.save(force_insert=True)

    added = [stray for stray in unexplained() if stray.row == "scoring.entry"]
    assert before == set()
    assert [stray.words for stray in added] == [
        f"bản ghi scoring.entry số {entry.pk} không có trong sổ cái."
    ]


def test_a_personal_value_is_compared_by_its_commitment(world: World) -> None:
    person = add_person(world.standing, full_name="Nguyễn Văn Thử")
    correct_person_name(world.standing, person=person, full_name="Nguyễn Văn Thứ")
    assert compare_all() == []

    Person.objects.filter(pk=person.pk).update(full_name="Trần Văn Lạ")
    assert len(compare_all()) == 1
    PersonalValue.objects.all().delete()
    assert compare_all() == []


def test_a_thousand_random_edits_of_single_events_are_all_found(world: World) -> None:
    play(own_bloc(world), until=Until.REGISTERED)
    draw, missed = random.Random(SEED), []
    assert verify_all() == []

    with without_triggers():
        for number in range(EDITS):
            with undone():
                told = edit(draw)
                if verify_all() == []:
                    missed.append((number, told))
    assert missed == []
    assert verify_all() == []


def edit(draw: random.Random) -> str:
    """Change one event in one column, or take one out that is not the last of its chain."""
    event = draw.choice(list(Event.objects.order_by("id")))
    column = draw.choice((*TEXT, *NUMBERS, "at", "outcome", "rows", "(row)"))
    if column == "(row)":
        later = Event.objects.filter(chain=event.chain, seq__gt=event.seq)
        if later.exists():
            run("DELETE FROM ledger_event WHERE id = %s", event.pk)
            return f"row {event.seq} deleted"
        column = "reason"
    value = other(draw, event, column)
    run(f"UPDATE ledger_event SET {column} = %s WHERE id = %s", value, event.pk)
    return f"{column} of {event.seq}"


def other(draw: random.Random, event: Event, column: str) -> object:
    """A value the column does not hold, often one character away."""
    held = getattr(event, column)
    if column in NUMBERS:
        return (held or 0) + draw.randint(1000, 9999)
    if column == "at":
        return held.replace(year=held.year - draw.randint(1, 9))
    if column in ("outcome", "rows"):
        text = json.dumps(held, ensure_ascii=False)
        return json.dumps([*held, {}] if column == "rows" else {**held, "pk": text})
    letter = draw.choice("0123456789abcdefạậ ")
    if not held:
        return letter
    place = draw.randrange(len(held))
    letter = "x" if held[place] == letter else letter
    return str(held[:place] + letter + held[place + 1 :])


@contextmanager
def undone() -> Iterator[None]:
    """What happens in the block leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def without_triggers() -> Iterator[None]:
    """As somebody who owns the database could do; the test's transaction takes it all back."""
    if connection.vendor == "sqlite":
        run("DROP TRIGGER ledger_event_no_update")
        run("DROP TRIGGER ledger_event_no_delete")
    else:
        run("ALTER TABLE ledger_event DISABLE TRIGGER USER")
    yield


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
