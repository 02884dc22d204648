"""Forms of the progress stage: shape of input only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings as installed

from thidua.platform.http.posting import DayField, FigureField, OfficialForm
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.placing import LONGEST, Place, beyond, page_words, read_places
from thidua.year.progress.queries import FigureLine, LibraryEntry, counted_pages
from thidua.year.progress.services import Described, Figure, Paper, faults_of, seen_of

PARTS = ("subject", "number", "issued_on", "issuer", "signer", "pages")


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
    pages = forms.IntegerField(
        label="Số trang", required=False, min_value=1, help_text="Để trống thì lấy theo tệp PDF."
    )
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
        return Paper(**{part: self.cleaned_data[part] for part in PARTS})


class FileForm(OfficialForm):
    """The file of a document that has none yet."""

    file = forms.FileField(label="Tệp")


class CiteForm(OfficialForm):
    """Lines on which a document is cited, each with its page, or one page for all of them."""

    codes = forms.MultipleChoiceField(
        label="Dẫn ở dòng", required=False, widget=forms.CheckboxSelectMultiple
    )
    page = forms.CharField(label="Trang, mục chung", max_length=60, required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.choices = choices
        field = self.fields["codes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
        for index, (code, _label) in enumerate(choices):
            self.fields[f"page_{index}"] = forms.CharField(
                label=f"Trang, mục ở dòng {code}", required=False, max_length=60
            )

    @property
    def rows(self) -> list[tuple[str, str, bool, forms.BoundField]]:
        """Each line: its code, its words, whether it is ticked, the field of its page."""
        ticked = set(self["codes"].value() or ())
        return [
            (code, label, code in ticked, self[f"page_{index}"])
            for index, (code, label) in enumerate(self.choices)
        ]

    def places(self) -> list[Place]:
        """The lines ticked; one with a page of its own counts as ticked."""
        ticked, page = set(self.cleaned_data["codes"]), page_words(self.cleaned_data["page"])
        return [
            Place(code, page_words(own) or page)
            for index, (code, _label) in enumerate(self.choices)
            if (own := self.cleaned_data[f"page_{index}"]) or code in ticked
        ]


class DescribeForm(OfficialForm):
    """Many documents in one table: what each is, and the lines it is cited on.

    A row is taken when it is ticked or when something in it was changed.
    """

    def __init__(
        self,
        *args: Any,
        entries: Sequence[LibraryEntry],
        codes: Sequence[str],
        named: Sequence[str] = (),
        **settings: Any,
    ) -> None:
        super().__init__(*args, **settings)
        self.entries, self.codes = entries, codes
        for entry in entries:
            self._add_row(entry, "; ".join(named))

    def _add_row(self, entry: LibraryEntry, places: str) -> None:
        document = entry.document
        key, name = document.pk, document.file_name or document.subject
        made: dict[str, forms.Field] = {
            "subject": forms.CharField(
                label="Trích yếu", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
            ),
            "number": forms.CharField(label="Số, ký hiệu", max_length=120),
            "issued_on": DayField(label="Ngày ban hành"),
            "issuer": forms.CharField(label="Cơ quan ban hành", max_length=200),
            "signer": forms.CharField(label="Người ký", max_length=200),
            "pages": forms.IntegerField(
                label="Số trang",
                min_value=1,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            ),
        }
        for part, field in made.items():
            field.initial = getattr(document, part)
            if entry.sent:
                field.disabled = True
        made["places"] = forms.CharField(label="Dẫn ở dòng", max_length=LONGEST, initial=places)
        made["keep"] = forms.BooleanField(label="Đúng, ghi", initial=_is_plain(document))
        made["seen"] = forms.CharField(widget=forms.HiddenInput, initial=seen_of(document))
        for part, field in made.items():
            field.required = False
            field.label = f"{field.label}, {name}"
            self.fields[f"{part}_{key}"] = field

    @property
    def rows(self) -> list[tuple[LibraryEntry, dict[str, forms.BoundField]]]:
        """Each document with its fields by name."""
        names = (*PARTS, "places", "keep", "seen")
        return [
            (entry, {name: self[f"{name}_{entry.document.pk}"] for name in names})
            for entry in self.entries
        ]

    def clean(self) -> dict[str, Any]:
        """Read the lines of every row; a piece that names no line is told at its field."""
        cleaned = super().clean() or self.cleaned_data
        self.places: dict[int, list[Place]] = {}
        for entry in self.entries:
            key = entry.document.pk
            places, strange = read_places(cleaned.get(f"places_{key}", ""), self.codes)
            self.places[key] = places
            if strange:
                words = f"Không có dòng “{strange[0][:40]}”. Ghi như: I.1 trang 4; II.3 trang 7."
                self.add_error(f"places_{key}", words)
            self._look_at(entry.document, cleaned)
        return cleaned

    def _look_at(self, document: EvidenceDocument, cleaned: dict[str, Any]) -> None:
        """Tell what the decision would refuse of a row, beside what cannot be read: all at once."""
        if not self._is_taken(document):
            return
        key = document.pk
        paper = Paper(
            subject=cleaned.get(f"subject_{key}", ""),
            issued_on=cleaned.get(f"issued_on_{key}"),
            pages=cleaned.get(f"pages_{key}"),
        )
        for part, words in faults_of(paper).items():
            name = f"{part}_{key}"
            is_new = document.proposed or name in self.changed_data
            if is_new and name not in self.errors:
                self.add_error(name, words)

    def beyond(self) -> list[str]:
        """The rows taken that cite a page their file does not have, in words."""
        pages = {one.document.pk: counted_pages(one.document) for one in self.entries}
        names = {one.document.pk: one.document.file_name for one in self.entries}
        return [
            f"{names[row.document_id]} {words}."
            for row in self.described()
            for place in row.places
            if (words := beyond(place.page, pages[row.document_id]))
        ]

    def described(self) -> list[Described]:
        """The rows that are taken."""
        return [
            Described(
                document_id=entry.document.pk,
                paper=Paper(
                    **{part: self.cleaned_data[f"{part}_{entry.document.pk}"] for part in PARTS}
                ),
                places=self.places[entry.document.pk],
                seen=self.cleaned_data[f"seen_{entry.document.pk}"],
            )
            for entry in self.entries
            if self._is_taken(entry.document)
        ]

    def _is_taken(self, document: EvidenceDocument) -> bool:
        changed = {f"{part}_{document.pk}" for part in (*PARTS, "places")} & set(self.changed_data)
        asked = (
            self.cleaned_data.get(f"keep_{document.pk}")
            if document.proposed
            else (self.places[document.pk])
        )
        return bool(asked or changed)


def _is_plain(document: EvidenceDocument) -> bool:
    """Whether the file's name said so much that a look is enough."""
    return document.proposed and bool(document.number and document.issued_on)
