"""What is read of an account."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from accounts.models import BackupCode, DeviceToken, User


def backup_codes_left(user: User) -> int:
    """How many backup codes `user` has not used yet."""
    return BackupCode.objects.filter(device__user=user).count()


def passkeys_of(user: User) -> QuerySet[WebAuthnCredential]:
    """The passkeys of `user`, the newest first."""
    return WebAuthnCredential.objects.filter(user=user, confirmed=True).order_by("-created_at")


def has_authenticator(user: User) -> bool:
    """Whether an authenticator app makes codes for `user`."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def tokens_of(user: User) -> QuerySet[DeviceToken]:
    """The devices that may speak for `user`, the newest first; expired ones are left out."""
    lasting = Q(expiry=None) | Q(expiry__gt=timezone.now())
    return DeviceToken.objects.filter(lasting, user=user).order_by("-created")
