"""What the reader makes of the rows of a table: parts, totals, headings, what is kept and shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.build import World
from tests.pages import shown, sign_in
from tests.year.rulebook.samples import load, scale_text
from tests.year.rulebook.test_starting import entity, excel, read, url, with_macros, word
from tests.year.rulebook.typing import sent_from
from thidua.core.finding import Refused
from thidua.core.lint import lint
from thidua.year.rulebook import services
from thidua.year.rulebook.models import Scale, TableReading
from thidua.year.rulebook.proposals import (
    Proposal,
    base_of,
    figure_of,
    guessed_columns,
    proposals,
    scale_lines,
    settled,
)
from thidua.year.rulebook.queries import core_scale

COLUMNS = {0: "number", 1: "label", 2: "points", 3: "rule", 4: "evidence"}
PARTS: list[list[str]] = [
    ["I", "CÔNG TÁC CHUYÊN MÔN", "60", "", ""],
    ["1", "Công tác tham mưu", "60", "Có chương trình, có báo cáo", "Báo cáo năm; Kế hoạch"],
    ["II", "PHONG TRÀO", "30", "", ""],
    ["1", "Điển hình", "30", "Mỗi điển hình 1 điểm, tối đa 5 điểm", ""],
    ["", "ĐIỂM THƯỞNG (tối đa 5 điểm)", "", "", ""],
    ["1", "Sáng kiến", "5", "Mỗi sáng kiến được cộng 2 điểm", ""],
    ["IV", "Điểm trừ", "-10", "", ""],
    ["1", "Báo cáo chậm", "", "Trừ 0,5 điểm/01 văn bản chậm", ""],
    ["2", "Vi phạm kỷ luật", "4", "Tùy mức độ", ""],
    ["", "TỔNG CỘNG (100)", "", "", ""],
]


def lines(rows: Sequence[Sequence[str]] = PARTS) -> list[Proposal]:
    return proposals(rows, COLUMNS, first=0)


def nodes(rows: Sequence[Sequence[str]] = PARTS) -> list[dict[str, Any]]:
    return scale_lines(lines(rows))


def reading_of(world: World, rows: Sequence[Sequence[Any]]) -> TableReading:
    """A table with its headings, its columns chosen."""
    heads = ["STT", "Nội dung", "Điểm tối đa", "Cách chấm", "Tài liệu kiểm chứng"]
    reading = read(world, "b.xlsx", excel([heads, *rows]))
    return services.choose_columns(world.head, reading=reading, chosen=0, first=1, columns=COLUMNS)


def sent_lines(client: Client, world: World, reading: TableReading) -> dict[str, str]:
    """The page of the lines as it came, every line marked as seen."""
    page = client.get(url(world, "lines", reading.pk))
    sent = sent_from(page.content.decode().split("<main", 1)[1])
    return {**sent, **{f"l{at}_ok": "on" for at in range(len(reading.lines))}}


def test_headings_of_bonus_and_deductions_begin_sections_of_that_part() -> None:
    assert [(one.code, one.level, one.part, one.within) for one in lines()[:9]] == [
        ("I", 1, "", "base"), ("I.1", 2, "", "base"),
        ("II", 1, "", "base"), ("II.1", 2, "", "base"),
        ("III", 1, "bonus", "bonus"), ("III.1", 2, "", "bonus"),
        ("IV", 1, "deduct", "deduct"), ("IV.1", 2, "", "deduct"), ("IV.2", 2, "", "deduct"),
    ]  # fmt: skip


def test_a_section_of_deductions_takes_off_at_most_its_figure() -> None:
    bonus, deduct = nodes()[2:]
    assert {key: bonus.get(key) for key in ("part", "cap", "max")} == {
        "part": "bonus", "cap": 5, "max": None,
    }  # fmt: skip
    assert {key: deduct.get(key) for key in ("part", "floor", "max")} == {
        "part": "deduct", "floor": -10, "max": None,
    }  # fmt: skip
    late, judged = deduct["items"]
    assert (late["kind"], late["each"]) == ("count", figure_of("-0,5"))
    assert (judged["kind"], judged["min"], judged["max"]) == ("judged", -4, 0)


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("ĐIỂM THƯỞNG", "bonus"), ("Điểm cộng", "bonus"), ("B. Điểm thưởng:", "bonus"),
        ("Phần II. CÁC NỘI DUNG ĐƯỢC CỘNG ĐIỂM (10 điểm)", "bonus"),
        ("ĐIỂM TRỪ", "deduct"), ("Các trường hợp bị trừ điểm", "deduct"),
        ("Điểm thưởng, điểm trừ", ""), ("Thưởng Tết cho công chức", ""),
        ("Trừ điểm khi báo cáo chậm theo quy định của tỉnh", ""), ("Chuyên môn", ""),
    ],
)  # fmt: skip
def test_a_part_is_told_by_a_heading_not_by_a_word(label: str, part: str) -> None:
    assert lines([["I", label, "10", "", ""]])[0].part == part


def test_a_part_set_by_hand_reaches_the_lines_below_and_they_are_seen_again() -> None:
    seen = [replace(one, confirmed=True) for one in lines()]
    changed = settled([replace(one, part="") if one.code == "IV" else one for one in seen])

    late = changed[7]
    assert (late.within, late.confirmed, late.rule["each"]) == ("base", False, figure_of("-0,5"))
    assert [one.confirmed for one in changed[:6]] == [True] * 6
    assert settled(seen) == seen


def test_points_changed_by_hand_reach_the_rule() -> None:
    [one] = lines([["1", "Báo cáo", "30", "Mỗi lần chậm trừ 0,5 điểm", ""]])
    [node] = scale_lines(settled([replace(one, points="20")]))
    assert (node["kind"], node["start"], node["max"]) == ("ledger", 20, 20)


def test_the_wording_of_the_table_is_kept_as_the_note_of_what_was_understood() -> None:
    wording = "Từ 95% trở lên: 10 điểm; từ 90 đến dưới 95%: 7 điểm"
    [node] = scale_lines(lines([["1", "Giải ngân", "10", wording, ""]]))
    assert (node["kind"], node["note"]) == ("steps", wording)


@pytest.mark.parametrize(
    ("label", "cell", "use", "points"),
    [
        ("TỔNG CỘNG (100)", "", "total", "100"),
        ("Tổng cộng: 1.000 điểm", "", "total", "1000"),
        ("Tổng điểm (I + II)", "100", "total", "100"),
        ("Tổng", "100", "total", "100"),
        ("Cộng mục I", "60", "skip", "60"),
        ("Tổng điểm phần II", "40", "skip", "40"),
        ("Cộng", "60", "skip", "60"),
        ("Công tác tham mưu", "60", "line", "60"),
        ("Tổng kết phong trào thi đua", "10", "line", "10"),
        ("Sáng kiến (10 điểm)", "", "line", "10"),
        ("Sáng kiến năm 2026", "", "line", ""),
    ],
)
def test_the_row_of_the_total_is_told_from_lines_and_subtotals(
    label: str, cell: str, use: str, points: str
) -> None:
    [one] = lines([["", label, cell, "", ""]])
    assert (one.use, one.points) == (use, points)


def test_of_two_totals_the_one_of_the_sections_is_the_base() -> None:
    rows = [
        ["I", "Chuyên môn", "100", "", ""],
        ["II", "Điểm thưởng", "10", "", ""],
        ["", "Tổng cộng (I + II)", "110", "", ""],
        ["", "Tổng điểm", "100", "", ""],
    ]
    assert [one.use for one in lines(rows)] == ["line", "line", "skip", "total"]
    assert base_of(lines(rows)) == 100


def test_sections_that_miss_the_total_of_the_table_are_found(client: Client, world: World) -> None:
    reading = reading_of(world, PARTS)
    sign_in(client, "head")
    sent = sent_lines(client, world, reading)
    page = shown(client.get(url(world, "lines", reading.pk)))
    assert "Tổng điểm chuẩn đề nghị: 100, lấy từ dòng 11 “TỔNG CỘNG (100)”." in page

    client.post(url(world, "lines", reading.pk), {**sent, "act": "make"})

    scale = core_scale(Scale.objects.get())
    assert scale.header.base == 100
    assert [(i.level, i.lint) for i in lint(scale) if i.level == "error"] == [
        ("error", "base_mismatch")
    ]


def test_the_total_is_changed_or_dropped_by_hand(client: Client, world: World) -> None:
    reading = reading_of(world, PARTS)
    sign_in(client, "head")
    sent = sent_lines(client, world, reading)

    wrong = client.post(url(world, "lines", reading.pk), {**sent, "l9_points": ""})
    assert "Ghi tổng điểm chuẩn, ví dụ 100 hoặc 1000" in shown(wrong)
    twice = client.post(url(world, "lines", reading.pk), {**sent, "l0_use": "total"})
    assert "Chỉ một dòng là tổng điểm chuẩn." in shown(twice)

    client.post(url(world, "lines", reading.pk), {**sent, "l9_points": "90", "act": "make"})
    assert core_scale(Scale.objects.get()).header.base == 90


def test_a_line_whose_part_another_line_changed_waits_to_be_seen(
    client: Client, world: World
) -> None:
    reading = reading_of(world, PARTS)
    sign_in(client, "head")
    sent = sent_lines(client, world, reading)

    answer = client.post(
        url(world, "lines", reading.pk), {**sent, "l0_part": "bonus", "act": "make"}
    )

    assert answer.status_code == 422
    assert "Còn 1 dòng chưa đánh dấu đã xem." in shown(answer)
    again = sent_from(answer.content.decode().split("<main", 1)[1])
    assert [at for at in range(10) if f"l{at}_ok" not in again] == [1]
    assert Scale.objects.count() == 0


def test_the_page_shows_wording_evidence_and_row_beside_what_was_understood(
    client: Client, world: World
) -> None:
    reading = reading_of(world, [["", "", "", "", ""], *PARTS])
    sign_in(client, "head")

    said = shown(client.get(url(world, "lines", reading.pk)))

    for words in (
        "Dòng 4 trong tệp Có chương trình, có báo cáo Máy không tự tính. Người chấm cho điểm từ 0 "
        "đến 60,0. Tài liệu kiểm chứng: Báo cáo năm; Kế hoạch",
        "Mỗi điển hình 1 điểm, tối đa 5 điểm Máy hiểu: Mỗi điển hình được 1,0 điểm, tối đa 5,0 "
        "điểm.",
        "Mục điểm trừ, gồm các dòng bên dưới; trừ tối đa 10 điểm.",
        "Dòng tổng: lấy làm tổng điểm chuẩn của thang điểm.",
    ):
        assert words in said


HEADS = [
    ["Biểu chấm điểm", "", "", ""],
    ["STT", "Nội dung", "Điểm", ""],
    ["", "", "Điểm tự chấm", "Điểm tối đa"],
    ["(1)", "(2)", "(3)", "(4)"],
    ["I", "Chuyên môn", "", "60"],
]


def test_every_row_of_headings_is_passed_and_the_most_is_not_the_self_score() -> None:
    assert guessed_columns(HEADS) == (
        3, {0: "number", 1: "label", 3: "points"},
    )  # fmt: skip
    assert guessed_columns([HEADS[1], HEADS[4]])[0] == 0
    assert guessed_columns([["một", "hai"], ["ba", "bốn"]]) == (-1, {})


def test_rows_carry_the_numbers_of_the_file(client: Client, world: World) -> None:
    rows = [["KHỐI", "", ""], ["", "", ""], ["STT", "Nội dung", "Điểm"], ["", "", ""],
            ["I", "Chuyên môn", 60]]  # fmt: skip
    reading = read(world, "b.xlsx", excel(rows))
    sign_in(client, "head")

    assert (reading.tables[0]["numbers"], reading.first) == ([1, 3, 5], 2)
    assert "Dòng 5: I · Chuyên môn · 60" in shown(client.get(url(world, "columns", reading.pk)))
    read_now = services.choose_columns(
        world.head, reading=reading, chosen=0, first=2, columns={1: "label", 2: "points"}
    )
    assert [one["row"] for one in read_now.lines] == [4]


def test_readings_kept_from_before_are_still_shown(client: Client, world: World) -> None:
    reading = reading_of(world, PARTS)
    new = {"sentence", "part", "within"}
    TableReading.objects.filter(pk=reading.pk).update(
        tables=[{"name": "A", "rows": reading.tables[0]["rows"]}],
        lines=[{k: v for k, v in one.items() if k not in new} for one in reading.lines],
    )
    sign_in(client, "head")

    for page in ("columns", "lines"):
        assert client.get(url(world, page, reading.pk)).status_code == 200


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"\x00\x01junk" * 50),
        ("a.xlsx", with_macros()),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
        ("a.exe", b"MZ" + b"\0" * 200),
        ("a", word()),
        ("a.docx", entity()),
        ("a.pdf", b"%PDF-1.4\n%%EOF\n"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"),
    ],
)
def test_what_refuses_a_file_names_only_kinds_this_page_takes(
    client: Client, world: World, name: str, data: bytes
) -> None:
    sent = {"file": SimpleUploadedFile(name, data), "title": "A"}

    answer = sign_in(client, "head").post(url(world, "table"), sent)

    assert answer.status_code == 422
    assert "PDF" not in shown(answer)


def test_the_words_of_a_line_have_a_limit_everywhere(client: Client, world: World) -> None:
    """SCALE-7: a file, a form and a table each say what to do with longer words."""
    long = "Nội dung rất dài " * 40
    sections = f"- {{code: I, label: '{long}', kind: judged, max: 100}}\n"
    with pytest.raises(Refused) as caught:
        load(world, scale_text(sections=sections))
    assert [one.rule_id for one in caught.value.findings] == ["SCALE-7"]
    assert str(caught.value) == (
        "Dòng 9: nội dung của tiêu chí I dài 680 ký tự, ghi nhiều nhất 500. Rút gọn, phần còn lại "
        "ghi ở ghi chú."
    )

    [one] = lines([["I", long, "10", "", ""]])
    assert (len(one.label), one.label[-1], one.note) == (500, "…", long.strip())
    draft = load(world, scale_text())
    address = f"{url(world, 'edit', draft.pk)}?dong=II"
    sign_in(client, "head")
    answer = client.get(address)
    assert re.search(r'<textarea name="label"[^>]* maxlength="500"', answer.content.decode())
