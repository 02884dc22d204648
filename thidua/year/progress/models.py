"""Results through the year and the documents that prove them."""

from __future__ import annotations

from django.db import models

from thidua.platform.files.models import StoredFile
from thidua.registry.models import Unit
from thidua.registry.owned import Owned
from thidua.year.bloc.models import BlocYear


class Result(Owned):
    """The figure a unit has reached on a line, as of a day; the newest fills the score sheet."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="results")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    code = models.CharField("Dòng", max_length=60)
    as_of = models.DateField("Số liệu đến ngày")
    value = models.BigIntegerField("Kết quả (phần nghìn)")
    note = models.CharField("Ghi chú, vướng mắc", max_length=500, blank=True)
    author = models.CharField("Người nhập", max_length=400)
    at = models.DateTimeField("Nhập lúc")

    class Meta:
        ordering = ("bloc_year", "unit", "code", "-as_of", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=("bloc_year", "unit", "code", "as_of"), name="result_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.code} {self.as_of}"


class EvidenceDocument(Owned):
    """A document of a unit's library: loaded once, cited on many lines.

    `proposed`: what is said of it was read from the file's name; a person has yet to confirm it.
    """

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="evidence")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    number = models.CharField("Số, ký hiệu", max_length=120, blank=True)
    issued_on = models.DateField("Ngày ban hành", null=True, blank=True)
    issuer = models.CharField("Cơ quan ban hành", max_length=200, blank=True)
    signer = models.CharField("Người ký", max_length=200, blank=True)
    subject = models.CharField("Trích yếu", max_length=500)
    pages = models.PositiveIntegerField("Số trang", null=True, blank=True)
    proposed = models.BooleanField("Lấy từ tên tệp, chưa ai xác nhận", default=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField("Tên tệp", max_length=200, blank=True)
    author = models.CharField("Người nạp", max_length=400)
    at = models.DateTimeField("Nạp lúc")

    class Meta:
        ordering = ("bloc_year", "unit", "issued_on", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "unit", "file"), name="evidence_file_once")
        ]

    def __str__(self) -> str:
        return self.number or self.subject


class Citation(Owned):
    """A document cited as evidence on one line, with its page.

    `sent_at`: when it went out with the unit's score sheet; None while the unit may take it off.
    """

    document = models.ForeignKey(EvidenceDocument, models.PROTECT, related_name="citations")
    code = models.CharField("Dòng", max_length=60)
    page = models.CharField("Trang, mục", max_length=60, blank=True)
    author = models.CharField("Người dẫn", max_length=400)
    at = models.DateTimeField("Dẫn lúc")
    sent_at = models.DateTimeField("Gửi kèm bảng chấm lúc", null=True, blank=True)

    class Meta:
        ordering = ("document", "code", "id")
        constraints = [
            models.UniqueConstraint(fields=("document", "code", "page"), name="citation_once")
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.code}"
