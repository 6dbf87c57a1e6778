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
from accounts.selectors import connections_of, passkeys_of

LONGEST_SUBJECT = 255


class NotLinked(Exception):
    """The outside identity belongs to nobody here, and may not be given to anybody.

    `code` says why: address_unverified (there), own_address_unverified (here), suspended,
    erasure_pending, unknown.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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
        raise NotLinked("unknown" if identity is None else "suspended")
    # Our own tokens ended with the order to erase; those of others we cannot end.
    if hasattr(identity.user, "erasure"):
        raise NotLinked("erasure_pending")
    credential = OutsideCredential(
        identity,
        second_factor=issuer.second_factor_counts and claims.get("aal") == "aal2",
        owner_has_factor=identity.owner_has_factor,  # type: ignore[attr-defined]  # annotated
    )
    return identity.user, credential


def _identity(issuer: str, subject: str) -> ExternalIdentity | None:
    return (
        ExternalIdentity.objects.select_related("user__erasure")
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
    vouched = claims.get("email_verified") is True or issuer.emails_are_verified
    email = claims.get("email")
    if not isinstance(email, str) or not vouched or len(subject) > LONGEST_SUBJECT:
        raise NotLinked("address_unverified")
    try:
        with transaction.atomic():
            user, _is_new = person_of_verified_address(
                email, request, by=issuer.issuer, may_make=settings.EXTERNAL_USERS_CREATE
            )
            ExternalIdentity.objects.create(user=user, issuer=issuer.issuer, subject=subject)
            record_linked(user, request, issuer.issuer)
    except IntegrityError:
        # Another request with the same token was quicker: what it made is found next.
        return


def person_of_verified_address(
    email: str, request: HttpRequest, *, by: str, may_make: bool, name: str = ""
) -> tuple[User, bool]:
    """Whose account the address `email`, which `by` has verified, belongs to, and if it is new.

    Raises NotLinked where nobody has it and nobody may be made, or where the account with that
    address is suspended or has not verified it: somebody else may have registered it first.
    """
    if not email:
        raise NotLinked("address_unverified")
    with transaction.atomic():
        user = User.objects.filter(email=normal_email(email)).first()
        if user is not None:
            if not user.is_active:
                raise NotLinked("suspended")
            if not user.email_verified:
                raise NotLinked("own_address_unverified")
            return user, False
        if not may_make:
            raise NotLinked("unknown")
        user = User.objects.create_user(email, None, name=name, email_verified=True)
        security_log.record(user, SecurityEvent.Kind.SIGNED_UP, request, by=by)
        return user, True


def record_linked(user: User, request: HttpRequest, provider: str) -> None:
    """Write down, and mail, that `user` is known at `provider` from now on."""
    security_log.record(user, SecurityEvent.Kind.IDENTITY_LINKED, request, provider=provider)


class LastWayIn(Exception):
    """Without it nobody could sign in to the account any more."""


def has_another_way_in(user: User) -> bool:
    """Whether `user` could still sign in with one connected account less."""
    if user.has_usable_password() or passkeys_of(user).exists():
        return True
    return connections_of(user).count() > 1


def disconnect(user: User, connection_id: int, request: HttpRequest) -> bool:
    """Let a connected account of `user` go; False where there is no such one.

    Raises LastWayIn.
    """
    with transaction.atomic():
        # Of two requests that let two accounts go at once, the second waits and looks anew.
        User.objects.select_for_update().get(pk=user.pk)
        connection = connections_of(user).filter(pk=connection_id).first()
        if connection is None:
            return False
        if not has_another_way_in(user):
            raise LastWayIn
        connection.delete()
        kind = SecurityEvent.Kind.IDENTITY_UNLINKED
        security_log.record(user, kind, request, provider=connection.provider)
        return True
