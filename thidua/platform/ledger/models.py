"""The ledger: one event per decision, chained by hashes, never changed.

Append-only by triggers on both databases (migration 0002). Personal values stand apart in an
erasable table; the event holds only a salted commitment to them, so erasing keeps proofs valid.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models


class Event(models.Model):
    """One decision: who, as whom, what, why, which rows changed and the hash of all before it."""

    chain = models.CharField("Chuỗi", max_length=64)
    seq = models.PositiveIntegerField("Số thứ tự")
    at = models.DateTimeField("Lúc")
    account_id = models.BigIntegerField("Tài khoản", null=True)
    position_id = models.BigIntegerField("Cương vị", null=True)
    actor = models.CharField("Người làm", max_length=400)
    verb = models.CharField("Việc", max_length=80)
    subject = models.TextField("Nội dung")
    reason = models.TextField("Lý do", blank=True)
    request_id = models.CharField("Mã yêu cầu", max_length=64)
    digest = models.CharField("Dấu của yêu cầu", max_length=64)
    outcome = models.JSONField("Kết quả", default=dict)
    rows = models.JSONField("Dòng dữ liệu đã đổi", default=list)
    previous = models.CharField("Dấu liền trước", max_length=64)
    hash = models.CharField("Dấu", max_length=64)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        ordering = ("chain", "seq")
        constraints = [
            models.UniqueConstraint(fields=("chain", "seq"), name="event_seq_once"),
            models.UniqueConstraint(fields=("chain", "request_id"), name="event_request_once"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_seq_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}: {self.subject}"


class PersonalValue(models.Model):
    """A personal value that an event commits to; may be erased without breaking the chain."""

    commitment = models.CharField("Dấu cam kết", max_length=64, unique=True)
    salt = models.CharField("Muối", max_length=64)
    value = models.TextField("Giá trị")

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    def __str__(self) -> str:
        return self.commitment
