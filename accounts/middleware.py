"""The gate of the second factor, and the time zone that times are shown in."""

import re
from functools import cache
from typing import ClassVar
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from accounts import second_factor, time_zones
from accounts.permissions import SecondFactorRequired
from accounts.second_factor import Owed
from contract.errors import error_body
from contract.paths import is_api_path

TIME_ZONE_COOKIE = "tz"

# Here somebody who must have a factor sets up their first; `MaySetUpFactor` guards the calls.
SET_UP_ADDRESSES = re.compile(
    r"/accounts/(confirm|passkeys/new|passkeys/new/ask)/"
    r"|(/api/v1)?/auth/2fa/(totp/(enrol|confirm)|passkeys/register/(begin|complete))/?"
)


class SecondFactorMiddleware(MiddlewareMixin):
    """Leads whoever owes a second factor to give it, or to set one up, before any other page.

    Programs get a 403 in the API's error shape instead of a redirect.
    """

    # Open to a session that still owes its second factor.
    open_views: ClassVar[tuple[str, ...]] = (
        "accounts:verify",
        "accounts:logout",
        "accounts:passkey_ask",
        "accounts:passkey_answer",
        "api-login",
        "health",
        "privacy",
        "manifest",
        "offline",
        "service-worker",
    )

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        """None lets the request pass."""
        if request.path.startswith(settings.STATIC_URL) or request.path in self._open_paths():
            return None
        if not request.user.is_authenticated:
            return None
        owed = second_factor.owed(request.user, given=second_factor.is_verified(request.user))
        if owed is Owed.NOTHING:
            request.second_factor_is_satisfied = True  # type: ignore[attr-defined]
            return None
        if is_api_path(request.path) and "Authorization" in request.headers:
            # Another credential decides; the session is worth nothing here.
            request.user = AnonymousUser()
            return None
        if owed is Owed.SET_UP and SET_UP_ADDRESSES.fullmatch(request.path):
            return None
        return self._refuse(request, owed)

    @staticmethod
    @cache
    def _open_paths() -> frozenset[str]:
        return frozenset(reverse(name) for name in SecondFactorMiddleware.open_views)

    @staticmethod
    def _refuse(request: HttpRequest, owed: Owed) -> HttpResponseBase | None:
        page = "accounts:verify" if owed is Owed.CODE else "accounts:setup"
        address = reverse(page)
        if request.path == address:
            return None
        if wants_json(request):
            error = SecondFactorRequired
            body = error_body(error.default_code, str(error.default_detail), error.status_code)
            return JsonResponse(body, status=error.status_code)
        wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        if wanted:
            address = f"{address}?{urlencode({'next': wanted})}"
        if "HX-Request" in request.headers:
            # htmx would put the page that a redirect leads to into a corner of this one.
            return HttpResponse(status=204, headers={"HX-Redirect": reverse(page)})
        return HttpResponseRedirect(address)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: it says so, or calls the API without asking for a page."""
    usual, other = "text/html", "application/json"
    if is_api_path(request.path):
        usual, other = other, usual
    return (request.get_preferred_type([usual, other]) or usual) == "application/json"


class TimeZoneMiddleware(MiddlewareMixin):
    """Shows times in the person's zone, else in the one their browser named, else in TIME_ZONE."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the zone for this request."""
        chosen = request.user.time_zone if request.user.is_authenticated else ""
        named = unquote(request.COOKIES.get(TIME_ZONE_COOKIE, ""))
        time_zones.activate(chosen, named)
