"""A file's own name, made safe to show and to save under on any system."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 200
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_FORBIDDEN = re.compile('[<>:"|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$")
_EXTENSION = re.compile(r"\.[a-z0-9]{1,8}$")


def safe_name(name: str) -> str:
    """The last part of the name in NFC, without signs that hide, reorder or mean a path.

    At most 200 characters, the extension kept; a name with nothing left is "tep".
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = _FORBIDDEN.sub("_", _UNSEEN.sub("", _whole(last)))
    tidy = " ".join(unicodedata.normalize("NFC", seen).split()).strip(" .")
    if _RESERVED.match(tidy):
        tidy = f"_{tidy}"
    ending = extension_of(tidy)
    return (
        tidy[: LONGEST - len(ending)].rstrip() + ending if len(tidy) > LONGEST else tidy
    ) or "tep"


def extension_of(name: str) -> str:
    """The extension with its dot in small letters; empty when there is none."""
    ending = PurePosixPath(name.lower()).suffix
    return ending if _EXTENSION.match(ending) else ""


def _whole(text: str) -> str:
    """Without halves of surrogate pairs, which no file system and no database takes."""
    return text.encode("utf-8", "ignore").decode("utf-8")
