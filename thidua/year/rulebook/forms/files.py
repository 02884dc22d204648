"""Forms of the rulebook: the shape of what is sent, nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from thidua.core.text import one_line
from thidua.platform.http.posting import DayField, OfficialForm
from thidua.scalefile.text import MAX_BYTES
from thidua.year.rulebook.forms.start import KindForm
from thidua.year.rulebook.models import Revision

ADOPT_WORD = "thông qua"
CARRY = (
    ("move", "Chuyển bảng chấm sang bản mới: dòng không đổi giữ số, dòng đổi mở lại cho đơn vị"),
    ("keep", "Bảng đã gửi giữ theo bản lúc mở; bảng mở sau theo bản mới"),
)


class ImportForm(KindForm):
    """A scale file, or its text pasted; one of the two."""

    file = forms.FileField(
        label="Tệp thang điểm",
        required=False,
        allow_empty_file=True,
        help_text="Tệp văn bản có đuôi .yaml hoặc .json, nhiều nhất 5 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )
    text = forms.CharField(
        label="Hoặc dán nội dung tệp vào đây",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code-text"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file") is None and not cleaned.get("text", "").strip():
            self.add_error("file", "Chọn một tệp, hoặc dán nội dung tệp vào ô bên dưới.")
        elif cleaned.get("file") is not None and cleaned.get("text", "").strip():
            self.add_error("text", "Đã chọn tệp thì để trống ô này, hoặc bỏ chọn tệp.")
        return cleaned

    @property
    def content(self) -> bytes | str:
        """The bytes of the file, cut just over the limit of the reader, or the pasted text."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return str(self.cleaned_data["text"])
        return bytes(upload.read(MAX_BYTES + 1))

    @property
    def file_name(self) -> str:
        """The name of the file as messages show it; empty for pasted text."""
        upload = self.cleaned_data["file"]
        return one_line(upload.name)[-80:] if upload is not None else ""


class AdoptForm(OfficialForm):
    """When and by which document the scale was adopted, and the typed word.

    `revision` is what the version says of the one it replaces, which is then asked too.
    """

    adopted_on = DayField(label="Ngày họp thông qua")
    document_number = forms.CharField(
        label="Số, ký hiệu văn bản",
        required=False,
        max_length=120,
        help_text="Để trống nếu chưa có số. Trang sẽ ghi “chưa có số”.",
    )
    word = forms.CharField(
        label=f"Gõ “{ADOPT_WORD}” để xác nhận",
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-word": ADOPT_WORD}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        revision: Revision | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(data, **settings)
        if revision is None:
            return
        asked = forms.CharField(
            label="Lý do sửa thang điểm trong năm",
            max_length=1000,
            initial=revision.reason,
            help_text="Mọi đơn vị đọc được lý do này. Ghi cả số văn bản nếu có.",
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        carry = forms.ChoiceField(
            label="Với điểm đã chấm theo bản cũ",
            choices=CARRY,
            widget=forms.RadioSelect,
            help_text="Chưa mở bảng chấm nào thì cách nào cũng như nhau: bảng mở sau theo bản mới.",
            error_messages={"required": "Chọn một cách với điểm đã chấm."},
        )
        self.add_field("reason", asked)
        self.add_field("carry", carry)
        self.order_fields(["adopted_on", "document_number", "reason", "carry", "word"])

    def clean_word(self) -> str:
        word = one_line(self.cleaned_data["word"])
        if word.casefold() != ADOPT_WORD:
            raise forms.ValidationError(f"Từ xác nhận chưa đúng. Gõ “{ADOPT_WORD}” rồi bấm lại.")
        return word
