"""A Word file to write into: A4, Times New Roman, Vietnamese, nothing of the machine inside."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from thidua.platform.documents import page, wording
from thidua.platform.documents.model import Document
from thidua.platform.documents.text import clean

FONT = "Times New Roman"
_KEPT_STYLES = {
    "Normal",
    "Heading1",
    "Heading2",
    "Heading3",
    "Header",
    "Footer",
    "DefaultParagraphFont",
    "TableNormal",
    "NoList",
}
_DROPPED_PARTS = ("thumbnail", "stylesWithEffects", "customXml")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can say


def new_file(document: Document) -> WordFile:
    """An empty file with its styles and properties set."""
    word = docx.Document()
    for part in (word.part.package, word.part):
        for key, rel in list(part.rels.items()):
            if rel.reltype.endswith(_DROPPED_PARTS):
                del part.rels[key]
    _set_styles(word, document.language)
    _set_settings(word, document.language)
    _set_properties(word, document)
    return word


def saved(word: WordFile) -> bytes:
    """The file as bytes: the same content gives the same bytes, whenever and wherever."""
    raw = io.BytesIO()
    word.save(raw)
    steady = io.BytesIO()
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(steady, "w") as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            made.writestr(entry, given.read(name), compresslevel=6)
    return steady.getvalue()


def _set_styles(word: WordFile, language: str) -> None:
    styles = word.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
        for link in style.findall(qn("w:link")):
            style.remove(link)
    _set_defaults(styles.find(qn("w:docDefaults")), language)
    normal = word.styles["Normal"]
    normal.font.size = Pt(page.BODY)
    for name in ("Header", "Footer"):  # their tab stops are those of another page size
        word.styles[name].paragraph_format.tab_stops.clear_all()
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        _set_heading(word.styles[name])


def _set_heading(style: ParagraphStyle) -> None:
    """A heading as the decree has it: the size of the body, bold, black."""
    fonts = style.element.rPr.find(qn("w:rFonts"))
    if fonts is not None:
        style.element.rPr.remove(fonts)
    style.font.size = Pt(page.BODY)
    style.font.bold = True
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(page.BETWEEN)
    style.paragraph_format.keep_with_next = True


def _set_defaults(defaults: BaseOxmlElement, language: str) -> None:
    """Times New Roman for every script, the language, no space a style has not asked for."""
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(run):
        run.remove(child)
    fonts = element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    size, script_size = element("w:sz", val="28"), element("w:szCs", val="28")
    run.extend([fonts, size, script_size])
    run.append(element("w:lang", val=language, eastAsia=language, bidi="ar-SA"))
    spacing = defaults.find(qn("w:pPrDefault")).find(qn("w:pPr")).find(qn("w:spacing"))
    spacing.set(qn("w:after"), "0")
    spacing.set(qn("w:line"), "252")  # 1.05 of single: what the PDF has


def _set_settings(word: WordFile, language: str) -> None:
    settings = word.settings.element
    for name in ("w:rsids", "w:savePreviewPicture", "w:shapeDefaults"):
        for found in settings.findall(qn(name)):
            settings.remove(found)
    compat = settings.find(qn("w:compat"))
    compat.remove(compat.find(qn("w:useFELayout")))
    for setting in compat.findall(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens the file as an old one
    theme = settings.find(qn("w:themeFontLang"))
    theme.set(qn("w:val"), language)
    theme.set(qn("w:eastAsia"), language)
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")


def _set_properties(word: WordFile, document: Document) -> None:
    core = word.core_properties
    moment = datetime.combine(document.dated, time(), UTC)
    issuer = clean(document.letterhead.issuer)[:255]
    core.title = wording.title(document)[:255]
    core.author = core.last_modified_by = issuer
    core.created = core.modified = moment
    core.language = document.language
    core.revision = 1
    core.comments = core.keywords = core.subject = core.category = ""


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """An element of WordprocessingML with its attributes."""
    made: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
