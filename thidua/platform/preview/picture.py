"""Pixels as a PNG, small enough for a weak line, without an imaging library."""

from __future__ import annotations

import struct
import zlib

LARGE = 700_000  # bytes; a page that stays above is shown in 216 colours
CHANNELS = 3
_FINE = bytes(min(255, (value & 0xF8) + 4) if 4 <= value < 252 else round(value / 255) * 255
              for value in range(256))  # fmt: skip
_STEPS = [bytes(round(value / 51) * weight for value in range(256)) for weight in (36, 6, 1)]
_PALETTE = bytes(51 * (place // weight % 6) for place in range(216) for weight in (36, 6, 1))


def to_png(pixels: bytes, *, width: int, height: int, stride: int) -> bytes:
    """A PNG of pixels given as red, green, blue, in rows of `stride` bytes.

    Shades differ by at least 8 of 256, which the eye does not see and which halves the size; a
    scanned page that is still large is shown in 216 colours, where a red seal stays red.
    """
    rows = [pixels[row * stride : row * stride + width * CHANNELS] for row in range(height)]
    fine = b"".join(b"\x00" + row.translate(_FINE) for row in rows)
    packed = zlib.compress(fine, 6)
    if len(packed) <= LARGE:
        return _png(width, height, 2, packed)
    coarse = b"".join(b"\x00" + _indexed(row) for row in rows)
    return _png(width, height, 3, zlib.compress(coarse, 6), _chunk(b"PLTE", _PALETTE))


def _indexed(row: bytes) -> bytes:
    """Places in the palette: the weighted steps of the three channels added up, none over 215."""
    parts = (row[channel::CHANNELS].translate(_STEPS[channel]) for channel in range(CHANNELS))
    total = sum(int.from_bytes(part, "big") for part in parts)
    return total.to_bytes(len(row) // CHANNELS, "big")


def _png(width: int, height: int, kind: int, packed: bytes, palette: bytes = b"") -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    body = header + palette + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
