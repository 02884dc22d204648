"""Decisions about documents: put them into the library, give them a file, take them out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from thidua.core.finding import Finding, Refused
from thidua.core.text import one_line, tidy
from thidua.platform import clock
from thidua.platform.files.models import StoredFile
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.models import Event
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import refuse
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import members
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.proposing import propose
from thidua.year.progress.services.citing import present
from thidua.year.progress.services.rights import judge_own, require_changeable

LOADED = "progress.load_evidence"
MOST_PAGES = 20_000


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document as it enters the library; unknown parts stay empty, nothing is invented."""

    subject: str
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    signer: str = ""
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: its document, and whether it is new in the library."""

    document: EvidenceDocument
    is_new: bool


def add_evidence(  # who, where, whose, the paper, its file, and the request
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    paper: Paper,
    file: StoredFile | None = None,
    request_id: str = "",
) -> EvidenceDocument:
    """Put a document into the unit's library, its parts as a person wrote them.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-1, EVIDENCE-6 (the file is there already).
    """
    judge_own(actor, bloc_year, unit)
    with Act(
        actor,
        "progress.add_evidence",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit.name} nạp minh chứng {paper.number or paper.subject[:80]}",
        request_id=request_id,
        inputs={**asdict(paper), "unit": unit, "file": file.sha256 if file else ""},
    ) as act:
        if act.repeated:
            return act.first(EvidenceDocument)
        require_changeable(bloc_year)
        judge_paper(paper)
        _judge_once(bloc_year, unit, file)
        document = EvidenceDocument(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            unit=unit,
            **columns(paper),
            file=file,
            file_name=file.first_name[:200] if file else "",
            author=actor.label,
            at=clock.now(),
        )
        if document.pages is None and file is not None:
            document.pages = file.pages
        return act.result(act.create(document))


def columns(paper: Paper) -> dict[str, Any]:
    """The columns that hold what is said of a document, in their one stored spelling."""
    return {
        "number": one_line(paper.number)[:120],
        "issued_on": paper.issued_on,
        "issuer": one_line(paper.issuer)[:200],
        "signer": one_line(paper.signer)[:200],
        "subject": tidy(paper.subject).strip()[:500],
        "pages": paper.pages,
    }


def in_library(bloc_year: BlocYear, unit: Unit, file: StoredFile) -> EvidenceDocument | None:
    """The document of the unit's library that holds this content already."""
    rows = EvidenceDocument.objects.filter(bloc_year=bloc_year, unit=unit, file=file)
    return rows.select_related("bloc_year", "unit", "file").first()


def _judge_once(bloc_year: BlocYear, unit: Unit, file: StoredFile | None) -> None:
    same = None if file is None else in_library(bloc_year, unit, file)
    if same is not None:
        words = f"Tệp này đã có trong kho, ở văn bản {same}. Dẫn văn bản đó, không nạp lần nữa."
        raise refuse("EVIDENCE-6", words, field="file", document=same.pk)


def load_evidence(  # who, where, whose, the file and its name, and the request
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    file: StoredFile,
    name: str,
    request_id: str = "",
) -> Loaded:
    """Put a file into the library; what its name plainly says is proposed for confirmation.

    The same content again is the same document: it is answered with, nothing is written.
    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2.
    """
    judge_own(actor, bloc_year, unit)
    again = loaded_before(actor, bloc_year, request_id)
    same = again or in_library(bloc_year, unit, file)
    if same is not None:
        return Loaded(same, is_new=again is not None)
    said = propose(name, units=_offices(bloc_year, unit))
    with Act(
        actor,
        LOADED,
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit.name} nạp tệp minh chứng {name[:120]}",
        request_id=request_id,
        inputs={"unit": unit, "file": file.sha256, "name": name},
    ) as act:
        if act.repeated:
            return Loaded(act.first(EvidenceDocument), is_new=True)
        require_changeable(bloc_year)
        _judge_once(bloc_year, unit, file)
        document = EvidenceDocument(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            unit=unit,
            subject=said.subject[:500],
            number=said.number[:120],
            issued_on=_not_ahead(said.issued_on),
            issuer=said.issuer[:200],
            pages=file.pages,
            proposed=True,
            file=file,
            file_name=name[:200],
            author=actor.label,
            at=clock.now(),
        )
        return Loaded(act.result(act.create(document)), is_new=True)


