"""Who exists: jurisdictions, units with names through time, people, positions, invitations."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thidua.registry.owned import Owned


class Letterhead(models.TextChoices):
    """Whose rules the documents follow: Nghị định 30/2020/NĐ-CP or the Party's."""

    STATE = "state", "Cơ quan nhà nước"
    PARTY = "party", "Cơ quan Đảng"


class Jurisdiction(models.Model):
    """The province, ministry or Party committee that founds blocs: the tenant."""

    name = models.CharField("Tên", max_length=200, unique=True)
    place = models.CharField("Địa danh ghi trên văn bản", max_length=100)
    standing_office = models.CharField("Cơ quan thường trực", max_length=200)
    letterhead = models.CharField(
        "Thể thức văn bản", max_length=10, choices=Letterhead.choices, default=Letterhead.STATE
    )
    synthetic = models.BooleanField("Dữ liệu mẫu", default=False)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Unit(Owned):
    """An agency. ``name`` is its present name; past names stand in UnitName."""

    name = models.CharField("Tên đơn vị", max_length=200)
    kind = models.CharField("Loại đơn vị", max_length=60, blank=True)
    search = models.CharField("Tên để tìm", max_length=200, db_index=True)
    dissolved_on = models.DateField("Giải thể ngày", null=True, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class UnitName(Owned):
    """A name a unit bore in a period; ``decision`` is the document that gave it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names", verbose_name="Đơn vị")
    name = models.CharField("Tên", max_length=200)
    starts = models.DateField("Từ ngày", null=True, blank=True)
    ends = models.DateField("Đến ngày", null=True, blank=True)
    decision = models.CharField("Văn bản", max_length=200, blank=True)

    class Meta:
        ordering = ("unit", F("starts").asc(nulls_first=True))
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="unit_name_period",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def borne_on(self, day: date) -> bool:
        """Whether the unit bore this name on that day, both ends included."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


class Person(Owned):
    """Somebody who acts for a unit; enough to tell two people of one name apart, no more."""

    personal: ClassVar[tuple[str, ...]] = ("full_name",)

    full_name = models.CharField("Họ và tên", max_length=120)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="people"
    )

    class Meta:
        ordering = ("full_name", "id")
        constraints = [
            models.UniqueConstraint(fields=("jurisdiction", "account"), name="person_account_once")
        ]

    def __str__(self) -> str:
        return self.full_name


class Role(models.TextChoices):
    """What a position lets a person do; head and deputy follow from the unit's office."""

    OFFICER = "officer", "Chuyên viên"
    LEADER = "leader", "Lãnh đạo đơn vị"
    SECRETARY = "secretary", "Thư ký Khối"
    VERIFIER = "verifier", "Người thẩm định"
    STANDING = "standing", "Cơ quan thường trực"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


class Position(Owned):
    """A person acts for a unit (or the standing office) in a role, from one day to another.

    A position that ends the day before it starts was taken back: it was never in force.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="positions")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="positions")
    role = models.CharField("Cương vị", max_length=20, choices=Role.choices)
    title = models.CharField("Chức danh", max_length=120, blank=True)
    starts = models.DateField("Từ ngày")
    ends = models.DateField("Đến hết ngày", null=True, blank=True)

    class Meta:
        ordering = ("person", "starts", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True, role__in=("standing", "administrator"))
                | Q(unit__isnull=False, role__in=("officer", "leader", "secretary", "verifier")),
                name="position_unit_or_office",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="position_role"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit or self.jurisdiction.standing_office}"

    def holds_on(self, day: date) -> bool:
        """Whether the position is in force on that day, both ends included."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


class Invitation(Owned):
    """A one-time link by which a person takes up a position; only its hash is kept."""

    personal: ClassVar[tuple[str, ...]] = ("email",)
    OPEN: ClassVar[dict[str, None]] = {
        "accepted_at": None,
        "declined_at": None,
        "withdrawn_at": None,
    }

    position = models.ForeignKey(Position, models.PROTECT, related_name="invitations")
    email = models.EmailField("Thư công vụ")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField("Người mời", max_length=400)
    created_at = models.DateTimeField("Mời lúc")
    expires_at = models.DateTimeField("Hết hạn lúc")
    accepted_at = models.DateTimeField("Nhận lúc", null=True, blank=True)
    declined_at = models.DateTimeField("Trả lại lúc", null=True, blank=True)
    withdrawn_at = models.DateTimeField("Thu hồi lúc", null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.position}: {self.email}"

    @property
    def answered(self) -> bool:
        """Accepted, given back or withdrawn; an invitation that only expired is not."""
        return any(getattr(self, name) is not None for name in self.OPEN)
