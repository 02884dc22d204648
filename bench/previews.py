"""Xem nhanh: the five quick views of stored files, each opened in a process of its own.

    python -m bench.previews [--json] [--rounds 5]

The files are made here from one seed. A report of two pages with a table, as PDF and as Word; one
page of it as a scanner leaves it: colour, 200 dpi, paper that is not white, noise in every channel,
a red seal (kept in the PDF without loss); an Excel file of 5,000 rows × 12 columns. Timed, the best
of the rounds: from the product's call to its answer, the start of the process included; beside it
the processor's seconds of both. Before anything is timed the answers are looked at: two pages, the
words of the report, 200 rows and no more, a picture of that width.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
import xlsxwriter

from bench._bloc import PHRASES, SEED, load
from bench._inside import Took, must
from thidua.platform.documents.model import (
    Align,
    Column,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Row,
    Table,
)
from thidua.platform.documents.pdf import to_pdf
from thidua.platform.documents.word import to_word
from thidua.platform.preview import quick

WIDTH = 1240  # pixels of a page as the product asks for it
DPI = 200
ROWS, COLUMNS, SHOWN = 5000, 12, 200
PAPER, NOISE, RED = (246, 243, 234), 5.0, (190, 40, 50)
KIND = "Báo cáo"


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --json the last line is one object."""
    parser = argparse.ArgumentParser(prog="bench.previews")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        files = _made(Path(folder))
        sent = _looked_at(files)
        found = {name: _best(deed, wanted.rounds) for name, deed in _deeds(files).items()}
    for name, words in _WORDS.items():
        size = f"; gửi đi {sent[name] / 1000:.0f} kB" if name in sent else ""
        seconds = found[name]
        print(f"{words}: {seconds.clock:.2f} giây, bộ xử lý {seconds.processor:.2f} giây{size}")
    if wanted.json:
        print(json.dumps(_summary(found, sent, wanted.rounds)))
    return 0


_WORDS = {
    "text": "trang PDF có chữ",
    "scan": "trang PDF quét màu",
    "word": "Word hai trang",
    "excel": f"Excel {ROWS} dòng × {COLUMNS} cột",
    "count": "đếm trang PDF",
}


def _summary(found: dict[str, Took], sent: dict[str, int], rounds: int) -> dict[str, object]:
    return {
        "name": "previews",
        "value": round(found["text"].clock, 3),
        "unit": "s",
        **{name: round(one.clock, 3) for name, one in found.items()},
        **{f"{name}_processor": round(one.processor, 2) for name, one in found.items()},
        **{f"{name}_bytes": size for name, size in sent.items()},
        "rounds": rounds,
        "load": load(),
    }


def _deeds(files: dict[str, Path]) -> dict[str, Callable[[], object]]:
    return {
        "text": lambda: quick.page_picture(files["text"], page=1, width=WIDTH),
        "scan": lambda: quick.page_picture(files["scan"], page=1, width=WIDTH),
        "word": lambda: quick.word(files["word"]),
        "excel": lambda: quick.excel(files["excel"]),
        "count": lambda: quick.page_count(files["text"]),
    }


def _looked_at(files: dict[str, Path]) -> dict[str, int]:
    """Stop when a view is not what is to be timed; gives the bytes of the pictures."""
    told, table = quick.word(files["word"]), quick.excel(files["excel"])["sheets"][0]
    must(quick.page_count(files["text"]) == 2, "the report has not two pages")
    must(KIND.upper() in [block.get("text") for block in told["blocks"]], "Word shows no report")
    must((len(table["rows"]), table["cut"]) == (SHOWN, True), "Excel is not cut at 200 rows")
    must(quick.page_letters(files["scan"], page=1) == "", "the scan holds letters")
    pictures = {
        name: quick.page_picture(files[name], page=1, width=WIDTH) for name in ("text", "scan")
    }
    for picture in pictures.values():
        must(abs(int.from_bytes(picture[16:20], "big") - WIDTH) <= 1, "a picture of another width")
    return {name: len(picture) for name, picture in pictures.items()}


