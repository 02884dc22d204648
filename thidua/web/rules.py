"""Who may open which address: one row per URL name. A route without a row is refused by the gate.

Rows guard pages (reading, and the door to acting); decisions are judged once more inside services.
``Who`` values are alternatives: one that holds is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from thidua.registry.actor import Actor
from thidua.registry.models import Role
from thidua.year.bloc.rights import Standing


class Who(Enum):
    """The audiences of pages."""

    PUBLIC = auto()  # anybody, signed in or not
    SIGNED_IN = auto()  # any account with a position in force
    ADMINISTRATOR = auto()  # administrator of the installation
    STANDING_OFFICE = auto()  # standing office of the jurisdiction
    INSIDER = auto()  # any position in a member unit, or the standing office
    MEMBER = auto()  # any position in a member unit
    UNIT = auto()  # staff of the unit named by ``unit_id`` in the address
    CHECKER = auto()  # whoever works on the sheet of the unit named by ``unit_id``
    HEAD = auto()  # acts as head of the bloc in that year


Check = Callable[[Actor, Standing | None, Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Rule:
    """The audiences of one address, and the sentence shown to everybody else."""

    who: frozenset[Who]
    refusal: str = "Trang này dành cho cương vị khác."


def only(*who: Who, refusal: str = "Trang này dành cho cương vị khác.") -> Rule:
    """A rule for the named audiences."""
    return Rule(frozenset(who), refusal)


CHECKS: dict[Who, Check] = {
    Who.PUBLIC: lambda _actor, _standing, _address: True,
    Who.SIGNED_IN: lambda _actor, _standing, _address: True,
    Who.ADMINISTRATOR: lambda actor, _standing, _address: actor.is_administrator,
    Who.STANDING_OFFICE: lambda actor, _standing, _address: actor.is_standing,
    Who.INSIDER: lambda _actor, standing, _address: bool(standing and standing.insider),
    Who.MEMBER: lambda _actor, standing, _address: bool(standing and standing.member),
    Who.UNIT: lambda actor, standing, address: bool(
        standing
        and standing.member
        and actor.unit_id == address.get("unit_id")
        and actor.role != Role.VERIFIER
    ),
    Who.CHECKER: lambda _actor, standing, address: bool(
        standing and standing.examines(address["unit_id"])
    ),
    Who.HEAD: lambda _actor, standing, _address: bool(standing and standing.head),
}


def allows(rule: Rule, actor: Actor, standing: Standing | None, address: Mapping[str, Any]) -> bool:
    """Whether one of the rule's audiences holds."""
    return any(CHECKS[who](actor, standing, address) for who in rule.who)


