"""A filled workbook comes back: received whole, then its chosen lines accepted at once."""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings

from thidua.core.finding import Finding, Refused
from thidua.platform import clock
from thidua.platform.files.refusal import FileRefused, fitted, too_large
from thidua.platform.files.services import Source, open_stored, store
from thidua.platform.files.sniff import ZIPPED, judge
from thidua.platform.ledger.act import Act
from thidua.platform.workbook.errors import TOO_WIDE, WorkbookError
from thidua.registry.actor import Actor
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.services import cite
from thidua.year.scoring.board import view_of
from thidua.year.scoring.changes import LineChange, finding, line_words, refusal
from thidua.year.scoring.judging import Desk, chain_of, desk_of, judge_writing
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Sheet, SheetUpload, Stage
from thidua.year.scoring.services.writing import write_line
from thidua.year.scoring.workbook.back import Filled, judge_identity, read_filled
from thidua.year.scoring.workbook.difference import RUNS, LineDifference, difference

NOT_EXCEL = "Trang này nhận tệp Excel (.xlsx) đã tải từ đây. Lưu lại dạng .xlsx rồi nạp."
ADVICE = "Trang này nhận tệp .xlsx tải từ đây. Tải lại bảng, chép số liệu sang rồi nạp."
GONE = "Tệp đã nạp không còn đọc được. Nạp lại tệp."
MOST_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file as it arrives: its content and the name it came with."""

    content: Source
    name: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was accepted of an upload: its row, and how many lines this decision wrote."""

    upload: SheetUpload
    lines: int


def receive_workbook(
    actor: Actor, *, sheet: Sheet, arrived: Arrived, request_id: str = ""
) -> SheetUpload:
    """Keep a filled workbook of the sheet; nothing of it is applied yet.

    A file that is not this sheet's is refused before it is kept. Errors (`Refused`): RIGHT-1,
    YEAR-1, SHEET-2, SHEET-3, FILE-1, WORKBOOK-1, EXCEL-1.
    """
    desk = desk_of(actor, sheet)
    judge_writing(desk, Stage.SELF)
    try:
        data = _whole(arrived)
        filled = read_filled(data)
    except (FileRefused, WorkbookError) as refused:
        raise refused if refused.words == TOO_WIDE else fitted(refused, ADVICE) from None
    judge_identity(filled, desk)
    stored = store(io.BytesIO(data), name=arrived.name)
    with Act(
        actor,
        "scoring.receive_workbook",
        chain=chain_of(sheet),
        subject=f"{sheet.unit.name} nạp tệp Excel bảng tự chấm",
        request_id=request_id,
        inputs={"sheet": sheet.pk, "file": stored.sha256},
    ) as act:
        if act.repeated:
            return act.first(SheetUpload)
        judge_writing(desk_of(actor, sheet), Stage.SELF)
        return act.result(
            act.create(
                SheetUpload(
                    jurisdiction_id=sheet.jurisdiction_id,
                    sheet=sheet,
                    file=stored,
                    file_name=stored.first_name,
                    author=actor.label,
                    at=clock.now(),
                )
            )
        )


def _whole(arrived: Arrived) -> bytes:
    """The content, judged by what it is: only .xlsx without macros, not too large."""
    arrived.content.seek(0)
    data = arrived.content.read(settings.THIDUA_UPLOAD_LIMIT + 1)
    if len(data) > settings.THIDUA_UPLOAD_LIMIT:
        raise too_large(settings.THIDUA_UPLOAD_LIMIT)
    kind = judge(io.BytesIO(data), size=len(data), name=arrived.name)
    if kind != ZIPPED["xlsx"]:
        raise refusal("EXCEL-1", NOT_EXCEL)
    return data


def filled_of(upload: SheetUpload, desk: Desk) -> Filled:
    """The workbook of an upload, read anew and judged by the scale in force now.

    Raises `Refused` (EXCEL-1) when its file is gone or the scale has changed.
    """
    filled = _read(upload)
    judge_identity(filled, desk)
    return filled


def _read(upload: SheetUpload) -> Filled:
    try:
        with open_stored(upload.file) as stream:
            return read_filled(stream.read())
    except OSError:
        raise refusal("EXCEL-1", GONE) from None


