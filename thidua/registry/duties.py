"""What a role will and will not do, in the words of the invitation."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.registry.models import Role


@dataclass(frozen=True)
class Duty:
    """Two sentences: what the person does, and what stays with others."""

    does: str
    leaves: str


DUTIES = {
    Role.OFFICER: Duty(
        "Soạn đăng ký thi đua, báo cáo kết quả, tự chấm điểm và nạp minh chứng của đơn vị.",
        "Không duyệt thay lãnh đạo đơn vị.",
    ),
    Role.LEADER: Duty(
        "Duyệt đăng ký thi đua và bảng tự chấm của đơn vị. "
        "Khi đơn vị là Trưởng khối thì điều hành năm thi đua.",
        "Không thẩm định bảng điểm của chính đơn vị mình.",
    ),
    Role.SECRETARY: Duty(
        "Làm việc của chuyên viên. Khi đơn vị là Trưởng khối thì giúp điều hành: "
        "đặt các mốc, phân công thẩm định, ghi biên bản.",
        "Không duyệt thay lãnh đạo đơn vị, không thẩm định bảng điểm của chính đơn vị mình.",
    ),
    Role.VERIFIER: Duty(
        "Thẩm định bảng điểm của các đơn vị được phân công, ghi lý do ở mỗi chỗ sửa.",
        "Không sửa bảng điểm của chính đơn vị mình.",
    ),
    Role.STANDING: Duty(
        "Lập các khối thi đua, ghi đơn vị và con người, theo dõi các khối trong cả năm.",
        "Không chấm điểm thay các đơn vị.",
    ),
    Role.ADMINISTRATOR: Duty(
        "Chăm sóc bản cài đặt: sao lưu, khôi phục, mời cơ quan thường trực.",
        "Không xem và không sửa điểm của các khối.",
    ),
}