RULES: dict[str, Rule] = {
    # --- web
    "login": only(Who.PUBLIC),
    "logout": only(Who.PUBLIC),
    "password_reset": only(Who.PUBLIC),
    "password_reset_done": only(Who.PUBLIC),
    "password_reset_confirm": only(Who.PUBLIC),
    "password_reset_complete": only(Who.PUBLIC),
    "password_change": only(Who.SIGNED_IN),
    "password_change_done": only(Who.SIGNED_IN),
    "home": only(Who.SIGNED_IN),
    "switch_position": only(Who.SIGNED_IN),
    "help": only(Who.PUBLIC),
    "help_topic": only(Who.PUBLIC),
    "health": only(Who.PUBLIC),
    "year": only(Who.INSIDER),
    "history": only(Who.INSIDER),
    "system": only(Who.ADMINISTRATOR),
    # --- registry
    "registry:units": only(Who.STANDING_OFFICE),
    "registry:unit_add": only(Who.STANDING_OFFICE),
    "registry:unit": only(Who.STANDING_OFFICE),
    "registry:unit_rename": only(Who.STANDING_OFFICE),
    "registry:unit_kind": only(Who.STANDING_OFFICE),
    "registry:unit_dissolve": only(Who.STANDING_OFFICE),
    "registry:people": only(Who.STANDING_OFFICE, Who.ADMINISTRATOR),
    "registry:person_add": only(Who.STANDING_OFFICE, Who.ADMINISTRATOR),
    "registry:person": only(Who.STANDING_OFFICE, Who.ADMINISTRATOR),
    "registry:person_name": only(Who.STANDING_OFFICE, Who.ADMINISTRATOR),
    "registry:position_add": only(Who.STANDING_OFFICE, Who.ADMINISTRATOR),
    "registry:position_end": only(Who.STANDING_OFFICE, Who.ADMINISTRATOR),
    "registry:invite": only(Who.STANDING_OFFICE, Who.ADMINISTRATOR),
    "registry:invitation_withdraw": only(Who.STANDING_OFFICE, Who.ADMINISTRATOR),
    "registry:invitation": only(Who.PUBLIC),
    "registry:invitation_decline": only(Who.PUBLIC),
    # --- bloc
    "bloc:blocs": only(Who.STANDING_OFFICE),
    "bloc:found": only(Who.STANDING_OFFICE),
    "bloc:bloc": only(Who.INSIDER),
    "bloc:details": only(Who.STANDING_OFFICE),
    "bloc:members": only(Who.STANDING_OFFICE),
    "bloc:leave": only(Who.STANDING_OFFICE),
    "bloc:kinds": only(Who.STANDING_OFFICE, Who.HEAD),
    "bloc:offices": only(Who.STANDING_OFFICE),
    "bloc:windows": only(Who.HEAD),
    "bloc:settings": only(Who.HEAD),
    "bloc:theme": only(Who.HEAD),
    "bloc:checkers": only(Who.HEAD),
    "bloc:draw": only(Who.INSIDER),
    "bloc:draw_word": only(Who.INSIDER),
    "bloc:draw_pdf": only(Who.INSIDER),
    "bloc:draw_file": only(Who.INSIDER),
    "bloc:conflicts": only(Who.INSIDER),
    # --- rulebook
    "rulebook:rulebook": only(Who.INSIDER),
    "rulebook:scale": only(Who.INSIDER),
    "rulebook:file": only(Who.INSIDER),
    "rulebook:word": only(Who.INSIDER),
    "rulebook:pdf": only(Who.INSIDER),
    "rulebook:import": only(Who.HEAD, refusal="Trưởng khối nạp thang điểm."),
    "rulebook:adopt": only(Who.HEAD, refusal="Trưởng khối ghi nhận việc thông qua thang điểm."),
    "rulebook:discard": only(Who.HEAD, refusal="Trưởng khối bỏ dự thảo thang điểm."),
    "rulebook:excel": only(Who.INSIDER),
    "rulebook:difference": only(Who.INSIDER),
    "rulebook:difference_file": only(Who.INSIDER),
    "rulebook:new_version": only(Who.HEAD, refusal="Trưởng khối sửa thang điểm trong năm."),
    "rulebook:criterion": only(Who.HEAD, refusal="Trưởng khối sửa thang điểm trong năm."),
    "rulebook:start": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:blank": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:copy": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:table": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:columns": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:lines": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:drop_table": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:edit": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:edit_line": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:edit_act": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:edit_part": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    "rulebook:repair": only(Who.HEAD, refusal="Trưởng khối soạn thang điểm."),
    # --- registration
    "registration:board": only(Who.INSIDER),
    "registration:workbook": only(Who.INSIDER),
    "registration:word": only(Who.INSIDER),
    "registration:pdf": only(Who.INSIDER),
    "registration:assign": only(
        Who.STANDING_OFFICE, refusal="Cơ quan thường trực giao chỉ tiêu cho các đơn vị."
    ),
    "registration:reported": only(
        Who.HEAD,
        Who.STANDING_OFFICE,
        refusal="Trưởng khối hoặc cơ quan thường trực ghi số lượng theo nguồn.",
    ),
    "registration:unit": only(Who.INSIDER),
    "registration:targets": only(Who.UNIT, refusal="Cán bộ của đơn vị soạn bản đăng ký."),
    "registration:titles": only(Who.UNIT, refusal="Cán bộ của đơn vị soạn bản đăng ký."),
    "registration:key_tasks": only(Who.UNIT, refusal="Cán bộ của đơn vị soạn bản đăng ký."),
    "registration:submit": only(Who.UNIT, refusal="Cán bộ của đơn vị trình bản đăng ký."),
    "registration:approve": only(Who.UNIT, refusal="Lãnh đạo đơn vị duyệt bản đăng ký."),
    "registration:accept": only(Who.HEAD, refusal="Trưởng khối nhận bản đăng ký."),
    "registration:return": only(
        Who.UNIT, Who.HEAD, refusal="Lãnh đạo đơn vị hoặc Trưởng khối trả lại bản đăng ký."
    ),
    # --- progress (which unit's pages are seen: thidua/year/progress/visibility.py)
    "progress:overview": only(Who.INSIDER),
    "progress:unit": only(Who.INSIDER),
    "progress:record": only(Who.UNIT),
    "progress:library": only(Who.INSIDER),
    "progress:workbook": only(Who.INSIDER),
    "progress:load": only(Who.UNIT),
    "progress:piece": only(Who.UNIT),
    "progress:describe": only(Who.UNIT),
    "progress:add": only(Who.UNIT),
    "progress:document": only(Who.INSIDER),
    "progress:page": only(Who.INSIDER),
    "progress:attach": only(Who.UNIT),
    "progress:remove": only(Who.UNIT),
    "progress:uncite": only(Who.UNIT),
    "progress:download": only(Who.INSIDER),
    # --- scoring (whose sheets may be read: thidua/year/scoring/queries.py, visible_units)
    "scoring:table": only(Who.INSIDER),
    "scoring:open": only(Who.HEAD, refusal="Trưởng khối mở bảng chấm điểm."),
    "scoring:new_version": only(
        Who.HEAD, refusal="Trưởng khối chuyển bảng chấm sang phiên bản mới."
    ),
    "scoring:steps": only(Who.INSIDER),  # setting them: services/configuring.py, may_configure
    "scoring:table_file": only(Who.INSIDER),
    "scoring:rehearsal": only(Who.INSIDER),
    "scoring:matching": only(Who.INSIDER),
    "scoring:rehearsal_file": only(Who.INSIDER),
    "scoring:firmness": only(Who.INSIDER),
    "scoring:firmness_file": only(Who.INSIDER),
    "scoring:firm_sentence": only(Who.INSIDER),
    "scoring:sheet": only(Who.INSIDER),
    "scoring:save": only(Who.UNIT, refusal="Người của đơn vị tự chấm điểm."),
    "scoring:send": only(Who.UNIT, refusal="Người của đơn vị gửi bảng tự chấm."),
    "scoring:take_back": only(Who.UNIT, refusal="Người của đơn vị rút lại bảng tự chấm."),
    "scoring:fields": only(Who.INSIDER),
    "scoring:sheet_file": only(Who.INSIDER),
    "scoring:workbook": only(Who.UNIT, refusal="Người của đơn vị nạp bảng tự chấm."),
    "scoring:workbook_file": only(Who.UNIT, refusal="Người của đơn vị tải bảng tự chấm để điền."),
    "scoring:workbook_compare": only(Who.UNIT, refusal="Người của đơn vị nhận số liệu từ tệp."),
    "scoring:line": only(Who.INSIDER),
    "scoring:cite": only(Who.UNIT, refusal="Người của đơn vị dẫn minh chứng."),
    "scoring:why_total": only(Who.INSIDER),
    "scoring:why": only(Who.INSIDER),
    "scoring:verify": only(Who.CHECKER, refusal="Đơn vị được phân công thẩm định mở trang này."),
    "scoring:verify_line": only(Who.CHECKER, refusal="Đơn vị được phân công thẩm định."),
    "scoring:withdraw": only(Who.CHECKER, refusal="Đơn vị được phân công thẩm định."),
    "scoring:confirm_rest": only(Who.CHECKER, refusal="Đơn vị được phân công thẩm định."),
    "scoring:finish": only(Who.CHECKER, refusal="Đơn vị được phân công thẩm định."),
    "scoring:explanations": only(Who.INSIDER),
    "scoring:answer": only(Who.CHECKER, refusal="Người thẩm định trả lời giải trình."),
    "scoring:explain": only(Who.UNIT, refusal="Người của đơn vị giải trình."),
    # --- conference
    "conference:conference": only(Who.INSIDER),
    "conference:meeting": only(Who.HEAD, refusal="Trưởng khối ghi thông tin hội nghị."),
    "conference:remarks": only(Who.HEAD, refusal="Trưởng khối ghi ý kiến chỉ đạo."),
    "conference:attendance": only(Who.HEAD, refusal="Trưởng khối điểm danh."),
    "conference:adoption": only(Who.HEAD, refusal="Trưởng khối ghi việc thông qua bảng điểm."),
    "conference:lines": only(Who.HEAD, refusal="Trưởng khối ghi điểm hội nghị quyết."),
    "conference:line": only(Who.HEAD, refusal="Trưởng khối ghi điểm hội nghị quyết."),
    "conference:reopen": only(Who.HEAD, refusal="Trưởng khối mở lại bảng điểm đã thông qua."),
    "conference:keep": only(Who.HEAD, refusal="Trưởng khối khóa lại bảng điểm đã thông qua."),
    "conference:not_ranked": only(Who.HEAD, refusal="Trưởng khối ghi đơn vị không xếp hạng."),
    "conference:ranked_again": only(Who.HEAD, refusal="Trưởng khối đưa đơn vị trở lại xếp hạng."),
    "conference:result": only(Who.INSIDER),
    "conference:why": only(Who.INSIDER),
    "conference:firmness": only(Who.INSIDER),
    "conference:firmness_file": only(Who.INSIDER),
    "conference:elections": only(Who.INSIDER),
    "conference:withdraw_election": only(Who.HEAD, refusal="Trưởng khối bỏ ghi nhận này."),
    "conference:nominations": only(Who.INSIDER),
    "conference:withdraw_nomination": only(Who.HEAD, refusal="Trưởng khối bỏ ghi nhận này."),
    "conference:papers": only(Who.INSIDER),
    "conference:minutes_file": only(Who.INSIDER),
    "conference:table_file": only(Who.INSIDER),
    "conference:closing": only(Who.HEAD, refusal="Trưởng khối khép năm."),
    # --- record
    "record:record": only(Who.INSIDER),
    "record:workbook": only(Who.INSIDER),
    "record:unit": only(Who.INSIDER),
}
