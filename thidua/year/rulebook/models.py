"""Scales of criteria of a bloc-year: drafts, and adopted versions that can no longer change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thidua.platform.files.models import StoredFile
from thidua.registry.owned import Owned
from thidua.year.bloc.models import BlocYear


class Scale(Owned):
    """One version of a scale file; adopted rows are frozen by trigger (migration 0002)."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="scales")
    sequence = models.PositiveSmallIntegerField("Lần")
    unit_kind = models.CharField("Áp dụng cho loại đơn vị", max_length=60, blank=True)
    name = models.CharField("Ký hiệu thang điểm", max_length=120)
    version = models.CharField("Phiên bản", max_length=40)
    title = models.CharField("Tên thang điểm", max_length=300)
    text = models.TextField("Nội dung tệp")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    plain = models.JSONField("Nội dung đã đọc")
    fingerprint = models.CharField("Dấu", max_length=64)
    created_at = models.DateTimeField("Nạp lúc")
    adopted_at = models.DateTimeField("Thông qua lúc", null=True, blank=True)
    adopted_on = models.DateField("Ngày thông qua", null=True, blank=True)
    document_number = models.CharField("Số, ký hiệu văn bản", max_length=120, blank=True)
    adopted_by = models.CharField("Người ghi nhận thông qua", max_length=400, blank=True)

    class Meta:
        ordering = ("bloc_year", "unit_kind", "-sequence", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "sequence"), name="scale_sequence_once"),
            models.CheckConstraint(
                condition=Q(adopted_at=None, adopted_on=None)
                | Q(adopted_at__isnull=False, adopted_on__isnull=False),
                name="scale_adopted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (lần {self.sequence})"

    @property
    def is_adopted(self) -> bool:
        """Adopted versions are frozen; a change is a new version."""
        return self.adopted_at is not None

    @property
    def is_from_file(self) -> bool:
        """A draft exactly as it was loaded: somebody holds the file and may mend it there."""
        return not self.is_adopted and bool(self.plain)


class TableReading(Owned):
    """A table of Excel or Word on its way to a draft: its rows, what each column is, its lines.

    It stands until the draft is made or the reading is dropped; `lines` hold what a person has
    confirmed so far (thidua/year/rulebook/proposals.py).
    """

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="table_readings")
    unit_kind = models.CharField("Áp dụng cho loại đơn vị", max_length=60, blank=True)
    title = models.CharField("Tên thang điểm", max_length=300)
    file_name = models.CharField("Tên tệp", max_length=200)
    tables = models.JSONField("Các bảng trong tệp")
    chosen = models.PositiveSmallIntegerField("Bảng đã chọn", default=0)
    first = models.PositiveSmallIntegerField("Dòng đầu tiên", default=0)
    columns = models.JSONField("Cột nào là gì", default=dict)
    lines = models.JSONField("Các dòng đã đọc", default=list)
    created_at = models.DateTimeField("Gửi lúc")

    class Meta:
        ordering = ("bloc_year", "-created_at", "id")

    def __str__(self) -> str:
        return f"{self.title} ({self.file_name})"


class Revision(Owned):
    """What a version says of the adopted one it changes: which, why, what of scores so far.

    Stands apart from the frozen row of the version; frozen itself once `carry` is decided, which
    is when the version is adopted.
    """

    class Carry(models.TextChoices):
        MOVE = "move", "Chuyển bảng chấm sang bản mới: dòng không đổi giữ số, dòng đổi mở lại"
        KEEP = "keep", "Bảng chấm đã gửi giữ theo bản lúc mở; bảng mở sau theo bản mới"

    scale = models.OneToOneField(Scale, models.PROTECT, related_name="revision")
    base = models.ForeignKey(Scale, models.PROTECT, related_name="revisions")
    reason = models.TextField("Lý do sửa")
    carry = models.CharField("Với điểm đã chấm", max_length=4, choices=Carry.choices, blank=True)

    class Meta:
        ordering = ("scale", "id")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="revision_reason")]

    def __str__(self) -> str:
        return f"{self.scale}: {self.reason}"
