"""Biên bản bốc thăm: what was drawn, before whom, and how an outsider draws it once more."""

from __future__ import annotations

from datetime import datetime

from thidua.core.drawing.draw import ATTEMPTS
from thidua.platform import clock
from thidua.platform.documents.model import (
    Align,
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    KeyValues,
    Numbered,
    NumberLine,
    Paragraph,
    Row,
    Signature,
    Table,
)
from thidua.scalefile.drawing import DrawFile
from thidua.year.bloc.draws import cycles, file_of
from thidua.year.bloc.models import Bloc, CheckDraw
from thidua.year.bloc.paper import letterhead_of

HINT = "Ký, ghi rõ họ tên"
GROUP = 16  # a hash is printed in groups of so many signs


def draw_document(row: CheckDraw) -> Document:
    """The minutes of one draw; needs the row with bloc-year, bloc and jurisdiction."""
    bloc_year, file, head_name = row.bloc_year, file_of(row), bare(row.plain["head"])
    first, second = (bare(one) for one in row.plain["witnesses"])
    return Document(
        letterhead=letterhead_of(bloc_year),
        place=bloc_year.jurisdiction.place,
        dated=row.drawn_at.astimezone(clock.LOCAL).date(),
        number_line=NumberLine(kind="BB", body=_body(row)),
        kind_name="Biên bản",
        subject=f"Bốc thăm phân công thẩm định chéo\n{bloc_year.bloc.name}, năm {bloc_year.year}",
        blocks=(
            *_occasion(row, head_name, first, second),
            *_conditions(row, file),
            *_seed(row, file),
            *_result(file),
            *_steps(row, file),
        ),
        signatures=(
            Signature(("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"), hint=HINT),
            Signature(("Người chứng kiến", first), hint=HINT),
            Signature(("Người chứng kiến", second), hint=HINT),
        ),
        recipients=("Các đơn vị trong Khối", "Lưu hồ sơ Khối"),
        trial=row.synthetic,
        footer_note=f"Dấu {row.fingerprint[:8]}",
    )


def _body(row: CheckDraw) -> str:
    """The abbreviation of the issuing body in the number line."""
    return "CTĐ" if row.bloc_year.bloc.kind == Bloc.Kind.CLUSTER else "KTĐ"


def bare(key: str) -> str:
    """The name in a key ("3. Sở Y tế")."""
    return key.partition(". ")[2]


def grouped(text: str) -> str:
    """A hash in groups, so that it can be read out and copied."""
    return " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def condition_words(row: CheckDraw, file: DrawFile) -> list[str]:
    """The conditions of a draw, one sentence each."""
    conditions = file.conditions
    last_year = _pairs_words(conditions.last_year)
    if row.plain.get("repeat_last_year"):
        last = "Được lặp lại phân công năm trước, vì không còn cách nào khác."
    elif last_year:
        last = f"Không lặp lại phân công năm trước: {last_year}."
    else:
        last = "Năm trước không có phân công nào giữa các đơn vị này."
    declared = "; ".join(
        f"{bare(one['units'][0])} và {bare(one['units'][1])}, khai {_at(one['at'])}"
        for one in row.plain["declared"]
    )
    conflict = f"Không giao việc giữa hai đơn vị đã khai quan hệ cần tránh: {declared}."
    return [
        f"Mỗi bảng điểm có {conditions.each} đơn vị thẩm định, chia đều; không đơn vị nào tự thẩm "
        "định, không hai đơn vị nào thẩm định lẫn nhau.",
        last,
        conflict if declared else "Không có quan hệ cần tránh nào được khai.",
    ]


def _occasion(row: CheckDraw, head_name: str, first: str, second: str) -> tuple[Block, ...]:
    again = f" Lý do: {row.reason}" if row.reason else ""
    words = (
        f"Lúc {moment(row.drawn_at)}, {head_name} (Trưởng khối) bốc thăm lần "
        f"{row.number}, trước sự chứng kiến của đại diện {first} và đại diện {second}.{again}"
    )
    return (Heading("I. Thời gian, thành phần"), Paragraph(words))


