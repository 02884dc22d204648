"""One decision: changed rows, one event, and then the notices; all or nothing.

Usage, always in this order (design: load, judge, refuse or save, ledger, notify)::

    with Act(actor, "scoring.submit", chain=…, subject="Sở Y tế gửi bảng tự chấm") as act:
        if act.repeated:
            return act.first(Sheet)
        …judge; raise Refused(findings) to stop…
        act.change(sheet, state=SUBMITTED)
        act.after_commit(lambda: notify(…))
        return act.result(sheet)
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from django.db import models, transaction
from django.utils.crypto import salted_hmac

from thidua.core.finding import Finding, Refused
from thidua.platform import clock, marking
from thidua.platform.ledger import chain as chains
from thidua.platform.ledger import rows
from thidua.platform.ledger.body import FIRST, canonical, hash_of
from thidua.platform.ledger.models import Event

Row = TypeVar("Row", bound=models.Model)


class Doer(Protocol):
    """Who acts: an account in a position, with the words under which history shows it."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def position_id(self) -> int | None: ...
    @property
    def label(self) -> str: ...


class Act:
    """A decision in progress; leaving the block without an exception writes its event."""

    def __init__(  # noqa: PLR0913  # one decision with everything it says of itself
        self,
        doer: Doer,
        verb: str,
        *,
        chain: str,
        subject: str,
        request_id: str = "",
        reason: str = "",
        inputs: Mapping[str, Any] | None = None,
    ) -> None:
        self.doer, self.verb, self.chain, self.subject = doer, verb, chain, subject
        self.reason = reason
        self.request_id = request_id or str(uuid.uuid4())
        # Keyed with the installation's secret: a plain hash of a typed name could be guessed.
        said = canonical({"verb": verb, "inputs": rows.plain_map(inputs or {})})
        self.digest = salted_hmac("ledger.digest", said, algorithm="sha256").hexdigest()
        self.images: list[dict[str, Any]] = []
        self.outcome: dict[str, Any] = {}
        self._first: Event | None = None
        self._atomic = transaction.atomic()

    def __enter__(self) -> Self:
        self._atomic.__enter__()
        try:
            chains.lock(self.chain)
            self._first = self._find_first()
        except BaseException as problem:
            self._atomic.__exit__(type(problem), problem, problem.__traceback__)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None and not self.repeated:
                self._append()
        except BaseException as own:
            self._atomic.__exit__(type(own), own, own.__traceback__)
            raise
        self._atomic.__exit__(kind, problem, trace)

    @property
    def repeated(self) -> bool:
        """True when this request id was already carried out; nothing may change then."""
        return self._first is not None

    def first(self, model: type[Row]) -> Row:
        """What the first request with this id returned; refused when it was removed since."""
        if self._first is None:
            raise LookupError("first() is only for a repeated request")
        found = model._base_manager.filter(pk=self._first.outcome["pk"]).first()
        if found is None:
            raise _stale("Việc này đã ghi rồi, sau đó đã được bỏ. Tải lại trang để xem.")
        return found

    def create(self, row: Row) -> Row:
        """Insert a new row and keep its image; a made-up row of a demo is marked."""
        if marking.is_made_up() and hasattr(row, "synthetic"):
            row.synthetic = True
        row.save(force_insert=True)
        after = rows.image(row, rows.all_columns(row))
        self.images.append({"row": rows.label(row), "pk": row.pk, "before": None, "after": after})
        return row

    def change(self, row: Row, **values: Any) -> Row:
        """Save only the columns that differ; a row that does not differ is not touched."""
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        if not changed:
            return row
        before = rows.image(row, changed)
        for name in changed:
            setattr(row, name, values[name])
        row.save(update_fields=changed)
        self.images.append(
            {
                "row": rows.label(row),
                "pk": row.pk,
                "before": before,
                "after": rows.image(row, changed),
            }
        )
        return row

    def remove(self, row: models.Model) -> None:
        """Delete a row of a draft; its last image stays in the ledger."""
        before = rows.image(row, rows.all_columns(row))
        self.images.append({"row": rows.label(row), "pk": row.pk, "before": before, "after": None})
        row.delete()

    def first_said(self, name: str) -> Any:
        """What the first request with this id put beside its row (see `result`)."""
        if self._first is None:
            raise LookupError("first_said() is only for a repeated request")
        return self._first.outcome["said"][name]

    def result(self, row: Row, **said: Any) -> Row:
        """Remember what this decision returned, for a repeated request.

        `said`: what cannot be read from the row later (a count, keys), as JSON can carry it.
        """
        self.outcome = {"row": rows.label(row), "pk": row.pk}
        if said:
            self.outcome["said"] = rows.plain_map(said)
        return row

    def after_commit(self, notice: Callable[[], None]) -> None:
        """Run the notice once the decision is safely stored."""
        transaction.on_commit(notice)

    def _find_first(self) -> Event | None:
        found = Event.objects.filter(chain=self.chain, request_id=self.request_id).first()
        if found is None:
            return None
        if found.digest != self.digest or found.account_id != self.doer.account_id:
            raise _stale("Yêu cầu này đã dùng cho một việc khác. Tải lại trang rồi làm lại.")
        return found

    def _append(self) -> None:
        last = Event.objects.filter(chain=self.chain).order_by("-seq").first()
        event = Event(
            chain=self.chain,
            seq=last.seq + 1 if last else 1,
            at=clock.now(),
            account_id=self.doer.account_id,
            position_id=self.doer.position_id,
            actor=self.doer.label,
            verb=self.verb,
            subject=self.subject,
            reason=self.reason,
            request_id=self.request_id,
            digest=self.digest,
            outcome=self.outcome,
            rows=self.images,
            previous=last.hash if last else FIRST,
        )
        event.hash = hash_of(event)
        event.save(force_insert=True)


def _stale(words: str) -> Refused:
    finding = Finding(rule_id="LEDGER-1", outcome="refused", inputs={}, source="", words=words)
    return Refused([finding])
