"""Keeps the list of browsers true: where each was last seen, and which are known."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts import known_browsers, services


class BrowserMiddleware:
    """Notes the session that a request came with; gives the browser the cookie to know it by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with the cookie after a sign-in."""
        key_before = request.session.session_key
        response = self.get_response(request)
        # A session that nobody read belongs to a request that asked for no page of a person.
        if request.session.accessed and request.user.is_authenticated and _is_own(request):
            services.note_seen(request.user, request, key_before)
        known = getattr(request, "known_browser", None)
        if known:
            response.set_signed_cookie(
                known_browsers.COOKIE,
                known,
                salt=known_browsers.COOKIE,
                max_age=known_browsers.COOKIE_LASTS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def _is_own(request: HttpRequest) -> bool:
    """Whether the person of the request is the one that the session signs in."""
    return request.session.get(SESSION_KEY) == str(request.user.pk)
