"""Files stored once under their SHA-256. They are not owned here; the rows that cite them are."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class StoredFile(models.Model):
    """One content: its fingerprint, size and type by content, and the name it first came with."""

    sha256 = models.CharField("Dấu", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("Số byte")
    media_type = models.CharField("Loại", max_length=120)
    first_name = models.CharField("Tên lúc nạp", max_length=200)
    stored_at = models.DateTimeField("Nạp lúc")
    pages = models.PositiveIntegerField("Số trang", null=True, blank=True)  # of a PDF that opens

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1), name="stored_file_not_empty"),
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 64), name="stored_file_sha256_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.first_name
