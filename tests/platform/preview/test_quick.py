"""Quick views: pages as pictures, Word and Excel as text; hostile files end in words."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from random import Random

import openpyxl
import pypdf
import pytest
import xlsxwriter
from docx import Document

from tests.platform.documents.samples import pact
from tests.platform.files.corpus import docx, pdf, zipped
from thidua.platform.documents.pdf import to_pdf
from thidua.platform.documents.word import to_word
from thidua.platform.preview import quick
from thidua.platform.preview.picture import to_png
from thidua.platform.preview.quick import NotShown

PACT = to_pdf(pact())


def kept(folder: Path, content: bytes) -> Path:
    """The content as a file."""
    path = folder / "tep"
    path.write_bytes(content)
    return path


def locked(content: bytes, user: str, owner: str) -> bytes:
    """The PDF with a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(user, owner, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_pdf_tells_its_pages_and_the_letters_on_one(tmp_path: Path) -> None:
    path = kept(tmp_path, PACT)

    assert quick.page_count(path) == len(pypdf.PdfReader(io.BytesIO(PACT)).pages)
    assert "GIAO ƯỚC THI ĐUA" in quick.page_letters(path, page=1)


@pytest.mark.parametrize(("width", "across"), [(1240, 1240), (1, 200), (99_999, 2400)])
def test_a_page_is_a_picture_of_a_bounded_width(tmp_path: Path, width: int, across: int) -> None:
    made = quick.page_picture(kept(tmp_path, PACT), page=1, width=width)

    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert abs(int.from_bytes(made[16:20], "big") - across) <= 1


@pytest.mark.parametrize("page", [0, 2, 99_999])
def test_a_page_that_is_not_there_is_told(tmp_path: Path, page: int) -> None:
    with pytest.raises(NotShown) as caught:
        quick.page_picture(kept(tmp_path, PACT), page=page, width=800)
    assert caught.value.words == "Tệp không có trang này."


def test_a_password_is_told_but_a_mere_ban_on_printing_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotShown) as caught:
        quick.page_count(kept(tmp_path, locked(PACT, "bi mat", "bi mat")))
    assert caught.value.code == quick.LOCKED

    opened = locked(PACT, "", "bi mat")
    assert quick.page_count(kept(tmp_path, opened)) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ", pdf(), PACT[: len(PACT) // 2], b"%PDF-1.7\n" + bytes(range(256)) * 50],
)
def test_what_is_no_whole_pdf_ends_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NotShown) as caught:
        quick.page_picture(kept(tmp_path, content), page=1, width=800)
    assert caught.value.words in (quick.NOT_SHOWN, "Tệp không có trang này.")


def test_a_page_of_half_a_kilometre_is_drawn_small(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=14_000, height=1_400_000)
    made = io.BytesIO()
    writer.write(made)
    picture = quick.page_picture(kept(tmp_path, made.getvalue()), page=1, width=2400)

    across, down = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (across, down) == (300, 30_000)


def test_word_is_shown_as_text_and_tables_in_order(tmp_path: Path) -> None:
    told = quick.word(kept(tmp_path, to_word(pact())))

    kinds = [block["kind"] for block in told["blocks"]]
    assert (kinds[0], told["cut"]) == ("table", False)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told["blocks"][0]["rows"][0][2]
    assert "GIAO ƯỚC THI ĐUA" in [block.get("text") for block in told["blocks"]]


def test_word_shows_what_stands_not_what_was_deleted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>còn</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> thêm</w:t></w:r></w:ins></w:p>"
        "<w:p><w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r></w:p>"
    )
    told = quick.word(kept(tmp_path, word_of(body)))

    assert [block["text"] for block in told["blocks"]] == ["còn thêm", "<script>alert(1)</script>"]


def word_of(body: str) -> bytes:
    """A Word file with this body, on the parts of an empty one."""
    empty = io.BytesIO()
    Document().save(empty)
    main = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    with zipfile.ZipFile(empty) as parts:
        held: dict[str, bytes | str] = {name: parts.read(name) for name in parts.namelist()}
    return zipped(held | {"word/document.xml": main})


