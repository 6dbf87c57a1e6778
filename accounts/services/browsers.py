"""Browsers and devices that people sign in with: noted, recognised, and last seen when.

A browser is known by a signed cookie that lasts a year, or by having signed in from the same
address under the same name within half a year. Anything else is new, and its owner gets a mail.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.addresses import client_address
from accounts.models import BrowserSession, SecurityEvent, User
from accounts.security_log import Kind, device_of, record

KNOWN_COOKIE = "known"
KNOWN_COOKIE_LASTS = timedelta(days=365)
PEOPLE_ON_ONE_BROWSER = 8
KNOWN_ADDRESS_LASTS = timedelta(days=180)

# When a browser was seen is kept to five minutes: no write with every request.
SEEN_EVERY = timedelta(minutes=5)
_SESSION_NAME, _SESSION_SEEN = "browser", "browser_seen"


def record_sign_in(user: User, request: HttpRequest) -> None:
    """Write down that `user` signed in here, and whether this browser or device is new to them."""
    earlier = SecurityEvent.objects.filter(user=user, kind__in=(Kind.SIGNED_IN, Kind.NEW_DEVICE))
    is_new = not _is_known(user, request) and earlier.exists()
    record(user, Kind.NEW_DEVICE if is_new else Kind.SIGNED_IN, request)


def note_browser(user: User, request: HttpRequest) -> None:
    """Note the session of `request` as a browser of `user`, and remember that it is known."""
    if request.session.session_key is None:
        request.session.create()
    now = timezone.now()
    browser, _created = BrowserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "browser": device_of(request),
            "address": client_address(request),
            "last_seen_at": now,
        },
    )
    request.session[_SESSION_NAME] = browser.pk
    request.session[_SESSION_SEEN] = now.timestamp()
    names = [name for name in _known_names(request) if name != _name_of(user)]
    request.known_browser = ".".join([_name_of(user), *names][:PEOPLE_ON_ONE_BROWSER])  # type: ignore[attr-defined]


def note_seen(user: User, request: HttpRequest, key_before: str | None) -> None:
    """Keep when and where the browser was last seen, and follow its session to a new key."""
    session, now = request.session, timezone.now()
    if _SESSION_NAME not in session:
        note_browser(user, request)
        return
    changes: dict[str, Any] = {}
    if session.session_key != key_before:
        changes["session_key"] = session.session_key
    if now.timestamp() - session.get(_SESSION_SEEN, 0) >= SEEN_EVERY.total_seconds():
        changes |= {"last_seen_at": now, "address": client_address(request)}
        session[_SESSION_SEEN] = now.timestamp()
    if changes:
        BrowserSession.objects.filter(user=user, pk=session[_SESSION_NAME]).update(**changes)


def forget_browser(request: HttpRequest) -> None:
    """Take the session of `request`, which is being signed out, off the list."""
    BrowserSession.objects.filter(session_key=request.session.session_key or "").delete()


def _is_known(user: User, request: HttpRequest) -> bool:
    """Whether `user` has signed in with this browser or device before."""
    if _name_of(user) in _known_names(request):
        return True
    address = client_address(request)
    return SecurityEvent.objects.filter(
        user=user,
        kind__in=(Kind.SIGNED_UP, Kind.SIGNED_IN, Kind.NEW_DEVICE),
        address=address,
        device=device_of(request),
        at__gt=timezone.now() - KNOWN_ADDRESS_LASTS,
    ).exists()


def _known_names(request: HttpRequest) -> list[str]:
    value = request.get_signed_cookie(KNOWN_COOKIE, "", salt=KNOWN_COOKIE)
    return [name for name in (value or "").split(".") if name]


def _name_of(user: User) -> str:
    """What stands for `user` in the cookie: their number is nobody's business."""
    return salted_hmac("accounts.browsers", str(user.pk), algorithm="sha256").hexdigest()[:16]
