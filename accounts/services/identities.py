"""Who somebody is at other places: found, linked, made an account for, and let go again."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, OuterRef, Value, When
from django.http import HttpRequest

from accounts import second_factor, security_log
from accounts.issuers import Issuer
from accounts.models import ExternalIdentity, SecurityEvent, User, normal_email


class NotLinked(Exception):
    """The outside identity belongs to nobody here, and may not be given to anybody."""


@dataclass(frozen=True)
class OutsideCredential:
    """What a token of an outside issuer is worth here, as the gate of the second factor asks."""

    identity: ExternalIdentity
    second_factor: bool
    owner_has_factor: bool


def user_of_claims(
    issuer: Issuer, claims: dict[str, Any], request: HttpRequest
) -> tuple[User, OutsideCredential]:
    """Whom the checked `claims` of `issuer` speak for. Raises NotLinked. One query as a rule.

    Only issuer and subject identify somebody. An address links to an account once, and only where
    both sides have verified it: else whoever registers somebody's address first, here or there,
    would get into their account.
    """
    subject = str(claims["sub"])
    identity = _identity(issuer.issuer, subject)
    if identity is None:
        _link(issuer, subject, claims, request)
        identity = _identity(issuer.issuer, subject)
    if identity is None or not identity.user.is_active:
        raise NotLinked
    credential = OutsideCredential(
        identity,
        second_factor=issuer.second_factor_counts and claims.get("aal") == "aal2",
        owner_has_factor=identity.owner_has_factor,  # type: ignore[attr-defined]  # annotated
    )
    return identity.user, credential


def _identity(issuer: str, subject: str) -> ExternalIdentity | None:
    return (
        ExternalIdentity.objects.select_related("user")
        .annotate(
            owner_has_factor=Case(
                When(second_factor.has_factor_where(OuterRef("user_id")), then=Value(True)),
                default=Value(False),
            )
        )
        .filter(issuer=issuer, subject=subject)
        .first()
    )


def _link(issuer: Issuer, subject: str, claims: dict[str, Any], request: HttpRequest) -> None:
    email = normal_email(claims["email"]) if isinstance(claims.get("email"), str) else ""
    vouched = claims.get("email_verified") is True or issuer.emails_are_verified
    if not email or not vouched or len(subject) > 255:
        raise NotLinked
    user = User.objects.filter(email=email).first()
    if user is None and not settings.EXTERNAL_USERS_CREATE:
        raise NotLinked
    if user is not None and not (user.email_verified and user.is_active):
        raise NotLinked
    try:
        with transaction.atomic():
            if user is None:
                user = User.objects.create_user(email, None, email_verified=True)
                security_log.record(user, SecurityEvent.Kind.SIGNED_UP, request, by=issuer.issuer)
            ExternalIdentity.objects.create(user=user, issuer=issuer.issuer, subject=subject)
            security_log.record(
                user, SecurityEvent.Kind.IDENTITY_LINKED, request, provider=issuer.issuer
            )
    except IntegrityError:
        # Another request with the same token was quicker: what it made is found next.
        return
