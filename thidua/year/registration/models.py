"""What a unit registers for the year: targets bound to slots, titles it aims for, key tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thidua.registry.models import Unit
from thidua.registry.owned import Owned
from thidua.year.bloc.models import BlocYear
from thidua.year.record.awards import Award


class Registration(Owned):
    """One unit's registration of a year: drafted, approved by its leader, taken by the head."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        SUBMITTED = "submitted", "Chờ lãnh đạo duyệt"
        APPROVED = "approved", "Chờ Trưởng khối xem"
        ACCEPTED = "accepted", "Trưởng khối đã nhận"
        RETURNED = "returned", "Bị trả lại"

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    state = models.CharField(
        "Tình trạng", max_length=10, choices=State.choices, default=State.DRAFT
    )
    late = models.BooleanField("Gửi chậm", default=False)
    submitted_at = models.DateTimeField("Trình lúc", null=True, blank=True)
    approved_at = models.DateTimeField("Duyệt lúc", null=True, blank=True)
    accepted_at = models.DateTimeField("Nhận lúc", null=True, blank=True)
    return_reason = models.TextField("Lý do trả lại", blank=True)
    version = models.PositiveIntegerField("Lần sửa", default=0)

    class Meta:
        ordering = ("bloc_year", "unit", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "unit"), name="registration_once"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "submitted", "approved", "accepted", "returned")),
                name="registration_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_state_display()}"


class Target(Owned):
    """A figure to reach, assigned from above (mandatory) or chosen; ``code``: the slot it fills."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="targets")
    code = models.CharField("Ô của thang điểm", max_length=60, blank=True)
    order = models.PositiveSmallIntegerField("Thứ tự", default=0)
    name = models.CharField("Tên chỉ tiêu", max_length=400, blank=True)
    measure = models.CharField("Đơn vị tính", max_length=60, blank=True)
    value = models.BigIntegerField("Chỉ tiêu (phần nghìn)", null=True, blank=True)
    wording = models.CharField("Chỉ tiêu bằng lời", max_length=200, blank=True)
    assigned = models.BooleanField("Được giao, bắt buộc", default=False)
    document_number = models.CharField("Số nghị quyết", max_length=120, blank=True)
    document_date = models.DateField("Ngày nghị quyết", null=True, blank=True)
    clause = models.CharField("Mục, khoản", max_length=120, blank=True)
    last_year = models.BigIntegerField("Kết quả năm trước (phần nghìn)", null=True, blank=True)
    reason = models.CharField("Lý do thấp hơn năm trước", max_length=400, blank=True)

    class Meta:
        ordering = ("registration", "order", "code", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("registration", "code"), condition=~Q(code=""), name="target_slot_once"
            ),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="target_value"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_left_empty(self) -> bool:
        """The unit leaves this slot without a target; ``reason`` says why."""
        return self.value is None and not self.wording

    @property
    def is_lower(self) -> bool:
        """Below what the unit reached the year before."""
        return self.value is not None and self.last_year is not None and self.value < self.last_year

    @property
    def is_higher(self) -> bool:
        """Above what the unit reached the year before."""
        return self.value is not None and self.last_year is not None and self.value > self.last_year


class TitleAim(Owned):
    """A title or commendation the unit aims for, for itself, its sub-collectives or its people."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="titles")
    award = models.CharField("Danh hiệu, hình thức khen", max_length=40, choices=Award.choices)
    count = models.PositiveIntegerField("Số tập thể, cá nhân", null=True, blank=True)

    class Meta:
        ordering = ("registration", "id")
        constraints = [
            models.UniqueConstraint(fields=("registration", "award"), name="title_aim_once"),
            models.CheckConstraint(
                condition=Q(award__in=Award.values), name="title_aim_award_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_award_display()


class KeyTask(Owned):
    """One of the key tasks of the year (nhiệm vụ trọng tâm)."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="key_tasks")
    order = models.PositiveSmallIntegerField("Số thứ tự")
    text = models.CharField("Nhiệm vụ", max_length=500)
    due = models.CharField("Thời hạn", max_length=60, blank=True)

    class Meta:
        ordering = ("registration", "order", "id")
        constraints = [
            models.UniqueConstraint(fields=("registration", "order"), name="key_task_order_once")
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.text}"


class ReportedCount(Owned):
    """How many units registered an award, where a source gives the count but not the units."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="reported_counts")
    award = models.CharField("Danh hiệu, hình thức khen", max_length=40, choices=Award.choices)
    count = models.PositiveIntegerField("Số đơn vị")
    source = models.CharField("Nguồn", max_length=300)

    class Meta:
        ordering = ("bloc_year", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "award"), name="reported_count_once"),
            models.CheckConstraint(
                condition=Q(award__in=Award.values), name="reported_count_award_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} đơn vị đăng ký {self.get_award_display()}"
