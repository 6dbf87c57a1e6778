"""Who people are, what proves it, and which devices may speak for them."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from knox.models import AbstractAuthToken


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case, so that one person has one account."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The address as it is stored and looked up."""
        return (email or "").strip().lower()

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

    email = models.EmailField(_("e-mail address"), unique=True)
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
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    last_address = models.GenericIPAddressField(_("last address"), null=True, blank=True)

    class Meta:
        verbose_name = _("device token")
        verbose_name_plural = _("device tokens")

    def __str__(self) -> str:
        return f"{self.name or self.token_key}: {self.user}"


class BackupCodeDevice(Device):
    """A person's set of one-time backup codes, as one of their second factors."""

    class Meta:
        verbose_name = _("backup codes")
        verbose_name_plural = _("backup codes")


class BackupCode(models.Model):
    """One unused backup code, hashed; using it deletes it."""

    device = models.ForeignKey(BackupCodeDevice, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("backup code")
        verbose_name_plural = _("backup codes")
        constraints = (
            models.UniqueConstraint(fields=("device", "digest"), name="one_code_once_a_device"),
        )

    def __str__(self) -> str:
        return f"{self.device_id}: {self.digest[:8]}"
