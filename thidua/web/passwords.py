"""Asking for a new password: one letter through the outbox, whatever the request calls the server.

The answer is the same whether the address has an account or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axes.utils import reset as forget_failures
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.template import loader

from thidua.platform import clock
from thidua.platform.accounts.models import Account, clean_email
from thidua.platform.mail import services as mail
from thidua.registry.services import reset_link

if TYPE_CHECKING:
    _SetPasswordForm = SetPasswordForm[Account]
else:
    _SetPasswordForm = SetPasswordForm  # generic in its types only

MINUTES = 5  # asking again within these minutes sends no second letter
SUBJECT = "Đặt lại mật khẩu vào hệ thống Thi đua"


class ResetForm(PasswordResetForm):
    """Django's form with our letter; its link is built from THIDUA_ADDRESS."""

    def __init__(self, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.fields["email"].label = "Thư công vụ"

    def save(self, *_given: Any, **_settings: Any) -> None:
        """Queue a letter for the account of the address, if there is one."""
        for account in self.get_users(self.cleaned_data["email"]):
            if isinstance(account, Account):
                _write(account)


class NewPasswordForm(_SetPasswordForm):
    """The new password; whoever proved to own the address need not wait out the failures."""

    def save(self, commit: bool = True) -> Account:  # noqa: FBT001, FBT002  # Django's signature
        """Keep the password and forget the failed log-ins of the address."""
        account = super().save(commit)
        forget_failures(username=clean_email(account.email))
        return account


def _write(account: Account) -> None:
    slot = int(clock.now().timestamp()) // (MINUTES * 60)
    mail.queue(
        key=f"mat-khau/{account.pk}/{slot}",
        to=account.email,
        subject=SUBJECT,
        body=loader.render_to_string(
            "registration/password_reset_email.html", {"link": reset_link(account)}
        ),
    )
