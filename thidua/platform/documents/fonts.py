"""Finds a font with the widths of Times for PDF files, so that pages agree with Word's.

Looked for, in this order: Times New Roman, Liberation Serif, Tinos; first in the folder the
product keeps fonts in, then in the usual font folders of Linux, Windows and macOS. Without one,
typst's own serif is used and ``Font.fallback`` is true: the log and the administrator's page say
so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import typst

FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos")
OWN_SERIF = "Libertinus Serif"  # comes inside typst, has every Vietnamese letter
_FACES = {("normal", 400), ("normal", 700), ("italic", 400), ("italic", 700)}
_PROBE = (
    '#set text(font: sys.inputs.font, fallback: false)\n#"ẶặỮữỶỷẪĐđ°≈−–…“”□"#strong("Ệ")#emph("ợ")'
)


@dataclass(frozen=True, slots=True)
class Font:
    """The family PDF files are set in, and the folder it is read from (none for the fallback)."""

    family: str
    folder: Path | None
    fallback: bool
    faces: typst.Fonts = field(repr=False, compare=False)

    @property
    def words(self) -> str:
        """One Vietnamese sentence for the administrator's page and the log."""
        if self.fallback:
            return (
                "Máy chủ chưa có phông Times New Roman, Liberation Serif hoặc Tinos: tệp PDF đang "
                "dùng phông có chân khác. Cài một trong ba phông này rồi khởi động lại."
            )
        return f"Tệp PDF dùng phông {self.family}, lấy từ {self.folder}."


_own_folder: list[Path] = []


def look_in(folder: Path) -> None:
    """Tell once, at the start of the product, in which folder it keeps its own font."""
    _own_folder[:] = [folder]
    chosen_font.cache_clear()


@lru_cache(maxsize=8)
def chosen_font(own_folder: Path | None = None) -> Font:
    """The font for PDF files; looked for in ``own_folder``, then in the one told to ``look_in``.

    A family counts only when its four faces stand in one folder and hold the Vietnamese letters.
    The answer is remembered for the life of the process.
    """
    own = [own_folder] if own_folder else []
    for faces in _sources([*own, *_own_folder]):
        for family in FAMILIES:
            for folder in _folders(faces, family):
                font = _font(family, folder)
                if _sets_vietnamese(font):
                    return font
    return own_serif()


@lru_cache(maxsize=1)
def own_serif() -> Font:
    """The serif inside typst: the same on every machine, but not of Times widths."""
    faces = typst.Fonts(include_system_fonts=False)
    return Font(OWN_SERIF, None, fallback=True, faces=faces)


def _sources(folders: list[Path]) -> list[typst.Fonts]:
    """The faces of each folder that is there, then those of the system."""
    own = [
        typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        for folder in folders
        if folder.is_dir()
    ]
    return [*own, typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)]


def _folders(faces: typst.Fonts, family: str) -> list[Path]:
    """Folders with all four faces; of two releases the one later in the alphabet comes first."""
    found: dict[Path, set[tuple[str, int]]] = {}
    for face in faces.fonts():
        if face.family == family and face.path:
            folder = Path(face.path).parent
            found.setdefault(folder, set()).add((face.style, face.weight))
    return sorted((folder for folder, have in found.items() if have >= _FACES), reverse=True)


def _font(family: str, folder: Path) -> Font:
    faces = typst.Fonts(include_system_fonts=False, font_paths=[folder])
    return Font(family, folder, fallback=False, faces=faces)


def _sets_vietnamese(font: Font) -> bool:
    """Whether every letter we print is in the font; typst refuses a missing one in PDF/A."""
    try:
        _, warnings = typst.compile_with_warnings(
            _PROBE.encode(),
            font_paths=font.faces,
            ignore_system_fonts=True,
            sys_inputs={"font": font.family},
            pdf_standards=["a-2b"],
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return not warnings
