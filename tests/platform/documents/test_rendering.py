"""The files themselves: same data same bytes, hostile text stays text, fonts, properties."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.platform.documents import samples
from tests.platform.documents.reading import open_word, outside, pdf_pages, word_text
from thidua.platform.documents.fonts import Font, chosen_font, own_serif
from thidua.platform.documents.model import (
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Letterhead,
    NumberLine,
    Paragraph,
    Row,
    Signature,
    Table,
)
from thidua.platform.documents.pdf import RenderError, to_pdf
from thidua.platform.documents.text import clean
from thidua.platform.documents.word import to_word

HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/x:0.1.0": *',
    "*đậm* _nghiêng_ `mã` $x^2$ <b>thẻ</b> @nhãn <nhãn>",
    "- gạch đầu dòng",
    "+ số",
    "= tiêu đề",
    "/ mục: x",
    "// chú thích /* cũng vậy */",
    "\\ & < > \" ' ~ -- --- ... [ ] { } ( )",
    "&amp; &#x41; <!-- --> ]]>",
    "{{ 7*7 }} {% if %} ${jndi:ldap}",
    "=1+1",
    "{ PAGE }",
)
VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệ"
SIGNS = "0123456789 .,;:!?()[]{}<>#$%&*_`~@^+=|\\/\"'-"


def hostile_document(text: str) -> Document:
    """A document that carries the text in every place a person can type into."""
    return Document(
        letterhead=Letterhead(text, text),
        number_line=NumberLine("BB", text),
        place=text,
        dated=date(2026, 11, 20),
        kind_name=text,
        subject=text,
        addressees=(text, text),
        basis=(text,),
        blocks=(
            Heading(text),
            Paragraph(text),
            Bullets((text,)),
            Table((Column(1), Column(1)), (Row((text, text)),), (Row((Cell(text), text)),)),
        ),
        signatures=(Signature((text,), text),),
        recipients=(text,),
        footer_note=text,
    )


def bare(text: str) -> str:
    """Letters only: where a line breaks is not the text's business."""
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("make", samples.ALL.values(), ids=samples.ALL.keys())
def test_same_document_gives_the_same_bytes(make: Callable[[], Document]) -> None:
    assert to_pdf(make()) == to_pdf(make())
    assert to_word(make()) == to_word(make())


def test_same_bytes_in_another_process_on_another_day() -> None:
    program = (
        "import hashlib; from tests.platform.documents.samples import minutes;"
        "from thidua.platform.documents.fonts import own_serif;"
        "from thidua.platform.documents.pdf import to_pdf;"
        "from thidua.platform.documents.word import to_word;"
        "made = to_pdf(minutes(), font=own_serif()) + to_word(minutes());"
        "print(hashlib.sha256(made).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=environment
    )
    made = to_pdf(samples.minutes(), font=own_serif()) + to_word(samples.minutes())
    assert done.stdout.decode().strip() == hashlib.sha256(made).hexdigest()


