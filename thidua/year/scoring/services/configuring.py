"""The steps of a bloc-year: set before anybody sends a sheet, then only their names and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.chain import of_year
from thidua.registry.actor import Actor
from thidua.registry.refusal import text_of
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import Member, members
from thidua.year.bloc.rights import (
    Standing,
    refuse,
    require,
    require_open_year,
    require_unadopted,
    standing_of,
)
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import adopted_scales, core_scale
from thidua.year.scoring.lines import lines_of
from thidua.year.scoring.models import Sheet, Stage, Step
from thidua.year.scoring.steps import SHARED, STAGES

NAME_MOST = 60
WHO = (
    "Bạn xem được các bước chấm điểm, không sửa được. Trưởng khối và cơ quan thường trực sửa được."
)
USUAL = (Stage.SELF, Stage.VERIFIED, Stage.ADOPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPlan:
    """One step as it is to be; see `models.Step`."""

    stage: Stage
    name: str = ""
    opens: datetime | None = None
    closes: datetime | None = None
    lines: tuple[str, ...] = ()
    blind: bool = False
    combine: Step.Combine = Step.Combine.ONE
    team: tuple[int, ...] = ()
    owners: Mapping[str, int] = field(default_factory=dict)
    evidence: Step.Evidence = Step.Evidence.MANDATORY

    @property
    def columns(self) -> dict[str, Any]:
        """As the row keeps it."""
        found = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "stage"}
        return found | {
            "lines": list(self.lines),
            "team": list(self.team),
            "owners": dict(sorted(self.owners.items())),
        }


LATER = ("name", "opens", "closes")  # what may still change once a sheet was sent


def may_configure(standing: Standing, bloc_year: BlocYear) -> bool:
    """The head, and the standing office of the province."""
    actor = standing.actor
    own = actor.jurisdiction_id == bloc_year.jurisdiction_id
    return standing.head or (own and actor.is_standing)


def was_sent(bloc_year: BlocYear) -> bool:
    """Whether a unit has sent its sheet."""
    return Sheet.objects.filter(bloc_year=bloc_year).exclude(submitted_at=None).exists()


def codes_of(bloc_year: BlocYear) -> dict[str, str]:
    """The codes of lines and groups in the scales in force, with their labels, in order."""
    scales: Iterable[Scale] = adopted_scales(bloc_year).values()
    return {
        line.code: line.node.label or line.code
        for scale in scales
        for line in lines_of(core_scale(scale))
    }


def set_steps(
    actor: Actor, *, bloc_year: BlocYear, plans: Sequence[StepPlan], request_id: str = ""
) -> BlocYear:
    """Set the steps in which a bloc-year scores; self-scores and conference are always there.

    The usual three without any setting leave no rows. Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2,
    STEP-1 (a sheet was sent), STEP-2 (nobody for a step), STEP-3 (lines), STEP-4 (dates), STEP-6
    (several raters), TEXT-*.
    """
    require(may_configure(standing_of(actor, bloc_year), bloc_year), WHO)
    wanted = {plan.stage: plan for plan in plans}
    with Act(
        actor,
        "scoring.set_steps",
        chain=of_year(bloc_year.pk),
        subject="Đặt các bước chấm điểm",
        request_id=request_id,
        inputs={"steps": {stage: _plain(plan) for stage, plan in wanted.items()}},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        ordered = [wanted.get(stage, StepPlan(stage=stage)) for stage in STAGES
                   if stage in wanted or stage in (Stage.SELF, Stage.ADOPTED)]  # fmt: skip
        present = {Stage(row.stage): row for row in Step.objects.filter(bloc_year=bloc_year)}
        _judge(bloc_year, ordered, present)
        act.subject = f"Đặt các bước chấm điểm: {_named(ordered)}"
        _store(act, bloc_year, ordered, present)
        return act.result(bloc_year)


def _plain(plan: StepPlan) -> dict[str, str]:
    return {name: str(value) for name, value in plan.columns.items()}


def _named(plans: Sequence[StepPlan]) -> str:
    return ", ".join(plan.name or plan.stage.label for plan in plans)


def _judge(bloc_year: BlocYear, plans: Sequence[StepPlan], present: Mapping[Stage, Step]) -> None:
    if was_sent(bloc_year):
        _judge_later(plans, present)
    units = members(bloc_year)
    known = codes_of(bloc_year)
    for plan in plans:
        text_of(plan.name, label="tên bước", most=NAME_MOST, field=f"name_{plan.stage}")
        _judge_workers(plan, units)
        _judge_lines(plan, known)
        _judge_sharing(plan)
    _judge_dates(plans)


def _judge_later(plans: Sequence[StepPlan], present: Mapping[Stage, Step]) -> None:
    """After a sheet was sent only names and dates change (STEP-1)."""
    words = (
        "Đã có đơn vị gửi bảng tự chấm nên chỉ đổi được tên và thời gian của bước. "
        "Muốn đổi các bước thì đơn vị rút lại bảng trước."
    )
    before = set(present) or set(USUAL)
    if {plan.stage for plan in plans} != before:
        raise refuse("STEP-1", words)
    for plan in plans:
        stood = present.get(plan.stage) or Step(stage=plan.stage)
        fixed = {name: one for name, one in plan.columns.items() if name not in LATER}
        if any(getattr(stood, name) != one for name, one in fixed.items()):
            raise refuse("STEP-1", words)


def _judge_workers(plan: StepPlan, units: Sequence[Member]) -> None:
    here = {unit.unit_id for unit in units}
    if plan.stage == Stage.TEAM and not plan.team:
        words = f"Chọn các đơn vị trong {_label(plan)}."
        raise refuse("STEP-2", words, field="team")
    if plan.stage == Stage.SECTOR and not plan.owners:
        words = "Ghi mã dòng cho ít nhất một cơ quan phụ trách tiêu chí."
        raise refuse("STEP-2", words, field=f"use_{plan.stage}")
    if not {*plan.team, *plan.owners.values()} <= here:
        raise refuse("STEP-2", "Chỉ chọn đơn vị đang là thành viên của Khối.", field="team")
    if (plan.team and plan.stage != Stage.TEAM) or (plan.owners and plan.stage != Stage.SECTOR):
        raise refuse("STEP-2", "Chỉ tổ thẩm định có đơn vị, chỉ cơ quan phụ trách có dòng riêng.")


def _judge_lines(plan: StepPlan, known: Mapping[str, str]) -> None:
    strange = [code for code in (*plan.lines, *plan.owners) if code not in known]
    if not strange:
        return
    where = f"lines_{plan.stage}" if plan.lines else f"owner_{plan.owners[strange[0]]}"
    if not known:
        words = "Chưa có thang điểm được thông qua nên chưa chọn được dòng. Để trống là mọi dòng."
        raise refuse("STEP-3", words, field=where)
    words = f"{_label(plan)}: thang điểm không có dòng {', '.join(strange)[:200]}."
    raise refuse("STEP-3", words, field=where)


def _judge_sharing(plan: StepPlan) -> None:
    shared = plan.combine != Step.Combine.ONE
    if (shared or plan.blind) and plan.stage not in SHARED:
        words = f"{_label(plan)}: chỉ chấm chéo và tổ thẩm định có nhiều đơn vị cùng chấm một dòng."
        raise refuse("STEP-6", words, field=f"combine_{plan.stage}")
    if plan.blind and not shared:
        words = f"{_label(plan)}: chấm kín thì mỗi đơn vị ghi điểm riêng, chọn trung bình."
        raise refuse("STEP-6", words, field=f"combine_{plan.stage}")


def _judge_dates(plans: Sequence[StepPlan]) -> None:
    last: StepPlan | None = None
    for plan in plans:
        if plan.opens is None and plan.closes is None:
            continue
        where = f"closes_day_{plan.stage}"
        if plan.stage in (Stage.SELF, Stage.ADOPTED):
            words = "Thời gian tự chấm và hội nghị đặt ở trang Các mốc của năm."
            raise refuse("STEP-4", words)
        if plan.opens is None or plan.closes is None or plan.closes <= plan.opens:
            words = f"{_label(plan)}: ghi cả ngày mở và hạn, hạn sau ngày mở."
            raise refuse("STEP-4", words, field=where)
        if last is not None and last.closes is not None and plan.closes < last.closes:
            day = last.closes.astimezone(clock.LOCAL)
            words = f"{_label(plan)}: hạn phải từ hạn của bước trước, {day:%d/%m/%Y}, trở đi."
            raise refuse("STEP-4", words, field=where)
        last = plan


def _label(plan: StepPlan) -> str:
    return plan.name or plan.stage.label


def _store(
    act: Act, bloc_year: BlocYear, plans: Sequence[StepPlan], present: Mapping[Stage, Step]
) -> None:
    kept = {} if _is_usual(plans) else {plan.stage: plan for plan in plans}
    for stage, row in present.items():
        if stage not in kept:
            act.remove(row)
    for stage, plan in kept.items():
        found = present.get(stage)
        if found is not None:
            act.change(found, **plan.columns)
            continue
        own = {"jurisdiction_id": bloc_year.jurisdiction_id, "bloc_year": bloc_year}
        act.create(Step(stage=stage, **own, **plan.columns))


def _is_usual(plans: Sequence[StepPlan]) -> bool:
    return [*plans] == [StepPlan(stage=stage) for stage in USUAL]
