"""Reads printed documents back: the words of a PDF page by page, the words of a Word file."""

from __future__ import annotations

import io

import docx
import pypdfium2 as pdfium
from docx.document import Document as WordFile


def pdf_pages(pdf: bytes) -> list[str]:
    """The text of each page as a reader's search would find it, white space evened out.

    PDFium takes a hyphen that ends a line for a divided word and gives U+FFFE instead.
    """
    texts = [page.get_textpage().get_text_range() for page in open_pdf(pdf)]
    return [" ".join(text.replace("\ufffe", "- ").split()) for text in texts]


def open_pdf(pdf: bytes) -> pdfium.PdfDocument:
    """The file opened for looking."""
    return pdfium.PdfDocument(pdf)


def outside(pdf: bytes) -> list[tuple[int, str]]:
    """Letters that stand outside the paper or its side margins: (page, letter)."""
    found = []
    for number, page in enumerate(open_pdf(pdf), 1):
        text = page.get_textpage()
        width, height = page.get_size()
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            if not letter.strip() or letter == "\u200b":
                continue
            left, bottom, right, top = text.get_charbox(index)
            if left < 84 or right > width - 41 or bottom < 50 or top > height - 18:
                found.append((number, letter))
    return found


def open_word(data: bytes) -> WordFile:
    """The Word file opened again."""
    return docx.Document(io.BytesIO(data))


def word_text(data: bytes) -> str:
    """All words of the body in order, tables included, white space evened out."""
    body = open_word(data).element.body
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    words = [
        "".join(node.text or " " for node in paragraph.iter(f"{space}t", f"{space}br"))
        for paragraph in body.iter(f"{space}p")
    ]
    return " ".join(" ".join(words).split())
