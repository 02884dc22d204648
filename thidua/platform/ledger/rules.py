"""Rules of the ledger: every id a finding of it may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "LEDGER-1": "Một mã yêu cầu chỉ dùng cho một việc; gửi lại đúng việc đó thì không làm thêm.",
}
