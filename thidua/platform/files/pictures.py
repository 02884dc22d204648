"""Pictures by their own structure: whole, of a size a computer can open, nothing hung on behind."""

from __future__ import annotations

from typing import Literal

from thidua.platform.files import refusal
from thidua.platform.files.refusal import FileRefused
from thidua.platform.files.zipped import Reader

MOST_PIXELS = 150_000_000  # an A3 page at 600 dpi is 70 million
_PNG_START = 8
_NOT_FRAMES = {0xC4, 0xC8, 0xCC}
_TIFF_WIDTH, _TIFF_HEIGHT, _SHORT = 256, 257, 3
_Order = Literal["little", "big"]


def check_png(file: Reader) -> None:
    """Walk the chunks from the header to the end; raises ``FileRefused``."""
    place = _PNG_START
    while True:
        start = file.at(place, 8)
        length, kind = int.from_bytes(start[:4], "big"), start[4:]
        if len(start) < 8 or place + 12 + length > file.size:
            raise FileRefused(refusal.UNREADABLE)
        if place == _PNG_START:
            if kind != b"IHDR":
                raise FileRefused(refusal.UNREADABLE)
            header = file.at(place + 8, 8)
            _check_pixels(int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big"))
        place += 12 + length
        if kind == b"IEND":
            break
    if place != file.size:
        raise FileRefused(refusal.MIXED)


def check_jpeg(file: Reader) -> None:
    """Find the frame and read its size; raises ``FileRefused``. Cameras may write on after it."""
    place = 2
    while True:
        marker = file.at(place, 4)
        if len(marker) < 4 or marker[0] != 0xFF:
            raise FileRefused(refusal.UNREADABLE)
        if marker[1] == 0xFF:  # filling before a marker
            place += 1
            continue
        if 0xC0 <= marker[1] <= 0xCF and marker[1] not in _NOT_FRAMES:
            frame = file.at(place + 5, 4)
            _check_pixels(int.from_bytes(frame[2:], "big"), int.from_bytes(frame[:2], "big"))
            return
        if marker[1] in {0xD9, 0xDA}:
            raise FileRefused(refusal.UNREADABLE)
        place += 2 + max(int.from_bytes(marker[2:], "big"), 2)


def check_tiff(file: Reader) -> None:
    """Read width and height from the first directory; raises ``FileRefused``."""
    head = file.at(0, 8)
    order: _Order = "little" if head[:2] == b"II" else "big"
    place = int.from_bytes(head[4:], order)
    count = int.from_bytes(file.at(place, 2), order)
    if not 8 <= place < file.size or count < 2:
        raise FileRefused(refusal.UNREADABLE)
    sizes = {}
    for index in range(count):
        entry = file.at(place + 2 + 12 * index, 12)
        length = 2 if int.from_bytes(entry[2:4], order) == _SHORT else 4
        sizes[int.from_bytes(entry[:2], order)] = int.from_bytes(entry[8 : 8 + length], order)
    _check_pixels(sizes.get(_TIFF_WIDTH, 0), sizes.get(_TIFF_HEIGHT, 0))


def _check_pixels(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise FileRefused(refusal.UNREADABLE)
    if width * height > MOST_PIXELS:
        raise FileRefused(refusal.PIXELS)
