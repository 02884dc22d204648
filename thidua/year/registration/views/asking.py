"""The questions asked once before a registration moves on."""

from __future__ import annotations

from django.urls import reverse

from thidua.platform.http.parts import Confirm
from thidua.year.registration.models import Registration
from thidua.year.registration.queries import Draft


def approve_confirm(found: Draft, name: str, *, others: int) -> Confirm:
    """The leader's second tap."""
    return Confirm(
        name="duyet",
        question=f"Duyệt và gửi đăng ký của {name}?",
        verb="Duyệt và gửi Khối",
        lead="Sau khi gửi:",
        consequences=(
            f"{len(found.targets)} chỉ tiêu vào bảng chấm điểm của đơn vị.",
            f"Trưởng khối nhận xong thì {others} đơn vị khác trong Khối xem được.",
            "Sửa được khi lãnh đạo hoặc Trưởng khối trả lại, mỗi lần sửa phải duyệt lại.",
        ),
        action=reverse("registration:approve", args=[found.bloc_year.pk, found.unit_id]),
        back_url=reverse("registration:approve", args=[found.bloc_year.pk, found.unit_id]),
    )


def accept_confirm(row: Registration | None, name: str) -> Confirm | None:
    """The head takes a registration."""
    if row is None:
        return None
    return Confirm(
        name="nhan",
        question=f"Nhận bản đăng ký của {name}?",
        verb="Nhận đăng ký",
        lead="Sau khi nhận:",
        consequences=(
            "Mọi đơn vị trong Khối xem được bản đăng ký này.",
            "Chỉ tiêu trong bản đăng ký dùng để chấm điểm cuối năm.",
        ),
        action=reverse("registration:accept", args=[row.bloc_year_id, row.unit_id]),
        back_url=reverse("registration:unit", args=[row.bloc_year_id, row.unit_id]),
    )


def return_confirm(row: Registration) -> Confirm:
    """Giving back with a reason; never the primary button."""
    return Confirm(
        name="tra-lai",
        question="Trả lại bản đăng ký?",
        verb="Trả lại kèm lý do",
        sure="Trả lại",
        lead="Sau khi trả lại:",
        consequences=("Đơn vị sửa rồi trình lại, lãnh đạo duyệt lại.",),
        action=reverse("registration:return", args=[row.bloc_year_id, row.unit_id]),
        back_url=reverse("registration:unit", args=[row.bloc_year_id, row.unit_id]),
        reason_label="Lý do trả lại",
        reason_hint="Đơn vị đọc đúng câu này, nên ghi rõ chỗ cần sửa.",
        primary=False,
    )
