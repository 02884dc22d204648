"""The board: constant queries, one changed cell recomputes what depends on it, other processes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world
from tests.year.scoring.build import fill, opened, type_line
from tests.year.scoring.scales import judged_lines
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.chain import of_year
from thidua.registry.basis import Basis
from thidua.registry.services import rename_unit
from thidua.year.bloc.rights import standing_of
from thidua.year.scoring import board
from thidua.year.scoring.board import BY_HAND, BY_RULE, last_evaluated, view_of
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.pages.table import table_page

RUNS = ((Stage.SELF, BY_HAND), (Stage.SELF, BY_RULE), (Stage.VERIFIED, BY_HAND))


def filled_world(units: int, lines: int) -> World:
    """A bloc of that size with half of every sheet filled."""
    with scopes_disabled():
        world = build_world(units=units)
    with scope(jurisdiction=world.jurisdiction):
        sheets = opened(world, judged_lines(lines))
        now = "2026-11-01T00:00:00+07:00"
        Entry.objects.bulk_create(
            Entry(
                jurisdiction=world.jurisdiction, sheet=sheet, code=f"L.{line}", stage=Stage.SELF,
                kind=Entry.Kind.INPUT, inputs={"value": "9"}, author="Chuyên viên", at=now,
            )
            for sheet in sheets.values()
            for line in range(1, lines // 2 + 1)
        )  # fmt: skip
    return world


@pytest.mark.django_db
@pytest.mark.parametrize(("units", "lines"), [(3, 10), (10, 10), (3, 60), (10, 60)])
def test_all_stages_are_read_in_the_same_few_queries_at_any_size(units: int, lines: int) -> None:
    world = filled_world(units, lines)
    board.forget()
    with scope(jurisdiction=world.jurisdiction):
        with CaptureQueriesContext(
            connection,
        ) as cold:
            view_of(world.bloc_year.pk, *RUNS)
        with CaptureQueriesContext(connection) as warm:
            view = view_of(world.bloc_year.pk, *RUNS)

    assert (len(cold), len(warm)) == (12, 1)
    found = view.unit(next(iter(view.facts.sheets.values())), Stage.SELF)
    assert found.so_far == Fraction(9 * (lines // 2))


@pytest.mark.django_db
@pytest.mark.parametrize(("units", "lines"), [(3, 10), (10, 60)])
def test_the_table_page_asks_no_more_for_a_larger_bloc(units: int, lines: int) -> None:
    world = filled_world(units, lines)
    board.forget()
    with scope(jurisdiction=world.jurisdiction):
        standing = standing_of(world.head, world.bloc_year)
        with CaptureQueriesContext(connection) as asked:
            table_page(world.bloc_year, standing)

    assert len(asked) == 12


def test_one_changed_cell_recomputes_its_line_and_what_stands_above(
    world: World, sheets: dict[int, Sheet]
) -> None:
    fill(world.officer, sheets[2])
    view_of(world.bloc_year.pk, *RUNS)
    type_line(world.officer, sheets[2], "II.1", "17")
    view_of(world.bloc_year.pk, *RUNS)

    assert last_evaluated(world.bloc_year.pk, Stage.SELF) == {
        ("Sở Số 2", "II.1"), ("Sở Số 2", "II"),
    }  # fmt: skip


def test_a_figure_that_compares_units_recomputes_its_column(
    world: World, sheets: dict[int, Sheet]
) -> None:
    for number, who in ((1, "head"), (2, "officer"), (3, "third")):
        type_line(world.actors[who], sheets[number], "I.2", target="10", result="12")
    view_of(world.bloc_year.pk, *RUNS)
    type_line(world.officer, sheets[2], "I.2", result="20")
    view = view_of(world.bloc_year.pk, *RUNS)

    assert last_evaluated(world.bloc_year.pk, Stage.SELF) == {
        (unit, key) for unit in ("Sở Số 1", "Sở Số 2", "Sở Số 3") for key in ("I.2", "I")
    }
    own = view.facts.sheets[sheets[1].pk]
    assert view.node(own, "I.2", Stage.SELF).points == 15 + 15 * Fraction(1, 5)  # type: ignore[union-attr]


def test_what_another_process_wrote_is_seen_at_the_next_reading(
    world: World, sheets: dict[int, Sheet]
) -> None:
    mine = view_of(world.bloc_year.pk, *RUNS)
    remembered = dict(board._boards)
    board.forget()  # another process: it knows nothing of this one's board
    type_line(world.officer, sheets[2], "II.1", "17")
    board._boards.update(remembered)

    view = view_of(world.bloc_year.pk, *RUNS)
    sheet = view.facts.sheets[sheets[2].pk]
    assert view.node(sheet, "II.1", Stage.SELF).points == 17  # type: ignore[union-attr]
    old = mine.node(mine.facts.sheets[sheets[2].pk], "II.1", Stage.SELF)
    assert old is not None
    assert old.points is None


def change_and_fail(world: World, sheet: Sheet) -> None:
    with Act(world.officer, "x", chain=of_year(world.bloc_year.pk), subject="Thử") as act:
        act.change(sheet, late=True)
        raise ZeroDivisionError


def test_a_decision_that_was_rolled_back_leaves_no_trace_on_the_board(
    world: World, sheets: dict[int, Sheet]
) -> None:
    view_of(world.bloc_year.pk, *RUNS)
    with pytest.raises(ZeroDivisionError):
        change_and_fail(world, sheets[2])

    view = view_of(world.bloc_year.pk, *RUNS)
    assert view.facts.sheets[sheets[2].pk].late is False


def test_a_table_of_changes_equals_a_table_made_anew(
    world: World, sheets: dict[int, Sheet]
) -> None:
    view_of(world.bloc_year.pk, *RUNS)
    for number, who in ((1, "head"), (2, "officer"), (3, "third")):
        fill(world.actors[who], sheets[number], result=str(70 + 10 * number))
        view_of(world.bloc_year.pk, *RUNS)
    changed = view_of(world.bloc_year.pk, *RUNS).results
    board.forget()

    assert view_of(world.bloc_year.pk, *RUNS).results == changed


def test_a_unit_renamed_in_the_registry_is_shown_at_once(
    world: World, sheets: dict[int, Sheet]
) -> None:
    assert view_of(world.bloc_year.pk).facts.sheets[sheets[2].pk].unit == "Sở Số 2"
    basis = Basis(since=date(2026, 1, 6))
    rename_unit(world.standing, unit=world.units[1], name="Sở Mới", basis=basis)

    view = view_of(world.bloc_year.pk, *RUNS)
    assert view.facts.sheets[sheets[2].pk].unit == "Sở Mới"
    assert [one.unit for one in view.result(sheets[2].scale_id, Stage.SELF).units] == [
        "Sở Số 1", "Sở Mới", "Sở Số 3",
    ]  # fmt: skip
