"""Receive uploads on disk and stop at the limit, so that 200 MB never reach memory or a page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import TemporaryFileUploadHandler

ROOM_FOR_FIELDS = 1024 * 1024  # bytes beside the file itself: the other fields of the form


class UploadTooLarge(RequestDataTooBig):
    """The upload is over the limit; the request is answered with the 413 page."""


class NoRoom(SuspiciousOperation):
    """The disk of temporary files is full; the request is answered with the 507 page."""


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Refuse by the announced length before reading, and by the bytes really read while reading.

    The limit is ``settings.THIDUA_UPLOAD_LIMIT``, in bytes, for all files of one request together.
    Raises ``UploadTooLarge``; what was written so far is deleted.
    """

    seen: int = 0

    def handle_raw_input(self, *given: Any, **_named: Any) -> None:
        """Refuse before the first byte is read; Django passes the length as third argument."""
        if given[2] > settings.THIDUA_UPLOAD_LIMIT + ROOM_FOR_FIELDS:
            raise UploadTooLarge("over the limit by its announced length")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Count, then write to the temporary file."""
        self.seen += len(raw_data)
        if self.seen > settings.THIDUA_UPLOAD_LIMIT:
            self.upload_interrupted()
            raise UploadTooLarge("over the limit by the bytes received")
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as problem:
            self.upload_interrupted()
            raise NoRoom("the temporary file cannot be written") from problem
        return None