def test_a_word_file_of_ten_thousand_paragraphs_is_cut(tmp_path: Path) -> None:
    told = quick.word(kept(tmp_path, word_of("<w:p><w:r><w:t>dòng</w:t></w:r></w:p>" * 10_000)))

    assert (len(told["blocks"]), told["cut"]) == (600, True)


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" * 50_000,
        '<!DOCTYPE l [<!ENTITY a "aaaa">]><w:p/>',
        "",
    ],
)
def test_a_word_file_that_is_none_ends_in_words(tmp_path: Path, body: str) -> None:
    content = word_of(body) if body else docx()
    with pytest.raises(NotShown) as caught:
        quick.word(kept(tmp_path, content))
    assert caught.value.words == quick.NOT_SHOWN


def test_excel_is_shown_as_tables_of_text_and_a_formula_is_never_run(tmp_path: Path) -> None:
    told = quick.excel(kept(tmp_path, book({"A1": "=1+1", "B2": "961,5"})))

    assert [(one["name"], one["rows"]) for one in told["sheets"]] == [
        ("Bảng", [["=1+1", ""], ["", "961,5"]])
    ]


def test_a_formula_that_nobody_computed_is_told_and_an_empty_text_is_not(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page["A1"], page["B1"], page["A3"] = 2, "=A1*2", "=SUM(A1:A2)"
    target = io.BytesIO()
    made.save(target)
    told = quick.excel(kept(tmp_path, target.getvalue()))["sheets"][0]
    assert told["rows"] == [["2", "công thức chưa tính"], [], ["công thức chưa tính"]]

    computed = io.BytesIO()
    workbook = xlsxwriter.Workbook(computed, {"in_memory": True})
    page = workbook.add_worksheet("Bảng")
    page.write_formula("A1", '=IF(1,"","x")', None, "rỗng")
    page.write_formula("B1", "=2*2", None, 4)
    workbook.close()
    with zipfile.ZipFile(computed) as parts:  # Excel writes an empty text so
        whole = {name: parts.read(name) for name in parts.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    whole[sheet] = whole[sheet].replace("<v>rỗng</v>".encode(), b"<v></v>")
    told = quick.excel(kept(tmp_path, zipped(whole)))["sheets"][0]
    assert told["rows"] == [["", "4"]]


def book(cells: Mapping[str, str], *, rows: int = 0) -> bytes:
    """A spreadsheet whose cells are all text."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True})
    page = workbook.add_worksheet("Bảng")
    for place, words in cells.items():
        page.write_string(place, words)
    for row in range(rows):
        page.write_string(row, 0, "x")
    workbook.close()
    return made.getvalue()


def test_a_long_table_is_cut_and_a_far_cell_asks_for_nothing(tmp_path: Path) -> None:
    long = quick.excel(kept(tmp_path, book({}, rows=5_000)))["sheets"][0]
    assert (len(long["rows"]), long["cut"]) == (200, True)

    with pytest.raises(NotShown):
        quick.excel(kept(tmp_path, book({"A1": "x", "XFD1048576": "y"})))


def test_the_process_that_opens_files_knows_nothing_of_the_installation() -> None:
    assert set(quick._surroundings()) <= {"PATH", "SYSTEMROOT", "PYTHONPATH", "PYTHONUTF8"}


def test_a_scan_that_stays_large_is_shown_in_few_colours_and_a_seal_stays_red() -> None:
    noise, side = Random(4), 700  # made-up pixels
    pixels = bytearray(noise.randbytes(side * side * 3))
    pixels[:3] = bytes((255, 0, 0))
    made = to_png(bytes(pixels), width=side, height=side, stride=side * 3)

    kind, palette = made[25], made[made.index(b"PLTE") + 4 :]
    body = made.index(b"IDAT")
    size = int.from_bytes(made[body - 4 : body], "big")
    first = zlib.decompress(made[body + 4 : body + 4 + size])[1]
    assert (kind, palette[3 * first : 3 * first + 3]) == (3, bytes((255, 0, 0)))


def test_a_plain_page_keeps_its_colours_to_an_eye() -> None:
    made = to_png(bytes((250, 128, 3)) * 4, width=2, height=2, stride=6)
    body = made.index(b"IDAT")
    row = zlib.decompress(made[body + 4 :])[1:4]

    assert all(abs(shown - given) <= 5 for shown, given in zip(row, (250, 128, 3), strict=True))
