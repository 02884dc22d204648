"""What a file's name plainly says, and lines typed with their pages."""

from __future__ import annotations

from datetime import date

import pytest

from thidua.year.progress.placing import Place, page_words, read_places
from thidua.year.progress.proposing import Proposed, propose

UNITS = ("Sở Y tế", "Sở Khoa học và Công nghệ", "Ban Dân tộc")
DAY = date(2017, 12, 12)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "312-BC-SKHCN 12.12.2017 Báo cáo kết quả năm.pdf",
            ("312/BC-SKHCN", DAY, "Sở Khoa học và Công nghệ", "Báo cáo kết quả năm"),
        ),
        ("20171212_312_BC-SYT_bao cao.pdf", ("312/BC-SYT", DAY, "Sở Y tế", "Bao cao")),
        ("QD_1307_QD-UBND_ngay 12-12-2017.pdf", ("1307/QĐ-UBND", DAY, "", "Quyết định")),
        (
            "Số 45.KH-SYT ngày 12 tháng 12 năm 2017 Kế hoạch.docx",
            ("45/KH-SYT", DAY, "Sở Y tế", "Kế hoạch"),
        ),
        ("312_SYT-NVY.pdf", ("312/SYT-NVY", None, "Sở Y tế", "312 SYT-NVY")),
        ("12_QĐ_BDT.pdf", ("12/QĐ-BDT", None, "Ban Dân tộc", "Quyết định")),
        ("Ba\u0301o ca\u0301o nă\u006d.pdf", ("", None, "", "Báo cáo năm")),
    ],
)
def test_a_plain_name_says_number_day_issuer_and_subject(
    name: str, said: tuple[str, date | None, str, str]
) -> None:
    number, day, issuer, subject = said

    assert propose(name, units=UNITS) == Proposed(
        number=number, issued_on=day, issuer=issuer, subject=subject
    )


@pytest.mark.parametrize(
    "name",
    [
        "IMG_20171212_1234.jpg",
        "scan0001.pdf",
        "5 KPI.xlsx",
        "1. Kế hoạch.pdf",
        "..pdf",
        "31.02.2017",
    ],
)
def test_what_is_not_plain_is_not_proposed(name: str) -> None:
    said = propose(name, units=UNITS)

    assert (said.number, said.issued_on, said.issuer) == ("", None, "")
    assert said.subject


def test_initials_that_fit_two_offices_name_none() -> None:
    assert propose("1-BC-SYT.pdf", units=("Sở Y tế", "Sở Yên Thành")).issuer == ""


CODES = ("I", "I.1", "I.10", "II.3", "A7")


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("I.1 trang 4; II.3 tr. 7-9", [("I.1", "trang 4"), ("II.3", "trang 7-9")]),
        ("i.10: 5\nI.1 (4)", [("I.10", "trang 5"), ("I.1", "trang 4")]),
        ("I.1, mục II", [("I.1", "mục II")]),
        ("A7@2 trang 3", [("A7@2", "trang 3")]),
        (" ; ", []),
    ],
)
def test_lines_are_typed_with_their_pages(typed: str, places: list[tuple[str, str]]) -> None:
    assert read_places(typed, CODES) == ([Place(*one) for one in places], [])


@pytest.mark.parametrize("typed", ["X.9", "I.11 trang 4", "I.1.2", "trang 4"])
def test_a_piece_that_names_no_line_is_told(typed: str) -> None:
    assert read_places(f"I.1; {typed}", CODES) == ([Place("I.1")], [typed])


def test_a_bare_figure_is_a_page_and_other_words_stay() -> None:
    assert [page_words(one) for one in ("4", "tr 4 – 6", "Phụ lục 2", "")] == [
        "trang 4",
        "trang 4-6",
        "Phụ lục 2",
        "",
    ]
