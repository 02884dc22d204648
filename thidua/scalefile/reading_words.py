"""Lời báo lỗi chung khi đọc YAML và JSON."""

from __future__ import annotations

from thidua.scalefile.problem import Words


def too_deep(limit: int) -> Words:
    """Lists and mappings nested beyond the limit."""
    return Words(
        f"Nội dung lồng nhau quá {limit} tầng. Kiểm tra dấu ngoặc và thụt lề từ đây trở lên.",
        f"The content is nested more than {limit} levels deep. Check brackets and indentation.",
    )


def duplicate_key(key: str, first_line: int) -> Words:
    """A key that stands twice in one mapping."""
    return Words(
        f"Khóa này đã có ở dòng {first_line}. Giữ một trong hai, xóa dòng còn lại.",
        f'The key "{key}" already stands in line {first_line}. Keep one of the two.',
    )
