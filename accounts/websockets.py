"""Who opens a WebSocket: a browser by its cookie from our own pages, or whoever has a ticket.

A ticket is asked for over HTTP (`auth/ws-ticket`), is good for one connection within 30 seconds,
and is worth what the credential was that asked for it: when that ends, so does the connection at
its next look. A used ticket is remembered in the cache; without the cache no ticket is good, but
without it there are no events to hear either.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qs

from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from channels.security.websocket import AllowedHostsOriginValidator
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone
from rest_framework.request import Request

from accounts import second_factor
from accounts.models import DeviceToken, Erasure, RefreshFamily, User
from accounts.second_factor import Owed

NOT_SIGNED_IN = 4401
SECOND_FACTOR_MISSING = 4403

TICKET_SECONDS = 30
_SALT = "accounts.websockets.ticket"

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


@dataclass(frozen=True)
class Holder:
    """What a ticket stands for: whose it is, and the credential that asked for it."""

    user_id: int
    epoch: int
    second_factor: bool
    token: str = ""
    family: str = ""
    session: str = ""

    def is_standing(self) -> bool:
        """Whether the credential still is what it was."""
        now = timezone.now()
        if self.token:
            lasting = Q(expiry=None) | Q(expiry__gt=now)
            return DeviceToken.objects.filter(lasting, pk=self.token, ended_at=None).exists()
        if self.family:
            families = RefreshFamily.objects.filter(pk=self.family, ended_at=None)
            return families.filter(expires_at__gt=now).exists()
        return not self.session or SessionStore().exists(self.session)


def issue_ticket(request: Request) -> str:
    """A ticket for who sent `request`, worth what its credential is worth."""
    credential: Any = request.auth
    user = request.user
    holder = Holder(
        user_id=user.pk,
        epoch=user.credentials_epoch,
        second_factor=getattr(credential, "second_factor", False),
        token=credential.pk if isinstance(credential, DeviceToken) else "",
        family=credential.pk.hex if isinstance(credential, RefreshFamily) else "",
        session="" if "Authorization" in request.headers else request.session.session_key,
    )
    return signing.dumps([asdict(holder), secrets.token_hex(8)], salt=_SALT, compress=True)


def redeem(ticket: str) -> Holder | None:
    """Whom `ticket` stands for; None where it is forged, too old or used. It is used up."""
    try:
        fields, name = signing.loads(ticket, salt=_SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return None
    if not cache.add(f"ws-ticket:{name}", 1, timeout=TICKET_SECONDS * 2):
        return None
    return Holder(**fields)


def refusal(scope: dict[str, Any]) -> int | None:
    """The code to close the connection of `scope` with, or None where its user may go on.

    Asked at the beginning and before each event: what ended in between ends the connection.
    """
    user, session = scope["user"], scope.get("session")
    if not user.is_authenticated:
        return NOT_SIGNED_IN
    holder: Holder | None = scope.get("ticket_holder")
    if holder is not None:
        fresh = User.objects.filter(
            pk=user.pk, is_active=True, credentials_epoch=holder.epoch
        ).first()
        if fresh is None or not holder.is_standing():
            return NOT_SIGNED_IN
        given = holder.second_factor
        missing = second_factor.owed(fresh, given=given) is not Owed.NOTHING
        return SECOND_FACTOR_MISSING if missing else None
    if session is not None and not session.exists(session.session_key):
        return NOT_SIGNED_IN
    if Erasure.objects.filter(user=user).exists():  # their browser may only take that back
        return NOT_SIGNED_IN
    return None if second_factor.is_satisfied(user, session) else SECOND_FACTOR_MISSING


class TicketOrCookie:
    """Puts the user on the scope: by `?ticket=`, else by the cookie of a page of ours.

    A cookie counts only with our own Origin, since a browser sends it along for any page. A ticket
    is sent by nobody unknowingly, and programs have no Origin.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self.by_cookie = AllowedHostsOriginValidator(AuthMiddlewareStack(application))

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Hand the connection on."""
        query = scope.get("query_string", b"").decode("latin-1")
        asked = parse_qs(query, keep_blank_values=True)
        if "ticket" not in asked:
            await self.by_cookie(scope, receive, send)
            return
        holder, user = await _holder_of(asked["ticket"][0])
        await self.application(
            {**scope, "user": user, "ticket_holder": holder, "session": None}, receive, send
        )


@database_sync_to_async
def _holder_of(ticket: str) -> tuple[Holder | None, User | AnonymousUser]:
    holder = redeem(ticket)
    user = User.objects.filter(pk=holder.user_id).first() if holder else None
    return holder, user or AnonymousUser()
