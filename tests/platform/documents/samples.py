"""Whole documents to print and look at: minutes, score tables, a pact, a Party paper."""

from __future__ import annotations

from datetime import date

from thidua.platform.documents.model import (
    Align,
    Bullets,
    Cell,
    Column,
    DateBlank,
    Document,
    Heading,
    KeyValues,
    Landscape,
    Letterhead,
    Numbered,
    NumberLine,
    Paragraph,
    Profile,
    Row,
    RowKind,
    Run,
    Signature,
    SignatureTable,
    Table,
)

UNITS = (
    "Sở Lao động, Thương binh và Xã hội",
    "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
    "Sở Du lịch",
    "Ban Dân tộc tỉnh",
    "Sở Văn hóa và Thể thao",
)
TOTALS = ("961,5", "961,0", "955,7", "948,2", "912,4", "889,6", "831,3")
REPORTED = {"961,5", "961,0", "831,3"}
HEALTH = Letterhead("Sở Y tế", "Ủy ban nhân dân tỉnh Thừa Thiên Huế")


def ranking() -> Table:
    """The result of the conference: 7 units, points, rank."""
    rows = tuple(
        Row((str(rank), unit, Cell(total, synthetic=total not in REPORTED), str(rank)))
        for rank, (unit, total) in enumerate(zip(UNITS, TOTALS, strict=True), 1)
    )
    columns = (
        Column(8, Align.CENTER),
        Column(60),
        Column(20, Align.CENTER),
        Column(14, Align.CENTER),
    )
    return Table(columns, (Row(("TT", "Đơn vị", "Điểm thông qua", "Xếp thứ")),), rows)


def score_table(units: int = 7, lines: int = 30) -> Table:
    """Criteria by units, in sections, with a total; the head in two rows."""
    names = tuple(UNITS[index % len(UNITS)] for index in range(units))
    head = Row(
        (
            Cell("TT", rows=2),
            Cell("Nội dung thi đua", rows=2),
            Cell("Điểm tối đa", rows=2),
            Cell("Điểm thông qua của các đơn vị", span=units),
        )
    )
    rows: list[Row] = []
    for line in range(1, lines + 1):
        if line % 10 == 1:
            title = f"Nội dung thứ {line // 10 + 1}: thực hiện nhiệm vụ chính trị, chuyên môn"
            rows.append(Row((Cell(title, span=units + 3),), RowKind.SECTION))
        name = f"Hoàn thành chỉ tiêu số {line} do Hội đồng nhân dân tỉnh giao đúng thời hạn"
        points = tuple(
            Cell(f"{30 - (line + unit) % 5},{unit % 10}", synthetic=True) for unit in range(units)
        )
        rows.append(Row((str(line), name, "33,0", *points)))
    rows.append(Row((Cell("Tổng điểm", span=2), "1.000,0", *(TOTALS * 3)[:units]), RowKind.TOTAL))
    columns = (
        Column(8, Align.CENTER),
        Column(60),
        Column(14, Align.CENTER),
        *(Column(18, Align.CENTER) for _ in names),
    )
    return Table(columns, (head, Row(names)), tuple(rows), note="Đơn vị tính: điểm")


def attendance() -> Table:
    """Who came to the conference."""
    return Table(
        (Column(8, Align.CENTER), Column(40), Column(40), Column(30)),
        (Row(("TT", "Họ và tên", "Chức vụ", "Đơn vị")),),
        tuple(
            Row((str(number), Cell("Đại biểu (mẫu)", synthetic=True), "Lãnh đạo đơn vị", unit))
            for number, unit in enumerate(UNITS, 1)
        ),
    )


