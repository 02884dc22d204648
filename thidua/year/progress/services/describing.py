"""One decision over a table of documents: what they are, and on which lines they are cited."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

from thidua.core.finding import Finding, Refused
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import refuse
from thidua.year.bloc.models import BlocYear
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.placing import Place
from thidua.year.progress.services.citing import strange_lines, tidied, write_citations
from thidua.year.progress.services.evidence import Paper, columns, judge_paper, judge_unsent
from thidua.year.progress.services.rights import judge_own, require_changeable

GONE = "Văn bản này đã được bỏ khỏi kho. Tải lại trang để xem."


@dataclass(frozen=True, kw_only=True)
class Described:
    """One row of the table: the document, what is said of it now, the lines it is to be cited on.

    `seen`: the mark of what stood there when the table was drawn (`seen_of`).
    """

    document_id: int
    paper: Paper
    places: Sequence[Place] = ()
    seen: str = ""


def seen_of(document: EvidenceDocument) -> str:
    """A mark of what is said of a document; another mark means that somebody changed it."""
    said = [document.number, document.issued_on, document.issuer, document.signer,
            document.subject, document.pages, document.proposed]  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def describe(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    rows: Sequence[Described],
    request_id: str = "",
) -> BlocYear:
    """Confirm or correct what is said of documents, and cite them; all rows or none.

    Errors (`Refused`, the field of each finding ends in the document's key): RIGHT-1, YEAR-1,
    YEAR-2, EVIDENCE-1, EVIDENCE-2, EVIDENCE-5, EVIDENCE-7, EVIDENCE-9 (changed meanwhile).
    """
    judge_own(actor, bloc_year, unit)
    rows = [replace(row, places=tidied(row.places)) for row in rows]
    with Act(
        actor,
        "progress.describe",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit.name} ghi thông tin {len(rows)} văn bản minh chứng",
        request_id=request_id,
        inputs={"unit": unit, "rows": [asdict(row) for row in rows]},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_changeable(bloc_year)
        if not rows:
            raise refuse("EVIDENCE-1", "Chưa ghi văn bản nào. Đánh dấu ít nhất một văn bản.")
        held = _held(bloc_year, unit, rows)
        findings = [one for row in rows for one in _judged(row, held.get(row.document_id))]
        if findings:
            raise Refused(findings)
        cited = 0
        for row in rows:
            document = held[row.document_id]
            act.change(document, **columns(row.paper), proposed=False)
            cited += write_citations(act, document, row.places)
        return act.result(bloc_year, documents=len(rows), cited=cited)


def _held(
    bloc_year: BlocYear, unit: Unit, rows: Sequence[Described]
) -> dict[int, EvidenceDocument]:
    """The documents as they stand now, held until the decision is written."""
    wanted = [row.document_id for row in rows]
    found = EvidenceDocument.objects.select_for_update().filter(bloc_year=bloc_year, unit=unit)
    return {one.pk: one for one in found.filter(pk__in=wanted).order_by("pk")}


def _judged(row: Described, document: EvidenceDocument | None) -> Iterator[Finding]:
    """What is wrong with a row, each finding at its own field."""
    if document is None:
        yield _finding("EVIDENCE-5", GONE, "subject", row)
        return
    said = columns(row.paper)
    if any(getattr(document, name) != value for name, value in said.items()):
        if row.seen and row.seen != seen_of(document):
            words = f"Người khác vừa sửa văn bản này thành “{document.subject}”. Xem lại rồi ghi."
            yield _finding("EVIDENCE-9", words, "subject", row)
        yield from _refusals(row, document)
    if row.places:
        strange = strange_lines(document, row.places)
        if strange is not None:
            yield _finding(strange.rule_id, strange.words, "places", row)


def _refusals(row: Described, document: EvidenceDocument) -> Iterator[Finding]:
    judges: list[Callable[[], None]] = [
        partial(judge_paper, row.paper),
        partial(judge_unsent, document),
    ]
    for judge in judges:
        try:
            judge()
        except Refused as refused:
            for one in refused.findings:
                field = str(dict(one.inputs).get("field", "subject"))
                yield _finding(one.rule_id, one.words, field, row)


def _finding(rule_id: str, words: str, field: str, row: Described) -> Finding:
    where = {"field": f"{field}_{row.document_id}"}
    return Finding(rule_id=rule_id, outcome="refused", inputs=where, words=words)
