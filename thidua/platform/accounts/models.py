"""Log-in accounts: an address and a password, nothing else. Rights belong to positions."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


def clean_email(text: str) -> str:
    """The one spelling under which an address is stored and looked up."""
    return unicodedata.normalize("NFKC", text).strip().lower()


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by address, whatever the capitals."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=clean_email(username or ""))

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> Account:
        """An account with a hashed password; without one nobody can log in to it."""
        account = self.model(email=clean_email(email), **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who can log in. What they may do follows from their positions in the registry."""

    email = models.EmailField("Thư công vụ", unique=True)
    is_active = models.BooleanField("Đang dùng", default=True)
    created_at = models.DateTimeField("Lập lúc", auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        ordering = ("email",)
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.email