def minutes() -> Document:
    """Minutes of a year-end conference with the score table on landscape pages."""
    return Document(
        letterhead=HEALTH,
        number_line=NumberLine("BB", "SYT"),
        place="Thừa Thiên Huế",
        dated=date(2018, 1, 12),
        kind_name="Biên bản",
        subject="Hội nghị tổng kết công tác thi đua năm 2017 của Khối thi đua số 4",
        blocks=(
            Paragraph("Thời gian bắt đầu: 08 giờ 00 phút, ngày 12 tháng 01 năm 2018."),
            Paragraph("Địa điểm: Hội trường Sở Y tế."),
            Paragraph(
                "Thành phần: lãnh đạo và công chức phụ trách thi đua, khen thưởng của 07 đơn vị; "
                "Phó Chủ tịch Hội đồng nhân dân tỉnh, thành viên Hội đồng Thi đua - Khen thưởng "
                "tỉnh phụ trách Khối; đại diện Ban Thi đua - Khen thưởng tỉnh."
            ),
            attendance(),
            Heading("I. Thông qua kết quả chấm điểm năm 2017"),
            Paragraph(
                (
                    Run("Trưởng khối trình bày bảng tổng hợp đã thẩm định. Hội nghị biểu quyết "),
                    Run("công khai", bold=True),
                    Run(", 07 trên 07 đơn vị tán thành, thông qua kết quả sau:", synthetic=True),
                )
            ),
            ranking(),
            Heading("II. Bầu Trưởng khối, Phó khối năm 2018"),
            Paragraph(
                "Hội nghị bầu Sở Văn hóa và Thể thao làm Trưởng khối, Sở Lao động, Thương binh và "
                "Xã hội làm Phó khối năm 2018."
            ),
            Heading("III. Ý kiến tại hội nghị"),
            Numbered(
                (
                    "Thống nhất số tiêu chí định lượng trong nội dung thi đua thứ nhất.",
                    "Ban hành Quy chế hoạt động của Khối trong quý I năm 2018.",
                )
            ),
            Bullets(("Giao Trưởng khối dự thảo;", "Các đơn vị góp ý trước ngày 15/3/2018.")),
            Landscape((Heading("Phụ lục: Bảng tổng hợp điểm"), score_table())),
            Paragraph("Hội nghị kết thúc hồi 11 giờ 30 phút cùng ngày./."),
        ),
        signatures=(
            Signature(("Thư ký",), "Chuyên viên (mẫu)", synthetic=True),
            Signature(("Chủ trì", "Trưởng khối"), "Lãnh đạo (mẫu)", synthetic=True),
        ),
        recipients=(
            "Hội đồng Thi đua - Khen thưởng tỉnh (để báo cáo)",
            "07 đơn vị trong Khối",
            "Lưu: VT, hồ sơ",
        ),
        trial=True,
    )


def unit_sheet() -> Document:
    """One unit's score sheet, upright."""
    rows: list[Row] = []
    for line in range(1, 31):
        if line % 10 == 1:
            title = Cell(f"Nội dung thứ {line // 10 + 1}", span=6)
            rows.append(Row((title,), RowKind.SECTION))
        name = f"Chỉ tiêu {line}: tỷ lệ người dân tham gia bảo hiểm y tế đạt kế hoạch giao"
        rows.append(Row((str(line), name, "33,0", "32,5", "32,0", "Kho bạc xác nhận")))
    rows.append(Row((Cell("Tổng điểm", span=2), "990,0", "975,0", "948,2", ""), RowKind.TOTAL))
    columns = (
        Column(8, Align.CENTER),
        Column(60),
        Column(14, Align.RIGHT),
        Column(14, Align.RIGHT),
        Column(16, Align.RIGHT),
        Column(26),
    )
    head = Row(("TT", "Nội dung", "Điểm tối đa", "Tự chấm", "Thẩm định", "Ghi chú"))
    return Document(
        letterhead=Letterhead(
            "Sở Lao động, Thương binh và Xã hội", "Ủy ban nhân dân tỉnh Thừa Thiên Huế"
        ),
        number_line=NumberLine("BC", "SLĐTBXH", "7"),
        place="Thừa Thiên Huế",
        dated=date(2018, 1, 5),
        kind_name="Báo cáo",
        subject="kết quả tự chấm điểm thi đua năm 2017",
        addressees=("Trưởng Khối thi đua số 4",),
        basis=(
            "Căn cứ Luật Thi đua, Khen thưởng",
            "Căn cứ Quy chế hoạt động của Khối thi đua số 4",
        ),
        blocks=(
            KeyValues((("Đơn vị", "Sở Lao động, Thương binh và Xã hội"), ("Số công chức", "62"))),
            Table(columns, (head,), tuple(rows)),
            Paragraph("Đơn vị chịu trách nhiệm về số liệu báo cáo./."),
        ),
        signatures=(Signature(("KT. Giám đốc", "Phó Giám đốc"), "Nguyễn Văn Mẫu", synthetic=True),),
        recipients=("Như trên", "Lưu: VT"),
    )


