"""The library: a file is one document, what it is gets confirmed, marks tell what to look at."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.build import World
from tests.year.progress.library import DAY, PACT, add, load
from tests.year.rulebook.samples import adopt
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.files.models import StoredFile
from thidua.platform.files.services import store
from thidua.platform.ledger.models import Event
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.progress import queries, services
from thidua.year.progress.models import Citation, EvidenceDocument
from thidua.year.progress.queries import Asked
from thidua.year.progress.services import Described, Paper, Place, seen_of


@pytest.fixture
def adopted(world: World) -> World:
    adopt(world)
    return world


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.rule_id for finding in refused.value.findings]


def described(document: EvidenceDocument, **said: object) -> Described:
    """The document as the table shows it, with what was changed."""
    paper = {"subject": document.subject, "number": document.number, "pages": document.pages,
             "issued_on": document.issued_on, "issuer": document.issuer,
             "signer": document.signer}  # fmt: skip
    places = said.pop("places", ())
    return Described(
        document_id=document.pk,
        paper=Paper(**{**paper, **said}),  # type: ignore[arg-type]  # the parts of a paper
        places=places,  # type: ignore[arg-type]  # places
        seen=seen_of(document),
    )


def describe(world: World, *rows: Described, request_id: str = "") -> None:
    services.describe(
        world.officer,
        bloc_year=world.bloc_year,
        unit=world.units[1],
        rows=rows,
        request_id=request_id,
    )


def test_a_loaded_file_proposes_what_its_name_says(world: World) -> None:
    document = load(world).document

    assert (document.number, document.issued_on, document.subject) == (
        "27/BC-SS2", date(2026, 11, 5), "Báo cáo năm",
    )  # fmt: skip
    assert (document.pages, document.proposed) == (1, True)


def test_the_same_file_twice_is_one_document(world: World) -> None:
    first = load(world).document
    events = Event.objects.count()
    again = load(world, name="tên khác.pdf")

    assert (again.document, again.is_new) == (first, False)
    assert (EvidenceDocument.objects.count(), Event.objects.count()) == (1, events)


def test_the_database_itself_holds_a_file_once_in_a_library(world: World) -> None:
    document = load(world).document
    document.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        document.save(force_insert=True)


def test_the_same_file_by_hand_is_refused_and_named(world: World) -> None:
    file = load(world).document.file
    with pytest.raises(Refused) as refused:
        services.add_evidence(
            world.officer,
            bloc_year=world.bloc_year,
            unit=world.units[1],
            paper=Paper(subject="Lần nữa"),
            file=file,
        )
    assert rules(refused) == ["EVIDENCE-6"]


def test_another_unit_may_hold_the_same_file(world: World) -> None:
    mine = load(world).document
    theirs = services.load_evidence(
        world.third,
        bloc_year=world.bloc_year,
        unit=world.units[2],
        file=store(io.BytesIO(PACT), name="a.pdf"),
        name="a.pdf",
    )
    assert (theirs.is_new, theirs.document.file == mine.file) == (True, True)
    assert StoredFile.objects.count() == 1


def test_a_lost_answer_is_told_again_as_new(world: World) -> None:
    first = load(world, request_id="r-1")

    assert load(world, request_id="r-1") == first


@pytest.mark.parametrize("actor", ["head", "verifier", "standing", "neighbour", "stranger"])
def test_only_the_unit_itself_loads_and_describes(world: World, actor: str) -> None:
    document = load(world).document
    by = getattr(world, actor)
    with pytest.raises(Refused) as loading:
        load(world, b"Tep khac\n", name="khac.txt", by=by)
    with pytest.raises(Refused) as describing:
        services.describe(
            by, bloc_year=world.bloc_year, unit=world.units[1], rows=[described(document)]
        )
    assert (rules(loading), rules(describing)) == (["RIGHT-1"], ["RIGHT-1"])
    assert EvidenceDocument.objects.count() == 1


def test_a_closed_year_takes_no_file(world: World) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=clock.now())
    with pytest.raises(Refused) as refused:
        load(world)
    assert rules(refused) == ["YEAR-1"]


# --- describing


def test_a_table_confirms_and_cites_in_one_decision(adopted: World) -> None:
    one, two = load(adopted).document, add(adopted)
    events = Event.objects.count()
    describe(
        adopted,
        described(one, number="28/BC-SS2", places=[Place("I.1", "4"), Place("I.2", "trang 7")]),
        described(two, signer="Nguyễn Văn Mẫu", places=[Place("II")]),
    )

    one.refresh_from_db()
    assert (one.number, one.proposed, Event.objects.count()) == ("28/BC-SS2", False, events + 1)
    cited = [(row.code, row.page) for row in Citation.objects.order_by("code")]
    assert cited == [("I.1", "trang 4"), ("I.2", "trang 7"), ("II", "")]


def test_a_repeated_table_changes_nothing(adopted: World) -> None:
    row = described(load(adopted).document, places=[Place("I.1", "4")])
    describe(adopted, row, request_id="r-1")
    events = Event.objects.count()
    describe(adopted, row, request_id="r-1")

    assert (Event.objects.count(), Citation.objects.count()) == (events, 1)


def test_one_wrong_row_saves_none_and_each_fault_stands_at_its_field(adopted: World) -> None:
    one, two = load(adopted).document, add(adopted)
    with pytest.raises(Refused) as refused:
        describe(
            adopted,
            described(one, subject=" ", places=[Place("X.9")]),
            described(two, issued_on=clock.today() + timedelta(days=1)),
        )

    told = [(one.rule_id, dict(one.inputs)["field"]) for one in refused.value.findings]
    assert told == [
        ("EVIDENCE-1", f"subject_{one.pk}"),
        ("EVIDENCE-2", f"places_{one.pk}"),
        ("EVIDENCE-1", f"issued_on_{two.pk}"),
    ]
    assert (Citation.objects.count(), EvidenceDocument.objects.filter(proposed=True).count()) == (
        0,
        1,
    )


def test_two_editors_of_one_document_do_not_overwrite_each_other(adopted: World) -> None:
    document = add(adopted)
    seen_before = described(document, subject="Của người sau")
    describe(adopted, described(document, subject="Của người trước"))
    with pytest.raises(Refused) as refused:
        describe(adopted, seen_before)

    assert rules(refused) == ["EVIDENCE-9"]
    assert EvidenceDocument.objects.get().subject == "Của người trước"


def test_a_document_of_another_unit_is_not_described(adopted: World) -> None:
    document = load(adopted).document
    with pytest.raises(Refused) as refused:
        services.describe(
            adopted.third,
            bloc_year=adopted.bloc_year,
            unit=adopted.units[2],
            rows=[described(document, subject="Chiếm")],
        )
    assert rules(refused) == ["EVIDENCE-5"]


def test_a_proposal_is_confirmed_before_it_is_cited(adopted: World) -> None:
    with pytest.raises(Refused) as refused:
        services.cite(adopted.officer, document=load(adopted).document, codes=["I.1"])
    assert rules(refused) == ["EVIDENCE-8"]


def test_what_went_out_with_the_sheet_stays_as_it_was(adopted: World) -> None:
    document = add(adopted)
    services.cite(adopted.officer, document=document, codes=["I.1"])
    Citation.objects.update(sent_at=clock.now())
    with pytest.raises(Refused) as describing:
        describe(adopted, described(document, subject="Khác"))
    with pytest.raises(Refused) as attaching:
        services.attach_file(
            adopted.officer, document=document, file=store(io.BytesIO(PACT), name="a.pdf")
        )
    assert (rules(describing), rules(attaching)) == (["EVIDENCE-7"], ["EVIDENCE-7"])

    describe(adopted, described(document, places=[Place("I.2", "3")]))  # more lines may cite it
    assert Citation.objects.count() == 2


def test_a_document_gets_its_file_later_and_counts_as_loaded_then(world: World) -> None:
    document = add(world)
    before = document.at
    file = store(io.BytesIO(PACT), name="a.pdf")
    document = services.attach_file(world.officer, document=document, file=file)

    assert (document.file, document.pages, document.at > before) == (file, 1, True)
    with pytest.raises(Refused) as refused:
        services.attach_file(world.officer, document=document, file=file)
    assert rules(refused) == ["EVIDENCE-6"]


# --- marks, search


def marks(world: World) -> list[str]:
    [entry] = queries.library(world.bloc_year, world.units[1].pk)
    return [mark.words for mark in entry.marks]


def test_a_document_on_several_lines_says_so_and_two_pages_of_one_line_are_one(
    adopted: World,
) -> None:
    document = add(adopted)
    places = [Place("I.1", "4"), Place("I.1", "5")]
    services.cite_at(adopted.officer, document=document, places=places)
    assert marks(adopted) == []
    services.cite(adopted.officer, document=document, codes=["I.2"])
    assert marks(adopted) == ["dẫn ở 2 dòng"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2025, 12, 31), ["ngày ngoài năm thi đua"]),
        (date(2026, 1, 1), []),
        (None, []),
    ],
)
def test_a_date_outside_the_year_is_shown(world: World, day: date | None, told: list[str]) -> None:
    add(world, issued_on=day)
    assert marks(world) == told


def test_what_was_loaded_after_the_deadline_is_shown(world: World) -> None:
    document = add(world)
    windows = Window.objects.filter(bloc_year=world.bloc_year, deed=Window.Deed.SELF_SCORE)
    windows.update(closes=document.at)
    assert marks(world) == []
    windows.update(closes=document.at - timedelta(seconds=1))
    assert marks(world) == ["nạp sau hạn"]


def test_the_library_is_searched_without_marks_filtered_and_ordered(adopted: World) -> None:
    add(adopted, "Kế hoạch phát động", issued_on=date(2026, 3, 1))
    cited = add(adopted, "Báo cáo tổng kết", issued_on=DAY)
    add(adopted, "Văn bản chưa có ngày", issued_on=None)
    services.cite_at(adopted.officer, document=cited, places=[Place("I.1", "4")])
    entries = queries.library(adopted.bloc_year, adopted.units[1].pk)

    def subjects(**asked: str) -> list[str]:
        return [one.document.subject for one in queries.chosen(entries, Asked(**asked))]

    assert subjects(words="ke hoach") == ["Kế hoạch phát động"]
    assert subjects(words="i.1 trang 4") == ["Báo cáo tổng kết"]
    assert subjects(only="chua-dan") == ["Kế hoạch phát động", "Văn bản chưa có ngày"]
    assert subjects() == ["Kế hoạch phát động", "Báo cáo tổng kết", "Văn bản chưa có ngày"]
    assert subjects(order="trich-yeu")[0] == "Báo cáo tổng kết"
    assert subjects(only="la") == subjects()


@pytest.mark.parametrize("count", [3, 10])
def test_the_library_is_read_in_three_queries_whatever_its_size(adopted: World, count: int) -> None:
    for number in range(count):
        document = add(adopted, f"Văn bản {number}")
        services.cite(adopted.officer, document=document, codes=["I.1", "I.2"])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        entries = queries.library(adopted.bloc_year, adopted.units[1].pk)
        assert [entry.lines for entry in entries] == [2] * count
    assert len(asked) == 3