def accept_lines(
    actor: Actor,
    *,
    upload: SheetUpload,
    accepted: Mapping[str, int],
    request_id: str = "",
) -> Taken:
    """Write the chosen lines of an upload, all or nothing, in one decision.

    `accepted`: the version of each line's entry that the person saw. Documents the lines name are
    cited by the same decision. Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3, EXCEL-1 to
    EXCEL-3, those of `save_line`; LINE-8 when somebody wrote a line meanwhile.
    """
    filled = _read(upload)
    with Act(
        actor,
        "scoring.accept_workbook",
        chain=chain_of(upload.sheet),
        subject=f"{upload.sheet.unit.name}: tự chấm {len(accepted)} dòng bằng tệp Excel",
        request_id=request_id,
        inputs={"upload": upload.pk, "lines": dict(accepted)},
    ) as act:
        if act.repeated:
            return Taken(act.first(SheetUpload), int(act.first_said("lines")))
        desk = desk_of(actor, upload.sheet)
        judge_writing(desk, Stage.SELF)
        judge_identity(filled, desk)
        chosen = _chosen(desk, filled, accepted)
        _write(act, desk, chosen, accepted)
        _cite(actor, desk, chosen, request_id=act.request_id)
        row = SheetUpload.objects.get(pk=upload.pk)
        count = row.taken_lines + len(chosen)
        said = {"taken_lines": count, "taken_at": clock.now(), "taken_by": actor.label}
        return Taken(act.result(act.change(row, **said), lines=len(chosen)), len(chosen))


def _chosen(desk: Desk, filled: Filled, accepted: Mapping[str, int]) -> list[LineDifference]:
    """The accepted lines as the file has them now; refuses what cannot be accepted."""
    if not accepted:
        raise refusal("EXCEL-3", "Chưa chọn dòng nào. Đánh dấu ít nhất một dòng để nhận.")
    found = difference(view_of(desk.bloc_year.pk, *RUNS), desk, filled)
    chosen = [one for one in found.lines if one.key in accepted and one.cells]
    troubles = [
        finding("EXCEL-2", words, line=one.line) for one in chosen for words in one.troubles
    ]
    if troubles:
        raise Refused(troubles[:MOST_TOLD])
    if not chosen:
        words = "Các dòng đã chọn đã giống trong bảng chấm, không còn gì để nhận."
        raise refusal("EXCEL-3", words)
    return chosen


def _write(act: Act, desk: Desk, chosen: list[LineDifference], accepted: Mapping[str, int]) -> None:
    problems: list[Finding] = []
    for one in chosen:
        if one.change == LineChange():  # it only names documents
            continue
        try:
            write_line(
                act,
                desk,
                line=one.line,
                stage=Stage.SELF,
                change=one.change,
                seen=accepted[one.key],
            )
        except Refused as refused:
            problems.extend(_named(one.line, finding) for finding in refused.findings)
    if problems:
        raise Refused(problems[:MOST_TOLD])


def _named(line: Line, one: Finding) -> Finding:
    """With the name of its line; the two values of a line somebody wrote stand on the page."""
    words = one.words.replace("Chọn một.", "Xem hai số ở dòng này rồi nhận lại.")
    return one if words.startswith("Dòng ") else replace(one, words=f"{line_words(line)}: {words}")


def _cite(actor: Actor, desk: Desk, chosen: list[LineDifference], *, request_id: str) -> None:
    """Cite what the lines name, through the stage that keeps the documents; after the lines, so
    that nothing is read anew while they are being written."""
    wanted: dict[tuple[int, str], list[str]] = {}
    for one in chosen:
        for paper in one.papers:
            wanted.setdefault((paper.document_id, paper.page), []).append(one.key)
    rows = EvidenceDocument.objects.filter(
        bloc_year=desk.bloc_year, unit_id=desk.sheet.unit_id
    ).select_related("bloc_year", "unit")
    documents = rows.in_bulk([pk for pk, _ in wanted])
    for (pk, page), codes in wanted.items():
        own_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{request_id} {pk} {page}"))
        cite(actor, document=documents[pk], codes=codes, page=page, request_id=own_id)
