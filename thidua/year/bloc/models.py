"""Blocs and their years: members, head and deputy, windows, settings, who checks whom."""

from __future__ import annotations

from datetime import date, datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from thidua.platform import clock
from thidua.registry.models import Unit
from thidua.registry.owned import Owned


class Bloc(Owned):
    """A group of units that compete under one scale (khối or cụm)."""

    class Kind(models.TextChoices):
        BLOC = "khoi", "Khối thi đua"
        CLUSTER = "cum", "Cụm thi đua"

    name = models.CharField("Tên khối", max_length=200)
    kind = models.CharField("Loại", max_length=10, choices=Kind.choices, default=Kind.BLOC)

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=("jurisdiction", "name"), name="bloc_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class BlocYear(Owned):
    """One bloc in one year: the root of everything that happens in it, with its settings."""

    class Visibility(models.TextChoices):
        AFTER_SELF = (
            "after_self",
            "Sau khi mọi đơn vị gửi tự chấm, các đơn vị xem được bảng của nhau",
        )
        ALWAYS = "always", "Các đơn vị luôn xem được bảng của nhau"
        OWN = "own", "Mỗi đơn vị chỉ xem bảng của mình cho tới khi hội nghị thông qua"

    class Late(models.TextChoices):
        ACCEPT = "accept", "Vẫn nhận, biên bản ghi là gửi chậm"
        REFUSE = "refuse", "Không nhận sau hạn, Trưởng khối gia hạn nếu cần"

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="years", verbose_name="Khối")
    year = models.PositiveIntegerField(
        "Năm thi đua", validators=[MinValueValidator(1945), MaxValueValidator(2200)]
    )
    starts = models.DateField("Năm thi đua từ ngày")
    ends = models.DateField("Đến hết ngày")
    theme = models.TextField("Chủ đề hành động", blank=True)
    founding_number = models.CharField("Số văn bản thành lập khối", max_length=120, blank=True)
    founding_date = models.DateField("Ngày văn bản thành lập", null=True, blank=True)
    council_member = models.CharField(
        "Thành viên Hội đồng phụ trách khối", max_length=300, blank=True
    )
    source_note = models.TextField("Nguồn của số liệu", blank=True)
    quorum_num = models.PositiveSmallIntegerField("Số đơn vị dự tối thiểu: tử số", default=2)
    quorum_den = models.PositiveSmallIntegerField("Số đơn vị dự tối thiểu: mẫu số", default=3)
    visibility = models.CharField(
        "Ai xem được bảng điểm",
        max_length=12,
        choices=Visibility.choices,
        default=Visibility.AFTER_SELF,
    )
    late = models.CharField(
        "Khi gửi sau hạn", max_length=10, choices=Late.choices, default=Late.ACCEPT
    )
    adopted_at = models.DateTimeField("Thông qua bảng điểm lúc", null=True, editable=False)
    closed_at = models.DateTimeField("Khép năm lúc", null=True, blank=True)

    class Meta:
        ordering = ("-year", "bloc__name", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc", "year"), name="bloc_year_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="bloc_year_period"),
            models.CheckConstraint(
                condition=Q(quorum_den__gte=1, quorum_num__gte=1, quorum_num__lte=F("quorum_den")),
                name="bloc_year_quorum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bloc}, năm {self.year}"

    @property
    def is_settled(self) -> bool:
        """The table is adopted and not open for a correction: what it rests on stands still."""
        return self.adopted_at is not None

    @property
    def is_changeable(self) -> bool:
        """Neither settled nor closed: what the table rests on may still change."""
        return self.closed_at is None and self.adopted_at is None

    @property
    def settled_words(self) -> str:
        """Why what the table rests on stands still, and the way to change it; else empty."""
        if self.adopted_at is None:
            return ""
        day = self.adopted_at.astimezone(clock.LOCAL)
        return (
            f"Bảng điểm đã được thông qua ngày {day:%d/%m/%Y}. Trưởng khối bấm Mở lại để sửa ở "
            "trang kết quả chấm điểm, ghi lý do, rồi mới sửa được."
        )

    def day_that_counts(self, today: date) -> date:
        """The day on which members and their names are taken: today, or the last day of the year.

        What happens to a unit after the year (a new name, another bloc) does not touch that year.
        """
        return min(today, self.ends)


class Membership(Owned):
    """A unit is a member of the bloc-year from one day to another; ``kind`` chooses its scale."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    order = models.PositiveSmallIntegerField("Thứ tự trong văn bản thành lập")
    kind = models.CharField("Loại đơn vị trong thang điểm", max_length=60, blank=True)
    joined = models.DateField("Tham gia từ ngày")
    left = models.DateField("Rời khối từ ngày", null=True, blank=True)

    class Meta:
        ordering = ("bloc_year", "order", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "unit"), name="membership_once"),
            models.CheckConstraint(
                condition=Q(left=None) | Q(left__gt=F("joined")), name="membership_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}"


class Office(Owned):
    """Head or deputy of a bloc-year: an office held by a unit, from the date in a document."""

    class Kind(models.TextChoices):
        HEAD = "head", "Trưởng khối"
        DEPUTY = "deputy", "Phó khối"

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="offices")
    kind = models.CharField("Cương vị", max_length=10, choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    starts = models.DateField("Từ ngày")
    ends = models.DateField("Đến hết ngày", null=True, blank=True)
    basis = models.CharField("Căn cứ", max_length=300, blank=True)

    class Meta:
        ordering = ("bloc_year", "-kind", "starts", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="office_period"
            ),
            models.UniqueConstraint(
                fields=("bloc_year", "kind"), condition=Q(ends=None), name="office_one_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.unit}"

    def held_on(self, day: date) -> bool:
        """Whether the unit holds the office on that day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


class Window(Owned):
    """When an act may be done: from the start of a day to an instant, both set by the bloc."""

    class Deed(models.TextChoices):
        REGISTER = "register", "Đăng ký thi đua"
        PROGRESS = "progress", "Báo cáo kết quả, minh chứng"
        SELF_SCORE = "self_score", "Tự chấm điểm"
        VERIFY = "verify", "Thẩm định"
        EXPLAIN = "explain", "Giải trình"
        CONFERENCE = "conference", "Hội nghị tổng kết"

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="windows")
    deed = models.CharField("Việc", max_length=12, choices=Deed.choices)
    opens = models.DateTimeField("Mở từ")
    closes = models.DateTimeField("Hạn")

    class Meta:
        ordering = ("bloc_year", "opens", "closes", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "deed"), name="window_once"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="window_period"),
        ]

    def __str__(self) -> str:
        return self.get_deed_display()

    def is_open(self, moment: datetime) -> bool:
        """Whether the act may begin at that instant, the deadline itself included."""
        return self.opens <= moment <= self.closes


class Checker(Owned):
    """Which unit verifies the sheet of another; nobody verifies its own."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="checkers")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị được thẩm định"
    )
    checker = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị thẩm định"
    )

    class Meta:
        ordering = ("bloc_year", "unit", "checker", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "unit", "checker"), name="checker_once"),
            models.CheckConstraint(condition=~Q(unit=F("checker")), name="checker_not_own"),
        ]

    def __str__(self) -> str:
        return f"{self.checker} thẩm định {self.unit}"
