"""Danh mục lệnh: name of every sub-command, where its module is and what it does.

A module offers `configure(parser)` and `run(options) -> int`, or functions of other names that the
entry states; it is imported only when its command is called, so that `thidua --help` and
`thidua lint` need neither Django nor a database.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A sub-command: its module, one sentence on what it does, and its two functions."""

    module: str
    vi: str
    en: str
    configure: str = "configure"
    run: str = "run"


COMMANDS: dict[str, Command] = {
    "score": Command(
        "thidua.cli.score",
        "Chấm điểm các phiếu theo một thang điểm và in kết quả.",
        "Score sheets under a scale and print the result.",
    ),
    "lint": Command(
        "thidua.cli.lint",
        "Soát một thang điểm, nêu chỗ sai và chỗ cần xem lại.",
        "Check a scale and list what is wrong or doubtful.",
    ),
    "draw": Command(
        "thidua.cli.draw",
        "Bốc lại thăm thẩm định chéo từ tệp đã tải về, để kiểm tra.",
        "Repeat a cross-check draw from its file.",
    ),
    "demo": Command(
        "thidua.cli.demo",
        "Nạp các khối mẫu và khối thực hành; với --serve thì mở trang web.",
        "Load the demo blocs; with --serve also serve them.",
    ),
    "serve": Command(
        "thidua.cli.serve",
        "Mở trang web và tiến trình gửi thư.",
        "Serve the web pages and the mail worker.",
    ),
    "worker": Command(
        "thidua.cli.worker",
        "Chỉ chạy tiến trình gửi thư.",
        "Run the mail worker only.",
    ),
    "migrate": Command(
        "thidua.cli.operate",
        "Đưa cơ sở dữ liệu lên cấu trúc của bản này.",
        "Bring the database to this version.",
        "configure_migrate",
        "run_migrate",
    ),
    "first-administrator": Command(
        "thidua.cli.first_administrator",
        "Lập địa phương và người quản trị đầu tiên.",
        "Found the first jurisdiction and administrator.",
    ),
    "backup": Command(
        "thidua.cli.operate",
        "Sao lưu tất cả vào một tệp.",
        "Back everything up to one file.",
        "configure_backup",
        "run_backup",
    ),
    "restore": Command(
        "thidua.cli.operate",
        "Phục hồi từ tệp sao lưu vào nơi trống.",
        "Restore a backup into an empty place.",
        "configure_restore",
        "run_restore",
    ),
    "doctor": Command(
        "thidua.cli.operate",
        "Khám hệ thống và nói việc nên làm.",
        "Check the installation.",
        "configure_doctor",
        "run_doctor",
    ),
}
