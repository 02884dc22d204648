"""Chapter two: self-scores by keyboard, evidence, verification, a return, an explanation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.stories.chapter_founding import FARMING, JUSTICE, TRADE
from tests.stories.official import Official

REPORT = "Báo cáo: 190 trên 200 hồ sơ đúng hạn.\n"


@dataclass(frozen=True)
class SelfScore:
    """What a unit types: figures, points by line, the total the page must show."""

    files: str
    projects: str
    initiatives: str
    points: dict[str, str]
    total: str


OF_FARMING = SelfScore(
    "196", "18", "1",
    {"I.1": "29,4", "I.2": "15,0", "I.3": "17,5", "II.1": "10,0", "II.2": "18,0", "III": "2,0"},
    "91,9",
)  # fmt: skip
OF_TRADE = SelfScore(
    "190", "20", "0",
    {"I.1": "28,5", "I.2": "20,0", "I.3": "18,5", "II.1": "10,0", "II.2": "17,0", "III": "0,0"},
    "94,0",
)  # fmt: skip
OF_JUSTICE = SelfScore(
    "188", "15", "2",
    {"I.1": "28,2", "I.2": "8,0", "I.3": "17,0", "II.1": "10,0", "II.2": "16,5", "III": "4,0"},
    "83,7",
)  # fmt: skip


def score_by_keyboard(person: Official, own: SelfScore) -> None:
    """Somebody types down the columns, sees each cell saved, and finds it after a reload."""
    person.step("Chấm điểm")
    person.follow("Bảng của đơn vị")
    person.stands_at("Tự chấm điểm năm 2026")
    type_down(person, "Chỉ tiêu dòng", {"I.1": "200", "I.2": "20"})
    type_down(person, "Kết quả dòng", {"I.1": own.files, "I.2": own.projects})
    cell(person, "Số liệu dòng II.1").select_option(label="Có")
    type_down(person, "Số liệu dòng", {"III": own.initiatives})
    type_down(person, "Điểm tự chấm dòng", own.points, saves="II.2")
    for code in ("I.3", "II.2"):
        type_down(person, "Lý do dòng", {code: "Theo báo cáo năm, mục 2"})
    expect(person.main.get_by_text("Đã lưu", exact=True).last).to_be_visible()
    expect(person.main.locator("[data-out=saved_at]")).to_have_text(
        re.compile(r"Đã lưu lúc \d\d:\d\d")
    )
    person.page.reload()
    for code, points in own.points.items():
        expect(cell(person, f"Điểm tự chấm dòng {code}")).to_have_value(points)
    expect(person.main.locator("[data-out=total]")).to_have_text(own.total)


def type_down(person: Official, column: str, values: dict[str, str], *, saves: str = "") -> None:
    """Type into the first cell, then go down with Enter; what changed says that it is saved."""
    first = next(iter(values))
    cell(person, f"{column} {first}").focus()
    for code, value in values.items():
        focused = person.page.evaluate("document.activeElement.dataset.code")
        assert focused == code, f"Enter led to {focused}, not to {code}"
        person.page.keyboard.press("Control+a")
        person.page.keyboard.type(value)
        person.page.keyboard.press("Enter")
    last = cell(person, f"{column} {saves or next(reversed(values))}")
    expect(last.locator("xpath=ancestor::td").locator(".sc-word")).to_have_text("Đã lưu")


def cell(person: Official, label: str) -> Locator:
    """The cell of the score table with that name."""
    return person.main.get_by_label(re.compile(f"^{re.escape(label)}(,|$)"))


def upload_and_cite(person: Official) -> None:
    """One report is loaded once and cited by number and page."""
    row(person, "I.1").get_by_role("link", name=re.compile("Thêm|Thiếu")).click()
    person.picture("year-15-line")
    person.follow("Nạp tài liệu")
    person.main.locator("#files").set_input_files(
        {"name": "27-BC-VP 05.11.2026.txt", "mimeType": "text/plain", "buffer": REPORT.encode()}
    )
    person.sees("Đã nạp 1 tệp.")
    person.picture("year-16-evidence")
    person.follow("Ghi thông tin 1 văn bản vừa nạp")
    named = "27-BC-VP 05.11.2026.txt"
    expect(person.labelled(f"Số, ký hiệu, {named}")).to_have_value("27/BC-VP")
    person.fill(f"Trích yếu, {named}", "Báo cáo của bộ phận một cửa năm 2026")
    person.fill(f"Dẫn ở dòng, {named}", "I.1 trang 2")
    person.picture("year-17-cite")
    person.follow("Ghi và dẫn")
    person.sees("Số 27/BC-VP")
    person.sees("xem trang 2")


def row(person: Official, code: str) -> Locator:
    """The row of one line in the score table."""
    return person.main.locator(f'tr[data-line="{code}"]')


def send(person: Official) -> None:
    """The self-score goes to the checker."""
    person.step("Chấm điểm")
    person.follow("Bảng của đơn vị")
    person.follow("Gửi thẩm định")
    person.picture("year-18-send")
    person.follow("Gửi thẩm định")
    person.sees("Đã gửi, chờ thẩm định")


def verify(verifier: Official, officer: Official) -> None:
    """One line is changed, one returned and answered, the rest confirmed at once."""
    verifier.step("Chấm điểm")
    verifier.follow("Thẩm định")
    verifier.stands_at(f"Thẩm định {TRADE}")
    look_at(verifier, "I.3")
    verifier.picture("year-19-verify")
    verifier.fill("Thẩm định", "17,5")
    verifier.fill("Lý do, giải thích cho đơn vị", "Hai văn bản tham mưu chậm")
    verifier.follow("Lưu")
    look_at(verifier, "II.2")
    verifier.fill("Lý do, giải thích cho đơn vị", "Ghi rõ phong trào nào")
    verifier.follow("Trả lại dòng này")
    verifier.sees("Chờ đơn vị")
    verifier.picture("year-20-returned")
    answer_the_return(officer)
    verifier.page.reload()
    verifier.follow("Giữ nguyên")
    verifier.picture("year-25-confirm-rest")
    verifier.sure("Giữ nguyên 5 dòng còn lại")
    finish(verifier)
    verifier.picture("year-26-verified")


def finish(verifier: Official) -> None:
    """The result of the verification goes back to the unit."""
    verifier.follow("Gửi kết quả thẩm định")
    verifier.picture("year-25-finish")
    verifier.sure("Gửi kết quả thẩm định")
    verifier.sees("Đã thẩm định")


def verify_the_others(officer: Official, head: Official) -> None:
    """The other two sheets are kept as they are."""
    for checker, unit in ((officer, FARMING), (head, JUSTICE)):
        checker.step("Chấm điểm")
        checker.follow(f"Thẩm định {unit}")
        checker.follow("Giữ nguyên")
        checker.sure("Giữ nguyên 6 dòng còn lại")
        finish(checker)


def explain(officer: Official, verifier: Official) -> None:
    """The unit explains the changed line; the checker answers and keeps the points."""
    officer.step("Chấm điểm")
    officer.follow("Bảng của đơn vị")
    officer.picture("year-27-verified-sheet")
    officer.follow("Giải trình")
    officer.picture("year-28-explain")
    officer.sees("Hai văn bản tham mưu chậm")
    officer.fill("Giải trình của đơn vị", "Một văn bản chậm do chờ ý kiến cơ quan khác.")
    officer.follow("Gửi giải trình dòng I.3")
    officer.sees("Chờ người thẩm định trả lời.")
    verifier.step("Việc cần làm")
    verifier.stands_at("Việc cần làm")
    verifier.picture("year-29-verifier-tasks")
    verifier.main.get_by_role("link", name=re.compile("giải trình", re.IGNORECASE)).first.click()
    verifier.fill("Trả lời đơn vị", "Giữ nguyên, thời hạn trong chương trình công tác không đổi.")
    verifier.follow("Trả lời, giữ nguyên điểm")
    verifier.sees("Giữ nguyên, thời hạn")
    verifier.picture("year-30-answered")


def look_at(verifier: Official, code: str) -> None:
    """Open one line of the sheet under verification."""
    verifier.main.get_by_role("link", name=code, exact=True).click()
    verifier.sees(f"Dòng {code}")


def answer_the_return(officer: Official) -> None:
    """The officer finds the returned line among the tasks, answers and sends again."""
    officer.step("Việc cần làm")
    officer.stands_at("Việc cần làm")
    officer.picture("year-21-tasks")
    officer.main.get_by_role("link", name=re.compile("trả lại")).first.click()
    officer.picture("year-22-sheet-returned")
    row(officer, "II.2").get_by_role("link", name="Trả lời").click()
    officer.fill("Căn cứ, lý do", "Phong trào Dân vận khéo, báo cáo trang 2")
    officer.picture("year-23-answer")
    officer.follow("Lưu dòng này")
    officer.follow("Về bảng")
    officer.follow("Gửi lại")
    officer.follow("Gửi lại")
    officer.sees("chờ thẩm định")
    officer.picture("year-24-sent-again")
