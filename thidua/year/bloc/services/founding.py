"""Founding a bloc-year from its decision: members in order, head, deputy, period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from thidua.core.finding import Finding, Refused
from thidua.core.text import one_line
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import line_of, text_of
from thidua.registry.services import create_unit
from thidua.year.bloc.models import Bloc, BlocYear, Membership, Office
from thidua.year.bloc.rights import refuse, require, require_open_year, require_unadopted
from thidua.year.bloc.services.members import (
    KIND_MOST,
    MemberDraft,
    known_unit,
    require_size,
)

FIRST_YEAR, LAST_YEAR = 1945, 2200
LONGEST_DAYS = 731
OFFICE_ONLY = "Bạn không lập khối được. Cơ quan thường trực lập khối."
DETAILS_ONLY = "Bạn xem được trang này, không sửa được. Cơ quan thường trực sửa được."


@dataclass(frozen=True, kw_only=True)
class Details:
    """What the founding decision says beside members and offices; days are local.

    `number`, `day`: số, ký hiệu and date; `starts`, `ends`: the year's window, which need not be
    the calendar year; `council_member`: who on the council is in charge.
    """

    starts: date
    ends: date
    number: str = ""
    day: date | None = None
    council_member: str = ""


@dataclass(frozen=True, kw_only=True)
class Founding:
    """A bloc and its year; `head` and `deputy` are places in `members`, counted from 1.

    An existing name means that bloc: it gets one more year. `source_note` says where the figures
    of a demo come from; `synthetic` marks the year's own row as made up.
    """

    name: str
    year: int
    details: Details
    members: Sequence[MemberDraft]
    kind: Bloc.Kind = Bloc.Kind.BLOC
    head: int | None = None
    deputy: int | None = None
    theme: str = ""
    source_note: str = ""
    synthetic: bool = False


def found_bloc_year(actor: Actor, *, founding: Founding, request_id: str = "") -> BlocYear:
    """Open a bloc-year with everything its founding decision says, all or nothing.

    Bloc, year and new units are recorded in the chain of the jurisdiction; members and offices
    begin the chain of the year. Refused: RIGHT-1, BLOC-1 to BLOC-6, OFFICE-1, OFFICE-2, TEXT-*.
    """
    require(actor.is_standing, OFFICE_ONLY)
    name = line_of(founding.name, label="tên khối", most=200, field="name")
    with Act(
        actor,
        "bloc.found",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject=f"Lập {name}, năm {founding.year}",
        request_id=request_id,
        inputs=_inputs(founding),
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        _judge(actor, founding, name)
        bloc = _bloc(act, actor, founding, name)
        units = _units(act, actor, founding.members)
        bloc_year = act.create(_year(actor, bloc, founding))
        _seat(actor, bloc_year, founding, units)
        return act.result(bloc_year)


def correct_founding(
    actor: Actor, *, bloc_year: BlocYear, details: Details, reason: str = "", request_id: str = ""
) -> BlocYear:
    """Correct the founding document, the council member in charge or the period.

    The period says who is a member under which name: it stands still while the table is adopted.
    Refused: RIGHT-1, YEAR-1, YEAR-2, BLOC-4, BLOC-5, TEXT-*.
    """
    may = actor.is_standing and actor.jurisdiction_id == bloc_year.jurisdiction_id
    require(may, DETAILS_ONLY)
    with Act(
        actor,
        "bloc.correct_founding",
        chain=chain.of_year(bloc_year.pk),
        subject="Sửa thông tin thành lập khối",
        request_id=request_id,
        reason=reason,
        inputs={**vars(details), "reason": reason},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_open_year(bloc_year)
        if (details.starts, details.ends) != (bloc_year.starts, bloc_year.ends):
            require_unadopted(bloc_year)
        act.change(bloc_year, **_columns(details, year=bloc_year.year))
        return act.result(bloc_year)


def _inputs(founding: Founding) -> dict[str, object]:
    plain = {**vars(founding), "kind": founding.kind.value, "details": vars(founding.details)}
    plain["members"] = [vars(draft) for draft in founding.members]
    return plain


def _judge(actor: Actor, founding: Founding, name: str) -> None:
    """Everything that is wrong, at once: nobody mends a form one sentence at a time."""
    known: set[object] = set()
    checks: list[Callable[[], object]] = [
        lambda: require_size(len(founding.members)),
        lambda: _judge_period(founding),
        lambda: _judge_offices(founding),
        lambda: _known_bloc(actor, name, founding.year),
        *(partial(_take, actor, draft, known) for draft in founding.members),
    ]
    findings: list[Finding] = []
    for check in checks:
        try:
            check()
        except Refused as refused:
            findings.extend(refused.findings)
    if findings:
        raise Refused(findings)


def _take(actor: Actor, draft: MemberDraft, known: set[object]) -> None:
    """A unit, of the registry or new, stands in the list once."""
    unit, name = known_unit(actor, draft), one_line(draft.name)
    key = unit.pk if unit else name.casefold()
    if key in known:
        words = f"{unit.name if unit else name} có hai lần trong danh sách. Bỏ bớt một dòng."
        raise refuse("BLOC-2", words)
    known.add(key)


def _judge_period(founding: Founding) -> None:
    if not FIRST_YEAR <= founding.year <= LAST_YEAR:
        words = f"Năm thi đua phải từ {FIRST_YEAR} đến {LAST_YEAR}."
        raise refuse("BLOC-5", words, field="year")
    _columns(founding.details, year=founding.year)


def _judge_offices(founding: Founding) -> None:
    for place, office in ((founding.head, "Trưởng khối"), (founding.deputy, "Phó khối")):
        if place is not None and not 1 <= place <= len(founding.members):
            raise refuse("OFFICE-1", f"{office} phải là một đơn vị trong danh sách thành viên.")
    if founding.head is not None and founding.head == founding.deputy:
        raise refuse("OFFICE-2", "Trưởng khối và Phó khối phải là hai đơn vị khác nhau.")


def _columns(details: Details, *, year: int) -> dict[str, object]:
    if details.day is not None and details.day > clock.today():
        words = f"Văn bản ghi ngày {details.day:%d/%m/%Y}, sau hôm nay. Xem lại ngày văn bản."
        raise refuse("BLOC-4", words, field="decision_day")
    if not 0 < (details.ends - details.starts).days <= LONGEST_DAYS:
        words = "Năm thi đua phải kết thúc sau ngày bắt đầu, trong vòng hai năm."
        raise refuse("BLOC-5", words, field="ends")
    if not details.starts.year - 1 <= year <= details.ends.year:
        words = f"Khoảng thời gian này không thuộc năm thi đua {year}. Xem lại năm."
        raise refuse("BLOC-5", words, field="starts")
    return {
        "starts": details.starts,
        "ends": details.ends,
        "founding_number": line_of(
            details.number, label="số văn bản", most=120, field="decision", needed=False
        ),
        "founding_date": details.day,
        "council_member": line_of(
            details.council_member,
            label="thành viên Hội đồng phụ trách",
            most=300,
            field="council_member",
            needed=False,
        ),
    }


def _bloc(act: Act, actor: Actor, founding: Founding, name: str) -> Bloc:
    known = _known_bloc(actor, name, founding.year)
    if known is not None:
        return known
    own = {"jurisdiction_id": actor.jurisdiction_id, "synthetic": founding.synthetic}
    return act.create(Bloc(name=name, kind=founding.kind, **own))


def _known_bloc(actor: Actor, name: str, year: int) -> Bloc | None:
    known = Bloc.objects.filter(jurisdiction_id=actor.jurisdiction_id, name=name).first()
    if known is not None and BlocYear.objects.filter(bloc=known, year=year).exists():
        words = f"{name} đã có năm {year}. Mở năm đó trong danh sách các khối."
        raise refuse("BLOC-3", words, field="year")
    return known


def _units(act: Act, actor: Actor, drafts: Sequence[MemberDraft]) -> list[Unit]:
    units: list[Unit] = []
    for draft in drafts:
        unit = known_unit(actor, draft) or create_unit(
            act, actor, name=draft.name, synthetic=draft.synthetic
        )
        if unit in units:
            raise refuse("BLOC-2", f"{unit.name} có hai lần trong danh sách. Bỏ bớt một dòng.")
        units.append(unit)
    return units


def _year(actor: Actor, bloc: Bloc, founding: Founding) -> BlocYear:
    return BlocYear(
        jurisdiction_id=actor.jurisdiction_id,
        bloc=bloc,
        year=founding.year,
        theme=text_of(founding.theme, label="chủ đề", most=2000, field="theme"),
        source_note=founding.source_note,
        synthetic=founding.synthetic,
        **_columns(founding.details, year=founding.year),
    )


def _seat(actor: Actor, bloc_year: BlocYear, founding: Founding, units: Sequence[Unit]) -> None:
    details, own = founding.details, {"jurisdiction_id": bloc_year.jurisdiction_id}
    document = details.number or "văn bản thành lập khối"
    since = min(details.day or details.starts, details.starts)
    with Act(
        actor,
        "bloc.seat",
        chain=chain.of_year(bloc_year.pk),
        subject=f"Lập {bloc_year} với {len(units)} đơn vị theo {document}",
    ) as act:
        for order, (unit, draft) in enumerate(zip(units, founding.members, strict=True), 1):
            kind = line_of(draft.kind, label="loại đơn vị", most=KIND_MOST, field="", needed=False)
            row = Membership(
                bloc_year=bloc_year, unit=unit, order=order, kind=kind, joined=details.starts,
                synthetic=draft.synthetic, **own,
            )  # fmt: skip
            act.create(row)
        held = ((Office.Kind.HEAD, founding.head), (Office.Kind.DEPUTY, founding.deputy))
        for office, place in held:
            if place is not None:
                unit = units[place - 1]
                act.create(
                    Office(
                        bloc_year=bloc_year, kind=office, unit=unit, starts=since, basis=document,
                        synthetic=founding.members[place - 1].synthetic, **own,
                    )
                )  # fmt: skip
        act.result(bloc_year)
