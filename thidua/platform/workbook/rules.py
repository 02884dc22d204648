"""Rules of workbooks: every id a finding of it may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "WORKBOOK-1": "Bảng tính nạp vào phải mở được, không khóa mật khẩu, không quá lớn.",
}
