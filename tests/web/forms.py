"""Reads the forms of a page as a browser would, to send them back with anything in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = frozenset(
    {"text", "number", "email", "search", "date", "time", "password", "tel", "url", "textarea"}
)


@dataclass
class Field:
    """One control of a form with the value it has when the page is drawn."""

    name: str
    kind: str
    value: str = ""


@dataclass
class Form:
    """A form that posts: where to, and its controls; each named button is a way to send it."""

    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[Field] = field(default_factory=list)

    def sent(self, *, typed: str | None = None, hidden: str | None = None) -> dict[str, list[str]]:
        """What a browser sends, with `typed` in every field people type in, `hidden` elsewhere.

        The token and the request id stay, so that the page itself is what answers.
        """
        found: dict[str, list[str]] = {}
        for one in self.fields:
            value = one.value
            if one.kind in TYPED and typed is not None:
                value = typed
            elif one.kind not in TYPED and one.name != "request_id" and hidden is not None:
                value = hidden
            found.setdefault(one.name, []).append(value)
        return found


class FormReader(HTMLParser):
    """Collects the posting forms of one page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[Form]()
        self._form: Form | None = None
        self._text: Field | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._form = Form(given.get("action") or self.address)
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(self._form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.value += data

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "option" and self._select is not None:
            if "selected" in given or not self._select.value:
                self._select.value = given.get("value", "")
        elif not name or "disabled" in given:
            return
        elif tag == "button":
            form.buttons.append(Field(name, "button", given.get("value", "")))
        elif tag == "textarea":
            self._text = Field(name, "textarea")
            form.fields.append(self._text)
        elif tag == "select":
            self._select = Field(name, "select")
            form.fields.append(self._select)
        elif tag == "input":
            self._input(form, name, given)

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        value = given.get("value", "on" if kind == "checkbox" else "")
        if kind in ("checkbox", "radio") and "checked" not in given:
            return
        if kind not in ("submit", "file"):
            form.fields.append(Field(name, kind, value))


def forms_of(page: str, address: str) -> list[Form]:
    """Every form of the page that posts."""
    reader = FormReader(address)
    reader.feed(page)
    return reader.forms
