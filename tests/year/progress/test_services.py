"""Results through the year and evidence: who records, when, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.build import World
from thidua.core.finding import Refused
from thidua.demo.case import scale_text
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.progress import queries, services
from thidua.year.progress.models import Citation, EvidenceDocument, Result
from thidua.year.progress.services import Figure, Paper
from thidua.year.rulebook.services import adopt_scale, import_scale

DAY = date(2026, 6, 30)


@pytest.fixture
def adopted(world: World) -> World:
    scale = import_scale(
        world.head, bloc_year=world.bloc_year, content=scale_text("thuc-hanh.yaml")
    )
    adopt_scale(world.head, scale=scale, adopted_on=date(2026, 1, 15))
    return world


def record(world: World, *figures: Figure, actor: str = "officer", request_id: str = "") -> None:
    services.record_results(
        getattr(world, actor),
        bloc_year=world.bloc_year,
        unit=world.units[1],
        as_of=DAY,
        figures=figures,
        request_id=request_id,
    )


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.rule_id for finding in refused.value.findings]


def test_a_result_is_recorded_with_its_day_and_author(adopted: World) -> None:
    record(adopted, Figure(code="I.1", value=950_000, note="còn một đợt"))

    row = Result.objects.get()
    assert (row.code, row.value, row.as_of) == ("I.1", 950_000, DAY)
    assert row.author == "Chuyên viên, Sở Số 2"


def test_the_same_day_again_corrects_the_figure(adopted: World) -> None:
    record(adopted, Figure(code="I.1", value=950_000))
    record(adopted, Figure(code="I.1", value=960_000))

    assert [row.value for row in Result.objects.all()] == [960_000]


def test_a_repeated_request_changes_nothing(adopted: World) -> None:
    record(adopted, Figure(code="I.1", value=950_000), request_id="r-1")
    events = Event.objects.count()
    record(adopted, Figure(code="I.1", value=950_000), request_id="r-1")

    assert Event.objects.count() == events


@pytest.mark.parametrize("actor", ["head", "verifier", "standing", "neighbour", "stranger"])
def test_only_the_unit_itself_records_its_results(adopted: World, actor: str) -> None:
    with pytest.raises(Refused) as refused:
        record(adopted, Figure(code="I.1", value=1000), actor=actor)

    assert rules(refused) == ["RIGHT-1"]
    assert Result.objects.count() == 0


@pytest.mark.parametrize(
    ("code", "value", "rule"),
    [("KHÔNG CÓ", 1000, "PROGRESS-1"), ("I.5", 1000, "PROGRESS-1"), ("I.1", -1, "PROGRESS-3")],
)
def test_a_figure_that_does_not_fit_is_refused_whole(
    adopted: World, code: str, value: int, rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        record(adopted, Figure(code="I.2", value=1000), Figure(code=code, value=value))

    assert rules(refused) == [rule]
    assert Result.objects.count() == 0


def test_a_day_after_today_is_refused(adopted: World) -> None:
    with pytest.raises(Refused) as refused:
        services.record_results(
            adopted.officer,
            bloc_year=adopted.bloc_year,
            unit=adopted.units[1],
            as_of=clock.today() + timedelta(days=1),
            figures=[Figure(code="I.1", value=1000)],
        )

    assert rules(refused) == ["PROGRESS-2"]


def test_after_the_deadline_a_bloc_may_refuse_late_results(adopted: World) -> None:
    past = clock.now() - timedelta(days=2)
    window = Window.objects.get(bloc_year=adopted.bloc_year, deed=Window.Deed.PROGRESS)
    window.closes = past
    window.save()
    record(adopted, Figure(code="I.1", value=1000))
    adopted.bloc_year.late = BlocYear.Late.REFUSE
    adopted.bloc_year.save()

    with pytest.raises(Refused) as refused:
        record(adopted, Figure(code="I.1", value=2000))

    assert rules(refused) == ["PROGRESS-4"]


def test_before_the_window_opens_no_result_is_taken(adopted: World) -> None:
    ahead = clock.now() + timedelta(days=3)
    windows = Window.objects.filter(bloc_year=adopted.bloc_year, deed=Window.Deed.PROGRESS)
    windows.update(opens=ahead, closes=ahead + timedelta(days=30))

    with pytest.raises(Refused) as refused:
        record(adopted, Figure(code="I.1", value=1000))

    assert rules(refused) == ["PROGRESS-4"]


def add(world: World, subject: str = "Báo cáo năm") -> EvidenceDocument:
    return services.add_evidence(
        world.officer,
        bloc_year=world.bloc_year,
        unit=world.units[1],
        paper=Paper(subject=subject, number="12/BC-SS2", issued_on=DAY),
    )


def test_one_document_is_cited_on_many_lines_with_its_page(adopted: World) -> None:
    document = add(adopted)

    services.cite(adopted.officer, document=document, codes=["I.1", "I.2"], page="trang 4")
    services.cite(adopted.officer, document=document, codes=["I.2", "I.5"], page="trang 4")

    cited = queries.citations(adopted.bloc_year, adopted.units[1].pk)
    assert {code: len(found) for code, found in cited.items()} == {"I.1": 1, "I.2": 1, "I.5": 1}


def test_a_line_that_the_scale_does_not_have_is_not_cited(adopted: World) -> None:
    with pytest.raises(Refused) as refused:
        services.cite(adopted.officer, document=add(adopted), codes=["I.1", "X.9"])

    assert rules(refused) == ["EVIDENCE-2"]
    assert Citation.objects.count() == 0


def test_a_cited_document_stays_until_it_is_no_longer_cited(adopted: World) -> None:
    document = add(adopted)
    services.cite(adopted.officer, document=document, codes=["I.1"])
    with pytest.raises(Refused) as refused:
        services.remove_evidence(adopted.officer, document=document)
    assert rules(refused) == ["EVIDENCE-3"]

    citation = Citation.objects.select_related("document__bloc_year", "document__unit").get()
    services.remove_citation(adopted.officer, citation=citation)
    services.remove_evidence(adopted.officer, document=document)

    assert EvidenceDocument.objects.count() == 0


def test_a_document_without_a_subject_is_refused(adopted: World) -> None:
    with pytest.raises(Refused) as refused:
        add(adopted, "   ")

    assert rules(refused) == ["EVIDENCE-1"]


def test_a_closed_year_takes_nothing_more(adopted: World) -> None:
    BlocYear.objects.filter(pk=adopted.bloc_year.pk).update(closed_at=clock.now())

    with pytest.raises(Refused) as refused:
        record(adopted, Figure(code="I.1", value=1000))

    assert rules(refused) == ["YEAR-1"]


def test_the_overview_counts_results_and_documents(adopted: World) -> None:
    record(adopted, Figure(code="I.1", value=1000), Figure(code="I.2", value=1000))
    add(adopted)

    rows = {row.unit_id: row for row in queries.overview(adopted.bloc_year)}
    own = rows[adopted.units[1].pk]
    assert (own.reported, own.documents, own.last) == (2, 1, DAY)
    assert [row.reported for row in rows.values()] == [0, 2, 0]
