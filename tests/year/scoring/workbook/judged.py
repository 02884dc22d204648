"""What the pages say of a file: a refusal, or a comparison with its troubles."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.build import World
from tests.year.scoring.workbook.filling import sent
from thidua.year.scoring.models import Entry, SheetUpload


def refused(client: Client, world: World, data: bytes, *, name: str = "tu-cham.xlsx") -> str:
    """The sentence with which the file is refused; nothing of it is kept or applied."""
    uploads, entries = SheetUpload.objects.count(), Entry.objects.count()
    answer = sent(client, world, data, name=name)
    assert answer.status_code == 422
    assert (SheetUpload.objects.count(), Entry.objects.count()) == (uploads, entries)
    (finding,) = answer.context["findings"]
    return str(finding.words)


def page_of(client: Client, world: World, data: bytes) -> Any:
    """The comparison page of a file that is taken."""
    answer = sent(client, world, data)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.context["page"]


def troubles(client: Client, world: World, data: bytes) -> list[str]:
    """What the page says of lines that cannot be accepted; the others can."""
    return [words for one in page_of(client, world, data).troubled for words in one.troubles]


def keys(page: Any) -> list[str]:
    return [row.found.key for row in page.rows]
