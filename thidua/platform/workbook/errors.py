"""Why a spreadsheet cannot be read: sentences that say what to do."""

from __future__ import annotations

from thidua.core.finding import Finding, Refused

NOT_A_SPREADSHEET = "Không đọc được tệp này. Lưu lại dạng Excel (.xlsx) rồi gửi."
OLD_SPREADSHEET = "Tệp Excel đời cũ. Lưu lại dạng .xlsx rồi gửi."
LOCKED = "Tệp có mật khẩu. Bỏ mật khẩu rồi gửi lại."
TOO_MUCH_DATA = "Tệp chứa quá nhiều dữ liệu. Tách thành nhiều tệp nhỏ rồi gửi."
TOO_MANY_ROWS = "Bảng dài hơn 100.000 dòng. Tách thành nhiều tệp rồi gửi."
TOO_WIDE = "Bảng có ô ghi rất xa phần số liệu. Xóa các dòng, cột thừa rồi lưu lại và gửi."


class WorkbookError(Refused):
    """A spreadsheet, or one of its cells, that cannot be read; ``words`` is the sentence."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__([Finding("WORKBOOK-1", "refused", words=words)])
