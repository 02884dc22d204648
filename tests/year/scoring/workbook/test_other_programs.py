"""Files saved by other programs, and sheets that were sent or returned meanwhile."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.build import World
from tests.year.scoring.browse import signed_in
from tests.year.scoring.build import REASON, fill
from tests.year.scoring.workbook.filling import (
    MAIN,
    column_of,
    downloaded,
    filled,
    opened_book,
    row_of,
)
from tests.year.scoring.workbook.judged import keys, page_of, refused
from tests.year.scoring.workbook.reckon import saved_by_office
from thidua.year.scoring.models import Sheet

Sheets = dict[int, Sheet]
Change = Callable[[Any], None]


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world.officer)


# --- other programs


@pytest.mark.once
def test_a_file_saved_by_libreoffice_comes_back_the_same(
    world: World, sheets: Sheets, officer: Client, tmp_path: Path
) -> None:
    fill(world.officer, sheets[2])
    data = downloaded(officer, world)
    untouched = saved_by_office(tmp_path / "a", data)
    touched = saved_by_office(
        tmp_path / "b", filled(data, {("III", "Kết quả"): 2, ("II.1", "Lý do"): REASON + " mới"})
    )

    assert page_of(officer, world, untouched).rows == ()
    assert keys(page_of(officer, world, touched)) == ["II.1", "III"]


def as_google_saves(data: bytes) -> bytes:
    """The table as Google writes one: figures with ".0", empty styled rows far down, no shared
    places of the book, the very hidden sheet only hidden."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name).decode() if name.endswith(".xml") else old.read(name)
            if isinstance(part, str) and name.startswith("xl/worksheets/"):
                part = re.sub(r"<v>(\d+)</v></c>", _with_point, part)
                empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(900, 1000))
                part = part.replace("</sheetData>", f"{empty}</sheetData>")
            new.writestr(name, part)
    return target.getvalue()


def _with_point(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    is_text = 't="s"' in before[before.rfind("<c ") :]
    return found.group() if is_text else f"<v>{found.group(1)}.0</v></c>"


def test_a_file_saved_by_google_comes_back_the_same(
    world: World, sheets: Sheets, officer: Client
) -> None:
    fill(world.officer, sheets[2])
    data = downloaded(officer, world)

    assert page_of(officer, world, as_google_saves(data)).rows == ()
    touched = as_google_saves(filled(data, {("III", "Kết quả"): 2}))
    assert keys(page_of(officer, world, touched)) == ["III"]


def test_after_a_return_only_the_returned_line_can_be_taken(
    world: World, sheets: Sheets, officer: Client
) -> None:
    from thidua.year.scoring.services import return_lines, submit_self_score

    fill(world.officer, sheets[2])
    early = downloaded(officer, world)
    submit_self_score(world.officer, sheet=sheets[2])
    assert refused(officer, world, early).startswith("Bảng đã gửi thẩm định.")
    return_lines(world.verifier, sheet=sheets[2], reasons={"II.1": "Thiếu căn cứ"})

    data = downloaded(officer, world)
    page = opened_book(data)[MAIN]
    rows = [row_of(page, key) for key in ("II.1", "III")]
    open_cells = [page.cell(rows[0], column_of(page, "Tự chấm")),
                  page.cell(rows[1], column_of(page, "Kết quả"))]  # fmt: skip
    assert [cell.protection.locked for cell in open_cells] == [False, True]
    found = page_of(officer, world, filled(data, {("II.1", "Tự chấm"): 17, ("III", "Kết quả"): 2}))
    assert keys(found) == ["II.1"]
    assert [one.troubles for one in found.troubled] == [
        ("Dòng 10, cột Kết quả: dòng này không bị trả lại nên không sửa được nữa.",)
    ]


def test_a_sheet_that_was_sent_gives_no_workbook_to_fill_in(
    world: World, sheets: Sheets, officer: Client
) -> None:
    from tests.year.scoring.browse import address
    from thidua.year.scoring.services import submit_self_score

    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])

    answer = officer.get(address("workbook_file", world, 2))

    assert answer.status_code == 303
    assert answer.headers["Location"] == address("sheet", world, 2)
