"""How a draft begins: from nothing, from an adopted version, from a table of Excel or Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.build import World
from tests.pages import shown, sign_in
from tests.year.rulebook.samples import adopt, load, scale_text
from tests.year.rulebook.typing import sent_from
from thidua.core.finding import Refused
from thidua.year.bloc.models import BlocYear
from thidua.year.rulebook import services
from thidua.year.rulebook.models import Scale, TableReading
from thidua.year.rulebook.proposals import Proposal, guessed_columns, proposals
from thidua.year.rulebook.queries import copyable, core_scale

ROWS: list[list[Any]] = [
    ["KHỐI THI ĐUA SỐ 1", "", "", "", ""],
    ["STT", "Nội dung", "Điểm tối đa", "Cách chấm", "Ghi chú"],
    ["I", "NHIỆM VỤ CHUYÊN MÔN", 60, "", ""],
    ["1", "Giải ngân vốn đầu tư công", 30,
     "Từ 100% trở lên: 30 điểm; từ 90% đến dưới 100%: 20 điểm; dưới 90%: 10 điểm", "Sở Tài chính"],
    ["2", "Báo cáo đúng hạn", 30, "Mỗi lần chậm trừ 0,5 điểm, tối đa 10 điểm", ""],
    ["II", "PHONG TRÀO", 40, "", ""],
    ["1", "Sáng kiến", 6, "Mỗi sáng kiến được cộng 2 điểm, tối đa 6 điểm", ""],
    ["2", "Tổ chức phong trào", 34, "Có kế hoạch, có sơ kết", ""],
    ["", "TỔNG CỘNG", 100, "", ""],
]  # fmt: skip


def excel(rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("A1:E1")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word(rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=5)
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    table.cell(0, 0).merge(table.cell(0, 4))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def url(world: World, name: str, *more: int) -> str:
    return reverse(f"rulebook:{name}", args=[world.bloc_year.pk, *more])


def read(world: World, name: str, data: bytes) -> TableReading:
    return services.read_table(
        world.head, bloc_year=world.bloc_year, upload=(name, data), title="Thang điểm 2026"
    )


def test_a_draft_begins_from_nothing_with_name_period_and_base(world: World) -> None:
    row = services.start_blank(
        world.head, bloc_year=world.bloc_year, title="Thang điểm 2026", base=Fraction(1000)
    )

    scale = core_scale(row)
    assert (scale.name, scale.version, scale.header.base) == (
        "khoi-thi-dua-so-1-2026", "1", Fraction(1000),
    )  # fmt: skip
    assert scale.period is not None
    assert (scale.period.start, scale.period.end) == ("2026-01-01", "2026-12-31")
    assert scale.sections == ()


def test_last_years_scale_is_copied_and_its_days_move_with_the_year(world: World) -> None:
    text = scale_text(
        sections="- {code: I, label: Báo cáo năm 2025, kind: count, x: days_late, each: -1, "
        "cap: 100, due: 2025-12-15, max: 100}\n"
    )
    last = BlocYear.objects.create(
        jurisdiction=world.jurisdiction,
        bloc=world.bloc_year.bloc,
        year=2025,
        starts=date(2025, 1, 1),
        ends=date(2025, 12, 31),
    )
    row = load(world, text)
    Scale.objects.filter(pk=row.pk).update(
        bloc_year=last, adopted_at=row.created_at, adopted_on=date(2025, 2, 1)
    )
    source = Scale.objects.select_related("bloc_year").get(pk=row.pk)
    assert [one.pk for one in copyable(world.bloc_year)] == [row.pk]

    made = services.copy_scale(world.head, bloc_year=world.bloc_year, source=source)

    scale = core_scale(made)
    assert scale.sections[0].due == "2026-12-15"
    assert (scale.name, scale.version) == ("khoi-thi-dua-so-1-2026", "1")
    assert made.bloc_year_id == world.bloc_year.pk


def test_a_scale_of_another_bloc_is_copied_only_when_that_year_is_closed(world: World) -> None:
    row = load(world, scale_text())
    other = world.other_year
    assert other is not None
    Scale.objects.filter(pk=row.pk).update(
        bloc_year=other, adopted_at=row.created_at, adopted_on=date(2026, 2, 1)
    )
    source = Scale.objects.select_related("bloc_year").get(pk=row.pk)

    assert copyable(world.bloc_year) == []
    with pytest.raises(Refused) as caught:
        services.copy_scale(world.head, bloc_year=world.bloc_year, source=source)
    assert caught.value.findings[0].rule_id == "SCALE-10"

    other.closed_at = row.created_at
    other.save()
    source = Scale.objects.select_related("bloc_year").get(pk=row.pk)
    assert services.copy_scale(world.head, bloc_year=world.bloc_year, source=source).sequence == 1


def test_only_the_head_begins_a_draft(world: World) -> None:
    for act in (
        lambda: services.start_blank(
            world.officer, bloc_year=world.bloc_year, title="A", base=None
        ),
        lambda: services.read_table(
            world.officer, bloc_year=world.bloc_year, upload=("a.xlsx", excel()), title="A"
        ),
        lambda: services.start_blank(
            world.neighbour, bloc_year=world.bloc_year, title="A", base=None
        ),
    ):
        with pytest.raises(Refused):
            act()
    assert Scale.objects.count() == 0


def test_columns_are_guessed_by_their_headings() -> None:
    rows = [[str(cell) for cell in row] for row in ROWS]

    assert guessed_columns(rows) == (
        1, {0: "number", 1: "label", 2: "points", 3: "rule", 4: "note"},
    )  # fmt: skip


def test_the_reader_says_what_it_understood_of_each_line() -> None:
    rows = [[str(cell) for cell in row] for row in ROWS]
    found = proposals(rows, guessed_columns(rows)[1], first=2)

    assert [(one.level, one.code, one.use) for one in found] == [
        (1, "I", "line"), (2, "I.1", "line"), (2, "I.2", "line"), (1, "II", "line"),
        (2, "II.1", "line"), (2, "II.2", "line"), (1, "", "total"),
    ]  # fmt: skip
    assert [one.rule.get("kind") for one in found[:6]] == [
        None, "steps", "ledger", None, "count", None,
    ]  # fmt: skip
    assert [Proposal.of(one.stored()) for one in found] == found


@pytest.mark.parametrize(("name", "data"), [("b.xlsx", excel()), ("b.docx", word())])
def test_a_table_becomes_a_draft_when_every_line_is_confirmed(
    client: Client, world: World, name: str, data: bytes
) -> None:
    sign_in(client, "head")
    sent = {"file": SimpleUploadedFile(name, data), "title": "Thang điểm 2026"}
    answer = client.post(url(world, "table"), sent)
    reading = TableReading.objects.get()
    assert answer["Location"] == url(world, "columns", reading.pk)
    first = client.get(url(world, "columns", reading.pk)).content.decode()
    form = sent_from(first[first.index('class="panel stack"') :])
    assert (form["c1"], form["c2"]) == ("label", "points")
    client.post(url(world, "columns", reading.pk), form)

    page = client.get(url(world, "lines", reading.pk))
    assert "Máy hiểu: Mỗi sáng kiến được 2,0 điểm, tối đa 6,0 điểm." in shown(page)
    lines = sent_from(page.content.decode().split("<main", 1)[1])
    early = client.post(url(world, "lines", reading.pk), {**lines, "act": "make"})
    assert early.status_code == 422
    assert Scale.objects.count() == 0
    seen = {f"l{number}_ok": "on" for number in range(20) if f"l{number}_code" in lines}
    page = client.get(url(world, "lines", reading.pk))
    lines = sent_from(page.content.decode().split("<main", 1)[1])
    done = client.post(
        url(world, "lines", reading.pk),
        {**lines, **seen, "l1_label": "Giải ngân", "act": "make"},
    )

    row = Scale.objects.get()
    assert done["Location"] == url(world, "edit", row.pk)
    assert TableReading.objects.count() == 0
    index = core_scale(row).index()
    assert [node.code for node in core_scale(row).sections] == ["I", "II"]
    assert (index["I.1"].label, index["I.1"].kind) == ("Giải ngân", "steps")
    assert index["I.2"].kind == "ledger"


def test_two_lines_of_one_code_are_not_taken(client: Client, world: World) -> None:
    reading = read(world, "b.xlsx", excel())
    services.choose_columns(
        world.head, reading=reading, chosen=0, first=2,
        columns={0: "number", 1: "label", 2: "points"},
    )  # fmt: skip
    sign_in(client, "head")
    page = client.get(url(world, "lines", reading.pk))
    lines = sent_from(page.content.decode().split("<main", 1)[1])

    answer = client.post(url(world, "lines", reading.pk), {**lines, "l1_code": "I"})

    assert answer.status_code == 422
    assert "Mỗi dòng một mã riêng" in shown(answer)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml.document.main+xml")
        archive.writestr("word/document.xml", b"<a>" + b" " * (250 * 1024 * 1024))
    return out.getvalue()


def with_macros() -> bytes:
    out = io.BytesIO(excel())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def entity() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(word()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY x "y">]>', 1)
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"", "Tệp rỗng"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "Tệp có mật khẩu"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "đời cũ"),
        ("a.xlsx", with_macros(), "mã tự chạy"),
        ("a.docx", excel(), "đuôi .docx nhưng nội dung là Excel"),
        ("a.txt", "một bảng".encode(), "Chọn tệp Excel (.xlsx) hoặc Word (.docx)"),
        ("a.docx", bomb(), "Tệp nén quá nhiều dữ liệu"),
        ("a.docx", entity(), "Không đọc được tệp Word này"),
        ("a.xlsx", excel([["chỉ"], *[[f"dòng {n}"] for n in range(1200)]]),
         "Bảng dài hơn 1000 dòng"),
        ("a.docx", b"PK\x03\x04" + b"x" * 100, "Không mở được"),
    ],
)  # fmt: skip
def test_a_hostile_file_gets_clear_words_and_leaves_nothing(
    client: Client, world: World, name: str, data: bytes, words: str
) -> None:
    sent = {"file": SimpleUploadedFile(name, data), "title": "A"}

    answer = sign_in(client, "head").post(url(world, "table"), sent)

    assert answer.status_code == 422
    assert words in shown(answer)
    assert TableReading.objects.count() == 0


def test_a_word_file_without_a_table_is_refused(world: World) -> None:
    out = io.BytesIO()
    docx.Document().save(out)

    with pytest.raises(Refused) as caught:
        read(world, "a.docx", out.getvalue())

    assert str(caught.value) == "Tệp không có bảng nào. Chọn tệp có bảng điểm."
    assert caught.value.findings[0].rule_id == "SCALE-11"


def test_a_reading_of_another_bloc_does_not_exist(client: Client, world: World) -> None:
    reading = read(world, "b.xlsx", excel())

    answer = sign_in(client, "neighbour").get(
        reverse(
            "rulebook:columns", args=[world.other_year.pk if world.other_year else 0, reading.pk]
        )
    )

    assert answer.status_code == 404


def test_the_start_page_offers_every_way(client: Client, world: World) -> None:
    adopt(world)
    sign_in(client, "head")

    page = client.get(url(world, "start"))

    said = shown(page)
    for way in ("Chép thang điểm đã thông qua", "Từ bảng Excel hoặc Word", "Soạn từ đầu"):
        assert way in said
    form = {"title": "Thang điểm mới", "base": "100"}
    made = client.post(url(world, "blank"), form)
    assert made["Location"] == url(world, "edit", Scale.objects.order_by("-pk")[0].pk)
    source = Scale.objects.filter(adopted_at__isnull=False).get()
    copied = client.post(url(world, "copy"), {"source": str(source.pk)})
    assert copied.status_code == 303


def test_a_copy_within_the_year_bears_a_version_that_can_be_adopted(world: World) -> None:
    first = services.copy_scale(world.head, bloc_year=world.bloc_year, source=adopt(world))
    change = {"reason": "Công văn 12", "carry": "move"}
    first = services.adopt_scale(world.head, scale=first, adopted_on=date(2026, 5, 1), **change)

    again = services.copy_scale(world.head, bloc_year=world.bloc_year, source=first)
    line = {"code": "III", "label": "Thưởng", "kind": "count", "each": 1, "cap": 3, "part": "bonus"}
    again = services.add_line(world.head, scale=again, line=line).scale

    assert (first.version, again.version) == ("1", "2")
    assert services.adopt_scale(
        world.head, scale=again, adopted_on=date(2026, 6, 1), **change
    ).is_adopted


@pytest.mark.parametrize("name", ["blank", "copy"])
def test_a_beginning_reloaded_as_a_page_leads_to_where_one_begins(
    client: Client, world: World, name: str
) -> None:
    year = [world.bloc_year.pk]

    answer = sign_in(client, "head").get(reverse(f"rulebook:{name}", args=year))

    assert (answer.status_code, answer["Location"]) == (302, reverse("rulebook:start", args=year))