def pact() -> Document:
    """A pact: no number, the day left open, seven signers."""
    directors = ("Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ", "Sở Du lịch")
    return Document(
        letterhead=Letterhead("Khối thi đua số 4", "Ủy ban nhân dân tỉnh Thừa Thiên Huế"),
        place="Thừa Thiên Huế",
        dated=date(2018, 3, 1),
        date_blank=DateBlank.DAY,
        kind_name="Giao ước thi đua",
        subject="Khối thi đua số 4, năm 2018",
        blocks=(
            Paragraph(
                "07 đơn vị thuộc Khối thi đua số 4 thống nhất ký giao ước thi đua với các nội dung "
                "sau:"
            ),
            Numbered(
                (
                    "Lấy chỉ tiêu Hội đồng nhân dân tỉnh giao làm chỉ tiêu định lượng bắt buộc.",
                    "Thi đua thực chất, nhân rộng điển hình tiên tiến, chống bệnh thành tích./.",
                )
            ),
            SignatureTable(
                (
                    Signature(("Trưởng khối", "Giám đốc Sở Văn hóa và Thể thao"), "Họ và tên một"),
                    Signature(("Phó khối", f"Giám đốc {UNITS[0]}"), "Họ và tên hai"),
                    *(Signature((f"Giám đốc {name}",), f"Họ tên {name}") for name in directors),
                    Signature(("Trưởng ban Dân tộc tỉnh",), "Họ và tên bảy"),
                )
            ),
        ),
    )


def party_programme() -> Document:
    """A Party body's programme: its own head, dashes, underlined recipients."""
    plan = Table(
        (Column(20), Column(50), Column(20)),
        (Row(("Thời gian", "Việc", "Chủ trì")),),
        (
            Row(("Tháng 3", "Ký giao ước, góp ý Quy chế", "Trưởng khối")),
            Row((Cell("Tháng 7", synthetic=True), "Sơ kết, kiểm tra chéo", "Phó khối")),
        ),
    )
    return Document(
        letterhead=Letterhead("Ủy ban Kiểm tra", "Tỉnh ủy Hà Nam", Profile.PARTY),
        number_line=NumberLine("CTr", "UBKTTU"),
        place="Hà Nam",
        dated=date(2018, 3, 20),
        kind_name="Chương trình",
        subject="hoạt động năm 2018 của Khối thi đua các Ban xây dựng Đảng "
        "và các cơ quan trực thuộc Tỉnh ủy",
        blocks=(
            Paragraph(
                "Hưởng ứng nội dung phát động thi đua của Chủ tịch Ủy ban nhân dân tỉnh với chủ "
                "đề “Kỷ cương, liêm chính, hành động, sáng tạo, hiệu quả”, Khối thi đua gồm 10 cơ "
                "quan xây dựng chương trình hoạt động năm 2018 như sau:"
            ),
            Heading("I. Mục đích, yêu cầu"),
            Paragraph("Nội dung thi đua trọng tâm, trọng điểm, bằng các chỉ số cụ thể."),
            Heading("II. Tiến độ"),
            plan,
        ),
        signatures=(Signature(("Trưởng khối", "Chủ nhiệm Ủy ban Kiểm tra"), "[Họ và tên]"),),
        recipients=("Thường trực Tỉnh ủy (để báo cáo)", "10 cơ quan trong Khối", "Lưu Văn phòng"),
    )


def wide(units: int = 20, lines: int = 40) -> Document:
    """A bloc's score table of many units, the whole document on its side."""
    return Document(
        letterhead=HEALTH,
        number_line=NumberLine("BTH", "SYT"),
        place="Thừa Thiên Huế",
        dated=date(2018, 1, 12),
        kind_name="Bảng tổng hợp điểm",
        subject="Khối thi đua số 4, năm 2017",
        blocks=(score_table(units, lines),),
        signatures=(Signature(("Trưởng khối",), "Lãnh đạo (mẫu)", synthetic=True),),
        recipients=("07 đơn vị", "Lưu: VT"),
        landscape=True,
    )


ALL = {
    "minutes": minutes,
    "unit_sheet": unit_sheet,
    "pact": pact,
    "party_programme": party_programme,
    "wide": wide,
}
