"""Every row belongs to one jurisdiction; a query outside an active scope is an error.

``with scope(jurisdiction=…)`` is opened by the gate for each request and by commands; the
manager then adds the filter by itself (django-scopes), so that no page can forget it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models
from django_scopes import ScopedManager

Row = TypeVar("Row", bound=models.Model)

if TYPE_CHECKING:

    class _Scoped(models.Manager[Row]):
        """What django-scopes, which is untyped, gives at run time."""

        def with_scopes_disabled(self) -> Self: ...
else:
    _Scoped = type(ScopedManager(jurisdiction="jurisdiction"))


class OwnedManager(_Scoped[Row]):
    """Finds rows of the jurisdiction in scope; a named class, so that types follow relations."""


class Owned(models.Model):
    """A row of one jurisdiction; ``synthetic`` marks made-up values wherever they are shown."""

    jurisdiction = models.ForeignKey(
        "registry.Jurisdiction", models.PROTECT, related_name="+", verbose_name="Địa phương, ngành"
    )
    synthetic = models.BooleanField("Giá trị mẫu", default=False)

    objects: ClassVar[OwnedManager[Self]] = OwnedManager()

    class Meta:
        abstract = True
