"""Tags and filters of the product's look: points, days, deadlines, marks, confirmations.

None of them reads the clock: `due` takes `today` and `now` from the context.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest
from django.template import Context, Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from thidua.core import points as figures
from thidua.platform.http.parts import Confirm
from thidua.web import wording

register = Library()

NOT_YET = mark_safe('<span class="muted">–<span class="vh"> chưa có</span></span>')
SAMPLE = mark_safe('<span class="syn">°<span class="vh"> giá trị mẫu</span></span>')
MARKS: Mapping[str, tuple[str, str]] = {
    "done": ("ok", "đã xong"),
    "open": ("act", "đang mở"),
    "none": ("muted", "chưa mở"),
    "late": ("bad", "có việc quá hạn"),
    "wait": ("muted", "đang chờ"),
    "back": ("warn", "bị trả lại"),
    "warn": ("warn", "cần xem"),
    "lock": ("muted", "đã khóa"),
    "bad": ("bad", "có lỗi"),
    "info": ("act", "gợi ý"),
}


@register.filter
def points(value: int | Fraction | None, decimals: int = 1) -> SafeString:
    """Points as people read them: 961500 (thousandths) or a fraction as "961,5"; None as a dash."""
    if value is None:
        return NOT_YET
    return format_html("{}", figures.show(wording.exact(value), decimals=int(decimals)))


@register.filter
def figure(value: int | Fraction | None) -> SafeString:
    """A maximum, target or count given in thousandths or as a fraction: "60", "92,5", "1.000"."""
    if value is None:
        return NOT_YET
    return format_html("{}", figures.show_figure(wording.exact(value)))


@register.filter
def typed(value: int | None) -> str:
    """Thousandths for the value of an input field; empty when nothing was entered."""
    return "" if value is None else figures.typing_text(value)


@register.filter
def whole(value: int) -> str:
    """A plain count with dots between thousands: 1000 as "1.000"."""
    return figures.show_figure(Fraction(value))


@register.filter
def delta(value: int | Fraction | None, decimals: int = 1) -> SafeString:
    """A difference as a chip: +3,0 blue, −2,0 amber, "khớp" grey; nothing for None."""
    if value is None:
        return mark_safe("")
    tone = "up" if value > 0 else "dn" if value < 0 else "eq"
    words = wording.delta_words(value, decimals=int(decimals))
    return format_html('<span class="delta {}">{}</span>', tone, words)


@register.filter
def day(value: date | None) -> str:
    """22/12/2017; empty for None."""
    return "" if value is None else wording.day_words(value)


@register.filter
def moment(value: date | None) -> str:
    """17:00 ngày 22/12/2017; empty for None."""
    return "" if value is None else wording.moment_words(value)


@register.filter
def iso(value: date | datetime) -> str:
    """A day or moment for the datetime attribute of <time>."""
    return value.isoformat()


@register.simple_tag(takes_context=True)
def due(
    context: Context, deadline: date | None, *, full: bool = False, done: bool = False
) -> SafeString:
    """A deadline with "Còn 4 ngày, 22/12"; needs `today` in the context, and takes `now`."""
    if deadline is None:
        return mark_safe("")
    today, now = context["today"], context.get("now")
    said = wording.due_words(deadline, today=today, now=now, full=full, done=done)
    words = format_html("<b>{}</b>", said.lead) if said.lead else mark_safe("")
    rest = f", {said.rest}" if said.lead and said.rest else said.rest
    return format_html(
        '<span class="due {}">{}<span>{}{}</span></span>',
        said.tone, icon("late" if said.tone == "late" else "clock"), words, rest,
    )  # fmt: skip


@register.simple_tag
def icon(name: str, tone: str = "") -> SafeString:
    """A picture beside words that say the same; hidden from screen readers."""
    return format_html('<span class="i i-{} {}" aria-hidden="true"></span>', name, tone)


@register.simple_tag
def mark(name: str, words: str | None = None) -> SafeString:
    """A state as picture with hidden words; give `words=""` where visible text says it."""
    tone, said = MARKS[name]
    said = said if words is None else words
    hidden = format_html('<span class="vh">{}</span>', said) if said else mark_safe("")
    return icon(name, tone) + hidden


@register.filter
def mark_words(name: str) -> str:
    """The words of a mark, for titles: "đã xong"; empty for no mark."""
    return MARKS[name][1] if name in MARKS else ""


@register.simple_tag
def syn(synthetic: object) -> SafeString:
    """The ° behind a sample value, when it is one."""
    return SAMPLE if synthetic else mark_safe("")


@register.simple_tag
def request_id() -> SafeString:
    """A hidden field with a fresh id: the same form sent twice is done once."""
    return format_html('<input type="hidden" name="request_id" value="{}">', uuid.uuid4())


@register.simple_tag(takes_context=True)
def keep_query(context: Context, *except_names: str) -> SafeString:
    """Hidden fields that carry the filters of this address through a GET form."""
    request = cast("HttpRequest", context["request"])
    kept = (
        (name, value)
        for name, values in request.GET.lists()
        if name not in except_names
        for value in values
    )
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


@register.filter
def error_count(form: BaseForm) -> int:
    """How many messages a form's errors hold."""
    return sum(len(messages) for messages in form.errors.values())


@register.simple_block_tag
def scroll(content: str, label: str, *, tall: bool = False) -> SafeString:
    """A named, focusable area around a wide table; `tall` keeps it within the window."""
    return format_html(
        '<div class="scroll{}" tabindex="0" role="region" aria-label="{}">{}</div>',
        " tall" if tall else "", label, content,
    )  # fmt: skip


@register.simple_block_tag
def note(content: str, tone: str = "") -> SafeString:
    """A remark beside the matter: blue, or amber ("warn"), brick ("bad"), green ("ok")."""
    return format_html('<div class="note {}">{}</div>', tone, content)


@register.inclusion_tag("thidua/components/confirm_button.html", takes_context=True)
def confirm_button(context: Context, confirm: Confirm) -> dict[str, Any]:
    """The button of an act that asks once: a dialog, or the page thidua/confirm.html without it."""
    return {"confirm": confirm, "csrf_token": context.get("csrf_token")}


WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@register.filter
def weekday(value: date) -> str:
    """ "thứ Hai" … "Chủ nhật"."""
    return WEEKDAYS[value.weekday()]


@register.filter
def groups(value: str) -> str:
    """A fingerprint in groups of eight letters, as people read it aloud."""
    return " ".join(value[start : start + 8] for start in range(0, len(value), 8))
