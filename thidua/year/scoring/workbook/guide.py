"""Hướng dẫn: how to fill the workbook in, what the unit has on file, in plain words."""

from __future__ import annotations

from datetime import datetime

from thidua.platform.workbook import model as book
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.progress.models import EvidenceDocument
from thidua.year.scoring.board import View
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.pages.fields import fact_fields
from thidua.year.scoring.workbook.columns import GUIDE

FACT_WORDS = {"co": "Có", "khong": "Không", "": "Chưa ghi"}
STEPS = (
    "Chỉ điền các ô nền vàng nhạt. Các ô khác khóa, vì phần mềm nhận từng dòng theo khóa ẩn.",
    "Cột Kết quả: ghi số liệu của đơn vị; ô có danh sách thì chọn trong danh sách. Ghi 95, không "
    "ghi 95%. Chưa có số liệu thì để trống; không có trường hợp nào thì ghi 0.",
    "Cột Tự chấm: dòng chấm theo nhận định thì ghi điểm. Dòng khác chỉ ghi khi tự chấm khác cột "
    "Máy tính, kèm lý do.",
    "Cột Lý do: căn cứ tự chấm. Bắt buộc khi tự chấm khác máy, khi chấm theo nhận định mà không "
    "dẫn minh chứng, và khi đề nghị không áp dụng.",
    "Cột Minh chứng: ghi số, ký hiệu văn bản đã có trong kho, dấu phẩy rồi trang; nhiều văn bản "
    "thì cách nhau bằng dấu chấm phẩy. Ví dụ: 27/BC-VP, trang 2; 31/BC-VP. Văn bản chưa có trong "
    "kho thì nạp vào kho trước khi nạp tệp này.",
    "Cột Cách tính: “Excel tính” thì điểm đổi ngay khi điền. “Phần mềm tính” thì điểm trong tệp là "
    "điểm lúc tải tệp, vì phải so với đơn vị khác hoặc xét điều kiện; phần mềm tính lại khi nạp.",
    "Tổng điểm cộng các dòng đã có điểm. Tổng chính thức là tổng của phần mềm sau khi nạp.",
    "Điền xong thì lưu dạng .xlsx, mở trang chấm điểm của đơn vị, chọn Nạp Excel. Trang đó cho "
    "xem từng chỗ khác nhau rồi mới nhận; chưa nhận thì chưa có gì thay đổi.",
)


def guide_sheet(view: View, desk: Desk, bloc_year: BlocYear, now: datetime) -> book.Sheet:
    """The sheet people read first: what this is, how to fill it in, facts, documents on file."""
    rows = [
        book.Row((book.Cell("Hướng dẫn điền bảng tự chấm", span=3),), book.Style.TITLE),
        *(_pair(name, words) for name, words in _about(desk, bloc_year, now)),
        _head("Cách điền"),
        *(_pair(str(number), words) for number, words in enumerate(STEPS, 1)),
        *_facts(view, desk),
        *_documents(desk),
    ]
    columns = (book.Column(22), book.Column(90), book.Column(16))
    return book.Sheet(
        name=GUIDE, columns=columns, rows=tuple(rows), protected=True, landscape=False
    )


def _about(desk: Desk, bloc_year: BlocYear, now: datetime) -> list[tuple[str, str]]:
    found = [
        ("Đơn vị", desk.unit),
        ("Khối, năm", f"{bloc_year.bloc.name}, năm {bloc_year.year}"),
        ("Thang điểm", f"{desk.scale.title}, phiên bản {desk.scale.scale.version}"),
        ("Tải lúc", f"{now:%H:%M} ngày {now:%d/%m/%Y}"),
    ]
    window = Window.objects.filter(bloc_year=bloc_year, deed=Window.Deed.SELF_SCORE).first()
    if window is not None:
        closes = window.closes.astimezone(now.tzinfo)
        found.append(("Hạn tự chấm", f"{closes:%H:%M} ngày {closes:%d/%m/%Y}"))
    return found


def _facts(view: View, desk: Desk) -> list[book.Row]:
    fields = fact_fields(view, desk)
    if not fields:
        return []
    rows = [_head("Thông tin của đơn vị dùng trong thang điểm, sửa ở trang Thông tin đơn vị")]
    rows += [
        _pair(one.label, FACT_WORDS.get(one.text, f"{one.text} {one.unit}".strip()))
        for one in fields
    ]
    return rows


def _documents(desk: Desk) -> list[book.Row]:
    """What may be cited by number now."""
    found = EvidenceDocument.objects.filter(
        bloc_year=desk.bloc_year, unit_id=desk.sheet.unit_id
    ).order_by("issued_on", "id")
    rows = [
        book.Row(
            (
                book.Cell(one.number or "chưa có số"),
                book.Cell(one.subject, synthetic=one.synthetic),
                book.Cell(one.issued_on, synthetic=one.synthetic),
            )
        )
        for one in found
    ]
    if not rows:
        return [_head("Kho minh chứng chưa có văn bản nào")]
    return [_head("Văn bản đã có trong kho minh chứng, dẫn bằng số, ký hiệu"), *rows]


def _head(words: str) -> book.Row:
    return book.Row((book.Cell(words, span=3),), book.Style.SECTION)


def _pair(name: str, words: str) -> book.Row:
    return book.Row((book.Cell(name), book.Cell(words, span=2)))
