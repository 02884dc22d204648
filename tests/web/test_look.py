"""The look keeps its promises: strict content policy, words beside pictures, readable contrast."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from tests.web import gallery
from thidua.platform.clock import LOCAL, local
from thidua.platform.http.parts import Confirm
from thidua.web import wording
from thidua.web.templatetags import thidua_ui

ROOT = Path(__file__).resolve().parents[2] / "thidua"
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
SHEETS = sorted((ROOT / "web/static/thidua").glob("*.css"))
SCRIPTS = sorted((ROOT / "web/static/thidua").glob("*.js"))
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:|<script(?![^>]*\ssrc=)", re.I)
FOREIGN = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z0-9.-]+\.[a-z]{2,}""", re.I)
PICTURE = re.compile(r'<span class="i i-[^>]*>')
THEMES = ("light", "dark", "projector")


def named(files: list[Path], wrong: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in the files, comments aside."""
    return [
        f"{file.relative_to(ROOT)}: {found.group()}"
        for file in files
        for found in wrong.finditer(COMMENT.sub("", file.read_text("utf-8")))
    ]


def test_there_is_something_to_look_at() -> None:
    assert (len(TEMPLATES) > 40, len(SHEETS) > 4, len(SCRIPTS) > 8) == (True, True, True)


def test_no_template_carries_inline_style_or_script() -> None:
    assert named(TEMPLATES, INLINE) == []


@pytest.mark.parametrize(
    "planted",
    ['<p style="color:red">', "<b onclick='x()'>", "<script>x()</script>", "<style>p{}</style>"],
)
def test_a_planted_inline_style_or_script_is_found(planted: str) -> None:
    assert INLINE.search(planted)


def test_nothing_is_loaded_from_another_host() -> None:
    assert named([*TEMPLATES, *SHEETS, *SCRIPTS], FOREIGN) == []


def test_a_planted_foreign_host_is_found() -> None:
    assert FOREIGN.search('<link href="//fonts.example.com/x.css">')


def test_scripts_build_no_markup_from_text_and_keep_points_out_of_floats() -> None:
    unsafe = re.compile(r"innerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|parseFloat")

    assert named(SCRIPTS, unsafe) == []


def test_templates_and_scripts_stay_short() -> None:
    caps = [(file, 200) for file in TEMPLATES] + [(file, 100) for file in SCRIPTS]
    long = [file.name for file, cap in caps if len(file.read_text("utf-8").splitlines()) > cap]

    assert long == []


def test_every_picture_is_drawn_by_a_tag_that_hides_it_from_screen_readers() -> None:
    assert named(TEMPLATES, PICTURE) == []
    assert 'aria-hidden="true"' in thidua_ui.icon("file")


@pytest.mark.parametrize("name", sorted(thidua_ui.MARKS))
def test_every_mark_has_hidden_words_and_a_picture(name: str) -> None:
    drawn = thidua_ui.mark(name)

    assert drawn == (
        f'<span class="i i-{name} {thidua_ui.MARKS[name][0]}" aria-hidden="true"></span>'
        f'<span class="vh">{thidua_ui.MARKS[name][1]}</span>'
    )
    assert re.search(rf"\.i-{name}\b", (ROOT / "web/static/thidua/tokens.css").read_text("utf-8"))


# --- contrast, computed from the tokens themselves


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme: light ones, overlaid with its own."""
    text = (ROOT / "web/static/thidua/tokens.css").read_text("utf-8")
    blocks = [":root"] + ([] if theme == "light" else [f'[data-theme="{theme}"]'])
    found: dict[str, str] = {}
    for block in blocks:
        body = text.split(f"{block} {{", 1)[1].split("}", 1)[0]
        found |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", body))
    return found


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "act", "bad") for ground in ("bg", "surface")),
    *((ink, f"{ink}-bg") for ink in ("ok", "warn", "bad", "act")),
    *((ink, ground) for ink in ("ok", "warn") for ground in ("bg", "surface")),
    *(("ink", f"{tone}-bg") for tone in ("ok", "warn", "bad", "act")),
    ("ink", "sunken"), ("ink-2", "sunken"), ("on-brand", "brand"), ("on-brand-2", "brand"),
    ("on-brand", "brand-2"), ("on-act", "act"), ("on-act", "act-2"),
]  # fmt: skip
CONTROLS = [
    *(("line-2", ground) for ground in ("bg", "surface", "sunken")),
    *(("focus", ground) for ground in ("bg", "surface", "sunken")),
    ("focus-bar", "brand"), ("gold", "brand"), ("brand-line", "brand"),
]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_text_has_the_contrast_of_the_house_in_every_theme(theme: str) -> None:
    colours = tokens(theme)
    low = [pair for pair in TEXT if ratio(colours[pair[0]], colours[pair[1]]) < 5.5]

    assert low == []


