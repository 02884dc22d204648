"""What stands on which page: numbers, trial mark, repeated heads, signatures kept together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from docx.section import Section as WordSection

from tests.platform.documents import samples
from tests.platform.documents.reading import open_pdf, open_word, outside, pdf_pages, word_text
from thidua.platform.documents.fit import SIDEWAYS_SIZES, fit
from thidua.platform.documents.model import (
    Align,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Signature,
    Table,
)
from thidua.platform.documents.pdf import to_pdf
from thidua.platform.documents.plan import sections_of
from thidua.platform.documents.word import to_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _orientation(section: WordSection) -> str | None:
    """What the file says of the direction of these pages; nothing means upright."""
    size = section._sectPr.pgSz
    return None if size is None else size.get(f"{W}orient")


@pytest.mark.parametrize("make", samples.ALL.values(), ids=samples.ALL.keys())
def test_nothing_is_printed_outside_the_margins(make: Callable[[], Document]) -> None:
    assert outside(to_pdf(make())) == []


def test_page_number_begins_on_page_two() -> None:
    pages = pdf_pages(to_pdf(samples.unit_sheet()))
    assert len(pages) == 3
    assert pages[0].startswith("ỦY BAN NHÂN DÂN")
    assert [page.split()[0] for page in pages[1:]] == ["2", "3"]


def test_word_hides_the_number_on_page_one_and_shows_it_after() -> None:
    word = open_word(to_word(samples.unit_sheet()))
    section = word.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_header._element.xml
    assert "PAGE" in section.header._element.xml


def test_trial_mark_is_on_every_page_of_the_pdf() -> None:
    pages = pdf_pages(to_pdf(samples.minutes()))
    assert [page.count("Bản thử") for page in pages] == [1] * len(pages)
    real = pdf_pages(to_pdf(replace(samples.minutes(), trial=False)))
    assert [page.count("Bản thử") for page in real] == [0] * len(real)


def test_trial_mark_is_in_every_header_of_the_word_file() -> None:
    word = open_word(to_word(samples.minutes()))
    assert len(word.sections) == 3
    headers = [section.header for section in word.sections]
    headers.append(word.sections[0].first_page_header)
    assert ["Bản thử" in header._element.xml for header in headers] == [True] * 4


def test_note_on_synthetic_values_is_printed_once() -> None:
    note = "° Giá trị minh họa, không phải số liệu thật."
    document = samples.minutes()
    assert " ".join(pdf_pages(to_pdf(document))).count(note) == 1
    assert word_text(to_word(document)).count(note) == 1
    assert note not in word_text(to_word(samples.pact()))


def test_wide_table_lies_on_its_side_and_the_rest_stays_upright() -> None:
    document = replace(samples.pact(), blocks=(Paragraph("Trước"), samples.score_table(9, 5)))
    assert [section.landscape for section in sections_of(document)] == [False, True]
    sizes = [page.get_size() for page in open_pdf(to_pdf(document))]
    assert sizes[0][0] < sizes[0][1]
    assert sizes[1][0] > sizes[1][1]
    word = open_word(to_word(document))
    assert [_orientation(part) for part in word.sections] == [None, "landscape"]


def test_twenty_units_are_split_into_groups_and_every_figure_is_printed() -> None:
    units = tuple(f"Đơn vị thành viên số {number}" for number in range(1, 21))
    rows = tuple(
        Row((str(line), f"Tiêu chí {line}", *(f"{line},{unit:02d}" for unit in range(1, 21))))
        for line in range(100, 130)
    )
    columns = (Column(6), Column(40), *(Column(12, Align.CENTER) for _ in units))
    table = Table(columns, (Row(("TT", "Nội dung", *units)),), rows)
    document = replace(samples.pact(), blocks=(table,))
    _, parts = fit(table, landscape=False)
    assert all(part.size >= SIDEWAYS_SIZES[-1] for part in parts)
    pdf = to_pdf(document)
    assert outside(pdf) == []
    for text in (" ".join(pdf_pages(pdf)), word_text(to_word(document))):
        figures = [figure for row in rows for figure in row.cells[2:]]
        assert [figure for figure in figures if text.count(str(figure)) != 1] == []
        assert [unit for unit in units if unit not in text] == []


def test_twenty_columns_of_figures_fit_one_page_width_at_the_least_size() -> None:
    columns = (Column(6), Column(30), *(Column(10, Align.CENTER) for _ in range(20)))
    row = Row(("1", "Tiêu chí", *(["961,5"] * 20)))
    head = Row(("TT", "Nội dung", *(f"ĐV {number}" for number in range(1, 21))))
    landscape, parts = fit(Table(columns, (head,), (row,)), landscape=False)
    assert (landscape, len(parts)) == (True, 1)
    assert sum(parts[0].widths) == pytest.approx(252)


def test_two_hundred_rows_repeat_the_head_on_every_page() -> None:
    rows = tuple(Row((str(number), f"Dòng {number} của bảng")) for number in range(1, 201))
    table = Table((Column(1), Column(9)), (Row(("TT", "Nội dung công việc")),), rows)
    document = replace(samples.pact(), blocks=(table,), signatures=())
    pages = pdf_pages(to_pdf(document))
    assert len(pages) > 4
    assert [page.count("TT Nội dung công việc") for page in pages] == [1] * len(pages)
    assert [
        text for text in (f"Dòng {n} của" for n in range(1, 201)) if text not in " ".join(pages)
    ] == []
    made = open_word(to_word(document)).tables[1]._tbl
    heads = [row for row in made.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(heads) == 1
    assert made.find(f"{W}tr") is heads[0]


def test_every_word_cell_has_its_width_and_rows_stay_whole() -> None:
    body = open_word(to_word(samples.minutes())).element.body
    cells = list(body.iter(f"{W}tc"))
    assert len(cells) > 300
    assert [cell for cell in cells if cell.find(f"{W}tcPr/{W}tcW") is None] == []
    for table in body.iter(f"{W}tbl"):
        total = sum(int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol"))
        for row in table.iter(f"{W}tr"):
            widths = [int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in row.iter(f"{W}tc")]
            assert sum(widths) == pytest.approx(total, abs=len(widths) * 2)


@pytest.mark.parametrize("lines", range(0, 36, 5))
def test_seven_signatures_are_never_split_over_pages(lines: int) -> None:
    sample = samples.pact()
    document = replace(sample, blocks=(Paragraph("dòng\n" * lines), sample.blocks[-1]))
    names = ("Họ và tên một", "Họ và tên hai", "Họ tên Sở Du lịch", "Họ và tên bảy")
    pages = pdf_pages(to_pdf(document))
    holding = [[name in page for name in names] for page in pages]
    assert [True] * 4 in holding
    assert sum(any(held) for held in holding) == 1


def test_thirty_signers_go_on_over_pages_without_loss() -> None:
    signers = tuple(Signature((f"Giám đốc đơn vị {n}",), f"Người ký {n:02d}") for n in range(30))
    document = replace(samples.pact(), blocks=(), signatures=signers)
    pdf = to_pdf(document)
    assert outside(pdf) == []
    text = " ".join(pdf_pages(pdf))
    assert [n for n in range(30) if f"Người ký {n:02d}" not in text] == []


def test_last_words_stand_with_the_signature() -> None:
    for lines in range(30, 44):
        document = replace(
            samples.unit_sheet(), blocks=(Paragraph("dòng\n" * lines), Paragraph("Hết lời./."))
        )
        pages = pdf_pages(to_pdf(document))
        assert "Hết lời./." in next(page for page in pages if "PHÓ GIÁM ĐỐC" in page)


def test_closing_total_never_stands_alone_on_a_page() -> None:
    for count in range(20, 50):
        rows = tuple(Row((str(n), f"Dòng số {n}.")) for n in range(1, count))
        total = Row((Cell("Tổng điểm", span=2),), RowKind.TOTAL)
        table = Table((Column(1), Column(9)), (Row(("TT", "Nội dung")),), (*rows, total))
        pages = pdf_pages(to_pdf(replace(samples.pact(), blocks=(table,), signatures=())))
        held = next(page for page in pages if "Tổng điểm" in page)
        assert f"Dòng số {count - 1}." in held


def _numbered(count: int, *, whole: bool = False) -> Table:
    rows = tuple(Row((str(n), f"Dòng số {n}.")) for n in range(1, count + 1))
    return Table((Column(1), Column(9)), (Row(("TT", "Nội dung")),), rows, whole=whole)


@pytest.mark.parametrize("note", ["", "Ghi chú cuối."])
def test_the_end_under_a_table_is_kept_with_its_last_row(note: str) -> None:
    for count in range(14, 40):
        document = replace(samples.unit_sheet(), blocks=(_numbered(count),), footer_note=note)
        pages = pdf_pages(to_pdf(document))
        held = next(page for page in pages if "PHÓ GIÁM ĐỐC" in page)
        assert f"Dòng số {count}." in held
        assert note in held


def test_a_note_is_kept_with_the_signatures_above_it() -> None:
    for lines in range(28, 44):
        blocks = (Paragraph("dòng\n" * lines), Paragraph("Hết lời./."))
        document = replace(samples.unit_sheet(), blocks=blocks, footer_note="Ghi chú cuối.")
        pages = pdf_pages(to_pdf(document))
        assert "PHÓ GIÁM ĐỐC" in next(page for page in pages if "Ghi chú cuối." in page)


def test_a_short_whole_table_stands_on_one_page() -> None:
    for lines in range(5, 35):
        blocks = (Paragraph("dòng\n" * lines), _numbered(6, whole=True), Paragraph("Hết."))
        pages = pdf_pages(to_pdf(replace(samples.unit_sheet(), blocks=blocks)))
        held = next(page for page in pages if "Dòng số 1." in page)
        assert [n for n in range(1, 7) if f"Dòng số {n}." not in held] == []


def test_a_longer_table_goes_on_with_three_rows_and_its_head_on_each_side() -> None:
    broken = 0
    for lines in range(5, 35):
        blocks = (Paragraph("dòng\n" * lines), _numbered(9, whole=True), Paragraph("Hết."))
        pages = pdf_pages(to_pdf(replace(samples.unit_sheet(), blocks=blocks)))
        held = [page for page in pages if "Dòng số" in page]
        assert [page for page in held if "Nội dung" not in page] == []
        assert [page for page in held if page.count("Dòng số") < 3] == []
        broken += len(held) > 1
    assert broken > 3


def test_a_paragraph_that_announces_stands_with_what_follows() -> None:
    for lines in range(30, 46):
        told = (Paragraph("Suy tôn đề nghị tặng Cờ thi đua:"), Bullets(("Sở A.", "Sở B.")))
        blocks = (Paragraph("dòng\n" * lines), *told, Paragraph("Hết."))
        pages = pdf_pages(to_pdf(replace(samples.unit_sheet(), blocks=blocks)))
        assert "Sở A." in next(page for page in pages if "Suy tôn" in page)


def test_a_heading_and_its_words_stand_with_the_table_they_lead_to() -> None:
    for lines in range(24, 46):
        led = (Heading("5. Khoảng điểm", level=3), Paragraph("Mức nào đạt được.", keep=True))
        blocks = (Paragraph("dòng\n" * lines), *led, _numbered(3), Paragraph("Hết."))
        pages = pdf_pages(to_pdf(replace(samples.unit_sheet(), blocks=blocks)))
        held = next(page for page in pages if "Khoảng điểm" in page)
        assert "Mức nào" in held
        assert "Dòng số 1." in held
    word = open_word(to_word(replace(samples.unit_sheet(), blocks=blocks)))
    kept = {one.text: one.paragraph_format.keep_with_next for one in word.paragraphs}
    assert kept["Mức nào đạt được."] is True


def test_words_below_a_last_table_stand_with_its_last_rows_and_the_signature() -> None:
    for count in range(8, 40):
        words = (Paragraph("Dấu một."), Paragraph("Dấu hai."))
        document = replace(samples.unit_sheet(), blocks=(_numbered(count), *words))
        pages = pdf_pages(to_pdf(document))
        held = next(page for page in pages if "PHÓ GIÁM ĐỐC" in page)
        wanted = [f"Dòng số {n}." for n in range(count - 2, count + 1)]
        assert [one for one in (*wanted, "Dấu một.", "Dấu hai.") if one not in held] == []


def test_a_whole_table_longer_than_a_page_repeats_its_head() -> None:
    blocks = (_numbered(90, whole=True), Paragraph("Hết."))
    pages = pdf_pages(to_pdf(replace(samples.unit_sheet(), blocks=blocks)))
    with_rows = [page for page in pages if "Dòng số" in page]
    assert len(with_rows) > 1
    assert [page for page in with_rows if "Nội dung" not in page] == []
    text = " ".join(pages)
    assert [n for n in range(1, 91) if f"Dòng số {n}." not in text] == []


def test_word_keeps_every_row_of_a_whole_table_with_the_next() -> None:
    blocks = (_numbered(6, whole=True), Paragraph("Hết."), PageBreak())
    word = open_word(to_word(replace(samples.unit_sheet(), blocks=blocks)))
    table = next(one for one in word.tables if "Dòng số 1." in one._element.xml)
    kept = [row.cells[1].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True] * 6 + [None]


def test_page_breaks_beside_a_landscape_section_make_no_empty_page() -> None:
    wide = Landscape((PageBreak(), Paragraph("Giữa"), PageBreak()))
    document = replace(
        samples.pact(), blocks=(Paragraph("Đầu"), PageBreak(), wide, Paragraph("Cuối"))
    )
    pages = pdf_pages(to_pdf(document))
    assert len(pages) == 3
    assert pages[1] == "2 Giữa"
    assert word_text(to_word(document)).endswith("Đầu Giữa Cuối")
