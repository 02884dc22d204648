"""Forms of the progress stage: shape of input only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings as installed

from thidua.platform.http.posting import DayField, FigureField, OfficialForm
from thidua.year.progress.queries import FigureLine
from thidua.year.progress.services import Figure, Paper


class ResultsForm(OfficialForm):
    """Results of many lines as of one day; a line left empty is not recorded."""

    as_of = DayField(label="Số liệu đến ngày")

    def __init__(self, *args: Any, lines: Sequence[FigureLine], **settings: Any) -> None:
        self.lines = lines
        super().__init__(*args, **settings)
        for index, line in enumerate(lines):
            self.fields[f"value_{index}"] = FigureField(
                label=f"Kết quả dòng {line.row.code}", required=False, least=0
            )
            self.fields[f"note_{index}"] = forms.CharField(
                label=f"Ghi chú dòng {line.row.code}", required=False, max_length=500
            )

    @property
    def rows(self) -> list[tuple[FigureLine, forms.BoundField, forms.BoundField]]:
        """Each line with its two fields."""
        return [
            (line, self[f"value_{index}"], self[f"note_{index}"])
            for index, line in enumerate(self.lines)
        ]

    def figures(self) -> list[Figure]:
        """The lines that were filled."""
        filled = []
        for index, line in enumerate(self.lines):
            value = self.cleaned_data[f"value_{index}"]
            if value is not None:
                note = self.cleaned_data[f"note_{index}"]
                filled.append(Figure(code=line.row.code, value=value, note=note))
        return filled


class EvidenceForm(OfficialForm):
    """A document for the library; the file may come later or not at all."""

    subject = forms.CharField(label="Trích yếu", max_length=500)
    number = forms.CharField(label="Số, ký hiệu", max_length=120, required=False)
    issued_on = DayField(label="Ngày ban hành", required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=200, required=False)
    signer = forms.CharField(label="Người ký", max_length=200, required=False)
    file = forms.FileField(
        label="Tệp",
        required=False,
        help_text="PDF, Word, Excel hoặc ảnh. Cùng một tệp nạp lần nữa không tốn thêm chỗ.",
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        most = f"Nhiều nhất {installed.THIDUA_UPLOAD_LIMIT // (1024 * 1024)} MB."
        self.fields["file"].help_text = f"{most} {self.fields['file'].help_text}"

    def paper(self) -> Paper:
        """The document as the service takes it."""
        parts = ("subject", "number", "issued_on", "issuer", "signer")
        return Paper(**{part: self.cleaned_data[part] for part in parts})


class CiteForm(OfficialForm):
    """Lines on which a document is cited, and where in it."""

    codes = forms.MultipleChoiceField(label="Dẫn ở dòng", widget=forms.CheckboxSelectMultiple)
    page = forms.CharField(label="Trang, mục", max_length=60, required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **settings: Any) -> None:
        super().__init__(*args, **settings)
        field = self.fields["codes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
