"""The eight steps of a conference: how far each is, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from thidua.platform import clock
from thidua.platform.http.parts import MarkName
from thidua.year.conference.queries import ConferenceFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaStep:
    """One step: its state in words, and the page behind it.

    ``write`` is the button of the head, ``read`` that of everybody else (empty: nothing to open).
    """

    label: str
    mark: MarkName
    words: str
    url_name: str = ""
    write: str = ""
    read: str = ""
    read_url_name: str = ""
    current: bool = False


def agenda(facts: ConferenceFacts) -> tuple[AgendaStep, ...]:
    """The steps in order; the first that is not done is the current one."""
    steps = [
        _meeting(facts),
        _attendance(facts),
        _sheets(facts),
        _adoption(facts),
        _elections(facts),
        _nominations(facts),
        _minutes(facts),
        _closing(facts),
    ]
    waiting = next((place for place, step in enumerate(steps) if step.mark != "done"), None)
    if waiting is not None and not facts.closed:
        steps[waiting] = replace(steps[waiting], mark="open", current=True)
    return tuple(steps)


def _meeting(facts: ConferenceFacts) -> AgendaStep:
    conference = facts.conference
    settled = bool(facts.adoptions)
    words = "Chưa ghi ngày họp, địa điểm, chủ trì."
    if conference is not None:
        place = f"tại {conference.place}" if conference.place else "địa điểm: chưa ghi"
        words = f"Họp ngày {conference.held_on:%d/%m/%Y}, {place}. Chủ trì: {conference.chair}."
    return AgendaStep(
        label="Thông tin hội nghị",
        mark="done" if conference else "none",
        words=words,
        url_name="conference:remarks" if settled else "conference:meeting",
        write=_if_open(facts, "Ghi ý kiến chỉ đạo" if settled else "Ghi thông tin"),
    )


def _attendance(facts: ConferenceFacts) -> AgendaStep:
    quorum = facts.quorum
    met = quorum is not None and quorum.is_met
    words = "Điểm danh các đơn vị trước khi quyết định."
    if quorum is not None and facts.attendance:
        words = quorum.words
    return AgendaStep(
        label="Điểm danh",
        mark="done" if met else "none",
        words=words,
        url_name="conference:attendance",
        write=_attendance_verb(facts),
    )


def _attendance_verb(facts: ConferenceFacts) -> str:
    if facts.conference is None:
        return ""
    return "Xem điểm danh" if facts.adoptions or facts.closed else "Điểm danh"


def _sheets(facts: ConferenceFacts) -> AgendaStep:
    total, ready = len(facts.sheet_states), facts.verified
    settled = bool(facts.adoptions) and not facts.reopened
    done = settled or 0 < total == ready
    words = f"{ready} trong {total} bảng điểm đã thẩm định xong."
    if facts.not_ranked:
        words += f" {len(facts.not_ranked)} đơn vị không xếp hạng."
    return AgendaStep(
        label="Bảng điểm",
        mark="done" if done else "none",
        words=words if total else "Chưa mở bảng điểm nào.",
        url_name="conference:adoption",
        write=_if_open(facts, "Xem dòng còn mở")
        if facts.conference and total and not settled
        else "",
    )


def _adoption(facts: ConferenceFacts) -> AgendaStep:
    adoption = facts.adoption
    if adoption is None:
        words, mark = "Chưa thông qua. Thông qua xong thì điểm được khóa.", "none"
    elif facts.reopened:
        words, mark = f"Lần {adoption.version} có hiệu lực, đang mở để sửa.", "none"
    else:
        words, mark = f"Đã thông qua lần {adoption.version}, ngày {_day(adoption.at)}.", "done"
    settled = mark == "done"
    return AgendaStep(
        label="Thông qua kết quả chấm điểm",
        mark="done" if settled else "none",
        words=words,
        url_name="conference:result" if settled else "conference:adoption",
        write="Xem kết quả"
        if settled
        else _if_open(facts, "Thông qua")
        if facts.conference
        else "",
        read="Xem kết quả" if adoption else "",
        read_url_name="conference:result",
    )


def _elections(facts: ConferenceFacts) -> AgendaStep:
    found = [
        f"{row.get_office_display()}: {facts.name(row.unit_id) or row.unit.name}"
        for row in facts.elections
    ]
    year = facts.bloc_year.year + 1
    return AgendaStep(
        label=f"Trưởng khối, Phó khối năm {year}",
        mark="done" if facts.all_elected or (facts.closed and found) else "none",
        words=("; ".join(found) + ".") if found else _nothing(facts, "Chưa ghi kết quả."),
        url_name="conference:elections",
        write=_if_open(facts, "Ghi kết quả chọn") if facts.conference else "",
        read="Xem kết quả" if found else "",
        read_url_name="conference:elections",
    )


def _nominations(facts: ConferenceFacts) -> AgendaStep:
    count = len(facts.nominations)
    return AgendaStep(
        label="Suy tôn",
        mark="done" if count else "none",
        words=f"{count} lượt suy tôn đã ghi."
        if count
        else _nothing(facts, "Chưa ghi đơn vị nào được suy tôn."),
        url_name="conference:nominations",
        write=_if_open(facts, "Ghi suy tôn") if facts.conference else "",
        read="Xem suy tôn" if count else "",
        read_url_name="conference:nominations",
    )


def _minutes(facts: ConferenceFacts) -> AgendaStep:
    words = "Biên bản lập từ những gì đã ghi ở trên."
    if facts.adoptions:
        words = "Tải biên bản và bảng tổng hợp, in, ký, rồi lấy số ở văn thư."
    return AgendaStep(
        label="Biên bản, bảng tổng hợp",
        mark="done" if facts.closed else "none",
        words=words,
        url_name="conference:papers",
        write="Mở biên bản" if facts.conference else "",
        read="Mở biên bản" if facts.conference else "",
        read_url_name="conference:papers",
    )


def _closing(facts: ConferenceFacts) -> AgendaStep:
    moment = facts.bloc_year.closed_at
    if moment is not None:
        words = f"Đã khép ngày {_day(moment)}. Kết quả nằm trong sổ khen thưởng."
        return AgendaStep(
            label="Khép năm",
            mark="done",
            words=words,
            url_name="record:record",
            write="Mở sổ khen thưởng",
            read="Mở sổ khen thưởng",
            read_url_name="record:record",
        )
    ready = bool(facts.adoptions) and not facts.reopened
    return AgendaStep(
        label="Khép năm",
        mark="none",
        words="Khép năm thì kết quả vào sổ khen thưởng và không sửa được nữa.",
        url_name="conference:closing",
        write="Khép năm" if ready else "",
    )


def _nothing(facts: ConferenceFacts, words: str) -> str:
    """What is said of an empty step; after the closing nothing can be recorded any more."""
    return "Không ghi; năm đã khép." if facts.closed else words


def _if_open(facts: ConferenceFacts, verb: str) -> str:
    """The verb of a button that writes; a closed year offers none."""
    return "" if facts.closed else verb


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(clock.LOCAL):%d/%m/%Y}"
