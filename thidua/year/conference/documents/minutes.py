"""Biên bản hội nghị tổng kết: what the conference did, in the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from fractions import Fraction

from thidua.platform.documents.model import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    KeyValues,
    NumberLine,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
    Text,
)
from thidua.year.conference.documents.facts import Decided, PaperFacts, Present
from thidua.year.conference.documents.figures import (
    in_groups,
    lead_synthetic,
    lead_text,
    percent_text,
    points_text,
    rank_text,
    total_text,
)
from thidua.year.conference.moves import Move
from thidua.year.conference.snapshot import Deviation, ScaleTable, Snapshot, UnitRow

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
SIGNED_BY_HAND = "(Ký, ghi rõ họ tên)"


def minutes(facts: PaperFacts) -> Document:
    """The minutes; before an adoption they are printed without the table and marked "Bản thử"."""
    return Document(
        letterhead=facts.letterhead,
        place=facts.place,
        dated=facts.held_on,
        number_line=NumberLine(kind="BB", body=facts.body),
        kind_name="Biên bản",
        subject=f"Hội nghị tổng kết công tác thi đua, khen thưởng năm {facts.year}",
        blocks=tuple(_blocks(facts)),
        signatures=(
            Signature(position=("Thư ký",), hint=SIGNED_BY_HAND),
            Signature(position=("Chủ trì",), hint=SIGNED_BY_HAND),
        ),
        recipients=(facts.standing_office, f"Các đơn vị thành viên {facts.bloc}", "Lưu: VT"),
        trial=facts.is_trial,
    )


def _blocks(facts: PaperFacts) -> Iterator[Block]:
    day = facts.held_on
    venue = f", tại {facts.venue}" if facts.venue else ", địa điểm: chưa ghi"
    yield Paragraph(
        f"Hôm nay, vào hồi {_hour(facts.starts_at)}, ngày {day:%d} tháng {day:%m} năm {day:%Y}"
        f"{venue}, {facts.bloc} tổ chức hội nghị tổng kết công tác thi đua, "
        f"khen thưởng năm {facts.year}."
    )
    parts = [_attended(facts), _scores(facts), _elections(facts), _nominations(facts)]
    parts += [_remarks(facts), _marks(facts)]
    number = 0
    for title, blocks in parts:
        if blocks:
            yield Heading(f"{ROMAN[number]}. {title}")
            yield from blocks
            number += 1
    yield Paragraph(f"Hội nghị kết thúc vào hồi {_hour(facts.ends_at)} cùng ngày.")
    yield Paragraph("Biên bản ghi đúng diễn biến và kết luận của hội nghị./.")


def _hour(hour: time | None) -> str:
    """An hour as minutes write it; dots to write on where nobody recorded it."""
    if hour is None:
        return "…… giờ …… phút"
    return f"{hour:%H} giờ {hour:%M} phút"


Part = tuple[str, list[Block]]


def _attended(facts: PaperFacts) -> Part:
    people = [("Chủ trì:", facts.chair), ("Thư ký:", facts.secretary)]
    blocks: list[Block] = [KeyValues(tuple(pair for pair in people if pair[1]))]
    if facts.guests:
        blocks += [Paragraph("Đại biểu dự:"), Bullets(facts.guests)]
    blocks.append(_roll_call(facts.seats))
    blocks.append(Paragraph(facts.quorum.words))
    return "Thành phần dự", blocks


def _roll_call(seats: tuple[Present, ...]) -> Table:
    named = any(seat.representative or seat.position for seat in seats)
    columns = [Column(6, Align.CENTER), Column(46), Column(14, Align.CENTER)]
    heads = ["TT", "Đơn vị", "Có mặt"]
    if named:
        columns += [Column(34)]
        heads += ["Người đại diện, chức vụ"]
    rows = [_seat(number, seat, named=named) for number, seat in enumerate(seats, 1)]
    return Table(columns=tuple(columns), header=(_head(heads),), rows=tuple(rows), whole=True)


def _seat(number: int, seat: Present, *, named: bool) -> Row:
    came = "" if seat.present is None else "Có mặt" if seat.present else "Vắng"
    cells: list[Cell | str] = [str(number), seat.unit, Cell(came, synthetic=seat.synthetic)]
    if named:
        who = ", ".join(text for text in (seat.representative, seat.position) if text)
        cells.append(Cell(who, synthetic=seat.synthetic and bool(who)))
    return Row(tuple(cells))


def _scores(facts: PaperFacts) -> Part:
    frozen = facts.frozen
    if frozen is None:
        return "", []
    snapshot = frozen.snapshot
    scales = "; ".join(f"{scale.title}, phiên bản {scale.version}" for scale in snapshot.scales)
    again = f" lần {snapshot.version}" if snapshot.version > 1 else ""
    blocks: list[Block] = [
        Paragraph(
            f"Hội nghị thông qua{again} kết quả chấm điểm năm {facts.year} theo {scales}. "
            "Điểm từng dòng của các đơn vị nêu trong Bảng tổng hợp điểm kèm theo biên bản này."
        ),
        _ranking(snapshot),
    ]
    blocks += [Paragraph(words) for words in _ranking_words(snapshot)]
    if snapshot.reason:
        blocks.append(Paragraph(f"Lý do thông qua lại: {snapshot.reason}"))
        blocks.append(Bullets(tuple(_moved(one) for one in frozen.moves)))
    blocks += _deviations(snapshot)
    return "Kết quả chấm điểm, xếp hạng", blocks


def _ranking(snapshot: Snapshot) -> Table:
    by_percent = any(scale.key == "percent" for scale in snapshot.scales)
    classed = any(row.result_class for row in snapshot.units)
    heads = ["TT", "Đơn vị", "Tổng điểm"]
    columns = [Column(6, Align.CENTER), Column(44), Column(13, Align.RIGHT)]
    if by_percent:
        heads.append("Tỷ lệ")
        columns.append(Column(11, Align.RIGHT))
    heads.append("Xếp thứ")
    columns.append(Column(11, Align.CENTER))
    if classed:
        heads.append("Xếp loại")
        columns.append(Column(16))
    rows = [
        _ranked(snapshot, number, row, by_percent=by_percent, classed=classed)
        for number, row in enumerate(snapshot.ranking, 1)
    ]
    return Table(
        columns=tuple(columns),
        header=(_head(heads),),
        rows=tuple(rows),
        note="Đơn vị tính: điểm",
        whole=True,
    )


def _ranked(
    snapshot: Snapshot, number: int, row: UnitRow, *, by_percent: bool, classed: bool
) -> Row:
    cells: list[Cell | str] = [
        str(number),
        row.name,
        Cell(total_text(snapshot, row), synthetic=row.synthetic and row.result_total is not None),
    ]
    if by_percent:
        cells.append(
            Cell(
                percent_text(snapshot, row),
                synthetic=row.synthetic and row.result_percent is not None,
            )
        )
    cells.append(Cell(rank_text(row), synthetic=row.synthetic and row.is_ranked))
    if classed:
        cells.append(row.result_class)
    return Row(tuple(cells))


def _moved(move: Move) -> tuple[Run, ...]:
    return (Run(move.words.removesuffix("."), synthetic=move.synthetic), Run("."))


def _ranking_words(snapshot: Snapshot) -> Iterator[Text]:
    lead = lead_text(snapshot)
    if lead:
        yield (Run(lead, synthetic=lead_synthetic(snapshot)), Run("."))
    seen: set[str] = set()
    ranked = [row for row in snapshot.ranking if row.is_ranked]
    for row in ranked:
        tied = [
            one for one in ranked if one is not row and snapshot.figure(one) == snapshot.figure(row)
        ]
        if tied and row.decided and row.decided not in seen:
            seen.add(row.decided)
            yield f"{row.name}, xếp thứ {row.rank}: {row.decided}."
    for row in snapshot.ranking:
        if not row.is_ranked:
            yield f"{row.name} không xếp hạng: {row.why_not_ranked.rstrip('.')}."
        elif not row.considered:
            hit = "; ".join(gate.label for gate in row.gates if gate.state == "hit")
            yield f"{row.name} không xét khen thưởng: {hit}."
        if row.late:
            yield f"{row.name} gửi bảng tự chấm sau hạn."


def _deviations(snapshot: Snapshot) -> list[Block]:
    """What the conference changed, and apart from it what differs from the computed figure."""
    blocks: list[Block] = []
    changed = [one for one in snapshot.deviations if snapshot.decided_by_conference(one)]
    if changed:
        words = f"Có {len(changed)} dòng hội nghị quyết định khác điểm thẩm định:"
        blocks.append(Paragraph(words))
        rows = [(one, snapshot.verified(one)) for one in changed]
        blocks.append(_compared(snapshot, "Thẩm định", rows))
    else:
        blocks.append(Paragraph("Hội nghị không quyết định khác điểm thẩm định ở dòng nào."))
    by_hand = [one for one in snapshot.deviations if one.differs_from_rule]
    if by_hand:
        blocks.append(Paragraph("Dòng có điểm khác số máy gợi ý:"))
        blocks.append(_compared(snapshot, "Máy gợi ý", [(one, one.computed) for one in by_hand]))
    return blocks


_DEVIATION_ALIGN = {0: Align.CENTER, 3: Align.RIGHT, 4: Align.RIGHT}


def _compared(
    snapshot: Snapshot, against: str, found: list[tuple[Deviation, Fraction | None]]
) -> Table:
    heads = ["TT", "Đơn vị", "Dòng", against, "Thông qua", "Lý do"]
    return Table(
        columns=tuple(
            Column(width, _DEVIATION_ALIGN.get(at, Align.LEFT))
            for at, width in enumerate((6, 25, 28, 12, 12, 31))
        ),
        header=(_head(heads),),
        rows=tuple(
            _deviation(snapshot, number, one, before)
            for number, (one, before) in enumerate(found, 1)
        ),
        note="Đơn vị tính: điểm",
    )


def _deviation(snapshot: Snapshot, number: int, one: Deviation, before: Fraction | None) -> Row:
    row = snapshot.of(one.unit_id)
    scale = snapshot.scales[0 if row is None else row.scale or 0]
    return Row(
        (
            str(number),
            "" if row is None else row.name,
            f"{one.key.partition('@')[0]}. {one.label}",
            _decided_figure(scale, before, one),
            _decided_figure(scale, one.points, one),
            one.reason,
        )
    )


def _decided_figure(scale: ScaleTable, figure: Fraction | None, one: Deviation) -> Cell:
    return Cell(points_text(figure, scale), synthetic=one.synthetic and figure is not None)


def _elections(facts: PaperFacts) -> Part:
    title = f"Trưởng khối, Phó khối năm {facts.year + 1}"
    return title, [Paragraph(_decided(one)) for one in facts.elected]


def _nominations(facts: PaperFacts) -> Part:
    gathered: dict[str, list[Decided]] = {}
    for one in facts.nominated:
        gathered.setdefault(one.what, []).append(one)
    blocks: list[Block] = []
    for award, found in gathered.items():
        blocks.append(Paragraph(f"Suy tôn đề nghị tặng {award}:"))
        blocks.append(Bullets(tuple(_given(one) for one in found)))
    return "Bình xét, suy tôn", blocks


def _decided(one: Decided) -> tuple[Run, ...]:
    name = Run(one.unit, bold=True, synthetic=one.synthetic)
    return (Run(f"{one.what}: "), name, Run(f" ({_how(one)})."))


def _given(one: Decided) -> tuple[Run, ...]:
    ground = f" Căn cứ: {one.ground.rstrip('.')}." if one.ground else ""
    return (Run(one.unit, synthetic=one.synthetic), Run(f" ({_how(one)}).{ground}"))


def _how(one: Decided) -> str:
    """The method inside a sentence, with the votes where they were counted."""
    method = one.method[:1].lower() + one.method[1:]
    return f"{method}, {one.votes}" if one.votes else method


def _remarks(facts: PaperFacts) -> Part:
    return "Ý kiến chỉ đạo", [Paragraph(words) for words in facts.remarks]


def _marks(facts: PaperFacts) -> Part:
    frozen = facts.frozen
    if frozen is None:
        return "", []
    return "Dấu để đối chiếu", [
        Paragraph(
            "Hai dấu dưới đây tính từ bảng điểm đã thông qua và từ sổ ghi mọi việc của năm. Đổi "
            "một số bất kỳ thì dấu khác đi, nên ai cũng đối chiếu được bản in này với bản lưu."
        ),
        KeyValues(
            (
                ("Dấu của bảng điểm:", in_groups(frozen.fingerprint)),
                ("Gốc sổ cái trước khi thông qua:", in_groups(frozen.ledger_root)),
            )
        ),
    ]


def _head(words: list[str]) -> Row:
    return Row(tuple(Cell(text, bold=True, align=Align.CENTER) for text in words))
