"""Chapter one: the bloc is founded, people get positions, the head prepares the year."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.stories.official import Office, Official

BLOC = "Khối thi đua thử nghiệm"
FARMING, TRADE, JUSTICE = UNITS = (
    "Sở Nông nghiệp thử nghiệm",
    "Sở Công Thương thử nghiệm",
    "Sở Tư pháp thử nghiệm",
)
NEWCOMER = "Chuyên viên mới (thử)"
NEW_PASSWORD = "ruong bac thang mua lua"

SCALE = """\
format: scale/1
name: khoi-thu-nghiem
version: "1"
title: Thang điểm thử nghiệm
source: {ref: Dựng để thử trong trình duyệt, completeness: constructed}
scale: {base: 100, bonus_cap: 4, deduct_cap: null, max_total: null, decimals: 1,
  rounding: half_up, not_applicable: drop_denominator}
criteria:
- code: I
  label: Thực hiện nhiệm vụ được giao
  kind: sum
  max: 70
  items:
  - {code: I.1, label: Tỷ lệ hồ sơ đúng hạn, kind: linear, x: percent, unit: hồ sơ, from: 0,
     per: 100, each: 30, cap: 30, floor: 0, max: 30,
     evidence: {required: true, list: [Báo cáo một cửa]}}
  - {code: I.2, label: Chỉ tiêu thu hút, kind: steps, x: percent, unit: dự án, max: 20, else: 0,
     bands: [{ge: 100, pts: 20}, {ge: 90, lt: 100, pts: 15}, {ge: 70, lt: 90, pts: 8}]}
  - {code: I.3, label: Chất lượng tham mưu, kind: judged, max: 20}
- code: II
  label: Xây dựng cơ quan
  kind: sum
  max: 30
  items:
  - {code: II.1, label: Cơ quan đạt chuẩn văn hóa, kind: flag, hit: 10, miss: 0}
  - {code: II.2, label: Tổ chức phong trào, kind: judged, max: 20}
