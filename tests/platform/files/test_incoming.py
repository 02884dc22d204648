"""Files that arrive in pieces: in order, resumed, bounded, nobody else's, and tidied away."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platform.files.corpus import pdf
from thidua.platform.files import incoming, refusal
from thidua.platform.files.incoming import OutOfOrder
from thidua.platform.files.models import StoredFile
from thidua.platform.files.refusal import FileRefused
from thidua.platform.files.services import store
from thidua.platform.operations.backup import stored
from thidua.platform.operations.doctor import _arriving

resource = pytest.importorskip("resource", reason="chỉ máy kiểu Unix mới giới hạn được cỡ tệp")
ME, OTHER, KEY = "7/1/2", "8/1/2", "0b6f9c2e-0000-4000-8000-000000000001"
CONTENT = pdf(b"0123456789" * 30)


@pytest.fixture
def folder(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    settings.THIDUA_DATA = tmp_path / "kho"  # type: ignore[attr-defined]  # pytest-django's own
    return tmp_path / "kho" / "files" / "incoming"


def send(start: int, end: int, *, owner: str = ME, total: int = len(CONTENT)) -> int:
    """The bytes from one place to another, as a browser sends them."""
    return incoming.append(owner, KEY, offset=start, total=total, piece=CONTENT[start:end])


def test_pieces_in_order_make_the_file(folder: Path) -> None:
    assert [send(0, 100), send(100, 200), send(200, len(CONTENT))] == [100, 200, len(CONTENT)]
    with incoming.whole(ME, KEY) as stream:
        assert stream.read() == CONTENT
    assert list(folder.iterdir()) == []


def test_a_piece_out_of_order_says_where_to_go_on(folder: Path) -> None:
    send(0, 100)
    with pytest.raises(OutOfOrder) as caught:
        send(150, 200)
    assert (caught.value.received, incoming.received(ME, KEY)) == (100, 100)


def test_a_piece_sent_twice_does_no_harm(folder: Path) -> None:
    send(0, 100)
    assert (send(0, 100), send(50, 150), incoming.received(ME, KEY)) == (100, 150, 150)
    send(150, len(CONTENT))
    with incoming.whole(ME, KEY) as stream:
        assert stream.read() == CONTENT


def test_another_persons_key_finds_nothing(folder: Path) -> None:
    send(0, 100)
    assert incoming.received(OTHER, KEY) == 0
    with pytest.raises(OutOfOrder) as caught:
        send(100, 200, owner=OTHER)
    assert caught.value.received == 0
    incoming.discard(OTHER, KEY)
    assert incoming.received(ME, KEY) == 100


@pytest.mark.parametrize(
    ("offset", "total", "piece", "words"),
    [
        (0, 0, b"", refusal.EMPTY),
        (0, 200 * 2**20, b"x", "Tệp lớn hơn 20 MB. Quét lại ở 200 dpi hoặc tách làm hai."),
        (0, 5, b"123456", refusal.WRONG_PIECE),
        (0, 5, b"", refusal.WRONG_PIECE),
        (-1, 5, b"12", refusal.WRONG_PIECE),
        (0, 5 * 2**20, b"0" * (incoming.MOST_PIECE + 1), refusal.WRONG_PIECE),
    ],
)
def test_a_piece_that_cannot_be_right_is_refused_and_leaves_nothing(
    folder: Path, offset: int, total: int, piece: bytes, words: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        incoming.append(ME, KEY, offset=offset, total=total, piece=piece)
    assert (caught.value.words, folder.exists()) == (words, False)


@pytest.fixture
def small_disk() -> Iterator[int]:
    """No file of this process grows beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, hard))
    yield 150_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_in_words_and_the_part_is_as_before(
    folder: Path, small_disk: int
) -> None:
    def piece(start: int) -> int:
        content = b"0" * 100_000
        return incoming.append(ME, KEY, offset=start, total=300_000, piece=content)

    assert piece(0) == 100_000
    with pytest.raises(FileRefused) as caught:
        piece(100_000)
    assert (caught.value.words, incoming.received(ME, KEY)) == (refusal.NO_ROOM, 100_000)


@pytest.mark.django_db
def test_a_disk_that_fills_while_the_file_is_kept_keeps_the_part_and_no_half_file(
    folder: Path, small_disk: int
) -> None:
    content = pdf(b"0" * 200_000)
    for start in range(0, len(content), 100_000):  # the part was received while there was room
        resource.setrlimit(resource.RLIMIT_FSIZE, (10**9, resource.RLIM_INFINITY))
        piece = content[start : start + 100_000]
        incoming.append(ME, KEY, offset=start, total=len(content), piece=piece)
    resource.setrlimit(resource.RLIMIT_FSIZE, (small_disk, resource.RLIM_INFINITY))
    with pytest.raises(FileRefused) as caught, incoming.whole(ME, KEY) as stream:
        store(stream, name="a.pdf")
    assert caught.value.words == refusal.NO_ROOM
    assert (StoredFile.objects.count(), incoming.received(ME, KEY)) == (0, len(content))
    assert [path.suffix for path in folder.rglob("*")] == [".part"]


@pytest.mark.django_db
def test_a_refused_file_leaves_no_part(folder: Path) -> None:
    incoming.append(ME, KEY, offset=0, total=102, piece=b"MZ" + b"\x00" * 100)
    with pytest.raises(FileRefused), incoming.whole(ME, KEY) as stream:
        store(stream, name="a.pdf")
    assert list(folder.iterdir()) == []


def test_what_nobody_came_back_for_is_taken_away_after_a_day(folder: Path) -> None:
    send(0, 100)
    incoming.append(ME, "old", offset=0, total=10, piece=b"12345")
    old = next(path for path in folder.iterdir() if path.stat().st_size == 5)
    os.utime(old, (time.time() - 90_000, time.time() - 90_000))
    assert (incoming.unfinished().count, incoming.clean()) == (2, 1)
    assert (incoming.received(ME, KEY), incoming.received(ME, "old")) == (100, 0)


def test_one_owner_leaves_only_so_many_unfinished(folder: Path) -> None:
    for number in range(incoming.MOST_PARTS + 5):
        incoming.append(ME, f"{number}", offset=0, total=10, piece=b"12345")
    incoming.append(OTHER, "mine", offset=0, total=10, piece=b"12345")
    own = [key for key in range(incoming.MOST_PARTS + 5) if incoming.received(ME, f"{key}")]
    assert (len(own), incoming.received(OTHER, "mine")) == (incoming.MOST_PARTS, 5)


def test_a_backup_does_not_take_parts_along_and_they_do_not_hinder_a_restore(folder: Path) -> None:
    send(0, 100)
    assert list(stored()) == []


def test_the_doctor_tells_of_parts_and_warns_when_nobody_tidies(folder: Path) -> None:
    assert _arriving().words == "Không có tệp nào nạp dở."
    send(0, 100)
    assert (_arriving().state, _arriving().words) == ("ok", "1 tệp, 1 MB, tự dọn sau một ngày.")
    [part] = folder.iterdir()
    os.utime(part, (time.time() - 3 * 86_400 - 60,) * 2)
    assert _arriving().state == "warn"
    assert _arriving().words == "1 tệp, 1 MB, cũ nhất 3 ngày. Chạy: thidua worker --once"
