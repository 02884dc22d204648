"""The doctor sees what is broken and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.platform.installation import Installation, copied

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture
def patient(source: Installation, tmp_path: Path) -> Installation:
    """A copy that may be hurt."""
    return copied(source, tmp_path / "patient")


def told(installation: Installation, name: str) -> tuple[int, str]:
    """The exit code of the doctor and its line about one thing."""
    ended = installation.thidua("doctor")
    assert ended.err == ""
    lines = [line for line in ended.out.splitlines() if line[7:].startswith(f"{name}:")]
    return ended.code, lines[0] if lines else ""


def test_the_doctor_finds_a_new_installation_well(healthy: Installation) -> None:
    ended = healthy.thidua("doctor")

    assert (ended.code, ended.err) == (0, "")
    assert "HỎNG" not in ended.out
    assert "đạt    Sổ cái: 3 sự kiện, mọi dấu đều khớp.\n" in ended.out
    assert "đạt    Dữ liệu: Khớp với mọi sự kiện trong sổ cái.\n" in ended.out


def test_the_doctor_finds_a_row_changed_past_the_services(healthy: Installation) -> None:
    healthy.sql("UPDATE registry_position SET title = 'Vua'")

    words = (
        "HỎNG   Dữ liệu: 1 chỗ khác với sổ cái, đầu tiên: bản ghi registry.position số 1 khác ở "
        "cột title. Không sửa tay; đối chiếu với bản sao lưu."
    )
    assert told(healthy, "Dữ liệu") == (1, words)


def test_the_doctor_finds_an_edited_ledger(patient: Installation) -> None:
    patient.sql(
        "DROP TRIGGER ledger_event_no_update",
        "UPDATE ledger_event SET reason = 'sửa lén' WHERE seq = 5",
    )

    words = "Chuỗi nam/1, sự kiện 5: Nội dung đã bị sửa sau khi ghi."
    advice = "Đối chiếu với bản sao lưu gần nhất."
    assert told(patient, "Sổ cái") == (1, f"HỎNG   Sổ cái: {words} {advice}")


def test_an_edited_ledger_is_not_restored(patient: Installation, tmp_path: Path) -> None:
    patient.sql(
        "DROP TRIGGER ledger_event_no_update",
        "UPDATE ledger_event SET reason = 'sửa lén' WHERE seq = 5",
    )
    patient.thidua("backup", tmp_path / "x.tar")
    place = Installation(tmp_path / "place")
    ended = place.thidua("restore", tmp_path / "x.tar")

    words = "Chuỗi nam/1, sự kiện 5: Nội dung đã bị sửa sau khi ghi."
    assert (ended.code, ended.err) == (1, f"Sổ cái không khớp. {words}")
    assert place.holdings() == set()


@pytest.mark.parametrize("hurt", [Path.unlink, lambda path: path.write_bytes(b"khac")])
def test_the_doctor_finds_a_missing_or_damaged_file(
    patient: Installation, hurt: Callable[[Path], object]
) -> None:
    hurt(patient.data / "files" / sorted(patient.files())[0])

    words = "1 tệp thiếu hoặc hỏng. Lấy lại từ bản sao lưu."
    assert told(patient, "Kho tệp") == (1, f"HỎNG   Kho tệp: {words}")


def test_the_doctor_says_when_the_database_is_not_up_to_date(empty: Installation) -> None:
    words = "Cấu trúc chưa được nâng cấp. Chạy lệnh: thidua migrate"
    assert told(empty, "Cơ sở dữ liệu") == (1, f"HỎNG   Cơ sở dữ liệu: {words}")


def test_the_doctor_says_when_the_database_cannot_be_read(patient: Installation) -> None:
    patient.sqlite_file.write_bytes(b"khong phai co so du lieu" * 100)
    code, words = told(patient, "Cơ sở dữ liệu")

    assert code == 1
    assert words.startswith("HỎNG   Cơ sở dữ liệu: Không đọc được:")
    assert words.endswith("Phục hồi từ bản sao lưu.")
