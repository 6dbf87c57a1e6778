"""Who people are, what proves it, and which devices may speak for them."""

import hashlib
import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from knox.models import AbstractAuthToken


def normal_email(email: str | None) -> str:
    """The address as it is stored and looked up: one person, one account, however it is typed."""
    return (email or "").strip().lower()


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
    """A person, known by an e-mail address."""

    class Role(models.TextChoices):
        LEARNER = "learner", _("Learner")
        TEACHER = "teacher", _("Teacher")
        ADMIN = "admin", _("Admin")

    email = LowerCaseEmailField(_("e-mail address"), unique=True)
    email_verified = models.BooleanField(_("e-mail address verified"), default=False)
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.LEARNER)
    native_language = models.CharField(_("native language"), max_length=35, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
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


class DeviceToken(AbstractAuthToken):
    """A key that lets one device use the API for its owner; only its hash is kept."""

    name = models.CharField(_("device"), max_length=100, blank=True)
    second_factor = models.BooleanField(
        _("issued after a second factor"),
        default=False,
        help_text=_("A token without it stops working once its owner has a second factor."),
    )
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    last_address = models.GenericIPAddressField(_("last address"), null=True, blank=True)

    class Meta:
        verbose_name = _("device token")
        verbose_name_plural = _("device tokens")
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"{self.name or self.token_key}: {self.user}"


def backup_salt() -> str:
    """A fresh salt for one set of backup codes."""
    return secrets.token_hex(16)


class BackupCodeDevice(TimestampMixin, ThrottlingMixin, Device):
    """A person's set of one-time backup codes, as one of their second factors."""

    # scrypt's n: 16 MB and a few hundredths of a second for each code that is tried.
    scrypt_cost = 2**14

    salt = models.CharField(max_length=32, default=backup_salt, editable=False)

    class Meta:
        verbose_name = _("backup codes")
        verbose_name_plural = _("backup codes")
        constraints = (models.UniqueConstraint(fields=("user",), name="one_set_of_codes_a_person"),)

    def get_throttle_factor(self) -> int:
        """Seconds to wait after the first wrong code; they double with every further one."""
        return 1

    def digest_of(self, code: str) -> str:
        """What is kept of `code`, however it was typed.

        scrypt, so that who gets hold of a copy of the table cannot try all codes.
        """
        plain = "".join(letter for letter in code.lower() if letter.isalnum())
        return hashlib.scrypt(
            plain.encode(), salt=bytes.fromhex(self.salt), n=self.scrypt_cost, r=8, p=1, dklen=32
        ).hex()

    def verify_token(self, token: str) -> bool:
        """Whether `token` is one of the unused codes; it is used up by this question.

        One conditional DELETE decides: of two requests with the same code, one deletes no row.
        """
        allowed, _refusal = self.verify_is_allowed()
        if not allowed:
            return False
        deleted, _rows = self.codes.filter(digest=self.digest_of(token)).delete()
        if not deleted:
            self.throttle_increment()
            return False
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True


class BackupCode(models.Model):
    """One unused backup code, hashed; using it deletes it."""

    device = models.ForeignKey(BackupCodeDevice, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("backup code")
        verbose_name_plural = _("backup codes")
        constraints = (
            models.UniqueConstraint(fields=("device", "digest"), name="one_code_once_a_device"),
        )

    def __str__(self) -> str:
        return f"{self.device_id}: {self.digest[:8]}"
