"""Every row belongs to one jurisdiction; a query outside an active scope is an error.

``with scope(jurisdiction=…)`` is opened by the gate for each request and by commands; the
manager then adds the filter by itself (django-scopes), so that no page can forget it.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django_scopes import ScopedManager


class Owned(models.Model):
    """A row of one jurisdiction; ``synthetic`` marks made-up values wherever they are shown."""

    jurisdiction = models.ForeignKey(
        "registry.Jurisdiction", models.PROTECT, related_name="+", verbose_name="Địa phương, ngành"
    )
    synthetic = models.BooleanField("Giá trị mẫu", default=False)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        abstract = True
