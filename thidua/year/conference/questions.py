"""The questions asked once before the conference's weightier acts."""

from __future__ import annotations

from django.urls import reverse

from thidua.core.points import show
from thidua.platform.http.parts import Confirm
from thidua.year.conference.forms import ElectionForm, NominationForm, OutcomeForm
from thidua.year.conference.preview import Preview
from thidua.year.conference.queries import ConferenceFacts, latest_adoption
from thidua.year.conference.quorum import is_minority
from thidua.year.conference.snapshot import Snapshot, read_snapshot

SAMPLE = "°"


def adopt_question(facts: ConferenceFacts, preview: Preview) -> Confirm:
    """Adopt, or adopt again with a reason; the word is typed."""
    year_id, year = facts.bloc_year.pk, facts.bloc_year.year
    again = bool(facts.adoptions)
    url = reverse("conference:adoption", args=[year_id])
    return Confirm(
        name="thong-qua",
        question=f"Thông qua {'lại ' if again else ''}kết quả chấm điểm năm {year}?",
        verb="Thông qua lại" if again else "Thông qua",
        sure="Thông qua và khóa",
        lead="Sau khi thông qua:",
        consequences=_adopt_consequences(preview),
        word="thông qua",
        action=url,
        back_url=url,
        reason_label="Lý do thông qua lại" if again else "",
    )


def _adopt_consequences(preview: Preview) -> tuple[str, ...]:
    draft = preview.draft
    cells = sum(len(row.cells) for row in draft.units)
    said = [f"Điểm của {len(draft.units)} đơn vị, {cells} ô được khóa, không ai sửa được nữa."]
    first = first_words(draft)
    if first:
        said.append(first)
    if preview.moves:
        said.extend(move.words for move in preview.moves)
    said.append("Muốn sửa phải mở lại bảng điểm, ghi lý do và thông qua lại.")
    return tuple(said)


def first_words(snapshot: Snapshot) -> str:
    """Who stands first, with what figure; empty when nobody does or scales rank apart."""
    firsts = [row for row in snapshot.ranking if row.rank == 1]
    if not firsts or len({row.scale for row in firsts}) != 1:
        return ""
    figure, index = snapshot.figure(firsts[0]), firsts[0].scale
    if figure is None or index is None:
        return ""
    scale = snapshot.scales[index]
    sample = SAMPLE if any(row.synthetic for row in firsts) else ""
    unit = " điểm" if scale.key == "points" else "%"
    shown = (
        f"{show(figure, decimals=scale.decimals)}{sample if scale.key == 'points' else ''}{unit}"
    )
    shown += "" if scale.key == "points" else sample
    names = ", ".join(row.name for row in firsts)
    return f"{names} {'cùng ' if len(firsts) > 1 else ''}đứng thứ nhất với {shown}."


def reopen_question(year_id: int) -> Confirm:
    """Open an adopted table again."""
    return Confirm(
        name="mo-lai",
        question="Mở lại bảng điểm đã thông qua để sửa?",
        verb="Mở lại để sửa",
        lead="Sau khi mở lại:",
        consequences=(
            "Trưởng khối sửa được điểm đã thông qua, mỗi chỗ sửa ghi lý do.",
            "Bảng đã thông qua vẫn có hiệu lực tới khi thông qua lại.",
        ),
        action=reverse("conference:reopen", args=[year_id]),
        back_url=reverse("conference:result", args=[year_id]),
        reason_label="Lý do mở lại",
        reason_hint="Lý do nằm trong lịch sử và biên bản.",
        primary=False,
    )


def not_ranked_question(year_id: int, unit_id: int, unit_name: str) -> Confirm:
    """Leave a unit out of the ranking."""
    return Confirm(
        name=f"khong-xep-{unit_id}",
        question=f"Ghi {unit_name} không xếp hạng năm nay?",
        verb="Ghi không xếp hạng",
        lead="Sau khi ghi:",
        consequences=(
            f"{unit_name} không có thứ hạng; dòng còn mở của đơn vị không giữ lại việc thông qua.",
            "Biên bản nêu tên đơn vị và lý do.",
        ),
        action=reverse("conference:not_ranked", args=[year_id, unit_id]),
        back_url=reverse("conference:adoption", args=[year_id]),
        reason_label="Lý do không xếp hạng",
        primary=False,
    )


