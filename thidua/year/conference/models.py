"""The year-end conference: attendance, adopted tables, elections, nominations, apart."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thidua.registry.models import Unit
from thidua.registry.owned import Owned
from thidua.year.bloc.models import BlocYear, Office
from thidua.year.conference.quorum import is_minority
from thidua.year.record.awards import Award


class Method(models.TextChoices):
    """How an office was filled or a unit nominated, as the regulation says."""

    SECRET = "secret_ballot", "Bỏ phiếu kín bằng phiếu giấy"
    HANDS = "show_of_hands", "Biểu quyết"
    ROTATION = "rotation", "Luân phiên"
    APPOINTED = "appointed", "Phân công"
    UNREPORTED = "unreported", "Nguồn không nêu cách chọn"


class Conference(Owned):
    """Hội nghị tổng kết of one bloc-year."""

    personal: ClassVar[tuple[str, ...]] = ("chair", "secretary", "guests")

    bloc_year = models.OneToOneField(BlocYear, models.PROTECT, related_name="conference")
    held_on = models.DateField("Ngày họp")
    starts_at = models.TimeField("Khai mạc lúc", null=True, blank=True)
    ends_at = models.TimeField("Kết thúc lúc", null=True, blank=True)
    place = models.CharField("Địa điểm", max_length=300)
    chair = models.CharField("Chủ trì", max_length=300)
    secretary = models.CharField("Thư ký", max_length=300, blank=True)
    guests = models.TextField("Đại biểu dự", blank=True)
    remarks = models.TextField("Ý kiến chỉ đạo", blank=True)

    class Meta:
        ordering = ("-held_on", "id")

    def __str__(self) -> str:
        return f"Hội nghị tổng kết {self.bloc_year}"


class Attendance(Owned):
    """Who came for a unit, as what."""

    personal: ClassVar[tuple[str, ...]] = ("representative",)

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="attendance")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    present = models.BooleanField("Có mặt")
    representative = models.CharField("Người đại diện", max_length=120, blank=True)
    position = models.CharField("Chức vụ", max_length=120, blank=True)

    class Meta:
        ordering = ("conference", "unit", "id")
        constraints = [
            models.UniqueConstraint(fields=("conference", "unit"), name="attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit}"


class NotRanked(Owned):
    """A unit recorded as not ranked this year, with the reason."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="not_ranked")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    reason = models.TextField("Lý do không xếp hạng")
    author = models.CharField("Người ghi", max_length=400)
    at = models.DateTimeField("Ghi lúc")

    class Meta:
        ordering = ("bloc_year", "unit", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "unit"), name="not_ranked_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="not_ranked_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.reason}"


class Adoption(Owned):
    """The score table as adopted: a snapshot that never changes; a correction is a new version."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="adoptions")
    version = models.PositiveSmallIntegerField("Lần")
    snapshot = models.JSONField("Bảng điểm đã thông qua")
    fingerprint = models.CharField("Dấu của bảng điểm", max_length=64)
    ledger_root = models.CharField("Gốc sổ cái trước khi thông qua", max_length=64)
    reason = models.TextField("Lý do thông qua lại", blank=True)
    author = models.CharField("Người ghi nhận", max_length=400)
    at = models.DateTimeField("Thông qua lúc")

    class Meta:
        ordering = ("bloc_year", "-version", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "version"), name="adoption_version_once"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="adoption_again_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Bảng điểm thông qua lần {self.version}"


class Election(Owned):
    """Head or deputy of the next year, as the conference decided."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="elections")
    office = models.CharField("Cương vị", max_length=10, choices=Office.Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    method = models.CharField("Cách chọn", max_length=20, choices=Method.choices)
    votes_for = models.PositiveSmallIntegerField("Số phiếu thuận", null=True, blank=True)
    voters = models.PositiveSmallIntegerField("Trên tổng số", null=True, blank=True)

    class Meta:
        ordering = ("conference", "-office", "id")
        constraints = [
            models.UniqueConstraint(fields=("conference", "office"), name="election_once"),
            models.CheckConstraint(
                condition=Q(votes_for=None) | Q(voters__gte=F("votes_for")), name="election_votes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}: {self.unit}"

    @property
    def lacks_majority(self) -> bool:
        """Votes were counted and not more than half are for it."""
        return is_minority(self.votes_for, self.voters)


class Nomination(Owned):
    """A unit the conference nominates (suy tôn) for an award; the council decides later."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="nominations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    award = models.CharField("Danh hiệu, hình thức khen", max_length=40, choices=Award.choices)
    method = models.CharField("Cách chọn", max_length=20, choices=Method.choices)
    votes_for = models.PositiveSmallIntegerField("Số phiếu thuận", null=True, blank=True)
    voters = models.PositiveSmallIntegerField("Trên tổng số", null=True, blank=True)
    ground = models.CharField("Căn cứ", max_length=300, blank=True)

    class Meta:
        ordering = ("conference", "award", "id")
        constraints = [
            models.UniqueConstraint(fields=("conference", "unit", "award"), name="nomination_once"),
            models.CheckConstraint(
                condition=Q(votes_for=None) | Q(voters__gte=F("votes_for")),
                name="nomination_votes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_award_display()}"

    @property
    def lacks_majority(self) -> bool:
        """Votes were counted and not more than half are for it."""
        return is_minority(self.votes_for, self.voters)
