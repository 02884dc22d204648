"""A scale file becomes a draft, or a sentence for every place to correct; never half of it."""

from __future__ import annotations

import unicodedata

import pytest

from tests.build import World
from tests.year.rulebook.samples import load, long_scale_text, scale_text
from thidua.core.finding import Refused
from thidua.platform.ledger.models import Event
from thidua.year.bloc.models import BlocYear
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import core_scale
from thidua.year.rulebook.services import discard_scale, import_scale


def refusal(world: World, content: str | bytes, *, rule_id: str = "SCALE-1") -> list[str]:
    """The sentences with which a file is refused under one rule, leaving nothing behind."""
    with pytest.raises(Refused) as caught:
        load(world, content, file_name="thang.yaml")
    assert Scale.objects.count() == 0
    assert Event.objects.count() == 0
    assert {finding.rule_id for finding in caught.value.findings} == {rule_id}
    return [finding.words for finding in caught.value.findings]


def test_a_scale_file_becomes_a_draft_whose_text_is_kept_exactly(world: World) -> None:
    text = scale_text().replace("\n", "\r\n")

    row = load(world, text.encode())

    assert (row.sequence, row.name, row.version, row.is_adopted) == (1, "khoi-mau", "1", False)
    assert Scale.objects.get().text == text
    assert [node.code for node in core_scale(row).walk()] == ["I", "I.1", "I.2", "II"]


def test_yaml_and_json_of_one_content_have_one_fingerprint(world: World) -> None:
    first = load(world, scale_text())

    with pytest.raises(Refused) as caught:
        load(world, scale_text().replace("label: Chuyên môn", 'label: "Chuyên môn"'))

    assert caught.value.findings[0].rule_id == "SCALE-2"
    assert str(caught.value) == ("Nội dung tệp giống hệt thang điểm lần 1, không có gì để nạp.")
    assert Scale.objects.get().fingerprint == first.fingerprint


def test_decomposed_vietnamese_gives_the_same_scale(world: World) -> None:
    row = load(world, unicodedata.normalize("NFD", scale_text()).encode())

    assert row.title == "Thang điểm khối mẫu"
    assert core_scale(row).sections[0].label == "Chuyên môn"


def test_every_place_to_correct_is_named_with_its_line(world: World) -> None:
    text = scale_text().replace("kind: judged, max: 40", "kind: judged, max: 40, diem: 2")

    words = refusal(world, text)

    assert len(words) == 1
    assert words[0].startswith('thang.yaml, dòng 19, khóa "diem": ')


@pytest.mark.parametrize("figure", ["961,5", "1e308", "nhiều"])
def test_a_figure_that_is_no_number_is_refused_at_its_line(world: World, figure: str) -> None:
    words = refusal(world, scale_text().replace("max: 40", f'max: "{figure}"'))

    assert [one.split(":")[0] for one in words] == ["thang.yaml, dòng 19, điểm tối đa (khóa “max”)"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"%PDF-1.7 this is a paper",
        b"PK\x03\x04 this is a workbook",
        "tiếng Việt".encode("utf-16"),
        b"[" * 5000,
        b"khong: [dong ngoac",
        b"a" * 6_000_000,
    ],
)
def test_what_is_no_scale_file_is_refused_in_words(world: World, content: bytes) -> None:
    assert len(refusal(world, content)) >= 1


def test_a_text_longer_than_its_column_is_refused_before_the_database_sees_it(
    world: World,
) -> None:
    title = scale_text().replace("Thang điểm khối mẫu", "d" * 301)
    assert refusal(world, title, rule_id="SCALE-7") == [
        "Dòng 4, khóa “title”: ghi nhiều nhất 300 ký tự."
    ]
    code = "I." + "9" * 60
    coded = scale_text().replace("code: II,", f"code: {code},")
    assert refusal(world, coded, rule_id="SCALE-7") == [
        "Dòng 19, khóa “code”: ghi nhiều nhất 50 ký tự."
    ]


def test_a_hidden_nul_never_reaches_the_database(world: World) -> None:
    text = scale_text().replace("label: Chuyên môn", 'label: "Chuyên\\0môn"')

    assert refusal(world, text, rule_id="SCALE-7") == [
        "Dòng 10: có ký tự không đọc được. Xóa ký tự đó rồi gõ lại."
    ]


def test_a_scale_of_ten_thousand_lines_is_read(world: World) -> None:
    row = load(world, long_scale_text(lines=10_000))

    assert len(core_scale(row).sections) == 10_000


def test_only_the_head_loads_a_scale(world: World) -> None:
    for actor in (world.officer, world.leader, world.standing, world.neighbour, world.stranger):
        with pytest.raises(Refused) as caught:
            import_scale(actor, bloc_year=world.bloc_year, content=scale_text())
        assert str(caught.value) == (
            "Trưởng khối nạp và thông qua thang điểm. Bạn xem được, không sửa được."
        )
    assert Scale.objects.count() == 0


def test_a_closed_year_takes_no_scale(world: World) -> None:
    from thidua.platform import clock

    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=clock.now())

    with pytest.raises(Refused) as caught:
        load(world, scale_text())

    assert caught.value.findings[0].rule_id == "YEAR-1"


def test_a_repeated_request_loads_once(world: World) -> None:
    first = import_scale(
        world.head, bloc_year=world.bloc_year, content=scale_text(), request_id="r-1"
    )
    again = import_scale(
        world.head, bloc_year=world.bloc_year, content=scale_text(), request_id="r-1"
    )

    assert first.pk == again.pk
    assert Scale.objects.count() == 1


def test_a_draft_can_be_discarded_and_history_keeps_it(world: World) -> None:
    row = load(world, scale_text())

    discard_scale(world.head, scale=row)

    assert Scale.objects.count() == 0
    event = Event.objects.get(verb="rulebook.discard")
    assert event.rows[0]["before"]["fingerprint"] == row.fingerprint


def test_a_problem_of_the_file_is_said_in_words_with_the_key_beside_them(world: World) -> None:
    text = scale_text().replace("max: 40", "max: nhiều")

    with pytest.raises(Refused) as caught:
        load(world, text, file_name="thang.yaml")

    assert caught.value.findings[0].words == (
        "thang.yaml, dòng 19, điểm tối đa (khóa “max”): Ở đây phải là một số, không phải “nhiều”. "
        "Viết như 10."
    )