def election_question(facts: ConferenceFacts, form: ElectionForm, names: dict[int, str]) -> Confirm:
    """Record a choice of head or deputy."""
    office = dict(form.fields["office"].choices)[form.cleaned_data["office"]]  # type: ignore[attr-defined]  # a choice field
    unit = names[form.cleaned_data["unit"]]
    year = facts.bloc_year.year
    url = reverse("conference:elections", args=[facts.bloc_year.pk])
    return Confirm(
        name="bau",
        question=f"Ghi {unit} là {office} năm {year + 1}?",
        verb="Ghi kết quả",
        lead="Sau khi ghi:",
        consequences=(
            *_absent(facts, form.cleaned_data["unit"], unit),
            f"{_how(form)}",
            f"Trưởng khối năm {year} vẫn làm việc của năm {year} tới khi khép năm.",
        ),
        fields=form.sent(),
        action=url,
        back_url=url,
    )


def nomination_question(
    facts: ConferenceFacts, form: NominationForm, names: dict[int, str]
) -> Confirm:
    """Record a nomination."""
    award = dict(form.fields["award"].choices)[form.cleaned_data["award"]]  # type: ignore[attr-defined]  # a choice field
    unit = names[form.cleaned_data["unit"]]
    url = reverse("conference:nominations", args=[facts.bloc_year.pk])
    return Confirm(
        name="suy-ton",
        question=f"Ghi suy tôn {unit}: {award}?",
        verb="Ghi suy tôn",
        lead="Sau khi ghi:",
        consequences=(
            *_warnings(facts, form.cleaned_data["unit"], unit),
            f"{_how(form)}",
            *_ground(form),
            "Biên bản nêu suy tôn này. Hội đồng thi đua xét và quyết định sau.",
        ),
        fields=form.sent(),
        action=url,
        back_url=url,
    )


def closing_question(facts: ConferenceFacts) -> Confirm:
    """Close the year; the word is typed."""
    year = facts.bloc_year
    url = reverse("conference:closing", args=[year.pk])
    return Confirm(
        name="khep-nam",
        question=f"Khép năm thi đua {year.year}?",
        verb="Khép năm",
        lead="Sau khi khép năm:",
        consequences=(
            f"Kết quả của {len(facts.members)} đơn vị và {len(facts.nominations)} lượt suy tôn "
            "vào sổ khen thưởng.",
            f"Không ai sửa được dữ liệu của năm {year.year} nữa, kể cả Trưởng khối.",
        ),
        word="khép năm",
        action=url,
        back_url=url,
    )


def withdraw_question(*, url: str, back_url: str, name: str, what: str) -> Confirm:
    """Take back something recorded by mistake."""
    return Confirm(
        name=name,
        question=f"Bỏ ghi nhận {what}?",
        verb="Bỏ ghi nhận",
        lead="Sau khi bỏ:",
        consequences=("Biên bản không nêu mục này nữa. Lịch sử vẫn giữ lần ghi đã bỏ.",),
        action=url,
        back_url=back_url,
        cut=True,
    )


def _warnings(facts: ConferenceFacts, unit_id: int, name: str) -> tuple[str, ...]:
    """What to know before a unit without a place is nominated."""
    adoption = latest_adoption(facts.bloc_year)
    if adoption is None:
        reasons = [one.reason for one in facts.not_ranked if one.unit_id == unit_id]
        if reasons:
            return (f"Lưu ý: {name} được ghi không xếp hạng năm nay: {reasons[0].rstrip('.')}.",)
        return (f"Lưu ý: bảng điểm chưa được thông qua, {name} chưa có thứ hạng.",)
    row = read_snapshot(adoption.snapshot).of(unit_id)
    if row is None or row.total is None:
        return (f"Lưu ý: {name} chưa có tổng điểm trong bảng điểm đã thông qua.",)
    if not row.is_ranked:
        return (f"Lưu ý: {name} không xếp hạng năm nay: {row.why_not_ranked.rstrip('.')}.",)
    return ()


def _absent(facts: ConferenceFacts, unit_id: int, name: str) -> tuple[str, ...]:
    """A unit that did not come may be chosen, but never unnoticed."""
    return (f"Lưu ý: {name} vắng mặt tại hội nghị.",) if unit_id in facts.absent else ()


def _ground(form: NominationForm) -> tuple[str, ...]:
    ground = form.cleaned_data["ground"].rstrip(".")
    return (f"Căn cứ: {ground}.",) if ground else ()


def _how(form: OutcomeForm) -> str:
    method = dict(form.fields["method"].choices)[form.cleaned_data["method"]]  # type: ignore[attr-defined]  # a choice field
    votes, voters = form.cleaned_data["votes_for"], form.cleaned_data["voters"]
    if votes is None or voters is None:
        return f"Cách chọn: {method}."
    few = ", chưa quá nửa" if is_minority(votes, voters) else ""
    return f"Cách chọn: {method}, {votes} trong {voters} phiếu thuận{few}."
