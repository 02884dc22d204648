"""Bốc thăm thẩm định chéo: the head draws, before two witnesses, after self-scoring has closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from thidua.core.drawing import Conditions, Drawn, Unsettled, draw
from thidua.core.drawing.conditions import LAST_YEAR
from thidua.core.finding import Finding, Refused
from thidua.core.fingerprint import fingerprint
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.verify import root_at
from thidua.registry.actor import Actor
from thidua.registry.refusal import text_of
from thidua.scalefile.drawing import DrawFile, draw_plain
from thidua.year.bloc.draws import closing_of, conditions_of, conflicts_of, drawn_ids, keys_of
from thidua.year.bloc.feasible import (
    LEAST_UNITS,
    impossible,
    is_too_many,
    too_few,
    too_tight,
)
from thidua.year.bloc.models import BlocYear, CheckDraw
from thidua.year.bloc.notices import tell_checkers
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import (
    refuse,
    require,
    require_open_year,
    require_unadopted,
    standing_of,
)
from thidua.year.bloc.services.checkers import REASON_MOST, replace_pairs

HEAD_ONLY = "Bạn xem được kết quả bốc thăm. Trưởng khối bốc thăm."
LEAST_DIGITS, MOST_DIGITS = 6, 60
AGAIN_WHY = "Khối đã bốc thăm. Ghi lý do bốc thăm lại, lý do này vào biên bản."
REPEAT_WHY = "Ghi lý do cho lặp lại phân công năm trước, lý do này vào biên bản."
SPOKEN = f"Ghi các chữ số bốc được theo thứ tự, từ {LEAST_DIGITS} đến {MOST_DIGITS} chữ số."
TWO_WITNESSES = (
    "Chọn hai đơn vị chứng kiến khác nhau, là thành viên của khối, không phải Trưởng khối."
)


@dataclass(frozen=True)
class _Ground:
    """What a draw stands on: when self-scoring closed, the keys of the units, the conditions."""

    closed_at: datetime
    keys: Mapping[int, str]
    conditions: Conditions


def draw_checkers(  # noqa: PLR0913  # one decision with everything said aloud at it
    actor: Actor,
    *,
    bloc_year: BlocYear,
    digits: str,
    witnesses: Sequence[int],
    reason: str = "",
    repeat_last_year: bool = False,
    request_id: str = "",
) -> CheckDraw:
    """Draw who verifies whom and make it the assignment.

    `digits`: drawn aloud, as spoken; `witnesses`: ids of the two units whose people watched;
    `repeat_last_year` gives up that condition, only where no draw exists otherwise. The seed joins
    the root of the ledger at the closing of self-scores with the digits, so nobody could choose it.
    Refused: RIGHT-1, YEAR-1, YEAR-2, DRAW-2 to DRAW-12, TEXT-*.
    """
    require(standing_of(actor, bloc_year).head, HEAD_ONLY)
    why = text_of(reason, label="lý do", most=REASON_MOST, field="reason")
    said = {"digits": digits, "witnesses": list(witnesses), "repeat_last_year": repeat_last_year}
    with Act(
        actor,
        "bloc.draw_checkers",
        chain=chain.of_year(bloc_year.pk),
        subject="Bốc thăm phân công thẩm định chéo",
        request_id=request_id,
        reason=why,
        inputs={**said, "reason": why},
    ) as act:
        if act.repeated:
            return act.first(CheckDraw)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        ground = _ground(bloc_year)
        number = CheckDraw.objects.filter(bloc_year=bloc_year).count() + 1
        spoken = _judge(actor, ground, number, why, witnesses, digits)
        root = root_at(chain.of_year(bloc_year.pk), ground.closed_at)
        file = DrawFile(root=root, digits=spoken, conditions=ground.conditions)
        file, drawn = _drawn(file, repeat_last_year=repeat_last_year, why=why)
        row = CheckDraw(number=number, attempt=drawn.attempt, author=actor.label, reason=why)
        head = ground.keys.get(actor.unit_id or 0, "")
        row.plain = {"head": head, "repeat_last_year": repeat_last_year}
        _fill(row, bloc_year, ground, file, witnesses)
        act.subject = f"Bốc thăm phân công thẩm định chéo, lần {number}"
        act.create(row)
        replace_pairs(act, bloc_year, drawn_ids(row))
        tell_checkers(act, row, ground.keys)
        return act.result(row)


def _ground(bloc_year: BlocYear) -> _Ground:
    keys = keys_of(members(bloc_year))
    if len(keys) < LEAST_UNITS:
        raise Refused([too_few()])
    closes = closing_of(bloc_year)
    if closes is None:
        words = "Chưa đặt hạn tự chấm. Đặt ở trang các mốc của năm rồi bốc thăm sau hạn đó."
        raise refuse("DRAW-7", words)
    if clock.now() <= closes:
        raise refuse("DRAW-7", f"Bốc thăm được sau khi hết hạn tự chấm, {_moment(closes)}.")
    if bloc_year.verifying_since is not None:
        since = _moment(bloc_year.verifying_since)
        words = f"Đã bắt đầu thẩm định từ {since} nên không bốc thăm. Cần đổi thì đổi bằng tay."
        raise refuse("DRAW-11", words)
    return _Ground(closes, keys, conditions_of(bloc_year, keys))


def _judge(
    actor: Actor,
    ground: _Ground,
    number: int,
    why: str,
    witnesses: Sequence[int],
    digits: str,
) -> str:
    """The digits as they count; refuses with everything that is wrong at once."""
    found: list[Finding] = []
    if number > 1 and not why:
        found.extend(refuse("DRAW-10", AGAIN_WHY, field="reason").findings)
    others = set(witnesses) & (set(ground.keys) - {actor.unit_id})
    if len(witnesses) != 2 or len(others) != 2:
        found.extend(refuse("DRAW-9", TWO_WITNESSES, field="second_witness").findings)
    spoken = spoken_digits(digits)
    if spoken is None:
        found.extend(refuse("DRAW-8", SPOKEN, field="digits").findings)
    if found or spoken is None:
        raise Refused(found)
    return spoken


def spoken_digits(digits: str) -> str | None:
    """The digits without the spaces and dots between which they were read out; None where they are
    none, too few or too many."""
    bare = "".join(digits.split()).replace(".", "").replace("-", "")
    fits = bare.isascii() and bare.isdigit() and LEAST_DIGITS <= len(bare) <= MOST_DIGITS
    return bare if fits else None


def _drawn(file: DrawFile, *, repeat_last_year: bool, why: str) -> tuple[DrawFile, Drawn]:
    """The draw with the conditions it really used."""
    drawn = _attempted(file)
    if repeat_last_year:
        if drawn is not None:
            words = "Vẫn bốc thăm được mà không lặp lại năm trước. Bỏ đánh dấu ô cho lặp lại."
            raise refuse("DRAW-12", words, field="repeat_last_year")
        if not why:
            raise refuse("DRAW-12", REPEAT_WHY, field="reason")
        file = replace(file, conditions=file.conditions.without(LAST_YEAR))
        drawn = _attempted(file)
    if drawn is None:
        raise Refused([impossible(file.conditions)])
    return replace(file, pairs=drawn.pairs), drawn


def _attempted(file: DrawFile) -> Drawn | None:
    if is_too_many(file.conditions):
        return None
    try:
        return draw(file.conditions, file.own_seed)
    except Unsettled as problem:
        raise Refused([too_tight()]) from problem


def _fill(
    row: CheckDraw,
    bloc_year: BlocYear,
    ground: _Ground,
    file: DrawFile,
    witnesses: Sequence[int],
) -> None:
    """Everything an outsider needs to repeat the draw, and the fingerprint over it."""
    row.jurisdiction_id, row.bloc_year = bloc_year.jurisdiction_id, bloc_year
    row.root, row.digits, row.seed = file.root, file.digits, file.own_seed
    row.closed_at, row.drawn_at = ground.closed_at, clock.now()
    row.first_witness_id, row.second_witness_id = witnesses
    row.unit_ids = list(ground.keys)
    row.plain = {
        **row.plain,
        "bloc": bloc_year.bloc.name,
        "year": bloc_year.year,
        "number": row.number,
        "closed_at": _iso(row.closed_at),
        "drawn_at": _iso(row.drawn_at),
        "witnesses": [ground.keys[one] for one in witnesses],
        "declared": [
            {"units": [ground.keys[one.first_id], ground.keys[one.second_id]],
             "at": _iso(one.declared_at)}
            for one in conflicts_of(bloc_year)
            if one.first_id in ground.keys and one.second_id in ground.keys
        ],
        "attempt": row.attempt,
        **draw_plain(file),
    }  # fmt: skip
    row.fingerprint = fingerprint(row.plain)


def _iso(moment: datetime) -> str:
    return moment.astimezone(clock.LOCAL).isoformat(timespec="seconds")


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(clock.LOCAL):%H:%M ngày %d/%m/%Y}"
