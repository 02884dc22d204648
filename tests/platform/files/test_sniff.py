"""ASVS 5.2: a file is judged by its content; hostile files are refused in words, never opened."""

from __future__ import annotations

import io
import resource

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.platform.files.corpus import GOOD, HOSTILE, docx, jpeg, pdf, png
from thidua.platform.files import refusal
from thidua.platform.files.naming import extension_of, safe_name
from thidua.platform.files.refusal import FileRefused
from thidua.platform.files.sniff import judge


def judged(name: str, content: bytes) -> str:
    """The media type, by content."""
    return judge(io.BytesIO(content), size=len(content), name=safe_name(name)).media_type


def outcome(name: str, content: bytes) -> str:
    """The media type, or the sentence of the refusal; any other exception is a fault."""
    try:
        return judged(name, content)
    except FileRefused as refused:
        return refused.words


def test_corpus_is_as_large_as_goal_nineteen_asks() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_in_words(case: str) -> None:
    name, content, words = HOSTILE[case]
    with pytest.raises(FileRefused) as caught:
        judged(name, content)
    assert caught.value.words == words
    assert [(one.rule_id, one.words) for one in caught.value.findings] == [("FILE-1", words)]


@pytest.mark.parametrize("case", GOOD)
def test_honest_file_is_taken_under_its_true_type(case: str) -> None:
    name, content, media_type = GOOD[case]
    assert judged(name, content) == media_type


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", pdf(), "Tên tệp có đuôi .docx nhưng nội dung là PDF."),
        ("a.pdf", docx(), "Tên tệp có đuôi .pdf nhưng nội dung là Word."),
        ("a.xlsx", docx(), "Tên tệp có đuôi .xlsx nhưng nội dung là Word."),
        ("a.pdf", png(), "Tên tệp có đuôi .pdf nhưng nội dung là ảnh PNG."),
        ("a.png", jpeg(), "Tên tệp có đuôi .png nhưng nội dung là ảnh JPEG."),
        ("a.pdf", b"chi la chu", "Tên tệp có đuôi .pdf nhưng nội dung là chữ thường."),
        ("a.pdf.exe", pdf(), "Tên tệp có đuôi .exe nhưng nội dung là PDF."),
        ("a.js", b"alert(1)", "Tên tệp có đuôi .js nhưng nội dung là chữ thường."),
    ],
)
def test_content_that_is_not_the_extension_is_refused_with_both_named(
    name: str, content: bytes, words: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        judged(name, content)
    assert caught.value.words == f"{words} Đặt đúng đuôi hoặc lưu lại rồi gửi."


@given(st.binary(max_size=400), st.sampled_from(["a.pdf", "a.docx", "a.png", "a.txt", "a.json"]))
def test_any_bytes_are_taken_or_refused_but_never_crash(content: bytes, name: str) -> None:
    assert outcome(name, content)


@given(st.sampled_from([content for _, content, _ in GOOD.values()]), st.data())
def test_damaged_honest_files_never_crash(content: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:place] + data.draw(st.binary(max_size=8)) + content[place + 4 :]
    for name in ("a.pdf", "a.docx", "a.png", "a.jpg", "a.tif", "a.txt"):
        assert outcome(name, damaged)


def test_whole_corpus_needs_little_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, content, _ in HOSTILE.values():
        with pytest.raises(FileRefused):
            judged(name, content)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100 * 1024  # kilobytes


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Biên bản.pdf", "Biên bản.pdf"),
        ("Bie\u0302n ba\u0309n.pdf", "Biên bản.pdf"),
        ("C:\\Users\\cán bộ\\Biên bản.pdf", "Biên bản.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("  .pdf. ", "pdf"),
        ("...", "tep"),
        ("", "tep"),
        ("\ud800.pdf", "pdf"),
        ("ă" * 300 + ".pdf", "ă" * 196 + ".pdf"),
    ],
)
def test_name_is_made_safe_and_kept_readable(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_every_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= 200
    assert set(safe).isdisjoint('/\\<>:"|?*\x00\n\r\u202e')
    assert safe == safe.strip(" .")
    assert safe_name(safe) == safe
    assert safe.encode("utf-8").decode("utf-8") == safe


def test_extension_is_read_in_small_letters() -> None:
    assert (extension_of("A.PDF"), extension_of("a.tar.gz"), extension_of("a")) == (
        ".pdf",
        ".gz",
        "",
    )


def test_every_sentence_says_what_to_do() -> None:
    sentences = {words for _, _, words in HOSTILE.values()} | {refusal.too_large(20 << 20).words}
    told = ("gửi", "Chọn lại", "lưu lại", "Quét lại")
    assert [words for words in sentences if not any(word in words for word in told)] == []