def _made(folder: Path) -> dict[str, Path]:
    report = _report()
    text = to_pdf(report)
    made = {"text": text, "scan": _scanned(text), "word": to_word(report), "excel": _excel()}
    files = {name: folder / name for name in made}
    for name, content in made.items():
        files[name].write_bytes(content)
    return files


def _report() -> Document:
    """A report of two pages: paragraphs and a table."""
    chance = Random(SEED)
    lines = [f"{number}. {'; '.join(chance.sample(PHRASES, 4))}." for number in range(1, 13)]
    rows = [
        Row((str(n), chance.choice(PHRASES), f"{chance.randrange(100)},5")) for n in range(1, 13)
    ]
    columns = (Column(10, Align.CENTER), Column(120), Column(20, Align.RIGHT))
    return Document(
        letterhead=Letterhead("Sở Mẫu", "Ủy ban nhân dân tỉnh Mẫu"),
        place="Tỉnh Mẫu",
        dated=date(2026, 11, 5),
        kind_name=KIND,
        subject="kết quả thực hiện phong trào thi đua năm 2026",
        blocks=(
            *(Paragraph(line) for line in lines),
            Heading("Số liệu"),
            Table(columns, (Row(("TT", "Nội dung", "Kết quả")),), tuple(rows)),
        ),
    )


def _scanned(text: bytes) -> bytes:
    """The first page as a picture of paper, in a PDF of one picture."""
    page = pypdfium2.PdfDocument(text)[0]
    ink = page.render(scale=DPI / 72, rev_byteorder=True).to_numpy()[:, :, :3] / 255.0
    down, across = ink.shape[:2]
    y, x = np.ogrid[:down, :across]
    seal = np.abs(np.hypot(x - across * 0.7, y - down * 0.8) - DPI * 0.7) < DPI * 0.05
    noise = np.random.default_rng(SEED).normal(0.0, NOISE, ink.shape)
    shades = np.where(seal[:, :, None], RED, ink * PAPER) + noise
    return _pdf_of(shades.clip(0, 255).astype(np.uint8).tobytes(), across, down)


def _pdf_of(pixels: bytes, across: int, down: int) -> bytes:
    wide, high = across * 72 / DPI, down * 72 / DPI
    draw = f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /P Do Q".encode()
    picture = zlib.compress(pixels, 6)
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide:.2f} {high:.2f}]/Contents 4 0 R"
        "/Resources<</XObject<</P 5 0 R>>>>>>".encode(),
        _stream("", draw),
        _stream(f"/Type/XObject/Subtype/Image/Width {across}/Height {down}/BitsPerComponent 8"
                "/ColorSpace/DeviceRGB/Filter/FlateDecode", picture),
    )  # fmt: skip
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n" % (len(parts) + 1, len(made))
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    return made + head + table + end + b"%%EOF\n"


def _stream(words: str, content: bytes) -> bytes:
    return f"<<{words}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"


def _excel() -> bytes:
    """A register: a running number, then words and figures in turn."""
    chance, target = Random(SEED), io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("Số liệu")
    for row in range(ROWS):
        sheet.write_number(row, 0, row + 1)
        for column in range(1, COLUMNS):
            if column % 2:
                sheet.write_string(row, column, f"{chance.choice(PHRASES)} {row}")
            else:
                sheet.write_number(row, column, chance.randrange(1_000_000) / 100)
    book.close()
    return target.getvalue()


def _best(deed: Callable[[], object], rounds: int) -> Took:
    return min(_seconds(deed) for _ in range(rounds))


def _seconds(deed: Callable[[], object]) -> Took:
    """The processor's seconds are those of this process and of the one it started."""
    start, before = time.perf_counter(), os.times()
    deed()
    clock, after = time.perf_counter() - start, os.times()
    return Took(clock, sum(after[:4]) - sum(before[:4]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
