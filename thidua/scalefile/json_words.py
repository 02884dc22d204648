"""Lời báo lỗi khi đọc JSON."""

from __future__ import annotations

from thidua.scalefile.problem import Words, shown

TRAILING = Words(
    "Sau dấu ngoặc đóng cuối cùng vẫn còn chữ. Xóa phần thừa, hoặc kiểm tra dấu ngoặc đóng sớm.",
    "There is text after the last closing bracket. Delete it, or check for a bracket closed early.",
)
KEY = Words(
    'Ở đây phải là một khóa trong ngoặc kép, ví dụ "unit". Kiểm tra dấu phẩy và ngoặc kép.',
    'A key in double quotes is expected here, such as "unit". Check commas and quotes.',
)
STRING = Words(
    "Câu chữ mở ngoặc kép ở đây mà không đóng, hoặc có dấu \\ dùng sai. Đóng ngoặc kép ở cuối câu "
    "chữ; viết \\\\ cho một dấu \\, \\n cho chỗ xuống dòng.",
    "The text opened here is never closed, or a backslash is misused. Close the quote; write \\\\ "
    "for one backslash and \\n for a line break.",
)
COLON = Words(
    "Thiếu dấu hai chấm giữa khóa và giá trị.",
    "The colon between key and value is missing.",
)
DECIMAL_COMMA = Words(
    "Số thập phân viết bằng dấu chấm, không viết dấu phẩy: 961.5.",
    "Write the decimal point as a point, not a comma: 961.5.",
)
EXTRA_COMMA = Words(
    "Có dấu phẩy thừa trước dấu ngoặc đóng. Xóa dấu phẩy đó.",
    "There is a comma too many before the closing bracket. Delete it.",
)
BROKEN_LETTER = Words(
    "Câu chữ này có ký tự hỏng (\\u thiếu một nửa). Gõ lại câu chữ.",
    "This text holds half of a \\u pair. Type the text again.",
)


def never_closed(bracket: str) -> Words:
    """A bracket without its end."""
    return Words(
        f"Dấu ngoặc mở ở đây không có dấu đóng {bracket} tương ứng. Thêm dấu đóng ở cuối phần này.",
        f"The bracket opened here is never closed. Add {bracket} where the part ends.",
    )


def comma(bracket: str) -> Words:
    """Two parts without a comma between them."""
    return Words(
        f"Thiếu dấu phẩy trước chỗ này, hoặc thiếu dấu đóng {bracket}.",
        f"A comma before this place or the closing {bracket} is missing.",
    )


def word(found: str) -> Words:
    """Something that is no JSON value."""
    if not found:
        return Words(
            "Thiếu giá trị ở đây. Ghi một số, một chuỗi trong ngoặc kép, true, false hoặc null.",
            "A value is missing here. Write a number, a quoted text, true, false or null.",
        )
    return Words(
        f"Không hiểu {shown(found)}. Số viết với dấu chấm thập phân và không có số 0 ở đầu "
        "(961.5), chữ đặt trong ngoặc kép, còn lại chỉ có true, false, null.",
        f"{shown(found)} is not a value. Write numbers with a decimal point and no leading zero "
        "(961.5), text in double quotes, otherwise true, false or null.",
    )
