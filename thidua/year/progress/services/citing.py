"""Decisions about citations: on which lines, with which page, and no longer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict

from thidua.core.finding import Finding
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.refusal import refuse
from thidua.year.progress.lines import lines_for
from thidua.year.progress.models import Citation, EvidenceDocument
from thidua.year.progress.placing import Place, page_words
from thidua.year.progress.services.rights import judge_own, require_changeable

LONGEST_PLACE = 60


def cite(
    actor: Actor,
    *,
    document: EvidenceDocument,
    codes: Collection[str],
    page: str = "",
    request_id: str = "",
) -> EvidenceDocument:
    """Cite a document on lines of the scale, all with the same page (see `cite_at`)."""
    places = [Place(code, page) for code in sorted(set(codes))]
    return cite_at(actor, document=document, places=places, request_id=request_id)


def cite_at(
    actor: Actor,
    *,
    document: EvidenceDocument,
    places: Sequence[Place],
    request_id: str = "",
) -> EvidenceDocument:
    """Cite a document on lines, each with its page; what is cited already is left as it is.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-2, EVIDENCE-5, EVIDENCE-8 (unconfirmed).
    """
    judge_own(actor, document.bloc_year, document.unit)
    asked = tidied(places)
    codes = sorted({one.code for one in asked})
    with Act(
        actor,
        "progress.cite",
        chain=chain.of_year(document.bloc_year_id),
        subject=f"{document.unit.name} dẫn {document} ở dòng {', '.join(codes)}"[:400],
        request_id=request_id,
        inputs={"document": document, "places": [asdict(one) for one in asked]},
    ) as act:
        if act.repeated:
            return act.first(EvidenceDocument)
        require_changeable(document.bloc_year)
        document = present(document)
        if document.proposed:
            words = f"Xác nhận thông tin của {document} trước rồi dẫn."
            raise refuse("EVIDENCE-8", words, field="codes")
        if not asked:
            raise refuse("EVIDENCE-2", "Chọn ít nhất một dòng để dẫn minh chứng.", field="codes")
        strange = strange_lines(document, asked)
        if strange is not None:
            raise refuse(strange.rule_id, strange.words, field="codes")
        write_citations(act, document, asked)
        return act.result(document)


def tidied(places: Iterable[Place]) -> list[Place]:
    """Places in their one stored spelling, each once, in the order of lines."""
    spelled = {Place(one.code, page_words(one.page)[:LONGEST_PLACE]) for one in places}
    return sorted(spelled, key=lambda one: (one.code, one.page))


def strange_lines(document: EvidenceDocument, places: Iterable[Place]) -> Finding | None:
    """The finding when a line is not in the scale that is in force for the unit (EVIDENCE-2)."""
    known = {row.code for row in lines_for(document.bloc_year, document.unit_id)}
    strange = sorted({one.code for one in places if one.code.partition("@")[0] not in known})
    if not strange:
        return None
    words = f"Dòng {', '.join(strange)} không có trong thang điểm đang dùng."
    return Finding(rule_id="EVIDENCE-2", outcome="refused", words=words)


def write_citations(act: Act, document: EvidenceDocument, places: Iterable[Place]) -> int:
    """Create the citations that are not there yet; answers how many."""
    present_now = set(document.citations.values_list("code", "page"))
    fresh = [one for one in places if (one.code, one.page) not in present_now]
    for one in fresh:
        act.create(
            Citation(
                jurisdiction_id=document.jurisdiction_id,
                document=document,
                code=one.code,
                page=one.page,
                author=act.doer.label,
                at=clock.now(),
            )
        )
    return len(fresh)


def remove_citation(actor: Actor, *, citation: Citation, request_id: str = "") -> EvidenceDocument:
    """Take a citation back; the document stays in the library.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-4 (sent with the score sheet), EVIDENCE-5
    (gone meanwhile).
    """
    document = citation.document
    judge_own(actor, document.bloc_year, document.unit)
    with Act(
        actor,
        "progress.remove_citation",
        chain=chain.of_year(document.bloc_year_id),
        subject=f"{document.unit.name} thôi dẫn {document} ở dòng {citation.code}",
        request_id=request_id,
        inputs={"document": document, "code": citation.code, "page": citation.page},
    ) as act:
        if act.repeated:
            return act.first(EvidenceDocument)
        require_changeable(document.bloc_year)
        row = Citation.objects.select_for_update().filter(pk=citation.pk).first()
        if row is None:
            raise refuse("EVIDENCE-5", "Minh chứng này đã được gỡ khỏi dòng. Tải lại trang để xem.")
        if row.sent_at is not None:
            raise refuse("EVIDENCE-4", _kept(row))
        act.remove(row)
        return act.result(document)


def present(document: EvidenceDocument) -> EvidenceDocument:
    """The document as it stands now, held until the decision is written."""
    row = EvidenceDocument.objects.select_for_update().filter(pk=document.pk).first()
    if row is None:
        raise refuse("EVIDENCE-5", "Văn bản này đã được bỏ khỏi kho. Tải lại trang để xem.")
    return row


def _kept(citation: Citation) -> str:
    return (
        f"Minh chứng ở dòng {citation.code} đã gửi kèm bảng chấm nên giữ lại. "
        "Người thẩm định trả lại dòng đó thì mới gỡ được."
    )
