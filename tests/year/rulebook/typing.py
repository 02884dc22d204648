"""What a browser sends back from a form that nobody touched."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "input" and name:
            if found.get("type") == "checkbox":
                if "checked" in found:
                    self._tick(name, found.get("value") or "on")
            else:
                self.sent[name] = found.get("value") or ""
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((found.get("value") or "", "selected" in found))
        elif tag == "textarea":
            self._area, self.sent[name] = name, ""

    def _tick(self, name: str, value: str) -> None:
        """Boxes of one name are sent together."""
        ticked = self.sent.get(name)
        self.sent[name] = value if ticked is None else [*as_list(ticked), value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected]
            self.sent[self._select] = (chosen or [self._options[0][0]])[0]
            self._select = ""
        elif tag == "textarea":
            self.sent[self._area] = self.sent[self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] += data


def as_list(value: Any) -> list[str]:
    """One value, or the several values of one name."""
    return value if isinstance(value, list) else [value]


def sent_from(html: str) -> dict[str, Any]:
    """The name and value of every input, as a browser would send them."""
    parser = _Inputs()
    parser.feed(html)
    return parser.sent
