"""A library to test with: a world whose scale is adopted, files as officials name them."""

from __future__ import annotations

import io
from datetime import date

from tests.build import World
from tests.platform.documents.samples import pact
from thidua.platform.documents.pdf import to_pdf
from thidua.platform.files.services import store
from thidua.registry.actor import Actor
from thidua.year.progress import services
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.services import Loaded, Paper

PACT = to_pdf(pact())
NAME = "27-BC-SS2 05.11.2026 Báo cáo năm.pdf"
DAY = date(2026, 6, 30)


def load(
    world: World, content: bytes = PACT, *, name: str = NAME, by: Actor | None = None,
    request_id: str = "",
) -> Loaded:  # fmt: skip
    """A file into the library of unit 2."""
    return services.load_evidence(
        by or world.officer,
        bloc_year=world.bloc_year,
        unit=world.units[1],
        file=store(io.BytesIO(content), name=name),
        name=name,
        request_id=request_id,
    )


def add(
    world: World, subject: str = "Báo cáo năm", *, issued_on: date | None = DAY
) -> EvidenceDocument:
    """A document without a file."""
    return services.add_evidence(
        world.officer,
        bloc_year=world.bloc_year,
        unit=world.units[1],
        paper=Paper(subject=subject, number="12/BC-SS2", issued_on=issued_on),
    )


def address(world: World, rest: str = "") -> str:
    """The address of the library of unit 2."""
    return f"/nam/{world.bloc_year.pk}/tien-do/{world.units[1].pk}/minh-chung/{rest}"
