"""The demo's log-ins: roles, not people. Needs no database."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "thi dua yeu nuoc"  # noqa: S105  # printed for everybody who tries the demo
DOMAIN = "mau.thidua.example"


@dataclass(frozen=True)
class LogIn:
    """One demo log-in: its address and what it may do."""

    email: str
    words: str


LOG_INS = {
    "officer": LogIn(f"chuyen-vien@{DOMAIN}", "Chuyên viên: đăng ký, tự chấm, minh chứng"),
    "leader": LogIn(f"lanh-dao@{DOMAIN}", "Lãnh đạo đơn vị: duyệt đăng ký"),
    "head": LogIn(f"truong-khoi@{DOMAIN}", "Trưởng khối: điều hành cả năm, hội nghị"),
    "verifier": LogIn(f"tham-dinh@{DOMAIN}", "Người thẩm định: chấm lại, trả lại kèm lý do"),
    "standing": LogIn(f"thuong-truc@{DOMAIN}", "Cơ quan thường trực: lập khối, giao chỉ tiêu"),
    "administrator": LogIn(f"quan-tri@{DOMAIN}", "Quản trị hệ thống: tình trạng, sao lưu"),
}
