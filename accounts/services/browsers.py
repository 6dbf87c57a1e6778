"""Browsers and devices that people sign in with: noted, and last seen when.

One that its owner has not signed in with before (known_browsers.py) is news, and they get a mail.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts import known_browsers
from accounts.addresses import client_address, device_of
from accounts.models import BrowserSession, SecurityEvent, User
from accounts.security_log import Kind, record

# When a browser was seen is kept to five minutes: no write with every request.
SEEN_EVERY = timedelta(minutes=5)
_SESSION_NAME, _SESSION_SEEN = "browser", "browser_seen"


def record_sign_in(user: User, request: HttpRequest) -> None:
    """Write down that `user` signed in here, and whether this browser or device is new to them."""
    earlier = SecurityEvent.objects.filter(user=user, kind__in=(Kind.SIGNED_IN, Kind.NEW_DEVICE))
    is_new = not known_browsers.is_known(user, request) and earlier.exists()
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
    request.noted_session_key = browser.session_key  # type: ignore[attr-defined]
    request.session[_SESSION_NAME] = browser.pk
    request.session[_SESSION_SEEN] = now.timestamp()
    request.known_browser = known_browsers.cookie_with(user, request)  # type: ignore[attr-defined]


def note_seen(user: User, request: HttpRequest, key_before: str | None) -> None:
    """Keep when and where the browser was last seen, and follow its session to a new key.

    A session that the request itself has ended is left alone: to write it would bring it back.
    """
    session, now = request.session, timezone.now()
    key_before = getattr(request, "noted_session_key", key_before)
    is_due = now.timestamp() - session.get(_SESSION_SEEN, 0) >= SEEN_EVERY.total_seconds()
    changes: dict[str, Any] = {}
    if session.session_key != key_before:
        changes["session_key"] = session.session_key
    if is_due:
        changes |= {"last_seen_at": now, "address": client_address(request)}
    if not changes:
        return
    browsers = BrowserSession.objects.filter(user=user, pk=session.get(_SESSION_NAME, 0))
    if browsers.update(**changes):
        if is_due:
            session[_SESSION_SEEN] = now.timestamp()
    elif session.session_key is None or session.exists(session.session_key):
        note_browser(user, request)


def forget_browser(request: HttpRequest) -> None:
    """Take the session of `request`, which is being signed out, off the list."""
    BrowserSession.objects.filter(session_key=request.session.session_key or "").delete()
