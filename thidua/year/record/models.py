"""What a closed year leaves behind: results, ranks and titles of units."""

from __future__ import annotations

from django.db import models

from thidua.registry.models import Unit
from thidua.registry.owned import Owned
from thidua.year.record.awards import Award


class YearResult(Owned):
    """One unit's adopted result of one year, with the names of that day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    unit_name = models.CharField("Tên đơn vị khi đó", max_length=200)
    bloc_name = models.CharField("Khối", max_length=200)
    year = models.PositiveIntegerField("Năm")
    total = models.CharField("Tổng điểm, số chính xác", max_length=80, blank=True)
    total_text = models.CharField("Tổng điểm", max_length=40, blank=True)
    rank = models.PositiveIntegerField("Xếp thứ", null=True, blank=True)
    class_label = models.CharField("Xếp loại", max_length=120, blank=True)
    note = models.CharField("Ghi chú", max_length=300, blank=True)
    fingerprint = models.CharField("Dấu của bảng điểm đã thông qua", max_length=64)

    class Meta:
        ordering = ("-year", "bloc_name", models.F("rank").asc(nulls_last=True), "id")
        constraints = [
            models.UniqueConstraint(
                fields=("jurisdiction", "bloc_name", "year", "unit"), name="year_result_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_name}, {self.year}"


class Title(Owned):
    """A title or commendation a unit was nominated for, and later the decision on it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    unit_name = models.CharField("Tên đơn vị khi đó", max_length=200)
    bloc_name = models.CharField("Khối", max_length=200)
    year = models.PositiveIntegerField("Năm thành tích")
    award = models.CharField("Danh hiệu, hình thức khen", max_length=40, choices=Award.choices)
    decision_number = models.CharField("Số quyết định", max_length=80, blank=True)
    decision_date = models.DateField("Ngày quyết định", null=True, blank=True)

    class Meta:
        ordering = ("-year", "unit_name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("jurisdiction", "unit", "year", "award", "bloc_name"), name="title_once"
            ),
            models.CheckConstraint(
                condition=models.Q(award__in=Award.values), name="title_award_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name}: {self.get_award_display()} {self.year}"
