"""Makes any text safe to print: one Unicode form, no characters that a file format forbids."""

from __future__ import annotations

import re
import unicodedata

from thidua.platform.documents.model import Run, Text

SYNTHETIC_MARK = "°"
REPLACEMENT = "□"
# What XML 1.0 forbids, and signs that reorder, join or hide letters (bidi controls, soft hyphen).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffc]"
)
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text in NFC, line ends as "\\n", tabs as spaces, unprintable signs dropped.

    Code points that are no characters (halves of surrogate pairs) become the sign □.
    """
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    printable = _NO_CHARACTER.sub(REPLACEMENT, _UNPRINTABLE.sub("", lines))
    return unicodedata.normalize("NFC", "".join(map(_character, printable)))


def runs_of(text: Text, *, synthetic: bool = False) -> tuple[Run, ...]:
    """The text as clean runs; the mark ° follows each synthetic run, or the end if asked."""
    given = (Run(text),) if isinstance(text, str) else text
    runs = tuple(_marked(run) for run in given)
    return (*runs, Run(SYNTHETIC_MARK)) if synthetic else runs


def plain(text: Text, *, synthetic: bool = False) -> str:
    """The letters alone, without style, as they will be printed."""
    return "".join(run.text for run in runs_of(text, synthetic=synthetic))


def _character(letter: str) -> str:
    """The letter, or □ for the last two code points of a plane, which are no characters."""
    return REPLACEMENT if ord(letter) & 0xFFFE == 0xFFFE else letter


def _marked(run: Run) -> Run:
    mark = SYNTHETIC_MARK if run.synthetic else ""
    return Run(clean(run.text) + mark, bold=run.bold, italic=run.italic)
