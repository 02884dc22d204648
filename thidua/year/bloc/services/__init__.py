"""Decisions about a bloc and its year."""

from __future__ import annotations

from thidua.year.bloc.services.checkers import (
    assign_checkers,
    begin_verification,
    propose_cycle,
)
from thidua.year.bloc.services.conflicts import declare_conflict, withdraw_conflict
from thidua.year.bloc.services.drawing import draw_checkers
from thidua.year.bloc.services.founding import (
    Details,
    Founding,
    correct_founding,
    found_bloc_year,
)
from thidua.year.bloc.services.members import (
    MemberDraft,
    join_member,
    leave_member,
    set_member_kinds,
)
from thidua.year.bloc.services.offices import Appointment, appoint_office
from thidua.year.bloc.services.settings import Settings, set_settings, set_theme
from thidua.year.bloc.services.windows import Span, set_windows

__all__ = [
    "Appointment",
    "Details",
    "Founding",
    "MemberDraft",
    "Settings",
    "Span",
    "appoint_office",
    "assign_checkers",
    "begin_verification",
    "correct_founding",
    "declare_conflict",
    "draw_checkers",
    "found_bloc_year",
    "join_member",
    "leave_member",
    "propose_cycle",
    "set_member_kinds",
    "set_settings",
    "set_theme",
    "set_windows",
    "withdraw_conflict",
]
