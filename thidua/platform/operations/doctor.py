"""The doctor: is this installation whole and well set up? Each check says what to do."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from thidua.platform import clock
from thidua.platform.documents.fonts import chosen_font
from thidua.platform.files import incoming
from thidua.platform.files import services as files
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.rebuild import compare_all, unexplained
from thidua.platform.ledger.verify import verify_all
from thidua.platform.mail.models import Letter


@dataclass(frozen=True)
class Check:
    """One check: ``state`` is ok, warn or bad; ``words`` say what was found and what to do."""

    name: str
    state: str
    words: str


def examine() -> list[Check]:
    """Every check, in the order in which an operator would mend them.

    Checks that read rows are left out while the database itself cannot be read.
    """
    first = _database()
    return [first, *(check() for check in (READING if first.state == "ok" else ()) + BESIDE)]


def _database() -> Check:
    try:
        return _structure()
    except Error as problem:
        words = f"Không đọc được: {problem}. Phục hồi từ bản sao lưu."
        return Check("Cơ sở dữ liệu", "bad", words)


def _structure() -> Check:
    name = "Cơ sở dữ liệu"
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Check(name, "bad", "Cấu trúc chưa được nâng cấp. Chạy lệnh: thidua migrate")
    if connection.vendor != "sqlite":
        return Check(name, "ok", "PostgreSQL, cấu trúc mới nhất.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        verdict = cursor.fetchone()[0]
    if verdict != "ok":
        return Check(name, "bad", f"Tệp cơ sở dữ liệu hỏng: {verdict}. Phục hồi từ bản sao lưu.")
    return Check(name, "ok", "SQLite, nguyên vẹn, cấu trúc mới nhất.")


def _ledger() -> Check:
    faults = verify_all()
    if faults:
        first = faults[0]
        words = f"Chuỗi {first.chain}, sự kiện {first.seq}: {first.words}"
        return Check("Sổ cái", "bad", f"{words} Đối chiếu với bản sao lưu gần nhất.")
    return Check("Sổ cái", "ok", f"{Event.objects.count()} sự kiện, mọi dấu đều khớp.")


def _rows() -> Check:
    """Rows edited or put in past the services agree with no event."""
    strays = compare_all() + unexplained()
    if strays:
        first = strays[0]
        words = f"{len(strays)} chỗ khác với sổ cái, đầu tiên: {first.words}"
        return Check("Dữ liệu", "bad", f"{words} Không sửa tay; đối chiếu với bản sao lưu.")
    return Check("Dữ liệu", "ok", "Khớp với mọi sự kiện trong sổ cái.")


def _files() -> Check:
    damaged = files.verify_all()
    if damaged:
        words = f"{len(damaged)} tệp thiếu hoặc hỏng. Lấy lại từ bản sao lưu."
        return Check("Kho tệp", "bad", words)
    return Check("Kho tệp", "ok", "Mọi tệp đã nạp đều còn và đúng dấu.")


def _arriving() -> Check:
    """Parts of files that are on their way; the worker takes away those given up."""
    name, held = "Tệp nạp dở", incoming.unfinished()
    size = f"{held.count} tệp, {max(1, held.size // 2**20)} MB"
    if held.count and held.age > 2 * incoming.DAY:
        words = f"{size}, cũ nhất {int(held.age // incoming.DAY)} ngày. Chạy: thidua worker --once"
        return Check(name, "warn", words)
    words = f"{size}, tự dọn sau một ngày." if held.count else "Không có tệp nào nạp dở."
    return Check(name, "ok", words)


def _space() -> Check:
    free = shutil.disk_usage(settings.THIDUA_DATA).free // 2**20
    state = "bad" if free < 200 else "warn" if free < 2000 else "ok"
    advice = "" if state == "ok" else " Dọn đĩa hoặc chuyển thư mục dữ liệu."
    shown = f"{free // 1024} GB" if free >= 10 * 1024 else f"{free} MB"
    return Check("Đĩa", state, f"Còn trống {shown}.{advice}")


def _mail() -> Check:
    day_ago = clock.now() - timedelta(days=1)
    stuck = Letter.objects.filter(sent_at=None, created_at__lt=day_ago).count()
    if stuck:
        return Check("Thư", "warn", f"{stuck} thư chưa gửi được quá một ngày. Xem máy chủ thư.")
    if not settings.EMAIL_HOST:
        words = f"Chưa đặt máy chủ thư; thư được ghi thành tệp trong {settings.EMAIL_FILE_PATH}."
        return Check("Thư", "warn", f"{words} Đặt THIDUA_SMTP_HOST để gửi thật.")
    return Check("Thư", "ok", f"Gửi qua {settings.EMAIL_HOST}.")


def _secret() -> Check:
    file = Path(settings.THIDUA_DATA) / "secret_key"
    if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        words = f"Tệp {file} đọc được bởi người khác. Chạy: chmod 600 {file}"
        return Check("Khóa bí mật", "warn", words)
    return Check("Khóa bí mật", "ok", "Có và được giữ kín.")


def _address() -> Check:
    if settings.HTTPS:
        return Check("Địa chỉ", "ok", f"{settings.THIDUA_ADDRESS}, HTTPS bắt buộc.")
    words = f"{settings.THIDUA_ADDRESS} chưa dùng HTTPS. Chỉ hợp khi chạy thử trên một máy."
    return Check("Địa chỉ", "warn", f"{words} Cài thật: đặt THIDUA_HTTPS=1 sau máy chủ trung gian.")


def _font() -> Check:
    font = chosen_font()
    if font.fallback:
        words = f"PDF dùng phông thay thế {font.family}. Cài Times New Roman hoặc Liberation Serif."
        return Check("Phông chữ văn bản", "warn", words)
    return Check("Phông chữ văn bản", "ok", f"PDF dùng phông {font.family}.")


READING: tuple[Callable[[], Check], ...] = (_ledger, _rows, _files, _mail)
BESIDE: tuple[Callable[[], Check], ...] = (_arriving, _space, _secret, _address, _font)
