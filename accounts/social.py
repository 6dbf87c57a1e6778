"""Sign-in through other sites (Google, GitHub, any OpenID Connect provider): our own steps.

`social-auth` talks to the other site and runs `SOCIAL_AUTH_PIPELINE`; the steps here decide who may
come in as whom. Only the site's number for a person identifies them. An address links the two
accounts once, and only where both sides have verified it; else the person signs in here and
connects the other account from the page of connected accounts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from social_core.exceptions import AuthException

from accounts import services
from accounts.models import User, normal_email


@dataclass(frozen=True)
class Site:
    """Another site that people may sign in with."""

    name: str  # what social-auth calls it; stands in addresses
    title: str


def sites() -> list[Site]:
    """Those that this installation is set up for."""
    return [Site(name, title) for name, title in settings.SOCIAL_SITES.items()]


class Refused(AuthException):
    """The other site's word is not enough to come in; `code` says why."""

    def __init__(self, backend: Any, code: str) -> None:
        super().__init__(backend, code)
        self.code = code


class Backend(Protocol):
    """What the steps use of social-auth's backend."""

    name: str
    strategy: Any  # its `request` is that of the person who comes back


def address_that_site_verified(
    backend: Backend, details: dict[str, Any], response: Any, *args: Any, **kwargs: Any
) -> dict[str, Any]:
    """Step: `verified_email`, the address that the other site vouches for; empty without."""
    told: Callable[[Any], str] = _VERIFIED.get(backend.name, _by_claim)
    return {"verified_email": normal_email(told(response))}


def _by_claim(response: Any) -> str:
    """OpenID Connect, Google too: the claim must be true itself; a text is no proof."""
    return response.get("email") or "" if response.get("email_verified") is True else ""


def _by_github(response: Any) -> str:
    """GitHub lists a person's addresses; the primary one counts, once it is verified."""
    for entry in response.get("emails") or ():
        if isinstance(entry, dict) and entry.get("primary") and entry.get("verified") is True:
            return str(entry.get("email") or "")
    return ""


_VERIFIED: dict[str, Callable[[Any], str]] = {"github": _by_github}


def refuse_who_may_not_come_in(
    backend: Backend, user: User | None = None, social: Any = None, *args: Any, **kwargs: Any
) -> None:
    """Step: a suspended person stays out; who connects must have a verified address."""
    if user is None:
        return
    if not user.is_active:
        raise Refused(backend, "suspended")
    if social is None and not user.email_verified:
        raise Refused(backend, "own_address_unverified")


def find_or_make(
    backend: Backend,
    details: dict[str, Any],
    verified_email: str,
    user: User | None = None,
    *args: Any,
    **kwargs: Any,
) -> dict[str, Any] | None:
    """Step: the person with the verified address, or a new one; nothing where one is known."""
    if user is not None:
        return None
    try:
        found, is_new = services.person_of_verified_address(
            verified_email,
            backend.strategy.request,
            by=backend.name,
            name=str(details.get("fullname") or "")[:150],
            may_make=True,
        )
    except services.NotLinked as error:
        raise Refused(backend, error.code) from error
    return {"user": found, "is_new": is_new}


def record_connection(
    backend: Backend,
    user: User,
    new_association: bool = False,
    *args: Any,
    **kwargs: Any,
) -> None:
    """Step: the owner hears of every newly connected account."""
    if new_association:
        services.record_linked(user, backend.strategy.request, backend.name)