@pytest.mark.parametrize("theme", THEMES)
def test_controls_and_focus_have_three_to_one_in_every_theme(theme: str) -> None:
    colours = tokens(theme)
    low = [pair for pair in CONTROLS if ratio(colours[pair[0]], colours[pair[1]]) < 3]

    assert low == []


def test_colours_enter_only_through_the_tokens() -> None:
    loose = re.compile(r"#(?!000000|ffffff)[0-9a-f]{3,8}\b")
    others = [sheet for sheet in SHEETS if sheet.name != "tokens.css"]

    assert named(others, loose) == []


# --- figures, days, deadlines


@pytest.mark.parametrize(
    ("value", "shown"),
    [(961_500, "961,5"), (1_000_000, "1.000,0"), (12_125, "12,125"), (-500, "−0,5"), (0, "0,0")],
)
def test_points_show_at_least_one_decimal_and_lose_none(value: int, shown: str) -> None:
    assert thidua_ui.points(value) == shown


def test_points_that_do_not_end_say_so_and_null_is_not_zero() -> None:
    assert thidua_ui.points(Fraction(1, 3)) == "≈ 0,33"
    assert thidua_ui.points(None) == '<span class="muted">–<span class="vh"> chưa có</span></span>'


def test_a_maximum_shows_no_needless_decimals() -> None:
    assert [thidua_ui.figure(n) for n in (60_000, 92_500)] == ["60", "92,5"]


def test_a_difference_carries_its_sign() -> None:
    assert [wording.delta_words(n) for n in (3000, -2000, 0)] == ["+3,0", "−2,0", "khớp"]


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (date(2017, 12, 22), ("soon", "Còn 4 ngày", "22/12")),
        (date(2017, 12, 25), ("soon", "Còn 7 ngày", "25/12")),
        (date(2017, 12, 26), ("", "", "26/12/2017")),
        (date(2017, 12, 18), ("soon", "Hạn hôm nay", "18/12")),
        (date(2017, 12, 17), ("late", "Quá 1 ngày", "")),
    ],
)
def test_a_deadline_counts_calendar_days(deadline: date, said: tuple[str, str, str]) -> None:
    due = wording.due_words(deadline, today=date(2017, 12, 18))

    assert (due.tone, due.lead, due.rest) == said


def test_a_deadline_counts_local_days_whatever_zone_it_is_stored_in() -> None:
    stored = datetime.fromisoformat("2017-12-21T18:00:00+00:00")  # 01:00 on the 22nd in Huế

    due = wording.due_words(stored, today=date(2017, 12, 18), full=True)

    assert (due.lead, due.rest) == ("Còn 4 ngày", "hạn 01:00 ngày 22/12/2017")


@pytest.mark.parametrize(("hour", "lead"), [(16, "Hạn hôm nay"), (18, "Quá hạn hôm nay")])
def test_a_deadline_of_today_counts_its_hour(hour: int, lead: str) -> None:
    day = date(2017, 12, 22)

    due = wording.due_words(local(day, 17), today=day, now=local(day, hour))
    assert due.lead == lead


def test_a_done_act_has_no_days_left() -> None:
    due = wording.due_words(
        local(date(2017, 12, 22), 17), today=date(2017, 12, 23), full=True, done=True
    )

    assert (due.tone, due.lead, due.rest) == ("", "", "Hạn 17:00 ngày 22/12/2017")


