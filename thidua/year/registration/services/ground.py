"""What every decision of registration stands on: the row, the right, the one shared version."""

from __future__ import annotations

from collections.abc import Sequence

from thidua.core.points import MILLI
from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.queries import names_on
from thidua.registry.refusal import refuse, require
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import require_open_year, require_unadopted, standing_of
from thidua.year.registration.models import Registration, Target

EDITABLE = (Registration.State.DRAFT, Registration.State.RETURNED)
LARGEST = 10**15 * MILLI - 1
OWN_UNIT_ONLY = "Cán bộ của đơn vị soạn bản đăng ký của đơn vị mình. Bạn xem được, không sửa được."


def unit_name(bloc_year: BlocYear, unit: Unit) -> str:
    """The name the unit bears in that year."""
    day = bloc_year.day_that_counts(clock.today())
    return names_on([unit.pk], day=day).get(unit.pk, unit.name)


def registration_of(act: Act, bloc_year: BlocYear, unit: Unit) -> Registration:
    """The unit's registration, begun here when there is none yet."""
    row = Registration.objects.filter(bloc_year=bloc_year, unit=unit).first()
    if row is not None:
        return row
    return act.create(
        Registration(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            unit=unit,
        )
    )


def open_draft(
    act: Act, actor: Actor, bloc_year: BlocYear, unit: Unit, version: int | None
) -> Registration:
    """The unit's registration, ready to be changed by its own staff; counts the version up."""
    require(standing_of(actor, bloc_year).works_for(unit.pk), OWN_UNIT_ONLY)
    require_open_year(bloc_year)
    require_unadopted(bloc_year)
    row = registration_of(act, bloc_year, unit)
    if row.state not in EDITABLE:
        raise refuse("REG-1", _closed_words(row))
    if version is not None and version != row.version:
        raise refuse(
            "REG-2",
            "Bản đăng ký vừa được sửa ở nơi khác. Dưới đây là nội dung bạn nhập; bấm lưu lần nữa "
            "để thay, hoặc tải lại trang để xem bản mới.",
            version=row.version,
        )
    act.change(row, version=row.version + 1)
    return row


def targets_of(row: Registration) -> Sequence[Target]:
    """The targets of a registration in order."""
    return list(Target.objects.filter(registration=row).order_by("order", "id"))


def checked_figure(value: int | None, *, what: str, field: str) -> int | None:
    """A figure in thousandths that is not negative and fits; the sentence names it."""
    if value is None:
        return None
    if value < 0:
        raise refuse("REG-5", f"{what} không được âm. Nhập từ 0 trở lên.", field=field)
    if value > LARGEST:
        raise refuse("REG-5", f"{what} lớn quá. Phần nguyên nhiều nhất 15 chữ số.", field=field)
    return value


def _closed_words(row: Registration) -> str:
    said = {
        Registration.State.SUBMITTED: "Bản đăng ký đang chờ lãnh đạo đơn vị duyệt. Lãnh đạo trả "
        "lại thì sửa được.",
        Registration.State.APPROVED: "Bản đăng ký đã gửi Khối. Lãnh đạo đơn vị hoặc Trưởng khối "
        "trả lại thì sửa được.",
        Registration.State.ACCEPTED: "Trưởng khối đã nhận bản đăng ký. Trưởng khối trả lại thì "
        "sửa được.",
    }
    return said[Registration.State(row.state)]
