"""Ending what speaks for a person: one browser, or everything at once."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import BrowserSession, DeviceToken, RefreshFamily, User
from accounts.security_log import Kind, record


def end_everything(user: User, *, keep_session: str | None = None) -> None:
    """End every session, token and refresh family of `user`, at once.

    The epoch ends what has no row of its own: access tokens, and sessions that nobody noted. The
    session of `keep_session` keeps its row, but has to be signed anew (`end_everything_else`).
    """
    now = timezone.now()
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(credentials_epoch=F("credentials_epoch") + 1)
        user.refresh_from_db(fields=["credentials_epoch"])
        _end_browsers(
            BrowserSession.objects.filter(user=user).exclude(session_key=keep_session or "")
        )
        DeviceToken.objects.filter(user=user, ended_at=None).update(ended_at=now)
        RefreshFamily.objects.filter(user=user, ended_at=None).update(ended_at=now)


def end_everything_else(request: HttpRequest, user: User) -> None:
    """The same, but the session of `request` goes on, under a new key."""
    end_everything(user, keep_session=request.session.session_key)
    update_session_auth_hash(request, user)


def sign_out_everywhere(user: User, request: HttpRequest) -> None:
    """What the page and the call of that name do: this browser is signed out too."""
    with transaction.atomic():
        end_everything(user)
        record(user, Kind.SIGNED_OUT_EVERYWHERE, request)


def end_browser(user: User, browser_id: int, request: HttpRequest) -> bool:
    """Sign one browser out; whether there was such a one."""
    with transaction.atomic():
        browser = BrowserSession.objects.filter(user=user, pk=browser_id).first()
        if browser is None:
            return False
        _end_browsers(BrowserSession.objects.filter(pk=browser.pk))
        record(user, Kind.SESSION_ENDED, request, browser=browser.browser)
        return True


def _end_browsers(browsers: QuerySet[BrowserSession]) -> None:
    keys = list(browsers.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    browsers.delete()
