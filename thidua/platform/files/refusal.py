"""Why a file is not taken: sentences that say what to do instead."""

from __future__ import annotations

from dataclasses import replace

from thidua.core.finding import Finding, Refused

UNREADABLE = "Không mở được tệp này. Lưu lại dạng PDF hoặc Word rồi gửi."
EMPTY = "Tệp rỗng, không có nội dung. Chọn lại tệp."
PROGRAM = "Đây là chương trình, không phải văn bản. Chọn lại tệp PDF, Word hoặc Excel."
MACRO = "Tệp có mã tự chạy. Lưu lại dạng .docx, .xlsx hoặc PDF không có mã rồi gửi."
LOCKED = "Tệp có mật khẩu. Bỏ mật khẩu rồi gửi lại."
OLD_OFFICE = "Tệp Word hoặc Excel đời cũ. Lưu lại dạng .docx, .xlsx hoặc PDF rồi gửi."
ARCHIVE = "Đây là tệp nén. Giải nén rồi gửi từng tệp PDF, Word hoặc Excel."
BOMB = "Tệp nén quá nhiều dữ liệu bên trong. Lưu lại dạng PDF rồi gửi."
MARKUP = "Tệp trang mạng hoặc tranh SVG không nhận được. In ra PDF rồi gửi."
MIXED = "Tệp có thêm nội dung lạ sau phần chính. Mở tệp rồi lưu lại thành tệp mới."
PIXELS = "Ảnh quá lớn. Quét lại ở 200 dpi hoặc giảm cỡ ảnh rồi gửi."
NO_EXTENSION = "Tên tệp thiếu phần đuôi như .pdf, .docx, .xlsx. Đặt lại tên rồi gửi."
NOT_UTF8 = "Tệp chữ không đúng bảng mã. Lưu lại với bảng mã UTF-8 rồi gửi."
WRONG_PIECE = "Phần tệp gửi lên không khớp với cỡ tệp đã báo. Nạp lại tệp này từ đầu."
NO_ROOM = "Máy chủ hết chỗ lưu tệp, tệp chưa được nhận. Báo người quản trị dọn đĩa rồi gửi lại."
BAD_JSON = "Tệp JSON viết sai. Mở tệp, sửa chỗ sai rồi gửi lại."
FITS_EVERY_PAGE = (EMPTY, LOCKED, NO_ROOM)


class FileRefused(Refused):
    """A file that is not taken; nothing was stored. ``words`` is the sentence for the person."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__([Finding("FILE-1", "refused", words=words)])


def fitted(refused: Refused, advice: str) -> Refused:
    """The same refusal with the advice of a page that takes one kind of file: what is wrong stays,
    what to do about it is `advice`. What fits every page stays as it is: empty, locked, disk full.
    """
    return Refused([replace(one, words=_fitted(one.words, advice)) for one in refused.findings])


def _fitted(words: str, advice: str) -> str:
    if words in FITS_EVERY_PAGE:
        return words
    what, _, _ = words.partition(". ")
    return f"{what}. {advice}"


def too_large(limit: int) -> FileRefused:
    """The refusal of a file over the limit, in bytes; it names the limit in whole megabytes."""
    megabytes = max(limit // (1024 * 1024), 1)
    return FileRefused(f"Tệp lớn hơn {megabytes} MB. Quét lại ở 200 dpi hoặc tách làm hai.")


def wrong_extension(extension: str, kind: str) -> FileRefused:
    """The refusal of a file whose content is not what its name says."""
    return FileRefused(
        f"Tên tệp có đuôi {extension} nhưng nội dung là {kind}. Đặt đúng đuôi hoặc lưu lại rồi gửi."
    )
