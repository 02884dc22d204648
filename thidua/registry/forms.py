"""Shape of what is typed on the pages of the registry; services judge it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from thidua.platform import clock
from thidua.platform.http.posting import DayField, OfficialForm
from thidua.registry.basis import Basis
from thidua.registry.models import Role, Unit
from thidua.registry.queries import living_units
from thidua.registry.services import Post
from thidua.registry.services.invitations import PASSWORD_LEAST

LONG = forms.TextInput(attrs={"size": 60})


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the checker
    """A living unit; units of one name are told apart by kind or place in the registry."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(Unit.objects.none(), empty_label="Chọn đơn vị", **settings)

    def label_from_instance(self, obj: Unit) -> str:
        return f"{obj.name} ({obj.kind})" if obj.kind else obj.name


class BasisForm(OfficialForm):
    """The document behind a change: since when, number, date."""

    since = DayField(label="Tên này có từ ngày", required=False)
    decision = forms.CharField(
        label="Số, ký hiệu văn bản",
        required=False,
        max_length=170,
        widget=LONG,
        help_text="Ghi như trên văn bản, ví dụ Quyết định số 05/QĐ-UBND. Không có thì để trống.",
    )
    decision_day = DayField(label="Ngày văn bản", required=False)

    def basis(self) -> Basis:
        """The document as services take it."""
        given = self.cleaned_data
        return Basis(number=given["decision"], day=given["decision_day"], since=given["since"])


class UnitForm(BasisForm):
    """A new agency; when the name is already borne, the person says that it is another one."""

    field_order = ("name", "kind", "another")
    name = forms.CharField(label="Tên đơn vị", max_length=200, widget=LONG)
    kind = forms.CharField(
        label="Loại đơn vị",
        required=False,
        max_length=60,
        help_text="Ví dụ: Sở, Ban, Huyện, Doanh nghiệp.",
    )
    another = forms.BooleanField(required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, namesakes: int = 0, **settings: Any
    ) -> None:
        super().__init__(data, **settings)
        self.namesakes = namesakes
        if namesakes:
            self.fields["another"].label = "Đây là một đơn vị khác, tuy cùng tên"
        else:
            del self.fields["another"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.namesakes and not given.get("another"):
            self.add_error(
                "another",
                "Danh bạ đã có đơn vị tên này. Nếu đúng là đơn vị khác, đánh dấu ô này rồi lưu.",
            )
        return given


class RenameForm(BasisForm):
    """A new name from a day."""

    field_order = ("name", "since", "decision", "decision_day")
    name = forms.CharField(label="Tên mới", max_length=200, widget=LONG)

    def __init__(self, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.fields["since"].required = True
        self.fields["since"].label = "Tên mới có từ ngày"


class KindForm(OfficialForm):
    """The sort of agency."""

    kind = forms.CharField(label="Loại đơn vị", required=False, max_length=60)


class DissolveForm(OfficialForm):
    """The day from which a unit is no more."""

    on = DayField(label="Giải thể từ ngày")
    decision = forms.CharField(
        label="Số, ký hiệu văn bản", required=False, max_length=170, widget=LONG
    )
    decision_day = DayField(label="Ngày văn bản", required=False)


class PositionForm(OfficialForm):
    """A position: role, unit, title, first and last day. Which roles, the actor's rights say."""

    role = forms.ChoiceField(label="Cương vị")
    unit = UnitField(
        label="Đơn vị",
        required=False,
        help_text="Để trống với cơ quan thường trực và quản trị hệ thống.",
    )
    title = forms.CharField(
        label="Chức danh",
        required=False,
        max_length=120,
        help_text="Ví dụ: Giám đốc, Chánh Văn phòng. Để trống thì ghi theo cương vị.",
    )
    starts = DayField(label="Từ ngày")
    ends = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa biết.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        roles: Iterable[Role] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"starts": clock.today(), **(initial or {})})
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["unit"].queryset = living_units()  # type: ignore[attr-defined]  # a UnitField

    def post(self) -> Post:
        """The position as services take it."""
        given = self.cleaned_data
        return Post(
            role=Role(given["role"]),
            unit=given["unit"],
            title=given["title"],
            starts=given["starts"],
            ends=given["ends"],
        )


class PersonForm(PositionForm):
    """A person with the first position."""

    field_order = ("full_name",)
    full_name = forms.CharField(
        label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class NameForm(OfficialForm):
    """How a person's name is written."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)


class EndForm(OfficialForm):
    """The first day on which the position is no longer held."""

    since = DayField(
        label="Thôi giữ cương vị từ ngày",
        help_text="Ghi hôm nay thì quyền hết ngay, kể cả khi người đó đang đăng nhập.",
    )
    reason = forms.CharField(
        label="Lý do", required=False, max_length=300, widget=LONG,
        help_text="Ví dụ: chuyển công tác theo Quyết định số…",
    )  # fmt: skip


class InviteForm(OfficialForm):
    """Where the invitation goes."""

    email = forms.EmailField(
        label="Thư công vụ của người được mời",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "size": 40}),
        help_text="Thư này cũng là tên đăng nhập về sau.",
    )


class AcceptForm(OfficialForm):
    """Name and password of a new account."""

    full_name = forms.CharField(
        label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        min_length=PASSWORD_LEAST,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=f"Ít nhất {PASSWORD_LEAST} ký tự. Một câu ngắn dễ nhớ là đủ, "
        "không cần ký hiệu lạ.",
    )
