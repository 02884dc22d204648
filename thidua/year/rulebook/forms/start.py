"""Biểu mẫu để bắt đầu một dự thảo, và để đọc một bảng có sẵn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from django import forms

from thidua.platform.http.posting import Files, OfficialForm
from thidua.year.rulebook.forms.fields import ExactField
from thidua.year.rulebook.proposals import LONGEST_LABEL, ROLES, Proposal, figure_of, settled

MOST_LEVELS = 5
Word = TypeVar("Word", bound=str)


class KindForm(OfficialForm):
    """Whom the scale is for; asked only where a bloc has several kinds of unit."""

    unit_kind = forms.ChoiceField(
        label="Áp dụng cho",
        required=False,
        help_text="Khối có nhiều loại đơn vị thì mỗi loại có thể có thang điểm riêng.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Files | None = None,
        *,
        unit_kinds: Sequence[str] = (),
        **settings: Any,
    ) -> None:
        super().__init__(data, files, **settings)
        field = self.fields["unit_kind"]
        if unit_kinds and isinstance(field, forms.ChoiceField):
            kinds = [(kind, f"Đơn vị loại {kind}") for kind in unit_kinds]
            field.choices = [("", "Mọi đơn vị của Khối"), *kinds]
        else:
            del self.fields["unit_kind"]

    @property
    def kind(self) -> str:
        """The chosen kind of unit; empty is every unit."""
        return str(self.cleaned_data.get("unit_kind") or "")


class BlankForm(KindForm):
    """A draft from nothing."""

    title = forms.CharField(label="Tên thang điểm", max_length=300)
    base = ExactField(
        label="Tổng điểm chuẩn",
        required=False,
        negative=False,
        help_text="Ví dụ 100 hoặc 1000. Để trống nếu chưa định.",
    )


class CopyForm(KindForm):
    """A draft from an adopted version."""

    source = forms.ChoiceField(label="Chép từ")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        sources: Sequence[tuple[int, str]],
        unit_kinds: Sequence[str] = (),
    ) -> None:
        super().__init__(data, unit_kinds=unit_kinds)
        field = self.fields["source"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(key), words) for key, words in sources]


class TableForm(KindForm):
    """A file with a table."""

    title = forms.CharField(label="Tên thang điểm", max_length=300)
    file = forms.FileField(
        label="Tệp Excel hoặc Word có bảng điểm",
        allow_empty_file=True,
        help_text="Tệp .xlsx hoặc .docx, không có mật khẩu.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"}),
    )

    @property
    def upload(self) -> tuple[str, bytes]:
        """Name and content of the file."""
        sent = self.cleaned_data["file"]
        return str(sent.name), bytes(sent.read())


class ColumnsForm(OfficialForm):
    """Which table, where its lines begin, what each column is."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        tables: Sequence[Mapping[str, Any]],
        chosen: int,
        initial: Mapping[str, Any],
    ) -> None:
        rows = tables[chosen]["rows"]
        self.width = max((len(row) for row in rows), default=0)
        names = [(str(at), _name(table)) for at, table in enumerate(tables)]
        numbers = row_numbers(tables[chosen])
        starts = [
            (str(at), f"Dòng {numbers[at]}: {_gist(row)}") for at, row in enumerate(rows[:40])
        ]
        self.base_fields = {  # type: ignore[misc]  # read by Form
            "chosen": forms.ChoiceField(label="Bảng", choices=names),
            "first": forms.ChoiceField(label="Các dòng chấm điểm bắt đầu từ", choices=starts),
            **{
                f"c{at}": forms.ChoiceField(label=f"Cột {at + 1}", choices=ROLES, required=False)
                for at in range(self.width)
            },
        }
        super().__init__(data)
        self.initial = dict(initial)

    @property
    def columns(self) -> dict[int, str]:
        """What each column is."""
        sent = {at: str(self.cleaned_data.get(f"c{at}") or "") for at in range(self.width)}
        return {at: role for at, role in sent.items() if role}


