"""What the scale does not say: quorum, visibility, late submission; and the theme of the year."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.refusal import text_of
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import (
    refuse,
    require,
    require_open_year,
    require_unadopted,
    standing_of,
)

LARGEST = 100
THEME_MOST = 2000
HEAD_ONLY = "Bạn xem được quy định của khối, không sửa được. Trưởng khối sửa được."


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`quorum_num`/`quorum_den`: least share of member units that makes a conference valid."""

    quorum_num: int
    quorum_den: int
    visibility: BlocYear.Visibility
    late: BlocYear.Late


def set_settings(
    actor: Actor, *, bloc_year: BlocYear, settings: Settings, request_id: str = ""
) -> BlocYear:
    """Change the bloc's own rules; the ledger keeps what they were.

    Refused: RIGHT-1, YEAR-1, YEAR-2, SETTING-1.
    """
    require(standing_of(actor, bloc_year).head, HEAD_ONLY)
    if not 1 <= settings.quorum_num <= settings.quorum_den <= LARGEST:
        words = f"Ghi một phân số từ 1/{LARGEST} đến 1/1, ví dụ 2/3."
        raise refuse("SETTING-1", words, field="quorum_num")
    with Act(
        actor,
        "bloc.set_settings",
        chain=chain.of_year(bloc_year.pk),
        subject="Sửa quy định về số đơn vị dự, quyền xem bảng điểm, gửi sau hạn",
        request_id=request_id,
        inputs=vars(settings),
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        act.change(bloc_year, **vars(settings))
        return act.result(bloc_year)


def set_theme(actor: Actor, *, bloc_year: BlocYear, theme: str, request_id: str = "") -> BlocYear:
    """Write the theme of the year (chủ đề hành động). Refused: RIGHT-1, YEAR-1, TEXT-*."""
    words = "Bạn xem được chủ đề, không sửa được. Trưởng khối sửa được."
    require(standing_of(actor, bloc_year).head, words)
    said = text_of(theme, label="chủ đề", most=THEME_MOST, field="theme")
    with Act(
        actor,
        "bloc.set_theme",
        chain=chain.of_year(bloc_year.pk),
        subject="Ghi chủ đề hành động của năm",
        request_id=request_id,
        inputs={"theme": said},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_open_year(bloc_year)
        act.change(bloc_year, theme=said)
        return act.result(bloc_year)
