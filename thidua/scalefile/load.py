"""Nạp thang điểm và phiếu điểm: from a file to values that can be scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from thidua.core.loading import scale_from_plain, sheets_from_plain
from thidua.core.scale import Scale
from thidua.core.sheet import SheetSet
from thidua.scalefile.problem import WHOLE_FILE, FileError, Mark, Report, Words
from thidua.scalefile.reader import read_tree
from thidua.scalefile.tree import Path, Table, Tree, Value, mark_at, marks_of, plain_of

Plain = Mapping[str, object]
Positions = Mapping[Path, Mark]


@dataclass(frozen=True, slots=True)
class LoadedScale:
    """A scale that was read and checked; `plain` holds its bare values, `tree` their places."""

    scale: Scale
    plain: Plain
    tree: Tree

    @property
    def positions(self) -> Positions:
        """Line and column of every path into `plain`, such as `("criteria", 0, "max")`."""
        return dict(marks_of(self.tree))

    def mark(self, path: Path) -> Mark:
        """Line and column of a path, or of the nearest path above it that stands in the file."""
        return mark_at(self.tree, path)


@dataclass(frozen=True, slots=True)
class LoadedSheets:
    """Sheets that were read and checked; `plain` holds their bare values, `tree` their places."""

    sheets: SheetSet
    plain: Plain
    tree: Tree

    def mark(self, path: Path) -> Mark:
        """Line and column of a path, such as `("sheets", 0, "inputs", "I.1", "value")`."""
        return mark_at(self.tree, path)


def load_scale(content: bytes | str, *, name: str) -> LoadedScale:
    """Read a scale/1 file, YAML or JSON; `name` is the file name that messages show.

    Raises `FileError` with every problem that keeps it from being used (FORMAT section 2 and
    everything scale.schema.json refuses). What lint says about it is a question of its own.
    """
    from thidua.scalefile.scale_shape import SCALE  # a hundred shapes, only needed once a file came

    tree = read_tree(content, name=name)
    report = Report()
    if not _is_sheet_file(tree, report):
        SCALE.check(tree, "", report)
    report.stop_if_any(name)
    plain = cast("Plain", plain_of(tree))
    return LoadedScale(scale_from_plain(plain), plain, tree)


def load_sheets(content: bytes | str, *, name: str, scale: Scale | None = None) -> LoadedSheets:
    """Read a sheet file (FORMAT appendix), YAML or JSON.

    A file that says which scale and version it belongs to must belong to `scale`. Raises
    `FileError`; wrong figures are no file errors, scoring reports them on their line.
    """
    from thidua.scalefile.sheet_shape import check_sheets

    tree = read_tree(content, name=name)
    report = Report()
    if not _is_scale_file(tree, report):
        check_sheets(tree, report)
    report.stop_if_any(name)
    if scale is not None:
        _check_scale(tree, scale, report)
    report.stop_if_any(name)
    plain = cast("Plain", plain_of(tree))
    return LoadedSheets(sheets_from_plain(plain), plain, tree)


def _is_sheet_file(tree: Tree, report: Report) -> bool:
    if not isinstance(tree, Table) or tree.get("sheets") is None or tree.get("criteria"):
        return False
    words = Words(
        "Đây là tệp phiếu điểm, không phải thang điểm. Chọn tệp có dòng format: scale/1.",
        "This is a sheet file, not a scale. Choose the file with the line format: scale/1.",
    )
    report.add(tree.mark, "", "not_a_scale", words)
    return True


def _is_scale_file(tree: Tree, report: Report) -> bool:
    if not isinstance(tree, Table) or tree.get("criteria") is None or tree.get("sheets"):
        return False
    words = Words(
        "Đây là tệp thang điểm, không phải phiếu điểm. Chọn tệp có khóa sheets.",
        "This is a scale, not a sheet file. Choose the file with the key sheets.",
    )
    report.add(tree.mark, "", "not_sheets", words)
    return True


def _check_scale(tree: Tree, scale: Scale, report: Report) -> None:
    for key, wanted in (("scale", scale.name), ("version", scale.version)):
        stated = tree.get(key) if isinstance(tree, Table) else None
        if isinstance(stated, Value) and stated.value not in (None, wanted):
            words = _other_scale(key, stated.text, wanted)
            report.add(stated.mark, key, "other_scale", words)


def _other_scale(key: str, stated: str, wanted: str) -> Words:
    vi, en = ("thang điểm", "scale") if key == "scale" else ("phiên bản", "version")
    return Words(
        f'Phiếu điểm này thuộc {vi} "{stated}", không thuộc {vi} "{wanted}". '
        f'Chọn phiếu của {vi} "{wanted}", hoặc chọn đúng thang điểm của phiếu.',
        f'These sheets belong to {en} "{stated}", not to {en} "{wanted}". Choose the sheets of '
        f'"{wanted}" or the scale of these sheets.',
    )


def file_error(problem_code: str, words: Words, *, name: str) -> FileError:
    """An error about the file as a whole (it cannot be opened)."""
    report = Report()
    report.add(WHOLE_FILE, "", problem_code, words)
    return FileError(report.problems, name=name)