def loaded_before(actor: Actor, bloc_year: BlocYear, request_id: str) -> EvidenceDocument | None:
    """The document that this request loaded, when its answer was lost on the way."""
    if not request_id:
        return None
    told = Event.objects.filter(
        chain=chain.of_year(bloc_year.pk),
        request_id=request_id,
        verb=LOADED,
        account_id=actor.account_id,
    ).first()
    if told is None:
        return None
    rows = EvidenceDocument.objects.filter(pk=told.outcome["pk"])
    return rows.select_related("bloc_year", "unit", "file").first()


def _offices(bloc_year: BlocYear, unit: Unit) -> list[str]:
    return sorted({unit.name, *(member.name for member in members(bloc_year))})


def _not_ahead(day: date | None) -> date | None:
    return None if day is None or day > clock.today() else day


def attach_file(
    actor: Actor, *, document: EvidenceDocument, file: StoredFile, request_id: str = ""
) -> EvidenceDocument:
    """Give a document the file it has not had so far; from now on counts as loaded now.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-5, EVIDENCE-6 (the file is there already,
    or the document has one), EVIDENCE-7 (sent with the score sheet).
    """
    judge_own(actor, document.bloc_year, document.unit)
    with Act(
        actor,
        "progress.attach_file",
        chain=chain.of_year(document.bloc_year_id),
        subject=f"{document.unit.name} nạp tệp cho văn bản {document}"[:400],
        request_id=request_id,
        inputs={"document": document, "file": file.sha256},
    ) as act:
        if act.repeated:
            return act.first(EvidenceDocument)
        require_changeable(document.bloc_year)
        document = present(document)
        if document.file_id is not None:
            words = "Văn bản này đã có tệp. Văn bản khác thì nạp thành văn bản mới."
            raise refuse("EVIDENCE-6", words, field="file")
        _judge_once(document.bloc_year, document.unit, file)
        judge_unsent(document)
        act.change(
            document,
            file=file,
            file_name=file.first_name[:200],
            pages=file.pages if document.pages is None else document.pages,
            author=actor.label,
            at=clock.now(),
        )
        return act.result(document)


def judge_unsent(document: EvidenceDocument) -> None:
    """Refuse to change what went out with a score sheet (EVIDENCE-7)."""
    if document.citations.filter(sent_at__isnull=False).exists():
        words = (
            f"Văn bản {document} đã gửi kèm bảng chấm nên giữ nguyên. "
            "Người thẩm định trả lại dòng dẫn văn bản này thì mới sửa được."
        )
        raise refuse("EVIDENCE-7", words, field="subject")


def judge_evidence(actor: Actor, *, bloc_year: BlocYear, unit: Unit, paper: Paper) -> None:
    """Refuse a document that could not enter the library, before its file is kept.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-1.
    """
    judge_own(actor, bloc_year, unit)
    require_changeable(bloc_year)
    judge_paper(paper)


def judge_paper(paper: Paper) -> None:
    """Refuse what no document can be, with all its faults at once (EVIDENCE-1)."""
    faults = faults_of(paper)
    if faults:
        raise Refused(
            [
                Finding("EVIDENCE-1", "refused", inputs={"field": field}, words=words)
                for field, words in faults.items()
            ]
        )


def faults_of(paper: Paper) -> dict[str, str]:
    """What no document can be, in words, by the field it stands in."""
    found: dict[str, str] = {}
    if not paper.subject.strip():
        found["subject"] = "Chưa ghi trích yếu của văn bản."
    if paper.issued_on is not None and paper.issued_on > clock.today():
        found["issued_on"] = "Ngày ban hành ở sau hôm nay. Xem lại ngày."
    if paper.pages is not None and not 1 <= paper.pages <= MOST_PAGES:
        found["pages"] = f"Số trang từ 1 đến {MOST_PAGES}."
    return found


def remove_evidence(actor: Actor, *, document: EvidenceDocument, request_id: str = "") -> BlocYear:
    """Take out a document that nothing cites. Errors: RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-3."""
    judge_own(actor, document.bloc_year, document.unit)
    with Act(
        actor,
        "progress.remove_evidence",
        chain=chain.of_year(document.bloc_year_id),
        subject=f"{document.unit.name} bỏ minh chứng {document} khỏi kho",
        request_id=request_id,
        inputs={"document": document.pk},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_changeable(document.bloc_year)
        document = present(document)
        lines = sorted(set(document.citations.values_list("code", flat=True)))
        if lines:
            words = f"Văn bản đang được dẫn ở dòng {', '.join(lines)}. Thôi dẫn trước rồi bỏ."
            raise refuse("EVIDENCE-3", words)
        bloc_year = document.bloc_year
        act.remove(document)
        return act.result(bloc_year)