- {code: III, label: Sáng kiến được công nhận, part: bonus, kind: count, each: 2, cap: 4}
ranking: {key: points, tie_breaks: [{points: I}]}
"""


def found_the_bloc(standing: Official) -> str:
    """The standing office founds it with head and deputy; answers the address of the bloc."""
    standing.step("Các khối")
    standing.follow("Lập khối")
    standing.fill("Tên khối", BLOC)
    standing.fill("Số, ký hiệu văn bản thành lập", "Quyết định số 12/QĐ-UBND")
    standing.fill("Ngày văn bản", "15/01/2026")
    standing.fill("Dán danh sách đơn vị, mỗi dòng một đơn vị", "\n".join(UNITS))
    standing.follow("Điền vào bảng")
    standing.tick("Trưởng khối ở dòng 1")
    standing.tick("Phó khối ở dòng 2")
    standing.picture("year-01-found")
    standing.follow("Lập khối")
    standing.stands_at(BLOC)
    standing.sees(f"Trưởng khối: {FARMING}")
    standing.sees(f"Phó khối: {TRADE}")
    standing.picture("year-02-bloc")
    return standing.page.url


def give_positions(rooms: Office, standing: Official) -> Official:
    """People who have an account get a position that counts at once; a new one gets a link."""
    for person, role, unit in (
        ("Trưởng khối (mẫu)", "Lãnh đạo đơn vị", FARMING),
        ("Chuyên viên (mẫu)", "Chuyên viên", TRADE),
        ("Người thẩm định (mẫu)", "Người thẩm định", JUSTICE),
    ):
        find_person(standing, person)
        standing.follow("Giao thêm cương vị")
        standing.choose("Cương vị", role)
        standing.choose("Đơn vị", unit)
        standing.fill("Từ ngày", "20/01/2026")
        standing.follow("Giao cương vị")
        standing.sees(unit)
    standing.picture("year-03-person")
    return let_in(rooms, standing)


def find_person(standing: Official, name: str) -> None:
    """Search for somebody who can log in, among the many with the same demo name."""
    standing.step("Đơn vị, con người")
    standing.follow("Con người")
    standing.main.get_by_label("Tìm theo tên người, đơn vị, cương vị").fill(name)
    standing.follow("Tìm", exact=True)
    rows = standing.main.get_by_role("row").filter(has_text="Đang làm việc")
    rows.get_by_role("link", name=name).first.click()
    standing.stands_at(re.compile(re.escape(name)))


def let_in(rooms: Office, standing: Official) -> Official:
    """A newcomer is written down, invited by a copied link, and chooses a password."""
    standing.step("Đơn vị, con người")
    standing.follow("Con người")
    standing.follow("Thêm người")
    standing.fill("Họ và tên", NEWCOMER)
    standing.choose("Cương vị", "Chuyên viên")
    standing.choose("Đơn vị", JUSTICE)
    standing.fill("Từ ngày", "20/01/2026")
    standing.follow("Thêm")
    standing.follow("Gửi lời mời")
    standing.fill("Thư công vụ của người được mời", "nguoi-moi@thu-nghiem.example")
    standing.follow("Gửi lời mời", exact=True)
    standing.picture("year-04-invited")
    link = standing.main.get_by_label("Liên kết mời").input_value()

    guest = Official(rooms.screen())
    guest.open(link)
    guest.stands_at("Lời mời tham gia hệ thống Thi đua")
    guest.fill("Họ và tên", NEWCOMER)
    guest.fill("Mật khẩu mới", NEW_PASSWORD)
    guest.picture("year-05-invitation")
    guest.follow("Nhận việc và tạo tài khoản")
    guest.stands_at("Việc cần làm")
    guest.picture("year-06-first-page")
    return guest


def prepare_the_year(head: Official, folder: Path) -> None:
    """Windows, scale, checkers, sheets: what the head sets before anybody scores."""
    head.step("Khối và đơn vị")
    head.follow("Đặt các mốc")
    for deed in ("Báo cáo kết quả, minh chứng", "Tự chấm điểm", "Thẩm định", "Giải trình"):
        head.fill(f"{deed}, mở từ ngày", "18/11/2026")
        head.fill(f"{deed}, hạn ngày", "30/11/2026")
    head.picture("year-07-windows")
    head.follow("Lưu các mốc")
    adopt_a_scale(head, folder)
    head.step("Khối và đơn vị")
    head.follow("Phân công bằng tay")
    head.follow("Phân công vòng tròn")
    expect(head.labelled(f"{TRADE} thẩm định {FARMING}")).to_be_checked()
    expect(head.labelled(f"{JUSTICE} thẩm định {TRADE}")).to_be_checked()
    expect(head.labelled(f"{FARMING} thẩm định {JUSTICE}")).to_be_checked()
    head.picture("year-10-checkers")
    head.follow("Lưu phân công")
    head.step("Chấm điểm")
    head.follow("Mở bảng chấm điểm")
    head.picture("year-11-open")
    head.sure("Mở bảng chấm điểm")
    head.sees("3 đơn vị")
    head.picture("year-12-table")


def adopt_a_scale(head: Official, folder: Path) -> None:
    """A file is refused with the line to mend, then read, looked through and adopted."""
    file = folder / "thang-diem.yaml"
    file.write_text(SCALE.replace("kind: judged", "kind: judge", 1), encoding="utf-8")
    head.step("Quy chế, thang điểm")
    head.follow("Bắt đầu thang điểm")
    head.follow("Nạp tệp thang điểm")
    head.labelled("Tệp thang điểm").set_input_files(file)
    head.follow("Nạp và soát")
    head.picture("year-08-refused")
    file.write_text(SCALE, encoding="utf-8")
    head.labelled("Tệp thang điểm").set_input_files(file)
    head.follow("Nạp và soát")
    head.sees("Soát thang điểm")
    head.sees("Tỷ lệ hồ sơ đúng hạn")
    head.picture("year-09-lint")
    head.follow("Thông qua")
    head.fill("Gõ “thông qua” để xác nhận", "thông qua")
    head.picture("year-09-adopt")
    head.follow("Thông qua và giữ nguyên")
    head.sees("Đang áp dụng")
