"""What the pages need around and inside them, as plain frozen data: no query, no clock.

The context processor fills one `Shell` for every request (an empty one for people who are not
signed in); `base.html` and `base_gate.html` read nothing else. Parts of pages that stages build
themselves (Confirm, Step, Document, Task …) live in thidua/platform/http/parts.py, because a
stage may not import web.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from thidua.platform.http.parts import MarkName


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchItem:
    """One choice of a switch.

    `label`: what it is called ("Năm 2017"); `url`: address of the same page there, for switches of
    links; `value`: what is posted, for switches with an action; `current`: the one in use; `note`:
    one short line under the label ("đã thông qua").
    """

    label: str
    url: str = ""
    value: str = ""
    current: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A menu of the top bar; with fewer than two items the page shows the name as plain text.

    `name`: what is switched, read before the choice ("Khối thi đua"); `shown`: the text in the bar;
    `items`: the choices; `action` and `field`: address and field of a POST (the position switch);
    left empty the items are links.
    """

    name: str
    shown: str
    items: tuple[SwitchItem, ...] = ()
    action: str = ""
    field: str = ""

    @property
    def opens(self) -> bool:
        """Whether there is something to choose."""
        return len(self.items) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One line of the sidebar or of the phone's tab bar.

    `label`: name; `url`: address; `mark`: how far the stage is (empty for pages that are no stage);
    `icon`: picture of a page that is no stage ("list", "clock"); `count`: how many things wait for
    me, 0 shows nothing; `current`: the open page belongs here.
    """

    label: str
    url: str
    mark: MarkName | Literal[""] = ""
    icon: str = "list"
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is signed in.

    `name`: full name or the demo's role name; `position`: "Chuyên viên, Sở Y tế"; `sample`: the
    name carries °; `positions`: the switch between one's own positions, None when there is one.
    """

    name: str
    position: str
    sample: bool = False
    positions: Switch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """Everything base.html shows around a page.

    `person`: None on gate pages; `place`: whose installation this is ("tỉnh Thừa Thiên Huế");
    `bloc`, `year`: the global switches, None where nothing is chosen yet; `top`: Việc cần làm and
    Toàn cảnh năm; `stages`: the stages this person may enter, in the order of the year; `tabs`: up
    to three entries of the phone's tab bar (the fourth, "Thêm", is fixed); `sample`: the page may
    show values marked °; `has_fonts`: the set-up found the fonts; `help_url`: "Trợ giúp";
    `session_seconds`: how long the session still lasts, None when it does not end soon.
    """

    person: Person | None = None
    place: str = ""
    bloc: Switch | None = None
    year: Switch | None = None
    top: tuple[NavItem, ...] = ()
    stages: tuple[NavItem, ...] = ()
    tabs: tuple[NavItem, ...] = ()
    sample: bool = False
    has_fonts: bool = False
    help_url: str = ""
    session_seconds: int | None = None
