"""Bàn soạn thang điểm: the tree, the form of one line, the lint; every change is its own service.

With htmx a change answers with three fragments; without JavaScript it leads back to the same page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_GET, require_POST

from thidua.core.finding import Refused
from thidua.core.loading import scale_from_plain
from thidua.core.text import tidy
from thidua.platform import clock
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import done, request_id_of, see_other
from thidua.scalefile.editing.lines import CannotEdit, Spot, below, own_values, spots, with_values
from thidua.scalefile.editing.whole import CLASS, GATE, part_values
from thidua.year.bloc.rights import YearRequest
from thidua.year.rulebook import services
from thidua.year.rulebook.audience import audience_of, strangers
from thidua.year.rulebook.desk import PARTS, desk_of
from thidua.year.rulebook.forms.line import LineForm
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.outline import outline
from thidua.year.rulebook.queries import loaded_scale
from thidua.year.rulebook.services import Change, Edited
from thidua.year.rulebook.services.writers import line_value, part_value, writer_of
from thidua.year.rulebook.views.panels import (
    NEW,
    Panel,
    Place,
    around_line,
    draw,
    other_kind,
    part_keys,
    part_panel,
    place_of,
    sent_line,
)
from thidua.year.rulebook.wording import key_words
from thidua.year.rulebook.words import Names, modifier_words, rule_words

MOVES = ("up", "down", "in", "out")
NEW_LINE = {"label": "Dòng mới", "kind": "judged", "max": 0}
NEW_SECTION = {"label": "Mục mới", "kind": "sum"}


@require_GET
def edit(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """The draft with the chosen line or part."""
    row = draft(request, scale_id)
    if row.is_adopted:
        return redirect("rulebook:scale", row.bloc_year_id, row.pk)
    panel = draw(row, place_of(row, request.GET))
    panel.focus = "head"
    return desk_page(request, row, panel)


@require_POST
def edit_line(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """Save a line, show its sentences without saving, or show another way of scoring."""
    row = draft(request, scale_id)
    place = Place(line=request.GET.get("dong", "")[:80])
    try:
        form, spot = sent_line(row, place, _tidied(request))
    except CannotEdit as problem:
        return _gone(request, row, place, str(problem))
    act = request.POST.get("act", "save")
    if act == "kind":
        return desk_page(request, row, around_line(row, spot, other_kind(row, form)))
    if act == "preview":
        return _preview(request, row, form, place)
    return _save_line(request, row, form, spot)


@require_POST
def edit_act(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """Add, move, copy or remove a line; number all lines anew."""
    row = draft(request, scale_id)
    key = request.GET.get("dong", "")[:80]
    act = request.POST.get("act", "")
    if act == "remove":
        spot = next((one for one in spots(loaded_scale(row).plain) if one.key == key), None)
        confirm = removal(row, spot) if spot else None
        if confirm and not confirm.holds(request.POST):
            context = {"confirm": confirm, "trouble": confirm.trouble(request.POST)}
            return render(request, "thidua/confirm.html", context)
    try:
        made = _acts(request, row, key, act)()
    except Refused as refused:
        return _refused(request, row, Place(line=key), refused)
    except KeyError:
        raise Http404("Không có việc này.") from None
    panel = draw(made.scale, place_of(made.scale, {"dong": made.key}))
    panel.notice = _ACT_WORDS[act]
    panel.focus = "label" if act.startswith("add") else ""
    return _answer(request, made.scale, panel)


@require_POST
def edit_part(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """Save the general rules, the facts, one gate or class, the ranking."""
    row = draft(request, scale_id)
    part = request.GET.get("phan", "")
    if part not in PARTS:
        raise Http404("Không có phần này.")
    place = Place(part=part, entry=request.GET.get("so", "")[:60])
    if request.POST.get("act") in ("up", "down", "remove") and place.entry:
        return _entry_act(request, row, place)
    panel = part_panel(row, place, _tidied(request))
    form = panel.form
    if form is None:
        return see_other(_url(row, place))
    if not form.is_valid():
        return desk_page(request, row, panel)
    shown, wanted = dict(form.values), form.wanted()
    keys = part_keys(place, wanted)
    if keys:
        shown = {keys[0]: shown} if place.entry != NEW else {}
        wanted = {keys[0]: wanted}
    try:
        made = services.change_part(
            request.actor,
            scale=row,
            part=PARTS[part].lower(),
            change=Change(shown=shown, wanted=wanted),
            request_id=form.request_id,
        )
    except Refused as refused:
        form.refuse_with(refused)
        form.rebase(part_values(loaded_scale(draft(request, scale_id)).plain, tuple(shown)))
        return desk_page(request, row, panel)
    saved = draw(made.scale, Place(part=part))
    saved.notice = _saved_words(request, made)
    return _answer(request, made.scale, saved)


@require_POST
def repair(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """The one-click repair of a finding."""
    row = draft(request, scale_id)
    key = request.POST.get("key", "")[:80]
    try:
        made = services.repair(
            request.actor,
            scale=row,
            finding=request.POST.get("finding", "")[:40],
            key=key,
            request_id=request_id_of(request),
        )
    except Refused as refused:
        return _refused(request, row, Place(line=key), refused)
    panel = draw(made.scale, place_of(made.scale, {"dong": key} if key else {"phan": "chung"}))
    panel.notice = "Đã sửa theo gợi ý. Xem lại dòng này."
    return _answer(request, made.scale, panel)


def draft(request: YearRequest, scale_id: int) -> Scale:
    """A version of this very year; of another year it does not exist."""
    row = Scale.objects.filter(pk=scale_id, bloc_year=request.bloc_year).first()
    if row is None:
        raise Http404("Không có phiên bản thang điểm này.")
    row.bloc_year = request.bloc_year
    return row


def desk_page(request: YearRequest, row: Scale, panel: Panel) -> HttpResponse:
    """The whole page, or for htmx the fragments of it."""
    if panel.spot is not None:
        panel.remove = removal(row, panel.spot)
    elif panel.place.entry and panel.place.entry != NEW:
        panel.remove = _entry_removal(row, panel.place)
    if panel.form is not None and panel.form.errors:
        panel.focus = ""
    desk = desk_of(row, audience_of(request.bloc_year))
    context = {
        "scale": row,
        "desk": desk,
        "panel": panel,
        "bloc_year": request.bloc_year,
        "codes": [(line.row.code, line.row.label) for line in desk.lines],
        "new": NEW,
    }
    if request.headers.get("HX-Request"):
        return render(request, "rulebook/_desk_fragments.html", context)
    wrong = panel.form is not None and bool(panel.form.errors)
    status = 404 if panel.place.gone else 422 if wrong or panel.trouble else 200
    return render(request, "rulebook/edit.html", context, status=status)


def removal(row: Scale, spot: Spot) -> Confirm:
    """Asks once before a line goes."""
    under = sum(1 for _ in below(spot.node)) - 1
    what = f"Dòng {spot.name} không còn trong dự thảo."
    more = (f"{under} dòng bên dưới cũng bị xóa.",) if under else ()
    place = Place(line=spot.key)
    return Confirm(
        name="xoa-dong",
        question=f"Xóa {'mục' if under else 'dòng'} {spot.node['code']}?",
        verb="Xóa",
        sure="Xóa dòng" if not under else "Xóa cả mục",
        lead="Sau khi xóa:",
        consequences=(what, *more, "Lịch sử của năm vẫn giữ nội dung đã xóa."),
        fields=(("act", "remove"),),
        action=f"{reverse('rulebook:edit_act', args=[row.bloc_year_id, row.pk])}?{place.query}",
        back_url=_url(row, place),
        cut=True,
        primary=False,
    )


def _save_line(request: YearRequest, row: Scale, form: LineForm, spot: Spot) -> HttpResponse:
    if not form.is_valid():
        return desk_page(request, row, around_line(row, spot, form))
    try:
        made = services.change_line(
            request.actor,
            scale=row,
            key=spot.key,
            change=Change(shown=form.values, wanted=form.wanted()),
            drop_below=form.drops_below,
            request_id=form.request_id,
        )
    except Refused as refused:
        form.refuse_with(refused)
        now = draft(request, row.pk)
        found = next((one for one in spots(loaded_scale(now).plain) if one.key == spot.key), None)
        if found is not None and any(one.rule_id == "SCALE-8" for one in refused.findings):
            form.rebase(own_values(found))
        return desk_page(request, now, around_line(now, found or spot, form))
    panel = draw(made.scale, place_of(made.scale, {"dong": made.key or spot.key}))
    panel.notice = " ".join(
        (_saved_words(request, made, spot.key), *_strangers_on(request, made, panel.place.line))
    )
    return _answer(request, made.scale, panel)


def _strangers_on(request: YearRequest, made: Edited, key: str) -> list[str]:
    """Names on the saved line that fit nobody: it is kept as it was wanted, and said."""
    found = strangers(loaded_scale(made.scale).plain, audience_of(request.bloc_year))
    return [f"{one.words} {one.advice}" for one in found if one.key == key]


def _preview(request: YearRequest, row: Scale, form: LineForm, place: Place) -> HttpResponse:
    """The sentences of what is typed; nothing is saved."""
    words: tuple[str, ...] = ()
    trouble = not form.is_valid()
    if not trouble:
        try:
            plain, key = with_values(
                loaded_scale(row).plain, place.line, form.wanted(), drop_below=True
            )
            words = _words_of(plain, key)
        except CannotEdit:
            trouble = True
    context = {"words": words, "trouble": trouble, "errors": form.errors.values()}
    if request.headers.get("HX-Request"):
        return render(request, "rulebook/_words.html", context)
    panel = around_line(row, sent_line(row, place, _tidied(request))[1], form)
    panel.words = words or panel.words
    panel.notice = "" if trouble else "Chưa lưu. Đây là câu chữ của điều đang ghi."
    return desk_page(request, row, panel)


def _words_of(plain: dict[str, object], key: str) -> tuple[str, ...]:
    scale = scale_from_plain(plain)
    names = Names.of(scale)
    for spot, line in zip(spots(plain), outline(scale), strict=True):
        if spot.key == key:
            return (rule_words(line.node, names), *modifier_words(line.node, names))
    return ()


def _acts(request: YearRequest, row: Scale, key: str, act: str) -> Callable[[], Edited]:
    """What a button of the panel or the tree does."""
    actor, token = request.actor, request_id_of(request)
    if act in MOVES:
        to = cast("Literal['up', 'down', 'in', 'out']", act)
        return lambda: services.move_line(actor, scale=row, key=key, to=to, request_id=token)
    group = request.POST.get("group", "")[:80]
    return {
        "under": lambda: services.move_line_under(
            actor, scale=row, key=key, group=group, request_id=token
        ),
        "copy": lambda: services.copy_line(actor, scale=row, key=key, request_id=token),
        "remove": lambda: services.remove_line(actor, scale=row, key=key, request_id=token),
        "renumber": lambda: services.renumber(actor, scale=row, key=key, request_id=token),
        "add_after": lambda: services.add_line(
            actor, scale=row, line=NEW_LINE, after=key, request_id=token
        ),
        "add_under": lambda: services.add_line(
            actor, scale=row, line=NEW_LINE, under=key, request_id=token
        ),
        "add_section": lambda: services.add_line(
            actor, scale=row, line=NEW_SECTION, request_id=token
        ),
    }[act]


_ACT_WORDS = {
    "up": "Đã chuyển lên.",
    "down": "Đã chuyển xuống.",
    "in": "Đã chuyển vào mục trên.",
    "out": "Đã chuyển ra khỏi mục.",
    "under": "Đã chuyển tới mục đã chọn.",
    "copy": "Đã chép. Đây là bản chép, sửa nội dung và mã nếu cần.",
    "remove": "Đã xóa.",
    "renumber": "Đã đánh lại mã theo thứ tự.",
    "add_after": "Đã thêm dòng. Ghi nội dung, điểm tối đa và cách cho điểm.",
    "add_under": "Đã thêm dòng. Ghi nội dung, điểm tối đa và cách cho điểm.",
    "add_section": "Đã thêm mục với một dòng đầu. Ghi tên mục rồi thêm dòng.",
}


def _entry_act(request: YearRequest, row: Scale, place: Place) -> HttpResponse:
    """Move or remove one gate or class."""
    lead = GATE if place.part == "dieu-kien" else CLASS
    key, act = f"{lead}{place.entry}", request.POST["act"]
    confirm = _entry_removal(row, place)
    if act == "remove" and not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST)}
        return render(request, "thidua/confirm.html", context)
    try:
        if act == "remove":
            now = part_values(loaded_scale(row).plain, (key,))
            made = services.change_part(
                request.actor,
                scale=row,
                part=f"{PARTS[place.part].lower()}, bỏ {place.entry}",
                change=Change(shown=now, wanted={}),
                request_id=request_id_of(request),
            )
        else:
            to = cast("Literal['up', 'down']", act)
            made = services.move_entry(
                request.actor, scale=row, key=key, to=to, request_id=request_id_of(request)
            )
    except Refused as refused:
        return _refused(request, row, Place(part=place.part), refused)
    panel = draw(made.scale, Place(part=place.part))
    panel.notice = "Đã xóa." if act == "remove" else "Đã đổi thứ tự."
    return _answer(request, made.scale, panel)


def _entry_removal(row: Scale, place: Place) -> Confirm:
    address = reverse("rulebook:edit_part", args=[row.bloc_year_id, row.pk])
    return Confirm(
        name="xoa-muc",
        question=f"Xóa {place.entry} khỏi {PARTS[place.part].lower()}?",
        verb="Xóa",
        lead="Sau khi xóa:",
        consequences=("Các mục khác giữ nguyên.", "Lịch sử của năm vẫn giữ nội dung đã xóa."),
        fields=(("act", "remove"),),
        action=f"{address}?{place.query}",
        back_url=_url(row, place),
        cut=True,
        primary=False,
    )


def _answer(request: YearRequest, row: Scale, panel: Panel) -> HttpResponse:
    """After a change: the fragments for htmx, else back to the page with its sentence."""
    if request.headers.get("HX-Request"):
        response = desk_page(request, row, panel)
        response.headers["HX-Push-Url"] = _url(row, panel.place)
        return response
    return done(request, panel.notice, _url(row, panel.place))


def _refused(request: YearRequest, row: Scale, place: Place, refused: Refused) -> HttpResponse:
    """The page as it stands now, with the reasons on top."""
    now = draft(request, row.pk)
    query = {"dong": place.line} if place.line else {"phan": place.part}
    panel = draw(now, place_of(now, query))
    panel.trouble = [finding.words for finding in refused.findings]
    return desk_page(request, now, panel)


def _gone(request: YearRequest, row: Scale, place: Place, words: str) -> HttpResponse:
    """The line is not there any more, or its form cannot be read; what was typed is said back."""
    panel = draw(row, place_of(row, {"dong": place.line}))
    panel.trouble = [words, *_typed_words(request)]
    return desk_page(request, row, panel)


def _typed_words(request: YearRequest) -> list[str]:
    sent = _tidied(request)
    told = [
        f"{key_words(name).lower()} “{sent[name]}”"
        for name in ("label", "code", "max")
        if sent.get(name)
    ]
    return [f"Điều bạn vừa ghi chưa được lưu: {', '.join(told)}."] if told else []


def _saved_words(request: YearRequest, made: Edited, line: str = "") -> str:
    """When it was saved; and what another changed meanwhile, which is kept."""
    said = [f"Đã lưu lúc {clock.now():%H:%M}."]
    for key in made.theirs:
        value = line_value(line, key) if line else part_value(key)
        writer = writer_of(request.actor, made.scale, value)
        who = f"{writer.words} {writer.moment}" if writer else "người khác vừa sửa"
        said.append(f"{key_words(key)}: {who}, được giữ như đã sửa.")
    return " ".join(said)


def _url(row: Scale, place: Place) -> str:
    return f"{reverse('rulebook:edit', args=[row.bloc_year_id, row.pk])}?{place.query}"


def _tidied(request: YearRequest) -> MultiValueDict[str, str]:
    """What was sent, in one spelling, as the forms read it."""
    sent = request.POST.lists()
    return MultiValueDict({name: [tidy(str(one)) for one in values] for name, values in sent})
