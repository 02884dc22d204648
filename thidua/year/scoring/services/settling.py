"""Chốt số liệu lúc gửi: what the sheet took from registration and progress becomes its own.

Until a unit sends, targets and the newest results flow into its sheet. From the moment it sends, a
result recorded later or a target assigned anew must not change a number that people are verifying.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.year.progress.models import Citation
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.models import Entry, Sheet, Stage

FIGURES = ("target", "result", "value", "unit")


def settle(act: Act, desk: Desk, *, codes: Collection[str] | None = None) -> None:
    """Write the figures that stood on the sheet into its entries; typed figures stay.

    The evidence cited on its lines goes out with it and stays (EVIDENCE-4). `codes`: only of these
    lines, that close to the unit again; all without.
    """
    sheet = desk.sheet
    entries = {row.code: row for row in Entry.objects.filter(sheet=sheet, stage=Stage.SELF)}
    for code, base in desk.facts.base.get(sheet.pk, {}).items():
        if codes is not None and code not in codes:
            continue
        figures = {name: base[name] for name in FIGURES if name in base}
        if figures:
            _settle_line(act, desk, code, figures, entries.get(code))
    now = clock.now()
    cited = _citations(sheet).filter(sent_at=None)
    for citation in cited if codes is None else cited.filter(code__in=codes):
        act.change(citation, sent_at=now)


def release_evidence(act: Act, sheet: Sheet, *, codes: Collection[str] | None = None) -> None:
    """Let the unit take citations off again: those of the lines sent back; all without `codes`."""
    sent = _citations(sheet).exclude(sent_at=None)
    for citation in sent if codes is None else sent.filter(code__in=codes):
        act.change(citation, sent_at=None)


def _citations(sheet: Sheet) -> QuerySet[Citation]:
    """What the unit cites in the year of its sheet, in the order it was cited."""
    own = Citation.objects.filter(
        document__bloc_year_id=sheet.bloc_year_id, document__unit_id=sheet.unit_id
    )
    return own.select_for_update(of=("self",)).order_by("pk")


def _settle_line(
    act: Act, desk: Desk, code: str, figures: Mapping[str, object], entry: Entry | None
) -> None:
    if entry is not None:
        settled = {**figures, **entry.inputs}
        if settled != entry.inputs:
            act.change(entry, inputs=settled, version=entry.version + 1)
        return
    act.create(
        Entry(
            jurisdiction_id=desk.sheet.jurisdiction_id,
            sheet=desk.sheet,
            code=code,
            stage=Stage.SELF,
            kind=Entry.Kind.INPUT,
            inputs=dict(figures),
            author=desk.actor.label,
            at=clock.now(),
        )
    )
