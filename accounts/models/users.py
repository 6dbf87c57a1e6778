"""Who people are."""

import secrets
from pathlib import PurePath
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def normal_email(email: str | None) -> str:
    """The address as it is stored and looked up: one person, one account, however it is typed."""
    return (email or "").strip().lower()


def picture_path(user: "User", file_name: str) -> str:
    """Where a profile picture is kept: a random name tells nothing and cannot be guessed."""
    return f"pictures/{secrets.token_urlsafe(24)}{PurePath(file_name).suffix.lower()[:10]}"


class LowerCaseEmailField(models.EmailField):
    """An e-mail address that is stored, and looked up, in lower case."""

    def to_python(self, value: Any) -> Any:
        """The address in lower case."""
        return normal_email(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        """The address as the database knows it."""
        return self.to_python(super().get_prep_value(value))


class UserManager(BaseUserManager["User"]):
    """Makes users, known by their e-mail addresses."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The address as it is stored and looked up."""
        return normal_email(email)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A user who signs in with `email`; without a password, they must reset it first."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A user who may do everything in the admin."""
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user who signs in as `username`, whatever case it is typed in."""
        return self.get(email=self.normalize_email(username))


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by an e-mail address.

    `credentials_epoch` rises when everything that speaks for the person is to end at once: it is
    part of the hash that each session carries, and of each access token.
    """

    class Role(models.TextChoices):
        LEARNER = "learner", _("Learner")
        TEACHER = "teacher", _("Teacher")
        ADMIN = "admin", _("Admin")

    class KeepAudio(models.TextChoices):
        FOREVER = "forever", _("Keep them until I delete them")
        DAYS = "days", _("Delete them after some days")
        UNTIL_ANALYZED = "until_analyzed", _("Delete each as soon as it is analysed")

    email = LowerCaseEmailField(_("e-mail address"), unique=True)
    email_verified = models.BooleanField(_("e-mail address verified"), default=False)
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.LEARNER)
    native_language = models.CharField(_("native language"), max_length=35, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    interface_language = models.CharField(_("language of the pages"), max_length=10, blank=True)
    picture = models.ImageField(_("picture"), upload_to=picture_path, blank=True)
    keep_audio = models.CharField(
        _("recordings"), max_length=14, choices=KeepAudio, default=KeepAudio.FOREVER
    )
    keep_audio_days = models.PositiveSmallIntegerField(_("days"), default=30)
    mail_when_analysed = models.BooleanField(_("mail me when an analysis is done"), default=False)
    credentials_epoch = models.PositiveIntegerField(default=0, editable=False)
    must_use_second_factor = models.BooleanField(
        _("must use a second factor"),
        default=False,
        help_text=_("Until they have set one up, every page leads this person to the set-up."),
    )
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("email",)

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """How the product addresses the person."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """The first name, or what stands before the @."""
        return self.name.split(" ")[0] if self.name else self.email.split("@")[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to count: it changes with the password and with the epoch."""
        return salted_hmac(
            "accounts.User.session_auth_hash",
            f"{self.password}|{self.credentials_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