def test_the_deadline_tag_takes_today_from_the_page() -> None:
    page = Template("{% load thidua_ui %}{% due day %}")
    shown = page.render(Context({"day": date(2017, 12, 22), "today": date(2017, 12, 18)}))

    assert shown == (
        '<span class="due soon"><span class="i i-clock " aria-hidden="true"></span>'
        "<span><b>Còn 4 ngày</b>, 22/12</span></span>"
    )


def test_moments_are_written_the_vietnamese_way() -> None:
    at = datetime(2017, 12, 22, 17, 0, tzinfo=LOCAL)

    assert (wording.moment_words(at), wording.moment_words(at.date())) == (
        "17:00 ngày 22/12/2017",
        "ngày 22/12/2017",
    )


def test_a_filter_form_keeps_the_other_parameters() -> None:
    request = RequestFactory().get("/?khoi=4&loc=muon&loc=xong&q=Sở")

    kept = thidua_ui.keep_query(Context({"request": request}), "q", "khoi")

    assert kept == (
        '<input type="hidden" name="loc" value="muon"><input type="hidden" name="loc" value="xong">'
    )


# --- acts that ask once

ADOPT = Confirm(name="x", question="Thông qua?", verb="Thông qua", action="/", word="thông qua")


@pytest.mark.parametrize("typed", ["thông qua", " Thông  Qua ", "tho\u0302ng qua"])
def test_the_word_confirms_in_any_case_spacing_and_unicode_form(typed: str) -> None:
    assert ADOPT.holds({"confirmed": "1", "word": typed})


@pytest.mark.parametrize(
    ("sent", "trouble"),
    [
        ({}, ""),
        ({"confirmed": "1"}, "Từ xác nhận chưa đúng. Gõ “thông qua” rồi bấm lại."),
        ({"word": "thông qua"}, ""),
    ],
)
def test_an_act_without_its_word_is_asked_again(sent: dict[str, str], trouble: str) -> None:
    assert (ADOPT.holds(sent), ADOPT.trouble(sent)) == (False, trouble)


def test_an_act_that_asks_for_a_reason_does_not_hold_without_one() -> None:
    act = Confirm(name="x", question="Trả lại?", verb="Trả lại", action="/", reason_label="Lý do")

    assert not act.holds({"confirmed": "1", "reason": "  "})
    assert act.holds({"confirmed": "1", "reason": "Thiếu xác nhận của Kho bạc"})


# --- the gallery, as the server writes it


@pytest.fixture
def page(settings: pytest.FixtureRequest) -> str:
    for name, value in gallery.SETTINGS.items():
        setattr(settings, name, value)
    request = RequestFactory().get("/mau/")
    return gallery.page(request).content.decode()


def test_the_gallery_has_one_title_one_main_and_only_known_labels(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    targets = re.findall(r'<label for="([^"]+)"', page)
    described = [
        one
        for name in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page)
        for one in name.split()
    ]

    assert (page.count("<h1"), page.count("<main")) == (1, 1)
    assert len(ids) == len(set(ids))
    assert set(targets) | set(described) <= set(ids)


def test_the_error_summary_counts_and_leads_to_the_fields(page: str) -> None:
    summary = page.split("Có 2 chỗ phải sửa", 1)[1].split("</div>", 1)[0]

    assert re.findall(r'href="#([^"]+)"', summary) == ["id_name", "id_opens"]


def test_every_form_that_writes_carries_the_token(page: str) -> None:
    forms = re.findall(r"<form method=\"post\".*?</form>", page, re.DOTALL)

    assert [form[:80] for form in forms if "csrfmiddlewaretoken" not in form] == []
    assert len(forms) == 12


def test_a_question_leaves_an_empty_reason_to_the_server() -> None:
    asked = Confirm(name="x", question="?", verb="Trả", action="/", reason_label="Lý do")
    page = Template("{% include 'thidua/components/confirm_form.html' %}").render(
        Context({"confirm": asked, "request": RequestFactory().get("/")})
    )
    assert re.findall(r"<form[^>]* novalidate>", page) != []
    assert " required" not in page
