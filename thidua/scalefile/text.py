"""Từ byte ra chữ: strict UTF-8, a byte order mark is tolerated (FORMAT section 2)."""

from __future__ import annotations

from thidua.scalefile.problem import WHOLE_FILE, FileError, Mark, Problem, Words, problem_at

MAX_BYTES = 5_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_KNOWN_KNOWN_STARTS = (
    (b"PK\x03\x04", "tệp Excel, Word hoặc tệp nén", "an Excel, Word or zip file"),
    (b"\xd0\xcf\x11\xe0", "tệp Excel hoặc Word đời cũ", "an old Excel or Word file"),
    (b"%PDF", "tệp PDF", "a PDF file"),
    (b"\x89PNG", "tệp ảnh", "a picture"),
    (b"\xff\xd8\xff", "tệp ảnh", "a picture"),
)


def text_of(content: bytes | str, *, name: str) -> str:
    """The text of a file; raises `FileError` for anything that is not reasonable UTF-8 text."""
    text = content if isinstance(content, str) else _decoded(content, name)
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_BYTES:
        raise _refusal(name, too_large())
    if not text.strip():
        raise _refusal(name, _EMPTY)
    _refuse_lone_surrogates(text, name)
    return text


def too_large() -> Problem:
    """The problem of a file above `MAX_BYTES`."""
    size = MAX_BYTES // 1_000_000
    return problem_at(
        WHOLE_FILE,
        "",
        "too_large",
        Words(
            f"Tệp lớn hơn {size} MB. Thang điểm và phiếu điểm của một khối nhỏ hơn nhiều; "
            "kiểm tra lại có chọn nhầm tệp không.",
            f"The file is larger than {size} MB. Check that it is the right file.",
        ),
    )


_EMPTY = problem_at(
    WHOLE_FILE,
    "",
    "empty_file",
    Words(
        "Tệp không có nội dung. Chọn tệp khác, hoặc bắt đầu từ một thang điểm mẫu.",
        "The file is empty. Choose another file or start from an example.",
    ),
)


def _decoded(content: bytes, name: str) -> str:
    if len(content) > MAX_BYTES:
        raise _refusal(name, too_large())
    _refuse_binary(content, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(name, _not_utf8(content, error.start)) from error


def _refuse_binary(content: bytes, name: str) -> None:
    if content.startswith(_UTF16):
        raise _refusal(name, _not_utf8(content, 0))
    for start, vi, en in _KNOWN_KNOWN_STARTS:
        if content.startswith(start):
            raise _refusal(name, _binary(f"Đây là {vi}", f"This is {en}"))
    if b"\x00" in content:
        raise _refusal(name, _binary("Đây không phải là tệp văn bản", "This is not a text file"))


def _binary(vi: str, en: str) -> Problem:
    words = Words(
        f"{vi}, không đọc được. Chọn tệp văn bản có đuôi .yaml hoặc .json.",
        f"{en} and cannot be read. Choose a text file that ends in .yaml or .json.",
    )
    return problem_at(WHOLE_FILE, "", "binary_file", words)


def _not_utf8(content: bytes, position: int) -> Problem:
    line = content.count(b"\n", 0, position) + 1
    column = position - content.rfind(b"\n", 0, position)
    words = Words(
        "Tệp không lưu theo bảng mã UTF-8 nên chữ Việt không đọc được. "
        "Mở tệp trong Notepad, chọn Lưu thành, chọn mã hóa UTF-8 rồi lưu lại.",
        "The file is not saved as UTF-8. Open it in an editor and save it with encoding UTF-8.",
    )
    return problem_at(Mark(line, column), "", "not_utf8", words)


def _refuse_lone_surrogates(text: str, name: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        words = Words(
            "Dòng này có ký tự hỏng. Xóa ký tự đó và gõ lại.",
            "This line holds a broken character. Delete it and type it again.",
        )
        raise _refusal(name, problem_at(Mark(line, 1), "", "not_utf8", words)) from error


def _refusal(name: str, problem: Problem) -> FileError:
    return FileError([problem], name=name)