def test_documents_need_no_django() -> None:
    program = (
        "import sys, thidua.platform.documents.pdf, thidua.platform.documents.word;"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_both_formats(text: str) -> None:
    document = hostile_document(text)
    pdf = to_pdf(document)
    printed = bare(" ".join(pdf_pages(pdf)))
    written = bare(word_text(to_word(document)))
    # cells 4 to 9 keep the case; the names of bodies and types are in capitals
    for copy in (printed, written):
        assert copy.count(bare(text).rstrip(";.")) >= 11
        assert bare(text.upper()) in copy
    assert outside(pdf) == []


@settings(max_examples=40, deadline=None)
@given(st.text(VIETNAMESE + SIGNS, min_size=1, max_size=60))
def test_any_vietnamese_text_and_signs_come_out_letter_by_letter(text: str) -> None:
    document = replace(samples.pact(), blocks=(Paragraph(text),), footer_note=text)
    for copy in (" ".join(pdf_pages(to_pdf(document))), word_text(to_word(document))):
        assert bare(copy).count(bare(clean(text))) >= (2 if bare(text) else 0)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_unicode_text_is_printed_without_an_error(text: str) -> None:
    document = hostile_document(text)
    assert to_pdf(document)[:5] == b"%PDF-"
    assert bare(clean(text)).upper() in bare(word_text(to_word(document))).upper()


def test_decomposed_vietnamese_is_printed_composed() -> None:
    decomposed = "Thu\u031b\u0300a Thie\u0302n Hue\u0302\u0301"
    document = replace(samples.pact(), blocks=(Paragraph(decomposed),))
    assert "Thừa Thiên Huế" in pdf_pages(to_pdf(document))[0]
    assert "Thừa Thiên Huế" in word_text(to_word(document))


def test_word_longer_than_the_line_is_broken_not_cut() -> None:
    word = "Nghiêng" * 60
    table = Table((Column(1), Column(1)), (), (Row((word, "b")),))
    document = replace(samples.pact(), blocks=(Paragraph(word), table))
    pdf = to_pdf(document)
    assert outside(pdf) == []
    assert bare(" ".join(pdf_pages(pdf))).count(word) == 2


def test_pdf_is_archivable_tagged_and_carries_the_documents_own_date() -> None:
    file = pypdf.PdfReader(io.BytesIO(to_pdf(samples.minutes())))
    catalog: Any = file.trailer["/Root"]
    assert bool(catalog["/MarkInfo"]["/Marked"])
    assert catalog["/Lang"] == "vi-VN"
    metadata = catalog["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    about = file.metadata or pypdf.DocumentInformation()
    assert (about.title or "").startswith("Biên bản Hội nghị tổng kết")
    assert about.creation_date == datetime(2018, 1, 12, tzinfo=UTC)


def test_sign_the_font_has_not_got_gives_an_ordinary_pdf_and_not_an_error() -> None:
    document = replace(samples.pact(), blocks=(Paragraph("Một 😀 hai 漢"),))
    pdf = to_pdf(document)
    assert "Một" in pdf_pages(pdf)[0]
    assert b"pdfaid:part" not in pdf


def test_unknown_font_is_an_error_and_never_silently_another_one() -> None:
    wrong = Font("Không Có Phông Này", None, fallback=False, faces=own_serif().faces)
    with pytest.raises(RenderError):
        to_pdf(samples.pact(), font=wrong)


def test_without_a_times_font_typsts_own_serif_prints_the_same_words() -> None:
    own = own_serif()
    assert own.fallback
    assert own.words.startswith("Máy chủ chưa có phông Times New Roman")
    pdf = to_pdf(samples.minutes(), font=own)
    assert outside(pdf) == []
    words = " ".join(pdf_pages(pdf))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert "Hội nghị kết thúc hồi 11 giờ 30 phút cùng ngày./." in words


def test_chosen_font_reads_the_products_own_folder_first(tmp_path: Path) -> None:
    found = chosen_font()
    if found.fallback:
        pytest.skip("no Times-metric font on this machine to copy from")
    assert found.folder is not None
    for file in found.folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    own = chosen_font(tmp_path)
    assert (own.family, own.folder) == (found.family, tmp_path)
    assert to_pdf(samples.pact(), font=own) == to_pdf(samples.pact(), font=found)


def test_product_prints_with_the_font_in_its_own_data_folder(tmp_path: Path) -> None:
    found = chosen_font()
    if found.fallback or found.folder is None:
        pytest.skip("no Times-metric font on this machine to copy from")
    own = tmp_path / "fonts" / "tinos"
    own.mkdir(parents=True)
    for file in found.folder.iterdir():
        (own / file.name).write_bytes(file.read_bytes())
    program = (
        "import django; django.setup();"
        "from thidua.platform.documents.fonts import chosen_font; print(chosen_font().folder)"
    )
    environment = {
        **os.environ,
        "THIDUA_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "thidua.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=environment
    )
    assert done.stdout.decode().strip() == str(own)


def test_folder_without_a_whole_family_is_passed_over(tmp_path: Path) -> None:
    found = chosen_font()
    for file in (found.folder or tmp_path).glob("*Serif-Regular.ttf"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert chosen_font(tmp_path / ".") == found


def test_word_file_says_whose_it_is_and_nothing_of_the_machine() -> None:
    data = to_word(samples.minutes())
    core = open_word(data).core_properties
    assert (core.author, core.last_modified_by, core.language) == ("Sở Y tế", "Sở Y tế", "vi-VN")
    assert core.title.startswith("Biên bản Hội nghị tổng kết")
    assert core.comments == ""
    assert core.created == core.modified == datetime(2018, 1, 12, tzinfo=UTC)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        styles = archive.read("word/styles.xml").decode()
    defaults = styles[styles.index("<w:docDefaults") : styles.index("</w:docDefaults>")]
    for attribute in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert f'w:{attribute}="Times New Roman"' in defaults
    assert 'w:lang w:val="vi-VN"' in defaults


@pytest.mark.parametrize("make", samples.ALL.values(), ids=samples.ALL.keys())
def test_both_formats_say_the_same_words(make: Callable[[], Document]) -> None:
    document = make()
    printed = sorted(set(" ".join(pdf_pages(to_pdf(document))).split()) - {"Bản", "thử"})
    written = sorted(set(word_text(to_word(document)).split()) - {"Bản", "thử"})
    pages = {str(number) for number in range(2, 10)}
    assert set(printed) - set(written) <= pages
    assert set(written) - set(printed) == set()


def test_row_with_too_many_cells_is_the_callers_error() -> None:
    table = Table((Column(1),), (), (Row(("một", "hai")),))
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        to_word(replace(samples.pact(), blocks=(table,)))
