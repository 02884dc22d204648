"""Decisions of the progress stage: record results, load and cite evidence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from thidua.core.text import one_line, tidy
from thidua.platform import clock
from thidua.platform.files.models import StoredFile
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import refuse, require
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.rights import require_open_year, require_unadopted, standing_of
from thidua.year.progress.lines import lines_for, takes_figure
from thidua.year.progress.models import Citation, EvidenceDocument, Result

OWN_ONLY = "Bạn xem được trang này, không sửa được. Chuyên viên và lãnh đạo đơn vị sửa được."


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a unit reached on a line: `value` in thousandths, as of a day, with a note."""

    code: str
    value: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document as it enters the library; unknown parts stay empty, nothing is invented."""

    subject: str
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    signer: str = ""


def record_results(  # who, where, whose, as of when, what, and the request
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    as_of: date,
    figures: Sequence[Figure],
    request_id: str = "",
) -> BlocYear:
    """Record what the unit reached by a day; the same day again corrects the figure.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, PROGRESS-1 to PROGRESS-4.
    """
    _judge_own(actor, bloc_year, unit)
    with Act(
        actor,
        "progress.record",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit.name} ghi kết quả đến ngày {as_of:%d/%m/%Y}: {len(figures)} dòng",
        request_id=request_id,
        inputs={"unit": unit, "as_of": as_of, "figures": [asdict(one) for one in figures]},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        _require_changeable(bloc_year)
        _judge_day(bloc_year, as_of)
        _judge_figures(bloc_year, unit, figures)
        for figure in figures:
            _write_result(act, bloc_year, unit, as_of, figure)
        return act.result(bloc_year)


def _judge_own(actor: Actor, bloc_year: BlocYear, unit: Unit) -> None:
    require(standing_of(actor, bloc_year).works_for(unit.pk), OWN_ONLY)


def _require_changeable(bloc_year: BlocYear) -> None:
    """Results and evidence stand still once the table that rests on them is adopted."""
    require_open_year(bloc_year)
    require_unadopted(bloc_year)


def _judge_day(bloc_year: BlocYear, as_of: date) -> None:
    if not bloc_year.starts <= as_of <= min(bloc_year.ends, clock.today()):
        words = (
            f"Ghi một ngày từ {bloc_year.starts:%d/%m/%Y} đến "
            f"{min(bloc_year.ends, clock.today()):%d/%m/%Y}."
        )
        raise refuse("PROGRESS-2", words, field="as_of")
    window = Window.objects.filter(bloc_year=bloc_year, deed=Window.Deed.PROGRESS).first()
    if window is not None and clock.now() < window.opens:
        opens = window.opens.astimezone(clock.LOCAL)
        raise refuse("PROGRESS-4", f"Báo cáo kết quả mở từ ngày {opens:%d/%m/%Y}.")
    over = window is not None and clock.now() > window.closes
    if window is not None and over and bloc_year.late == BlocYear.Late.REFUSE:
        day = window.closes.astimezone(clock.LOCAL)
        words = f"Đã hết hạn báo cáo lúc {day:%H:%M ngày %d/%m/%Y}. Đề nghị Trưởng khối gia hạn."
        raise refuse("PROGRESS-4", words)


def _judge_figures(bloc_year: BlocYear, unit: Unit, figures: Sequence[Figure]) -> None:
    known = {row.code for row in lines_for(bloc_year, unit.pk) if takes_figure(row.node)}
    if not figures:
        raise refuse("PROGRESS-1", "Chưa ghi kết quả nào. Ghi ít nhất một dòng.")
    for figure in figures:
        if figure.code not in known:
            words = f"Dòng {figure.code} không có trong thang điểm hoặc không lấy con số."
            raise refuse("PROGRESS-1", words)
        if figure.value < 0:
            raise refuse("PROGRESS-3", f"Dòng {figure.code}: kết quả không âm. Nhập từ 0 trở lên.")


def _write_result(act: Act, bloc_year: BlocYear, unit: Unit, as_of: date, figure: Figure) -> None:
    said = {
        "value": figure.value,
        "note": one_line(figure.note)[:500],
        "author": act.doer.label,
        "at": clock.now(),
    }
    row = Result.objects.filter(
        bloc_year=bloc_year, unit=unit, code=figure.code, as_of=as_of
    ).first()
    if row is not None:
        act.change(row, **said)
        return
    act.create(
        Result(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            unit=unit,
            code=figure.code,
            as_of=as_of,
            **said,
        )
    )


def add_evidence(  # who, where, whose, the paper, its file, and the request
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    paper: Paper,
    file: StoredFile | None = None,
    request_id: str = "",
) -> EvidenceDocument:
    """Put a document into the unit's library; the same file twice is stored once.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-1.
    """
    _judge_own(actor, bloc_year, unit)
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
        _require_changeable(bloc_year)
        _judge_paper(paper)
        document = EvidenceDocument(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            unit=unit,
            number=one_line(paper.number)[:120],
            issued_on=paper.issued_on,
            issuer=one_line(paper.issuer)[:200],
            signer=one_line(paper.signer)[:200],
            subject=tidy(paper.subject).strip()[:500],
            file=file,
            file_name=file.first_name[:200] if file else "",
            author=actor.label,
            at=clock.now(),
        )
        return act.result(act.create(document))


def judge_evidence(actor: Actor, *, bloc_year: BlocYear, unit: Unit, paper: Paper) -> None:
    """Refuse a document that could not enter the library, before its file is kept.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-1.
    """
    _judge_own(actor, bloc_year, unit)
    _require_changeable(bloc_year)
    _judge_paper(paper)


def _judge_paper(paper: Paper) -> None:
    if not paper.subject.strip():
        raise refuse("EVIDENCE-1", "Chưa ghi trích yếu của văn bản.", field="subject")
    if paper.issued_on is not None and paper.issued_on > clock.today():
        raise refuse("EVIDENCE-1", "Ngày ban hành ở sau hôm nay. Xem lại ngày.", field="issued_on")


def cite(
    actor: Actor,
    *,
    document: EvidenceDocument,
    codes: Collection[str],
    page: str = "",
    request_id: str = "",
) -> EvidenceDocument:
    """Cite a document on lines of the scale, with the page; what is cited already is left as it is.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-2.
    """
    _judge_own(actor, document.bloc_year, document.unit)
    place = one_line(page)[:60]
    with Act(
        actor,
        "progress.cite",
        chain=chain.of_year(document.bloc_year_id),
        subject=f"{document.unit.name} dẫn {document} ở dòng {', '.join(sorted(codes))}"[:400],
        request_id=request_id,
        inputs={"document": document, "codes": sorted(codes), "page": place},
    ) as act:
        if act.repeated:
            return act.first(EvidenceDocument)
        _require_changeable(document.bloc_year)
        document = _present(document)
        _judge_lines(document, codes)
        present = set(document.citations.filter(page=place).values_list("code", flat=True))
        for code in sorted(set(codes) - present):
            act.create(
                Citation(
                    jurisdiction_id=document.jurisdiction_id,
                    document=document,
                    code=code,
                    page=place,
                    author=actor.label,
                    at=clock.now(),
                )
            )
        return act.result(document)


def _judge_lines(document: EvidenceDocument, codes: Collection[str]) -> None:
    if not codes:
        raise refuse("EVIDENCE-2", "Chọn ít nhất một dòng để dẫn minh chứng.", field="codes")
    known = {row.code for row in lines_for(document.bloc_year, document.unit_id)}
    strange = sorted(code for code in codes if code.partition("@")[0] not in known)
    if strange:
        words = f"Dòng {', '.join(strange)} không có trong thang điểm đang dùng."
        raise refuse("EVIDENCE-2", words, field="codes")


def remove_citation(actor: Actor, *, citation: Citation, request_id: str = "") -> EvidenceDocument:
    """Take a citation back; the document stays in the library.

    Errors: RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-4 (sent with the score sheet), EVIDENCE-5 (gone
    meanwhile).
    """
    document = citation.document
    _judge_own(actor, document.bloc_year, document.unit)
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
        _require_changeable(document.bloc_year)
        row = Citation.objects.select_for_update().filter(pk=citation.pk).first()
        if row is None:
            raise refuse("EVIDENCE-5", "Minh chứng này đã được gỡ khỏi dòng. Tải lại trang để xem.")
        if row.sent_at is not None:
            raise refuse("EVIDENCE-4", _kept(row))
        act.remove(row)
        return act.result(document)


def _present(document: EvidenceDocument) -> EvidenceDocument:
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


def remove_evidence(actor: Actor, *, document: EvidenceDocument, request_id: str = "") -> BlocYear:
    """Take out a document that nothing cites. Errors: RIGHT-1, YEAR-1, YEAR-2, EVIDENCE-3."""
    _judge_own(actor, document.bloc_year, document.unit)
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
        _require_changeable(document.bloc_year)
        document = _present(document)
        lines = sorted(set(document.citations.values_list("code", flat=True)))
        if lines:
            words = f"Văn bản đang được dẫn ở dòng {', '.join(lines)}. Thôi dẫn trước rồi bỏ."
            raise refuse("EVIDENCE-3", words)
        bloc_year = document.bloc_year
        act.remove(document)
        return act.result(bloc_year)