def _conditions(row: CheckDraw, file: DrawFile) -> tuple[Block, ...]:
    return (Heading("II. Điều kiện"), Numbered(tuple(condition_words(row, file))))


def _seed(row: CheckDraw, file: DrawFile) -> tuple[Block, ...]:
    pairs = (
        ("Dấu gốc của sổ cái", grouped(row.root)),
        ("Lúc hết hạn tự chấm", moment(row.closed_at)),
        ("Các chữ số bốc được", file.digits),
        ("Hạt giống", grouped(row.seed)),
        ("Lần xếp", str(row.attempt) if row.attempt else "tìm lần lượt, xem mục V"),
    )
    return (Heading("III. Hạt giống"), KeyValues(pairs))


def _result(file: DrawFile) -> tuple[Block, ...]:
    columns = (Column(8, Align.CENTER), Column(46), Column(46))
    rows = []
    for number, unit in enumerate(file.conditions.units, 1):
        checkers = [bare(two) for one, two in file.pairs if one == unit]
        rows.append(Row((str(number), bare(unit), "; ".join(checkers))))
    head = Row(("TT", "Đơn vị được thẩm định", "Đơn vị thẩm định"))
    rings = tuple(" → ".join(bare(one) for one in ring) for ring in cycles(file.pairs))
    chain = (Paragraph("Viết gọn (mũi tên đọc là thẩm định):"), Bullets(rings)) if rings else ()
    return (Heading("IV. Kết quả"), Table(columns, (head,), tuple(rows)), *chain)


def _steps(row: CheckDraw, file: DrawFile) -> tuple[Block, ...]:
    each = file.conditions.each
    dealt = (
        "Đơn vị đứng thứ i theo kết quả đó thẩm định đơn vị thứ i của bảng ở mục IV."
        if each == 1
        else f"Chia lần lượt {each} lượt một cho các đơn vị theo thứ tự của bảng ở mục IV."
    )
    copies = "0" if each == 1 else f"lần lượt 0 đến {each - 1}"
    steps = (
        "Viết liền dấu gốc (bỏ dấu cách) và các chữ số bốc được, tính SHA-256: được hạt giống.",
        "Tên mỗi đơn vị viết kèm số thứ tự như trong bảng ở mục IV, ví dụ "
        f"“{file.conditions.units[0]}”, mã UTF-8, dạng NFC.",
        "Với lần xếp thứ t, mỗi đơn vị tính SHA-256 của “hạt giống|t|tên|k” "
        f"(k là {copies}), rồi xếp các kết quả từ nhỏ đến lớn. {dealt}",
        _which_attempt(row),
        "Hoặc tải tệp điều kiện ở trang bốc thăm rồi chạy lệnh: thidua draw TỆP.",
    )
    return (Heading("V. Cách kiểm tra lại"), Numbered(steps))


def _which_attempt(row: CheckDraw) -> str:
    if row.attempt is None:
        return (
            f"Xếp từ lần 1 đến lần {ATTEMPTS:,} đều vi phạm điều kiện, nên chương trình tìm lần "
            "lượt mọi cách theo thứ tự của hạt giống và lấy cách đầu tiên đạt."
        ).replace(",", ".", 1)
    return (
        "Bắt đầu từ lần xếp 1, lần đầu tiên không vi phạm điều kiện nào ở mục II là kết quả: ở "
        f"đây là lần {row.attempt}."
    )


def moment(instant: datetime) -> str:
    """17:00 ngày 22/12/2026."""
    return f"{instant.astimezone(clock.LOCAL):%H:%M ngày %d/%m/%Y}"


def _at(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(clock.LOCAL):%d/%m/%Y}"


def _pairs_words(pairs: frozenset[tuple[str, str]]) -> str:
    return "; ".join(f"{bare(two)} thẩm định {bare(one)}" for one, two in sorted(pairs))
