"""Chapter three: the conference adopts, the papers are printed, the year is closed."""

from __future__ import annotations

import re
from pathlib import Path

from docx import Document
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.stories.chapter_founding import FARMING, JUSTICE, TRADE, UNITS
from tests.stories.official import Official

RANKING = [(TRADE, "93,0", ""), (FARMING, "91,9", "−1,1"), (JUSTICE, "83,7", "−9,3")]


def hold_the_conference(head: Official) -> None:
    """Facts of the meeting, roll call, adoption with the typed word."""
    head.step("Hội nghị")
    head.follow("Ghi thông tin")
    head.fill("Ngày họp", "20/11/2026")
    head.fill("Địa điểm", "Hội trường Sở Nông nghiệp")
    head.fill("Chủ trì", "Lãnh đạo Sở Nông nghiệp thử nghiệm, Trưởng khối")
    head.fill("Ý kiến chỉ đạo", "Năm sau đăng ký sớm hơn một tháng.")
    head.picture("year-31-meeting")
    head.follow("Ghi thông tin")
    head.follow("Điểm danh")
    for unit in UNITS:
        head.choose(f"{unit}: có mặt", "Có mặt")
        head.fill(f"{unit}: người đại diện", "Đại diện đơn vị (thử)")
    head.picture("year-32-roll-call")
    head.follow("Ghi điểm danh")
    head.picture("year-33-steps")
    head.follow("Thông qua")
    head.stands_at("Thông qua kết quả chấm điểm năm 2026")
    head.picture("year-34-adoption")
    head.follow("Thông qua", exact=True)
    head.sure("Thông qua và khóa", word="thông qua")
    head.stands_at("Kết quả chấm điểm năm 2026")
    head.sees("Đã thông qua, đã khóa")
    head.picture("year-35-result")
    ranking = head.main.get_by_role("region", name="Xếp hạng các đơn vị").get_by_role("row")
    assert [" ".join(one.inner_text().split()) for one in ranking.all()[1:]] == [
        f"{rank} là thứ hạng, vì sao {unit} {total} điểm, vì sao"
        + (f" {gap} điểm so với đơn vị thứ nhất, vì sao" if gap else "")
        for rank, (unit, total, gap) in enumerate(RANKING, 1)
    ]


def end_explanations(head: Official) -> None:
    """Everybody has explained: the head ends their time early, with a reason."""
    head.step("Khối và đơn vị")
    head.follow("Sửa các mốc")
    head.fill("Giải trình, mở từ ngày", "10/11/2026")
    head.fill("Giải trình, hạn ngày", "19/11/2026")
    head.fill("Lý do đổi mốc đã mở", "Các đơn vị đã giải trình xong")
    head.follow("Lưu các mốc")


def open_why(officer: Official) -> None:
    """The officer asks why: the total with the rank, a line by rule, a line that was changed."""
    officer.step("Hội nghị")
    officer.follow("Xem kết quả")
    officer.main.get_by_role("link", name="93,0 điểm, vì sao").first.click()
    officer.picture("year-36-why-total")
    officer.stands_at("Vì sao 93,0 điểm, xếp thứ 1?")
    officer.sees(TRADE)
    officer.main.get_by_role("link", name=re.compile("^66,0 ")).click()
    officer.stands_at("Vì sao 66,0 điểm?")
    officer.main.get_by_role("link", name=re.compile("^28,5 ")).click()
    officer.stands_at("Vì sao 28,5 điểm?")
    officer.sees("95/100 × 30,0 = 28,5")
    officer.picture("year-37-why-line")
    officer.page.go_back()
    officer.main.get_by_role("link", name=re.compile("^17,5 ")).click()
    officer.sees("Hai văn bản tham mưu chậm")


def decide_the_rest(head: Official) -> None:
    """Who leads next year, and who is nominated."""
    head.step("Hội nghị")
    head.picture("year-38-steps")
    head.follow("Ghi kết quả")
    for office_name, unit in (("Trưởng khối", TRADE), ("Phó khối", JUSTICE)):
        head.choose("Cương vị", office_name)
        head.choose("Đơn vị", unit)
        head.choose("Cách chọn", "Biểu quyết")
        head.fill("Số phiếu thuận", "3")
        head.fill("Trên tổng số phiếu", "3")
        head.follow("Ghi kết quả")
        head.stands_at(f"Ghi {unit} là {office_name} năm 2027?")
        head.picture("year-39-question")
        head.follow("Ghi")
        head.sees("Đã ghi")
    head.picture("year-39-elected")
    head.step("Hội nghị")
    head.follow("Ghi suy tôn")
    head.choose("Danh hiệu, hình thức khen", "Cờ thi đua của UBND tỉnh")
    head.choose("Đơn vị", TRADE)
    head.choose("Cách chọn", "Biểu quyết")
    head.picture("year-40-nominate")
    head.follow("Ghi suy tôn")
    head.follow("Ghi")
    head.sees("Đã ghi")


def read_the_papers(head: Official, folder: Path) -> None:
    """Minutes and table come as PDF, Word and Excel with the same names, totals and ranks."""
    head.step("Hội nghị")
    head.follow("Mở")
    head.picture("year-41-papers")
    for link in ("Tải biên bản PDF", "Tải bảng PDF"):
        text = pdf_text(head.download(link, folder))
        for unit, total, _gap in RANKING:
            assert unit in text
            assert total in text
    for link in ("Tải biên bản Word", "Tải bảng Word"):
        text = word_text(head.download(link, folder))
        for unit, total, _gap in RANKING:
            assert unit in text
            assert total in text
    file = head.download("Tải bảng Excel", folder)
    live = last_rows(load_workbook(file))
    assert live["Xếp thứ"] == [2, 1, 3]
    assert [str(cell).startswith("=ROUND(") for cell in live["Tổng điểm"]] == [True] * 3
    assert last_rows(load_workbook(file, data_only=True))["Tổng điểm"] == [91.9, 93, 83.7]


def last_rows(book: Workbook) -> dict[str, list[object]]:
    """The rows below the lines of the table, by their label; units in the order of the decision."""
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows(values_only=True) if FARMING in row)
    assert heads[-3:] == UNITS
    return {str(row[1]): list(row[-3:]) for row in sheet.iter_rows(values_only=True) if row[1]}


def pdf_text(path: Path) -> str:
    """The words of a PDF as a reader's program finds them, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def word_text(path: Path) -> str:
    """The words of a Word file: paragraphs and tables."""
    paper = Document(str(path))
    cells = [cell.text for table in paper.tables for line in table.rows for cell in line.cells]
    return " ".join([one.text for one in paper.paragraphs] + cells)


def close_the_year(head: Official, standing: Official) -> None:
    """The year goes into the record, where the standing office finds it."""
    head.step("Hội nghị")
    head.follow("Khép năm")
    head.picture("year-42-closing")
    head.follow("Khép năm")
    head.sure("Khép năm", word="khép năm")
    head.picture("year-43-closed")
    standing.step("Sổ khen thưởng")
    standing.picture("year-44-record")
    row_of = standing.main.get_by_role("row", name=re.compile(TRADE))
    expect(row_of).to_contain_text("93,0")
    expect(row_of).to_contain_text("Cờ thi đua của UBND tỉnh")
    expect(standing.main.get_by_role("row", name=re.compile(JUSTICE))).to_contain_text("83,7")
