"""Rules of stored files: every id a finding of it may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "FILE-1": "Tệp được xét theo nội dung: đúng loại được nhận, không quá lớn, không chứa mã lạ.",
}
