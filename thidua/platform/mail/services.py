"""Queue a letter inside a decision; deliver what waits; lose nothing while the server is down."""

from __future__ import annotations

import smtplib
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db.models import F

from thidua.platform import clock
from thidua.platform.mail.models import Letter

MOST_TRIES = 50


def queue(*, key: str, to: str, subject: str, body: str) -> Letter:
    """Put a letter into the outbox; the same key twice is one letter."""
    moment = clock.now()
    letter, _made = Letter.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": subject.replace("\n", " ")[:200],
            "body": body,
            "created_at": moment,
            "not_before": moment,
        },
    )
    return letter


def deliver_waiting(*, most: int = 100) -> tuple[int, int]:
    """Send what is due; returns (sent, failed). A failed letter waits longer each time."""
    sent = failed = 0
    moment = clock.now()
    waiting = Letter.objects.filter(
        sent_at=None, not_before__lte=moment, tries__lt=MOST_TRIES
    ).order_by("not_before", "id")[:most]
    for letter in waiting:
        if _deliver(letter):
            sent += 1
        else:
            failed += 1
    return sent, failed


def _deliver(letter: Letter) -> bool:
    # Claimed by a conditional update first, so that two workers never send one letter twice.
    moment = clock.now()
    wait = timedelta(minutes=min(2**letter.tries, 240))
    claimed = Letter.objects.filter(pk=letter.pk, sent_at=None, tries=letter.tries).update(
        tries=F("tries") + 1, not_before=moment + wait
    )
    if not claimed:
        return True
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    except (OSError, smtplib.SMTPException) as problem:
        Letter.objects.filter(pk=letter.pk).update(last_error=str(problem)[:300])
        return False
    # The body may hold a one-time link; once it is sent nobody needs it here.
    Letter.objects.filter(pk=letter.pk).update(sent_at=moment, last_error="", body="")
    return True
