"""What is read of an account."""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta

import segno
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential
from social_django.models import UserSocialAuth

from accounts.models import (
    BackupCode,
    BrowserSession,
    DeviceToken,
    RefreshFamily,
    SecurityEvent,
    User,
)


def backup_codes_left(user: User) -> int:
    """How many backup codes `user` has not used yet."""
    return BackupCode.objects.filter(device__user=user).count()


def passkeys_of(user: User) -> QuerySet[WebAuthnCredential]:
    """The passkeys of `user`, the newest first."""
    return WebAuthnCredential.objects.filter(user=user, confirmed=True).order_by("-created_at")


def has_authenticator(user: User) -> bool:
    """Whether an authenticator app makes codes for `user`."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def totp_secret(device: TOTPDevice) -> str:
    """The secret as authenticators take it typed in: base32."""
    return base64.b32encode(device.bin_key).decode().rstrip("=")


def totp_picture(device: TOTPDevice) -> segno.QRCode:
    """The address with the secret, as authenticators read it from a screen."""
    return segno.make(device.config_url, error="m")


def tokens_of(user: User) -> QuerySet[DeviceToken]:
    """The devices that may speak for `user`, the newest first; ended and expired ones left out."""
    lasting = Q(expiry=None) | Q(expiry__gt=timezone.now())
    return DeviceToken.objects.filter(lasting, user=user, ended_at=None).order_by("-created")


def families_of(user: User) -> QuerySet[RefreshFamily]:
    """The apps that renew their sign-in by themselves, the newest first; ended ones left out."""
    lasting = RefreshFamily.objects.filter(ended_at=None, expires_at__gt=timezone.now())
    return lasting.filter(user=user).order_by("-created_at")


def browsers_of(user: User) -> QuerySet[BrowserSession]:
    """The browsers that `user` is signed in with, the last seen first."""
    lasting = Session.objects.filter(
        session_key=OuterRef("session_key"), expire_date__gt=timezone.now()
    )
    return BrowserSession.objects.filter(Exists(lasting), user=user).order_by("-last_seen_at")


def events_of(user: User, kind: str = "") -> QuerySet[SecurityEvent]:
    """What happened to the account of `user`, the newest first; of one kind where it is named."""
    events = SecurityEvent.objects.filter(user=user).select_related("actor")
    return events.filter(kind=kind) if kind else events


def event_kinds_of(user: User) -> list[tuple[str, str]]:
    """The kinds of event that there are for `user`, each with its words, in alphabetical order."""
    kinds = SecurityEvent.objects.filter(user=user).order_by().values_list("kind").distinct()
    labels = dict(SecurityEvent.Kind.choices)
    return sorted(((kind, str(labels.get(kind, kind))) for (kind,) in kinds), key=lambda k: k[1])


def recent_sign_ins(user: User, count: int = 3) -> list[SecurityEvent]:
    """The last sign-ins of `user`."""
    kinds = (SecurityEvent.Kind.SIGNED_IN, SecurityEvent.Kind.NEW_DEVICE)
    return list(SecurityEvent.objects.filter(user=user, kind__in=kinds)[:count])


def connections_of(user: User) -> QuerySet[UserSocialAuth]:
    """The accounts at other sites that open the one of `user`, the oldest first."""
    return UserSocialAuth.objects.filter(user=user).order_by("created", "pk")


def recordings_due(owner: str, since: str, analysed: Q, now: datetime) -> Iterator[Q]:
    """What makes a recording due, as its owner chose: one condition for each choice of somebody.

    `owner` is the column of the person, `since` that of the moment from which days count,
    `analysed` what holds once the recording is needed no more.
    """
    yield Q(**{f"{owner}__keep_audio": User.KeepAudio.UNTIL_ANALYZED}) & analysed
    choosing = User.objects.filter(keep_audio=User.KeepAudio.DAYS).order_by()
    for days in choosing.values_list("keep_audio_days", flat=True).distinct():
        yield Q(
            **{
                f"{owner}__keep_audio": User.KeepAudio.DAYS,
                f"{owner}__keep_audio_days": days,
                f"{since}__lte": now - timedelta(days=days),
            }
        )