class LinesForm(OfficialForm):
    """Every line that was read, to be confirmed or changed."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, lines: Sequence[Proposal]) -> None:
        self.lines = list(lines)
        made: dict[str, forms.Field] = {}
        initial: dict[str, Any] = {}
        for number, line in enumerate(self.lines):
            made |= _line_fields(number, line)
            initial |= _line_values(number, line)
        self.base_fields = made  # type: ignore[misc]  # read by Form
        super().__init__(data)
        self.initial = initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for number, line in enumerate(self.read(cleaned)):
            if line.use != "line":
                continue
            if not line.label:
                self.add_error(f"l{number}_label", "Ghi nội dung, hoặc chọn bỏ dòng này.")
            if not line.code or line.code in seen or "@" in line.code or " " in line.code:
                words = "Mỗi dòng một mã riêng, viết liền, ví dụ I.2."
                self.add_error(f"l{number}_code", words)
            seen.add(line.code)
            typed = str(cleaned.get(f"l{number}_points") or "")
            if typed and figure_of(typed) is None:
                self.add_error(f"l{number}_points", "Ghi một số, ví dụ 20 hoặc 12,5.")
        self._check_total(cleaned)
        return cleaned

    def _check_total(self, cleaned: Mapping[str, Any]) -> None:
        """At most one line is the total of the scale, and it says a figure above 0."""
        chosen = [at for at in range(len(self.lines)) if cleaned.get(f"l{at}_use") == "total"]
        for number in chosen[1:]:
            words = "Chỉ một dòng là tổng điểm chuẩn. Chọn bỏ các dòng tổng khác."
            self.add_error(f"l{number}_use", words)
        for number in chosen[:1]:
            figure = figure_of(str(cleaned.get(f"l{number}_points") or ""))
            if figure is None or figure <= 0:
                words = "Ghi tổng điểm chuẩn, ví dụ 100 hoặc 1000, hoặc chọn bỏ dòng này."
                self.add_error(f"l{number}_points", words)

    def read(self, cleaned: Mapping[str, Any]) -> list[Proposal]:
        """The lines as they were sent; a rule is read again for the points and part now set."""
        return settled(
            [
                replace(
                    line,
                    use=_one_of(cleaned.get(f"l{number}_use"), ("line", "total"), "skip"),
                    level=int(cleaned.get(f"l{number}_level") or line.level),
                    code=str(cleaned.get(f"l{number}_code") or ""),
                    label=str(cleaned.get(f"l{number}_label") or ""),
                    points=str(cleaned.get(f"l{number}_points") or ""),
                    kind=str(cleaned.get(f"l{number}_kind") or "judged"),
                    part=_one_of(cleaned.get(f"l{number}_part"), ("bonus", "deduct"), ""),
                    confirmed=bool(cleaned.get(f"l{number}_ok")),
                )
                for number, line in enumerate(self.lines)
            ]
        )

    def rows(self) -> Iterator[tuple[Proposal, dict[str, forms.BoundField]]]:
        """Each line with its inputs, for the template."""
        names = ("use", "level", "code", "label", "points", "kind", "part", "ok")
        for number, line in enumerate(self.lines):
            yield line, {name: self[f"l{number}_{name}"] for name in names}


def _line_fields(number: int, line: Proposal) -> dict[str, forms.Field]:
    says = f"Dòng {line.row + 1}"
    levels = [(str(level), str(level)) for level in range(1, MOST_LEVELS + 1)]
    kinds = [("judged", "Người chấm cho điểm")]
    if line.rule:
        kinds.insert(0, ("understood", "Như máy hiểu"))
    return {
        f"l{number}_use": forms.ChoiceField(
            label=f"{says}: dùng hay bỏ",
            choices=(("line", "Dùng"), ("skip", "Bỏ"), ("total", "Tổng điểm chuẩn")),
        ),
        f"l{number}_level": forms.ChoiceField(label=f"{says}: bậc", choices=levels),
        f"l{number}_code": forms.CharField(label=f"{says}: mã", required=False, max_length=50),
        f"l{number}_label": forms.CharField(
            label=f"{says}: nội dung",
            required=False,
            max_length=LONGEST_LABEL,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        f"l{number}_points": forms.CharField(
            label=f"{says}: điểm tối đa",
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}),
        ),
        f"l{number}_kind": forms.ChoiceField(label=f"{says}: cách cho điểm", choices=kinds),
        f"l{number}_part": forms.ChoiceField(
            label=f"{says}: thuộc phần",
            choices=(
                ("", "Điểm chính" if line.level == 1 else "Như mục trên"),
                ("bonus", "Điểm thưởng"),
                ("deduct", "Điểm trừ"),
            ),
            required=False,
        ),
        f"l{number}_ok": forms.BooleanField(label=f"{says}: đã xem", required=False),
    }


def _line_values(number: int, line: Proposal) -> dict[str, Any]:
    return {
        f"l{number}_use": line.use,
        f"l{number}_level": str(min(line.level, MOST_LEVELS)),
        f"l{number}_code": line.code,
        f"l{number}_label": line.label,
        f"l{number}_points": line.points,
        f"l{number}_kind": line.kind if line.rule else "judged",
        f"l{number}_part": line.part,
        f"l{number}_ok": line.confirmed,
    }


def row_numbers(table: Mapping[str, Any]) -> list[int]:
    """The rows of a table as the file counts them; readings of old have none stored."""
    return list(table.get("numbers") or range(1, len(table["rows"]) + 1))


def _one_of(sent: Any, known: Sequence[Word], other: Word) -> Word:
    return next((one for one in known if one == sent), other)


def _name(table: Mapping[str, Any]) -> str:
    return f"{table['name']}, {len(table['rows'])} dòng"


def _gist(row: Sequence[str]) -> str:
    words = " · ".join(cell.replace("\n", " ") for cell in row if cell)
    return words if len(words) <= 70 else words[:69] + "…"


def base_of(form: BlankForm) -> Fraction | None:
    """The base total that was typed."""
    found = form.cleaned_data["base"]
    return found if isinstance(found, Fraction) else None
