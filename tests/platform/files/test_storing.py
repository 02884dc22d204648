"""Files are stored once, whole, under their fingerprint; a refused one leaves nothing behind."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory

from tests.platform.files.corpus import docx, pdf
from thidua.platform import clock
from thidua.platform.files.handlers import LimitedUploadHandler, UploadTooLarge
from thidua.platform.files.models import StoredFile
from thidua.platform.files.refusal import FileRefused
from thidua.platform.files.services import open_stored, path_of, store, verify_all

MEGABYTE = 1024 * 1024


def files_below(folder: Path) -> list[Path]:
    """Every file in the data folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def data(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An empty data folder."""
    settings.THIDUA_DATA = tmp_path / "kho"  # type: ignore[attr-defined]  # pytest-django's own
    return tmp_path / "kho"


@pytest.mark.django_db
def test_file_is_stored_under_its_sha256(data: Path) -> None:
    content = pdf()
    row = store(SimpleUploadedFile("Biên bản.pdf", content), name="Biên bản.pdf")
    sha256 = hashlib.sha256(content).hexdigest()
    assert (row.sha256, row.size, row.media_type) == (sha256, len(content), "application/pdf")
    assert row.first_name == "Biên bản.pdf"
    assert files_below(data) == [data / "files" / sha256[:2] / sha256[2:4] / sha256]
    with open_stored(row) as stream:
        assert stream.read() == content


@pytest.mark.django_db
def test_same_file_twice_is_one_file_under_its_first_name(data: Path) -> None:
    first = store(io.BytesIO(pdf()), name="một.pdf")
    second = store(io.BytesIO(pdf()), name="hai.pdf")
    assert first == second
    assert second.first_name == "một.pdf"
    assert len(files_below(data)) == 1
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_upload_already_read_by_a_form_is_stored_whole(data: Path) -> None:
    upload = SimpleUploadedFile("a.pdf", pdf())
    upload.read()
    assert store(upload, name="a.pdf").size == len(pdf())


@pytest.mark.django_db
def test_refused_file_leaves_nothing_behind(data: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        store(io.BytesIO(b"MZ" + b"\x00" * 99), name="a.pdf")
    assert [(one.rule_id, one.words) for one in caught.value.findings] == [
        ("FILE-1", "Đây là chương trình, không phải văn bản. Chọn lại tệp PDF, Word hoặc Excel.")
    ]
    assert files_below(data) == []
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_file_over_the_limit_is_refused_with_the_limit_in_words(
    data: Path, settings: pytest.FixtureRequest
) -> None:
    settings.THIDUA_UPLOAD_LIMIT = 20 * MEGABYTE  # type: ignore[attr-defined]  # pytest-django's own
    at_limit = pdf(b"0" * (20 * MEGABYTE - len(pdf())))
    assert len(at_limit) == 20 * MEGABYTE
    assert store(io.BytesIO(at_limit), name="a.pdf").size == 20 * MEGABYTE
    with pytest.raises(FileRefused) as caught:
        store(io.BytesIO(at_limit + b"\n"), name="a.pdf")
    assert caught.value.words == "Tệp lớn hơn 20 MB. Quét lại ở 200 dpi hoặc tách làm hai."
    assert len(files_below(data)) == 1


@pytest.mark.django_db
def test_missing_and_damaged_files_are_found_and_mended_by_sending_them_again(data: Path) -> None:
    whole = store(io.BytesIO(pdf()), name="còn.pdf")
    gone = store(io.BytesIO(docx()), name="mất.docx")
    damaged = store(io.BytesIO(pdf(b"hai")), name="hỏng.pdf")
    assert verify_all() == []
    path_of(gone.sha256).unlink()
    path_of(damaged.sha256).write_bytes(pdf(b"ba."))
    found = verify_all()
    assert [(one.stored, one.words) for one in found] == [
        (gone, "Thiếu tệp mất.docx. Lấy lại từ bản sao lưu."),
        (damaged, "Tệp hỏng.pdf đã bị đổi. Lấy lại từ bản sao lưu."),
    ]
    store(io.BytesIO(docx()), name="mất.docx")
    store(io.BytesIO(pdf(b"hai")), name="hỏng.pdf")
    assert verify_all() == []
    assert StoredFile.objects.count() == 3
    assert whole.size == len(pdf())


@pytest.mark.django_db
@pytest.mark.parametrize(("sha256", "size"), [("ab", 5), ("a" * 64, 0)])
def test_database_refuses_a_row_that_cannot_be_a_file(sha256: str, size: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(
            sha256=sha256,
            size=size,
            media_type="application/pdf",
            first_name="a.pdf",
            stored_at=clock.now(),
        )


class Endless(io.RawIOBase):
    """A body that claims a length and goes on sending."""

    def __init__(self, length: int, head: bytes) -> None:
        self.left = length
        self.head = head
        self.sent = 0

    def readable(self) -> bool:
        """It is read from."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The head first, then zeros."""
        wanted = min(size if size >= 0 else self.left, self.left)
        piece = self.head[self.sent : self.sent + wanted]
        piece += b"0" * (wanted - len(piece))
        self.left -= wanted
        self.sent += wanted
        return piece


def upload_request(length: int, announced: int) -> tuple[HttpRequest, Endless]:
    """A request with one file of that length, announcing another."""
    head = (
        b"--x\r\nContent-Disposition: form-data; name=tep; filename=a.pdf\r\n"
        b"Content-Type: application/pdf\r\n\r\n"
    )
    body = Endless(length, head)
    request = RequestFactory().generic("POST", "/", b"")
    request.META |= {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": announced}
    request = type(request)({**request.META, "wsgi.input": body})
    request.upload_handlers = [LimitedUploadHandler(request)]
    return request, body


def test_two_hundred_megabytes_are_refused_before_a_byte_is_read() -> None:
    request, body = upload_request(200 * MEGABYTE, 200 * MEGABYTE)
    with pytest.raises(UploadTooLarge):
        request.FILES  # noqa: B018  # reading it receives the body
    assert body.sent == 0


def test_upload_that_lies_about_its_length_stops_at_the_limit(
    settings: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)  # type: ignore[attr-defined]  # pytest-django's own
    limit = 20 * MEGABYTE
    request, body = upload_request(200 * MEGABYTE, limit + MEGABYTE)
    tracemalloc.start()
    with pytest.raises(UploadTooLarge):
        request.FILES  # noqa: B018  # reading it receives the body
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert limit < body.sent <= limit + MEGABYTE
    assert peak < 3 * MEGABYTE
    assert files_below(tmp_path) == []


def test_several_files_together_are_counted_together(settings: pytest.FixtureRequest) -> None:
    settings.THIDUA_UPLOAD_LIMIT = 300_000  # type: ignore[attr-defined]  # pytest-django's own
    one, two = (SimpleUploadedFile(f"{n}.pdf", b"0" * 200_000) for n in (1, 2))
    request = RequestFactory().post("/", {"one": one, "two": two})
    request.upload_handlers = [LimitedUploadHandler(request)]
    with pytest.raises(UploadTooLarge):
        request.FILES  # noqa: B018  # reading it receives the body


def test_upload_under_the_limit_arrives_whole() -> None:
    request = RequestFactory().post("/", {"tep": SimpleUploadedFile("a.pdf", pdf())})
    request.upload_handlers = [LimitedUploadHandler(request)]
    upload = request.FILES["tep"]
    assert isinstance(upload, UploadedFile)
    assert (upload.name, upload.size, upload.read()) == ("a.pdf", len(pdf()), pdf())
    request.close()


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "status"), [(200_000, 200), (600_000, 413), (3_000_000, 413)])
def test_browser_with_its_token_reads_the_limit_in_words(
    settings: pytest.FixtureRequest, size: int, status: int
) -> None:
    settings.THIDUA_UPLOAD_LIMIT = 300_000  # type: ignore[attr-defined]  # pytest-django's own
    browser = Client(enforce_csrf_checks=True)
    browser.get("/dang-nhap/")
    sent = {
        "csrfmiddlewaretoken": browser.cookies["csrftoken"].value,
        "tep": SimpleUploadedFile("a.pdf", b"0" * size),
    }
    assert browser.post("/dang-nhap/", sent).status_code == status
