"""Fills a workbook in as an officer would, offline, with a program that is not ours."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.build import World
from tests.year.scoring.browse import address, posted

MAIN = "Bảng tự chấm"
HEADER = 3
Filling = Mapping[tuple[str, str], object]


def downloaded(client: Client, world: World, unit: int = 2) -> bytes:
    """The workbook as the page gives it."""
    response = client.get(address("workbook_file", world, unit))
    assert response.status_code == 200, response.headers
    return response.content


def opened_book(data: bytes, *, values: bool = False) -> Any:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def column_of(page: Any, head: str) -> int:
    """The column under a head, from 1."""
    return next(place for place, cell in enumerate(page[HEADER], 1) if cell.value == head)


def row_of(page: Any, key: str) -> int:
    """The row of a line, from 1."""
    return next(
        row for row in range(HEADER + 1, page.max_row + 1) if page.cell(row, 1).value == key
    )


def filled(data: bytes, cells: Filling) -> bytes:
    """The workbook with boxes filled in, by line and head."""

    def fill(page: Any) -> None:
        for (key, head), value in cells.items():
            page.cell(row_of(page, key), column_of(page, head)).value = value

    return changed(data, fill)


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook with its table changed at will."""
    book = opened_book(data)
    change(book[MAIN])
    return saved(book)


def sent(
    client: Client, world: World, data: bytes, *, unit: int = 2, name: str = "tu-cham.xlsx"
) -> Any:
    """The workbook brought back to the page; followed to the comparison when it is taken."""
    where = address("workbook", world, unit)
    response: Any = client.post(where, posted(file=SimpleUploadedFile(name, data)))
    if response.status_code == 303:
        return client.get(response.headers["Location"])
    return response


def accepted(client: Client, page: Any, *lines: str, everything: bool = False) -> Any:
    """The chosen lines of a comparison page accepted."""
    form = {"seen": page.context["page"].seen, "line": list(lines)}
    if everything:
        form["all"] = "1"
    return client.post(page.request["PATH_INFO"], posted(**form))
