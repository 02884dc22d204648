"""The gallery page with everything it shows, and a small sheet that answers like the product."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from threading import Event
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from thidua.core.finding import Finding, Refused
from thidua.core.points import read_points, show_milli
from thidua.platform.clock import local
from thidua.platform.http.parts import Confirm, Document, LogLine, Step, Task
from thidua.web.shell import NavItem, Person, Shell, Switch, SwitchItem

TODAY = date(2017, 12, 18)
DEADLINE = local(date(2017, 12, 22), 17)
# The product's settings that the gallery is shown with: no gate, no log-in, no database.
SETTINGS: dict[str, Any] = {
    "ROOT_URLCONF": "tests.web.gallery",
    "MIDDLEWARE": [
        "django.middleware.security.SecurityMiddleware",
        "thidua.platform.http.headers.HeadersMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
}
NAMES = ("home", "login", "logout", "password_change", "password_reset")
STAGES = (
    ("Khối và đơn vị", "done", 0),
    ("Quy chế, thang điểm", "done", 1),
    ("Đăng ký thi đua", "done", 0),
    ("Phong trào, tiến độ", "late", 2),
    ("Chấm điểm", "open", 2),
    ("Hội nghị, bỏ phiếu", "none", 0),
    ("Sổ khen thưởng", "none", 0),
)
ROWS = (
    ("I.1", "Nhiệm vụ khoa học cấp tỉnh nghiệm thu từ loại khá trở lên", "", "", ""),
    ("I.2", "Giải ngân vốn sự nghiệp khoa học", "returned", "back", "Trả lại"),
    ("I.3", "Nhiệm vụ được chuyển giao, ứng dụng vào thực tế", "saved", "done", "Đã lưu"),
    ("I.4", "Doanh nghiệp được hỗ trợ đổi mới công nghệ", "saving", "", "Đang lưu"),
    ("I.5", "Đơn đăng ký bảo hộ sở hữu công nghiệp", "locked", "lock", "Khóa"),
    ("I.6", "Sáng kiến cho hoạt động của Khối", "empty-cell", "", "Chưa nhập"),
)


class WindowForm(forms.Form):
    """One field of each kind, two of them wrong."""

    name = forms.CharField(label="Tên mốc", help_text="Như ghi trong quy chế.")
    opens = forms.DateField(label="Từ ngày", required=False)
    late = forms.BooleanField(label="Nhận bài gửi chậm", required=False)
    quorum = forms.ChoiceField(
        label="Số đơn vị phải có mặt",
        choices=[("half", "Quá nửa"), ("two", "Hai phần ba")],
        widget=forms.RadioSelect,
    )


@dataclass
class Sheet:
    """What the save address remembers: values, versions, outcomes under their request id.

    While `slow` is set answers wait for `quick`: a weak line.
    """

    values: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    slow: Event = field(default_factory=Event)
    quick: Event = field(default_factory=Event)

    def change(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer one change; the same id gets the first answer again."""
        self.asked.append(sent)
        if self.slow.is_set():
            self.quick.wait(10)
        if sent["request_id"] not in self.outcomes:
            self.outcomes[sent["request_id"]] = self._judge(sent)
        return self.outcomes[sent["request_id"]]

    def _judge(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        code, version = sent["code"], self.versions.get(sent["code"], 1)
        if int(sent["seen"]) != version:
            theirs = {"value": "26,0", "who": "Chuyên viên, Sở Y tế", "at": "14:30"}
            return 409, {"ok": False, "conflict": theirs, "version": version}
        try:
            points = read_points(sent["value"])
        except Refused as refusal:
            return 422, {"ok": False, "message": str(refusal)}
        if points is not None and not 0 <= points <= 60_000:
            return 422, {"ok": False, "message": "Nhập từ 0 đến 60,0."}
        shown = "" if points is None else show_milli(points)
        self.versions[code] = version + 1
        self.values[f"{code} {sent['field']}"] = shown
        line = {"computed": shown, "points": shown, "delta": "+3,0", "state": "saved"}
        return 200, {
            "ok": True,
            "version": version + 1,
            "value": shown,
            "cells": {code: line},
            "sections": {"I": "582,0"},
            "total": "949,0",
            "left": 1,
            "saved_at": "14:33",
        }


SHEET = Sheet()


def save(request: HttpRequest) -> HttpResponse:
    """The save address of the gallery's score table."""
    status, answer = SHEET.change({name: request.POST[name] for name in request.POST})
    return JsonResponse(answer, status=status)


def shell() -> Shell:
    """A shell with every part in use."""
    blocs = ("Khối thi đua số 4, Thừa Thiên Huế", "Khối thi đua số 5, Thừa Thiên Huế")
    marks = tuple(
        NavItem(label=label, url="#", mark=mark, count=count, current=label == "Chấm điểm")  # type: ignore[arg-type]  # names from the table above
        for label, mark, count in STAGES
    )
    positions = Switch(
        name="Cương vị",
        shown="Chuyên viên",
        action="/cuong-vi/",
        field="position",
        items=(
            SwitchItem(label="Chuyên viên, Sở Khoa học và Công nghệ", value="1", current=True),
            SwitchItem(label="Thư ký Khối", value="2", note="từ ngày 12/01/2018"),
        ),
    )
    return Shell(
        person=Person(
            name="Chuyên viên (mẫu)",
            position="Chuyên viên, Sở Khoa học và Công nghệ",
            sample=True,
            positions=positions,
        ),
        bloc=Switch(
            name="Khối thi đua",
            shown=blocs[0],
            items=tuple(SwitchItem(label=one, url="#", current=one == blocs[0]) for one in blocs),
        ),
        year=Switch(
            name="Năm thi đua",
            shown="Năm 2017",
            items=(
                SwitchItem(label="Năm 2017", url="#", current=True),
                SwitchItem(label="Năm 2018", url="#"),
            ),
        ),
        top=(
            NavItem(label="Việc cần làm", url="#", count=3),
            NavItem(label="Toàn cảnh năm", url="#", icon="clock"),
        ),
        stages=marks,
        tabs=(
            NavItem(label="Việc cần làm", url="#"),
            NavItem(label="Năm", url="#"),
            NavItem(label="Chấm điểm", url="#", current=True),
        ),
        sample=True,
        has_fonts=finders.find("thidua/fonts/fonts.css") is not None,
        help_url="#",
    )


def rows() -> list[dict[str, Any]]:
    """Six lines, each in another state."""
    figures = {"I.1": ("79,3", "59,5", "59,5"), "I.2": ("85", "51,0", "53,0"), "I.6": ("", "", "")}
    return [
        {
            "code": code,
            "label": label,
            "state": state,
            "icon": icon,
            "word": word,
            "version": 1,
            "result": figures.get(code, ("19",))[0],
            "computed": figures.get(code, ("", "57,0"))[1],
            "points": figures.get(code, ("", "", "57,0"))[2],
            "judged": code == "I.6",
            "remark": "Sở Y tế trả lại: thiếu xác nhận của Kho bạc." if code == "I.2" else "",
            "difference": {"I.2": 2000, "I.6": None}.get(code, 0),
        }
        for code, label, state, icon, word in ROWS
    ]


def questions() -> dict[str, Any]:
    """One act that asks for a word and one that asks for a reason."""
    return {
        "adopt": Confirm(
            name="thong-qua",
            question="Thông qua kết quả chấm điểm năm 2017?",
            verb="Thông qua",
            sure="Thông qua và khóa",
            action="/mau/hoi/",
            lead="Sau khi thông qua:",
            consequences=("Điểm của 7 đơn vị, 210 ô được khóa.", "Muốn sửa phải lập bản mới."),
            word="thông qua",
        ),
        "return_it": Confirm(
            name="tra-lai",
            question="Trả lại bảng của Sở Y tế?",
            verb="Trả lại kèm lý do",
            action="/mau/hoi/",
            reason_label="Lý do trả lại",
            reason_hint="Đơn vị thấy ngay lý do này.",
            primary=False,
        ),
    }


def context() -> dict[str, Any]:
    """Everything the gallery template asks for."""
    report = Document(
        subject="Báo cáo kết quả hoạt động năm 2017",
        number="312/BC-SKHCN",
        url="#",
        day=date(2017, 12, 12),
        signer="Giám đốc Sở",
        page="trang 4",
        synthetic=True,
    )
    late = Task(
        title="Bổ sung minh chứng cho dòng I.2",
        reason="Sở Y tế trả lại: thiếu xác nhận của Kho bạc.",
        url="#",
        verb="Bổ sung",
        due=date(2017, 12, 17),
        mark="late",
        urgent=True,
    )
    task = Task(
        title="Tự chấm điểm năm 2017",
        reason="Còn 2 trong 30 dòng chưa nhập.",
        url="#",
        verb="Chấm tiếp",
        due=DEADLINE,
    )
    return {
        "shell": shell(),
        "today": TODAY,
        "deadline": DEADLINE,
        "rows": rows(),
        "save_url": "/mau/luu/",
        "late_tasks": [late],
        "week_tasks": [task],
        "document": report,
        "documents": [report, report],
        "unnumbered": Document(subject="Kế hoạch thi đua năm 2018"),
        "form": WindowForm({"opens": "32/13/2017", "quorum": "half", "name": ""}),
        **figures(),
        **sentences(),
        **questions(),
    }


def figures() -> dict[str, Any]:
    """Points, differences and days in every shape."""
    units = (
        ("Sở Lao động, Thương binh và Xã hội", 961_500, 572_500, 56_500),
        ("Sở Khoa học và Công nghệ", 961_000, 576_500, 59_500),
        ("Sở Giáo dục và Đào tạo", 955_700, 569_200, 59_000),
    )
    return {
        "late_day": date(2017, 12, 17),
        "far_day": date(2018, 1, 15),
        "plus": 3000,
        "minus": -2000,
        "nothing": 0,
        "third": Fraction(1, 3),
        "score": 961_500,
        "full": 1_000_000,
        "four": (57_000, 60_000),
        "units": [
            {"name": name, "total": total, "section": section, "line": line, "synthetic": n == 2}
            for n, (name, total, section, line) in enumerate(units)
        ],
    }


def sentences() -> dict[str, Any]:
    """Steps, findings, history: what is told in words."""
    missing = (
        "Dòng I.6 chưa có điểm. Nhập 0 nếu không có.",
        "Dòng I.2 thiếu xác nhận của Kho bạc.",
    )
    return {
        "steps": [
            Step(label="Tự chấm", mark="open", current=True),
            Step(label="Chấm chéo"),
            Step(label="Thông qua"),
        ],
        "findings": [Finding(rule_id="x", outcome="missing", words=words) for words in missing],
        "pairs": [("Tự chấm", "948,5"), ("Thẩm định", "chưa có")],
        "log": [
            LogLine(
                words="Sở Y tế trả lại dòng I.2 kèm lý do.",
                at=local(date(2017, 12, 14), 9, 12),
                url="#",
            ),
            LogLine(words="Trưởng khối gia hạn tự chấm.", at=date(2017, 12, 12)),
        ],
    }


def page(request: HttpRequest) -> HttpResponse:
    """The gallery; ?rail=1 shows the work-table variant."""
    template = "thidua/gallery_rail.html" if request.GET.get("rail") else "thidua/gallery.html"
    return render(request, template, context())


def ask(request: HttpRequest) -> HttpResponse:
    """An act that asks once, as every view of the product does it."""
    asked = questions()["adopt"]
    if asked.holds(request.POST.dict()):
        return HttpResponse('<!doctype html><link rel="icon" href="data:,"><p>đã thông qua</p>')
    sent = request.POST.dict()
    return render(
        request,
        "thidua/confirm.html",
        {"shell": shell(), "today": TODAY, "confirm": asked, "trouble": asked.trouble(sent)},
    )


urlpatterns = [
    path("mau/", page),
    path("mau/luu/", save),
    path("mau/hoi/", ask),
    *(path(f"mau/{name}/", page, name=name) for name in NAMES),
]
