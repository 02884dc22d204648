"""Letters that wait to be sent; written in the same transaction as the decision they tell of."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models


class Letter(models.Model):
    """One message to one address; ``key`` makes the same notice go out once."""

    key = models.CharField("Khóa", max_length=120, unique=True)
    to = models.EmailField("Người nhận")
    subject = models.CharField("Tiêu đề", max_length=200)
    body = models.TextField("Nội dung")
    created_at = models.DateTimeField("Viết lúc")
    not_before = models.DateTimeField("Gửi từ", db_index=True)
    sent_at = models.DateTimeField("Đã gửi lúc", null=True, blank=True)
    tries = models.PositiveIntegerField("Số lần thử", default=0)
    last_error = models.CharField("Lỗi lần cuối", max_length=300, blank=True)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
