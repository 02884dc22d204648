"""Decisions on a draft on screen: one change, one event; two editors; who may; what is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import World
from tests.year.rulebook.samples import adopt, load, scale_text
from thidua.core.finding import Refused
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.verify import verify_all
from thidua.registry.actor import Actor
from thidua.scalefile import fingerprint, load_scale
from thidua.scalefile.editing.lines import Plain, own_values, spot_of, spots
from thidua.year.rulebook import services
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import core_scale, loaded_scale
from thidua.year.rulebook.services import Change


def shown(row: Scale, key: str) -> Plain:
    """What a page shows of a line."""
    return own_values(spot_of(loaded_scale(Scale.objects.get(pk=row.pk)).plain, key))


def change(world: World, row: Scale, key: str, was: Plain, **values: Any) -> services.Edited:
    """The head gives a line other values, seen as they were on the page."""
    wanted = {**was, **values}
    return services.change_line(
        world.head, scale=row, key=key, change=Change(shown=was, wanted=wanted)
    )


def refused(excinfo: pytest.ExceptionInfo[Refused]) -> tuple[str, str]:
    finding = excinfo.value.findings[0]
    return finding.rule_id, finding.words


def test_a_change_of_a_line_is_one_event_of_the_year_and_the_text_follows(world: World) -> None:
    row = load(world, scale_text())
    events = Event.objects.count()

    made = change(world, row, "II", shown(row, "II"), label="Phong trào thi đua", max=Fraction(35))

    row.refresh_from_db()
    assert made.scale == row
    assert Event.objects.count() == events + 1
    event = Event.objects.order_by("-seq").first()
    assert event is not None
    assert event.subject == "Dự thảo thang điểm lần 1: sửa dòng II"
    assert sorted(event.rows[0]["after"]) == ["fingerprint", "plain", "text"]
    assert core_scale(row).index()["II"].label == "Phong trào thi đua"
    assert fingerprint(load_scale(row.text, name="a.yaml").plain) == row.fingerprint
    assert verify_all() == []


def test_the_same_request_again_changes_nothing(world: World) -> None:
    row = load(world, scale_text())
    token = "5f1c1f52-7c3a-4a53-9c39-222222222222"

    for _ in range(2):
        services.copy_line(world.head, scale=row, key="II", request_id=token)

    assert [spot.key for spot in spots(loaded_scale(Scale.objects.get()).plain)] == [
        "I", "I.1", "I.2", "II", "III",
    ]  # fmt: skip


def test_saving_what_stands_there_already_writes_no_event(world: World) -> None:
    row = load(world, scale_text())
    change(world, row, "II", shown(row, "II"), label="A")
    events = Event.objects.count()

    change(world, row, "II", shown(row, "II"), label="A")

    assert Event.objects.count() == events


def test_two_people_on_two_lines_do_not_meet(world: World) -> None:
    row = load(world, scale_text())
    first, second = shown(row, "I.1"), shown(row, "II")

    change(world, row, "I.1", first, label="Chỉ tiêu A")
    change(world, row, "II", second, label="Phong trào B")

    index = core_scale(Scale.objects.get()).index()
    assert (index["I.1"].label, index["II"].label) == ("Chỉ tiêu A", "Phong trào B")


def test_two_people_on_two_inputs_of_one_line_both_keep_what_they_typed(world: World) -> None:
    row = load(world, scale_text())
    seen = shown(row, "II")

    change(world, row, "II", seen, label="Phong trào B")
    made = change(world, row, "II", seen, max=Fraction(30))

    node = core_scale(made.scale).index()["II"]
    assert (node.label, node.stated_max, made.theirs) == ("Phong trào B", Fraction(30), ("label",))


def test_the_second_of_two_people_on_one_input_sees_the_first_and_overwrites_nothing(
    world: World,
) -> None:
    row = load(world, scale_text())
    seen = shown(row, "II")
    change(world, row, "II", seen, max=Fraction(35))

    with pytest.raises(Refused) as caught:
        change(world, row, "II", seen, max=Fraction(30))

    rule, words = refused(caught)
    assert rule == "SCALE-8"
    assert words.startswith("Điểm tối đa: bạn đã sửa ở cửa sổ khác thành 35 lúc ")
    assert core_scale(Scale.objects.get()).index()["II"].stated_max == 35


def test_a_line_that_somebody_removed_is_not_brought_back(world: World) -> None:
    row = load(world, scale_text())
    seen = shown(row, "I.2")
    services.remove_line(world.head, scale=row, key="I.2")

    with pytest.raises(Refused) as caught:
        change(world, row, "I.2", seen, label="B")

    assert refused(caught)[0] == "SCALE-9"


@pytest.mark.parametrize("who", ["officer", "leader", "standing", "neighbour", "administrator"])
def test_only_the_head_edits_a_draft(world: World, who: str) -> None:
    row = load(world, scale_text())
    actor: Actor = getattr(world, who)

    acts: list[Callable[[], object]] = [
        lambda: services.add_line(
            actor, scale=row, line={"label": "A", "kind": "judged", "max": 1}
        ),
        lambda: services.copy_line(actor, scale=row, key="II"),
        lambda: services.remove_line(actor, scale=row, key="II"),
        lambda: services.renumber(actor, scale=row),
        lambda: services.repair(actor, scale=row, finding="base_mismatch", key=""),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert Scale.objects.get().fingerprint == row.fingerprint


def test_somebody_of_another_province_does_not_even_find_the_draft(world: World) -> None:
    row = load(world, scale_text())

    assert world.foreign_year is not None
    with scope(jurisdiction=world.foreign_year.jurisdiction), pytest.raises(Scale.DoesNotExist):
        services.copy_line(world.stranger, scale=row, key="II")


def test_an_adopted_version_is_never_edited(world: World) -> None:
    row = adopt(world)

    with pytest.raises(Refused) as caught:
        services.remove_line(world.head, scale=row, key="II")

    assert refused(caught)[0] == "SCALE-4"


def test_a_closed_year_is_only_read(world: World) -> None:
    row = load(world, scale_text())
    world.bloc_year.closed_at = row.created_at
    world.bloc_year.save()

    with pytest.raises(Refused) as caught:
        services.copy_line(world.head, scale=row, key="II")

    assert refused(caught)[0] == "YEAR-1"


def test_what_no_file_could_hold_is_refused_in_words_and_nothing_is_kept(world: World) -> None:
    row = load(world, scale_text())

    with pytest.raises(Refused):
        change(world, row, "II", shown(row, "II"), code="II\0")
    with pytest.raises(Refused):
        change(world, row, "II", shown(row, "II"), code="D" * 51)

    assert Scale.objects.get().text == row.text


def test_a_gate_and_a_cap_are_changed_as_parts(world: World) -> None:
    row = load(world, scale_text())
    gate = {
        "code": "G1",
        "label": "Bị kỷ luật",
        "when": {"points": "II", "lt": 5},
        "effect": "block",
    }

    services.change_part(
        world.head, scale=row, part="quy định chung",
        change=Change(shown={"scale.bonus_cap": None}, wanted={"scale.bonus_cap": Fraction(10)}),
    )  # fmt: skip
    made = services.change_part(
        world.head, scale=row, part="điều kiện", change=Change(shown={}, wanted={"gate.G1": gate})
    )

    scale = core_scale(made.scale)
    assert scale.header.bonus_cap == 10
    assert [one.label for one in scale.gates] == ["Bị kỷ luật"]


def test_a_repair_mends_the_finding_it_was_pressed_for(world: World) -> None:
    row = load(world, scale_text(base=120))

    made = services.repair(world.head, scale=row, finding="base_mismatch", key="")

    assert core_scale(made.scale).header.base == 100
    with pytest.raises(Refused) as caught:
        services.repair(world.head, scale=row, finding="base_mismatch", key="")
    assert refused(caught)[0] == "SCALE-9"


def test_a_draft_edited_on_screen_is_adopted_with_its_plain_values(world: World) -> None:
    from datetime import date

    row = load(world, scale_text())
    made = change(world, row, "II", shown(row, "II"), label="Phong trào B").scale
    assert made.plain == {}

    adopted = services.adopt_scale(world.head, scale=made, adopted_on=date(2026, 3, 30))

    assert adopted.plain["criteria"][1]["label"] == "Phong trào B"


def do(world: World, row: Scale, act: str, at: int) -> None:
    """One change by its name; what the rules refuse changes nothing."""
    known = [spot.key for spot in spots(loaded_scale(row).plain)]
    key = known[at % len(known)] if known else ""  # every section may go; "" is no line
    line = {"label": "M", "kind": "judged", "max": at}
    head = world.head
    acts: dict[str, Callable[[], object]] = {
        "add": lambda: services.add_line(head, scale=row, after=key, line=line),
        "copy": lambda: services.copy_line(head, scale=row, key=key),
        "remove": lambda: services.remove_line(head, scale=row, key=key),
        "up": lambda: services.move_line(head, scale=row, key=key, to="up"),
        "in": lambda: services.move_line(head, scale=row, key=key, to="in"),
        "number": lambda: services.renumber(head, scale=row),
        "max": lambda: change(world, row, key, shown(row, key), max=Fraction(at)) if key else None,
    }
    with suppress(Refused):
        acts[act]()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "copy", "remove", "up", "in", "number", "max"]), st.integers(0, 30)
    ),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ACTS)
def test_a_scale_edited_on_screen_and_imported_again_is_the_same(
    world: World, acts: list[tuple[str, int]]
) -> None:
    Scale.objects.all().delete()
    row = load(world, scale_text())
    for act, at in acts:
        row.refresh_from_db()
        do(world, row, act, at)
    row.refresh_from_db()
    exported, before = row.text, core_scale(row)
    services.discard_scale(world.head, scale=row)

    again = load(world, exported)

    assert core_scale(again) == before
    assert again.fingerprint == row.fingerprint
